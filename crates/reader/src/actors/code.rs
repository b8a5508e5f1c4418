//! Codes: kind, country and sector of an actor from the lexicon and the words around it.

use super::entity::{Entity, normal};
use super::phrase::Phrase;
use crate::context::Context;
use crate::lexicon::{ActorNoun, Country, Organisation};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{ActorKind, Sector};

/// Most words in the name of a country.
const LONGEST_COUNTRY: usize = 5;

pub fn country(entity: &mut Entity, country: &Country) {
    entity.actor.country = Some(country.iso3.clone());
    entity.actor.sector = Some(Sector::Gov);
}

pub fn listed(entity: &mut Entity, entry: &Organisation) {
    entity.actor.kind = entry.kind;
    entity.actor.country = entry.country.clone();
    entity.actor.sector = entry.sector;
    entity.forms.push(normal(&entry.name));
}

/// A body that only this report names: by its head noun and the country in its name.
pub fn named_body(ctx: &Context, phrase: &Phrase, entity: &mut Entity) {
    if let Some(noun) = noun(ctx, phrase) {
        entity.actor.kind =
            if matches!(noun.kind, ActorKind::Person | ActorKind::Other) { ActorKind::Organisation } else { noun.kind };
        entity.actor.sector = noun.sector;
    }
    entity.actor.country = country_of(ctx, phrase).map(|c| c.iso3.clone());
}

pub fn group(ctx: &Context, phrase: &Phrase, entity: &mut Entity, country: Option<&Country>) {
    match noun(ctx, phrase) {
        Some(noun) => {
            // *Officials* are no person.
            let people = noun.kind == ActorKind::Person && phrase.plural();
            entity.actor.kind = if people { ActorKind::Other } else { noun.kind };
            entity.actor.sector = noun.sector;
            entity.plural = phrase.plural();
            entity.collective = noun.group;
        }
        // Only demonyms come here without a noun of the table.
        None => {
            entity.actor.kind = ActorKind::Population;
            entity.actor.sector = Some(Sector::Cvl);
            entity.plural = phrase.plural();
        }
    }
    entity.actor.country = country.map(|c| c.iso3.clone());
}

/// The table's row for the head with the word before it, else for the head.
pub fn noun<'c>(ctx: &'c Context, phrase: &Phrase) -> Option<&'c ActorNoun> {
    let tree = phrase.tree;
    let head = tree.lemma(phrase.head).to_lowercase();
    let before = phrase.head.checked_sub(1).filter(|i| phrase.core.contains(i));
    before
        .and_then(|i| ctx.lexicon.actor_nouns.get(&format!("{} {head}", tree.lower(i))))
        .or_else(|| ctx.lexicon.actor_nouns.get(&head))
}

/// The listed organisation that the phrase's capitalised words are.
pub fn organisation<'c>(ctx: &'c Context, phrase: &Phrase) -> Option<&'c Organisation> {
    let text = proper_words(phrase);
    let listed = &ctx.lexicon.organisations;
    listed.get(&text).or_else(|| listed.get(ctx.slice(phrase.name_span())))
}

/// The name with all that belongs to it: from the first capitalised word, on through *of State*.
pub fn proper_words(phrase: &Phrase) -> String {
    let tree = phrase.tree;
    let capital = |i: usize| tree.form(i).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let article = |i: usize| tree.rel(i) == Deprel::Det;
    // A common noun before the name's last part is no part of it: "the rebel group M23".
    let common = |i: usize| !capital(i) && matches!(tree.upos(i), Upos::Noun | Upos::Verb);
    let after =
        if capital(phrase.head) { phrase.core.iter().rposition(|&i| i < phrase.head && common(i)).map_or(0, |p| p + 1) } else { 0 };
    let start = phrase.core[after..].iter().copied().find(|&i| capital(i) && !article(i)).unwrap_or(phrase.head);
    let mut end = phrase.core.last().copied().unwrap_or(phrase.head).max(start);
    for complement in phrase.complements() {
        let inner = Phrase::at(tree, complement);
        let adjacent = inner.core.first().is_some_and(|&f| f <= end + 3);
        let linked = tree.children_by(complement, &[Deprel::Case]).any(|c| matches!(tree.lower(c), "of" | "for"));
        if adjacent && linked && capital(complement) {
            end = inner.core.last().copied().unwrap_or(complement).max(end);
        }
    }
    // "Joint Task Force - Sahel": a dash inside a name.
    while end + 2 < tree.len() && matches!(tree.form(end + 1), "-" | "–") && tree.upos(end + 2) == Upos::Propn && capital(end + 2)
    {
        end += 2;
        while end + 1 < tree.len() && tree.upos(end + 1) == Upos::Propn {
            end += 1;
        }
    }
    tree.text[tree.token(start).span.start..tree.token(end).span.end].to_string()
}

/// The country that a phrase's modifiers, possessor or complements name.
pub fn country_of<'c>(ctx: &'c Context, phrase: &Phrase) -> Option<&'c Country> {
    let tree = phrase.tree;
    let own: Vec<usize> = phrase.core.iter().copied().filter(|&i| i != phrase.head).collect();
    country_in(ctx, tree, &own).or_else(|| phrase.complements().find_map(|c| country_in(ctx, tree, &Phrase::at(tree, c).core)))
}

/// The country whose name ends with token `t` of the name it stands in.
pub fn country_at<'c>(ctx: &'c Context, tree: &Tree, t: usize) -> Option<&'c Country> {
    let start = tree.sentence.name_at(t).map_or(t, |n| n.tokens.start);
    let text = |first: usize| &tree.text[tree.token(first).span.start..tree.token(t).span.end];
    (start.max(t.saturating_sub(LONGEST_COUNTRY))..=t).find_map(|first| ctx.lexicon.countries.by_name(text(first)))
}

/// The first country that some of these consecutive words name, by name, people or seat.
pub fn country_in<'c>(ctx: &'c Context, tree: &Tree, tokens: &[usize]) -> Option<&'c Country> {
    let countries = &ctx.lexicon.countries;
    for (i, &first) in tokens.iter().enumerate() {
        if !tree.form(first).starts_with(char::is_uppercase) {
            continue;
        }
        for &last in tokens[i..].iter().take(LONGEST_COUNTRY).rev() {
            let words = &tree.text[tree.token(first).span.start..tree.token(last).span.end];
            if let Some(country) =
                countries.by_name(words).or_else(|| countries.by_demonym(words)).or_else(|| countries.by_seat(words))
            {
                return Some(country);
            }
        }
    }
    None
}

/// No country is asked for, or the entity has that one or none.
pub fn compatible(entity: &Entity, country: Option<&Country>) -> bool {
    country.is_none_or(|c| entity.actor.country.as_ref().is_none_or(|own| *own == c.iso3))
}
