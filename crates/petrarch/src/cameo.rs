//! CAMEO's codes of events and actors as PLOVER's.

use onrecord_record::{EventType, Sector};

/// What a code of an event means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A PLOVER event.
    Event {
        /// Type.
        kind: EventType,
        /// Mode, where the code says it.
        mode: &'static str,
        /// The code itself.
        code: String,
    },
    /// CAMEO's public statements and null codes: no PLOVER event.
    Nothing,
}

/// PLOVER's types of CAMEO's first two digits; none for public statements.
const TYPES: [(&str, EventType); 19] = [
    ("02", EventType::Request),
    ("03", EventType::Agree),
    ("04", EventType::Consult),
    ("05", EventType::Support),
    ("06", EventType::Cooperate),
    ("07", EventType::Aid),
    ("08", EventType::Concede),
    ("09", EventType::Accuse),
    ("10", EventType::Request),
    ("11", EventType::Accuse),
    ("12", EventType::Reject),
    ("13", EventType::Threaten),
    ("14", EventType::Protest),
    ("15", EventType::Mobilize),
    ("16", EventType::Sanction),
    ("17", EventType::Coerce),
    ("18", EventType::Assault),
    ("19", EventType::Assault),
    ("20", EventType::Assault),
];

/// Where a longer code says more: its beginning, type and mode. The first that fits counts.
const FINER: [(&str, EventType, &str); 31] = [
    ("042", EventType::Consult, "visit"),
    ("043", EventType::Consult, "visit"),
    ("041", EventType::Consult, "phone"),
    ("0841", EventType::Retreat, "release"),
    ("084", EventType::Retreat, ""),
    ("085", EventType::Retreat, "access"),
    ("086", EventType::Retreat, "access"),
    ("0871", EventType::Retreat, "ceasefire"),
    ("0872", EventType::Retreat, "ceasefire"),
    ("087", EventType::Retreat, "withdraw"),
    ("09", EventType::Accuse, "investigate"),
    ("111", EventType::Accuse, "disapprove"),
    ("112", EventType::Accuse, "allege"),
    ("115", EventType::Accuse, "allege"),
    ("141", EventType::Protest, "demo"),
    ("142", EventType::Protest, "hunger"),
    ("143", EventType::Protest, "strike"),
    ("144", EventType::Protest, "obstruct"),
    ("145", EventType::Protest, "riot"),
    ("152", EventType::Mobilize, "troops"),
    ("154", EventType::Mobilize, "troops"),
    ("171", EventType::Coerce, "seize"),
    ("172", EventType::Coerce, "restrict"),
    ("173", EventType::Coerce, "arrest"),
    ("174", EventType::Sanction, "expel"),
    ("181", EventType::Assault, "abduct"),
    ("182", EventType::Assault, "beat"),
    ("183", EventType::Assault, "explosives"),
    ("186", EventType::Assault, "targeted"),
    ("194", EventType::Assault, "heavy-weapons"),
    ("195", EventType::Assault, "aerial"),
];

/// What the code in brackets means, of the source's side where there are two (`031:032`); none when it is no CAMEO code.
pub fn meaning(code: &str) -> Option<Meaning> {
    let code = code.split(':').next().unwrap_or_default().trim();
    if code == "---" || code == "--" {
        return Some(Meaning::Nothing);
    }
    if !(2..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if code.starts_with("01") {
        return Some(Meaning::Nothing);
    }
    let finer = FINER.iter().find(|(start, ..)| code.starts_with(start)).map(|&(_, kind, mode)| (kind, mode));
    let plain = || TYPES.iter().find(|(start, _)| code.starts_with(start)).map(|&(_, kind)| (kind, ""));
    let (kind, mode) = finer.or_else(plain)?;
    Some(Meaning::Event { kind, mode, code: code.into() })
}

/// The PLOVER sector of one of CAMEO's three-letter roles. Where CAMEO gives letters another meaning, that goes first: its *MED* are
/// media, its *HLH* are health.
pub fn sector(role: &str) -> Option<Sector> {
    Some(match role {
        "MED" => Sector::Jrn,
        "HLH" => Sector::Med,
        "INS" | "SEP" | "RAD" => Sector::Reb,
        "MNC" => Sector::Bus,
        "SET" | "HRI" => Sector::Soc,
        "CHR" | "MOS" | "JEW" | "BUD" | "HIN" => Sector::Rel,
        _ => return role.parse().ok(),
    })
}

/// Letters that stand where a country's code would, for bodies of no country.
pub fn is_international(code: &str) -> bool {
    matches!(code, "IGO" | "NGO" | "NGM" | "MNC" | "IMG" | "INT" | "UIS")
}

/// The three-letter parts of a code.
pub fn parts(code: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = code;
    while let Some((part, after)) = rest.split_at_checked(3) {
        parts.push(part);
        rest = after;
    }
    parts
}
