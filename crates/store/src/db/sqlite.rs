//! SQLite: one file, nothing to install.

use super::{DbError, Row, Value};
use crate::sql::{Answer, Cell};
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};
use std::path::Path;
use std::time::{Duration, Instant};

/// Steps from an empty file to today's tables; each is run once, in order.
const MIGRATIONS: &[&str] = &[
    include_str!("../sql/sqlite/0001.sql"),
    include_str!("../sql/sqlite/0002.sql"),
    include_str!("../sql/sqlite/0003.sql"),
    include_str!("../sql/sqlite/0004.sql"),
];
/// Marks the file as ours: "onrc".
const APPLICATION: i64 = 0x6f6e_7263;
/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Statements kept compiled.
const COMPILED: usize = 128;
/// Steps of a question between two looks at the clock.
const STEPS: i32 = 10_000;
/// Readers never wait for a writer, and a transaction that was committed survives a crash of the program. The journal is cut back after
/// a large addition.
const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; \
    PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;";

pub(crate) struct Sqlite {
    pub(super) connection: Connection,
}

/// How far the tables of a file are.
pub(crate) enum Tables {
    /// Today's, or none yet: nothing of it needs to be copied.
    Current,
    /// An older program's, of this version.
    Old(i64),
}

impl Sqlite {
    /// Opens the file, or makes it where `create` says so.
    pub fn open(path: &Path, create: bool) -> Result<Self, DbError> {
        let made = if create { OpenFlags::SQLITE_OPEN_CREATE } else { OpenFlags::empty() };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | made;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        // Without it SQLite plans a query anew whenever a value was taken from it, and rusqlite takes them after each use: what was
        // compiled would be compiled every time. No plan here hangs on a value.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(COMPILED);
        Ok(Sqlite { connection })
    }

    /// Looks whose tables the file has.
    ///
    /// # Errors
    /// `Ok(Err(..))` is what to tell of a file that is not this program's.
    pub fn tables(&self, place: &str) -> Result<Result<Tables, crate::StoreError>, DbError> {
        let number = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let version = number("PRAGMA user_version")?;
        let known = MIGRATIONS.len() as i64;
        if number("SELECT count(*) FROM sqlite_master")? > 0 && number("PRAGMA application_id")? != APPLICATION {
            return Ok(Err(crate::StoreError::Foreign(place.to_owned())));
        }
        Ok(match version {
            newer if newer > known => Err(crate::StoreError::Newer(place.to_owned(), newer, known)),
            old if old > 0 && old < known => Ok(Tables::Old(old)),
            _ => Ok(Tables::Current),
        })
    }

    /// Whether the tables are those that today's steps up to this version make: before a version was published its tables changed.
    pub fn is_shaped(&self, version: i64) -> Result<bool, DbError> {
        let made = Sqlite { connection: Connection::open_in_memory()? };
        MIGRATIONS.iter().take(usize::try_from(version).unwrap_or(0)).try_for_each(|step| made.batch(step))?;
        Ok(self.columns()? == made.columns()?)
    }

