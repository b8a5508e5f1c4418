//! The places that a report names, put on the map together: which *Tripoli* or *Springfield* is meant shows in what else it names.

use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::{Class, Spot};
use crate::tree::Tree;
use onrecord_language::NameKind;
use onrecord_record::Place;
use onrecord_text::Span;
use std::collections::BTreeMap;

/// What a report's names of places mean.
#[derive(Default)]
pub struct Atlas {
    /// By name as written.
    meant: BTreeMap<String, Place>,
    /// Names whose place the words behind them say (*Paris, Texas*), by their first byte.
    said: BTreeMap<usize, Place>,
}

/// A name of a place in the text.
struct Named<'t> {
    words: &'t str,
    span: Span,
    /// The name behind a comma: *Texas* in *Paris, Texas*.
    within: Option<&'t str>,
}

/// How much the report speaks of each country and division, as shares of all it names.
#[derive(Default)]
struct Weights {
    countries: BTreeMap<String, f64>,
    divisions: BTreeMap<u16, f64>,
    all: f64,
}

impl Weights {
    fn add(&mut self, country: &str, division: u16, weight: f64) {
        *self.countries.entry(country.to_owned()).or_default() += weight;
        if division != 0 {
            *self.divisions.entry(division).or_default() += weight;
        }
        self.all += weight;
    }

    fn country(&self, code: &str) -> f64 {
        self.countries.get(code).map_or(0.0, |w| w / self.all.max(3.0))
    }

    fn division(&self, number: u16) -> f64 {
        self.divisions.get(&number).map_or(0.0, |w| w / self.all.max(3.0))
    }
}

impl Atlas {
    /// Reads all names of places of a report.
    pub fn new(text: &str, trees: &[Tree], lexicon: &Lexicon) -> Self {
        let named = names(text, trees);
        let mut weights = Weights::default();
        for tree in trees {
            for t in 0..tree.len() {
                if let Some(country) = lexicon.countries.by_demonym(tree.form(t)) {
                    weights.add(&country.iso3, 0, 0.5);
                }
            }
        }
        for name in &named {
            if let Some(country) = lexicon.countries.by_name(name.words) {
                weights.add(&country.iso3, 0, 1.0);
            }
        }
        // What is certain so far tells what the rest means; then all of it is looked at again.
        let candidates: Vec<Vec<Spot>> = named.iter().map(|name| candidates(lexicon, name.words)).collect();
        let mut second = Weights { countries: weights.countries.clone(), all: weights.all, ..Weights::default() };
        for (name, spots) in named.iter().zip(&candidates) {
            if let Some(spot) = best(lexicon, spots, name, &weights) {
                second.add(spot.country, spot.division, 1.0);
            }
        }
        let mut atlas = Atlas::default();
        for (name, spots) in named.iter().zip(&candidates) {
            let place = on_map(lexicon, name.words, best(lexicon, spots, name, &second));
            if place.country.is_none() && place.lat.is_none() {
                continue;
            }
            if name.within.is_some() {
                atlas.said.insert(name.span.start, place.clone());
                // Said once with its state, it is the same one elsewhere.
                atlas.meant.insert(name.words.to_owned(), place);
            } else {
                atlas.meant.entry(name.words.to_owned()).or_insert(place);
            }
        }
        atlas
    }

    /// The place that these words at this span mean.
    pub fn place(&self, words: &str, span: Span) -> Option<Place> {
        self.said.get(&span.start).filter(|p| p.name == words).or_else(|| self.meant.get(words)).cloned()
    }
}

fn names<'t>(text: &'t str, trees: &[Tree<'t>]) -> Vec<Named<'t>> {
    let mut named = Vec::new();
    for tree in trees {
        let span_of = |tokens: &std::ops::Range<usize>| tree.token(tokens.start).span.cover(tree.token(tokens.end - 1).span);
        for (i, name) in tree.sentence.names.iter().enumerate().filter(|(_, n)| n.kind == NameKind::Loc) {
            let next = tree.sentence.names.get(i + 1);
            let comma = name.tokens.end < tree.len() && tree.form(name.tokens.end) == ",";
            let within = next.filter(|n| comma && n.tokens.start == name.tokens.end + 1).map(|n| &text[span_of(&n.tokens).range()]);
            let span = span_of(&name.tokens);
            named.push(Named { words: &text[span.range()], span, within });
        }
    }
    named
}

/// Candidates of a name: countries stand in tables of their own.
fn candidates(lexicon: &Lexicon, words: &str) -> Vec<Spot> {
    let core = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
    lexicon.gazetteer.find(core).into_iter().filter(|s| s.class != Class::Country).collect()
}

/// The likeliest of them.
fn best<'s>(lexicon: &Lexicon, spots: &'s [Spot], name: &Named, weights: &Weights) -> Option<&'s Spot> {
    let within = name.within.map(|w| (lexicon.countries.by_name(w).map(|c| c.iso3.as_str()), lexicon.gazetteer.find(w)));
    let score = |spot: &Spot| {
        let country = weights.country(spot.country);
        let mut score = 0.5 * f64::from(spot.people.max(1)).ln() + 4.0 * country + 4.0 * weights.division(spot.division);
        if spot.other_name {
            score -= 1.5;
        }
        // A small town far from all else the report names is a false friend.
        if spot.people < 15_000 && country == 0.0 {
            score -= 3.0;
        }
        if spot.class == Class::Division {
            score += 0.5;
        }
        if let Some((country, divisions)) = &within {
            let inside = *country == Some(spot.country)
                || divisions.iter().any(|d| d.class == Class::Division && d.division == spot.division && d.country == spot.country);
            score += if inside { 8.0 } else { 0.0 };
        }
        score
    };
    spots.iter().max_by(|a, b| score(a).total_cmp(&score(b)).then(b.id.cmp(&a.id)))
}

/// The tables of the lexicon, which people wrote, come before the gazetteer; their places get its ids.
fn on_map(lexicon: &Lexicon, words: &str, spot: Option<&Spot>) -> Place {
    let mut place = Place { name: words.to_owned(), ..Place::default() };
    if let Some(country) = lexicon.countries.by_name(words) {
        place.country = Some(country.iso3.clone());
        (place.lat, place.lon) = (Some(country.lat), Some(country.lon));
        let own =
            lexicon.gazetteer.find(&country.name).into_iter().find(|s| s.class == Class::Country && s.country == country.iso3);
        place.geonames = own.and_then(|s| s.id);
        return place;
    }
    let city = lexicon.cities.by_name(words);
    if let Some(city) = city {
        let near = |s: &&Spot| (s.lat - city.lat).abs() < 0.5 && (s.lon - city.lon).abs() < 0.5;
        let elsewhere = spot.is_some_and(|s| !near(&s) && city.iso3.as_deref() != Some(s.country) && s.people > 200_000);
        if !elsewhere {
            place.country.clone_from(&city.iso3);
            (place.lat, place.lon) = (Some(city.lat), Some(city.lon));
            place.geonames = candidates(lexicon, words).iter().find(near).and_then(|s| s.id);
            return place;
        }
    }
    if let Some(spot) = spot {
        place.country = Some(spot.country.to_owned());
        (place.lat, place.lon) = (Some(spot.lat), Some(spot.lon));
        place.geonames = spot.id;
    }
    place
}
