//! A person's word on what is the same, and taking it back.

use crate::error::StoreError;
use crate::merge::{self, thing_of};
use crate::open::Store;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a person says of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// They are one.
    Merge,
    /// They are not, and never will be.
    Never,
}

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Its number.
    pub id: i64,
    /// When, ISO 8601.
    pub made: String,
    /// By whom.
    pub who: String,
    /// What.
    pub verb: Verb,
    /// Of which.
    pub a: String,
    /// And which.
    pub b: String,
    /// For what reason.
    pub why: String,
    /// It was taken back.
    pub undone: bool,
}

impl Store {
    /// Keeps a person's word on two things by their names, and groups anew. `made` is when, ISO 8601: a store reads no clock.
    ///
    /// # Errors
    /// When a name is unknown, or the two are of different kinds.
    pub fn decide(&mut self, verb: Verb, a: &str, b: &str, who: &str, why: &str, made: &str) -> Result<i64, StoreError> {
        let (kind_a, kind_b) = (a.rsplit_once('-').map(|(k, _)| k), b.rsplit_once('-').map(|(k, _)| k));
        if a == b || kind_a != kind_b {
            return Err(StoreError::Refused(format!(
                "{a} and {b}: only two different things of one kind can be merged or kept apart"
            )));
        }
        for name in [a, b] {
            let found = thing_of(&self.db, name).map_err(|source| self.failed(source))?;
            found.ok_or_else(|| StoreError::Unknown(name.to_owned()))?;
        }
        let word = match verb {
            Verb::Merge => "merge",
            Verb::Never => "never",
        };
        self.change(|db| {
            db.execute(
                "INSERT INTO decision (made, who, verb, a, b, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![made, who, word, a, b, why],
            )?;
            Ok((db.last_insert_rowid(), vec![a.to_owned(), b.to_owned()]))
        })
    }

    /// Takes a decision back; it stays in the log.
    ///
    /// # Errors
    /// When there is no such decision, or it was taken back before.
    pub fn undo(&mut self, id: i64) -> Result<Decided, StoreError> {
        let all = self.decisions()?;
        let decided = all.into_iter().find(|d| d.id == id);
        let decided =
            decided.ok_or_else(|| StoreError::Refused(format!("there is no decision {id}; `onrecord log` lists them")))?;
        if decided.undone {
            return Err(StoreError::Refused(format!("decision {id} was taken back before")));
        }
        self.change(|db| {
            db.execute("UPDATE decision SET undone = 1 WHERE id = ?1", [id])?;
            Ok((id, vec![decided.a.clone(), decided.b.clone()]))
        })?;
        Ok(decided)
    }

    /// All decisions, in order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn decisions(&self) -> Result<Vec<Decided>, StoreError> {
        let read = || {
            let mut query = self.db.prepare_cached("SELECT id, made, who, verb, a, b, why, undone FROM decision ORDER BY id")?;
            let rows = query.query_map([], |row| {
                let verb = if row.get::<_, String>(3)? == "merge" { Verb::Merge } else { Verb::Never };
                Ok(Decided {
                    id: row.get(0)?,
                    made: row.get(1)?,
                    who: row.get(2)?,
                    verb,
                    a: row.get(4)?,
                    b: row.get(5)?,
                    why: row.get(6)?,
                    undone: row.get(7)?,
                })
            })?;
            rows.collect::<Result<Vec<_>, rusqlite::Error>>()
        };
        read().map_err(|source| self.failed(source))
    }

    /// One change of the decisions, with everything it touches, in one transaction.
    fn change(
        &mut self,
        change: impl FnOnce(&rusqlite::Transaction) -> Result<(i64, Vec<String>), rusqlite::Error>,
    ) -> Result<i64, StoreError> {
        let place = self.place.clone();
        let failed = |source| StoreError::Database { place: place.clone(), source };
        let transaction = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
        let result = (|| {
            let (id, names) = change(&transaction)?;
            self.cache.decided();
            let mut touched = BTreeSet::new();
            for name in names {
                touched.extend(thing_of(&transaction, &name)?);
            }
            merge::restand(&transaction, &mut self.cache, &touched)?;
            Ok(id)
        })();
        match result {
            Ok(id) => transaction.commit().map(|()| id).map_err(failed),
            Err(source) => {
                self.cache.clear();
                Err(failed(source))
            }
        }
    }
}
