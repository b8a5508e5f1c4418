//! The record as other programs read it: one object per document, spans in code points.

use crate::Record;
use onrecord_text::{CodePoints, Document};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Version of the form, printed as `onrecord`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Serialize, Deserialize)]
struct Printed<D> {
    onrecord: String,
    document: D,
    #[serde(flatten)]
    record: Record,
}

/// Why a text is no record.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// Not the JSON of a record.
    #[error("this is no record: {0}")]
    Form(#[from] serde_json::Error),
    /// A span points past the text.
    #[error("a span [{0}, {1}) reaches past the document's text")]
    Span(usize, usize),
}

fn printed<'a>(document: &'a Document, record: &Record) -> Printed<&'a Document> {
    let points = CodePoints::new(&document.text);
    let mut record = record.clone();
    record.map_spans(|span| *span = points.from_bytes(*span));
    Printed { onrecord: VERSION.into(), document, record }
}

/// One line.
///
/// ```
/// use onrecord_record::{Record, json};
/// use onrecord_text::Document;
/// let doc = Document::new("d1", "Calm.");
/// let line = json::to_line(&doc, &Record::default());
/// assert!(line.starts_with(r#"{"onrecord":"0.1.0","document":{"id":"d1""#));
/// let (back, record) = json::from_str(&line).unwrap();
/// assert_eq!((back, record), (doc, Record::default()));
/// ```
pub fn to_line(document: &Document, record: &Record) -> String {
    serde_json::to_string(&printed(document, record)).expect("a record has string keys and finite numbers")
}

/// Indented over several lines.
pub fn to_pretty(document: &Document, record: &Record) -> String {
    serde_json::to_string_pretty(&printed(document, record)).expect("a record has string keys and finite numbers")
}

/// Reads back what [`to_line`] or [`to_pretty`] wrote.
///
/// # Errors
/// When the text is no JSON of this form or a span lies outside the document.
pub fn from_str(text: &str) -> Result<(Document, Record), JsonError> {
    in_bytes(serde_json::from_str(text)?)
}

/// As [`to_line`], not yet written.
pub fn to_value(document: &Document, record: &Record) -> Value {
    serde_json::to_value(printed(document, record)).expect("a record has string keys and finite numbers")
}

/// As [`from_str`], of what [`to_value`] gave.
///
/// # Errors
/// As [`from_str`].
pub fn from_value(value: Value) -> Result<(Document, Record), JsonError> {
    in_bytes(serde_json::from_value(value)?)
}

fn in_bytes(Printed { document, mut record, .. }: Printed<Document>) -> Result<(Document, Record), JsonError> {
    let points = CodePoints::new(&document.text);
    let mut bad = None;
    record.map_spans(|span| match points.to_bytes(*span) {
        Some(bytes) => *span = bytes,
        None => bad = Some(*span),
    });
    match bad {
        Some(span) => Err(JsonError::Span(span.start, span.end)),
        None => Ok((document, record)),
    }
}
