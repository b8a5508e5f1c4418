//! What became of names, as a feed: who keeps them elsewhere learns here what they mean now.

use crate::db::{Db, DbError, Value};
use crate::error::StoreError;
use crate::open::Store;
use serde::{Deserialize, Serialize};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// Its number; later ones are greater.
    pub id: i64,
    /// When, ISO 8601.
    pub made: String,
    /// `merged`: what was called so is a part of another now. `split`: a part of it is another now. `withdrawn`: the report that told it
    /// does not, as it is read now.
    pub verb: String,
    /// The name.
    pub was: String,
    /// The other name; none where nothing tells it any more.
    pub becomes: Option<String>,
    /// The report that came in, or the decision (`decision 3`).
    pub cause: String,
}

impl Store {
    /// Changes after the one of this number, in order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn changes(&self, after: i64) -> Result<Vec<Change>, StoreError> {
        changes(&self.db, "id > ?1", &[after.into()]).map_err(|source| self.failed(source))
    }

    /// The number of the latest change; 0 where there is none.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn last_change(&self) -> Result<i64, StoreError> {
        self.db.number("SELECT max(id) FROM change", &[]).map_err(|source| self.failed(source))
    }
}

/// Changes for which this holds, in order.
pub(crate) fn changes(db: &Db, holds: &str, values: &[Value]) -> Result<Vec<Change>, DbError> {
    let query = format!("SELECT id, made, verb, was, becomes, cause FROM change WHERE {holds} ORDER BY id");
    db.all(&query, values, |row| {
        Ok(Change {
            id: row.get(0)?,
            made: row.get(1)?,
            verb: row.get(2)?,
            was: row.get(3)?,
            becomes: row.get(4)?,
            cause: row.get(5)?,
        })
    })
}
