//! Questions in SQL, which cannot change anything.

use crate::db::{Db, DbError};
use crate::error::StoreError;
use crate::open::Store;
use std::time::Duration;

/// What an answer consists of, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The names of the columns, once.
    Columns(Vec<String>),
    /// A row.
    Row(Vec<Cell>),
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Cell {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    /// So many bytes.
    Binary(usize),
}

/// Words that a question can begin with; everything else does something.
const ASKING: [&str; 6] = ["select", "with", "values", "explain", "table", "pragma"];

impl Store {
    /// Hands out the answer to a question in the database's own SQL. Nothing can be changed by it, and it is stopped after some time.
    ///
    /// # Errors
    /// When it is no question, the database does not understand it, or it takes too long, or with what `take` gives.
    pub fn sql<E: From<StoreError>>(
        &self,
        query: &str,
        timeout: Option<Duration>,
        mut take: impl FnMut(Answer) -> Result<(), E>,
    ) -> Result<(), E> {
        let query = query.trim().trim_end_matches(';');
        if !asks(query) {
            return Err(StoreError::Refused(
                "only questions can be asked in SQL: SELECT, WITH, VALUES, EXPLAIN. What is kept is changed by `onrecord add`, `merge`, \
                 `never`, `split`, `undo` and `reread`"
                    .to_owned(),
            )
            .into());
        }
        // What `take` gives comes out beside what the database says.
        let mut failed = None;
        let mut hand = |answer: Answer| take(answer).map_err(|error| failed = Some(error)).is_ok();
        let asked = match &self.db {
            Db::Sqlite(db) => db.ask(query, timeout, &mut hand),
            Db::Postgres(db) => db.ask(query, timeout, &mut hand),
        };
        match (failed, asked) {
            (Some(error), _) => Err(error),
            (None, Ok(())) => Ok(()),
            (None, Err(error)) => Err(self.refused(error, timeout).into()),
        }
    }

    fn refused(&self, error: DbError, timeout: Option<Duration>) -> StoreError {
        let said = match &error {
            DbError::Sqlite(said) if said.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) => None,
            DbError::Sqlite(rusqlite::Error::MultipleStatement) => {
                Some("it is more than one statement; ask one at a time".to_owned())
            }
            DbError::Sqlite(rusqlite::Error::SqliteFailure(code, _))
                if code.code == rusqlite::ErrorCode::AuthorizationForStatementDenied =>
            {
                Some("it does more than ask; nothing can be changed, attached or set here".to_owned())
            }
            DbError::Sqlite(rusqlite::Error::SqlInputError { msg, .. }) => Some(msg.clone()),
            // A question that takes too long is a query cancelled.
            DbError::Postgres(said) if said.code().is_some_and(|code| code.code() == "57014") => None,
            other => Some(other.to_string()),
        };
        StoreError::Refused(match said {
            Some(said) => format!("{said} (`onrecord sql` alone lists the views and tables)"),
            None => format!(
                "stopped after {} seconds; ask for less, or give it more time with --timeout",
                timeout.unwrap_or_default().as_secs()
            ),
        })
    }
}

/// Whether a statement begins as a question does.
fn asks(query: &str) -> bool {
    let mut rest = query.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    // Comments may stand before it.
    loop {
        let end = match rest.get(..2) {
            Some("--") => rest.find('\n'),
            Some("/*") => rest.find("*/").map(|end| end + 2),
            _ => break,
        };
        rest = end.map_or("", |end| rest[end..].trim_start_matches(|c: char| c.is_whitespace() || c == '('));
    }
    let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    ASKING.iter().any(|asking| asking.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_is_told_from_what_does() {
        for query in
            ["select 1", "(SELECT 1)", "-- why\n WITH x AS (SELECT 1) SELECT * FROM x", "/* a */ VALUES (1)", "EXPLAIN SELECT 1"]
        {
            assert!(asks(query), "{query}");
        }
        for query in ["", "DELETE FROM document", "COMMIT", "-- SELECT", "COPY document TO '/tmp/x'", "ATTACH 'x' AS y", "selected"]
        {
            assert!(!asks(query), "{query}");
        }
    }
}
