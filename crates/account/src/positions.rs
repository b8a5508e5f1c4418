//! One stance in many reports: the same party on the same matter, move after move.

use crate::item::{Item, Keys, Same};
use crate::parties::{Match, Parties};
use crate::words::{shared, stems, word_pairs};
use onrecord_record::{Position, Record};
use onrecord_text::Document;
use std::collections::BTreeSet;

/// Share of the shorter proposition's words that the other must have, and where a minister may speak for the holder of the other.
const SAME_MATTER: f64 = 0.6;
const SAME_WORDS: f64 = 0.75;

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
        let known = self.holder.compare(&other.holder) >= Match::Word;
        (!self.cannot_be(other) && alike >= if known { SAME_MATTER } else { SAME_WORDS } && !few)
            .then(|| Same::new(alike, format!("{:.0} % of the words of the proposition", 100.0 * alike)))
    }

    /// Another holder, or toward somebody else.
    fn cannot_be(&self, other: &Stance) -> bool {
        let holder = self.holder.compare(&other.holder);
        let open = holder == Match::Open && !self.holder.is_empty() && !other.holder.is_empty();
        !(holder >= Match::Country || open) || self.toward.compare(&other.toward) == Match::Differ
    }

    /// By the holder with pairs of the longest words, which are the rarest; by these words alone where a minister speaks for a holder
    /// whose country the report leaves open.
    fn keys(&self) -> Keys {
        let mut pairs: Vec<String> = word_pairs(&self.matter, 6).into_iter().map(|(a, b)| format!("{a} {b}")).collect();
        if self.matter.len() == 1 {
            pairs.extend(self.matter.iter().cloned());
        }
        let holders = self.holder.features();
        let held = holders.iter().flat_map(|h| pairs.iter().map(move |p| format!("position {h} {p}")));
        let matter = word_pairs(&self.matter, 4).into_iter().map(|(a, b)| format!("matter {a} {b}"));
        Keys::both(held.chain(matter).collect())
    }
}
