//! What became of names, as a feed: who keeps them elsewhere learns here what they mean now.

use crate::error::StoreError;
use crate::open::Store;
use serde::{Deserialize, Serialize};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        let query = "SELECT id, made, verb, was, becomes, cause FROM change WHERE id > ?1 ORDER BY id";
        let all = self.db.all(query, &[after.into()], |row| {
            Ok(Change {
                id: row.get(0)?,
                made: row.get(1)?,
                verb: row.get(2)?,
                was: row.get(3)?,
                becomes: row.get(4)?,
                cause: row.get(5)?,
            })
        });
        all.map_err(|source| self.failed(source))
    }
}
