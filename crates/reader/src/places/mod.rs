//! Where something happens.

mod atlas;

pub use atlas::Atlas;

use crate::context::Context;
use crate::lexicon::{Lexicon, NounSet};
use crate::tree::Tree;
use onrecord_language::{Deprel, NameKind, Upos};
use onrecord_record::{Place, Precision};
use onrecord_text::Span;

/// The place of the predicate or noun at token `t` of sentence `s`, when its clause names one: its own, else that of a clause which
/// governs it without reporting it.
pub fn of(ctx: &Context, s: usize, t: usize) -> Option<Place> {
    let tree = ctx.trees.get(s).filter(|tree| t < tree.len())?;
    let named = named_places(ctx, s);
    let mut at = t;
    for _ in 0..8 {
        let here = named.iter().filter(|n| n.stands != at && hangs_on(tree, n.stands, at)).min_by_key(|n| n.stands.abs_diff(at));
        if let Some(found) = here {
            return Some(resolve(ctx, found.span));
        }
        match tree.rel(at) {
            Deprel::Ccomp | Deprel::Parataxis | Deprel::Csubj | Deprel::CsubjPass | Deprel::Root => return None,
            _ => at = tree.head(at)?,
        }
    }
    None
}

/// Every name of a place in the report.
pub fn all(ctx: &Context) -> Vec<(Span, Place)> {
    let mut found = Vec::new();
    for tree in &ctx.trees {
        for name in tree.sentence.names.iter().filter(|n| n.kind == NameKind::Loc) {
            let span = tree.name_span(name);
            found.push((span, resolve(ctx, span)));
        }
    }
    found
}

/// A place named in a phrase that says where.
struct Named {
    span: Span,
    /// Head of the phrase with the preposition: *coast* in *off the coast of Aceh*.
    stands: usize,
}

/// The places of a sentence that stand behind a preposition of place.
fn named_places(ctx: &Context, s: usize) -> Vec<Named> {
    let tree = &ctx.trees[s];
    let mut found = Vec::new();
    for name in &tree.sentence.names {
        let words = ctx.slice(tree.name_span(name));
        let known = ctx.lexicon.cities.by_name(words).is_some() || ctx.lexicon.countries.by_name(words).is_some();
        // A name behind "near" is a place whatever it looks like.
        let near = name.tokens.start > 0 && is_nearness(tree.lower(name.tokens.start - 1));
        if name.kind != NameKind::Loc && !known && !near {
            continue;
        }
        let inside = |i: usize| name.tokens.contains(&i);
        let Some(head) = name.tokens.clone().find(|&i| tree.head(i).is_none_or(|h| !inside(h))) else { continue };
        // "Mecca, Saudi Arabia", "Idlib in Syria": the narrower place stands for both.
        let wider = matches!(tree.rel(head), Deprel::Appos | Deprel::Conj)
            && tree
                .head(head)
                .is_some_and(|h| tree.upos(h) == Upos::Propn && found.iter().any(|n: &Named| n.span.contains(tree.token(h).span)));
        if wider && tree.rel(head) == Deprel::Appos {
            continue;
        }
        let Some(stands) = stands_where(ctx.lexicon, tree, head) else { continue };
        let mut span = tree.name_span(name);
        // "in Syria and Iraq" is one place as written.
        if let Some(first) = found.last_mut().filter(|n| wider && n.stands == tree.first_conjunct(head)) {
            first.span = first.span.cover(span);
            continue;
        }
        if tree.form(name.tokens.start).eq_ignore_ascii_case("the") && name.tokens.len() > 1 {
            span = tree.token(name.tokens.start + 1).span.cover(span);
        }
        found.push(Named { span, stands });
    }
    found
}

/// The head of the phrase of place that the name `head` stands in, if it stands in one.
fn stands_where(lexicon: &Lexicon, tree: &Tree, head: usize) -> Option<usize> {
    let mut at = tree.first_conjunct(head);
    for _ in 0..4 {
        if tree.children_by(at, &[Deprel::Case]).any(|c| is_locative(lexicon, tree, at, c)) {
            return Some(at);
        }
        // "the town of Dabiq", "Idlib province", "the coast of Aceh": the phrase around the name says where.
        let within = matches!(
            tree.rel(at),
            Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss | Deprel::Flat | Deprel::Appos | Deprel::NmodDesc
        );
        let up = tree.head(at).filter(|&h| within && is_area(lexicon, tree, h))?;
        at = up;
    }
    None
}

