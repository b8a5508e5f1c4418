//! Opening a store.

use crate::error::StoreError;
use crate::merge::Cache;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Steps from an empty file to today's tables; each is run once, in order.
const MIGRATIONS: &[&str] = &[include_str!("sql/0001.sql")];
/// Marks the file as ours: "onrc".
const APPLICATION: i64 = 0x6f6e_7263;
/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reports and their records in one SQLite file.
pub struct Store {
    pub(crate) db: Connection,
    /// Where it is, for messages.
    pub(crate) place: String,
    pub(crate) cache: Cache,
}

impl Store {
    /// Opens the store in this file, or makes it.
    ///
    /// ```
    /// let folder = tempfile::tempdir().unwrap();
    /// let store = onrecord_store::Store::create(&folder.path().join("x.db")).unwrap();
    /// assert_eq!(store.documents().unwrap(), 0);
    /// ```
    ///
    /// # Errors
    /// When the file cannot be opened, is no store, or was made by a newer program.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a store that exists.
    ///
    /// # Errors
    /// As [`Store::create`], and when there is no such file.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        Self::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn open_with(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let place = path.display().to_string();
        let failed = |source| StoreError::Database { place: place.clone(), source };
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(failed)?;
        db.busy_timeout(PATIENCE).map_err(failed)?;
        let mut store = Store { db, place: place.clone(), cache: Cache::default() };
        store.migrate(path)?;
        // Readers never wait for a writer, and a transaction that was committed survives a crash of the program.
        store.run("PRAGMA journal_mode = WAL")?;
        store.run("PRAGMA synchronous = NORMAL")?;
        store.run("PRAGMA foreign_keys = ON")?;
        store.run("PRAGMA cache_size = -65536")?;
        store.run("PRAGMA temp_store = MEMORY")?;
        Ok(store)
    }

    fn migrate(&mut self, path: &Path) -> Result<(), StoreError> {
        let version = self.number("PRAGMA user_version")?;
        let application = self.number("PRAGMA application_id")?;
        let tables = self.number("SELECT count(*) FROM sqlite_master")?;
        if tables > 0 && application != APPLICATION {
            return Err(StoreError::Foreign(self.place.clone()));
        }
        let known = MIGRATIONS.len() as i64;
        if version > known {
            return Err(StoreError::Newer(self.place.clone(), version, known));
        }
        if version > 0 && version < known {
            // An old file is never altered without a copy.
            self.backup(&copy_of(path, version))?;
        }
        for (i, step) in MIGRATIONS.iter().enumerate().skip(usize::try_from(version).unwrap_or(0)) {
            let marks = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {};", i + 1);
            let step = format!("BEGIN IMMEDIATE; {step} {marks} COMMIT;");
            self.db.execute_batch(&step).map_err(|source| self.failed(source))?;
        }
        Ok(())
    }

    /// How many reports are kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn documents(&self) -> Result<usize, StoreError> {
        Ok(usize::try_from(self.number("SELECT count(*) FROM document")?).unwrap_or(0))
    }

    /// Copies the store, while it is in use, into a file that must not exist.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if to.exists() {
            return Err(StoreError::Refused(format!("{}: exists; name a new file for the copy", to.display())));
        }
        let quietly: Option<fn(rusqlite::backup::Progress)> = None;
        self.db.backup("main", to, quietly).map_err(|source| StoreError::Database { place: to.display().to_string(), source })
    }

    pub(crate) fn failed(&self, source: rusqlite::Error) -> StoreError {
        StoreError::Database { place: self.place.clone(), source }
    }

    fn run(&self, statement: &str) -> Result<(), StoreError> {
        self.db.execute_batch(statement).map_err(|source| self.failed(source))
    }

    pub(crate) fn number(&self, query: &str) -> Result<i64, StoreError> {
        self.db.query_row(query, [], |row| row.get(0)).map_err(|source| self.failed(source))
    }
}

fn copy_of(path: &Path, version: i64) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".version-{version}"));
    path.with_file_name(name)
}
