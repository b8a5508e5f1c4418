//! The score of found records against gold records, to the digit that of the project's reference script.
//!
//! Matching is one to one inside a document, best pairs first. A pair may match when
//!
//! * the contents of two *statements* share enough words (F1 of their places at least 0.5),
//! * two *events* are of one type, and their triggers overlap, or their evidence does and an actor agrees,
//! * the terms of two *positions*, that is proposition and conditions, share enough words (F1 at least 0.4),
//! * the spans of two *figures* overlap and their values are equal, or overlap where one is a range.
//!
//! A found record is *full* when the fields that carry its meaning are right too ([`Pair::is_full`]).

mod actors;
mod dates;
mod report;
mod words;

pub use actors::Cast;
pub use dates::{Days, days};
pub use report::{percent, report};
pub use words::{Places, f1, head, overlap, places, words};

use crate::entry::{Entry, Kind, Loaded};
use onrecord_text::Span;
use std::collections::{BTreeMap, HashMap};

/// A record with what matching needs of it, computed once.
pub struct Candidate<'a> {
    /// The record; for a figure told several times its first telling.
    pub entry: &'a Entry,
    /// Word places of a statement's content or of a position's terms.
    terms: Places,
    /// Every mention of a figure.
    spans: Vec<Span>,
}

/// A gold record and the found record that was matched to it.
pub struct Pair {
    /// Index among the gold candidates.
    pub gold: usize,
    /// Index among the system candidates.
    pub system: usize,
    /// Single fields and whether they are right, in the order of the report.
    pub fields: Vec<(&'static str, bool)>,
}

impl Pair {
    fn right(&self, field: &str) -> bool {
        self.fields.iter().any(|(name, ok)| *name == field && *ok)
    }

    /// True when the fields that carry the meaning of this kind of record are right.
    pub fn is_full(&self, kind: Kind) -> bool {
        match kind {
            Kind::Statements => self.right("speaker"),
            Kind::Events => self.right("actor") && self.right("recipient") && self.right("factuality"),
            Kind::Positions => self.right("move") && self.right("holder") && self.right("conditions"),
            Kind::Figures => (self.right("of") || self.right("measure")) && self.right("bound") && self.right("given_by"),
        }
    }
}

/// What one document's records of one kind come to.
pub struct Comparison<'a> {
    /// Gold records, repeated figures once.
    pub gold: Vec<Candidate<'a>>,
    /// System records, repeated figures once.
    pub system: Vec<Candidate<'a>>,
    /// Matched pairs, best first.
    pub pairs: Vec<Pair>,
}

/// Gold and system record of one document.
pub struct Judge<'a> {
    text: &'a str,
    gold: &'a Loaded,
    system: Option<&'a Loaded>,
    /// Gold's actors.
    pub gold_cast: Cast<'a>,
    /// The system's actors.
    pub system_cast: Cast<'a>,
}

impl<'a> Judge<'a> {
    /// Prepares the comparison; a document that the system says nothing about has no records.
    pub fn new(gold: &'a Loaded, system: Option<&'a Loaded>) -> Self {
        let text = gold.document.text.as_str();
        let gold_cast = Cast::new(&gold.actors, text);
        let system_cast = Cast::new(system.map_or(&[], |s| s.actors.as_slice()), text);
        Judge { text, gold, system, gold_cast, system_cast }
    }

    /// Matches the records of one kind.
    pub fn compare(&self, kind: Kind) -> Comparison<'a> {
        let gold = candidates(kind, self.text, self.gold.list(kind));
        let system = candidates(kind, self.text, self.system.map_or(&[], |s| s.list(kind)));
        let mut scored: Vec<(f64, usize, usize)> = Vec::new();
        for (i, g) in gold.iter().enumerate() {
            for (j, s) in system.iter().enumerate() {
                let value = self.similarity(kind, g, s);
                if value > 0.0 {
                    scored.push((value, i, j));
                }
            }
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let (mut used_gold, mut used_system) = (vec![false; gold.len()], vec![false; system.len()]);
        let mut pairs = Vec::new();
        for (_, i, j) in scored {
            if !used_gold[i] && !used_system[j] {
                (used_gold[i], used_system[j]) = (true, true);
                pairs.push(Pair { gold: i, system: j, fields: self.fields(kind, &gold[i], &system[j]) });
            }
        }
        Comparison { gold, system, pairs }
    }

    /// One actor of the lists agrees, or both are empty.
    fn agree(&self, gold: &[String], system: &[String]) -> bool {
        self.gold_cast.any(gold, &self.system_cast, system)
    }

    /// How well two records pair; 0 when they may not.
    pub fn similarity(&self, kind: Kind, gold: &Candidate, system: &Candidate) -> f64 {
        let (g, s) = (gold.entry, system.entry);
        let bonus = |right: bool| if right { 0.01 } else { 0.0 };
        match kind {
            Kind::Statements => match f1(&gold.terms, &system.terms) {
                score if score >= 0.5 => score + bonus(self.agree(&g.speaker, &s.speaker)),
                _ => 0.0,
            },
            Kind::Events => {
                let near = g.trigger.zip(s.trigger).is_some_and(|(a, b)| a.overlaps(b));
                let agree = self.agree(&g.actors, &s.actors);
                if g.kind != s.kind || !(near || (agree && overlap(&shown(g), &shown(s)))) {
                    return 0.0;
                }
                0.5 + if near { 0.3 } else { 0.0 } + if agree { 0.2 } else { 0.0 }
            }
            Kind::Positions => match f1(&gold.terms, &system.terms) {
                score if score >= 0.4 => score + bonus(g.stance == s.stance),
                _ => 0.0,
            },
            Kind::Figures => {
                let (Some((a, b)), Some((c, d))) = (g.bounds(), s.bounds()) else { return 0.0 };
                let range = g.value.is_array() || s.value.is_array();
                match overlap(&gold.spans, &system.spans) {
                    true if (a, b) == (c, d) => 1.0,
                    true if range && a <= d && c <= b => 0.7,
                    _ => 0.0,
                }
            }
        }
    }

