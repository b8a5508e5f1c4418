//! One stance in many reports: the same party on the same matter, move after move.

use crate::item::{Item, Keys, Same};
use crate::parties::{Cast, Match, Parties};
use crate::words::Bag;
use onrecord_record::Position;
use onrecord_text::Document;
use serde::{Deserialize, Serialize};

/// Share of the shorter proposition's words that the other must have, and where a minister may speak for the holder of the other.
const SAME_MATTER: f64 = 0.6;
const SAME_WORDS: f64 = 0.75;

/// A position of one report, as it is compared with others of the same holder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stance {
    holder: Parties,
    toward: Parties,
    matter: Bag,
}

impl Stance {
    /// What the report tells.
    pub fn new(document: &Document, position: &Position, cast: &Cast) -> Self {
        Stance {
            holder: Parties::new(cast, &position.holder),
            toward: Parties::new(cast, &position.toward),
            matter: Bag::new(document.slice(position.proposition)),
        }
    }
}

impl Item for Stance {
    fn same(&self, other: &Stance) -> Option<Same> {
        let alike = self.matter.shared(&other.matter);
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
        let mut pairs = self.matter.pairs(6);
        pairs.extend(self.matter.only());
        let holders = self.holder.features();
        let held = holders.iter().flat_map(|h| pairs.iter().map(move |p| format!("position {h} {p}")));
        let matter = self.matter.pairs(4).into_iter().map(|pair| format!("matter {pair}"));
        Keys::both(held.chain(matter).collect())
    }
}
