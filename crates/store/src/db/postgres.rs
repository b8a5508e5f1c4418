//! PostgreSQL: one record for a team. The tables lie in the schema that the connection's search path names first.

use super::{DbError, Row, Value};
use crate::sql::{Answer, Cell};
use ::postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use ::postgres::{Client, NoTls, SimpleQueryMessage, Statement};
use bytes::BytesMut;
use std::cell::RefCell;
use std::collections::HashMap;
use std::error::Error;
use std::time::Duration;

/// Steps from an empty schema to today's tables; each is run once, in order.
const MIGRATIONS: &[&str] = &[
    include_str!("../sql/postgres/0001.sql"),
    include_str!("../sql/postgres/0002.sql"),
    include_str!("../sql/postgres/0003.sql"),
    include_str!("../sql/postgres/0004.sql"),
];
/// The lock that a writer holds until its transaction ends: "onrc".
const WRITER: i64 = 0x6f6e_7263;
/// Statements kept compiled; questions have lists in them and would fill the server's memory.
const COMPILED: usize = 256;

pub(crate) struct Postgres {
    session: RefCell<Session>,
}

struct Session {
    client: Client,
    compiled: HashMap<String, Statement>,
}

impl Session {
    /// The statement in PostgreSQL's own words, compiled once.
    fn statement(&mut self, sql: &str) -> Result<Statement, DbError> {
        if let Some(statement) = self.compiled.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&numbered(sql))?;
        if self.compiled.len() >= COMPILED {
            self.compiled.clear();
        }
        self.compiled.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Postgres {
    /// Connects to `postgres://user:password@host/database`.
    pub fn connect(address: &str) -> Result<Self, DbError> {
        let client = Client::connect(address, NoTls)?;
        Ok(Postgres { session: RefCell::new(Session { client, compiled: HashMap::new() }) })
    }

    /// Looks how far the tables are: the version, 0 where there are none.
    pub fn version(&self) -> Result<i64, DbError> {
        let mut session = self.session.borrow_mut();
        let there = session.client.query_one("SELECT to_regclass('onrecord_version') IS NOT NULL", &[])?;
        if !there.try_get::<_, bool>(0)? {
            return Ok(0);
        }
        Ok(session.client.query_one("SELECT version FROM onrecord_version", &[])?.try_get(0)?)
    }

    /// The version of today's tables.
    pub fn known() -> i64 {
        MIGRATIONS.len() as i64
    }

    /// The server's own version.
    pub fn release(&self) -> Result<String, DbError> {
        self.told("SELECT current_setting('server_version')")
    }

    /// How many reports there are.
    pub fn documents(&self) -> Result<usize, DbError> {
        Ok(usize::try_from(self.told::<i64>("SELECT count(*) FROM document")?).unwrap_or(0))
    }

    /// Whether this user may write here, and the server takes it.
    pub fn is_writable(&self) -> Result<bool, DbError> {
        self.told("SELECT has_table_privilege('document', 'INSERT') AND NOT pg_is_in_recovery()")
    }

    /// Whether another program is writing now.
    pub fn is_busy(&self) -> Result<bool, DbError> {
        // The lock goes with the statement, which is a transaction of its own.
        Ok(!self.told::<bool>(&format!("SELECT pg_try_advisory_xact_lock({WRITER})"))?)
    }

    fn told<T: for<'a> ::postgres::types::FromSql<'a>>(&self, sql: &str) -> Result<T, DbError> {
        Ok(self.session.borrow_mut().client.query_one(sql, &[])?.try_get(0)?)
    }

    /// Brings the tables to today's, all steps or none. Two programs that start at once do not do it twice.
    pub fn migrate(&self) -> Result<(), DbError> {
        self.begin_writing()?;
        let version = self.version()?;
        let mut steps = MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or(0));
        let mut done = steps.try_for_each(|step| self.batch(step));
        if version < Self::known() {
            let mark = "CREATE TABLE IF NOT EXISTS onrecord_version (version BIGINT NOT NULL); DELETE FROM onrecord_version; \
                INSERT INTO onrecord_version VALUES";
            done = done.and_then(|()| self.batch(&format!("{mark} ({})", Self::known())));
        }
        done.and_then(|()| self.batch("COMMIT")).inspect_err(|_| drop(self.batch("ROLLBACK")))
    }

