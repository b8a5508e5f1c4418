//! One stance in many reports: the same party on the same matter, move after move.

use crate::item::{Item, Keys, Same};
use crate::parties::{Match, Parties};
use crate::words::{shared, stems};
use onrecord_record::{Position, Record};
use onrecord_text::Document;
use std::collections::BTreeSet;

/// Share of the shorter proposition's words that the other must have.
const SAME_MATTER: f64 = 0.6;

/// A position of one report, as it is compared with others of the same holder.
#[derive(Clone, Debug)]
pub struct Stance {
    holder: Parties,
    toward: Parties,
    matter: BTreeSet<String>,
}

impl Stance {
    /// What the report tells.
    pub fn new(document: &Document, record: &Record, position: &Position) -> Self {
        Stance {
            holder: Parties::new(document, record, &position.holder),
            toward: Parties::new(document, record, &position.toward),
            matter: stems(document.slice(position.proposition)),
        }
    }
}

impl Item for Stance {
    fn same(&self, other: &Stance) -> Option<Same> {
        let alike = shared(&self.matter, &other.matter);
        let few = self.matter.len().min(other.matter.len()) < 2 && self.matter != other.matter;
        (!self.cannot_be(other) && alike >= SAME_MATTER && !few)
            .then(|| Same::new(alike, format!("{:.0} % of the words of the proposition", 100.0 * alike)))
    }

    /// Another holder, or toward somebody else.
    fn cannot_be(&self, other: &Stance) -> bool {
        self.holder.compare(&other.holder) < Match::Country || self.toward.compare(&other.toward) == Match::Differ
    }

    /// By the holder with pairs of the longest words, which are the rarest.
    fn keys(&self) -> Keys {
        let mut words: Vec<&String> = self.matter.iter().collect();
        words.sort_by_key(|w| (std::cmp::Reverse(w.chars().count()), (*w).clone()));
        words.truncate(6);
        let mut pairs: Vec<String> = Vec::new();
        for (i, a) in words.iter().enumerate() {
            pairs.extend(words[i + 1..].iter().map(|b| format!("{} {}", a.min(b), a.max(b))));
        }
        if let [only] = words[..] {
            pairs.push(only.clone());
        }
        let holders = self.holder.features();
        Keys::both(holders.iter().flat_map(|h| pairs.iter().map(move |p| format!("position {h} {p}"))).collect())
    }
}
