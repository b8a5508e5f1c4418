//! The codebook as types: what is kept of a report.
//!
//! A [`Record`] holds five lists: the actors of a report and the four kinds of record about them, statements, events,
//! positions and figures. Every one of these points at the exact words that show it ([`Span`]s into the document), says who
//! vouches for it (`given_by`, outermost first) and how it is put ([`Factuality`]).
//!
//! [`json`] is the form other programs read; [`check`] is the one gate that a record passes before it is printed or kept.

mod check;
pub mod explain;
pub mod json;
mod kinds;
mod map;
mod modes;
mod why;

pub use check::{Fault, check};
pub use explain::{Explanation, Filled};
pub use kinds::*;
pub use modes::{CONTEXTS, modes};
use onrecord_text::{Diagnostic, Span};
use serde::{Deserialize, Serialize};
pub use why::{At, Origin, Part, Rule, Why};

/// Identifier of an actor or a record inside one document: `a1`, `s1`, `e1`, `p1`, `f1`, numbered in reading order.
pub type Id = String;

/// An ISO 8601 date, month, year, week or interval: `2025-02-23`, `2025-W08`, `2016-10-17/..`.
pub type IsoDate = String;

/// What one report says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Everyone who speaks, acts or is acted on.
    pub actors: Vec<Actor>,
    /// Who said what.
    pub statements: Vec<Statement>,
    /// Who did what to whom.
    pub events: Vec<Event>,
    /// Where a party stands.
    pub positions: Vec<Position>,
    /// What was counted.
    pub figures: Vec<Figure>,
    /// What the reader has to say about its own reading.
    #[serde(default)]
    pub diagnostics: Vec<Diagnostic>,
}

/// A person, government, organisation, force, armed group or group of people, with all its mentions (codebook, *Actors*).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// Identifier in this document.
    pub id: Id,
    /// Fullest form in the document.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3, `IGO`, `NGO`, or none.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Roles the text gives, such as *Foreign Minister of Russia*.
    pub roles: Vec<String>,
    /// Every place that names it.
    pub mentions: Vec<Span>,
}

/// A source and the words attributed to it (codebook, *Statements*).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Identifier in this document.
    pub id: Id,
    /// Actors who speak.
    pub speaker: Vec<Id>,
    /// The words that name the speaker here; none when nobody is named.
    pub source: Option<Span>,
    /// The words that attribute; none for a bare quotation.
    pub cue: Option<Span>,
    /// What is said, without cue and speaker; quotation marks belong to it.
    pub content: Vec<Span>,
    /// Whether the words are quoted.
    pub mode: SpeechMode,
    /// What is done by saying it.
    pub act: Act,
    /// Addressees.
    pub to: Vec<Id>,
    /// When it was said.
    pub date: Option<IsoDate>,
    /// Whether it was said.
    pub factuality: Factuality,
    /// Who vouches for it, outermost first; empty: the outlet.
    pub given_by: Vec<Id>,
    /// The words that show it.
    pub evidence: Vec<Span>,
    /// From 0 to 1.
    pub confidence: f32,
    /// Rule, table row or model that decided.
    pub why: Why,
}

/// Something done by somebody to somebody (codebook, *Events*).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Identifier in this document.
    pub id: Id,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER mode, such as `drone`.
    pub mode: Option<String>,
    /// PLOVER contexts, such as `military`.
    pub contexts: Vec<String>,
    /// CAMEO code, where one corresponds.
    pub cameo: Option<String>,
    /// The words that name it.
    pub trigger: Span,
    /// Who did it; all parties of a reciprocal event.
    pub actors: Vec<Id>,
    /// To whom; empty for reciprocal events.
    pub recipients: Vec<Id>,
    /// When.
    pub date: Option<IsoDate>,
    /// Where.
    pub place: Option<Place>,
    /// How it is put.
    pub factuality: Factuality,
    /// Who vouches for it, outermost first.
    pub given_by: Vec<Id>,
    /// Figures that belong to it.
    pub figures: Vec<Id>,
    /// The words that show it.
    pub evidence: Vec<Span>,
    /// From 0 to 1.
    pub confidence: f32,
    /// Rule, table row or model that decided.
    pub why: Why,
}

/// What a party offers, asks, accepts or refuses, and on what terms (codebook, *Positions*).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Identifier in this document.
    pub id: Id,
    /// Whose position it is.
    pub holder: Vec<Id>,
    /// Offer, demand, ...
    #[serde(rename = "move")]
    pub stance: Move,
    /// The words of what is offered, demanded, ...
    pub proposition: Span,
    /// What it hangs on, each its own span.
    pub conditions: Vec<Span>,
    /// Counterparts.
    pub toward: Vec<Id>,
    /// Whether it still holds.
    pub status: Status,
    /// When it was taken.
    pub date: Option<IsoDate>,
    /// How it is put.
    pub factuality: Factuality,
    /// Who vouches for it, outermost first.
    pub given_by: Vec<Id>,
    /// The words that show it.
    pub evidence: Vec<Span>,
    /// From 0 to 1.
    pub confidence: f32,
    /// Rule, table row or model that decided.
    pub why: Why,
}

/// A number that counts something (codebook, *Figures*).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Identifier in this document.
    pub id: Id,
    /// The number or range.
    pub value: Value,
    /// How exact it is put.
    pub bound: Bound,
    /// What is counted: head noun with its modifiers, singular (*attack drone*, *USD*, *percent*).
    pub of: String,
    /// In what respect.
    pub measure: Measure,
    /// The number with its bound and unit.
    pub span: Span,
    /// Who did it.
    pub by: Vec<Id>,
    /// To whom.
    pub against: Vec<Id>,
    /// The figure that this one is a part of.
    pub part_of: Option<Id>,
    /// Of a whole whose parts are told: what the parts leave over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unaccounted: Option<f64>,
    /// When.
    pub date: Option<IsoDate>,
    /// Where.
    pub place: Option<Place>,
    /// How it is put.
    pub factuality: Factuality,
    /// Who vouches for it, outermost first.
    pub given_by: Vec<Id>,
    /// The words that show it; several when the report repeats the figure.
    pub evidence: Vec<Span>,
    /// From 0 to 1.
    pub confidence: f32,
    /// Rule, table row or model that decided.
    pub why: Why,
}

/// A place as written and, where it can be told, as on the map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// As written.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// What the coordinates stand for; none where there are none.
    #[serde(default)]
    pub precision: Option<Precision>,
}
