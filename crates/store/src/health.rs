//! Whether a store can be used, without changing anything in it.

use crate::db::{DbError, Postgres, Sqlite, Tables};
use crate::error::StoreError;
use crate::place::Place;
use std::path::Path;
use std::time::Duration;

/// What a look at a store found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Which database, in its own words.
    pub database: String,
    /// The version of its tables.
    pub version: i64,
    /// The version that this program writes; an older one is carried over when the store is opened.
    pub known: i64,
    /// How many reports are kept; none where the tables are older.
    pub documents: Option<usize>,
    /// What is wrong with the pages of the file, the first faults only.
    pub faults: Vec<String>,
    /// Whether all pages were looked at before the time was up.
    pub whole: bool,
    /// Whether this program may write to it.
    pub writable: bool,
    /// Whether somebody else is writing at this moment.
    pub busy: bool,
}

impl Health {
    /// Looks at the store at this place, no longer than `patience` at its pages. Whether the texts and records in it are whole is
    /// looked at by [`crate::Store::check`], which takes longer.
    ///
    /// ```
    /// use onrecord_store::{Health, Store};
    /// let folder = tempfile::tempdir().unwrap();
    /// let path = folder.path().join("x.db");
    /// drop(Store::create(path.as_path()).unwrap());
    /// let health = Health::of(&path.as_path().into(), std::time::Duration::from_secs(1)).unwrap();
    /// assert!(health.writable && health.whole && !health.busy && health.version == health.known);
    /// ```
    ///
    /// # Errors
    /// When there is none, it cannot be opened, is no store, or was made by a newer program.
    pub fn of(place: &Place, patience: Duration) -> Result<Health, StoreError> {
        match place {
            Place::File(path) => file(path, &place.to_string(), patience),
            Place::Server(address) => server(address, &place.to_string()),
        }
    }
}

fn file(path: &Path, name: &str, patience: Duration) -> Result<Health, StoreError> {
    if !path.exists() {
        return Err(StoreError::Missing(name.to_owned()));
    }
    let failed = |source| StoreError::Database { place: name.to_owned(), source };
    let mut db = Sqlite::open(path, false).map_err(failed)?;
    let tables = db.tables(name).map_err(failed)??;
    let known = Sqlite::known();
    let mut look = || -> Result<Health, DbError> {
        let (faults, whole) = db.pages(patience)?;
        let writable = db.is_writable()?;
        Ok(Health {
            database: format!("SQLite {}", rusqlite::version()),
            version: if let Tables::Old(version) = tables { version } else { known },
            known,
            documents: if let Tables::Current = tables { Some(db.documents()?) } else { None },
            faults,
            whole,
            writable,
            busy: writable && db.is_busy()?,
        })
    };
    look().map_err(failed)
}

fn server(address: &str, name: &str) -> Result<Health, StoreError> {
    let failed = |source| StoreError::Database { place: name.to_owned(), source };
    let db = Postgres::connect(address).map_err(failed)?;
    let (version, known) = (db.version().map_err(failed)?, Postgres::known());
    match version {
        0 => return Err(StoreError::Missing(name.to_owned())),
        newer if newer > known => return Err(StoreError::Newer(name.to_owned(), newer, known)),
        _ => {}
    }
    let look = || -> Result<Health, DbError> {
        Ok(Health {
            database: format!("PostgreSQL {}", db.release()?),
            version,
            known,
            documents: if version == known { Some(db.documents()?) } else { None },
            // A server looks after its pages itself.
            faults: Vec::new(),
            whole: true,
            writable: db.is_writable()?,
            busy: db.is_busy()?,
        })
    };
    look().map_err(failed)
}
