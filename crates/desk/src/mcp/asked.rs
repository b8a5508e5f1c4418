//! What the tools take.

use onrecord_store::{Asked, StoreError};
use rmcp::schemars::JsonSchema;
use serde::Deserialize;

/// Lines of an answer where nobody says how many, and at most.
const LINES: usize = 20;
const MOST: usize = 100;

/// Which lines of the account.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
#[schemars(crate = "rmcp::schemars")]
pub enum Kind {
    /// Who did what to whom
    Events,
    /// Who said what
    Statements,
    /// What somebody offers, demands, refuses, on which terms
    Positions,
    /// What was counted, by whom
    Figures,
    /// Who is in the record
    Actors,
    /// The reports themselves
    Reports,
}

/// A question.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub struct Question {
    /// Words and filters that must all hold: ceasefire "red line" who:Russia to:Ukraine type:assault,protest place:MLI since:2026-03
    /// until:2026-04 outlet:Herald factuality:actual. A place is an ISO 3166-1 alpha-3 code or the beginning of a name.
    #[serde(default)]
    pub query: String,
    /// At most so many lines, up to 100 (20 where it is left out)
    #[serde(default)]
    pub limit: Option<usize>,
}

impl Question {
    pub fn asked(&self) -> Result<Asked, StoreError> {
        let mut asked: Asked = self.query.parse()?;
        asked.limit = Some(self.limit.unwrap_or(LINES).clamp(1, MOST));
        Ok(asked)
    }
}

/// For `search`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub struct Search {
    /// What to look for
    pub kind: Kind,
    #[serde(flatten)]
    pub question: Question,
    /// What the answer before gave as `next`, to go on behind it
    #[serde(default)]
    pub after: Option<String>,
}

/// For what is about one line.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub struct Named {
    /// The name of a line, as every answer gives it: event-1a2b3c4d5e6f7a8b
    pub name: String,
}

/// For `positions`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub struct Positions {
    #[serde(flatten)]
    pub question: Question,
    /// As they stood at the end of this day, month or year (2026-03-05)
    #[serde(default)]
    pub as_of: Option<String>,
}

/// For `figures`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub struct Figures {
    #[serde(flatten)]
    pub question: Question,
    /// Only those whose values cannot all hold
    #[serde(default)]
    pub conflicts: bool,
}

/// For `compare`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub struct Compare {
    /// Ids of two to ten reports, as `search` of reports gives them
    pub reports: Vec<String>,
}
