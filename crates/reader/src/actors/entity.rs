//! One actor as it grows while the report is read.

use crate::lexicon::Gender;
use onrecord_record::{Actor, ActorKind};

/// How an entity is recognised again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A state or its government: by any name, capital or demonym.
    Country,
    /// By full name, surname or role.
    Person,
    /// An organisation or force with a name: by name, acronym or head noun.
    Body,
    /// People named by what they are (*U.S. officials*): by the same words.
    Group,
    /// A person without a name (*the spokesman*): by role.
    Role,
    /// Anything else that acts: by the same words.
    Other,
}

impl Class {
    /// Has a name of its own.
    pub fn is_named(self) -> bool {
        matches!(self, Class::Country | Class::Person | Class::Body)
    }
}

/// An actor with what is needed to recognise it.
pub struct Entity {
    pub actor: Actor,
    pub class: Class,
    /// Normalised words that named it.
    pub forms: Vec<String>,
    /// Lower-case nouns that may refer back to it: *minister*, *coalition*.
    pub heads: Vec<String>,
    pub gender: Option<Gender>,
    pub plural: bool,
    /// A body of people named in the singular: *the army*, for which both *it* and *they* may stand.
    pub collective: bool,
    /// Whom it speaks for.
    pub principal: Option<usize>,
}

/// Lower-case words without articles, possessive marks and punctuation.
pub fn normal(words: &str) -> String {
    let words = words.to_lowercase().replace('’', "'");
    let words: Vec<&str> = words
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-' || c == '&'))
        .map(|w| w.trim_end_matches("'s").trim_matches('\''))
        .filter(|w| !w.is_empty() && !matches!(*w, "the" | "a" | "an" | "mr" | "mrs" | "ms" | "dr"))
        .collect();
    words.join(" ")
}

impl Entity {
    pub fn new(name: &str, class: Class, kind: ActorKind) -> Self {
        let actor = Actor { name: name.to_string(), kind, ..Actor::default() };
        Entity {
            actor,
            class,
            forms: vec![normal(name)],
            heads: Vec::new(),
            gender: None,
            plural: false,
            collective: false,
            principal: None,
        }
    }

    /// Adds nouns that may refer back to it.
    pub fn answer_to<'h>(&mut self, heads: impl IntoIterator<Item = &'h str>) {
        for head in heads {
            if !self.heads.iter().any(|h| h == head) {
                self.heads.push(head.to_string());
            }
        }
    }
}
