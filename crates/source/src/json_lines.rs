//! Documents as JSON, one object a line.

use crate::error::quoted;
use crate::line::line;
use crate::ninjs::Item;
use crate::piece::{Body, Given, Known, Piece};
use crate::{Fault, MAX_DOCUMENT, SourceError, parse_date};
use onrecord_text::Document;
use serde::Deserialize;
use serde_json::Value;
use std::io::BufRead;

/// Lines of a reader as pieces; blank lines are passed over, a bad line is an error and the next one is read.
pub(crate) struct JsonLines {
    place: String,
    id: String,
    given: Given,
    bytes: Box<dyn BufRead + Send>,
    number: usize,
    failed: bool,
}

impl JsonLines {
    /// `id` is what ids of lines that have none begin with.
    pub(crate) fn new(place: String, id: String, given: Given, bytes: Box<dyn BufRead + Send>) -> Self {
        JsonLines { place, id, given, bytes, number: 0, failed: false }
    }
}

impl Iterator for JsonLines {
    type Item = Result<Piece, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            self.number += 1;
            let place = format!("{}, line {}", self.place, self.number);
            match line(&mut self.bytes, MAX_DOCUMENT) {
                Ok(None) => return None,
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => {
                    let id = format!("{}:{}", self.id, self.number);
                    return Some(Ok(Piece::among(place, id, Known::default(), &self.given, Body::Line(line))));
                }
                Err(fault) => {
                    // A line too long was passed over; a disk that fails once will fail again.
                    self.failed = !matches!(fault, Fault::TooLong);
                    return Some(Err(fault.at(place)));
                }
            }
        }
        None
    }
}

/// The document of one line, `{"id", "text" or "html", "published", "title", "url", "outlet", "language"}`; `id` is its id where it has none.
///
/// ```
/// let document = onrecord_source::json_document(br#"{"text": "The two sides met in Oslo.", "outlet": "Herald"}"#, "d1").unwrap();
/// assert_eq!((document.id.as_str(), document.outlet.as_deref()), ("d1", Some("Herald")));
/// ```
///
/// # Errors
/// When it is no such line or has no words; the error names it by `id`.
pub fn json_document(line: &[u8], id: &str) -> Result<Document, SourceError> {
    let body = Body::Line(line.to_vec());
    Piece::among(id.into(), id.into(), Known::default(), &Given::default(), body).document()
}

/// What one line says about its document.
pub(crate) struct Line {
    pub(crate) id: Option<String>,
    pub(crate) known: Known,
    pub(crate) body: Body,
}

/// As [`Line`], still in JSON: other programs put `null`, `""` or a number where a string belongs.
#[derive(Deserialize)]
struct Raw {
    id: Option<Value>,
    text: Option<Value>,
    html: Option<Value>,
    published: Option<Value>,
    title: Option<Value>,
    url: Option<Value>,
    outlet: Option<Value>,
    language: Option<Value>,
}

impl Line {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
        let raw: Raw = serde_json::from_slice(bytes).map_err(|error| fault(bytes, &error))?;
        let body = match (string(raw.text), string(raw.html)) {
            (Some(text), _) => Body::Plain(text),
            (None, Some(page)) => Body::Page(page),
            // News agencies send ninjs a line, too.
            (None, None) => return Item::parse(bytes).ok().flatten().map(Line::from).ok_or(Fault::JsonNoText),
        };
        let published = match string(raw.published) {
            Some(text) => Some(parse_date(&text).ok_or_else(|| Fault::Date(quoted(&text)))?),
            None => None,
        };
        let known = Known {
            published,
            title: string(raw.title),
            url: string(raw.url),
            outlet: string(raw.outlet),
            language: string(raw.language),
        };
        Ok(Line { id: string(raw.id), known, body })
    }
}

impl From<Item> for Line {
    fn from(item: Item) -> Self {
        Line { id: Some(item.uri), known: item.known, body: item.body }
    }
}

fn string(value: Option<Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.trim().is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

pub(crate) fn fault(bytes: &[u8], error: &serde_json::Error) -> Fault {
    // A lone bracket is how JSON over several lines begins.
    if matches!(bytes, b"{" | b"[") {
        return Fault::JsonPretty;
    }
    let message = error.to_string();
    let reason = message.split(" at line ").next().unwrap_or_default();
    Fault::Json(format!("{} at byte {}", quoted(reason), error.column()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<String, String>> {
        let bytes = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        JsonLines::new("a.jsonl".into(), "a".into(), Given::default(), bytes)
            .map(|piece| piece.and_then(Piece::document))
            .map(|document| document.map(|d| format!("{}|{}", d.id, d.text)).map_err(|e| e.to_string()))
            .collect()
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_is_read() {
        let lines = read("{\"id\": 7, \"text\": \"One.\"}\n\nnot json\n{\"text\": \"Two.\", \"more\": [1]}\n{\"id\": \"x\"}");
        assert_eq!(lines[0], Ok("7|One.".into()));
        assert!(lines[1].as_ref().unwrap_err().starts_with("a.jsonl, line 3: not a JSON object"), "{lines:?}");
        assert_eq!(lines[2], Ok("a:4|Two.".into()));
        assert!(lines[3].as_ref().unwrap_err().contains("neither \"text\" nor \"html\""), "{lines:?}");
        assert_eq!(lines.len(), 4);
    }

    #[test]
    fn a_bad_date_is_an_error_and_a_timestamp_is_a_day() {
        assert!(Line::parse(br#"{"text": "x", "published": "soon"}"#).is_err());
        let line = Line::parse(br#"{"text": "x", "published": "2025-02-24T01:00:00+09:00", "title": null}"#).unwrap();
        assert_eq!(line.known.published.unwrap().to_string(), "2025-02-24");
    }

    #[test]
    fn a_book_is_no_report() {
        let line = |length: usize| format!("{{\"text\": \"{}\"}}\n", "x".repeat(length));
        let lines = read(&(line(crate::MAX_WORDS) + &line(crate::MAX_WORDS + 1) + &line(3)));
        assert!(lines[0].is_ok() && lines[2].is_ok());
        assert!(lines[1].as_ref().unwrap_err().contains("line 2: has more than 1 MB of words"), "{:?}", lines[1]);
    }

    #[test]
    fn a_line_too_long_is_passed_over() {
        let long = "x".repeat(MAX_DOCUMENT + 10);
        let lines = read(&format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"Two.\"}}\n"));
        assert!(lines[0].as_ref().unwrap_err().contains("line 1"), "{lines:?}");
        assert_eq!(lines[1], Ok("a:2|Two.".into()));
    }
}
