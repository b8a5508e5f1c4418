//! The same occurrence in several reports.

use crate::days::Days;
use crate::item::{Item, Keys, Same};
use crate::parties::{Cast, Match, Parties};
use crate::topic::Topic;
use crate::words::{Bag, fold, stems, words};
use onrecord_record::{Actor, ActorKind, Event, EventType, Factuality, Id, Measure, Place, Precision, Record, Sector, Value};
use onrecord_text::Document;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// From this score on two mentions are one event.
const SAME: f64 = 3.0;
/// Days in a bucket of the search.
const BUCKET: i32 = 4;
/// How long before its publication a report's undated event may lie, and how far ahead one that is planned.
const BEFORE: i32 = 7;
const AHEAD: i32 = 30;
/// What is done by saying it is told at once, or with its date.
const BEFORE_SAID: i32 = 3;
/// Days that a date may span and still be one.
const MONTH: i32 = 31;
/// Share of the words from which two acts of speech are one though reported days apart or with doers that cannot be compared.
const SAID_ALIKE: f64 = 0.5;
/// Two towns farther apart than this are two places.
const NEAR_KM: f64 = 50.0;
/// A town or province farther than this from the middle of another province hardly lies in it.
const WITHIN_KM: f64 = 150.0;

/// An event of one report, as it is compared with those of others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mention {
    kind: EventType,
    mode: Option<String>,
    actors: Parties,
    recipients: Parties,
    /// When, where the report says it to within a month.
    date: Option<Days>,
    /// True when the report says that it went on for longer than a month.
    lasting: bool,
    /// When it may have been, by the day of publication.
    around: Option<Days>,
    place: Option<Spot>,
    factuality: Factuality,
    figures: BTreeSet<(Measure, String)>,
    /// Which of several of its kind: the *second* round.
    turn: Option<usize>,
    words: Bag,
    /// The report it stands in.
    story: Arc<Story>,
    /// True for the first event of its type in its report, which most often is what the report is about.
    leads: bool,
}

/// What a report is about: what it does not say of each event again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Story {
    topic: Topic,
    /// Where the first event is that it places, if that is a town.
    place: Option<Spot>,
    /// The actor that published it, where one did: what a release says in its own voice is said with it.
    issuer: Option<Id>,
}

impl Story {
    /// Of a report.
    pub fn new(document: &Document, record: &Record) -> Self {
        let first = record.events.iter().find_map(|e| e.place.as_ref()).map(spot);
        let outlet = document.outlet.as_deref().map(fold);
        let issued = |a: &&Actor| a.sector != Some(Sector::Jrn) && outlet.as_ref() == Some(&fold(&a.name));
        let issuer = record.actors.iter().find(issued).map(|a| a.id.clone());
        Story { topic: Topic::new(document), place: first.filter(|spot| spot.exact), issuer }
    }

