//! What people put right, laid over a reading.

use super::field::{Context, Sort, sort};
use super::rest::{reckon, withdraw};
use super::{Corrected, REVIEW, Review};
use crate::db::{Db, DbError};
use onrecord_account::{Kind, anchors, figure_anchor, parts_of_name};
use onrecord_record::{Id, Record, RecordKind, Why, modes};
use onrecord_text::Document;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What people put right of one report, in order, without what they took back.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    pub(super) corrections: Vec<Corrected>,
}

/// A correction that has nothing to stand on, as its report is read now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Number of the correction.
    pub id: i64,
    /// Why.
    pub why: String,
}

/// A record of a report: what it is and its place among those.
pub(crate) type Seat = (RecordKind, usize);

impl Overlay {
    /// Of the report of this number.
    pub(crate) fn of(db: &Db, document: i64) -> Result<Self, DbError> {
        let corrections = super::corrections(db, "c.document = ?1 AND c.undone = 0", &[document.into()])?;
        Ok(Overlay { corrections })
    }

    /// Whether nobody put anything right.
    pub fn is_empty(&self) -> bool {
        self.corrections.is_empty()
    }

    /// Puts a reading right. Records keep the names that they were read with; what is not in the report is taken out. Gives the
    /// corrections that could not be made.
    pub fn lay(&self, document: &Document, record: &mut Record) -> Vec<Lost> {
        if self.is_empty() {
            return Vec::new();
        }
        let (reviewed, lost) = self.fields(document, record);
        let gone: Vec<Seat> =
            reviewed.into_iter().filter(|(_, review)| *review == Review::Rejected).map(|(seat, _)| seat).collect();
        withdraw(record, &gone);
        lost
    }

    /// What people said of records as a whole.
    pub(crate) fn reviewed(&self, document: &Document, read: &Record) -> BTreeMap<Seat, Review> {
        if self.is_empty() { BTreeMap::new() } else { self.fields(document, &mut read.clone()).0 }
    }

    /// Puts fields right and leaves every record in; gives what people said of records as a whole.
    pub(crate) fn fields(&self, document: &Document, record: &mut Record) -> (BTreeMap<Seat, Review>, Vec<Lost>) {
        let seats = seats(record);
        for (anchor, seat) in &seats {
            why(record, *seat).anchor = Some(anchor.1.clone());
        }
        let (mut reviewed, mut lost) = (BTreeMap::new(), Vec::new());
        for correction in &self.corrections {
            let seat = key(&correction.name, &correction.anchor).and_then(|key| seats.get(&key).copied());
            let done = match seat {
                None => Err(format!("the report has no {} as it is read now", correction.anchor)),
                Some(seat) if correction.field == REVIEW => {
                    reviewed.extend(Review::of(&correction.after).map(|review| (seat, review)));
                    Ok(())
                }
                Some(seat) => {
                    reviewed.entry(seat).or_insert(Review::Corrected);
                    make(document, record, seat, &correction.field, &correction.after)
                }
            };
            lost.extend(done.err().map(|why| Lost { id: correction.id, why }));
        }
        reckon(record, &self.corrections);
        (reviewed, lost)
    }
}

/// What a record is found by: its kind and its anchor.
fn key(name: &str, anchor: &str) -> Option<(RecordKind, String)> {
    Some((parts_of_name(name)?.0.parse().ok()?, anchor.to_owned()))
}

/// All records of a report by their anchors.
pub(crate) fn seats(record: &Record) -> BTreeMap<(RecordKind, String), Seat> {
    RecordKind::ALL.iter().flat_map(|&kind| anchored(kind, record)).map(|(seat, anchor)| ((seat.0, anchor), seat)).collect()
}

/// The records of a kind with their anchors.
fn anchored(kind: RecordKind, record: &Record) -> Vec<(Seat, String)> {
    let anchors = match kind {
        RecordKind::Statement => anchors(Kind::Statement, record),
        RecordKind::Event => anchors(Kind::Event, record),
        RecordKind::Position => anchors(Kind::Position, record),
        RecordKind::Figure => record.figures.iter().map(figure_anchor).collect(),
    };
    anchors.into_iter().enumerate().map(|(at, anchor)| ((kind, at), anchor)).collect()
}

fn why(record: &mut Record, (kind, at): Seat) -> &mut Why {
    match kind {
        RecordKind::Statement => &mut record.statements[at].why,
        RecordKind::Event => &mut record.events[at].why,
        RecordKind::Position => &mut record.positions[at].why,
        RecordKind::Figure => &mut record.figures[at].why,
    }
}

/// Its id in the report.
pub(crate) fn id(record: &Record, (kind, at): Seat) -> Id {
    match kind {
        RecordKind::Statement => record.statements[at].id.clone(),
        RecordKind::Event => record.events[at].id.clone(),
        RecordKind::Position => record.positions[at].id.clone(),
        RecordKind::Figure => record.figures[at].id.clone(),
    }
}

/// The record as JSON.
pub(super) fn object(record: &Record, (kind, at): Seat) -> Map<String, Value> {
    let value = match kind {
        RecordKind::Statement => serde_json::to_value(&record.statements[at]),
        RecordKind::Event => serde_json::to_value(&record.events[at]),
        RecordKind::Position => serde_json::to_value(&record.positions[at]),
        RecordKind::Figure => serde_json::to_value(&record.figures[at]),
    };
    match value {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

/// What a field holds, as it is kept.
pub(super) fn value_of(document: &Document, record: &Record, seat: Seat, field: &str) -> Result<Value, String> {
    let sort = sort(seat.0, field)?;
    let value = object(record, seat).remove(field).unwrap_or_default();
    Ok(Context { document, record, at: seat.1 }.kept(sort, &value))
}

/// Makes one correction.
fn make(document: &Document, record: &mut Record, seat: Seat, field: &str, after: &Value) -> Result<(), String> {
    let (kind, at) = seat;
    let sort: Sort = sort(kind, field)?;
    let after = Context { document, record, at }.meant(sort, after)?;
    let mut object = object(record, seat);
    object.insert(field.to_owned(), after);
    let anchor = why(record, seat).anchor.clone();
    let set = |error: serde_json::Error| format!("{field} cannot be so: {error}");
    match kind {
        RecordKind::Statement => put(&mut record.statements[at], object).map_err(set)?,
        RecordKind::Position => put(&mut record.positions[at], object).map_err(set)?,
        RecordKind::Figure => put(&mut record.figures[at], object).map_err(set)?,
        RecordKind::Event => {
            put(&mut record.events[at], object).map_err(set)?;
            let event = &mut record.events[at];
            if field == "type" {
                // Both say more closely what the type says.
                event.cameo = None;
                event.mode = event.mode.take().filter(|mode| modes(event.kind).contains(&mode.as_str()));
            }
        }
    }
    why(record, seat).anchor = anchor;
    Ok(())
}

fn put<T: Serialize + DeserializeOwned>(item: &mut T, object: Map<String, Value>) -> Result<(), serde_json::Error> {
    *item = serde_json::from_value(Value::Object(object))?;
    Ok(())
}
