//! What people put right as data to learn from, and reports that they looked through as gold.

use super::overlay::{Seat, id, object, seats, value_of};
use super::{Corrected, REVIEW};
use crate::error::StoreError;
use crate::kept::Kept;
use crate::open::Store;
use onrecord_account::Points;
use onrecord_record::{Id, IsoDate, Record, RecordKind};
use onrecord_text::{CodePoints, Document, Span};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// A correction with the words that it is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Example {
    /// Number of the correction.
    pub correction: i64,
    /// The report.
    pub document: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<IsoDate>,
    /// What kind of record it is; none where the report, as it is read now, has no such record.
    pub kind: Option<RecordKind>,
    /// Its id in the report.
    pub record: Option<Id>,
    /// Its own name.
    pub name: String,
    /// The words that show it, in code points of the report's text.
    pub evidence: Vec<Points>,
    /// The same as they are written.
    pub words: Vec<String>,
    /// The field; `review` where the word is of the whole record.
    pub field: String,
    /// What the machine has: of a report that it reads otherwise now, what it had. Actors by their names, passages by their words.
    pub machine: Value,
    /// What the person has.
    pub person: Value,
    /// Who.
    pub who: String,
    /// When, ISO 8601.
    pub made: String,
    /// For what reason.
    pub why: String,
    /// The version of the program that read the report.
    pub version: String,
}

/// How many reports people looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Every record of so many was looked at.
    pub whole: usize,
    /// Of so many some were and some were not.
    pub partly: usize,
}

impl Store {
    /// Hands out what people put right, in order, without what they took back; of several words on one field the last.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged, or with what `take` gives.
    pub fn examples<E: From<StoreError>>(&self, mut take: impl FnMut(Example) -> Result<(), E>) -> Result<(), E> {
        self.snapshot(|| {
            let all: Vec<Corrected> = self.corrections()?.into_iter().filter(|one| !one.undone).collect();
            let last: HashMap<(&str, &str), i64> =
                all.iter().map(|one| ((one.name.as_str(), one.field.as_str()), one.id)).collect();
            let mut reports: BTreeMap<&str, Kept> = BTreeMap::new();
            for one in all.iter().filter(|one| last[&(one.name.as_str(), one.field.as_str())] == one.id) {
                if !reports.contains_key(one.document.as_str()) {
                    // Corrections come by report, as people read; no more than one report need be held.
                    reports.clear();
                    reports.insert(&one.document, self.as_read(&one.document)?);
                }
                take(example(&reports[one.document.as_str()], one))?;
            }
            Ok(())
        })
    }

    /// Hands out the reports of which people looked at every record, with these records as they are now, in the order of the account:
    /// gold to learn from and to score by. What was rejected is not among them.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged, or with what `take` gives.
    pub fn gold<E: From<StoreError>>(&self, mut take: impl FnMut(&Document, &Record) -> Result<(), E>) -> Result<Looked, E> {
        self.snapshot(|| {
            let query = "SELECT d.name, (SELECT count(*) FROM unseen u WHERE u.document = d.id) FROM document d \
                         WHERE EXISTS (SELECT 1 FROM correction c WHERE c.document = d.id AND c.undone = 0) \
                         ORDER BY d.published IS NULL, d.published, d.name";
            let named = self.db.all(query, &[], |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)));
            let mut looked = Looked::default();
            for (name, unseen) in named.map_err(|source| self.failed(source))? {
                if unseen > 0 {
                    looked.partly += 1;
                    continue;
                }
                let kept = self.kept(&name)?;
                take(&kept.document, &kept.record)?;
                looked.whole += 1;
            }
            Ok(looked)
        })
    }
}

fn example(kept: &Kept, one: &Corrected) -> Example {
    let Kept { document, record, version } = kept;
    let named = |((_, anchor), seat): &((RecordKind, String), Seat)| *anchor == one.anchor && one.name.starts_with(seat.0.as_str());
    let seat = seats(record).into_iter().find(named).map(|(_, seat)| seat);
    let evidence = seat.map(|seat| object(record, seat).remove("evidence").unwrap_or_default());
    let evidence: Vec<Span> = evidence.and_then(|spans| serde_json::from_value(spans).ok()).unwrap_or_default();
    let points = CodePoints::new(&document.text);
    let machine = match seat {
        Some(_) if one.field == REVIEW => Value::Null,
        Some(seat) => value_of(document, record, seat, &one.field).unwrap_or_default(),
        None => one.before.clone(),
    };
    Example {
        correction: one.id,
        document: document.id.clone(),
        outlet: document.outlet.clone(),
        published: document.published.map(|day| day.to_string()),
        kind: seat.map(|(kind, _)| kind),
        record: seat.map(|seat| id(record, seat)),
        name: one.name.clone(),
        words: evidence.iter().map(|span| document.slice(*span).to_owned()).collect(),
        evidence: evidence.iter().map(|span| points.from_bytes(*span)).map(|span| [span.start, span.end]).collect(),
        field: one.field.clone(),
        machine,
        person: one.after.clone(),
        who: one.who.clone(),
        made: one.made.clone(),
        why: one.why.clone(),
        version: version.clone(),
    }
}