/// A preposition that says where something is.
fn is_locative(lexicon: &Lexicon, tree: &Tree, noun: usize, case: usize) -> bool {
    match tree.lower(case) {
        "in" | "at" | "near" | "outside" | "inside" | "around" | "across" | "within" | "throughout" | "off" | "over" | "above"
        | "along" | "beyond" | "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest"
        | "between" | "towards" | "toward" => true,
        "on" | "into" | "from" | "to" => is_area(lexicon, tree, noun) || tree.upos(noun) == Upos::Propn && tree.lower(case) == "on",
        _ => false,
    }
}

/// Prepositions that only places stand behind.
fn is_nearness(word: &str) -> bool {
    matches!(word, "near" | "outside" | "around" | "throughout")
}

/// Pieces of land and water that carry a name behind *of* or beside them.
fn is_area(lexicon: &Lexicon, tree: &Tree, noun: usize) -> bool {
    lexicon.noun_sets.has(NounSet::Area, tree.lower(noun)) || lexicon.noun_sets.has(NounSet::Area, tree.lemma(noun))
}

/// True when the phrase headed by `stands` says where `at` is: as its dependent, or through its object or subject.
fn hangs_on(tree: &Tree, stands: usize, at: usize) -> bool {
    let Some(governor) = tree.head(stands) else { return false };
    if governor == at {
        // A phrase with a preposition is no subject, even where the parse calls it one.
        return !matches!(tree.rel(stands), Deprel::Conj | Deprel::Acl | Deprel::Advcl | Deprel::Parataxis);
    }
    // "drove a car full of explosives into a station in the city": an adjective behind its noun keeps nothing to itself.
    let postposed = |adj: usize| tree.rel(adj) == Deprel::Amod && tree.head(adj).is_some_and(|noun| noun < adj);
    if tree.rel(stands) == Deprel::Obl && postposed(governor) {
        return tree.head(governor) == Some(at) || tree.head(governor).and_then(|noun| tree.head(noun)) == Some(at);
    }
    tree.rel(stands) == Deprel::Nmod
        && tree.head(governor) == Some(at)
        && matches!(tree.rel(governor), Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Nsubj | Deprel::NsubjPass)
}

/// A name as a place, with country and coordinates where they are known.
pub fn resolve(ctx: &Context, span: Span) -> Place {
    let name = ctx.slice(span);
    ctx.atlas.place(name, span).unwrap_or_else(|| by_tables(ctx.lexicon, name))
}

/// As the tables of the lexicon know it, also by the name inside longer words.
fn by_tables(lexicon: &Lexicon, name: &str) -> Place {
    let mut core = name.trim();
    let nowhere = || Place { name: name.to_owned(), ..Place::default() };
    loop {
        if let Some(place) = listed(lexicon, name, core) {
            return place;
        }
        // "northern Syria", "Idlib province": the name alone.
        let shorter = match (core.split_once(' '), core.rsplit_once(' ')) {
            (Some((first, rest)), _)
                if first.ends_with("ern") || first.eq_ignore_ascii_case("the") || first.eq_ignore_ascii_case("central") =>
            {
                rest
            }
            (_, Some((rest, last)))
                if last.starts_with(char::is_lowercase)
                    || matches!(last, "Province" | "Oblast" | "Region" | "City" | "District" | "Governorate" | "State") =>
            {
                rest
            }
            _ => return nowhere(),
        };
        core = shorter;
    }
}

/// The country, town, region or seat of government (*the White House*: in its capital) that the tables call `core`.
fn listed(lexicon: &Lexicon, name: &str, core: &str) -> Option<Place> {
    if let Some(country) = lexicon.countries.by_name(core) {
        return Some(at(name, Some(&country.iso3), country.lat, country.lon, Precision::Country));
    }
    if let Some(city) = lexicon.cities.by_name(core) {
        return Some(at(name, city.iso3.as_deref(), city.lat, city.lon, city.precision));
    }
    let capital = lexicon.cities.by_name(&lexicon.countries.by_seat(core)?.capital)?;
    Some(at(name, capital.iso3.as_deref(), capital.lat, capital.lon, Precision::City))
}

fn at(name: &str, country: Option<&str>, lat: f64, lon: f64, precision: Precision) -> Place {
    Place {
        name: name.to_owned(),
        country: country.map(str::to_owned),
        lat: Some(lat),
        lon: Some(lon),
        geonames: None,
        precision: Some(precision),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_on_the_map() {
        let lexicon = Lexicon::builtin();
        let place = by_tables(&lexicon, "Kryvyi Rih");
        assert_eq!((place.country.as_deref(), place.lat), (Some("UKR"), Some(47.91)));
        assert_eq!(by_tables(&lexicon, "northern Syria").country.as_deref(), Some("SYR"));
        assert_eq!(by_tables(&lexicon, "Idlib province").country.as_deref(), Some("SYR"));
        assert_eq!(by_tables(&lexicon, "Nowhere Hill").country, None);
    }
}
