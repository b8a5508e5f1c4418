//! What can go wrong with a store.

use crate::db::DbError;
use std::path::PathBuf;

/// What happened, where, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("{place}: {source}{hint}", hint = hint(source))]
    Database {
        /// The file.
        place: String,
        /// What it said.
        source: DbError,
    },
    /// A newer program made the file.
    #[error(
        "{0}: made by a newer onrecord (its tables have version {1}, this program knows {2}); use that program, or another --db"
    )]
    Newer(String, i64, i64),
    /// A program made the file that is too old to be understood.
    #[error(
        "{0}: made by an onrecord too old for this one to read ({1}); export its reports with that program, and add them to another --db"
    )]
    TooOld(String, DbError),
    /// Not a store.
    #[error("{0}: a database, but none that onrecord made; name another file with --db")]
    Foreign(String),
    /// There is none.
    #[error("{0}: there is no such store; `onrecord add` makes one, --db names another")]
    Missing(String),
    /// What is kept cannot be read.
    #[error("{0}: the kept {1} of {2} is damaged; `onrecord check` lists what is, a backup has the rest")]
    Damaged(String, &'static str, String),
    /// A name that nothing has.
    #[error("{0:?} names nothing in this store; names look like event-1a2b3c4d5e6f7a8b and stand in every answer")]
    Unknown(String),
    /// Two that cannot be put together.
    #[error("{0}")]
    Refused(String),
    /// The file system refused.
    #[error("{0}: {1}")]
    Io(PathBuf, std::io::Error),
}

/// What came of work on the database: the database's own word, or another.
pub(crate) enum Failed<E = StoreError> {
    Db(DbError),
    Work(E),
}

impl<E> From<DbError> for Failed<E> {
    fn from(error: DbError) -> Self {
        Failed::Db(error)
    }
}

fn hint(error: &DbError) -> &'static str {
    use rusqlite::ErrorCode;
    const FULL: &str = "; free some space and run the same command again: what was kept before is whole";
    const CLOSED: &str = "; is the server running, and are address, user and password right?";
    match error {
        DbError::Sqlite(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => FULL,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "; another onrecord is writing, try again when it is done",
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                "; choose a file that can be written, with --db"
            }
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                "; this is no SQLite file or a damaged one: name another with --db, or restore a backup"
            }
            _ => "",
        },
        DbError::Postgres(error) => match error.as_db_error().map(|said| said.code().code()) {
            // Class 53: insufficient resources; 28: authorization; 3D: no such database; 42501: no right to do it.
            Some("53100" | "53200") => FULL,
            Some(code) if code.starts_with("28") || code == "3D000" => CLOSED,
            Some("42501") => "; this user may not do that there",
            None => CLOSED,
            Some(_) => "",
        },
    }
}
