//! Who is named where: mentions, and which of them are one actor.
//!
//! One pass in reading order. Every phrase that names somebody is linked to an [`Entity`]: a country by any of its names, its
//! capital or its government; a person by full name, surname or role; a body by name, acronym or head noun; a group by its words.
//! Pronouns look back for the nearest fitting one ([`pronoun`]). Codes come from the lexicon ([`code`]).

mod caption;
mod cast;
mod code;
mod entity;
mod home;
mod link;
mod offices;
mod phrase;
mod pronoun;
mod registry;
mod shared;
#[cfg(test)]
mod tests;

pub use cast::{ActorPhrase, Cast, Party};

use crate::context::Context;
use crate::lexicon::NounSet;
use crate::tree::Tree;
use entity::{Class, Entity};
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Actor, ActorKind, Id, Sector, Statement};
use onrecord_text::Span;
use phrase::{Phrase, heads_a_phrase};
use registry::Registry;
use shared::Share;
use std::collections::HashMap;

/// One place that names an entity, for looking back from a pronoun.
#[derive(Clone, Copy)]
struct Mention {
    entity: usize,
    sentence: usize,
    token: usize,
}

/// The actors of one report. Ids are stable while the report is read and renumbered at the end.
#[derive(Default)]
pub struct Actors {
    entities: Registry,
    /// Entity of a phrase, by sentence and head token.
    links: HashMap<(usize, usize), usize>,
    /// The parties of a phrase whose noun several share; `links` has the first.
    shared: HashMap<(usize, usize), Vec<Share>>,
    /// In reading order.
    mentions: Vec<Mention>,
    /// Sentence of the phrase being linked: what comes after it is not looked at.
    now: usize,
    /// The first pass is over; later links add no mentions to look back to.
    read: bool,
    /// Passages in somebody's words, for *I* and *we*, by the sentences they reach into; innermost first.
    speech: HashMap<usize, Vec<(Span, Vec<usize>)>>,
}

impl Actors {
    /// A minister, an officer speaks for the state: *the foreign minister said Azerbaijan would*.
    pub fn speaks_for(&self, who: &Id, state: &Id) -> bool {
        use Sector::{Gov, Mil, Spy};
        let (Some(who), Some(state)) = (self.get(who), self.get(state)) else { return false };
        let official = matches!(who.sector, Some(Gov | Mil | Spy)) && who.country.is_some() && who.country == state.country;
        official && matches!(state.kind, ActorKind::Country | ActorKind::Government | ActorKind::Military)
    }

    /// Finds names, roles, pronouns and capitals, and joins those that mean one actor.
    pub fn find(ctx: &Context) -> Self {
        let mut actors = Actors::default();
        for (s, tree) in ctx.trees.iter().enumerate() {
            for t in 0..tree.len() {
                if heads_a_phrase(tree, t) {
                    actors.link(ctx, s, t);
                } else {
                    actors.link_modifier(ctx, s, t);
                }
            }
        }
        actors.read = true;
        actors
    }

    /// Hears who speaks where, so that *I* and *we* inside a statement are its speaker.
    pub fn listen(&mut self, ctx: &Context, statements: &[Statement]) {
        for statement in statements {
            let speakers: Vec<usize> = statement.speaker.iter().filter_map(|id| self.index(id)).collect();
            for &span in statement.content.iter().filter(|_| !speakers.is_empty()) {
                for sentence in ctx.sentences_in(span) {
                    self.speech.entry(sentence).or_default().push((span, speakers.clone()));
                }
            }
        }
        for passages in self.speech.values_mut() {
            passages.sort_by_key(|(span, _)| span.len());
        }
    }

