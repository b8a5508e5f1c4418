//! English words for the codebook's values, and the little grammar that a line needs.

use onrecord_record::{Act, Bound, Factuality, Measure, Move};

/// What somebody did by saying something, and how the addressee follows.
pub fn said(act: Act) -> (&'static str, &'static str) {
    match act {
        Act::State => ("said", " to "),
        Act::Announce => ("announced", " to "),
        Act::Confirm => ("confirmed", " to "),
        Act::Deny => ("denied", " to "),
        Act::Accuse => ("accused", " "),
        Act::Criticise => ("criticised", " "),
        Act::Praise => ("praised", " "),
        Act::Demand => ("demanded", " of "),
        Act::Urge => ("urged", " "),
        Act::Ask => ("asked", " "),
        Act::Offer => ("offered", " to "),
        Act::Promise => ("promised", " "),
        Act::Refuse => ("refused", " "),
        Act::Warn => ("warned", " "),
        Act::Threaten => ("threatened", " "),
        Act::Predict => ("predicted", " to "),
        Act::Agree => ("agreed", " with "),
    }
}

/// What a party does by its position, for one holder and for several, and how the counterpart follows.
pub fn moves(stance: Move) -> [&'static str; 3] {
    match stance {
        Move::Offer => ["offers", "offer", " to "],
        Move::Demand => ["demands", "demand", " of "],
        Move::Commitment => ["commits", "commit", " to "],
        Move::Acceptance => ["accepts", "accept", " from "],
        Move::Refusal => ["refuses", "refuse", " "],
        Move::Claim => ["claims", "claim", " against "],
    }
}

/// How something is put, in a word; nothing for what is simply so.
pub fn factuality(factuality: Factuality) -> Option<&'static str> {
    match factuality {
        Factuality::Actual => None,
        Factuality::Negated => Some("not"),
        Factuality::Planned => Some("planned"),
        Factuality::Conditional => Some("if"),
        Factuality::Uncertain => Some("uncertain"),
    }
}

/// How exact a number is put, as it stands before it.
pub fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "",
        Bound::About => "about ",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
    }
}

/// In what respect something was counted, as it stands after it; nothing where the thing counted says it.
pub fn measure(measure: Measure) -> Option<&'static str> {
    match measure {
        Measure::Money | Measure::Share | Measure::Count => None,
        Measure::Votes => Some("voting"),
        told => Some(told.as_str()),
    }
}

/// *1 drone*, *2 drones*.
pub fn count(n: usize, one: &str) -> String {
    format!("{n} {}", if n == 1 { one.to_owned() } else { plural(one) })
}

/// The plural of a noun phrase: of its head, the last word or the one before *of*.
pub fn plural(phrase: &str) -> String {
    let (head, rest) = match phrase.find(" of ") {
        Some(at) => phrase.split_at(at),
        None => (phrase, ""),
    };
    let (before, noun) = match head.rfind([' ', '-']) {
        Some(at) => head.split_at(at + 1),
        None => ("", head),
    };
    format!("{before}{}{rest}", plural_noun(noun))
}

fn plural_noun(noun: &str) -> String {
    const SAME: [&str; 12] = [
        "aircraft",
        "people",
        "personnel",
        "percent",
        "police",
        "staff",
        "sheep",
        "troops",
        "livestock",
        "infantry",
        "cattle",
        "military",
    ];
    const IRREGULAR: [(&str, &str); 8] = [
        ("person", "people"),
        ("child", "children"),
        ("man", "men"),
        ("woman", "women"),
        ("foot", "feet"),
        ("life", "lives"),
        ("wife", "wives"),
        ("knife", "knives"),
    ];
    if SAME.contains(&noun) || noun.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()) {
        return noun.into();
    }
    if let Some((_, many)) = IRREGULAR.iter().find(|(one, _)| *one == noun) {
        return (*many).into();
    }
    // policeman, servicewoman
    if let Some(stem) = noun.strip_suffix("man").filter(|stem| stem.len() > 2 && !stem.ends_with("hu") && !stem.ends_with("er")) {
        return format!("{stem}men");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| noun.ends_with(end)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// *A*, *A and B*, *A, B and C*: what stands before the item at `i` of `n`.
pub(crate) fn joint(i: usize, n: usize) -> &'static str {
    match i {
        0 => "",
        _ if i + 1 == n => " and ",
        _ => ", ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals() {
        for (one, many) in [
            ("drone", "drones"),
            ("fatality", "fatalities"),
            ("injury", "injuries"),
            ("person", "people"),
            ("ton of grain", "tons of grain"),
            ("guided aerial bomb", "guided aerial bombs"),
            ("policeman", "policemen"),
            ("human", "humans"),
            ("attack aircraft", "attack aircraft"),
            ("church", "churches"),
            ("UAV", "UAV"),
            ("", ""),
        ] {
            assert_eq!(plural(one), many);
        }
    }
}
