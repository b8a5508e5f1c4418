//! The record as other programs read it: one object per document, spans in code points.

use crate::{Id, Record};
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
    /// A confidence that is none.
    #[error("{0}: a confidence of {1} does not lie between 0 and 1")]
    Confidence(Id, f32),
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
/// When the text is no JSON of this form, a span lies outside the document or a confidence outside 0 to 1.
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
    if let Some(span) = bad {
        return Err(JsonError::Span(span.start, span.end));
    }
    let none = confidences(&record).find(|(_, confidence)| !(0.0..=1.0).contains(confidence));
    let none = none.map(|(id, confidence)| JsonError::Confidence(id.clone(), confidence));
    none.map_or(Ok((document, record)), Err)
}

fn confidences(record: &Record) -> impl Iterator<Item = (&Id, f32)> {
    let statements = record.statements.iter().map(|s| (&s.id, s.confidence));
    let events = record.events.iter().map(|e| (&e.id, e.confidence));
    let positions = record.positions.iter().map(|p| (&p.id, p.confidence));
    let figures = record.figures.iter().map(|f| (&f.id, f.confidence));
    statements.chain(events).chain(positions).chain(figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Statement;

    #[test]
    fn a_confidence_that_is_none_is_refused() {
        let document = Document::new("d1", "Calm.");
        let record = Record { statements: vec![Statement { id: "s1".into(), ..Statement::default() }], ..Record::default() };
        let line = to_line(&document, &record);
        assert!(from_str(&line).is_ok());
        for none in ["1e99", "-0.5", "1.5"] {
            let message = from_str(&line.replace("\"confidence\":0.0", &format!("\"confidence\":{none}"))).unwrap_err().to_string();
            assert!(message.starts_with("s1: a confidence of"), "{message}");
        }
    }
}
