//! Lines of the account as rows.

use super::cli::TableFormat;
use crate::output;
use anyhow::Result;
use comfy_table::{ContentArrangement, Table, presets};
use onrecord_account::{Line, Relation, Who};
use onrecord_export::disarmed;
use onrecord_record::{Bound, Value};
use std::io::Write;

/// Columns with their cells.
pub type Row = Vec<(&'static str, String)>;

/// The row of a line.
pub fn row(line: &Line) -> Row {
    match line {
        Line::Document { id, outlet, published, title, url, copy_of } => vec![
            ("id", id.clone()),
            ("published", text(published)),
            ("outlet", text(outlet)),
            ("title", text(title)),
            ("url", text(url)),
            ("copy_of", text(copy_of)),
        ],
        Line::Actor { id, name, aliases, actor_kind, country, sector, roles, documents, .. } => vec![
            ("id", id.clone()),
            ("name", name.clone()),
            ("kind", actor_kind.to_string()),
            ("country", text(country)),
            ("sector", sector.map(|s| s.to_string()).unwrap_or_default()),
            ("aliases", aliases.join("; ")),
            ("roles", roles.join("; ")),
            ("reports", documents.len().to_string()),
        ],
        Line::Event { id, event_type, mode, actors, recipients, date, place, factuality, reports, witnesses, .. } => vec![
            ("id", id.clone()),
            ("date", text(date)),
            ("type", event_type.to_string()),
            ("mode", text(mode)),
            ("actors", names(actors)),
            ("recipients", names(recipients)),
            ("place", place.as_ref().map(|p| p.name.clone()).unwrap_or_default()),
            ("country", place.as_ref().and_then(|p| p.country.clone()).unwrap_or_default()),
            ("factuality", factuality.to_string()),
            ("reports", reports.len().to_string()),
            ("witnesses", witnesses.to_string()),
        ],
        Line::Figure { id, event, measure, of, series, relations } => vec![
            ("id", id.clone()),
            ("event", text(event)),
            ("measure", measure.to_string()),
            ("of", of.clone()),
            ("values", series.iter().map(|t| told(&t.value, t.bound, &t.given_by, &t.document)).collect::<Vec<_>>().join("; ")),
            ("conflict", relations.iter().any(|r| r.is == Relation::Conflict).to_string()),
        ],
        Line::Position { id, holder, issue, history } => vec![
            ("id", id.clone()),
            ("holder", names(holder)),
            ("issue", issue.clone()),
            ("moves", history.iter().map(|t| t.stance.to_string()).collect::<Vec<_>>().join(" → ")),
            ("latest", history.last().and_then(|t| t.date.clone()).unwrap_or_default()),
            ("reports", history.len().to_string()),
        ],
        Line::Statement { id, speaker, act, appearances } => vec![
            ("id", id.clone()),
            ("speaker", names(speaker)),
            ("act", act.to_string()),
            ("published", appearances.first().and_then(|a| a.published.clone()).unwrap_or_default()),
            ("documents", appearances.iter().map(|a| a.document.as_str()).collect::<Vec<_>>().join("; ")),
        ],
    }
}

/// The row of a report that holds the words looked for.
pub fn hit(line: &Line, words: &str) -> Row {
    let mut row = row(line);
    row.retain(|(column, _)| !matches!(*column, "url" | "copy_of"));
    row.push(("words", words.to_owned()));
    row
}

/// Prints rows that all have the same columns.
pub fn print(out: &mut impl Write, rows: &[Row], format: TableFormat) -> Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let columns: Vec<&str> = first.iter().map(|(column, _)| *column).collect();
    match format {
        TableFormat::Table => {
            let mut table = Table::new();
            table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_header(&columns);
            for row in rows {
                table.add_row(row.iter().map(|(_, cell)| cell));
            }
            output::write(out, &format!("{table}\n"))
        }
        TableFormat::Csv => {
            let mut csv = csv::Writer::from_writer(Vec::new());
            csv.write_record(&columns)?;
            for row in rows {
                csv.write_record(row.iter().map(|(_, cell)| disarmed(cell)))?;
            }
            output::write(out, &String::from_utf8(csv.into_inner()?)?)
        }
        TableFormat::Json | TableFormat::Jsonl => {
            let object =
                |row: &Row| row.iter().map(|(c, v)| ((*c).to_owned(), v.clone().into())).collect::<serde_json::Map<_, _>>();
            for row in rows {
                output::write(out, &(serde_json::to_string(&object(row))? + "\n"))?;
            }
            Ok(())
        }
    }
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn names(who: &[Who]) -> String {
    who.iter().map(|w| w.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// *at least 15 (residents, a2)*.
fn told(value: &Value, bound: Bound, given_by: &[String], document: &str) -> String {
    let value = match value {
        Value::One(value) => value.to_string(),
        Value::Range(low, high) => format!("{low}–{high}"),
    };
    let bound = match bound {
        Bound::Exact => "",
        Bound::About => "about ",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
    };
    let giver = given_by.last().map(|giver| format!("{giver}, ")).unwrap_or_default();
    format!("{bound}{value} ({giver}{document})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_what_it_must() {
        let mut out = Vec::new();
        print(&mut out, &[vec![("a", "x, \"y\"".into()), ("b", "@z".into())]], TableFormat::Csv).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a,b\n\"x, \"\"y\"\"\",'@z\n");
    }
}
