//! Changing the account, with what is remembered of it between two changes.

use crate::db::{Db, DbError};
use crate::error::StoreError;
use crate::known::Cache;
use crate::open::Store;

impl Store {
    /// One transaction. What is remembered is forgotten where another program wrote since the last, and where this one fails: what was
    /// not committed must not be remembered.
    pub(crate) fn writing<T>(&mut self, work: impl FnOnce(&Db, &mut Cache) -> Result<T, DbError>) -> Result<T, StoreError> {
        let Store { db, cache, stamp, .. } = self;
        let done = db.write(|| {
            if *stamp != Some(db.stamp()?) {
                cache.clear();
            }
            let done = work(db, cache)?;
            *stamp = Some(db.stamp()?);
            Ok(done)
        });
        done.map_err(|source| {
            self.cache.clear();
            self.failed(source)
        })
    }
}
