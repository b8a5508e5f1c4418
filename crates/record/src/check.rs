//! The gate: is this record one that its document supports?

use crate::{Actor, Bound, Figure, Id, Record, Value};
use onrecord_text::{Document, Span};
use std::collections::{HashMap, HashSet};

/// Something in a record that its document or the codebook does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A span is empty, outside the text, or cuts a character.
    #[error("{id}: span [{start}, {end}) is not a stretch of the text")]
    Span {
        /// Record it stands in.
        id: Id,
        /// First byte.
        start: usize,
        /// First byte after.
        end: usize,
    },
    /// An id is used twice.
    #[error("{0}: id used twice")]
    Twice(Id),
    /// A reference to an actor or figure that is not there.
    #[error("{id}: refers to {to}, which is not in the record")]
    Missing {
        /// Record it stands in.
        id: Id,
        /// What it refers to.
        to: Id,
    },
    /// A record with nothing to show for it.
    #[error("{0}: no evidence")]
    NoEvidence(Id),
    /// Parts that add up to more than their whole.
    #[error("{0}: its parts exceed it")]
    Parts(Id),
}

impl Fault {
    /// The record at fault.
    pub fn id(&self) -> &Id {
        match self {
            Fault::Span { id, .. } | Fault::Missing { id, .. } | Fault::Twice(id) | Fault::NoEvidence(id) | Fault::Parts(id) => id,
        }
    }
}

/// Every fault of `record` as a record of `document`; empty when all is well.
///
/// ```
/// use onrecord_record::{Actor, Record, check};
/// use onrecord_text::{Document, Span};
/// let doc = Document::new("d", "Oslo");
/// let actor = Actor { id: "a1".into(), mentions: vec![Span::new(0, 9)], ..Actor::default() };
/// let record = Record { actors: vec![actor], ..Record::default() };
/// assert_eq!(check(&doc, &record).len(), 1);
/// ```
pub fn check(document: &Document, record: &Record) -> Vec<Fault> {
    let mut gate = Gate { text: &document.text, faults: Vec::new(), seen: HashSet::new() };
    let actors: HashSet<&str> = record.actors.iter().map(|a| a.id.as_str()).collect();
    let figures: HashSet<&str> = record.figures.iter().map(|f| f.id.as_str()).collect();
    for Actor { id, mentions, .. } in &record.actors {
        gate.record(id, mentions, &[]);
    }
    for s in &record.statements {
        gate.record(&s.id, &s.evidence, &[s.source.as_slice(), s.cue.as_slice(), &s.content].concat());
        gate.refers(&s.id, &actors, &[&s.speaker, &s.to, &s.given_by]);
    }
    for e in &record.events {
        gate.record(&e.id, &e.evidence, &[e.trigger]);
        gate.refers(&e.id, &actors, &[&e.actors, &e.recipients, &e.given_by]);
        gate.refers(&e.id, &figures, &[&e.figures]);
    }
    for p in &record.positions {
        gate.record(&p.id, &p.evidence, &[&[p.proposition], p.conditions.as_slice()].concat());
        gate.refers(&p.id, &actors, &[&p.holder, &p.toward, &p.given_by]);
    }
    let mut largest: HashMap<&str, f64> = HashMap::new();
    for f in &record.figures {
        if let Some(whole) = &f.part_of {
            let part = largest.entry(whole).or_insert(0.0);
            *part = part.max(f.value.low());
        }
    }
    for f in &record.figures {
        gate.record(&f.id, &f.evidence, &[f.span]);
        gate.refers(&f.id, &actors, &[&f.by, &f.against, &f.given_by]);
        gate.refers(&f.id, &figures, &[&f.part_of.iter().cloned().collect::<Vec<_>>()]);
        if parts_exceed(f, largest.get(f.id.as_str()).copied()) {
            gate.faults.push(Fault::Parts(f.id.clone()));
        }
    }
    gate.faults
}

/// No part may exceed a whole that is put exactly.
fn parts_exceed(whole: &Figure, largest: Option<f64>) -> bool {
    let Value::One(total) = whole.value else { return false };
    whole.unaccounted.is_some_and(|n| n < 0.0) || (whole.bound == Bound::Exact && largest.is_some_and(|part| part > total))
}

struct Gate<'a> {
    text: &'a str,
    faults: Vec<Fault>,
    seen: HashSet<&'a str>,
}

impl<'a> Gate<'a> {
    /// Its id is new, it has evidence, and all its spans are words of the text.
    fn record(&mut self, id: &'a Id, evidence: &[Span], others: &[Span]) {
        if !self.seen.insert(id) {
            self.faults.push(Fault::Twice(id.clone()));
        }
        if evidence.is_empty() {
            self.faults.push(Fault::NoEvidence(id.clone()));
        }
        for span in evidence.iter().chain(others) {
            if span.is_empty() || self.text.get(span.range()).is_none() {
                self.faults.push(Fault::Span { id: id.clone(), start: span.start, end: span.end });
            }
        }
    }

    fn refers(&mut self, id: &Id, known: &HashSet<&str>, lists: &[&Vec<Id>]) {
        for to in lists.iter().flat_map(|list| list.iter()) {
            if !known.contains(to.as_str()) {
                self.faults.push(Fault::Missing { id: id.clone(), to: to.clone() });
            }
        }
    }
}
