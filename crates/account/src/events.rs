//! The same occurrence in several reports.

use crate::days::Days;
use crate::item::{Item, Keys, Same};
use crate::parties::{Match, Parties};
use crate::words::{fold, likeness, stems};
use onrecord_record::{Event, EventType, Factuality, Measure, Place, Precision, Record, Value};
use onrecord_text::Document;
use std::collections::BTreeSet;

/// From this score on two mentions are one event.
const SAME: f64 = 3.0;
/// Days in a bucket of the search.
const BUCKET: i32 = 4;
/// How long before its publication a report's undated event may lie, and how far ahead one that is planned.
const BEFORE: i32 = 7;
const AHEAD: i32 = 30;
/// Two towns farther apart than this are two places.
const NEAR_KM: f64 = 50.0;

/// An event of one report, as it is compared with those of others.
#[derive(Clone, Debug)]
pub struct Mention {
    kind: EventType,
    mode: Option<String>,
    actors: Parties,
    recipients: Parties,
    /// When, where the report says it to within a month.
    date: Option<Days>,
    /// When it may have been, by the day of publication.
    around: Option<Days>,
    place: Option<Spot>,
    factuality: Factuality,
    figures: BTreeSet<(Measure, String)>,
    words: BTreeSet<String>,
}

#[derive(Clone, Debug)]
struct Spot {
    name: String,
    country: Option<String>,
    at: Option<(f64, f64)>,
    /// A town or a building: what lies elsewhere is another.
    exact: bool,
}

impl Mention {
    /// What the report tells of the event.
    pub fn new(document: &Document, record: &Record, event: &Event) -> Self {
        let date = event.date.as_deref().and_then(|d| Days::parse(d, document.published)).filter(|d| d.length() <= 31);
        let around = document.published.map(|day| {
            let Days { first, last } = Days::of(day);
            let ahead = if event.factuality == Factuality::Actual { 1 } else { AHEAD };
            Days { first: first - BEFORE, last: last + ahead }
        });
        let parties = |ids| Parties::new(document, record, ids);
        let (mut actors, mut recipients) = (parties(&event.actors), parties(&event.recipients));
        if is_reciprocal(event.kind) {
            actors = actors.and(std::mem::take(&mut recipients));
        }
        let evidence = event.evidence.iter().map(|&span| document.slice(span)).collect::<Vec<_>>().join(" ");
        let figures = event.figures.iter().filter_map(|id| record.figures.iter().find(|f| f.id == *id));
        Mention {
            kind: event.kind,
            mode: event.mode.clone(),
            actors,
            recipients,
            date,
            around,
            place: event.place.as_ref().map(spot),
            factuality: event.factuality,
            figures: figures.map(|f| (f.measure, value(&f.value))).collect(),
            words: stems(&evidence),
        }
    }

    fn compare_days(&self, other: &Mention, tally: &mut Tally) -> Option<()> {
        match (self.date, other.date) {
            (Some(a), Some(b)) if a.meets(b, 0) => {
                tally.add(if a.length().min(b.length()) <= 3 { 1.5 } else { 0.8 }, || "same date".into())
            }
            // Midnight, another time zone: a day apart.
            (Some(a), Some(b)) => a.meets(b, 1).then(|| tally.add(0.7, || "dates a day apart".into()))?,
            (Some(a), None) => other.around.is_none_or(|b| a.meets(b, 0)).then(|| tally.add(0.4, || "date fits".into()))?,
            (None, Some(b)) => self.around.is_none_or(|a| a.meets(b, 0)).then(|| tally.add(0.4, || "date fits".into()))?,
            (None, None) => match (self.around, other.around) {
                (Some(a), Some(b)) if (a.first - b.first).abs() <= 3 => tally.add(0.5, || "published in the same days".into()),
                (Some(a), Some(b)) => a.meets(b, 0).then_some(())?,
                _ => {}
            },
        }
        Some(())
    }

    /// True when the places speak for it.
    fn compare_places(&self, other: &Mention, tally: &mut Tally) -> Option<bool> {
        let (Some(a), Some(b)) = (&self.place, &other.place) else { return Some(false) };
        if a.country.is_some() && b.country.is_some() && a.country != b.country {
            return None;
        }
        if a.name == b.name {
            tally.add(if a.exact { 1.5 } else { 1.0 }, || format!("same place, {}", a.name));
            return Some(true);
        }
        match (a.at, b.at) {
            (Some(x), Some(y)) if a.exact && b.exact => {
                let near = kilometres(x, y) <= NEAR_KM;
                near.then(|| tally.add(1.0, || format!("{} is near {}", a.name, b.name)))?;
                Some(true)
            }
            _ if a.exact && b.exact => {
                // Two names of which the map knows one at most: another town, or another spelling.
                tally.score -= 0.5;
                Some(false)
            }
            _ => {
                tally.add(if a.country.is_some() && a.country == b.country { 0.5 } else { 0.0 }, || "same country".into());
                Some(false)
            }
        }
    }

