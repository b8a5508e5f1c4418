//! Everything that people said, in one log, and taking it back.

use crate::correct::Corrected;
use crate::decide::Decided;
use crate::error::StoreError;
use crate::open::Store;
use serde::Serialize;

/// What somebody said.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Entry {
    /// That two are the same, or are not.
    Decided(Decided),
    /// What a report says.
    Corrected(Box<Corrected>),
}

impl Entry {
    /// Its number in the log.
    pub fn id(&self) -> i64 {
        match self {
            Entry::Decided(decided) => decided.id,
            Entry::Corrected(corrected) => corrected.id,
        }
    }

    /// What the changes that it makes are noted with.
    pub fn cause(&self) -> String {
        match self {
            Entry::Decided(decided) => format!("decision {}", decided.id),
            Entry::Corrected(corrected) => crate::correct::cause(corrected.id),
        }
    }

    fn undone(&self) -> bool {
        match self {
            Entry::Decided(decided) => decided.undone,
            Entry::Corrected(corrected) => corrected.undone,
        }
    }
}

impl Store {
    /// Decisions and corrections, in order, also those that were taken back.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn log(&self) -> Result<Vec<Entry>, StoreError> {
        let decided = self.decisions()?.into_iter().map(Entry::Decided);
        let mut all: Vec<Entry> =
            decided.chain(self.corrections()?.into_iter().map(|one| Entry::Corrected(Box::new(one)))).collect();
        all.sort_by_key(Entry::id);
        Ok(all)
    }

    /// Takes a decision or a correction back; it stays in the log. `made` is when, ISO 8601.
    ///
    /// # Errors
    /// When there is none of this number, or it was taken back before.
    pub fn undo(&mut self, id: i64, made: &str) -> Result<Entry, StoreError> {
        let refused = |why: String| Err(StoreError::Refused(why));
        let Some(entry) = self.log()?.into_iter().find(|entry| entry.id() == id) else {
            return refused(format!("nothing in the log has the number {id}; `onrecord log` lists it"));
        };
        if entry.undone() {
            return refused(format!("{id} was taken back before"));
        }
        match &entry {
            Entry::Decided(decided) => self.undecide(decided, made)?,
            Entry::Corrected(corrected) => self.uncorrect(corrected, made)?,
        }
        Ok(entry)
    }
}
