//! Other people's codes: countries, CAMEO, Goldstein, PLOVER's scores.

use onrecord_record::{EventType, Sector};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Codes of one country; empty where a list has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Country {
    /// Usual short English name.
    pub name: &'static str,
    /// ISO 3166-1 numeric, without leading zeros.
    pub numeric: &'static str,
    /// FIPS 10-4.
    pub fips: &'static str,
    /// CAMEO.
    pub cameo: &'static str,
    /// Gleditsch and Ward.
    pub gw: &'static str,
    /// Correlates of War.
    pub cow: &'static str,
}

static COUNTRIES: LazyLock<HashMap<&'static str, Country>> = LazyLock::new(|| {
    rows(include_str!("countries.tsv"))
        .filter_map(|row| match row[..] {
            [iso3, name, numeric, fips, cameo, gw, cow] => {
                Some((iso3, Country { name, numeric, fips, cameo: if cameo.is_empty() { iso3 } else { cameo }, gw, cow }))
            }
            _ => None,
        })
        .collect()
});

static GOLDSTEIN: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let row = |row: Vec<&'static str>| match row[..] {
        [code, scale] => Some((code, scale)),
        _ => None,
    };
    rows(include_str!("goldstein.tsv")).filter_map(row).collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

/// Codes of an ISO 3166-1 alpha-3 country; all empty for anything else.
pub fn country(iso3: Option<&str>) -> Country {
    iso3.and_then(|iso3| COUNTRIES.get(iso3)).copied().unwrap_or_default()
}

/// Goldstein's scale of a CAMEO code, as GDELT gives it.
pub fn goldstein(cameo: &str) -> Option<&'static str> {
    (2..=cameo.len()).rev().filter_map(|n| cameo.get(..n)).find_map(|code| GOLDSTEIN.get(code)).copied()
}

/// CAMEO root of a PLOVER type, where it is one.
pub fn cameo_root(kind: EventType) -> Option<&'static str> {
    use EventType::*;
    match kind {
        Agree => Some("03"),
        Consult => Some("04"),
        Support => Some("05"),
        Cooperate => Some("06"),
        Aid => Some("07"),
        Concede | Retreat => Some("08"),
        Request => Some("10"),
        Reject => Some("12"),
        Threaten => Some("13"),
        Protest => Some("14"),
        Mobilize => Some("15"),
        Sanction => Some("16"),
        Coerce => Some("17"),
        // ACCUSE is 09 and 11, ASSAULT 18, 19 and 20.
        Accuse | Assault => None,
    }
}

/// GDELT's class: verbal and material cooperation, verbal and material conflict. It goes by CAMEO's roots, and those of one PLOVER
/// type have one class.
pub fn gdelt_class(kind: EventType) -> u8 {
    use EventType::*;
    match kind {
        Agree | Consult | Support => 1,
        Cooperate | Aid | Concede | Retreat => 2,
        Request | Accuse | Reject | Threaten => 3,
        Protest | Sanction | Mobilize | Coerce | Assault => 4,
    }
}

/// PLOVER's class. CONCEDE is verbal cooperation there.
pub fn plover_class(kind: EventType) -> u8 {
    if kind == EventType::Concede { 1 } else { gdelt_class(kind) }
}

