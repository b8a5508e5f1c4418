//! Rows on a terminal, in a file, in a pipe.

use super::cli_ask::TableFormat;
use crate::output;
use anyhow::Result;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use onrecord_export::disarmed;
use onrecord_export::flat::cell;
pub use onrecord_export::flat::{HIT, Row, columns, hit, row};
use serde_json::Value;
use std::io::Write;

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
