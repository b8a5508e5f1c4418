//! The same occurrence in several reports.

use crate::days::{Days, date, number};
use crate::item::{Item, Keys, Same};
use crate::parties::{Cast, Parties};
use crate::spot::Spot;
use crate::story::Story;
use crate::weigh::Tally;
use crate::words::{Bag, words};
use onrecord_record::{Event, EventType, Factuality, Measure, Record, Value};
use onrecord_text::Document;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Days in a bucket of the search.
const BUCKET: i32 = 4;
/// How long before its publication a report's undated event may lie, and how far ahead one that is planned.
const BEFORE: i32 = 7;
const AHEAD: i32 = 30;
/// What is done by saying it is told at once, or with its date.
const BEFORE_SAID: i32 = 3;
/// Names by which what reports are about finds its like.
const LEADING: usize = 5;
/// What is taken as known may lie longer back.
const BEFORE_RECALLED: i32 = 14;
/// Those of a story of one day.
const NAMES_OF_DAY: usize = 8;
/// Of a side, names and words that are looked under.
const MOST_FEATURES: usize = 64;
/// Days that a date may span and still be one.
const MONTH: i32 = 31;
/// Days that a date, or when something may have been, spans at most.
const LONGEST: i32 = BEFORE_RECALLED + AHEAD + 1;

/// An event of one report, as it is compared with those of others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mention {
    pub(crate) kind: EventType,
    pub(crate) mode: Option<String>,
    pub(crate) actors: Parties,
    pub(crate) recipients: Parties,
    /// When, where the report says it to within a month.
    pub(crate) date: Option<Days>,
    /// True when the report says that it went on for longer than a month.
    pub(crate) lasting: bool,
    /// When it may have been, by the day of publication.
    pub(crate) around: Option<Days>,
    /// The day of publication.
    pub(crate) published: Option<i32>,
    /// Taken as known: *the attack*, *its demand*.
    pub(crate) recalled: bool,
    pub(crate) place: Option<Spot>,
    pub(crate) factuality: Factuality,
    pub(crate) figures: BTreeSet<(Measure, String)>,
    /// Which of several of its kind: the *second* round.
    pub(crate) turn: Option<usize>,
    pub(crate) words: Bag,
    /// The report it stands in.
    pub(crate) story: Arc<Story>,
    /// True for the first event of its type in its report, which most often is what the report is about.
    pub(crate) leads: bool,
}

impl Mention {
    /// What the report tells of the event.
    pub fn new(document: &Document, record: &Record, event: &Event, story: &Arc<Story>, cast: &Cast) -> Self {
        let date = event.date.as_deref().and_then(|d| Days::parse(d, document.published));
        let released = || document.published.filter(|_| is_verbal(event.kind) && story.speaks(event, record)).map(Days::of);
        let date = date.or_else(released);
        let lasting = date.is_some_and(|d| d.length() > MONTH);
        let recalled = is_recalled(&document.text[..event.trigger.start]);
        let around = document.published.map(|day| {
            let Days { first, last } = Days::of(day);
            let ahead = if event.factuality == Factuality::Actual { 1 } else { AHEAD };
            let before = match (is_verbal(event.kind), recalled) {
                (true, false) => BEFORE_SAID,
                (false, false) => BEFORE,
                (_, true) => BEFORE_RECALLED,
            };
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
            published: document.published.map(number),
            recalled,
            place: event.place.as_ref().map(Spot::new),
            factuality: event.factuality,
            figures: figures.map(|f| (f.measure, value(&f.value))).collect(),
            turn: turn(document.slice(event.trigger)),
            words: Bag::new(&evidence),
            story: Arc::clone(story),
            leads: record.events.iter().find(|e| e.kind == event.kind).is_some_and(|e| e.id == event.id),
        }
    }

    /// False for what no report tells: days that no calendar has, or so many that looking under each of them would not end.
    pub(crate) fn is_sound(&self) -> bool {
        let mut days = [self.date, self.around, self.story.day].into_iter().flatten();
        days.all(|days| days.is_sound(LONGEST)) && self.published.is_none_or(|day| date(day).is_some())
    }

    /// Two of doers, those it is done to and place; one that has only one of these finds, and is found by, all that share it.
    fn sides(&self) -> Shared {
        let sides = [
            ('a', self.actors.features()),
            ('r', self.recipients.features()),
            ('p', self.place.iter().map(|p| p.name.clone()).collect()),
        ];
        let features: Vec<(char, String)> =
            sides.into_iter().flat_map(|(side, of)| of.into_iter().take(MOST_FEATURES).map(move |f| (side, f))).collect();
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

    /// What is done on a day in a story of these names and this town.
    fn days_of_story(&self) -> Vec<String> {
        let Some(date) = self.date.filter(|date| date.length() <= 2 && !is_verbal(self.kind)) else { return Vec::new() };
        let town = self.place.as_ref().filter(|place| place.exact).or(self.story.place.as_ref()).map(|place| &place.written);
        let names: BTreeSet<&String> = self.story.topic.first().iter().take(NAMES_OF_DAY).chain(town).collect();
        (date.first..=date.last).flat_map(|day| names.iter().map(move |name| format!("on {day} {name}"))).collect()
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
        if self.place.is_none() && !is_verbal(self.kind) {
            shared.finds.extend(self.story.topic.first().iter().map(|name| format!("in {name}")));
        }
        if self.leads && !is_verbal(self.kind) {
            shared.both.extend(self.story.topic.first().iter().take(LEADING).map(|name| format!("leads {name}")));
        }
        if is_verbal(self.kind) || self.kind == EventType::Agree {
            shared.both.extend(self.words.pairs(4).into_iter().map(|pair| format!("words {pair}")));
        }
        shared.both.extend(self.days_of_story());
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
        let tally = self.weigh(other).ok().filter(Tally::suffices)?;
        Some(Same { score: tally.score, why: tally.why })
    }

    /// Another time, another town, another country's doing.
    fn cannot_be(&self, other: &Mention) -> bool {
        self.ruled_out(other)
    }

    fn told_again(&self, other: &Mention) -> bool {
        self.told_twice(other)
    }
}

/// What others may share: filed under, looked for, or both.
#[derive(Default)]
struct Shared {
    under: Vec<String>,
    finds: Vec<String>,
    both: Vec<String>,
}

/// Types that are done by saying something.
pub(crate) fn is_verbal(kind: EventType) -> bool {
    use EventType::{Accuse, Reject, Request, Support, Threaten};
    matches!(kind, Accuse | Reject | Request | Support | Threaten)
}

/// Types whose parties are all actors (codebook, *Events*).
pub(crate) fn is_reciprocal(kind: EventType) -> bool {
    matches!(kind, EventType::Consult | EventType::Cooperate | EventType::Agree)
}

/// Which of a row its trigger says it is.
fn turn(trigger: &str) -> Option<usize> {
    const ORDINALS: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    words(trigger).find_map(|word| ORDINALS.iter().position(|ordinal| *ordinal == word))
}

/// True when the word before a trigger takes it as known: *the attack*, *its demand*, *Monday's talks*.
fn is_recalled(before: &str) -> bool {
    const KNOWN: [&str; 10] = ["the", "this", "that", "these", "those", "its", "his", "her", "their", "our"];
    let word = before.split_whitespace().next_back().unwrap_or_default();
    KNOWN.contains(&word.to_lowercase().as_str()) || word.ends_with("'s") || word.ends_with("’s")
}

fn value(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
