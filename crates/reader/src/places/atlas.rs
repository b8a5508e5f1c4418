//! The places that a report names, put on the map together: which *Tripoli* or *Springfield* is meant shows in what else it names.

use super::{at, listed};
use crate::lexicon::Lexicon;
use crate::lexicon::gazetteer::{Class, Spot};
use crate::tree::Tree;
use onrecord_language::NameKind;
use onrecord_record::{Place, Precision};
use onrecord_text::Span;
use std::collections::BTreeMap;

/// Share of the names of countries and places that makes one country the report's own, and how much of them there must be.
const HOME_SHARE: f64 = 0.6;
const LEAST_HOME: f64 = 2.0;

/// What a report's names of places mean.
#[derive(Default)]
pub struct Atlas {
    /// By name as written.
    meant: BTreeMap<String, Place>,
    /// Names whose place the words behind them say (*Paris, Texas*), by their first byte.
    said: BTreeMap<usize, Place>,
    home: Option<String>,
}

/// A name of a place in the text.
struct Named<'t> {
    words: &'t str,
    span: Span,
    /// The name behind a comma: *Texas* in *Paris, Texas*.
    within: Option<&'t str>,
}

/// How much the report speaks of each country and division, as shares of all it names.
#[derive(Clone, Default)]
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

    /// The country that most names point to.
    fn home(&self) -> Option<String> {
        let (country, weight) = self.countries.iter().max_by(|a, b| a.1.total_cmp(b.1))?;
        (*weight >= LEAST_HOME && *weight >= HOME_SHARE * self.all).then(|| country.clone())
    }

    fn division(&self, number: u16) -> f64 {
        self.divisions.get(&number).map_or(0.0, |w| w / self.all.max(3.0))
    }
}

impl Atlas {
    /// Reads all names of places of a report.
    pub fn new(text: &str, trees: &[Tree], lexicon: &Lexicon) -> Self {
        let mut weights = Weights::default();
        for tree in trees {
            let capital = |t: &usize| tree.form(*t).starts_with(char::is_uppercase);
            for country in (0..tree.len()).filter(capital).filter_map(|t| lexicon.countries.by_demonym(tree.form(t))) {
                weights.add(&country.iso3, 0, 0.5);
            }
        }
        // Each name is looked up once, however often the report writes it.
        let mut named: BTreeMap<(&str, Option<&str>), Vec<Span>> = BTreeMap::new();
        for name in names(text, trees) {
            if let Some(country) = lexicon.countries.by_name(name.words) {
                weights.add(&country.iso3, 0, 1.0);
            }
            named.entry((name.words, name.within)).or_default().push(name.span);
        }
        let looked: Vec<Looked> = named
            .iter()
            .map(|(&(words, within), spans)| {
                let within = within.map(|w| Within::new(lexicon, w));
                Looked { words, within, spans, spots: candidates(lexicon, words) }
            })
            .collect();
        // What is certain so far tells what the rest means; then all of it is looked at again.
        let mut second = weights.clone();
        // Countries were weighed by their own names; their namesakes elsewhere (Lebanon, Georgia) must not be.
        for name in looked.iter().filter(|name| lexicon.countries.by_name(name.words).is_none()) {
            let spot = name.best(&weights);
            let listed = lexicon.cities.by_name(name.words).and_then(|city| city.iso3.as_deref()).filter(|_| name.within.is_none());
            let country = listed.or(spot.map(|s| s.country));
            let division = spot.filter(|s| Some(s.country) == country).map_or(0, |s| s.division);
            country.into_iter().for_each(|c| second.add(c, division, name.spans.len() as f64));
        }
        let mut atlas = Atlas { home: second.home(), ..Atlas::default() };
        // Whether the place that a name stands for so far was said to be it, and how often it was named.
        let mut mentions: BTreeMap<&str, (bool, usize)> = BTreeMap::new();
        for name in &looked {
            let spot = name.best(&second);
            let place = on_map(lexicon, name.words, spot, &name.spots);
            if place.country.is_none() && place.lat.is_none() {
                continue;
            }
            // Said once with its state, it is the same one elsewhere; a list (Paris, Berlin and Rome) says nothing.
            let said = name.within.as_ref().zip(spot).is_some_and(|(within, spot)| within.holds(spot));
            if said {
                atlas.said.extend(name.spans.iter().map(|span| (span.start, place.clone())));
            }
            let weight = (said, name.spans.len());
            if mentions.get(name.words).is_none_or(|most| weight > *most) {
                mentions.insert(name.words, weight);
                atlas.meant.insert(name.words.to_owned(), place);
            }
        }
        atlas
    }

    /// The country that the report is about, where it is about one.
    pub fn home(&self) -> Option<&str> {
        self.home.as_deref()
    }

    /// The place that these words at this span mean.
    pub fn place(&self, words: &str, span: Span) -> Option<Place> {
        self.said.get(&span.start).filter(|p| p.name == words).or_else(|| self.meant.get(words)).cloned()
    }
}

