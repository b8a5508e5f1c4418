//! Whether two mentions tell of one occurrence: what speaks for it, point by point, and what rules it out.

use crate::days::Days;
use crate::events::{Mention, is_reciprocal, is_verbal};
use crate::parties::{Match, Parties};
use crate::spot::Spot;
use onrecord_record::{EventType, Factuality, Measure};
use std::collections::BTreeSet;

/// From this score on two mentions are one event.
const SAME: f64 = 2.7;
/// Share of the words from which two acts of speech are one though reported days apart or with doers that cannot be compared.
const SAID_ALIKE: f64 = 0.5;
/// Days from which a date is no day.
const WEEK: i32 = 7;
/// Share of the words below which two deals or promises are hardly one.
const AGREED_ALIKE: f64 = 0.1;
const DATE: &str = "another date";

/// A comparison, or what rules out that both are one.
pub(crate) type Weighed<T> = Result<T, &'static str>;

impl Mention {
    fn compare_days(&self, other: &Mention, tally: &mut Tally) -> Weighed<()> {
        if self.lasting != other.lasting {
            // What went on for months is no attack of one day.
            let day = self.date.or(other.date).is_some_and(|d| d.length() <= 3);
            if day && self.kind == EventType::Assault {
                return Err("another length of time");
            }
            tally.score -= 1.0;
        }
        match (self.date, other.date) {
            (Some(a), Some(b)) if a.meets(b, 0) => {
                tally.add(if a.length().min(b.length()) <= 3 { 1.5 } else { 0.8 }, || "same date".into())
            }
            // A week ago, told by the day: hardly to the day.
            (Some(a), Some(b)) if a.meets(b, 1) && a.length().max(b.length()) >= WEEK => tally.add(0.8, || "dates fit".into()),
            // Midnight, another time zone: a day apart.
            (Some(a), Some(b)) if a.meets(b, 1) => tally.add(0.3, || "dates a day apart".into()),
            (Some(_), Some(_)) => return Err(DATE),
            (Some(day), None) => other.compare_undated(day, tally)?,
            (None, Some(day)) => self.compare_undated(day, tally)?,
            (None, None) => match (self.around, other.around) {
                (Some(_), Some(_)) if self.published_within(3, other) => tally.add(0.5, || "published in the same days".into()),
                (Some(a), Some(b)) if a.meets(b, 0) => {}
                (Some(_), Some(_)) => return Err(DATE),
                // Nothing says when: what happens often is told in the same words every time.
                _ => tally.score -= 2.0,
            },
        }
        Ok(())
    }

    fn published_within(&self, days: i32, other: &Mention) -> bool {
        self.published.zip(other.published).is_some_and(|(a, b)| (a - b).abs() <= days)
    }

    /// Without a date of its own, against the date of the other.
    fn compare_undated(&self, day: Days, tally: &mut Tally) -> Weighed<()> {
        if self.around.is_some_and(|around| !around.meets(day, 0)) {
            return Err(DATE);
        }
        // News is of the day on which it is told, or of the day before.
        let news = self.published.is_some_and(|told| !self.recalled && Days { first: told - 1, last: told }.meets(day, 0));
        tally.add(if news && day.length() <= 2 { 0.8 } else { 0.4 }, || "date fits".into());
        Ok(())
    }

