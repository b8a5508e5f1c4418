//! Everything of a report that others may tell too.

use crate::actors::Known;
use crate::copies::Sketch;
use crate::events::Mention;
use crate::item::{Item, Keys, Same};
use crate::parties::Cast;
use crate::positions::Stance;
use crate::statements::Saying;
use crate::story::Story;
use onrecord_record::{Figure, Record, Why};
use onrecord_text::{Document, Span};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// What a thing is; things of different kinds are never the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The report as a text, which may be a copy.
    Document,
    /// An actor.
    Actor,
    /// An event.
    Event,
    /// A position.
    Position,
    /// A statement.
    Statement,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 5] = [Kind::Document, Kind::Actor, Kind::Event, Kind::Position, Kind::Statement];

    /// As written in names (`event-0123456789abcdef`) and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Document => "document",
            Kind::Actor => "actor",
            Kind::Event => "event",
            Kind::Position => "position",
            Kind::Statement => "statement",
        }
    }

    /// True when one report may hold two that are the same: a party's moves on one matter, an actor whom the reader took for two.
    pub fn repeats(self) -> bool {
        matches!(self, Kind::Position | Kind::Actor)
    }
}

/// A thing as it is compared with those of other reports.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Thing {
    Document(Sketch),
    Actor(Arc<Known>),
    Event(Box<Mention>),
    Position(Stance),
    Statement(Saying),
}

impl Thing {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match self {
            Thing::Document(_) => Kind::Document,
            Thing::Actor(_) => Kind::Actor,
            Thing::Event(_) => Kind::Event,
            Thing::Position(_) => Kind::Position,
            Thing::Statement(_) => Kind::Statement,
        }
    }

    /// All things of one kind in a report, in the record's order, each with its anchor.
    pub fn of_kind(kind: Kind, document: &Document, record: &Record, cast: &Cast) -> Vec<(String, Thing)> {
        let things: Vec<Thing> = match kind {
            Kind::Document => vec![Thing::Document(Sketch::new(&document.text))],
            Kind::Actor => record.actors.iter().map(|a| Thing::Actor(cast.known(a))).collect(),
            Kind::Event => {
                let story = Arc::new(Story::new(document, record));
                record.events.iter().map(|e| Thing::Event(Box::new(Mention::new(document, record, e, &story, cast)))).collect()
            }
            Kind::Position => record.positions.iter().map(|p| Thing::Position(Stance::new(document, p, cast))).collect(),
            Kind::Statement => record.statements.iter().map(|s| Thing::Statement(Saying::new(document, s, cast))).collect(),
        };
        anchors(kind, record).into_iter().zip(things).collect()
    }
}

impl Thing {
    /// Of two events, how far each was from being taken for the other: what rules it out, or what speaks for it and whether they look for
    /// each other at all.
    pub fn weighed(&self, other: &Self) -> Option<String> {
        let (Thing::Event(a), Thing::Event(b)) = (self, other) else { return None };
        let (mine, theirs) = (a.keys(), b.keys());
        let finds = |a: &Keys, b: &Keys| a.finds.iter().any(|key| b.under.contains(key));
        let met = if finds(&mine, &theirs) || finds(&theirs, &mine) { "" } else { "no key in common, " };
        Some(format!("{met}{}", a.weigh(b).map_or_else(str::to_owned, |tally| tally.told())))
    }
}

/// The form in which things are kept; another when what is compared changes.
const FORM: u8 = 3;

