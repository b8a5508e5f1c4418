//! Opening a store.

use crate::db::{Db, DbError, Postgres, Sqlite, Tables};
use crate::error::StoreError;
use crate::known::Cache;
use crate::old;
use crate::place::Place;
use crate::queue;
use std::path::{Path, PathBuf};

/// Reports and their records in one database.
pub struct Store {
    pub(crate) db: Db,
    /// Where it is, for messages.
    pub(crate) place: String,
    pub(crate) cache: Cache,
    /// The state of the account that `cache` is of; none before the first change.
    pub(crate) stamp: Option<String>,
}

impl Store {
    /// Opens the store at this place, or makes it.
    ///
    /// ```
    /// let folder = tempfile::tempdir().unwrap();
    /// let store = onrecord_store::Store::create(folder.path().join("x.db").as_path()).unwrap();
    /// assert_eq!(store.documents().unwrap(), 0);
    /// ```
    ///
    /// # Errors
    /// When it cannot be opened, is no store, or was made by a newer program.
    pub fn create(place: impl Into<Place>) -> Result<Self, StoreError> {
        Self::at(place.into(), true)
    }

    /// Opens a store that exists.
    ///
    /// # Errors
    /// As [`Store::create`], and when there is none.
    pub fn open(place: impl Into<Place>) -> Result<Self, StoreError> {
        Self::at(place.into(), false)
    }

    fn at(place: Place, create: bool) -> Result<Self, StoreError> {
        let name = place.to_string();
        let failed = |source| StoreError::Database { place: name.clone(), source };
        let db = match &place {
            Place::File(path) if !create && !path.exists() => return Err(StoreError::Missing(name)),
            Place::File(path) => Db::Sqlite(file(path, &name, create)?),
            Place::Server(address) => Db::Postgres(Box::new(server(address, &name, create)?)),
        };
        let store = Store { db, place: name.clone(), cache: Cache::default(), stamp: None };
        store.db.migrate().map_err(failed)?;
        queue::fill(&store.db).map_err(failed)?;
        Ok(store)
    }

    /// The same with little memory: where many are opened beside each other to be asked.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn frugal(self) -> Result<Self, StoreError> {
        self.db.frugal().map_err(|source| self.failed(source))?;
        Ok(self)
    }

    /// How many reports are kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn documents(&self) -> Result<usize, StoreError> {
        let count = self.db.number("SELECT count(*) FROM document", &[]).map_err(|source| self.failed(source))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Copies the store, while it is in use, into a file that must not exist.
    ///
    /// # Errors
    /// When the file exists or cannot be written, or the store is on a server.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if to.exists() {
            return Err(StoreError::Refused(format!("{}: exists; name a new file for the copy", to.display())));
        }
        match &self.db {
            Db::Sqlite(db) => db.copy(to).map_err(|source| StoreError::Database { place: to.display().to_string(), source }),
            Db::Postgres(_) => Err(StoreError::Refused(format!(
                "{}: a database on a server is copied with its own tools, while it is in use: pg_dump --format custom --file {} ...",
                self.place,
                to.display()
            ))),
        }
    }

    pub(crate) fn failed(&self, source: DbError) -> StoreError {
        StoreError::Database { place: self.place.clone(), source }
    }
}

fn file(path: &Path, name: &str, create: bool) -> Result<Sqlite, StoreError> {
    let failed = |source| StoreError::Database { place: name.to_owned(), source };
    let db = Sqlite::open(path, create).map_err(failed)?;
    match db.tables(name).map_err(failed)?? {
        Tables::Current => {}
        // An old file is never altered without a copy.
        Tables::Old(version) => {
            db.copy(&copy_of(path, version)).map_err(failed)?;
            if !db.is_shaped(version).map_err(failed)? {
                old::carry(db, path)?;
                return Sqlite::open(path, false).map_err(failed);
            }
        }
    }
    Ok(db)
}

fn server(address: &str, name: &str, create: bool) -> Result<Postgres, StoreError> {
    let failed = |source| StoreError::Database { place: name.to_owned(), source };
    let db = Postgres::connect(address).map_err(failed)?;
    match (db.version().map_err(failed)?, Postgres::known()) {
        (0, _) if !create => Err(StoreError::Missing(name.to_owned())),
        (version, known) if version > known => Err(StoreError::Newer(name.to_owned(), version, known)),
        _ => Ok(db),
    }
}

fn copy_of(path: &Path, version: i64) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".version-{version}"));
    path.with_file_name(name)
}
