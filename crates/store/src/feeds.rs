//! The feeds that are watched, with what is known of each. What that is, the store does not ask: it keeps it with the reports.

use crate::add::Added;
use crate::db::{Db, DbError};
use crate::error::StoreError;
use crate::open::Store;
use crate::prepared::Prepared;

/// A feed that is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// The address by which somebody named it.
    pub address: String,
    /// What is known of it, as JSON.
    pub state: String,
}

impl Store {
    /// All feeds, in the order of their addresses.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn feeds(&self) -> Result<Vec<Feed>, StoreError> {
        let row = |row: &crate::db::Row| Ok(Feed { address: row.get(0)?, state: row.get(1)? });
        let mut feeds = self.db.all("SELECT address, state FROM feed", &[], row).map_err(|source| self.failed(source))?;
        // Servers have orders of their own.
        feeds.sort_by(|a, b| a.address.cmp(&b.address));
        Ok(feeds)
    }

    /// Keeps what is known of a feed, in place of what was.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keep_feed(&self, feed: &Feed) -> Result<(), StoreError> {
        self.db.write(|| keep(&self.db, feed)).map_err(|source| self.failed(source))
    }

    /// Forgets a feed; says whether it was known. Its reports stay.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn remove_feed(&self, address: &str) -> Result<bool, StoreError> {
        let removed = self.db.execute("DELETE FROM feed WHERE address = ?1", &[address.into()]);
        removed.map(|rows| rows > 0).map_err(|source| self.failed(source))
    }

    /// Keeps reports as [`Store::add`] does, and with them, in the same transaction, what is then known of the feeds they came from: after
    /// any interruption a report is kept and known to its feed, or neither. `feeds` is asked when the batch has come to its end.
    ///
    /// # Errors
    /// When the database refuses; then nothing of it is kept.
    pub fn add_from(
        &mut self,
        batch: impl IntoIterator<Item = Prepared>,
        feeds: impl FnOnce() -> Vec<Feed>,
        made: &str,
    ) -> Result<Vec<Added>, StoreError> {
        self.add_and(batch, made, |db| feeds().iter().try_for_each(|feed| keep(db, feed)))
    }

    /// Whether a report of this id is kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn holds(&self, id: &str) -> Result<bool, StoreError> {
        let found = self.db.first("SELECT 1 FROM document WHERE name = ?1", &[id.into()], |_| Ok(()));
        found.map(|found| found.is_some()).map_err(|source| self.failed(source))
    }
}

fn keep(db: &Db, feed: &Feed) -> Result<(), DbError> {
    let query = "INSERT INTO feed (address, state) VALUES (?1, ?2) ON CONFLICT (address) DO UPDATE SET state = excluded.state";
    db.execute(query, &[(&feed.address).into(), (&feed.state).into()]).map(drop)
}
