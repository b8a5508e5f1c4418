//! What one report says of a line of the account, in its exact words.

use crate::Kept;
use onrecord_account::{Kind, Ref, anchors, figure_anchor};
use onrecord_record::{Factuality, Id, Record};
use onrecord_text::Span;
use serde::Serialize;

/// What one report says, and what decided that it does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The report.
    pub document: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Id of the record in it.
    pub record: Id,
    /// The record's own name, which outlives another reading; what many reports tell together is called by that of the first.
    pub name: String,
    /// The exact words, an ellipsis between passages.
    pub words: String,
    /// Who vouches for it there, outermost first.
    pub given_by: Vec<String>,
    /// How it is put there; of actors nothing is said.
    pub factuality: Option<Factuality>,
    /// From 0 to 1.
    pub confidence: Option<f32>,
    /// The rule, table row or model that decided.
    pub why: String,
    /// The version of the program that read it.
    pub version: String,
}

/// What all sources have.
struct Shown<'r> {
    record: &'r Id,
    evidence: Vec<Span>,
    given_by: &'r [Id],
    factuality: Option<Factuality>,
    confidence: Option<f32>,
    why: &'r str,
}

impl<'r> Shown<'r> {
    /// Of a record that somebody vouches for.
    fn told(record: &'r Id, evidence: &[Span], given_by: &'r [Id], factuality: Factuality, confidence: f32, why: &'r str) -> Self {
        Shown { record, evidence: evidence.to_vec(), given_by, factuality: Some(factuality), confidence: Some(confidence), why }
    }
}

/// Of the record of this kind at this place.
pub(crate) fn source(kept: &Kept, kind: Kind, number: usize) -> Source {
    let Record { events, positions, statements, actors, .. } = &kept.record;
    let shown = match kind {
        Kind::Event => events.get(number).map(|r| Shown::told(&r.id, &r.evidence, &r.given_by, r.factuality, r.confidence, &r.why)),
        Kind::Position => {
            positions.get(number).map(|r| Shown::told(&r.id, &r.evidence, &r.given_by, r.factuality, r.confidence, &r.why))
        }
        Kind::Statement => {
            statements.get(number).map(|r| Shown::told(&r.id, &r.evidence, &r.given_by, r.factuality, r.confidence, &r.why))
        }
        Kind::Actor => actors.get(number).map(|r| Shown {
            record: &r.id,
            evidence: r.mentions.clone(),
            given_by: &[],
            factuality: None,
            confidence: None,
            why: "",
        }),
        Kind::Document => None,
    };
    let name = anchors(kind, &kept.record)
        .get(number)
        .map(|anchor| Ref::new(kept.document.id.as_str(), anchor.as_str()).name(kind.as_str()));
    told(kept, shown, name)
}

/// Of the figure at this place.
pub(crate) fn source_of_figure(kept: &Kept, number: usize) -> Source {
    let figure = kept.record.figures.get(number);
    let name = figure.map(|figure| Ref::new(kept.document.id.as_str(), figure_anchor(figure)).name("figure"));
    told(kept, figure.map(|r| Shown::told(&r.id, &r.evidence, &r.given_by, r.factuality, r.confidence, &r.why)), name)
}

fn told(kept: &Kept, shown: Option<Shown>, name: Option<String>) -> Source {
    let document = &kept.document;
    let called = |id: &Id| kept.record.actors.iter().find(|actor| actor.id == *id).map(|actor| actor.name.clone());
    let mut source = Source {
        document: document.id.clone(),
        outlet: document.outlet.clone(),
        published: document.published.map(|day| day.to_string()),
        title: document.title.clone(),
        url: document.url.clone(),
        record: Id::new(),
        name: name.unwrap_or_default(),
        words: String::new(),
        given_by: Vec::new(),
        factuality: None,
        confidence: None,
        why: String::new(),
        version: kept.version.clone(),
    };
    if let Some(shown) = shown {
        let mut passages: Vec<&str> = Vec::new();
        for words in apart(shown.evidence).into_iter().map(|span| document.slice(span)) {
            if !passages.contains(&words) {
                passages.push(words);
            }
        }
        source.record = shown.record.clone();
        source.words = passages.join(" … ");
        source.given_by = shown.given_by.iter().filter_map(called).collect();
        source.factuality = shown.factuality;
        source.confidence = shown.confidence;
        source.why = shown.why.to_owned();
    }
    source
}

/// Passages in the order of the text, those that overlap as one.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    for span in spans {
        match apart.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => apart.push(span),
        }
    }
    apart
}