/// PLOVER's score of a type and mode (manual, draft 2.0), from -10 to 10; of the type where the mode has none of its own.
pub fn plover_score(kind: EventType, mode: Option<&str>) -> Option<f32> {
    use EventType::*;
    let mode = mode.unwrap_or_default();
    Some(match (kind, mode) {
        (Consult, "visit" | "multilateral") => 4.0,
        (Consult, "third-party") => 1.0,
        (Consult, "phone") => 1.5,
        (Agree | Consult, _) => 2.5,
        (Support, _) => 5.0,
        (Concede, _) => 4.5,
        (Cooperate, _) => 9.5,
        (Aid, _) => 10.0,
        (Retreat, "withdraw") => 8.0,
        (Retreat, "disarm") => 10.0,
        (Retreat, "ceasefire") => 7.5,
        (Retreat, "resign") => 4.5,
        (Retreat, _) => 6.5,
        (Request, "assist") => 0.5,
        (Request, "change" | "yield") => -1.0,
        (Request, _) => 0.0,
        (Accuse, "disapprove") => -2.0,
        (Accuse, "investigate" | "allege") => -3.5,
        // The manual has +3 for a type of verbal conflict whose modes are all below zero: a slip that cannot be told from a fact.
        (Accuse, _) => return None,
        (Reject, "assist") => -1.5,
        (Reject, _) => -2.0,
        (Threaten, "restrict") => -3.0,
        (Threaten, "territory") => -4.0,
        (Threaten, _) => -3.5,
        (Protest, "riot") => -7.0,
        (Protest, "hunger" | "boycott" | "obstruct") => -4.5,
        // A mode without a score.
        (Protest, "vandalize") => return None,
        (Protest, _) => -5.0,
        (Sanction, "expel") => -5.5,
        (Sanction, _) => -6.0,
        (Mobilize, "troops" | "weapons") => -6.5,
        (Mobilize, "militia") => -6.0,
        (Mobilize, _) => -5.5,
        (Coerce, "censor" | "curfew" | "misinformation") => -6.5,
        (Coerce, "martial-law") => -7.5,
        (Coerce, _) => -7.0,
        (Assault, "abduct" | "torture" | "sexual" | "destroy") => -8.5,
        (Assault, "beat" | "crowd-control") => -7.5,
        (Assault, "targeted" | "suicide-attack" | "aerial" | "drone" | "heavy-weapons") => -9.5,
        (Assault, "primitive") => -8.0,
        (Assault, "unconventional") => -10.0,
        (Assault, _) => -9.0,
    })
}

/// CAMEO's code of a sector, where it has one. CAMEO's `MED` are media, PLOVER's are medical.
pub fn cameo_sector(sector: Sector) -> Option<&'static str> {
    match sector {
        Sector::Jrn => Some("MED"),
        Sector::Med => Some("HLH"),
        Sector::Prm | Sector::Pty | Sector::Unk | Sector::Pre | Sector::Rel | Sector::Soc => None,
        same => Some(same.as_str()),
    }
}

/// Sectors that carry arms for a state.
pub fn is_state_force(sector: Sector) -> bool {
    matches!(sector, Sector::Mil | Sector::Cop | Sector::Spy)
}

/// Sectors of people who carry none and hold no office.
pub fn is_civilian(sector: Sector) -> bool {
    use Sector::*;
    matches!(sector, Agr | Bus | Cvl | Edu | Jrn | Lab | Med | Ref | Rel | Soc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_other_lists() {
        let ukraine = country(Some("UKR"));
        assert_eq!((ukraine.fips, ukraine.numeric, ukraine.cameo, ukraine.gw, ukraine.cow), ("UP", "804", "UKR", "369", "369"));
        assert_eq!(country(Some("DEU")).fips, "GM");
        assert_eq!(country(Some("CHN")).fips, "CH");
        assert_eq!(country(Some("CHE")).fips, "SZ");
        assert_eq!(country(Some("ROU")).cameo, "ROM");
        assert_eq!(country(Some("IGO")), Country::default());
        assert_eq!(country(None).name, "");
        assert_eq!(COUNTRIES.len(), rows(include_str!("countries.tsv")).count());
    }

    #[test]
    fn goldstein_goes_by_the_nearest_code() {
        assert_eq!((goldstein("190"), goldstein("1951"), goldstein("0874")), (Some("-10.0"), Some("-10.0"), Some("10.0")));
        assert_eq!((goldstein("0872"), goldstein("112"), goldstein("12")), (Some("9.0"), Some("-2.0"), Some("-4.0")));
        assert_eq!((goldstein("99"), goldstein(""), goldstein("é1")), (None, None, None));
    }

    #[test]
    fn scores_follow_type_and_mode() {
        assert_eq!(plover_score(EventType::Assault, Some("drone")), Some(-9.5));
        assert_eq!(plover_score(EventType::Protest, Some("vandalize")), None);
        assert_eq!(plover_score(EventType::Support, None), Some(5.0));
        assert_eq!((plover_class(EventType::Concede), gdelt_class(EventType::Concede)), (1, 2));
    }
}
