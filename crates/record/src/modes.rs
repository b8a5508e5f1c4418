//! PLOVER's modes and contexts: what an event of a type may be besides.

use crate::EventType;

/// PLOVER's contexts.
pub const CONTEXTS: &[&str] = &[
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "legal",
    "human_rights",
    "rights_freedoms",
    "human_security",
    "diplomatic",
    "territory",
    "pro_democracy",
    "pro_autocracy",
    "peacekeeping",
    "terrorism",
    "repression",
    "cbrn",
    "cyber",
    "economic",
    "natural_resource",
    "environment",
    "migration",
    "asylum",
    "health",
    "disasters",
    "education",
    "gender",
    "religion_ethnicity",
    "technology",
    "corruption",
    "illegal_drugs",
    "trafficking",
];

/// The modes that an event of this type may have; most types have some, some have none.
///
/// ```
/// use onrecord_record::{EventType, modes};
/// assert!(modes(EventType::Assault).contains(&"drone"));
/// assert!(modes(EventType::Aid).is_empty());
/// ```
pub fn modes(kind: EventType) -> &'static [&'static str] {
    match kind {
        EventType::Consult => &["visit", "third-party", "multilateral", "phone"],
        EventType::Retreat => &["withdraw", "release", "disarm", "ceasefire", "access", "resign"],
        EventType::Request | EventType::Reject => &["assist", "change", "yield", "meet"],
        EventType::Accuse => &["disapprove", "investigate", "allege"],
        EventType::Threaten => &["restrict", "arrest", "relations", "expel", "territory", "violence"],
        EventType::Protest => &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"],
        EventType::Sanction => &["convict", "expel", "withdraw", "discontinue"],
        EventType::Mobilize => &["troops", "weapons", "police", "militia"],
        EventType::Coerce => {
            &["seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"]
        }
        EventType::Assault => &[
            "abduct",
            "beat",
            "torture",
            "sexual",
            "targeted",
            "destroy",
            "primitive",
            "firearms",
            "explosives",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "crowd-control",
            "unconventional",
        ],
        EventType::Agree | EventType::Support | EventType::Concede | EventType::Cooperate | EventType::Aid => &[],
    }
}
