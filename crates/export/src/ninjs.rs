//! ninjs 3.1 (IPTC): each report as a news item, one a line.
//!
//! Records know the day of publication and no hour, which every date of ninjs wants: the day stands in `edNote`. Who and what a report
//! names is not here: lines of actors come behind those of reports, and none is held.

use crate::error::ExportError;
use crate::form::Format;
use crate::json::{known, urn};
use crate::known::{Known, Report};
use crate::tally::Tally;
use onrecord_account::Line;
use serde_json::{Value, json};
use std::io::Write;

/// News items.
pub struct Items<'a> {
    out: Box<dyn Write + 'a>,
}

impl<'a> Items<'a> {
    /// Writes to `out`.
    pub fn new(out: Box<dyn Write + 'a>) -> Self {
        Items { out }
    }
}

impl Format for Items<'_> {
    fn line(&mut self, line: &Line, _: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let Line::Document { id, copy_of, .. } = line else { return Ok(()) };
        let item = item(&*known.report(id)?, copy_of.as_deref());
        serde_json::to_writer(&mut self.out, &item)?;
        self.out.write_all(b"\n")?;
        tally.wrote("items");
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}

fn item(report: &Report, copy_of: Option<&str>) -> Value {
    let document = &report.document;
    let published = document.published.map(|day| format!("Published on {day}; the hour is not known."));
    let copy = copy_of.map(|first| format!("Repeats the text of {first}."));
    let notes: Vec<String> = published.into_iter().chain(copy).collect();
    let headline = document.title.as_ref().map(|title| json!([{ "role": "main", "contentType": "text/plain", "value": title }]));
    known(json!({
        "uri": urn("document", &document.id),
        "standard": { "name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json" },
        "type": "text",
        "representationType": "full",
        "language": document.language,
        "title": document.title,
        "headlines": headline,
        "bodies": [{
            "role": "main",
            "contentType": "text/plain",
            "charCount": report.length,
            "wordCount": document.text.split_whitespace().count(),
            "value": document.text,
        }],
        "infoSources": document.outlet.as_ref().map(|outlet| json!([{ "name": outlet, "role": "publisher" }])),
        "altIds": document.url.as_ref().map(|url| json!([{ "role": "url", "value": url }])),
        "edNote": notes.join(" "),
    }))
}