    /// Which single fields of a matched pair are right.
    fn fields(&self, kind: Kind, gold: &Candidate, system: &Candidate) -> Vec<(&'static str, bool)> {
        let (g, s) = (gold.entry, system.entry);
        let cited = self.agree(&g.given_by, &s.given_by);
        match kind {
            Kind::Statements => vec![
                ("speaker", self.agree(&g.speaker, &s.speaker)),
                ("mode", told(&g.mode) == told(&s.mode)),
                ("act", told(&g.act) == told(&s.act)),
                ("exact", gold.terms == system.terms),
                (
                    "cue",
                    match (g.cue, s.cue) {
                        (Some(a), Some(b)) => a.overlaps(b),
                        (a, b) => a == b,
                    },
                ),
            ],
            Kind::Events => vec![
                ("actor", self.agree(&g.actors, &s.actors)),
                ("recipient", self.agree(&g.recipients, &s.recipients)),
                ("factuality", told(&g.factuality) == told(&s.factuality)),
                ("mode", told(&g.mode) == told(&s.mode)),
                ("date", days(g.date.as_deref()) == days(s.date.as_deref())),
                ("given_by", cited),
            ],
            Kind::Positions => vec![
                ("move", told(&g.stance) == told(&s.stance)),
                ("holder", self.agree(&g.holder, &s.holder)),
                ("conditions", self.same_conditions(g, s)),
                ("toward", self.agree(&g.toward, &s.toward)),
            ],
            Kind::Figures => vec![
                ("of", head(g.of.as_deref()) == head(s.of.as_deref())),
                ("measure", told(&g.measure) == told(&s.measure)),
                ("bound", told(&g.bound) == told(&s.bound)),
                ("given_by", cited),
                ("part_of", told(&g.part_of).is_some() == told(&s.part_of).is_some()),
            ],
        }
    }

    /// As many conditions, and each of gold's has one of the system's that says the same.
    pub fn same_conditions(&self, gold: &Entry, system: &Entry) -> bool {
        let near = |a: Span, b: Span| f1(&places(self.text, &[a]), &places(self.text, &[b])) >= 0.5;
        gold.conditions.len() == system.conditions.len()
            && gold.conditions.iter().all(|x| system.conditions.iter().any(|y| near(*x, *y)))
    }
}

/// An empty name is none.
fn told(field: &Option<String>) -> Option<&str> {
    field.as_deref().filter(|name| !name.is_empty())
}

/// The words that show an event.
fn shown(event: &Entry) -> Vec<Span> {
    event.trigger.into_iter().chain(event.evidence.iter().copied()).collect()
}

/// Records ready for matching; figures told several times (same value, thing counted, measure, giver, actor and place) are one.
fn candidates<'a>(kind: Kind, text: &str, entries: &'a [Entry]) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for entry in entries {
        let terms = match kind {
            Kind::Statements => places(text, &entry.content),
            Kind::Positions => places(text, &[entry.proposition.as_slice(), &entry.conditions].concat()),
            Kind::Events | Kind::Figures => Places::new(),
        };
        let next = found.len();
        let at = if kind == Kind::Figures { *known.entry(figure_key(entry)).or_insert(next) } else { next };
        if at == next {
            found.push(Candidate { entry, terms, spans: Vec::new() });
        }
        found[at].spans.extend(entry.span);
    }
    found
}

fn figure_key(f: &Entry) -> String {
    let sorted = |ids: &[String]| {
        let mut ids = ids.to_vec();
        ids.sort();
        ids
    };
    let key = (head(f.of.as_deref()), &f.measure, &f.part_of, sorted(&f.given_by), sorted(&f.by), f.place_name().unwrap_or(""));
    format!("{} {key:?}", f.value)
}

/// Counts of one kind over all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Gold records.
    pub gold: usize,
    /// System records.
    pub system: usize,
    /// Matched.
    pub found: usize,
    /// Matched with the fields right that carry the meaning.
    pub full: usize,
    /// How often each field of matched ones is right, in the order of the report.
    pub fields: Vec<(&'static str, usize)>,
}

/// One row per kind.
pub type Table = Vec<(Kind, Row)>;

/// Counts over all gold documents.
pub fn score<'a>(gold: impl IntoIterator<Item = &'a Loaded>, system: &BTreeMap<String, Loaded>) -> Table {
    let mut table: Table = Kind::ALL.iter().map(|kind| (*kind, Row::default())).collect();
    for record in gold {
        let judge = Judge::new(record, system.get(&record.document.id));
        for (kind, row) in &mut table {
            add(row, *kind, &judge.compare(*kind));
        }
    }
    table
}

fn add(row: &mut Row, kind: Kind, comparison: &Comparison) {
    row.gold += comparison.gold.len();
    row.system += comparison.system.len();
    row.found += comparison.pairs.len();
    row.full += comparison.pairs.iter().filter(|p| p.is_full(kind)).count();
    for (field, ok) in comparison.pairs.iter().flat_map(|p| &p.fields) {
        match row.fields.iter_mut().find(|(name, _)| name == field) {
            Some((_, right)) => *right += usize::from(*ok),
            None => row.fields.push((field, usize::from(*ok))),
        }
    }
}

#[cfg(test)]
mod tests;
