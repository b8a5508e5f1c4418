//! The same words in several reports.

use crate::item::{Item, Keys, Same};
use crate::parties::{Cast, Match, Parties};
use crate::words::{Bag, hash, words};
use onrecord_record::{SpeechMode, Statement};
use onrecord_text::Document;
use serde::{Deserialize, Serialize};

/// Quoted words are the same when so many of the shorter passage's are in the other; reported words when so many of all are in both.
const QUOTED: f64 = 0.8;
const REPORTED: f64 = 0.6;
/// Fewer words than these say too little to be known again.
const LEAST: usize = 3;
/// Words of a quotation that is the same when all of them are.
const QUOTATION: usize = 4;

/// A statement of one report, as it is looked for in others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Saying {
    speaker: Parties,
    words: Bag,
    quoted: bool,
    /// The whole of a quotation that is long enough to be known again though it says little.
    exact: Option<u64>,
}

impl Saying {
    /// What the report tells.
    pub fn new(document: &Document, statement: &Statement, cast: &Cast) -> Self {
        let content = statement.content.iter().map(|&span| document.slice(span)).collect::<Vec<_>>().join(" ");
        let quoted = statement.mode != SpeechMode::Indirect;
        let all: Vec<String> = words(&content).collect();
        Saying {
            exact: (statement.mode == SpeechMode::Direct && all.len() >= QUOTATION).then(|| hash(all.join(" ").bytes())),
            speaker: Parties::new(cast, &statement.speaker),
            words: Bag::new(&content),
            quoted,
        }
    }
}

impl Item for Saying {
    fn same(&self, other: &Saying) -> Option<Same> {
        if self.exact.is_some() && self.exact == other.exact && self.speaker.compare(&other.speaker) >= Match::Open {
            return Some(Same::new(1.0, "the same quotation".into()));
        }
        if self.words.len().min(other.words.len()) < LEAST || self.cannot_be(other) {
            return None;
        }
        let (held, alike) = (self.words.shared(&other.words), self.words.likeness(&other.words));
        let quoted = self.quoted && other.quoted && held >= QUOTED;
        (quoted || alike >= REPORTED).then(|| Same::new(held, format!("{:.0} % of the words", 100.0 * held)))
    }

    /// Another speaker.
    fn cannot_be(&self, other: &Saying) -> bool {
        let speaker = self.speaker.compare(&other.speaker);
        !(speaker > Match::Open || speaker == Match::Open && self.exact.is_some() && self.exact == other.exact)
    }

    /// By pairs of the longest words, which are the rarest.
    fn keys(&self) -> Keys {
        let exact = self.exact.iter().map(|words| format!("quote {words:x}"));
        Keys::both(self.words.pairs(5).iter().map(|pair| format!("saying {pair}")).chain(exact).collect())
    }
}
