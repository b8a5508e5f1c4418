//! Lines of the account as rows.

use super::cli_ask::TableFormat;
use crate::output;
use anyhow::Result;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use onrecord_account::{Line, Relation, Who};
use onrecord_export::{amount, disarmed};
use onrecord_record::{Bound, Value as Number};
use serde_json::Value;
use std::io::Write;

/// Cells; in JSON they keep their types.
pub type Row = Vec<Value>;

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

/// Prints rows that all have the same columns, as they come where the format lets it.
pub struct Printer<'o, W> {
    out: &'o mut W,
    format: TableFormat,
    columns: Vec<String>,
    /// Rows so far; of a table all of them, since its columns are as wide as it needs.
    waiting: Vec<Vec<String>>,
    printed: usize,
}

impl<'o, W: Write> Printer<'o, W> {
    /// Prints all rows.
    pub fn print(out: &'o mut W, columns: &[&str], rows: impl IntoIterator<Item = Row>, format: TableFormat) -> Result<()> {
        let mut printer = Printer::new(out, columns.iter().map(|c| (*c).to_owned()).collect(), format)?;
        rows.into_iter().try_for_each(|row| printer.row(row))?;
        printer.end()
    }

    /// Begins; csv says its columns though there be no row.
    pub fn new(out: &'o mut W, columns: Vec<String>, format: TableFormat) -> Result<Self> {
        let mut printer = Printer { out, format, columns, waiting: Vec::new(), printed: 0 };
        match format {
            TableFormat::Csv => printer.csv(&printer.columns.clone())?,
            TableFormat::Json => output::write(printer.out, "[")?,
            TableFormat::Table | TableFormat::Jsonl => {}
        }
        Ok(printer)
    }

    pub fn row(&mut self, row: Row) -> Result<()> {
        let before = if self.printed == 0 { "\n" } else { ",\n" };
        self.printed += 1;
        match self.format {
            TableFormat::Table => self.waiting.push(row.iter().map(cell).collect()),
            TableFormat::Csv => self.csv(&row.iter().map(|value| disarmed(&cell(value))).collect::<Vec<_>>())?,
            TableFormat::Json => {
                let object = self.object(row)?;
                output::write(self.out, &format!("{before}  {object}"))?;
            }
            TableFormat::Jsonl => {
                let object = self.object(row)? + "\n";
                output::write(self.out, &object)?;
            }
        }
        Ok(())
    }

    /// Prints what is left.
    pub fn end(self) -> Result<()> {
        match self.format {
            TableFormat::Table if self.printed > 0 => output::write(self.out, &laid_out(&self.columns, &self.waiting)),
            TableFormat::Json => output::write(self.out, if self.printed > 0 { "\n]\n" } else { "]\n" }),
            _ => Ok(()),
        }
    }

    fn object(&self, row: Row) -> Result<String> {
        let object: serde_json::Map<String, Value> = self.columns.iter().cloned().zip(row).collect();
        Ok(serde_json::to_string(&object)?)
    }

    fn csv(&mut self, cells: &[String]) -> Result<()> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(cells)?;
        output::write(self.out, &String::from_utf8(csv.into_inner()?)?)
    }
}

/// Columns of names.
const NAMES: [&str; 4] = ["id", "event", "was", "becomes"];

/// Columns as wide as the terminal lets them be; those in which nothing stands are left out.
fn laid_out(columns: &[String], rows: &[Vec<String>]) -> String {
    let filled: Vec<usize> = (0..columns.len()).filter(|&c| rows.iter().any(|row| !row[c].is_empty())).collect();
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(filled.iter().map(|&c| columns[c].as_str()));
    // A name that is broken over lines cannot be copied.
    for (place, _) in filled.iter().enumerate().filter(|(_, c)| NAMES.contains(&columns[**c].as_str())) {
        if let Some(column) = table.column_mut(place) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    for row in rows {
        table.add_row(filled.iter().map(|&c| row[c].as_str()));
    }
    format!("{}\n", table.trim_fmt())
}

/// A value as a cell of a table.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_what_it_must() {
        let mut out = Vec::new();
        Printer::print(&mut out, &["a", "b"], [vec!["x, \"y\"".into(), "@z".into()]], TableFormat::Csv).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a,b\n\"x, \"\"y\"\"\",'@z\n");
    }

    #[test]
    fn json_is_one_array_and_keeps_numbers() {
        for (rows, expected) in
            [(vec![], "[]\n"), (vec![vec![Value::from(1)], vec!["x".into()]], "[\n  {\"a\":1},\n  {\"a\":\"x\"}\n]\n")]
        {
            let mut out = Vec::new();
            Printer::print(&mut out, &["a"], rows, TableFormat::Json).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn a_table_leaves_out_columns_in_which_nothing_stands() {
        let mut out = Vec::new();
        Printer::print(&mut out, &["a", "b", "c"], [vec!["x".into(), "".into(), Value::Null]], TableFormat::Table).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains('a') && !text.contains('b') && !text.contains('c'), "{text}");
    }
}