    /// True when the places speak for it.
    fn compare_places(&self, other: &Mention, tally: &mut Tally) -> Weighed<bool> {
        let (Some(a), Some(b)) = (&self.place, &other.place) else { return Ok(self.compare_stories(other, tally)) };
        if a.country.is_some() && b.country.is_some() && a.country != b.country {
            return Err("another country");
        }
        if a.name == b.name {
            tally.add(if a.exact { 1.5 } else { 1.0 }, || format!("same place, {}", a.name));
            return Ok(true);
        }
        match a.near(b) {
            Some(true) => {
                tally.add(1.0, || format!("{} is near {}", a.name, b.name));
                Ok(true)
            }
            Some(false) => Err("another town"),
            None if a.exact && b.exact => {
                // Two names of which the map knows one at most: another town, or another spelling.
                tally.score -= 0.5;
                Ok(false)
            }
            None if a.far(b) => {
                tally.score -= 1.0;
                Ok(false)
            }
            // A province, but the sentence names the town.
            None if self.names_town(b) || other.names_town(a) => {
                tally.add(1.0, || "one names the place of the other".into());
                Ok(true)
            }
            None => {
                tally.add(if a.country.is_some() && a.country == b.country { 0.5 } else { 0.0 }, || "same country".into());
                Ok(false)
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
            let often = self.kind == EventType::Assault || is_verbal(self.kind);
            return (is_reciprocal(self.kind) && self.date.is_some() && other.date.is_some()) || (!often && self.same_day(other));
        } else if self.turn.is_some() && self.turn == other.turn {
            return false;
        } else if a.far(&b) || (a.exact && b.exact && a.near(&b) != Some(true)) {
            tally.score -= 1.0;
        }
        false
    }

    /// True when both are the same one of a row: the second round. The first and the second are two.
    fn compare_turns(&self, other: &Mention, tally: &mut Tally) -> Weighed<bool> {
        match (self.turn, other.turn) {
            (Some(a), Some(b)) if a == b => {
                tally.add(1.2, || "the same of a row".into());
                Ok(true)
            }
            (Some(_), Some(_)) => Err("another of a row"),
            _ => Ok(false),
        }
    }

    /// True when the parties speak for it.
    fn compare_parties(&self, other: &Mention, tally: &mut Tally) -> Weighed<bool> {
        let actors = self.actors.compare(&other.actors);
        let recipients = self.recipients.compare(&other.recipients);
        for (match_, who, weight) in [(actors, "doers", 1.5), (recipients, "those it is done to", 1.2)] {
            match match_ {
                Match::Differ if self.hosts(other) || other.hosts(self) => {}
                Match::Differ | Match::Apart
                    if who != "doers" && (self.suffers_as_place(other) || other.suffers_as_place(self)) => {}
                Match::Differ if is_reciprocal(self.kind) => tally.score -= 1.5,
                Match::Differ => return Err("other parties"),
                Match::Apart if is_verbal(self.kind) && who == "doers" => tally.score -= 1.5,
                Match::Apart => tally.score -= 0.5,
                Match::Open => {}
                Match::Word => tally.add(0.3 * weight, || format!("{who} of one word")),
                Match::Country => tally.add(0.6 * weight, || format!("{who} of one country")),
                Match::Named => tally.add(weight, || format!("same {who}")),
            }
        }
        let enough = if self.same_day(other) { Match::Word } else { Match::Country };
        Ok(actors >= enough || recipients >= enough)
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
        let toll = |m: Measure| {
            matches!(
                m,
                Measure::Killed | Measure::Injured | Measure::Missing | Measure::Displaced | Measure::Rescued | Measure::Detained
            )
        };
        let counted: BTreeSet<Measure> = other.figures.iter().map(|(measure, _)| *measure).collect();
        self.figures.iter().any(|(measure, _)| !toll(*measure) && counted.contains(measure))
    }

    /// Both undated, in reports of different days.
    fn far_apart(&self, other: &Mention) -> bool {
        self.date.is_none()
            && other.date.is_none()
            && self.published.is_some()
            && other.published.is_some()
            && !self.published_within(1, other)
    }

    /// Both have doers, and they are not known to be the same.
    fn unlike_doers(&self, other: &Mention) -> bool {
        !self.actors.is_empty() && !other.actors.is_empty() && self.actors.compare(&other.actors) < Match::Word
    }

    /// What speaks for both being one event, or what rules it out.
    pub(crate) fn weigh(&self, other: &Mention) -> Weighed<Tally> {
        if self.kind != other.kind {
            return Err("another type");
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
            (Some(a), Some(b)) if a == b => {
                // Those of violence say with what, others what was done.
                tally
                    .add(if (self.kind == EventType::Assault && a != "abduct") || is_verbal(self.kind) { 0.5 } else { 0.8 }, || {
                        format!("mode {a}")
                    })
            }
            (Some(a), Some(b)) if !alike(a, b) => tally.score -= 0.7,
            _ => {}
        }
        // An offer and an offer with terms are two.
        let terms = (self.factuality == Factuality::Conditional) != (other.factuality == Factuality::Conditional);
        if terms && (is_verbal(self.kind) || self.kind == EventType::Agree) {
            tally.score -= 2.5;
        }
        if (self.factuality == Factuality::Negated) != (other.factuality == Factuality::Negated) {
            tally.score -= 0.5;
        }
        let words = self.words.likeness(&other.words);
        // *The demand that* says again what was asked.
        let again = (self.recalled || other.recalled) && self.words.shared(&other.words) >= SAID_ALIKE;
        if is_verbal(self.kind)
            && !again
            && words < SAID_ALIKE
            && numbers == 0
            && (self.far_apart(other) || self.unlike_doers(other))
        {
            return Err("other words");
        }
        if self.judges_otherwise(other) {
            tally.score -= 2.5;
        }
        // Parties promise each other many things.
        if self.kind == EventType::Agree && words < AGREED_ALIKE {
            tally.score -= 0.5;
        }
        tally.add(2.0 * words, || format!("{:.0} % of the words", 100.0 * words));
        let topic = self.story.topic.shared(&other.story.topic);
        tally.add(if topic >= 0.3 { 1.5 * topic } else { 0.0 }, || format!("{:.0} % of the reports' names", 100.0 * topic));
        // What a body asks or blames first is no more what the report is about than what it asks next.
        let leads = self.leads && other.leads && topic >= 0.5 && !is_verbal(self.kind);
        tally.add(if leads { 0.5 } else { 0.0 }, || "what both reports are about".into());
        // "the bombing of the market in Taiz", "Malta's demand"
        let known = (self.recalled || other.recalled) && (placed || party);
        tally.add(if known { 0.5 } else { 0.0 }, || "taken as known".into());
        // What is done once in a story is told by its day; of many attacks of a day the first told is what the report is about.
        let single = if self.kind == EventType::Assault { self.leads || other.leads } else { !is_verbal(self.kind) };
        let of_day = topic >= 0.5 && single && self.same_day(other);
        tally.add(if of_day { 0.5 } else { 0.0 }, || "of one day of one story".into());
        tally.grounded = of_day || placed || party || turn || numbers > 0 || (self.leads && other.leads && topic >= 0.5);
        Ok(tally)
    }

    /// What is condemned or praised without a date of its own, in reports on what happened on two days.
    fn judges_otherwise(&self, other: &Mention) -> bool {
        let judges = matches!(self.kind, EventType::Accuse | EventType::Support) && self.date.is_none() && other.date.is_none();
        judges && self.story.day.zip(other.story.day).is_some_and(|(a, b)| !a.meets(b, 1))
    }

    /// Both are dated, to within a day or a night, alike.
    fn same_day(&self, other: &Mention) -> bool {
        let day = |d: &Days| d.length() <= 2;
        self.date.filter(day).zip(other.date.filter(day)).is_some_and(|(a, b)| a.meets(b, 0))
    }

    /// Another time, another town, another country's doing.
    pub(crate) fn ruled_out(&self, other: &Mention) -> bool {
        let mut tally = Tally::default();
        self.kind != other.kind
            || self.compare_days(other, &mut tally).is_err()
            || self.compare_places(other, &mut tally).is_err()
            || self.compare_parties(other, &mut tally).is_err()
            || self.compare_turns(other, &mut tally).is_err()
    }

    /// Of one place, or done to the same side without two counts of its losses; and nothing tells the two apart.
    pub(crate) fn told_twice(&self, other: &Mention) -> bool {
        let mut tally = Tally::default();
        let fits = self.kind == other.kind && !is_verbal(self.kind) && self.mode == other.mode && !self.ruled_out(other);
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
        self.compare_places(other, &mut tally) == Ok(true) || meets || (suffers && !counts_twice)
    }
}
/// What speaks for two mentions being one.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) score: f64,
    pub(crate) why: Vec<String>,
    /// True when place, parties, a number or a report's subject is among it: time and words alone are not enough.
    grounded: bool,
}

impl Tally {
    /// True when it is enough.
    pub(crate) fn suffices(&self) -> bool {
        self.grounded && self.score >= SAME
    }

    /// What it comes to, in words.
    pub(crate) fn told(&self) -> String {
        let ground = if self.grounded { "" } else { ", no ground" };
        format!("{:.1} of {SAME}{ground}: {}", self.score, self.why.join("; "))
    }

    fn add(&mut self, points: f64, why: impl FnOnce() -> String) {
        if points > 0.0 {
            self.score += points;
            self.why.push(why());
        }
    }
}

/// Modes that reports of one act take for each other: what is thrown from the air, what goes off.
fn alike(a: &str, b: &str) -> bool {
    const NEAR: [&[&str]; 3] =
        [&["aerial", "drone", "heavy-weapons"], &["explosives", "suicide-attack"], &["firearms", "explosives"]];
    NEAR.iter().any(|near| near.contains(&a) && near.contains(&b))
}
