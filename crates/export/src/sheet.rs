//! Rows: tab-separated without quotes, and comma-separated with them.

use crate::error::ExportError;
use std::io::Write;

/// Cells with tabs between and no quotes.
pub struct Tabs<'a> {
    out: Box<dyn Write + 'a>,
}

impl<'a> Tabs<'a> {
    /// Writes to `out`.
    pub fn new(out: Box<dyn Write + 'a>) -> Self {
        Tabs { out }
    }

    /// One row. Tabs, line breaks and other control characters of a cell become a space: without quotes they would end it.
    pub fn row<C: AsRef<str>>(&mut self, cells: &[C]) -> Result<(), ExportError> {
        let cells: Vec<String> = cells.iter().map(|cell| flat(cell.as_ref())).collect();
        Ok(self.out.write_all((cells.join("\t") + "\n").as_bytes())?)
    }

    /// Sees to it that everything is written.
    pub fn flush(&mut self) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}

/// A cell on one line.
pub fn flat(cell: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    cell.replace("\r\n", " ").replace(breaks, " ").trim().to_owned()
}

/// Comma-separated values (RFC 4180), UTF-8 without a mark.
pub struct Commas<'a> {
    out: csv::Writer<Box<dyn Write + 'a>>,
}

impl<'a> Commas<'a> {
    /// Writes the header.
    pub fn new(out: Box<dyn Write + 'a>, columns: &[&str]) -> Result<Self, ExportError> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(columns)?;
        Ok(Commas { out })
    }

    /// One row, as wide as the header.
    pub fn row<C: AsRef<str>>(&mut self, cells: &[C]) -> Result<(), ExportError> {
        Ok(self.out.write_record(cells.iter().map(AsRef::as_ref))?)
    }

    /// Sees to it that everything is written.
    pub fn flush(&mut self) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, *CSV injection*); a number does not.
pub fn disarmed(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t', '\r']) || cell.starts_with('-') && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

/// A row of a wide form: all cells empty but those that are set by the name of their column.
pub struct Cells {
    columns: &'static [&'static str],
    cells: Vec<String>,
}

impl Cells {
    /// All empty.
    pub fn new(columns: &'static [&'static str]) -> Self {
        Cells { columns, cells: vec![String::new(); columns.len()] }
    }

    /// Sets a cell.
    ///
    /// # Panics
    /// When the form has no such column.
    pub fn set(&mut self, column: &str, value: impl ToString) {
        let place = self.columns.iter().position(|c| *c == column);
        self.cells[place.unwrap_or_else(|| panic!("no column {column}"))] = value.to_string();
    }

    /// Sets a cell where there is something to set.
    pub fn set_some(&mut self, column: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.set(column, value);
        }
    }

    /// The row.
    pub fn cells(&self) -> &[String] {
        &self.cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_on_its_line() {
        assert_eq!(flat("a\tb\r\nc\nd\u{2028}e\u{85}f "), "a b c d e f");
        assert_eq!(flat("=cmd \"x\" שלום 🕊"), "=cmd \"x\" שלום 🕊");
    }

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        let same = ["-1.5", "a=b", "Kyiv", ""];
        assert!(same.iter().all(|cell| disarmed(cell) == *cell));
        let armed = ["=cmd|' /C calc'!A0", "-cmd", "+1", "@z", "\tx"];
        assert!(armed.iter().all(|cell| disarmed(cell) == format!("'{cell}")));
    }
}
