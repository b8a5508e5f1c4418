//! Seven comma-separated tables, one per kind, for spreadsheets and data frames: UTF-8, a header, RFC 4180. Lists have semicolons between,
//! spans are code points of the report's text.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, *CSV injection*); a number does not.

use crate::columns::{Cell, Row, Table};
use crate::error::ExportError;
use crate::sheet::{Commas, disarmed};
use std::io::Write;

impl<'a> Table<'a> for Commas<'a> {
    const ENDING: &'static str = "csv";

    fn new<'l, R: Row<'l>>(out: Box<dyn Write + 'a>) -> Result<Self, ExportError> {
        let header: Vec<&str> = R::COLUMNS.iter().map(|(name, _)| *name).collect();
        Commas::new(out, &header)
    }

    fn row<'l, R: Row<'l>>(&mut self, row: &R) -> Result<(), ExportError> {
        let cells: Vec<String> = R::COLUMNS.iter().map(|(_, cell)| disarmed(&text(cell, row))).collect();
        Commas::row(self, &cells)
    }

    fn end(&mut self) -> Result<(), ExportError> {
        self.flush()
    }
}

fn text<R>(cell: &Cell<R>, row: &R) -> String {
    match cell {
        Cell::Text(of) => of(row).to_owned(),
        Cell::Maybe(of) | Cell::Day(of) | Cell::Date(of) => of(row).unwrap_or_default().to_owned(),
        Cell::Texts(of) => of(row).join("; "),
        Cell::Count(of) => of(row).to_string(),
        Cell::Key(of) => known(of(row)),
        Cell::Number(of) => known(of(row)),
        Cell::Spans(of) => listed(of(row), |[start, end]| format!("{start}-{end}")),
        Cell::Relations(of) => listed(of(row), |(relation, nth)| format!("{relation} {nth}")),
    }
}

fn known(number: Option<impl ToString>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// `12-17; 40-52`.
fn listed<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join("; ")
}
