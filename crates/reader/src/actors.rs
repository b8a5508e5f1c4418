//! Who is named where: mentions, and which of them are one actor.

use crate::context::Context;
use onrecord_record::{Actor, Id};
use onrecord_text::Span;

/// The actors of one report. Ids are stable while the report is read and renumbered at the end.
#[derive(Default)]
pub struct Actors {
    all: Vec<Actor>,
}

impl Actors {
    /// Finds names, roles, pronouns and capitals, and joins those that mean one actor.
    pub fn find(_ctx: &Context) -> Self {
        Actors::default()
    }

    /// The actors that the noun phrase headed by token `t` of sentence `s` names, coordination taken apart
    /// (*Washington and Kyiv* are two). A phrase that names nobody known becomes an actor of its own.
    /// Empty only when the head is no noun, name or pronoun, or a pronoun that stands for no actor (*it rains*).
    pub fn of(&mut self, _ctx: &Context, _s: usize, _t: usize) -> Vec<Id> {
        Vec::new()
    }

    /// An actor that is implied by a demonym or an attribute (*Ukrainian targets* → Ukraine), when the word names one.
    pub fn implied(&mut self, _ctx: &Context, _s: usize, _t: usize) -> Option<Id> {
        None
    }

    /// The government or organisation that a person speaks for (*we* said by a minister), when the text tells.
    pub fn principal(&mut self, _ctx: &Context, _person: &Id) -> Option<Id> {
        None
    }

    /// The actor that an unnamed source becomes: an actor named by these words.
    pub fn described(&mut self, _ctx: &Context, _span: Span) -> Id {
        String::new()
    }

    /// The actor with this id.
    pub fn get(&self, id: &Id) -> Option<&Actor> {
        self.all.iter().find(|a| a.id == *id)
    }

    /// All actors, for assembly.
    pub fn into_all(self) -> Vec<Actor> {
        self.all
    }
}
