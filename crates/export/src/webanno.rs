//! W3C Web Annotations: every telling of an event, value of a figure, move of a position and appearance of a statement, tied to the words
//! that show it. Positions are code points of the report's text; the quoted words with what stands around them find the place again in a
//! page whose text differs.

use crate::deaths::amount;
use crate::error::ExportError;
use crate::form::Format;
use crate::json::{Items, address, known, urn};
use crate::known::{Known, Report};
use crate::tally::Tally;
use onrecord_account::{Line, Points};
use serde_json::{Value, json};
use std::io::Write;

/// Code points of context on each side, as Hypothesis keeps.
const AROUND: usize = 32;
const HEAD: &str = "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:onrecord:annotations:page\",\
                    \"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[";

/// A page of annotations.
pub struct Page<'a> {
    items: Items<'a>,
    total: usize,
}

impl<'a> Page<'a> {
    /// Begins it.
    pub fn new(out: Box<dyn Write + 'a>) -> Result<Self, ExportError> {
        Ok(Page { items: Items::new(out, HEAD)?, total: 0 })
    }

    fn push(&mut self, note: &Note, known_of: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let report = known_of.report(note.document)?;
        self.items.push(&note.annotation(&report))?;
        self.total += 1;
        tally.wrote("annotations");
        Ok(())
    }
}

impl Format for Page<'_> {
    fn line(&mut self, line: &Line, _: &[Line], known_of: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        for note in notes(line) {
            self.push(&note, known_of, tally)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        let whole = json!({ "id": "urn:onrecord:annotations", "type": "AnnotationCollection", "total": self.total });
        self.items.end(&format!("],\"partOf\":{whole}}}"))
    }
}

/// What is said about which words.
struct Note<'l> {
    kind: &'static str,
    id: &'l str,
    document: &'l str,
    /// Id in the report's own record.
    record: &'l str,
    passages: Vec<Points>,
    tags: Vec<String>,
}

fn notes(line: &Line) -> Vec<Note<'_>> {
    match line {
        Line::Event { id, event_type, mode, reports, .. } => {
            let all = reports.iter().map(|t| {
                let passages = if t.evidence.is_empty() { vec![t.trigger] } else { t.evidence.clone() };
                let tags = [Some(event_type.to_string()), mode.clone(), Some(t.factuality.to_string())];
                let tags = tags.into_iter().flatten().collect();
                Note { kind: "event", id, document: &t.document, record: &t.record, passages, tags }
            });
            all.collect()
        }
        Line::Figure { id, measure, of, series, .. } => {
            let all = series.iter().map(|t| {
                let tags = vec![measure.to_string(), format!("{} {of}", amount(t.value, t.bound)), t.factuality.to_string()];
                Note { kind: "figure", id, document: &t.document, record: &t.record, passages: vec![t.span], tags }
            });
            all.collect()
        }
        Line::Position { id, history, .. } => {
            let all = history.iter().map(|t| {
                let passages = std::iter::once(t.proposition).chain(t.conditions.iter().copied()).collect();
                let tags = vec![t.stance.to_string()];
                Note { kind: "position", id, document: &t.document, record: &t.record, passages, tags }
            });
            all.collect()
        }
        Line::Statement { id, act, appearances, .. } => {
            let all = appearances.iter().map(|t| {
                let tags = vec![act.to_string(), t.mode.to_string()];
                Note { kind: "statement", id, document: &t.document, record: &t.record, passages: t.content.clone(), tags }
            });
            all.collect()
        }
        Line::Document { .. } | Line::Actor { .. } => Vec::new(),
    }
}

impl Note<'_> {
    fn annotation(&self, report: &Report) -> Value {
        let source = address(report);
        let targets: Vec<Value> = self.passages.iter().map(|&passage| target(passage, report, &source)).collect();
        let mut bodies = vec![json!({ "type": "SpecificResource", "source": urn(self.kind, self.id), "purpose": "identifying" })];
        bodies.extend(self.tags.iter().map(|tag| json!({ "type": "TextualBody", "value": tag, "purpose": "tagging" })));
        known(json!({
            "id": urn("annotation", &format!("{}/{}/{}", self.id, self.document, self.record)),
            "type": "Annotation",
            "motivation": "classifying",
            "body": bodies,
            "target": targets,
        }))
    }
}

fn target(passage: Points, report: &Report, source: &str) -> Value {
    let [start, end] = passage;
    json!({
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": report.words(passage),
                "prefix": report.words([start.saturating_sub(AROUND), start]),
                "suffix": report.words([end, end + AROUND]),
            },
            { "type": "TextPositionSelector", "start": start, "end": end },
        ],
    })
}
