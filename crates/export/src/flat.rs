//! Lines of the account as flat rows: what tables on a terminal, on a page and in a spreadsheet show of an answer.

use crate::amount;
use onrecord_account::{Line, Relation, Who};
use onrecord_record::{Bound, Value as Number};
use serde_json::Value;

/// Cells; in JSON they keep their types.
pub type Row = Vec<Value>;

/// A value as a cell of a table.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Columns of lines of this kind.
pub fn columns(kind: &str) -> &'static [&'static str] {
    match kind {
        "actor" => &["id", "name", "kind", "country", "sector", "aliases", "roles", "reports"],
        "event" => {
            &["id", "date", "type", "mode", "actors", "recipients", "place", "country", "factuality", "reports", "witnesses"]
        }
        "figure" => &["id", "event", "measure", "of", "values", "conflict"],
        "position" => &["id", "holder", "issue", "moves", "latest", "reports"],
        "statement" => &["id", "speaker", "act", "published", "documents"],
        _ => &["id", "published", "outlet", "title", "url", "copy_of"],
    }
}

/// The row of a line.
pub fn row(line: &Line) -> Row {
    match line {
        Line::Document { id, outlet, published, title, url, copy_of } => {
            vec![id.as_str().into(), text(published), text(outlet), text(title), text(url), text(copy_of)]
        }
        Line::Actor { id, name, aliases, actor_kind, country, sector, roles, documents, .. } => vec![
            id.as_str().into(),
            name.as_str().into(),
            actor_kind.as_str().into(),
            text(country),
            sector.map(|s| s.to_string()).unwrap_or_default().into(),
            aliases.join("; ").into(),
            roles.join("; ").into(),
            documents.len().into(),
        ],
        Line::Event { id, event_type, mode, actors, recipients, date, place, factuality, reports, witnesses, .. } => vec![
            id.as_str().into(),
            text(date),
            event_type.as_str().into(),
            text(mode),
            names(actors).into(),
            names(recipients).into(),
            place.as_ref().map(|p| p.name.clone()).unwrap_or_default().into(),
            place.as_ref().and_then(|p| p.country.clone()).unwrap_or_default().into(),
            factuality.as_str().into(),
            reports.len().into(),
            (*witnesses).into(),
        ],
        Line::Figure { id, event, measure, of, series, relations } => {
            let values: Vec<String> = series.iter().map(|t| told(t.value, t.bound, &t.given_by, &t.document)).collect();
            let conflict = relations.iter().any(|r| r.is == Relation::Conflict);
            vec![
                id.as_str().into(),
                text(event),
                measure.as_str().into(),
                of.as_str().into(),
                values.join("; ").into(),
                conflict.to_string().into(),
            ]
        }
        Line::Position { id, holder, issue, history } => vec![
            id.as_str().into(),
            names(holder).into(),
            issue.split_whitespace().collect::<Vec<_>>().join(" ").into(),
            history.iter().map(|t| t.stance.as_str()).collect::<Vec<_>>().join(" → ").into(),
            history.last().and_then(|t| t.date.clone()).unwrap_or_default().into(),
            history.len().into(),
        ],
        Line::Statement { id, speaker, act, appearances } => vec![
            id.as_str().into(),
            names(speaker).into(),
            act.as_str().into(),
            appearances.first().and_then(|a| a.published.clone()).unwrap_or_default().into(),
            appearances.iter().map(|a| a.document.as_str()).collect::<Vec<_>>().join("; ").into(),
        ],
    }
}

/// Columns of a report that was found.
pub const HIT: [&str; 5] = ["id", "published", "outlet", "title", "words"];

/// The row of a report that was found by these words.
pub fn hit(line: &Line, words: &str) -> Row {
    let mut row = row(line);
    row.truncate(HIT.len() - 1);
    row.push(words.into());
    row
}

fn text(value: &Option<String>) -> Value {
    value.clone().unwrap_or_default().into()
}

fn names(who: &[Who]) -> String {
    who.iter().map(|w| w.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// *at least 15 (residents, a2)*.
fn told(value: Number, bound: Bound, given_by: &[String], document: &str) -> String {
    let giver = given_by.last().map(|giver| format!("{giver}, ")).unwrap_or_default();
    format!("{} ({giver}{document})", amount(value, bound))
}
