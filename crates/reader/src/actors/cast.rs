//! Every phrase of a report that names somebody, with each party that it names.

use super::phrase::{Phrase, heads_a_phrase};
use super::{Actors, is_subject};
use crate::context::Context;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Actor, Id};
use onrecord_text::Span;
use std::collections::HashSet;

/// The actors of a report and the phrases that name them.
#[derive(Clone, Debug, PartialEq)]
pub struct Cast {
    /// In order of first mention.
    pub actors: Vec<Actor>,
    /// In reading order, longer ones first.
    pub phrases: Vec<ActorPhrase>,
}

/// A noun phrase with everything coordinated with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorPhrase {
    /// At least one.
    pub parties: Vec<Party>,
}

/// One of those that a phrase names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its words in reading order, without article; several spans where it shares some with others: *Dutch* ... *ships* in *Dutch and
    /// Danish ships*.
    pub words: Vec<Span>,
    /// Identifier among the [`Cast`]'s actors.
    pub actor: Id,
}

impl ActorPhrase {
    /// First byte of its words.
    pub fn start(&self) -> usize {
        self.parties.iter().flat_map(|p| &p.words).map(|w| w.start).min().unwrap_or(0)
    }

    /// Behind the last byte of its words.
    pub fn end(&self) -> usize {
        self.parties.iter().flat_map(|p| &p.words).map(|w| w.end).max().unwrap_or(0)
    }
}

impl Cast {
    /// The actor of this identifier.
    pub fn actor(&self, id: &Id) -> Option<&Actor> {
        self.actors.iter().find(|a| a.id == *id)
    }
}

/// Takes down who is named where. A phrase that names nobody known is an actor by its words where it acts or stands alone.
pub fn of(ctx: &Context, mut actors: Actors) -> Cast {
    let mut phrases = Vec::new();
    for (s, tree) in ctx.trees.iter().enumerate() {
        for t in (0..tree.len()).filter(|&t| heads_a_phrase(tree, t) && tree.rel(t) != Deprel::Conj) {
            let alone = tree.rel(t) == Deprel::Root && tree.subject(t).is_none();
            let parties = actors.parties(ctx, s, t, alone || is_subject(tree, t));
            if !parties.is_empty() {
                phrases.push(ActorPhrase { parties });
            }
        }
    }
    phrases.sort_by_key(|p: &ActorPhrase| (p.start(), std::cmp::Reverse(p.end())));
    let named: HashSet<&Id> = phrases.iter().flat_map(|p| &p.parties).map(|p| &p.actor).collect();
    let mut all: Vec<Actor> = actors.into_all(ctx).into_iter().map(|(a, _)| a).filter(|a| named.contains(&a.id)).collect();
    all.sort_by_key(|a| a.mentions.first().copied());
    Cast { actors: all, phrases }
}

impl Actors {
    /// The parties of the phrase headed at `t` and of those coordinated with it; with `unknown`, also those no rule or table knows.
    fn parties(&mut self, ctx: &Context, s: usize, t: usize, unknown: bool) -> Vec<Party> {
        let tree = &ctx.trees[s];
        let mut found = Vec::new();
        let parts = tree.conjuncts(t);
        // Beside somebody known stands somebody, not something.
        let unknown = unknown || parts.iter().any(|&part| self.link(ctx, s, part).is_some());
        for part in parts {
            let entities = if unknown { self.one(ctx, s, part) } else { Vec::new() };
            if let Some(shares) = self.shared.get(&(s, part)) {
                found.extend(shares.iter().map(|x| Party { words: x.words.clone(), actor: super::registry::id(x.entity) }));
                continue;
            }
            let words = if tree.upos(part) == Upos::Pron { tree.token(part).span } else { words(&Phrase::at(tree, part)) };
            found.extend(entities.into_iter().map(|e| Party { words: vec![words], actor: super::registry::id(e) }));
        }
        found
    }
}

/// A name with the title before it.
fn words(phrase: &Phrase) -> Span {
    phrase.name.as_ref().map_or(phrase.span(), |_| phrase.span().cover(phrase.name_span()))
}
