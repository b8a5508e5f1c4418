//! The account as JSON lines, one object a line (see the interface's *kept record*).

use crate::figures::Relation;
use onrecord_record::{Act, ActorKind, Bound, EventType, Factuality, IsoDate, Measure, Move, Place, Sector, SpeechMode, Value};
use serde::{Deserialize, Serialize};

/// What many reports tell together, in a stable order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// Documents by day of publication and id, then actors, events, figures, positions and statements.
    pub lines: Vec<Line>,
}

impl Account {
    /// One JSON object a line.
    pub fn to_json_lines(&self) -> String {
        self.lines
            .iter()
            .map(|line| serde_json::to_string(line).expect("lines have string keys and finite numbers") + "\n")
            .collect()
    }
}

/// First and last code point of a passage, end exclusive.
pub type Points = [usize; 2];

/// Who, with the name the account gives them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Who {
    /// Of the actor in the account.
    pub id: String,
    /// Fullest form.
    pub name: String,
}

/// One object of the account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(missing_docs)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Line {
    Document {
        id: String,
        outlet: Option<String>,
        published: Option<IsoDate>,
        title: Option<String>,
        url: Option<String>,
        copy_of: Option<String>,
    },
    Actor {
        id: String,
        name: String,
        aliases: Vec<String>,
        actor_kind: ActorKind,
        country: Option<String>,
        sector: Option<Sector>,
        roles: Vec<String>,
        documents: Vec<String>,
        reports: Vec<Named>,
    },
    Event {
        id: String,
        #[serde(rename = "type")]
        event_type: EventType,
        mode: Option<String>,
        contexts: Vec<String>,
        cameo: Option<String>,
        actors: Vec<Who>,
        recipients: Vec<Who>,
        date: Option<IsoDate>,
        place: Option<Place>,
        factuality: Factuality,
        figures: Vec<String>,
        reports: Vec<Telling>,
        /// Reports that do not copy each other.
        witnesses: usize,
        why_merged: Vec<String>,
    },
    Figure {
        id: String,
        event: Option<String>,
        measure: Measure,
        of: String,
        series: Vec<Told>,
        relations: Vec<Related>,
    },
    Position {
        id: String,
        holder: Vec<Who>,
        issue: String,
        history: Vec<Taken>,
    },
    Statement {
        id: String,
        speaker: Vec<Who>,
        act: Act,
        appearances: Vec<Appearance>,
    },
}

impl Line {
    /// Its identifier.
    pub fn id(&self) -> &str {
        match self {
            Line::Document { id, .. }
            | Line::Actor { id, .. }
            | Line::Event { id, .. }
            | Line::Figure { id, .. }
            | Line::Position { id, .. }
            | Line::Statement { id, .. } => id,
        }
    }
}

/// Where a report names an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Named {
    pub document: String,
    /// Id of the actor in that document's record.
    pub record: String,
}

/// How one report tells an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Telling {
    pub document: String,
    /// Id of the event in that document's record.
    pub record: String,
    /// The first of the copies that the report is one of, or the report itself.
    pub witness: String,
    pub trigger: Points,
    pub evidence: Vec<Points>,
    pub given_by: Vec<String>,
    pub factuality: Factuality,
    #[serde(default)]
    pub published: Option<IsoDate>,
}

/// One value of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Told {
    pub document: String,
    /// Id of the figure in that document's record.
    pub record: String,
    pub value: Value,
    pub bound: Bound,
    pub given_by: Vec<String>,
    pub span: Points,
    pub published: Option<IsoDate>,
    #[serde(default)]
    pub factuality: Factuality,
}

/// How the values at two places of a series stand to each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Related {
    pub a: usize,
    pub b: usize,
    pub is: Relation,
}

/// One move of a history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Taken {
    pub document: String,
    pub record: String,
    #[serde(rename = "move")]
    pub stance: Move,
    pub proposition: Points,
    pub conditions: Vec<Points>,
    pub date: Option<IsoDate>,
    pub given_by: Vec<String>,
    #[serde(default)]
    pub published: Option<IsoDate>,
}

impl Taken {
    /// When the move was made; where nobody says, when it was reported.
    pub fn day(&self) -> Option<&str> {
        self.date.as_deref().or(self.published.as_deref())
    }
}

/// One place where a statement stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Appearance {
    pub document: String,
    pub record: String,
    pub content: Vec<Points>,
    pub mode: SpeechMode,
    pub published: Option<IsoDate>,
}