impl Thing {
    /// As it is kept, to be compared again without opening its report.
    ///
    /// ```
    /// use onrecord_account::{Sketch, Thing};
    /// let thing = Thing::Document(Sketch::new("Calm."));
    /// assert!(matches!(Thing::from_bytes(&thing.to_bytes()), Some(Thing::Document(_))));
    /// assert!(Thing::from_bytes(b"something else").is_none());
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_extend(self, vec![FORM]).expect("memory does not run out before the program does")
    }

    /// What [`Thing::to_bytes`] gave; none when another version of the program did, or the bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (_, thing) = bytes.split_first().filter(|(form, _)| **form == FORM)?;
        postcard::from_bytes(thing).ok().filter(Self::is_sound)
    }

    /// True of what a report may have told.
    fn is_sound(&self) -> bool {
        match self {
            Thing::Document(sketch) => sketch.is_sound(),
            Thing::Event(mention) => mention.is_sound(),
            Thing::Actor(_) | Thing::Position(_) | Thing::Statement(_) => true,
        }
    }
}

/// What tells a record apart from others of its kind in one report and outlives another reading of it: its type and where its words
/// stand (`ASSAULT@120`), a second one at the same place with a number. Ids like `e3` shift when a reader finds one more. What a person
/// puts right is called as it was read.
pub fn anchors(kind: Kind, record: &Record) -> Vec<String> {
    let at = |why: &Why, what: &str, span: Option<&Span>| {
        why.anchor.clone().unwrap_or_else(|| format!("{what}@{}", span.map_or(0, |s| s.start)))
    };
    let mut anchors: Vec<String> = match kind {
        Kind::Document => vec![String::new()],
        Kind::Actor => record.actors.iter().map(|a| a.name.clone()).collect(),
        Kind::Event => record.events.iter().map(|e| at(&e.why, e.kind.as_str(), Some(&e.trigger))).collect(),
        Kind::Position => record.positions.iter().map(|p| at(&p.why, p.stance.as_str(), Some(&p.proposition))).collect(),
        Kind::Statement => record.statements.iter().map(|s| at(&s.why, "said", s.content.first().or(s.cue.as_ref()))).collect(),
    };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for anchor in &mut anchors {
        let times = seen.entry(anchor.clone()).or_default();
        *times += 1;
        if *times > 1 {
            *anchor = format!("{anchor}#{times}");
        }
    }
    anchors
}

/// What tells a figure apart from others in one report: figures are compared with their events and are no things of their own.
pub fn figure_anchor(figure: &Figure) -> String {
    figure.why.anchor.clone().unwrap_or_else(|| format!("{}@{}", figure.measure, figure.span.start))
}

impl Item for Thing {
    fn keys(&self) -> Keys {
        match self {
            Thing::Document(x) => x.keys(),
            Thing::Actor(x) => x.keys(),
            Thing::Event(x) => x.keys(),
            Thing::Position(x) => x.keys(),
            Thing::Statement(x) => x.keys(),
        }
    }

    fn same(&self, other: &Self) -> Option<Same> {
        match (self, other) {
            (Thing::Document(a), Thing::Document(b)) => a.same(b),
            (Thing::Actor(a), Thing::Actor(b)) => a.same(b),
            (Thing::Event(a), Thing::Event(b)) => a.same(b),
            (Thing::Position(a), Thing::Position(b)) => a.same(b),
            (Thing::Statement(a), Thing::Statement(b)) => a.same(b),
            _ => None,
        }
    }

    fn cannot_be(&self, other: &Self) -> bool {
        match (self, other) {
            (Thing::Document(a), Thing::Document(b)) => a.cannot_be(b),
            (Thing::Actor(a), Thing::Actor(b)) => a.cannot_be(b),
            (Thing::Event(a), Thing::Event(b)) => a.cannot_be(b),
            (Thing::Position(a), Thing::Position(b)) => a.cannot_be(b),
            (Thing::Statement(a), Thing::Statement(b)) => a.cannot_be(b),
            _ => true,
        }
    }

    fn told_again(&self, other: &Self) -> bool {
        matches!((self, other), (Thing::Event(a), Thing::Event(b)) if a.told_again(b))
    }

    fn identity(&self) -> Option<String> {
        match self {
            Thing::Actor(x) => x.identity(),
            _ => None,
        }
    }
}
