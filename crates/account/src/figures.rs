//! One quantity in many reports: a series of values, none of them overwritten, and how they stand to each other.

use crate::days::number;
use crate::parties::{Cast, Match, Parties};
use crate::words::fold;
use onrecord_record::{Bound, Figure, Measure, Record, Value};
use onrecord_text::Document;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How two values of one quantity stand to each other (codebook, *Across reports*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Relation {
    /// Two sources say the same.
    Same,
    /// One source, or a copy of it, says the same again.
    Repeat,
    /// A later value of the same source.
    Update,
    /// A later value of the same source that takes back an earlier one.
    Correction,
    /// Two sources say what cannot both hold.
    Conflict,
}

/// A figure of one report, as it is compared with others of the same quantity.
#[derive(Clone, Debug)]
pub struct Count {
    measure: Measure,
    /// What is counted: its last word.
    of: String,
    low: f64,
    high: f64,
    bound: Bound,
    givers: Parties,
    /// Who vouches where nobody is named: the outlet.
    outlet: Option<String>,
    published: Option<i32>,
    /// True when those who vouch for it have no name, as *residents*: another outlet's may be others.
    unnamed: bool,
    /// Reports of one witness copy each other.
    pub witness: usize,
}

impl Count {
    /// What the report tells.
    pub fn new(document: &Document, record: &Record, figure: &Figure, witness: usize) -> Self {
        let (low, high) = match figure.value {
            Value::One(value) => (value, value),
            Value::Range(low, high) => (low, high),
        };
        let giver = figure.given_by.last();
        let cast = Cast::new(document, record.actors.iter().filter(|actor| Some(&actor.id) == giver));
        let givers = Parties::new(&cast, giver.map(std::slice::from_ref).unwrap_or_default());
        Count {
            unnamed: !givers.is_named(),
            givers,
            measure: figure.measure,
            of: counted(&figure.of),
            low,
            high,
            bound: figure.bound,
            outlet: document.outlet.as_deref().map(fold),
            published: document.published.map(number),
            witness,
        }
    }

    /// True when both count the same of one event: *12 soldiers killed*, *12 people killed*.
    pub fn same_quantity(&self, other: &Count) -> bool {
        let harmed = matches!(self.measure, Measure::Killed | Measure::Injured | Measure::Missing | Measure::Detained);
        self.measure == other.measure && (self.of == other.of || harmed)
    }

    /// True when the two can stand in one series though one report tells both: it has them from two sources.
    pub fn other_source(&self, other: &Count) -> bool {
        !self.same_givers(other) && self.of != other.of
    }

    /// How the later of two values (`other`) stands to this one; none when both can hold.
    pub fn relation(&self, other: &Count) -> Option<Relation> {
        let same_source = self.same_source(other);
        if self.low == other.low && self.high == other.high {
            return Some(if same_source { Relation::Repeat } else { Relation::Same });
        }
        if same_source {
            let later = self.published.zip(other.published).is_none_or(|(a, b)| a <= b);
            let fewer = other.high < self.low && self.measure != Measure::Missing;
            return Some(if later && fewer && other.bound == Bound::Exact && self.bound == Bound::Exact {
                Relation::Correction
            } else {
                Relation::Update
            });
        }
        (!self.agrees(other)).then_some(Relation::Conflict)
    }

    fn same_source(&self, other: &Count) -> bool {
        let one_voice = self.witness == other.witness || (self.outlet.is_some() && self.outlet == other.outlet);
        (one_voice && self.unnamed && other.unnamed) || (!self.unnamed && !other.unnamed && self.same_givers(other))
    }

    fn same_givers(&self, other: &Count) -> bool {
        match (self.givers.is_empty(), other.givers.is_empty()) {
            (false, false) => matches!(self.givers.compare(&other.givers), Match::Named | Match::Word),
            (a, b) => a == b,
        }
    }

    /// Some number fits both: *at least 10* and *12*.
    fn agrees(&self, other: &Count) -> bool {
        let span = |c: &Count| match c.bound {
            Bound::AtLeast => (c.low, f64::INFINITY),
            Bound::AtMost => (0.0, c.high),
            Bound::About => (c.low * 0.9, c.high * 1.1),
            Bound::Exact => (c.low, c.high),
        };
        let ((a, b), (c, d)) = (span(self), span(other));
        a <= d && c <= b
    }
}

/// The last word of what is counted, singular as the codebook writes it.
fn counted(of: &str) -> String {
    let word = fold(of).split(' ').next_back().unwrap_or_default().to_owned();
    if matches!(word.as_str(), "civilian" | "soldier" | "man" | "woman" | "child" | "resident" | "others") {
        "person".into()
    } else {
        word
    }
}

/// Relations between the members of a series in order of publication: each with the nearest earlier one of its own source, and with
/// the nearest earlier ones of others that it agrees or conflicts with.
pub fn relations(series: &[Count]) -> Vec<(usize, usize, Relation)> {
    let mut found = Vec::new();
    for (b, later) in series.iter().enumerate() {
        let mut told = BTreeSet::new();
        for a in (0..b).rev() {
            let earlier = &series[a];
            let Some(relation) = earlier.relation(later) else { continue };
            let own = matches!(relation, Relation::Repeat | Relation::Update | Relation::Correction);
            if told.insert((own, (!own).then_some(earlier.witness))) {
                found.push((a, b, relation));
            }
        }
    }
    found.sort_unstable();
    found
}