fn names<'t>(text: &'t str, trees: &[Tree<'t>]) -> Vec<Named<'t>> {
    let mut named = Vec::new();
    for tree in trees {
        for (i, name) in tree.sentence.names.iter().enumerate().filter(|(_, n)| n.kind == NameKind::Loc) {
            let next = tree.sentence.names.get(i + 1);
            let comma = name.tokens.end < tree.len() && tree.form(name.tokens.end) == ",";
            let within = next.filter(|n| comma && n.tokens.start == name.tokens.end + 1).map(|n| &text[tree.name_span(n).range()]);
            let span = tree.name_span(name);
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

/// A name with all that can be known of it by itself.
struct Looked<'t> {
    words: &'t str,
    within: Option<Within<'t>>,
    spans: &'t [Span],
    spots: Vec<Spot>,
}

/// What the name behind a comma can be: a country, or divisions.
struct Within<'t> {
    country: Option<&'t str>,
    divisions: Vec<u16>,
}

impl<'t> Within<'t> {
    fn new(lexicon: &'t Lexicon, words: &str) -> Self {
        let divisions = lexicon.gazetteer.find(words).into_iter().filter(|s| s.class == Class::Division);
        Within {
            country: lexicon.countries.by_name(words).map(|c| c.iso3.as_str()),
            divisions: divisions.map(|s| s.division).collect(),
        }
    }

    fn holds(&self, spot: &Spot) -> bool {
        self.country == Some(spot.country) || self.divisions.contains(&spot.division)
    }
}

impl Looked<'_> {
    /// The likeliest place of this name: large, in a country and a division that the report speaks of, where it is said to be.
    fn best(&self, weights: &Weights) -> Option<&Spot> {
        let score = |spot: &Spot| {
            let country = weights.country(spot.country);
            let mut score = 0.5 * log(spot.people) + 4.0 * country + 4.0 * weights.division(spot.division);
            if spot.other_name {
                score -= 1.5;
            }
            // A small town far from all else the report names is a false friend.
            if spot.people < 15_000 && country == 0.0 {
                score -= 3.0;
            }
            if spot.class == Class::Division {
                // A province is mostly called so; its bare name means the town that it is named after, where there is one.
                let town = |s: &Spot| s.class == Class::Town && s.division == spot.division && s.people >= 15_000 && !s.other_name;
                score += if self.spots.iter().any(town) { -1.0 } else { 0.5 };
            }
            if self.within.as_ref().is_some_and(|w| w.holds(spot)) {
                score += 8.0;
            }
            score
        };
        let scored = self.spots.iter().map(|spot| (score(spot), spot));
        scored.max_by(|(a, s), (b, t)| a.total_cmp(b).then(t.id.cmp(&s.id))).map(|(_, spot)| spot)
    }
}

/// Natural logarithm to within 0.06, by arithmetic that is the same on every machine, which the C library's is not.
fn log(people: u32) -> f64 {
    let n = people.max(1);
    let whole = n.ilog2();
    (f64::from(whole) + f64::from(n) / f64::from(1u32 << whole) - 1.0) * std::f64::consts::LN_2
}

/// The tables of the lexicon, which people wrote, come before the gazetteer; their places get its ids.
fn on_map(lexicon: &Lexicon, words: &str, spot: Option<&Spot>, spots: &[Spot]) -> Place {
    let table = listed(lexicon, words, words.strip_prefix("the ").unwrap_or(words));
    if let Some(mut place) = table.filter(|place| !is_elsewhere(place, spot)) {
        let own = match place.precision {
            Some(Precision::Country) => {
                let name = place.country.as_deref().and_then(|code| lexicon.countries.by_code(code)).map_or(words, |c| &c.name);
                lexicon
                    .gazetteer
                    .find(name)
                    .into_iter()
                    .find(|s| s.class == Class::Country && place.country.as_deref() == Some(s.country))
            }
            _ => spots.iter().find(|spot| near(&place, spot)).copied(),
        };
        place.geonames = own.and_then(|spot| spot.id);
        return place;
    }
    match spot {
        None => Place { name: words.to_owned(), ..Place::default() },
        Some(spot) => {
            let precision = if spot.class == Class::Town { Precision::City } else { Precision::Region };
            Place { geonames: spot.id, ..at(words, Some(spot.country), spot.lat, spot.lon, precision) }
        }
    }
}

fn near(place: &Place, spot: &Spot) -> bool {
    let close = |a: Option<f64>, b: f64| a.is_some_and(|a| (a - b).abs() < 0.5);
    close(place.lat, spot.lat) && close(place.lon, spot.lon)
}

/// The report means a large namesake in another country, not the place of the tables.
fn is_elsewhere(place: &Place, spot: Option<&Spot>) -> bool {
    let listed = place.precision != Some(Precision::Country);
    listed
        && spot
            .is_some_and(|s| !near(place, s) && place.country.as_deref() != Some(s.country) && s.people > 200_000 && !s.other_name)
}
