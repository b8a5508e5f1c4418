//! Cities, regions and waters by name.

use super::table::{Layers, LexiconError, Table};
use onrecord_record::Precision;
use std::collections::HashMap;

/// A place on the map that is no country.
#[derive(Debug, Clone, PartialEq)]
pub struct City {
    /// Usual English name.
    pub name: String,
    /// Country it lies in; none where it lies in several or is disputed.
    pub iso3: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Town or something larger.
    pub precision: Precision,
}

/// All of them, with their names indexed.
#[derive(Default)]
pub struct Cities {
    all: Vec<City>,
    names: HashMap<String, usize>,
}

impl Cities {
    /// Reads `cities.tsv`.
    ///
    /// # Errors
    /// When a row has no name, an unknown kind or a coordinate that is no number.
    pub fn parse(text: Layers) -> Result<Self, LexiconError> {
        let mut cities = Cities::default();
        for row in Table::parse("cities.tsv", text)?.rows() {
            let coordinate = |column| row.parsed::<f64>(column)?.ok_or_else(|| row.fault(format!("column {column} is empty")));
            let precision = match row.get("kind") {
                "city" => Precision::City,
                "region" | "area" | "water" => Precision::Region,
                _ => return Err(row.fault("a place needs a kind: city, region, area or water".into())),
            };
            if row.get("name").is_empty() {
                return Err(row.fault("a place needs a name".into()));
            }
            let iso3 = Some(row.get("iso3").to_string()).filter(|code| !code.is_empty());
            let city = City { name: row.get("name").into(), iso3, lat: coordinate("lat")?, lon: coordinate("lon")?, precision };
            for name in std::iter::once(row.get("name")).chain(row.list("aliases")) {
                // The first place of a name is the one that news means without saying more.
                cities.names.entry(name.into()).or_insert(cities.all.len());
            }
            cities.all.push(city);
        }
        Ok(cities)
    }

    /// The place of this name as written.
    pub fn by_name(&self, name: &str) -> Option<&City> {
        self.names.get(name).map(|&row| &self.all[row])
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn every_place_lies_in_a_known_country_and_on_earth() {
        let lexicon = Lexicon::builtin();
        for city in &lexicon.cities.all {
            assert!(city.iso3.as_ref().is_none_or(|code| lexicon.countries.by_code(code).is_some()), "{city:?}");
            assert!(city.lat.abs() <= 90.0 && city.lon.abs() <= 180.0, "{city:?}");
        }
        assert_eq!(lexicon.cities.by_name("Ar Raqqah").map(|c| c.name.as_str()), Some("Raqqa"));
    }
}
