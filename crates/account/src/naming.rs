//! What a report calls an actor, as far as others may call it so too.

use onrecord_record::{Actor, ActorKind};
use onrecord_text::Document;

/// The names that the report writes with capitals, without the small words that describe them; of a body no mere
/// parts of its longer names.
pub(crate) fn written<'d>(document: &'d Document, actor: &'d Actor) -> Vec<&'d str> {
    let all = actor.mentions.iter().map(|&span| document.slice(span)).chain([actor.name.as_str()]);
    let all: Vec<&str> = all.filter_map(|words| if is_proper(words) { Some(words) } else { described(words) }).collect();
    if actor.kind == ActorKind::Person {
        return all;
    }
    all.iter().filter(|short| !all.iter().any(|long| is_mere_part(short, long))).copied().collect()
}

/// The name in *rebel Rapid Support Forces militia*; none where small words join names, as in *market of Kutum*.
fn described(words: &str) -> Option<&str> {
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    let first = words.split_whitespace().find(capital)?;
    let last = words.split_whitespace().rfind(capital)?;
    let start = words.find(first)?;
    let end = words.rfind(last)? + last.len();
    let name = words.get(start..end)?;
    let around = [&words[..start], &words[end..]];
    let joined = |w: &str| matches!(w, "of" | "for" | "in" | "to" | "from" | "at" | "by" | "with" | "and") || w.ends_with("'s");
    let plain = around.iter().flat_map(|part| part.split_whitespace()).all(|w| !joined(w));
    (plain && name.contains(' ') && !name.ends_with("'s") && is_proper(name)).then_some(name)
}

/// Words that bodies of one kind share: alone they name none.
const KINDS: &[&str] = &[
    "administration",
    "agency",
    "alliance",
    "armed",
    "army",
    "assembly",
    "association",
    "authority",
    "board",
    "brigade",
    "bureau",
    "central",
    "chamber",
    "coalition",
    "command",
    "commission",
    "committee",
    "congress",
    "corps",
    "council",
    "court",
    "department",
    "directorate",
    "federal",
    "federation",
    "forces",
    "force",
    "foundation",
    "front",
    "fund",
    "general",
    "global",
    "government",
    "group",
    "guard",
    "high",
    "institute",
    "international",
    "joint",
    "league",
    "military",
    "militia",
    "ministry",
    "mission",
    "movement",
    "national",
    "office",
    "organisation",
    "organization",
    "parliament",
    "party",
    "police",
    "regional",
    "republic",
    "secretariat",
    "security",
    "senate",
    "service",
    "society",
    "staff",
    "state",
    "states",
    "supreme",
    "union",
];

/// True when a report shortens a name to a part of it that elsewhere may be another's: what stands behind a small word (*Iraq* of *Islamic
/// State of Iraq*), what stands within (*ISIL* of *Counter ISIL Coalition*), what only says of which kind it is (*State*).
fn is_mere_part(short: &str, long: &str) -> bool {
    let words = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let (part, whole) = (words(short), words(long));
    if part.is_empty() || part.len() >= whole.len() {
        return false;
    }
    let Some(at) = whole.windows(part.len()).position(|window| window == part) else { return false };
    let joined =
        |word: &String| matches!(word.as_str(), "of" | "for" | "in" | "to" | "from" | "at" | "by" | "with" | "and" | "against");
    let within = whole[..at].iter().any(|word| word != "the") && at + part.len() < whole.len();
    whole[..at].iter().any(joined) || within || part.iter().all(|word| KINDS.contains(&word.as_str()))
}

/// Every longer word is a name's: *Rapid Support Forces*, not *Sudanese officials*.
pub(crate) fn is_proper(words: &str) -> bool {
    let mut long = words.split_whitespace().filter(|w| w.chars().count() > 3 || w.chars().all(char::is_uppercase)).peekable();
    long.peek().is_some() && long.all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
}

/// The letters of a name that is an acronym: *U.N.*.
pub(crate) fn acronym(name: &str) -> Option<String> {
    let letters: String = name.chars().filter(|c| *c != '.').collect();
    let short = (2..=6).contains(&letters.chars().count()) && letters.chars().all(|c| c.is_uppercase() || c.is_numeric());
    short.then(|| letters.to_lowercase())
}

/// The letters that a name of several words could be shortened to: *United Nations*.
pub(crate) fn initials(name: &str) -> Option<String> {
    let initials: String = name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    (initials.chars().count() >= 2).then(|| initials.to_lowercase())
}

/// A name without *President*, *Mr* and the like before it.
pub(crate) fn without_titles(name: &str) -> &str {
    const TITLES: &[&str] = &[
        "President",
        "Prime",
        "Minister",
        "Foreign",
        "Defence",
        "Defense",
        "Interior",
        "Mr",
        "Mr.",
        "Mrs",
        "Mrs.",
        "Ms",
        "Ms.",
        "Dr",
        "Dr.",
        "General",
        "Gen.",
        "Col.",
        "Colonel",
        "Secretary",
        "Sen.",
        "Senator",
        "King",
        "Queen",
        "Prince",
        "Chancellor",
        "Ambassador",
        "Major",
        "Maj.",
        "Lt.",
        "Capt.",
        "Captain",
        "Sheikh",
        "Ayatollah",
        "Pope",
        "Rep.",
        "Governor",
        "Gov.",
    ];
    let mut rest = name;
    while let Some((first, after)) = rest.split_once(' ').filter(|(first, _)| TITLES.contains(first)) {
        debug_assert!(!first.is_empty());
        rest = after;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_names_are_no_names_of_others() {
        for (short, long) in [
            ("State", "Islamic State of Iraq"),
            ("Iraq", "Islamic State of Iraq"),
            ("ISIL", "Counter ISIL Coalition"),
            ("ISIL", "Global Coalition to Counter ISIL"),
            ("Global Coalition", "Global Coalition to Counter ISIL"),
        ] {
            assert!(is_mere_part(short, long), "{short} of {long}");
        }
        for (short, long) in [
            ("Islamic State", "Islamic State of Iraq"),
            ("Hezbollah", "Lebanese Hezbollah"),
            ("Hamas", "Hamas movement"),
            ("United Nations", "the United Nations"),
            ("Rapid Support Forces", "Rapid Support Forces"),
            ("Wagner", "Wagner Group"),
        ] {
            assert!(!is_mere_part(short, long), "{short} of {long}");
        }
    }
}