    /// The actors that the noun phrase headed by token `t` of sentence `s` names, coordination taken apart
    /// (*Washington and Kyiv* are two). A phrase that names nobody known becomes an actor of its own.
    /// Empty when the head is no noun, name or pronoun, a pronoun that stands for no actor (*it rains*), or a place that does not act.
    pub fn of(&mut self, ctx: &Context, s: usize, t: usize) -> Vec<Id> {
        let tree = &ctx.trees[s];
        let mut found = Vec::new();
        for part in tree.conjuncts(t) {
            for entity in self.one(ctx, s, part) {
                let id = self.id(entity);
                if !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        found
    }

    /// The actor that a demonym or an attribute names (*Ukrainian* targets, the *Trump* administration), when it names one.
    pub fn implied(&mut self, ctx: &Context, s: usize, t: usize) -> Option<Id> {
        let entity = self.links.get(&(s, t)).copied().or_else(|| self.link_modifier(ctx, s, t)).or_else(|| self.link(ctx, s, t))?;
        Some(self.id(entity))
    }

    /// The government or organisation that a person speaks for (*we* said by a minister), when the text tells.
    pub fn principal(&self, person: &Id) -> Option<Id> {
        let entity = self.index(person)?;
        self.entities[entity].principal.map(|p| self.id(p))
    }

    /// The actor that an unnamed source becomes: an actor named by these words.
    pub fn described(&mut self, ctx: &Context, span: Span) -> Id {
        let words = ctx.slice(span);
        let form = entity::normal(words);
        let known = self.entities.named(&form).next();
        let entity = known.unwrap_or_else(|| self.entities.add(Entity::new(words, Class::Other, ActorKind::Other)));
        self.entities.mention(entity, ctx.document, span);
        self.id(entity)
    }

    /// The actor with this id.
    pub fn get(&self, id: &Id) -> Option<&Actor> {
        self.index(id).map(|i| &self.entities[i].actor)
    }

    /// Every phrase that names somebody, and whom.
    pub fn cast(self, ctx: &Context) -> Cast {
        cast::of(ctx, self)
    }

    /// All actors, for assembly: every entity, and whether it has a name of its own.
    pub fn into_all(self, ctx: &Context) -> Vec<(Actor, bool)> {
        let mut entities = self.entities.into_entities();
        offices::settle(ctx, &mut entities);
        home::settle(ctx, &mut entities);
        entities.into_iter().map(|e| (e.actor, e.class.is_named())).collect()
    }

    fn one(&mut self, ctx: &Context, s: usize, t: usize) -> Vec<usize> {
        let tree = &ctx.trees[s];
        if let Some(plural) = pronoun::first_person(tree, t) {
            return self.speaker_at(ctx, s, tree.token(t).span, plural);
        }
        if let Some(entity) = self.link(ctx, s, t) {
            let shares = self.shared.get(&(s, t));
            return shares.map_or_else(|| vec![entity], |shares| shares.iter().map(|x| x.entity).collect());
        }
        let stands_for_somebody =
            matches!(tree.upos(t), Upos::Noun | Upos::Propn) || (heads_a_phrase(tree, t) && tree.upos(t) != Upos::Pron);
        if !stands_for_somebody {
            return Vec::new();
        }
        let phrase = Phrase::at(tree, t);
        if link::is_place(ctx, &phrase) {
            return Vec::new();
        }
        let entity = self.describe(ctx, &phrase);
        self.note(ctx, s, &phrase, entity);
        vec![entity]
    }

    /// Links the phrase headed at `t`, when it names somebody the reader can tell.
    fn link(&mut self, ctx: &Context, s: usize, t: usize) -> Option<usize> {
        if let Some(&known) = self.links.get(&(s, t)) {
            return Some(known);
        }
        self.now = s;
        let tree = &ctx.trees[s];
        if tree.upos(t) == Upos::Pron {
            let entity = self.refer(ctx, s, t)?;
            self.entities.mention(entity, ctx.document, tree.token(t).span);
            self.remember(s, t, entity);
            return Some(entity);
        }
        if !matches!(tree.upos(t), Upos::Noun | Upos::Propn) {
            return None;
        }
        if let Some(top) = phrase::top_of_body(tree, t) {
            return self.link(ctx, s, top);
        }
        if let Some(entity) = self.captioned(ctx, s, t) {
            return Some(entity);
        }
        let phrase = Phrase::at(tree, t);
        if let Some(whole) = phrase.partitive(ctx.lexicon) {
            let entity = self.link(ctx, s, whole)?;
            self.remember(s, t, entity);
            return Some(entity);
        }
        if let Some(shares) = self.shares(ctx, &phrase) {
            for share in &shares {
                self.remember(s, t, share.entity);
            }
            let first = shares[0].entity;
            self.links.insert((s, t), first);
            self.shared.insert((s, t), shares);
            return Some(first);
        }
        let entity = self.titled(ctx, s, t).or_else(|| self.apposed(ctx, s, &phrase)).or_else(|| self.identify(ctx, &phrase))?;
        self.note(ctx, s, &phrase, entity);
        Some(entity)
    }

    /// A phrase and its apposition are one actor: the one with a name.
    fn apposed(&mut self, ctx: &Context, s: usize, phrase: &Phrase) -> Option<usize> {
        let tree = phrase.tree;
        let other = phrase.appositions().map(|a| Phrase::at(tree, a)).find(|a| link::may_be_one(ctx, phrase, a))?;
        // The one that names a person decides; else the phrase itself, of which the other is an alias or a role.
        let (main, side) =
            if link::names_person(ctx, &other) && !link::names_person(ctx, phrase) { (&other, phrase) } else { (phrase, &other) };
        let entity = self.identify(ctx, main)?;
        self.note(ctx, s, side, entity);
        self.note(ctx, s, main, entity);
        self.learn(ctx, entity, side);
        Some(entity)
    }

    /// Countries and people named by a modifier: *Ukrainian* targets, *U.S.* officials, the *Trump* administration.
    fn link_modifier(&mut self, ctx: &Context, s: usize, t: usize) -> Option<usize> {
        let tree = &ctx.trees[s];
        let modifies = matches!(
            tree.rel(t),
            Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::Nmod | Deprel::NmodDesc | Deprel::Conj
        );
        if !modifies || !tree.form(t).starts_with(char::is_uppercase) || self.links.contains_key(&(s, t)) {
            return None;
        }
        let entity = self.modifier(ctx, tree, t)?;
        self.entities.mention(entity, ctx.document, tree.token(t).span);
        self.links.insert((s, t), entity);
        Some(entity)
    }

    /// Records that `phrase` names `entity`.
    fn note(&mut self, ctx: &Context, s: usize, phrase: &Phrase, entity: usize) {
        let span = phrase.name.as_ref().map_or(phrase.span(), |_| phrase.span().cover(phrase.name_span()));
        self.entities.mention(entity, ctx.document, span);
        self.remember(s, phrase.head, entity);
        self.inherit(ctx, s, phrase, entity);
    }

    /// What belongs to somebody is of their country: *its embassy*, *Tunisia's navy*; but not who stands on another side (*its rivals*).
    fn inherit(&mut self, ctx: &Context, s: usize, phrase: &Phrase, entity: usize) {
        let tree = phrase.tree;
        let Some(possessor) = tree.child(phrase.head, Deprel::NmodPoss).filter(|_| self.entities[entity].actor.country.is_none())
        else {
            return;
        };
        let lemma = tree.lemma(phrase.head).to_lowercase();
        if ctx.lexicon.noun_sets.has(NounSet::Counterpart, &lemma) || code::noun(ctx, phrase).is_none() {
            return;
        }
        let owner = if tree.upos(possessor) == Upos::Pron { self.refer(ctx, s, possessor) } else { self.link(ctx, s, possessor) };
        let of_a_state = self.entities[entity].actor.sector.is_some_and(|x| matches!(x, Sector::Gov | Sector::Mil | Sector::Cop));
        // A person's soldiers are his country's, a person's critics need not be.
        let owner = owner.filter(|&o| o != entity && (self.entities[o].class != Class::Person || of_a_state));
        if let Some(country) = owner.and_then(|o| self.entities[o].actor.country.clone()) {
            self.entities[entity].actor.country = Some(country);
        }
    }

    fn remember(&mut self, s: usize, t: usize, entity: usize) {
        self.links.insert((s, t), entity);
        if !self.read {
            self.mentions.push(Mention { entity, sentence: s, token: t });
        }
    }

    /// Mentions before sentence `s` ends, last first.
    fn back_from(&self, s: usize) -> impl Iterator<Item = &Mention> {
        self.mentions[..self.mentions.partition_point(|m| m.sentence <= s)].iter().rev()
    }

    fn id(&self, entity: usize) -> Id {
        registry::id(entity)
    }

    fn index(&self, id: &Id) -> Option<usize> {
        id.strip_prefix('a')?.parse::<usize>().ok()?.checked_sub(1).filter(|&i| i < self.entities.len())
    }
}

/// True when the phrase headed at `t` is the subject of its clause.
fn is_subject(tree: &Tree, t: usize) -> bool {
    tree.rel(t).is_subject()
}
