//! The same words in several reports.

use crate::item::{Item, Keys, Same};
use crate::parties::{Match, Parties};
use crate::words::{likeness, shared, stems};
use onrecord_record::{Record, SpeechMode, Statement};
use onrecord_text::Document;
use std::collections::BTreeSet;

/// Quoted words are the same when so many of the shorter passage's are in the other; reported words when so many of all are in both.
const QUOTED: f64 = 0.8;
const REPORTED: f64 = 0.6;
/// Fewer words than these say too little to be known again.
const LEAST: usize = 3;

/// A statement of one report, as it is looked for in others.
#[derive(Clone, Debug)]
pub struct Saying {
    speaker: Parties,
    words: BTreeSet<String>,
    quoted: bool,
}

impl Saying {
    /// What the report tells.
    pub fn new(document: &Document, record: &Record, statement: &Statement) -> Self {
        let content = statement.content.iter().map(|&span| document.slice(span)).collect::<Vec<_>>().join(" ");
        Saying {
            speaker: Parties::new(document, record, &statement.speaker),
            words: stems(&content),
            quoted: statement.mode != SpeechMode::Indirect,
        }
    }
}

impl Item for Saying {
    fn same(&self, other: &Saying) -> Option<Same> {
        if self.words.len().min(other.words.len()) < LEAST || self.cannot_be(other) {
            return None;
        }
        let (held, alike) = (shared(&self.words, &other.words), likeness(&self.words, &other.words));
        let quoted = self.quoted && other.quoted && held >= QUOTED;
        (quoted || alike >= REPORTED).then(|| Same::new(held, format!("{:.0} % of the words", 100.0 * held)))
    }

    /// Another speaker.
    fn cannot_be(&self, other: &Saying) -> bool {
        !matches!(self.speaker.compare(&other.speaker), Match::Named | Match::Country | Match::Word)
    }

    /// By pairs of the longest words, which are the rarest.
    fn keys(&self) -> Keys {
        let mut words: Vec<&String> = self.words.iter().collect();
        words.sort_by_key(|w| (std::cmp::Reverse(w.chars().count()), (*w).clone()));
        words.truncate(5);
        let pairs = words.iter().enumerate().flat_map(|(i, a)| words[i + 1..].iter().map(move |b| (a.min(b), a.max(b))));
        Keys::both(pairs.map(|(a, b)| format!("saying {a} {b}")).collect())
    }
}