    /// True when the parties speak for it.
    fn compare_parties(&self, other: &Mention, tally: &mut Tally) -> Option<bool> {
        let actors = self.actors.compare(&other.actors);
        let recipients = self.recipients.compare(&other.recipients);
        for (match_, who, weight) in [(actors, "doers", 1.5), (recipients, "those it is done to", 1.2)] {
            match match_ {
                Match::Differ => return None,
                Match::Apart => tally.score -= 0.5,
                Match::Open => {}
                Match::Word => tally.add(0.3 * weight, || format!("{who} of one word")),
                Match::Country => tally.add(0.6 * weight, || format!("{who} of one country")),
                Match::Named => tally.add(weight, || format!("same {who}")),
            }
        }
        Some(actors >= Match::Country || recipients >= Match::Country)
    }

    fn buckets(&self) -> std::ops::RangeInclusive<i32> {
        match self.date.or(self.around) {
            Some(days) => (days.first - 1).div_euclid(BUCKET)..=(days.last + 1).div_euclid(BUCKET),
            None => -1..=-1,
        }
    }
}

impl Item for Mention {
    /// Type and days together with two of doers, those it is done to
    /// and place; one that has only one of these finds, and is found by, all that share it.
    fn keys(&self) -> Keys {
        let sides = [
            ('a', self.actors.features()),
            ('r', self.recipients.features()),
            ('p', self.place.iter().map(|p| p.name.clone()).collect()),
        ];
        let features: Vec<(char, String)> =
            sides.into_iter().flat_map(|(side, of)| of.into_iter().map(move |f| (side, f))).collect();
        let bare = features.iter().map(|(side, _)| side).collect::<BTreeSet<_>>().len() < 2;
        let (mut under, mut finds) = (Vec::new(), Vec::new());
        for bucket in self.buckets() {
            let key = |what: &str| format!("{} {bucket} {what}", self.kind);
            for (i, (side, feature)) in features.iter().enumerate() {
                let (alone, among) = (key(&format!("alone {side} {feature}")), key(&format!("among {side} {feature}")));
                under.push(if bare { alone.clone() } else { among.clone() });
                finds.push(alone);
                if bare {
                    finds.push(among);
                }
                for (other, second) in features[i + 1..].iter().filter(|(other, _)| other != side) {
                    let both = key(&format!("{side} {feature} {other} {second}"));
                    under.push(both.clone());
                    finds.push(both);
                }
            }
        }
        Keys { under, finds }
    }

    fn same(&self, other: &Mention) -> Option<Same> {
        if self.kind != other.kind {
            return None;
        }
        let mut tally = Tally::default();
        self.compare_days(other, &mut tally)?;
        let placed = self.compare_places(other, &mut tally)?;
        let party = self.compare_parties(other, &mut tally)?;
        let numbers = self.figures.intersection(&other.figures).count();
        tally.add(if numbers > 0 { 1.0 } else { 0.0 }, || "same numbers".into());
        match (&self.mode, &other.mode) {
            (Some(a), Some(b)) if a == b => tally.add(0.5, || format!("mode {a}")),
            (Some(_), Some(_)) => tally.score -= 0.7,
            _ => {}
        }
        if (self.factuality == Factuality::Negated) != (other.factuality == Factuality::Negated) {
            tally.score -= 0.5;
        }
        let alike = likeness(&self.words, &other.words);
        tally.add(2.0 * alike, || format!("{:.0} % of the words", 100.0 * alike));
        let enough = tally.score >= SAME && (placed || party || numbers > 0);
        enough.then_some(Same { score: tally.score, why: tally.why })
    }

    /// Another time, another town, another country's doing.
    fn cannot_be(&self, other: &Mention) -> bool {
        let mut tally = Tally::default();
        self.kind != other.kind
            || self.compare_days(other, &mut tally).is_none()
            || self.compare_places(other, &mut tally).is_none()
            || self.compare_parties(other, &mut tally).is_none()
    }
}

#[derive(Default)]
struct Tally {
    score: f64,
    why: Vec<String>,
}

impl Tally {
    fn add(&mut self, points: f64, why: impl FnOnce() -> String) {
        if points > 0.0 {
            self.score += points;
            self.why.push(why());
        }
    }
}

/// Types whose parties are all actors (codebook, section 2).
fn is_reciprocal(kind: EventType) -> bool {
    matches!(kind, EventType::Consult | EventType::Cooperate | EventType::Agree)
}

fn spot(place: &Place) -> Spot {
    Spot {
        name: place.geonames.map_or_else(|| fold(&place.name), |id| format!("geonames {id}")),
        country: place.country.clone(),
        at: place.lat.zip(place.lon),
        exact: matches!(place.precision, Some(Precision::Point | Precision::City) | None),
    }
}

fn value(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
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
