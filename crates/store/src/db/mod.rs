//! The two databases behind one face: SQLite in a file, PostgreSQL on a server.
//!
//! Statements are written once, in what both understand: `?1` for the first argument, `ON CONFLICT`, `RETURNING`. Where they differ at
//! all (opening, migrations, full text, what a transaction locks) the difference stands in this module or in `sql/`.

mod postgres;
mod sqlite;

pub(crate) use postgres::Postgres;
pub(crate) use sqlite::{Sqlite, Tables};

/// What a database said.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// SQLite.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL; its own message hides the server's words behind "db error".
    #[error("{}", words(.0))]
    Postgres(#[from] ::postgres::Error),
}

fn words(error: &::postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |said| said.message().to_owned())
}

/// An argument of a statement.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'v> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'v str),
    Blob(&'v [u8]),
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Value::Int(value)
    }
}

impl From<f64> for Value<'_> {
    fn from(value: f64) -> Self {
        Value::Real(value)
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(value: &'v str) -> Self {
        Value::Text(value)
    }
}

impl<'v> From<&'v String> for Value<'v> {
    fn from(value: &'v String) -> Self {
        Value::Text(value)
    }
}

impl<'v> From<&'v Vec<u8>> for Value<'v> {
    fn from(value: &'v Vec<u8>) -> Self {
        Value::Blob(value)
    }
}

impl<'v, T: Into<Value<'v>>> From<Option<T>> for Value<'v> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// A row of an answer.
pub(crate) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r ::postgres::Row),
}

impl Row<'_> {
    /// The value of a column, by its place.
    pub fn get<T>(&self, column: usize) -> Result<T, DbError>
    where
        T: rusqlite::types::FromSql + for<'a> ::postgres::types::FromSql<'a>,
    {
        Ok(match self {
            Row::Sqlite(row) => row.get(column)?,
            Row::Postgres(row) => row.try_get(column)?,
        })
    }
}

/// An open database.
pub(crate) enum Db {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

impl Db {
    /// Brings the tables to today's.
    pub fn migrate(&self) -> Result<(), DbError> {
        match self {
            Db::Sqlite(db) => db.migrate(),
            Db::Postgres(db) => db.migrate(),
        }
    }

    /// Is another after another program has changed the account: SQLite counts what other connections write; a server is asked for the
    /// latest of everything that changes it, which is another after this program's changes too.
    pub fn stamp(&self) -> Result<String, DbError> {
        const LATEST: &str = "SELECT concat_ws(',', (SELECT max(id) FROM thing), (SELECT max(id) FROM change), (SELECT max(id) FROM decision), \
             (SELECT sum(undone) FROM decision), (SELECT max(id) FROM correction), (SELECT sum(undone) FROM correction))";
        match self {
            Db::Sqlite(_) => self.number("PRAGMA data_version", &[]).map(|version| version.to_string()),
            Db::Postgres(_) => Ok(self.first(LATEST, &[], |row| row.get(0))?.unwrap_or_default()),
        }
    }

    /// Takes little memory from now on.
    pub fn frugal(&self) -> Result<(), DbError> {
        match self {
            Db::Sqlite(db) => db.frugal(),
            // The memory is the server's.
            Db::Postgres(_) => Ok(()),
        }
    }

    /// Runs a statement; gives the number of rows it changed.
    pub fn execute(&self, sql: &str, arguments: &[Value]) -> Result<u64, DbError> {
        match self {
            Db::Sqlite(db) => db.execute(sql, arguments),
            Db::Postgres(db) => db.execute(sql, arguments),
        }
    }

    /// Hands out the rows of an answer until `take` has had enough (false).
    pub fn each(&self, sql: &str, arguments: &[Value], take: &mut dyn FnMut(&Row) -> Result<bool, DbError>) -> Result<(), DbError> {
        match self {
            Db::Sqlite(db) => db.each(sql, arguments, take),
            Db::Postgres(db) => db.each(sql, arguments, take),
        }
    }

    /// All rows of an answer.
    pub fn all<T>(
        &self,
        sql: &str,
        arguments: &[Value],
        mut read: impl FnMut(&Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut rows = Vec::new();
        self.each(sql, arguments, &mut |row| {
            rows.push(read(row)?);
            Ok(true)
        })?;
        Ok(rows)
    }

    /// The first row of an answer.
    pub fn first<T>(
        &self,
        sql: &str,
        arguments: &[Value],
        mut read: impl FnMut(&Row) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let mut found = None;
        self.each(sql, arguments, &mut |row| {
            found = Some(read(row)?);
            Ok(false)
        })?;
        Ok(found)
    }

    /// The one number that a statement asks for; 0 when it gives none.
    pub fn number(&self, sql: &str, arguments: &[Value]) -> Result<i64, DbError> {
        Ok(self.first(sql, arguments, |row| row.get::<Option<i64>>(0))?.flatten().unwrap_or(0))
    }

    /// Changes that come all or not at all; one writer at a time.
    pub fn write<T, E: From<DbError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let begin = match self {
            Db::Sqlite(db) => db.batch("BEGIN IMMEDIATE"),
            Db::Postgres(db) => db.begin_writing(),
        };
        begin.map_err(E::from)?;
        self.end(work())
    }

    /// Questions that all see the same state, whatever is written meanwhile.
    pub fn read<T, E: From<DbError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let begin = match self {
            Db::Sqlite(db) => db.batch("BEGIN"),
            Db::Postgres(db) => db.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        };
        begin.map_err(E::from)?;
        self.end(work())
    }

    fn end<T, E: From<DbError>>(&self, result: Result<T, E>) -> Result<T, E> {
        match result {
            Ok(value) => self.batch("COMMIT").map(|()| value).map_err(E::from),
            Err(error) => {
                // After some errors (a full disk) the database has done so by itself; the first error is the one to tell.
                let _ = self.batch("ROLLBACK");
                Err(error)
            }
        }
    }

    /// Runs statements without arguments or answers.
    pub fn batch(&self, sql: &str) -> Result<(), DbError> {
        match self {
            Db::Sqlite(db) => db.batch(sql),
            Db::Postgres(db) => db.batch(sql),
        }
    }
}
