//! Columns: what a table calls them, what they hold, and how to have it from a row. Whoever writes tables asks nothing else, so that the
//! same definition makes a spreadsheet and a data frame.

use crate::error::ExportError;
use onrecord_account::Points;
use std::io::Write;

/// Name and content.
pub type Column<R> = (&'static str, Cell<R>);

/// What a column holds, as a function of a row `R`.
pub enum Cell<R> {
    /// Words, in every row.
    Text(fn(&R) -> &str),
    /// Words, where they are known.
    Maybe(fn(&R) -> Option<&str>),
    /// A list of words.
    Texts(fn(&R) -> Vec<&str>),
    /// A number of things or a code point, in every row.
    Count(fn(&R) -> usize),
    /// A number that names something in another list.
    Key(fn(&R) -> Option<u32>),
    /// A measurement.
    Number(fn(&R) -> Option<f64>),
    /// A whole day, as ISO 8601.
    Day(fn(&R) -> Option<&str>),
    /// A day, month, year, week or interval, as ISO 8601.
    Date(fn(&R) -> Option<&str>),
    /// Passages of a report, in code points, end exclusive.
    Spans(fn(&R) -> &[Points]),
    /// How a value stands to earlier ones of its series: the relation, and the number (from 1) of the earlier one.
    Relations(fn(&R) -> &[(String, usize)]),
}

/// What a row of a table is; it borrows from the account for `'l`.
pub trait Row<'l>: Sized + 'l {
    /// Name of the table; with an ending, of its file.
    const TABLE: &'static str;
    /// What its rows are called when they are counted.
    const ROWS: &'static str = Self::TABLE;
    /// The columns in their order.
    const COLUMNS: &'l [Column<Self>];
}

/// How one table is written.
pub trait Table<'a>: Sized {
    /// Of its file.
    const ENDING: &'static str;

    /// Begins a table of rows `R`.
    fn new<'l, R: Row<'l>>(out: Box<dyn Write + 'a>) -> Result<Self, ExportError>;

    /// Writes one more row, always of the same `R`.
    fn row<'l, R: Row<'l>>(&mut self, row: &R) -> Result<(), ExportError>;

    /// Writes what comes last.
    fn end(&mut self) -> Result<(), ExportError>;
}
