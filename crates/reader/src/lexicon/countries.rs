//! Countries by their names, their people, and the places that stand for their governments.

use super::table::{Layers, LexiconError, Table};
use std::collections::HashMap;

/// A country or much-named territory.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-3.
    pub iso3: String,
    /// Usual short English name.
    pub name: String,
    /// Capital; empty where there is none.
    pub capital: String,
    /// Latitude of a point near the middle.
    pub lat: f64,
    /// Longitude of a point near the middle.
    pub lon: f64,
}

/// All countries, with their names indexed.
#[derive(Default)]
pub struct Countries {
    all: Vec<Country>,
    names: Index,
    demonyms: Index,
    seats: Index,
}

/// Words as written → row. Capitalised headlines (*UKRAINE*) are found as well, unless they are as short as an acronym.
#[derive(Default)]
struct Index {
    written: HashMap<String, usize>,
    lower: HashMap<String, usize>,
}

/// Names of at most this many letters are acronyms when in capitals: *US* is no *us*, *CHAD* may be Chad.
const LONGEST_ACRONYM: usize = 3;

impl Index {
    /// The first row that claims a name keeps it.
    fn insert(&mut self, name: &str, row: usize) {
        self.written.entry(name.to_string()).or_insert(row);
        if name.chars().count() > LONGEST_ACRONYM {
            self.lower.entry(name.to_lowercase()).or_insert(row);
        }
    }

    fn get(&self, words: &str) -> Option<usize> {
        let words = without_article(words);
        let shouted = !words.chars().any(char::is_lowercase);
        self.written.get(words).or_else(|| shouted.then(|| self.lower.get(&words.to_lowercase()))?).copied()
    }
}

/// *the Kremlin* → *Kremlin*; *The Hague* is kept as it is in the table.
fn without_article(words: &str) -> &str {
    match words.split_once(' ') {
        Some((article, rest)) if article.eq_ignore_ascii_case("the") && rest != "Hague" => rest,
        _ => words,
    }
}

impl Countries {
    /// Reads `countries.tsv`.
    ///
    /// # Errors
    /// When a row has no code, no name or a coordinate that is no number.
    pub fn parse(text: Layers) -> Result<Self, LexiconError> {
        let table = Table::parse("countries.tsv", text)?;
        let mut countries = Countries::default();
        for (row, cells) in table.rows().enumerate() {
            let coordinate = |column| cells.parsed::<f64>(column)?.ok_or_else(|| cells.fault(format!("column {column} is empty")));
            let country = Country {
                iso3: cells.get("iso3").into(),
                name: cells.get("name").into(),
                capital: cells.get("capital").into(),
                lat: coordinate("lat")?,
                lon: coordinate("lon")?,
            };
            if country.iso3.len() != 3 || country.name.is_empty() {
                return Err(cells.fault("a country needs a three-letter code and a name".into()));
            }
            for name in std::iter::once(cells.get("name")).chain(cells.list("aliases")) {
                countries.names.insert(name, row);
            }
            for name in cells.list("demonyms") {
                countries.demonyms.insert(name, row);
            }
            for name in cells.list("capital").chain(cells.list("seats")) {
                countries.seats.insert(name, row);
            }
            countries.all.push(country);
        }
        Ok(countries)
    }

    /// The country of this name or alias (*Ukraine*, *the U.S.*, *DPRK*). Words as written: *US* is a country, *us* is not.
    pub fn by_name(&self, words: &str) -> Option<&Country> {
        self.names.get(words).map(|row| &self.all[row])
    }

    /// The country whose adjective or people this is (*Ukrainian*, *Ukrainians*).
    pub fn by_demonym(&self, words: &str) -> Option<&Country> {
        self.demonyms.get(words).map(|row| &self.all[row])
    }

    /// The country whose capital or seat of government this is (*Kyiv*, *the Kremlin*, *Downing Street*).
    pub fn by_seat(&self, words: &str) -> Option<&Country> {
        self.seats.get(words).map(|row| &self.all[row])
    }

    /// The country with this ISO 3166-1 alpha-3 code.
    pub fn by_code(&self, iso3: &str) -> Option<&Country> {
        self.all.iter().find(|c| c.iso3 == iso3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn code(country: Option<&Country>) -> &str {
        country.map_or("", |c| &c.iso3)
    }

    #[test]
    fn names_people_and_seats() {
        let countries = Lexicon::builtin().countries;
        assert_eq!(code(countries.by_name("Ukraine")), "UKR");
        assert_eq!(code(countries.by_name("the U.S.")), "USA");
        assert_eq!(code(countries.by_name("UKRAINE")), "UKR");
        assert_eq!(code(countries.by_name("us")), "");
        assert_eq!(code(countries.by_demonym("Russians")), "RUS");
        assert_eq!(code(countries.by_seat("the Kremlin")), "RUS");
        assert_eq!(code(countries.by_seat("The Hague")), "NLD");
        assert_eq!(countries.by_code("FRA").map(|c| c.capital.as_str()), Some("Paris"));
    }

    #[test]
    fn every_code_stands_once() {
        let countries = Lexicon::builtin().countries;
        let mut codes: Vec<_> = countries.all.iter().map(|c| &c.iso3).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), countries.all.len());
    }
}
