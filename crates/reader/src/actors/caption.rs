//! A body whose name follows the word for what it is: *the newspaper Izlaz*, *the rebel group Red Plain*.

use super::entity::{Class, Entity};
use super::phrase::Phrase;
use super::{Actors, code};
use crate::context::Context;
use crate::lexicon::ActorNoun;
use crate::tree::Tree;
use onrecord_language::{Deprel, Name, NameKind, Upos};
use onrecord_record::ActorKind;

impl Actors {
    /// The body that the word at `t` and a name beside it name together. The name finder takes many such names for people.
    pub(super) fn captioned(&mut self, ctx: &Context, s: usize, t: usize) -> Option<usize> {
        let tree = &ctx.trees[s];
        let noun_at = match tree.sentence.name_at(t) {
            Some(name) => name.tokens.start.checked_sub(1)?,
            None => t,
        };
        let name = tree.sentence.name_at(noun_at + 1).filter(|n| n.tokens.start == noun_at + 1 && n.kind != NameKind::Loc)?;
        let (caption, named) = (Phrase::at(tree, noun_at), Phrase::at(tree, top(tree, name)));
        let noun = caption_noun(ctx, &caption)?;
        if !stand_together(tree, noun_at, named.head) || introduces_a_person(ctx, tree, name) {
            return None;
        }
        let entity = self.body(ctx, &named, true).unwrap_or_else(|| {
            let mut new = Entity::new(ctx.slice(tree.name_span(name)), Class::Body, noun.kind);
            code::captioned(ctx, &caption, noun, &mut new);
            new.answer_to([tree.lemma(noun_at)]);
            self.entities.add(new)
        });
        self.entities.mention(entity, ctx.document, caption.span().cover(tree.name_span(name)));
        self.remember(s, noun_at, entity);
        self.remember(s, named.head, entity);
        Some(entity)
    }
}

/// The noun, if it is a common noun for one body.
fn caption_noun<'c>(ctx: &'c Context, caption: &Phrase) -> Option<&'c ActorNoun> {
    let (tree, head) = (caption.tree, caption.head);
    let common = tree.upos(head) == Upos::Noun && !caption.plural() && tree.form(head) == tree.lower(head);
    let body = |n: &&ActorNoun| matches!(n.kind, ActorKind::Organisation | ActorKind::ArmedGroup);
    code::noun(ctx, caption).filter(|_| common).filter(body)
}

/// The token of a name that governs the others.
fn top(tree: &Tree, name: &Name) -> usize {
    name.tokens.clone().find(|&i| tree.head(i).is_none_or(|h| !name.tokens.contains(&h))).unwrap_or(name.tokens.start)
}

/// True when the parse has the name as an apposition of the noun, the noun as its modifier, or both in one place of one verb.
fn stand_together(tree: &Tree, noun: usize, name: usize) -> bool {
    let apposed = tree.head(name) == Some(noun) && matches!(tree.rel(name), Deprel::Appos | Deprel::Flat | Deprel::NmodDesc);
    let modifier = tree.head(noun) == Some(name) && matches!(tree.rel(noun), Deprel::Compound | Deprel::NmodDesc | Deprel::Nmod);
    let twice = tree.head(noun) == tree.head(name) && tree.rel(noun) == tree.rel(name) && tree.rel(name) != Deprel::Conj;
    apposed || modifier || twice
}

/// *police Inspector Lee*, *union leader Ann Roe*: a title, or a given name that is known.
fn introduces_a_person(ctx: &Context, tree: &Tree, name: &Name) -> bool {
    let first = name.tokens.start;
    let words: Vec<&str> = name.tokens.clone().map(|i| tree.lower(i)).collect();
    let given = words.len() >= 2 && name.kind == NameKind::Per && ctx.lexicon.first_names.gender(tree.form(first)).is_some();
    given || ctx.lexicon.titles.longest_prefix(&words).is_some() || ctx.lexicon.officeholders.knows(&words.join(" "))
}