    /// True for what its publisher, or the state whose office that is, does in it by its own word.
    fn speaks(&self, event: &Event, record: &Record) -> bool {
        let actor = |id: &Id| record.actors.iter().find(|a| a.id == *id);
        let Some(issuer) = self.issuer.as_ref().and_then(actor) else { return false };
        let same =
            |a: &Actor| a.id == issuer.id || (a.country.is_some() && a.country == issuer.country && a.kind != ActorKind::Person);
        event.given_by.is_empty() && event.actors.iter().filter_map(actor).any(same)
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Spot {
    name: String,
    country: Option<String>,
    at: Option<(f64, f64)>,
    /// A town or a building: what lies elsewhere is another.
    exact: bool,
    /// A whole country.
    wide: bool,
    /// As written, and as a word of a sentence.
    written: String,
    stem: String,
}

impl Spot {
    /// Two places of which one at least is a province, too far apart for one to lie in the other.
    fn far(&self, other: &Spot) -> bool {
        let narrow = !(self.wide || other.wide || (self.exact && other.exact));
        narrow && self.at.zip(other.at).is_some_and(|(a, b)| kilometres(a, b) > WITHIN_KM)
    }

    /// Whether two towns are near each other; none where the map does not know both.
    fn near(&self, other: &Spot) -> Option<bool> {
        let (a, b) = (self.at.filter(|_| self.exact)?, other.at.filter(|_| other.exact)?);
        Some(kilometres(a, b) <= NEAR_KM)
    }
}

impl Mention {
    /// What the report tells of the event.
    pub fn new(document: &Document, record: &Record, event: &Event, story: &Arc<Story>, cast: &Cast) -> Self {
        let date = event.date.as_deref().and_then(|d| Days::parse(d, document.published));
        let released = || document.published.filter(|_| is_verbal(event.kind) && story.speaks(event, record)).map(Days::of);
        let date = date.or_else(released);
        let lasting = date.is_some_and(|d| d.length() > MONTH);
        let around = document.published.map(|day| {
            let Days { first, last } = Days::of(day);
            let ahead = if event.factuality == Factuality::Actual { 1 } else { AHEAD };
            let before = if is_verbal(event.kind) { BEFORE_SAID } else { BEFORE };
            Days { first: first - before, last: last + ahead }
        });
        let parties = |ids| Parties::new(cast, ids);
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
            date: date.filter(|_| !lasting),
            lasting,
            around,
            place: event.place.as_ref().map(spot),
            factuality: event.factuality,
            figures: figures.map(|f| (f.measure, value(&f.value))).collect(),
            turn: turn(document.slice(event.trigger)),
            words: Bag::new(&evidence),
            story: Arc::clone(story),
            leads: record.events.iter().find(|e| e.kind == event.kind).is_some_and(|e| e.id == event.id),
        }
    }

    fn compare_days(&self, other: &Mention, tally: &mut Tally) -> Option<()> {
        if self.lasting != other.lasting {
            // What went on for months is no attack of one day.
            let day = self.date.or(other.date).is_some_and(|d| d.length() <= 3);
            if day && self.kind == EventType::Assault {
                return None;
            }
            tally.score -= 1.0;
        }
        match (self.date, other.date) {
            (Some(a), Some(b)) if a.meets(b, 0) => {
                tally.add(if a.length().min(b.length()) <= 3 { 1.5 } else { 0.8 }, || "same date".into())
            }
            // Midnight, another time zone: a day apart.
            (Some(a), Some(b)) => a.meets(b, 1).then(|| tally.add(0.3, || "dates a day apart".into()))?,
            (Some(a), None) => other.around.is_none_or(|b| a.meets(b, 0)).then(|| tally.add(0.4, || "date fits".into()))?,
            (None, Some(b)) => self.around.is_none_or(|a| a.meets(b, 0)).then(|| tally.add(0.4, || "date fits".into()))?,
            (None, None) => match (self.around, other.around) {
                (Some(a), Some(b)) if (a.first - b.first).abs() <= 3 => tally.add(0.5, || "published in the same days".into()),
                (Some(a), Some(b)) => a.meets(b, 0).then_some(())?,
                // Nothing says when: what happens often is told in the same words every time.
                _ => tally.score -= 2.0,
            },
        }
        Some(())
    }

    /// True when the places speak for it.
    fn compare_places(&self, other: &Mention, tally: &mut Tally) -> Option<bool> {
        let (Some(a), Some(b)) = (&self.place, &other.place) else { return Some(self.compare_stories(other, tally)) };
        if a.country.is_some() && b.country.is_some() && a.country != b.country {
            return None;
        }
        if a.name == b.name {
            tally.add(if a.exact { 1.5 } else { 1.0 }, || format!("same place, {}", a.name));
            return Some(true);
        }
        match a.near(b) {
            Some(near) => {
                near.then(|| tally.add(1.0, || format!("{} is near {}", a.name, b.name)))?;
                Some(true)
            }
            None if a.exact && b.exact => {
                // Two names of which the map knows one at most: another town, or another spelling.
                tally.score -= 0.5;
                Some(false)
            }
            None if a.far(b) => {
                tally.score -= 1.0;
                Some(false)
            }
            // A province, but the sentence names the town.
            None if self.names_town(b) || other.names_town(a) => {
                tally.add(1.0, || "one names the place of the other".into());
                Some(true)
            }
            None => {
                tally.add(if a.country.is_some() && a.country == b.country { 0.5 } else { 0.0 }, || "same country".into());
                Some(false)
            }
        }
    }

    /// Its own words name this town.
    fn names_town(&self, place: &Spot) -> bool {
        place.exact && self.words.has(&place.stem)
    }

    /// Where one of them names no place, the town that its sentence names, or that its report is about, stands for it.
    fn compare_stories(&self, other: &Mention, tally: &mut Tally) -> bool {
        let named = |of: &Mention, by: &Mention| of.place.as_ref().is_some_and(|place| by.names_town(place));
        if named(self, other) || named(other, self) {
            tally.add(1.0, || "one names the place of the other".into());
            return true;
        }
        let reported = |a: &Mention, b: &Mention| {
            a.place.is_none() && a.leads && b.place.as_ref().is_some_and(|p| p.exact && a.story.topic.names(&p.written))
        };
        let spot = |m: &Mention| m.place.clone().filter(|p| p.exact).or_else(|| m.story.place.clone());
        let (Some(a), Some(b)) = (spot(self), spot(other)) else {
            if reported(self, other) || reported(other, self) {
                tally.add(0.6, || "one report names the place of the other".into());
            }
            return false;
        };
        if a.name == b.name {
            tally.add(0.6, || format!("reports on {}", a.written));
            return is_reciprocal(self.kind) && self.date.is_some() && other.date.is_some();
        } else if self.turn.is_some() && self.turn == other.turn {
            return false;
        } else if a.far(&b) || (a.exact && b.exact && a.near(&b) != Some(true)) {
            tally.score -= 1.0;
        }
        false
    }

    /// True when both are the same one of a row: the second round. The first and the second are two.
    fn compare_turns(&self, other: &Mention, tally: &mut Tally) -> Option<bool> {
        match (self.turn, other.turn) {
            (Some(a), Some(b)) if a == b => {
                tally.add(0.8, || "the same of a row".into());
                Some(true)
            }
            (Some(_), Some(_)) => None,
            _ => Some(false),
        }
    }

    /// True when the parties speak for it.
    fn compare_parties(&self, other: &Mention, tally: &mut Tally) -> Option<bool> {
        let actors = self.actors.compare(&other.actors);
        let recipients = self.recipients.compare(&other.recipients);
        for (match_, who, weight) in [(actors, "doers", 1.5), (recipients, "those it is done to", 1.2)] {
            match match_ {
                Match::Differ if self.hosts(other) || other.hosts(self) => {}
                Match::Differ | Match::Apart
                    if who != "doers" && (self.suffers_as_place(other) || other.suffers_as_place(self)) => {}
                Match::Differ if is_reciprocal(self.kind) => tally.score -= 1.5,
                Match::Differ => return None,
                Match::Apart if is_verbal(self.kind) && who == "doers" => tally.score -= 1.5,
                Match::Apart => tally.score -= 0.5,
                Match::Open => {}
                Match::Word => tally.add(0.3 * weight, || format!("{who} of one word")),
                Match::Country => tally.add(0.6 * weight, || format!("{who} of one country")),
                Match::Named => tally.add(weight, || format!("same {who}")),
            }
        }
        Some(actors >= Match::Country || recipients >= Match::Country)
    }

    /// The only party of one is the country in which the other meets: a capital that stands for the place, not for the government.
    fn hosts(&self, other: &Mention) -> bool {
        let country = other.place.as_ref().and_then(|p| p.country.as_deref());
        is_reciprocal(self.kind) && country.is_some_and(|country| self.actors.all_of(country))
    }

    /// It is done to nobody but the state in which it happens: *a strike on a market in western Sudan* says where, not to whom.
    fn suffers_as_place(&self, other: &Mention) -> bool {
        let country = self.place.as_ref().or(other.place.as_ref()).and_then(|p| p.country.as_deref());
        !is_verbal(self.kind) && country.is_some_and(|country| self.recipients.all_state(country))
    }

    /// Both count the same thing and not alike. Tolls do not tell events apart: they rise.
    fn counts_otherwise(&self, other: &Mention) -> bool {
        let toll =
            |m: Measure| matches!(m, Measure::Killed | Measure::Injured | Measure::Missing | Measure::Displaced | Measure::Rescued);
        let counted: BTreeSet<Measure> = other.figures.iter().map(|(measure, _)| *measure).collect();
        self.figures.iter().any(|(measure, _)| !toll(*measure) && counted.contains(measure))
    }

    /// Both undated, in reports of different days.
    fn far_apart(&self, other: &Mention) -> bool {
        let days = self.around.zip(other.around).map_or(0, |(a, b)| (a.last - b.last).abs());
        self.date.is_none() && other.date.is_none() && days > 1
    }

    /// Both have doers, and they are not known to be the same.
    fn unlike_doers(&self, other: &Mention) -> bool {
        !self.actors.is_empty() && !other.actors.is_empty() && self.actors.compare(&other.actors) < Match::Word
    }

    /// Two of doers, those it is done to and place; one that has only one of these finds, and is found by, all that share it.
    fn sides(&self) -> Shared {
        let sides = [
            ('a', self.actors.features()),
            ('r', self.recipients.features()),
            ('p', self.place.iter().map(|p| p.name.clone()).collect()),
        ];
        let features: Vec<(char, String)> =
            sides.into_iter().flat_map(|(side, of)| of.into_iter().map(move |f| (side, f))).collect();
        let bare = features.iter().map(|(side, _)| side).collect::<BTreeSet<_>>().len() < 2;
        let mut shared = Shared::default();
        for (i, (side, feature)) in features.iter().enumerate() {
            let (alone, among) = (format!("alone {side} {feature}"), format!("among {side} {feature}"));
            shared.under.push(if bare { alone.clone() } else { among.clone() });
            shared.finds.push(alone);
            if bare {
                shared.finds.push(among);
            }
            for (other, second) in features[i + 1..].iter().filter(|(other, _)| other != side) {
                shared.both.push(format!("{side} {feature} {other} {second}"));
            }
        }
        shared
    }

    fn buckets(&self) -> std::ops::RangeInclusive<i32> {
        match self.date.or(self.around) {
            Some(days) => (days.first - 1).div_euclid(BUCKET)..=(days.last + 1).div_euclid(BUCKET),
            None => -1..=-1,
        }
    }
}

impl Item for Mention {
    /// Type and days together with what may be shared: a town, two of doers, those it is done to and place, or the words of what is said.
    fn keys(&self) -> Keys {
        let mut shared = self.sides();
        shared.both.extend(self.place.iter().filter(|p| p.exact).map(|p| format!("at {}", p.name)));
        shared.under.extend(self.place.iter().filter(|p| p.exact).map(|p| format!("in {}", p.written)));
        if is_reciprocal(self.kind) && self.place.is_none() && self.date.is_some() {
            shared.both.extend(self.story.place.iter().map(|p| format!("at {}", p.name)));
        }
        if self.leads && self.place.is_none() {
            shared.finds.extend(self.story.topic.first().iter().map(|name| format!("in {name}")));
        }
        if is_verbal(self.kind) || self.kind == EventType::Agree {
            shared.both.extend(self.words.pairs(4).into_iter().map(|pair| format!("words {pair}")));
        }
        shared.both.extend(self.turn.map(|turn| format!("turn {turn}")));
        let mut keys = Keys::default();
        for bucket in self.buckets() {
            let key = |what: &String| format!("{} {bucket} {what}", self.kind);
            keys.under.extend(shared.under.iter().chain(&shared.both).map(key));
            keys.finds.extend(shared.finds.iter().chain(&shared.both).map(key));
        }
        keys
    }

