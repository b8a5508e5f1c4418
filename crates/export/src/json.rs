//! What the JSON forms share.

use crate::error::ExportError;
use crate::known::Report;
use serde_json::{Map, Value, json};
use std::io::Write;

/// An array that is written item by item inside an object.
pub struct Items<'a> {
    out: Box<dyn Write + 'a>,
    any: bool,
}

impl<'a> Items<'a> {
    /// Writes what comes before the items: an object, open, up to the bracket.
    pub fn new(mut out: Box<dyn Write + 'a>, head: &str) -> Result<Self, ExportError> {
        out.write_all(head.as_bytes())?;
        Ok(Items { out, any: false })
    }

    /// One item on a line of its own.
    pub fn push(&mut self, item: &Value) -> Result<(), ExportError> {
        self.out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        Ok(serde_json::to_writer(&mut self.out, item)?)
    }

    /// Writes what comes behind them, from the bracket on.
    pub fn end(&mut self, tail: &str) -> Result<(), ExportError> {
        self.out.write_all(format!("\n{tail}\n").as_bytes())?;
        Ok(self.out.flush()?)
    }
}

/// An object without the members that are null or empty: what is not known is not there.
pub fn known(object: Value) -> Value {
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    match object {
        Value::Object(members) => Value::Object(members.into_iter().filter(|(_, v)| !empty(v)).collect::<Map<_, _>>()),
        other => other,
    }
}

/// A name for something that has no address: `urn:onrecord:KIND:ID`, with whatever may not stand in a URI as percents.
pub fn urn(kind: &str, id: &str) -> String {
    let mut urn = format!("urn:onrecord:{kind}:");
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            urn.push(char::from(byte));
        } else {
            urn.push_str(&format!("%{byte:02X}"));
        }
    }
    urn
}

/// Address of a report; its urn where it has none that could stand as a URI.
pub fn address(report: &Report) -> String {
    let plain =
        |url: &&str| url.contains(':') && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c));
    report.document.url.as_deref().filter(plain).map_or_else(|| urn("document", &report.document.id), str::to_owned)
}

/// A report as schema.org has it.
pub fn article(report: &Report) -> Value {
    let publisher = report.document.outlet.as_ref().map(|name| json!({ "@type": "Organization", "name": name }));
    known(json!({
        "@type": "Article",
        "@id": urn("document", &report.document.id),
        "url": report.document.url,
        "headline": report.document.title,
        "datePublished": report.published(),
        "publisher": publisher,
        "inLanguage": report.document.language,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_uris() {
        assert_eq!(urn("document", "a b/ü"), "urn:onrecord:document:a%20b%2F%C3%BC");
    }

    #[test]
    fn what_is_not_known_is_not_there() {
        assert_eq!(known(json!({ "a": null, "b": "", "c": [], "d": 0, "e": false })), json!({ "d": 0, "e": false }));
    }
}
