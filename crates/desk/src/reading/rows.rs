//! The records of one report as rows for a spreadsheet.

use super::{how, relation};
use onrecord_export::amount;
use onrecord_export::flat::Row;
use onrecord_record::{Id, Record};
use onrecord_store::{Kept, Standing, figure_names};
use onrecord_text::Span;
use onrecord_view::one_line;
use serde_json::Value;
use std::collections::HashMap;

/// Columns of a record.
pub const COLUMNS: [&str; 15] = [
    "id",
    "kind",
    "type",
    "who",
    "to",
    "value",
    "date",
    "place",
    "words",
    "factuality",
    "given_by",
    "confidence",
    "line",
    "standing",
    "differs",
];

/// What a row needs of a record of any kind.
struct Flat<'r> {
    id: &'r str,
    kind: &'static str,
    what: &'static str,
    who: &'r [Id],
    to: &'r [Id],
    value: String,
    date: Option<&'r str>,
    place: Option<&'r str>,
    words: &'r [Span],
    factuality: &'static str,
    given_by: &'r [Id],
    confidence: f32,
}

/// One row a record.
pub fn all(kept: &Kept, standing: &[Standing]) -> Vec<Row> {
    let standing: HashMap<&str, &Standing> = standing.iter().map(|one| (one.record.as_str(), one)).collect();
    let figures: HashMap<Id, String> = figure_names(&kept.document.id, &kept.record).into_iter().collect();
    let names = |ids: &[Id]| {
        let name = |id: &Id| kept.record.actors.iter().find(|actor| actor.id == *id).map(|actor| actor.name.as_str());
        Value::from(ids.iter().filter_map(name).collect::<Vec<_>>().join("; "))
    };
    let row = |flat: Flat| -> Row {
        let stands = standing.get(flat.id);
        let line = stands.map(|stands| stands.name.clone()).or_else(|| figures.get(flat.id).cloned());
        let differs = stands.map(|stands| {
            stands
                .differs
                .iter()
                .map(|other| format!("{} with {} ({})", relation(other.is), other.document, amount(other.value, other.bound)))
                .collect::<Vec<_>>()
                .join("; ")
        });
        let words: Vec<&str> = flat.words.iter().map(|span| kept.document.slice(*span)).collect();
        vec![
            flat.id.into(),
            flat.kind.into(),
            flat.what.into(),
            names(flat.who),
            names(flat.to),
            flat.value.into(),
            flat.date.unwrap_or_default().into(),
            flat.place.unwrap_or_default().into(),
            one_line(&words.join(" … ")).into(),
            flat.factuality.into(),
            names(flat.given_by),
            format!("{:.2}", flat.confidence).into(),
            line.unwrap_or_default().into(),
            stands.map(|stands| how(stands)).unwrap_or_default().into(),
            differs.unwrap_or_default().into(),
        ]
    };
    flats(&kept.record).into_iter().map(row).collect()
}

fn flats(record: &Record) -> Vec<Flat<'_>> {
    let statements = record.statements.iter().map(|r| Flat {
        id: &r.id,
        kind: "statement",
        what: r.act.as_str(),
        who: &r.speaker,
        to: &r.to,
        value: String::new(),
        date: r.date.as_deref(),
        place: None,
        words: &r.evidence,
        factuality: r.factuality.as_str(),
        given_by: &r.given_by,
        confidence: r.confidence,
    });
    let events = record.events.iter().map(|r| Flat {
        id: &r.id,
        kind: "event",
        what: r.kind.as_str(),
        who: &r.actors,
        to: &r.recipients,
        value: String::new(),
        date: r.date.as_deref(),
        place: r.place.as_ref().map(|place| place.name.as_str()),
        words: &r.evidence,
        factuality: r.factuality.as_str(),
        given_by: &r.given_by,
        confidence: r.confidence,
    });
    let positions = record.positions.iter().map(|r| Flat {
        id: &r.id,
        kind: "position",
        what: r.stance.as_str(),
        who: &r.holder,
        to: &r.toward,
        value: String::new(),
        date: r.date.as_deref(),
        place: None,
        words: &r.evidence,
        factuality: r.factuality.as_str(),
        given_by: &r.given_by,
        confidence: r.confidence,
    });
    let figures = record.figures.iter().map(|r| Flat {
        id: &r.id,
        kind: "figure",
        what: r.measure.as_str(),
        who: &r.by,
        to: &r.against,
        value: format!("{} {}", amount(r.value, r.bound), r.of),
        date: r.date.as_deref(),
        place: r.place.as_ref().map(|place| place.name.as_str()),
        words: &r.evidence,
        factuality: r.factuality.as_str(),
        given_by: &r.given_by,
        confidence: r.confidence,
    });
    statements.chain(events).chain(positions).chain(figures).collect()
}