    fn same(&self, other: &Mention) -> Option<Same> {
        if self.kind != other.kind {
            return None;
        }
        let mut tally = Tally::default();
        self.compare_days(other, &mut tally)?;
        let placed = self.compare_places(other, &mut tally)?;
        let party = self.compare_parties(other, &mut tally)?;
        let turn = self.compare_turns(other, &mut tally)?;
        let numbers = self.figures.intersection(&other.figures).count();
        tally.add(if numbers > 0 { 1.0 } else { 0.0 }, || "same numbers".into());
        if numbers == 0 && self.counts_otherwise(other) {
            tally.score -= 1.0;
        }
        match (&self.mode, &other.mode) {
            (Some(a), Some(b)) if a == b => tally.add(0.5, || format!("mode {a}")),
            (Some(_), Some(_)) => tally.score -= 0.7,
            _ => {}
        }
        // An offer and an offer with terms are two.
        let terms = (self.factuality == Factuality::Conditional) != (other.factuality == Factuality::Conditional);
        if terms && (is_verbal(self.kind) || self.kind == EventType::Agree) {
            tally.score -= 1.5;
        }
        if (self.factuality == Factuality::Negated) != (other.factuality == Factuality::Negated) {
            tally.score -= 0.5;
        }
        let alike = self.words.likeness(&other.words);
        if is_verbal(self.kind) && alike < SAID_ALIKE && numbers == 0 && (self.far_apart(other) || self.unlike_doers(other)) {
            return None;
        }
        tally.add(2.0 * alike, || format!("{:.0} % of the words", 100.0 * alike));
        let topic = self.story.topic.shared(&other.story.topic);
        tally.add(if topic >= 0.3 { 1.5 * topic } else { 0.0 }, || format!("{:.0} % of the reports' names", 100.0 * topic));
        // What a body asks or blames first is no more what the report is about than what it asks next.
        let leads = self.leads && other.leads && topic >= 0.5 && !is_verbal(self.kind);
        tally.add(if leads { 0.5 } else { 0.0 }, || "what both reports are about".into());
        let enough = tally.score >= SAME && (placed || party || turn || numbers > 0 || (self.leads && other.leads && topic >= 0.5));
        enough.then_some(Same { score: tally.score, why: tally.why })
    }

