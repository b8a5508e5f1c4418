//! A report and its record as they are kept.

use onrecord_record::Record;
use onrecord_text::Document;

/// A report with the record that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The report.
    pub document: Document,
    /// What it says.
    pub record: Record,
    /// Version of the program that read it.
    pub version: String,
}