    /// A transaction that has no other writer beside it.
    pub fn begin_writing(&self) -> Result<(), DbError> {
        self.batch(&format!("BEGIN; SELECT pg_advisory_xact_lock({WRITER});"))
    }

    pub fn batch(&self, sql: &str) -> Result<(), DbError> {
        Ok(self.session.borrow_mut().client.batch_execute(sql)?)
    }

    /// Answers a question in a transaction that can do nothing else, until `take` has had enough (false).
    pub fn ask(&self, sql: &str, timeout: Option<Duration>, take: &mut dyn FnMut(Answer) -> bool) -> Result<(), DbError> {
        let limit = timeout.map_or(0, |timeout| timeout.as_millis().clamp(1, i32::MAX as u128));
        self.batch(&format!("BEGIN READ ONLY; SET LOCAL statement_timeout = {limit};"))?;
        let answered = self.answer(sql, take);
        // Nothing was changed; this takes the limit back as well.
        self.batch("ROLLBACK").and(answered)
    }

    fn answer(&self, sql: &str, take: &mut dyn FnMut(Answer) -> bool) -> Result<(), DbError> {
        let client = &mut self.session.borrow_mut().client;
        // Refuses more than one statement, of which the first could end the transaction; and tells the types.
        let types: Vec<Type> = client.prepare(sql)?.columns().iter().map(|column| column.type_().clone()).collect();
        // As text every type has a form that people know.
        for message in client.simple_query(sql)? {
            let more = match message {
                SimpleQueryMessage::RowDescription(columns) => {
                    take(Answer::Columns(columns.iter().map(|column| column.name().to_owned()).collect()))
                }
                SimpleQueryMessage::Row(row) => {
                    take(Answer::Row(types.iter().enumerate().map(|(i, ty)| cell(row.get(i), ty)).collect()))
                }
                _ => true,
            };
            if !more {
                break;
            }
        }
        Ok(())
    }

    pub fn execute(&self, sql: &str, arguments: &[Value]) -> Result<u64, DbError> {
        let mut session = self.session.borrow_mut();
        let statement = session.statement(sql)?;
        Ok(session.client.execute(&statement, &borrowed(arguments))?)
    }

    pub fn each(&self, sql: &str, arguments: &[Value], take: &mut dyn FnMut(&Row) -> Result<bool, DbError>) -> Result<(), DbError> {
        // The rows are all here before the first is taken: what takes them may ask again on this connection.
        let rows = {
            let mut session = self.session.borrow_mut();
            let statement = session.statement(sql)?;
            session.client.query(&statement, &borrowed(arguments))?
        };
        for row in &rows {
            if !take(&Row::Postgres(row))? {
                break;
            }
        }
        Ok(())
    }
}

fn cell(text: Option<&str>, ty: &Type) -> Cell {
    let Some(text) = text else { return Cell::Null };
    let number = match *ty {
        Type::INT2 | Type::INT4 | Type::INT8 | Type::OID => text.parse().ok().map(Cell::Int),
        Type::NUMERIC if !text.contains('.') => text.parse().ok().map(Cell::Int),
        Type::FLOAT4 | Type::FLOAT8 | Type::NUMERIC => text.parse().ok().filter(|n: &f64| n.is_finite()).map(Cell::Real),
        // Two digits a byte, behind a mark of two.
        Type::BYTEA => Some(Cell::Binary(text.len().saturating_sub(2) / 2)),
        _ => None,
    };
    number.unwrap_or_else(|| Cell::Text(text.to_owned()))
}

fn borrowed<'a>(arguments: &'a [Value<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    arguments.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// `?1` is `$1` there. No statement of this crate has a question mark in its quoted words.
fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match *self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(value) if *ty == Type::INT4 => i32::try_from(value)?.to_sql(ty, out),
            Value::Int(value) => value.to_sql(ty, out),
            Value::Real(value) => value.to_sql(ty, out),
            // The one character that a text cannot have there.
            Value::Text(value) if value.contains('\0') => value.replace('\0', "\u{fffd}").to_sql(ty, out),
            Value::Text(value) => value.to_sql(ty, out),
            Value::Blob(value) => value.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