    fn columns(&self) -> Result<Vec<(String, String)>, DbError> {
        let query = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                     WHERE m.type = 'table' AND m.name NOT LIKE 'words%' ORDER BY m.name, c.name";
        let mut statement = self.connection.prepare(query)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Brings the tables to today's.
    pub fn migrate(&self) -> Result<(), DbError> {
        let version: i64 = self.connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        for (i, step) in MIGRATIONS.iter().enumerate().skip(usize::try_from(version).unwrap_or(0)) {
            let marks = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {};", i + 1);
            self.batch(&format!("BEGIN IMMEDIATE; {step} {marks} COMMIT;"))?;
        }
        self.batch(SETTINGS)
    }

    /// Keeps eight megabytes of the file in memory, not sixty-four; what was read lately the system keeps for all.
    pub fn frugal(&self) -> Result<(), DbError> {
        self.batch("PRAGMA cache_size = -8192;")
    }

    /// The version of today's tables.
    pub fn known() -> i64 {
        MIGRATIONS.len() as i64
    }

    /// How many reports there are.
    pub fn documents(&self) -> Result<usize, DbError> {
        let count: i64 = self.connection.query_row("SELECT count(*) FROM document", [], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Whether the file may be written.
    pub fn is_writable(&self) -> Result<bool, DbError> {
        Ok(!self.connection.is_readonly(rusqlite::MAIN_DB)?)
    }

    /// Whether another program is writing now.
    pub fn is_busy(&self) -> Result<bool, DbError> {
        self.connection.busy_timeout(Duration::ZERO)?;
        let tried = self.connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK;");
        self.connection.busy_timeout(PATIENCE)?;
        match tried {
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => Ok(true),
            tried => Ok(tried.map(|()| false)?),
        }
    }

    /// The first faults of the file's pages, and whether all were looked at before the time was up.
    pub fn pages(&mut self, patience: Duration) -> Result<(Vec<String>, bool), DbError> {
        let end = Instant::now() + patience;
        self.connection.progress_handler(STEPS, Some(move || Instant::now() > end))?;
        let looked = self.faults();
        self.connection.progress_handler(0, None::<fn() -> bool>)?;
        match looked {
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) => Ok((Vec::new(), false)),
            looked => Ok((looked?, true)),
        }
    }

    fn faults(&self) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.connection.prepare("PRAGMA quick_check(3)")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    /// Copies everything into another file.
    pub fn copy(&self, to: &Path) -> Result<(), DbError> {
        let quietly: Option<fn(rusqlite::backup::Progress)> = None;
        Ok(self.connection.backup("main", to, quietly)?)
    }

    /// Answers a question on a connection of its own that can do nothing else, until `take` has had enough (false).
    pub fn ask(&self, sql: &str, timeout: Option<Duration>, take: &mut dyn FnMut(Answer) -> bool) -> Result<(), DbError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(self.connection.path().unwrap_or_default(), flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.execute_batch("PRAGMA query_only = ON;")?;
        connection.authorizer(Some(|context: AuthContext| allowed(&context.action)))?;
        let end = timeout.map(|timeout| Instant::now() + timeout);
        connection.progress_handler(STEPS, Some(move || end.is_some_and(|end| Instant::now() > end)))?;
        let mut statement = connection.prepare(sql)?;
        let count = statement.column_count();
        if !take(Answer::Columns(statement.column_names().map(str::to_owned).collect())) {
            return Ok(());
        }
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let cells = (0..count).map(|column| Ok(cell(row.get_ref(column)?))).collect::<rusqlite::Result<Vec<Cell>>>()?;
            if !take(Answer::Row(cells)) {
                break;
            }
        }
        Ok(())
    }

    pub fn batch(&self, sql: &str) -> Result<(), DbError> {
        Ok(self.connection.execute_batch(sql)?)
    }

    pub fn execute(&self, sql: &str, arguments: &[Value]) -> Result<u64, DbError> {
        Ok(self.connection.prepare_cached(sql)?.execute(params_from_iter(arguments))? as u64)
    }

    pub fn each(&self, sql: &str, arguments: &[Value], take: &mut dyn FnMut(&Row) -> Result<bool, DbError>) -> Result<(), DbError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(arguments))?;
        while let Some(row) = rows.next()? {
            if !take(&Row::Sqlite(row))? {
                break;
            }
        }
        Ok(())
    }
}

/// Reading, and nothing that could lead out of the file or change how it is read. The full text asks one pragma for itself.
fn allowed(action: &AuthAction) -> Authorization {
    const TOLD: [&str; 8] =
        ["data_version", "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list"];
    let allowed = match action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => !function_name.eq_ignore_ascii_case("load_extension"),
        AuthAction::Pragma { pragma_name, .. } => TOLD.iter().any(|name| name.eq_ignore_ascii_case(pragma_name)),
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}

fn cell(value: ValueRef) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Real(value) => Cell::Real(value),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Binary(bytes.len()),
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Value::Null => ValueRef::Null,
            Value::Int(value) => ValueRef::Integer(value),
            Value::Real(value) => ValueRef::Real(value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Blob(value) => ValueRef::Blob(value),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::StatementStatus;

    #[test]
    fn what_is_compiled_stays_compiled() {
        let folder = tempfile::tempdir().unwrap();
        let db = Sqlite::open(&folder.path().join("x.db"), true).unwrap();
        db.migrate().unwrap();
        let query = "SELECT id FROM thing WHERE document = ?1 AND kind = ?2";
        for value in [0, 1, 7] {
            db.each(query, &[Value::Int(value), Value::Int(value)], &mut |_| Ok(true)).unwrap();
        }
        assert_eq!(db.connection.prepare_cached(query).unwrap().get_status(StatementStatus::RePrepare), 0);
    }
}
