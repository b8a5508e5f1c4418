//! Where an event was.

use crate::words::{fold, stems};
use onrecord_record::{Place, Precision};
use serde::{Deserialize, Serialize};

/// Two towns farther apart than this are two places.
const NEAR_KM: f64 = 50.0;
/// A town or province farther than this from the middle of another province hardly lies in it.
const WITHIN_KM: f64 = 150.0;

/// A place as it is compared.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Spot {
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) at: Option<(f64, f64)>,
    /// A town or a building: what lies elsewhere is another.
    pub(crate) exact: bool,
    /// A whole country.
    pub(crate) wide: bool,
    /// As written, and as a word of a sentence.
    pub(crate) written: String,
    pub(crate) stem: String,
}

impl Spot {
    /// Of a place that a record names.
    pub(crate) fn new(place: &Place) -> Self {
        Spot {
            name: place.geonames.map_or_else(|| fold(&place.name), |id| format!("geonames {id}")),
            country: place.country.clone(),
            at: place.lat.zip(place.lon),
            exact: matches!(place.precision, Some(Precision::Point | Precision::City) | None),
            wide: place.precision == Some(Precision::Country),
            written: fold(&place.name),
            stem: stems(&place.name).into_iter().next().unwrap_or_default(),
        }
    }

    /// Two places of which one at least is a province, too far apart for one to lie in the other.
    pub(crate) fn far(&self, other: &Spot) -> bool {
        let narrow = !(self.wide || other.wide || (self.exact && other.exact));
        narrow && self.at.zip(other.at).is_some_and(|(a, b)| kilometres(a, b) > WITHIN_KM)
    }

    /// Whether two towns are near each other; none where the map does not know both.
    pub(crate) fn near(&self, other: &Spot) -> Option<bool> {
        let (a, b) = (self.at.filter(|_| self.exact)?, other.at.filter(|_| other.exact)?);
        Some(kilometres(a, b) <= NEAR_KM)
    }
}

/// Distance on the map, good enough for towns of one region. Plain arithmetic only, which is the same on every machine: the cosine is
/// Bhaskara's, within 0.2 %.
fn kilometres((a, b): (f64, f64), (c, d): (f64, f64)) -> f64 {
    const DEGREE: f64 = 111.2;
    let middle = ((a + c) / 2.0).to_radians();
    let pi2 = std::f64::consts::PI * std::f64::consts::PI;
    let cosine = (pi2 - 4.0 * middle * middle) / (pi2 + middle * middle);
    let turn = (b - d).abs();
    let (north, east) = ((a - c) * DEGREE, turn.min(360.0 - turn) * DEGREE * cosine);
    (north * north + east * east).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let (kyiv, lviv, bila_tserkva) = ((50.45, 30.52), (49.84, 24.03), (49.80, 30.12));
        assert!((kilometres(kyiv, lviv) - 468.0).abs() < 10.0);
        assert!((kilometres(kyiv, bila_tserkva) - 78.0).abs() < 5.0);
    }
}
