//! What reports say of an actor, put together.

use crate::lines::{Line, Named, Who};
use crate::writer::fullest;
use onrecord_record::{Actor, ActorKind, Sector};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What one report says of an actor. Many reports say the same, so that an actor's line is made of few of these.
///
/// ```
/// use onrecord_account::Called;
/// use onrecord_record::Actor;
/// let actor = Actor { name: "Norway".into(), country: Some("NOR".into()), ..Actor::default() };
/// let called = Called::from(&actor);
/// assert_eq!(Called::from_json(&called.to_json()), Some(called));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Called {
    pub name: String,
    pub kind: ActorKind,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sector: Option<Sector>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub roles: Vec<String>,
}

impl From<&Actor> for Called {
    fn from(actor: &Actor) -> Self {
        Called {
            name: actor.name.clone(),
            kind: actor.kind,
            country: actor.country.clone(),
            sector: actor.sector,
            roles: actor.roles.clone(),
        }
    }
}

impl Called {
    /// One line of JSON: what can be told apart by it is not the same.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("it has string keys")
    }

    /// What [`Called::to_json`] wrote.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}

/// The fullest of the names.
pub(crate) fn best_name(called: &[Called]) -> &str {
    fullest(&called.iter().map(|c| c.name.as_str()).collect::<Vec<_>>()).unwrap_or_default()
}

/// The line of an actor called `id`, from all that is said of it and all places that name it. What is said under its fullest name counts
/// before the rest; the order in which reports came does not matter.
pub fn actor_line(id: String, called: &[Called], reports: Vec<Named>) -> Line {
    let name = best_name(called).to_owned();
    let mut sorted: Vec<&Called> = called.iter().collect();
    sorted.sort_by_cached_key(|c| (c.name != name, c.to_json()));
    let aliases: BTreeSet<&String> = called.iter().map(|c| &c.name).filter(|n| **n != name).collect();
    let roles: BTreeSet<&String> = called.iter().flat_map(|c| &c.roles).collect();
    let mut documents: Vec<String> = reports.iter().map(|r| r.document.clone()).collect();
    documents.dedup();
    Line::Actor {
        id,
        aliases: aliases.into_iter().cloned().collect(),
        actor_kind: sorted.iter().map(|c| c.kind).find(|k| *k != ActorKind::Other).unwrap_or_default(),
        country: sorted.iter().find_map(|c| c.country.clone()),
        sector: sorted.iter().find_map(|c| c.sector),
        roles: roles.into_iter().cloned().collect(),
        name,
        documents,
        reports,
    }
}

/// What an account calls an actor.
pub fn who(id: String, called: &[Called]) -> Who {
    Who { id, name: best_name(called).to_owned() }
}
