//! Putting single fields of a reading right, and taking that back.
//!
//! A correction is of one report's record, which its anchor names whatever later readings find. It is laid over the reading when that is
//! taken from the store, so that everything made of it sees what the person said; the reading itself stays as it is.

mod amend;
mod example;
mod field;
mod fields;
mod overlay;
mod place;
mod rest;
mod target;

pub use amend::Signed;
pub use example::{Example, Looked};
pub use fields::Field;
pub use overlay::{Lost, Overlay};
pub(crate) use overlay::{Seat, seats};
pub use target::Target;

use crate::db::{Db, DbError, Row, Value as Argument};
use crate::error::StoreError;
use crate::kept::{Kept, load_read};
use crate::open::Store;
use onrecord_record::Record;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The field of what people say of a record as a whole.
pub(crate) const REVIEW: &str = "review";

/// What people said of a record as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Review {
    /// Some field of it was put right.
    Corrected,
    /// It is as the report has it.
    Accepted,
    /// The report does not say this.
    Rejected,
}

impl Review {
    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Review::Corrected => "corrected",
            Review::Accepted => "accepted",
            Review::Rejected => "rejected",
        }
    }

    fn of(kept: &Value) -> Option<Self> {
        serde_json::from_value(kept.clone()).ok()
    }
}

/// A correction as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Corrected {
    /// Its number; decisions have theirs from the same series.
    pub id: i64,
    /// When, ISO 8601.
    pub made: String,
    /// By whom.
    pub who: String,
    /// `correct`, or of the whole record `accept` or `reject`.
    pub verb: String,
    /// The record's own name.
    pub name: String,
    /// Its report.
    pub document: String,
    /// What names it there.
    pub anchor: String,
    /// The field, or `review` where it is of the whole record.
    pub field: String,
    /// What it was before; actors by their names, passages by their words.
    pub before: Value,
    /// What it is since.
    pub after: Value,
    /// For what reason.
    pub why: String,
    /// It was taken back.
    pub undone: bool,
}

impl Store {
    /// What people said of a record as a whole; none where nobody has looked at it.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn reviewed(&self, target: &Target) -> Result<Option<Review>, StoreError> {
        let found = self.read_as(&target.document)?;
        let seat = target.seat(&found.record)?;
        Ok(found.reviewed.get(&seat).copied())
    }

    /// All corrections, in order, also those that were taken back.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn corrections(&self) -> Result<Vec<Corrected>, StoreError> {
        corrections(&self.db, "1 = 1", &[]).map_err(|source| self.failed(source))
    }

    /// What people put right of one report, to be laid over another reading of it.
    ///
    /// # Errors
    /// When there is no such report.
    pub fn overlay(&self, document: &str) -> Result<Overlay, StoreError> {
        let id = self.number_of(document)?;
        Overlay::of(&self.db, id).map_err(|source| self.failed(source))
    }

    /// The report with the reading that counts, as the program made it.
    pub(crate) fn as_read(&self, name: &str) -> Result<Kept, StoreError> {
        let id = self.number_of(name)?;
        let kept = load_read(&self.db, id).map_err(|source| self.failed(source))?;
        kept.ok_or_else(|| StoreError::Damaged(self.place.clone(), "record", name.to_owned()))
    }

    /// The report with every record of its reading, put right, and what people said of each.
    pub(crate) fn read_as(&self, name: &str) -> Result<Read, StoreError> {
        let Kept { document, mut record, .. } = self.as_read(name)?;
        let (reviewed, _) = self.overlay(name)?.fields(&document, &mut record);
        Ok(Read { document, record, reviewed })
    }

    pub(crate) fn number_of(&self, document: &str) -> Result<i64, StoreError> {
        let id = self.db.first("SELECT id FROM document WHERE name = ?1", &[document.into()], |row| row.get(0));
        id.map_err(|source| self.failed(source))?.ok_or_else(|| StoreError::Unknown(document.to_owned()))
    }
}

/// A report with every record that was read in it.
pub(crate) struct Read {
    pub document: onrecord_text::Document,
    pub record: Record,
    pub reviewed: BTreeMap<Seat, Review>,
}

/// The cause of what a correction changes.
pub(crate) fn cause(id: i64) -> String {
    format!("correction {id}")
}

/// The next number of the log.
pub(crate) fn next(db: &Db) -> Result<i64, DbError> {
    let latest = |table: &str| db.number(&format!("SELECT max(id) FROM {table}"), &[]);
    Ok(latest("decision")?.max(latest("correction")?) + 1)
}

/// Corrections for which this holds, in order.
pub(crate) fn corrections(db: &Db, holds: &str, values: &[Argument]) -> Result<Vec<Corrected>, DbError> {
    let query = format!(
        "SELECT c.id, c.made, c.who, c.thing, d.name, c.anchor, c.field, c.before, c.after, c.why, c.undone \
         FROM correction c JOIN document d ON d.id = c.document WHERE {holds} ORDER BY c.id"
    );
    let json = |text: String| serde_json::from_str(&text).unwrap_or_default();
    db.all(&query, values, |row: &Row| {
        let (field, after): (String, Value) = (row.get(6)?, json(row.get(8)?));
        let verb = match Review::of(&after).filter(|_| field == REVIEW) {
            Some(Review::Accepted) => "accept",
            Some(Review::Rejected) => "reject",
            _ => "correct",
        };
        Ok(Corrected {
            id: row.get(0)?,
            made: row.get(1)?,
            who: row.get(2)?,
            name: row.get(3)?,
            document: row.get(4)?,
            anchor: row.get(5)?,
            field,
            before: json(row.get(7)?),
            after,
            verb: verb.to_owned(),
            why: row.get(9)?,
            undone: row.get::<i64>(10)? != 0,
        })
    })
}
