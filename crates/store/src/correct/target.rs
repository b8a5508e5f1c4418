//! Which record of which report is meant.

use super::overlay::{Seat, id, seats};
use crate::error::StoreError;
use crate::open::Store;
use onrecord_account::{Ref, parts_of_name};
use onrecord_record::{Id, Record, RecordKind};
use serde::{Deserialize, Serialize};

/// A record of a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Target {
    /// Id of the report.
    pub document: String,
    /// Id of the record in it, as it is read now.
    pub record: Id,
}

impl Target {
    /// Where the record stands in its report.
    pub(crate) fn seat(&self, record: &Record) -> Result<Seat, StoreError> {
        seats(record).into_values().find(|seat| id(record, *seat) == self.record).ok_or_else(|| {
            StoreError::Refused(format!(
                "{} has no record {}: statements, events, positions and figures have",
                self.document, self.record
            ))
        })
    }
}

impl Store {
    /// The records of reports that tell the line of this name, of today or of before, in the order of the account; of a name whose record
    /// was taken out of the account, that record.
    ///
    /// # Errors
    /// When nothing has this name, or it is one of what has no fields to put right: an actor, a report.
    pub fn told(&self, name: &str) -> Result<Vec<Target>, StoreError> {
        let kind = parts_of_name(name).and_then(|(kind, _)| kind.parse::<RecordKind>().ok());
        if kind.is_none() && parts_of_name(name).is_some() {
            return Err(StoreError::Refused(format!(
                "{name}: events, statements, positions and figures are put right, and nothing else"
            )));
        }
        let why = self.why(name)?;
        let told: Vec<Target> =
            why.sources.iter().map(|source| Target { document: source.document.clone(), record: source.record.clone() }).collect();
        if !told.is_empty() {
            return Ok(told);
        }
        let out = why.corrections.iter().find(|one| one.name == name);
        let found = out.map(|one| self.record_of(&one.document, name)).transpose()?.flatten();
        found
            .map(|target| vec![target])
            .ok_or_else(|| StoreError::Refused(format!("{name}: no report tells it any more, as they are read now")))
    }

    /// The record of this name in a report, as it was read.
    pub(crate) fn record_of(&self, document: &str, name: &str) -> Result<Option<Target>, StoreError> {
        let read = self.as_read(document)?;
        let named = |(kind, anchor): &(RecordKind, String)| Ref::new(document, anchor.as_str()).name(kind.as_str()) == name;
        let seat = seats(&read.record).into_iter().find(|(key, _)| named(key)).map(|(_, seat)| seat);
        Ok(seat.map(|seat| Target { document: document.to_owned(), record: id(&read.record, seat) }))
    }
}
