//! One noun for the people of several countries: *French and German troops*, *the leaders of Chad and Niger*, *Iran and Iraq's armies*.

use super::entity::{Class, Entity, normal};
use super::phrase::Phrase;
use super::{Actors, code, link};
use crate::context::Context;
use crate::lexicon::{Country, NounSet};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::ActorKind;
use onrecord_text::Span;

/// One of the parties that share a noun.
#[derive(Clone)]
pub struct Share {
    pub entity: usize,
    /// Its own words and the shared ones, in reading order: *French*, *troops*.
    pub words: Vec<Span>,
}

/// A country's name or adjective in front of the shared noun or behind its *of*.
struct Part<'c> {
    country: &'c Country,
    span: Span,
}

impl Actors {
    /// The parties of a phrase whose noun several countries share; none when it is one party's.
    pub(super) fn shares(&mut self, ctx: &Context, phrase: &Phrase) -> Option<Vec<Share>> {
        let parts = parts(ctx, phrase)?;
        let head = phrase.tree.lemma(phrase.head).to_lowercase();
        let government = ctx.lexicon.noun_sets.has(NounSet::Government, &head);
        if !government && code::noun(ctx, phrase).is_none() && link::role_of(ctx, phrase).is_none() {
            return None;
        }
        let noun = shared_words(phrase, &parts)?;
        let shares = parts.iter().map(|part| {
            let words = joined(ctx.document.text.as_str(), part.span, noun);
            let entity = if government {
                let entity = self.country_entity(part.country, ActorKind::Government);
                self.entities.mention(entity, ctx.document, part.span);
                entity
            } else {
                let entity = self.share(ctx, phrase, &head, part.country, &words);
                self.entities.mention(entity, ctx.document, phrase.span());
                entity
            };
            Share { entity, words }
        });
        Some(shares.collect())
    }

    fn share(&mut self, ctx: &Context, phrase: &Phrase, head: &str, country: &Country, words: &[Span]) -> usize {
        let name = words.iter().map(|&w| ctx.slice(w)).collect::<Vec<_>>().join(" ");
        let known = self.entities.named(&normal(&name)).find(|&e| self.entities[e].class == Class::Group);
        known.unwrap_or_else(|| {
            let mut new = Entity::new(&name, Class::Group, ActorKind::Other);
            code::group(ctx, phrase, &mut new, Some(country));
            new.answer_to([head]);
            self.entities.add(new)
        })
    }
}

/// The countries coordinated in front of the head, else behind its *of*: at least two, and nothing else among them.
fn parts<'c>(ctx: &'c Context, phrase: &Phrase) -> Option<Vec<Part<'c>>> {
    let tree = phrase.tree;
    if tree.upos(phrase.head) != Upos::Noun {
        return None;
    }
    let before: Vec<usize> = tree
        .children_by(phrase.head, &[Deprel::Amod, Deprel::Compound, Deprel::NmodPoss])
        .filter(|&m| m < phrase.head)
        .flat_map(|m| tree.conjuncts(m))
        .filter(|&m| m < phrase.head)
        .collect();
    let named: Vec<(usize, Part)> = before.iter().filter_map(|&m| Some((m, part(ctx, tree, m)?))).collect();
    if let [(first, _), .., (last, _)] = named.as_slice() {
        let and = (*first..*last).any(|i| tree.upos(i) == Upos::Cconj && matches!(tree.lower(i), "and" | "&"));
        return several(named.into_iter().map(|(_, part)| part).collect()).filter(|_| and);
    }
    let of = phrase.complements().find(|&c| tree.child_word(c, Deprel::Case, "of").is_some())?;
    let all = tree.conjuncts(of);
    let named: Vec<Part> = all.iter().filter_map(|&m| part(ctx, tree, m)).collect();
    if named.len() < all.len() || !phrase.plural() { None } else { several(named) }
}

fn several(parts: Vec<Part>) -> Option<Vec<Part>> {
    let first = &parts.first()?.country.iso3;
    parts.iter().any(|p| p.country.iso3 != *first).then_some(parts)
}

/// The country that the words at `t` name and nothing besides: *US* is one, *US-backed* is none.
fn part<'c>(ctx: &'c Context, tree: &Tree, t: usize) -> Option<Part<'c>> {
    if !tree.form(t).starts_with(char::is_uppercase) {
        return None;
    }
    let own = |i: &usize| tree.rel(*i) != Deprel::Det && tree.rel(*i) != Deprel::Case;
    let core: Vec<usize> = Phrase::at(tree, t).core.into_iter().filter(own).collect();
    let span = tree.token(*core.first()?).span.cover(tree.token(*core.last()?).span);
    let (countries, words) = (&ctx.lexicon.countries, ctx.slice(span));
    let country = countries.by_name(words).or_else(|| countries.by_demonym(words)).or_else(|| countries.by_seat(words))?;
    Some(Part { country, span })
}

/// What all parties have in common: the head with what stands directly before it.
fn shared_words(phrase: &Phrase, parts: &[Part]) -> Option<Span> {
    let tree = phrase.tree;
    let free = |&i: &usize| {
        !parts.iter().any(|p| p.span.contains(tree.token(i).span))
            && !matches!(tree.upos(i), Upos::Cconj | Upos::Punct | Upos::Part | Upos::Det)
    };
    let at = phrase.core.iter().position(|&i| i == phrase.head)?;
    let first = phrase.core[..=at].iter().rev().take_while(|i| free(i)).last()?;
    Some(tree.token(*first).span.cover(tree.token(phrase.head).span))
}

/// The words of one party in reading order; one span where they are neighbours.
fn joined(text: &str, part: Span, noun: Span) -> Vec<Span> {
    let (a, b) = if part.start < noun.start { (part, noun) } else { (noun, part) };
    if a.end <= b.start && text[a.end..b.start].trim().is_empty() { vec![a.cover(b)] } else { vec![a, b] }
}
