//! Codes: kind, country and sector of an actor from the lexicon and the words around it.

use super::entity::{Entity, normal};
use super::phrase::Phrase;
use crate::context::Context;
use crate::lexicon::titles::Modifier;
use crate::lexicon::{ActorNoun, Country, NounSet, Organisation};
use crate::tree::Tree;
use onrecord_language::{Deprel, NameKind, Upos};
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
    match noun(ctx, phrase) {
        Some(noun) => describe_body(ctx, phrase, noun, entity),
        // "Police Scotland", "Radio Dawn": what it is may stand before its own name.
        None => {
            let before: Vec<usize> = phrase.core.iter().copied().filter(|&i| i < phrase.head).collect();
            entity.actor.sector = employer(ctx, phrase.tree, &before);
        }
    }
    entity.actor.country = country_of(ctx, phrase).map(|c| c.iso3.clone());
}

/// Kind and sector of a body by the common noun for what it is.
pub fn describe_body(ctx: &Context, phrase: &Phrase, noun: &ActorNoun, entity: &mut Entity) {
    entity.actor.kind = if matches!(noun.kind, ActorKind::Person | ActorKind::Other | ActorKind::Population) {
        ActorKind::Organisation
    } else {
        noun.kind
    };
    entity.actor.sector = sector_of(ctx, phrase, noun);
}

/// A body by the common noun before its name.
pub fn captioned(ctx: &Context, caption: &Phrase, noun: &ActorNoun, entity: &mut Entity) {
    entity.actor.sector = sector_of(ctx, caption, noun);
    entity.actor.country = country_of(ctx, caption).map(|c| c.iso3.clone());
}

pub fn group(ctx: &Context, phrase: &Phrase, entity: &mut Entity, country: Option<&Country>) {
    match noun(ctx, phrase) {
        Some(noun) => {
            entity.actor.sector = sector_of(ctx, phrase, noun);
            entity.actor.kind = kind_of(phrase, noun);
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

/// One villager is a person; several officials are none.
fn kind_of(phrase: &Phrase, noun: &ActorNoun) -> ActorKind {
    match noun.kind {
        ActorKind::Population if !phrase.plural() && !noun.group => ActorKind::Person,
        ActorKind::Person if phrase.plural() => ActorKind::Other,
        kind => kind,
    }
}

/// The sector of a group: the employer's for those who belong to one (*hospital officials*), else the noun's, else that of the people
/// it is made of (*a team of police*). Who no longer is what the noun says was a member of the elite, if of a state's.
fn sector_of(ctx: &Context, phrase: &Phrase, noun: &ActorNoun) -> Option<Sector> {
    let tree = phrase.tree;
    let before: Vec<usize> = phrase.core.iter().copied().filter(|&i| i < phrase.head).collect();
    // A noun of two words says it all: *police officer*.
    let whole = noun.noun.contains(' ');
    let bearer = noun.sector.is_none() || ctx.lexicon.noun_sets.has(NounSet::Bearer, &tree.lemma(phrase.head).to_lowercase());
    let employer = if bearer && !whole { employer(ctx, tree, &before) } else { None };
    let made_of = || {
        let of = phrase.complements().find(|&c| tree.child_word(c, Deprel::Case, "of").is_some())?;
        self::noun(ctx, &Phrase::at(tree, of))?.sector
    };
    let sector = employer.or(noun.sector).or_else(made_of);
    let former = before.iter().any(|&i| ctx.lexicon.titles.modifier(tree.lower(i)) == Some(Modifier::Former));
    if former && sector.is_some() { past(sector) } else { sector }
}

/// The sector of who held an office of this sector: a state's and a party's, and one of no sector, are the elite; others are what they
/// were.
pub fn past(sector: Option<Sector>) -> Option<Sector> {
    use Sector::{Cop, Eli, Gov, Jud, Leg, Mil, Pty, Spy};
    if matches!(sector, None | Some(Gov | Leg | Mil | Jud | Cop | Spy | Pty)) { Some(Eli) } else { sector }
}

/// The first listed organisation among these consecutive words.
pub fn listed_in<'c>(ctx: &'c Context, tree: &Tree, words: &[usize]) -> Option<&'c Organisation> {
    let forms: Vec<&str> = words.iter().map(|&i| tree.form(i)).collect();
    (0..words.len()).find_map(|i| ctx.lexicon.organisations.longest(&forms[i..]).map(|(_, organisation)| organisation))
}

/// The sector of the body that these consecutive words name, the last such body first: *police union* in *police union leader*.
pub fn employer(ctx: &Context, tree: &Tree, words: &[usize]) -> Option<Sector> {
    let forms: Vec<&str> = words.iter().map(|&i| tree.form(i)).collect();
    let nouns = &ctx.lexicon.actor_nouns;
    (0..words.len()).rev().find_map(|i| {
        let lemma = |j: usize| tree.lemma(words[j]).to_lowercase();
        let listed = || ctx.lexicon.organisations.longest(&forms[i..]).and_then(|(_, organisation)| organisation.sector);
        let pair = (i + 1 < words.len()).then(|| nouns.get(&format!("{} {}", tree.lower(words[i]), lemma(i + 1)))).flatten();
        pair.or_else(|| nouns.get(&lemma(i))).and_then(|noun| noun.sector).or_else(listed)
    })
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
    let entry = listed.get(&text).or_else(|| listed.get(ctx.slice(phrase.name_span())))?;
    // Other countries have a Defence Department too: "Chile's".
    let owner = phrase.tree.child(phrase.head, Deprel::NmodPoss).and_then(|p| country_in(ctx, phrase.tree, &[p]));
    let foreign = owner.is_some_and(|o| entry.country.as_ref().is_some_and(|c| *c != o.iso3));
    (!foreign || entry.kind == ActorKind::ArmedGroup).then_some(entry)
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

/// The country that a phrase's modifiers, possessor or complements name, else that of the place they name.
pub fn country_of<'c>(ctx: &'c Context, phrase: &Phrase) -> Option<&'c Country> {
    country_named(ctx, phrase).or_else(|| words_around(phrase).iter().find_map(|words| country_around(ctx, phrase.tree, words)))
}

/// The country that a phrase's modifiers, possessor or complements name.
pub fn country_named<'c>(ctx: &'c Context, phrase: &Phrase) -> Option<&'c Country> {
    words_around(phrase).iter().find_map(|words| country_in(ctx, phrase.tree, words))
}

/// The words beside the head, then each complement's.
fn words_around(phrase: &Phrase) -> Vec<Vec<usize>> {
    let own = phrase.core.iter().copied().filter(|&i| i != phrase.head).collect();
    std::iter::once(own).chain(phrase.complements().map(|c| Phrase::at(phrase.tree, c).core)).collect()
}

/// The country of the first place on the map that some of these words name: *Odesa* in *Odesa police*.
pub fn country_around<'c>(ctx: &'c Context, tree: &Tree, words: &[usize]) -> Option<&'c Country> {
    let named = |&i: &usize| {
        let written = tree.form(i).starts_with(char::is_uppercase);
        let name = tree.sentence.name_at(i).filter(|n| written && n.kind == NameKind::Loc && n.tokens.start == i)?;
        let span = tree.name_span(name);
        let place = ctx.atlas.place(ctx.slice(span), span)?;
        ctx.lexicon.countries.by_code(place.country.as_deref()?)
    };
    words.iter().find_map(named)
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