    /// Another time, another town, another country's doing.
    fn cannot_be(&self, other: &Mention) -> bool {
        let mut tally = Tally::default();
        self.kind != other.kind
            || self.compare_days(other, &mut tally).is_none()
            || self.compare_places(other, &mut tally).is_none()
            || self.compare_parties(other, &mut tally).is_none()
            || self.compare_turns(other, &mut tally).is_none()
    }

    /// Of one place, or done to the same side without two counts of its losses; and nothing tells the two apart.
    fn told_again(&self, other: &Mention) -> bool {
        let mut tally = Tally::default();
        let fits = self.kind == other.kind && !is_verbal(self.kind) && self.mode == other.mode && !self.cannot_be(other);
        let apart = |a: &Parties, b: &Parties| a.compare(b) < Match::Open;
        let hosted = self.suffers_as_place(other) || other.suffers_as_place(self);
        if !fits || apart(&self.actors, &other.actors) || (!hosted && apart(&self.recipients, &other.recipients)) {
            return false;
        }
        // Talks and a meeting of the same days.
        let meets = is_reciprocal(self.kind) && self.date.is_some() && other.date.is_some();
        let counted = |m: &Mention| m.figures.iter().map(|(measure, _)| *measure).collect::<BTreeSet<_>>();
        let counts_twice = !counted(self).is_disjoint(&counted(other)) && self.figures.is_disjoint(&other.figures);
        let suffers = self.recipients.compare(&other.recipients) >= Match::Country;
        self.compare_places(other, &mut tally) == Some(true) || meets || (suffers && !counts_twice)
    }
}

/// What others may share: filed under, looked for, or both.
#[derive(Default)]
struct Shared {
    under: Vec<String>,
    finds: Vec<String>,
    both: Vec<String>,
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

/// Types that are done by saying something.
fn is_verbal(kind: EventType) -> bool {
    use EventType::{Accuse, Reject, Request, Support, Threaten};
    matches!(kind, Accuse | Reject | Request | Support | Threaten)
}

/// Types whose parties are all actors (codebook, section 2).
fn is_reciprocal(kind: EventType) -> bool {
    matches!(kind, EventType::Consult | EventType::Cooperate | EventType::Agree)
}

/// Which of a row its trigger says it is.
fn turn(trigger: &str) -> Option<usize> {
    const ORDINALS: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    words(trigger).find_map(|word| ORDINALS.iter().position(|ordinal| *ordinal == word))
}

fn spot(place: &Place) -> Spot {
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
