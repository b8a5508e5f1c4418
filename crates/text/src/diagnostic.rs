use crate::Span;
use serde::{Deserialize, Serialize};

/// How much a [`Diagnostic`] matters to the reader of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; the record is what it would be without it.
    Note,
    /// Something could not be read as meant; the record may lack it.
    Warning,
}

/// Something about a document that its record cannot show: what happened and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub level: Level,
    /// Stable short name, such as `not-english`.
    pub code: String,
    /// One sentence for a person.
    pub message: String,
    /// Where in the text, when it has a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}
