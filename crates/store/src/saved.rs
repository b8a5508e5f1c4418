//! Questions that somebody wants to ask again.

use crate::error::StoreError;
use crate::open::Store;
use serde::Serialize;

/// A question with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Saved {
    /// What it is called.
    pub name: String,
    /// The page of the desk that answers it, with its filters: `/events?q=ceasefire`.
    pub address: String,
    /// When it was saved, ISO 8601.
    pub made: String,
    /// By whom.
    pub who: String,
}

impl Store {
    /// Saves a question, in place of one of the same name.
    ///
    /// # Errors
    /// When the name is empty, or the address is none within the desk.
    pub fn save(&mut self, saved: &Saved) -> Result<(), StoreError> {
        if saved.name.trim().is_empty() {
            return Err(StoreError::Refused("a saved search needs a name".into()));
        }
        // `//host/` would lead to another.
        if !saved.address.starts_with('/') || saved.address.starts_with("//") || saved.address.contains(['\\', '\n', '\r']) {
            return Err(StoreError::Refused(format!("{}: no address of a page of this desk", saved.address)));
        }
        let Saved { name, address, made, who } = saved;
        let run = || {
            self.db.execute("DELETE FROM saved WHERE name = ?1", &[name.into()])?;
            let query = "INSERT INTO saved (name, address, made, who) VALUES (?1, ?2, ?3, ?4)";
            self.db.execute(query, &[name.into(), address.into(), made.into(), who.into()])
        };
        self.db.write(run).map(drop).map_err(|source| self.failed(source))
    }

    /// All saved questions, by their names.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn saved(&self) -> Result<Vec<Saved>, StoreError> {
        let row = |row: &crate::db::Row| Ok(Saved { name: row.get(0)?, address: row.get(1)?, made: row.get(2)?, who: row.get(3)? });
        let mut all = self.db.all("SELECT name, address, made, who FROM saved", &[], row).map_err(|source| self.failed(source))?;
        all.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(all)
    }

    /// Forgets a saved question; says whether it was there.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn forget_saved(&mut self, name: &str) -> Result<bool, StoreError> {
        let gone = self.db.execute("DELETE FROM saved WHERE name = ?1", &[name.into()]);
        gone.map(|rows| rows > 0).map_err(|source| self.failed(source))
    }
}
