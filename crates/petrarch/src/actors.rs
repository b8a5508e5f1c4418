//! Dictionaries of actors: a name, further names behind `+`, codes in brackets, some with dates.

use super::cameo::{is_international, parts, sector};
use super::lines::{Line, bracketed, words};
use super::{Import, SAID, TABLES};
use onrecord_reader::Lexicon;
use onrecord_record::{ActorKind, Sector};
use std::collections::BTreeSet;

/// The table of persons and their offices, where this program has one.
const PERSONS: &str = "officeholders.tsv";

/// Names of one actor, and what it was coded as when.
struct Entry<'l, 'd> {
    line: &'l Line<'d>,
    names: Vec<String>,
    /// The same, so that a long list is not searched for each.
    known: BTreeSet<String>,
    codes: Vec<Dated>,
}

/// A code with the time for which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    code: String,
    /// First and last month, as *2014-07*; empty where open.
    pub(super) from: String,
    pub(super) to: String,
    dated: bool,
}

/// Reads a dictionary of actors.
pub fn read(lines: &[Line], lexicon: &Lexicon, import: &mut Import) {
    let mut entry: Option<Entry> = None;
    for line in lines {
        let Some((name, codes)) = bracketed(&line.text) else {
            import.entries += 1;
            import.leave("a bracket that is not closed", line);
            continue;
        };
        let further = line.text.starts_with('+');
        let dates = line.text.starts_with([' ', '\t']) && name.is_empty();
        if !further && !dates {
            finish(entry.take(), lexicon, import);
            import.entries += 1;
            entry = Some(Entry { line, names: Vec::new(), known: BTreeSet::new(), codes: Vec::new() });
        }
        let Some(entry) = &mut entry else {
            import.entries += 1;
            import.leave("no name to which it belongs", line);
            continue;
        };
        let name = written(name.trim_start_matches('+'), lexicon);
        if !name.is_empty() && entry.known.insert(name.to_lowercase()) {
            entry.names.push(name);
        }
        for code in codes {
            match dated(code) {
                Some(dated) => entry.codes.push(dated),
                None => import.leave("a code or date that cannot be read", line),
            }
        }
    }
    finish(entry, lexicon, import);
}

fn finish(entry: Option<Entry>, lexicon: &Lexicon, import: &mut Import) {
    let Some(entry) = entry else { return };
    let line = entry.line;
    let codes: Vec<&Dated> = entry.codes.iter().filter(|c| c.code != "---").collect();
    let (Some(code), [name, ..]) = (codes.first(), entry.names.as_slice()) else {
        return import.leave("no code", line);
    };
    let parts = parts(&code.code);
    let Some((&home, roles)) = parts.split_first() else { return import.leave("a code or date that cannot be read", line) };
    let country = lexicon.is_country(home);
    let first = name.split(' ').next().unwrap_or_default();
    let person = codes.iter().any(|c| c.dated) || roles.contains(&"ELI") || (name.contains(' ') && lexicon.is_given_name(first));
    if person {
        return persons(&entry, &codes, lexicon, import);
    }
    if country && roles.is_empty() {
        return import.leave("a country: countries.tsv names them, their people and capitals", line);
    }
    // A role alone (REB), where no country is known.
    let roles: Vec<&str> = if country || is_international(home) { roles.to_vec() } else { parts.clone() };
    let sector = roles.iter().find_map(|role| sector(role)).or_else(|| sector(home).filter(|_| home == "MNC"));
    if entry.names.iter().any(|name| is_office(name, sector, lexicon)) {
        return import.leave("the holder of an office or people without a name: titles.tsv and actor_nouns.tsv know such", line);
    }
    let fresh: Vec<&String> = entry.names.iter().filter(|name| !lexicon.is_organisation(name)).collect();
    if fresh.is_empty() {
        return import.leave("known to organisations.tsv by every name", line);
    }
    let kind = match sector {
        Some(Sector::Mil) => ActorKind::Military,
        Some(Sector::Reb | Sector::Uaf) => ActorKind::ArmedGroup,
        Some(Sector::Gov) => ActorKind::Government,
        _ => ActorKind::Organisation,
    };
    let country = match home {
        "NGM" | "NGO" => "NGO",
        "IGO" => "IGO",
        home if country => home,
        _ => "",
    };
    let names: Vec<&str> = fresh.into_iter().filter(|name| import.name("organisations.tsv", name)).map(String::as_str).collect();
    let Some((&name, aliases)) = names.split_first() else { return import.leave(SAID, line) };
    let row = [name, &aliases.join("|"), kind.as_str(), country, sector.map_or("", Sector::as_str)];
    import.add("organisations.tsv", row.map(String::from).to_vec(), line);
}

/// A person: one row for each code, in the table of office holders.
fn persons(entry: &Entry, codes: &[&Dated], lexicon: &Lexicon, import: &mut Import) {
    if !TABLES.iter().any(|table| table.name == PERSONS) {
        return import.leave("a person with offices or dates: there is no table of persons", entry.line);
    }
    let rows: Vec<Vec<String>> = codes.iter().filter_map(|dated| office(&entry.names, dated, lexicon)).collect();
    if rows.is_empty() {
        return import.leave("a person of no country and no office with a date", entry.line);
    }
    for row in rows {
        import.take(PERSONS, row.join("\t"), row, entry.line);
    }
}

/// A row of the table of office holders; none without a country and a first month, which that table asks for.
pub(super) fn office(names: &[String], dated: &Dated, lexicon: &Lexicon) -> Option<Vec<String>> {
    let parts = parts(&dated.code);
    let (&home, roles) = parts.split_first()?;
    let role = roles.iter().find_map(|role| sector(role))?;
    let known = lexicon.is_country(home) && !dated.from.is_empty();
    let year = if dated.to.is_empty() { &dated.from } else { &dated.to };
    let year = year.get(..4).unwrap_or_default();
    let row = [&names.join("|"), home, "", role.as_str(), "", &dated.from, &dated.to, year];
    known.then(|| row.map(String::from).to_vec())
}

/// True for *UN secretary general*, *president of the bank*, *UN peacekeeper*: what somebody is, no name of a body. Forces are named
/// by such nouns as well (*National Guard*).
fn is_office(name: &str, sector: Option<Sector>, lexicon: &Lexicon) -> bool {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(' ').collect();
    let title_at_end = (0..words.len()).any(|i| lexicon.is_title(&words[i..].join(" ")));
    let title_of = lower.find(" of ").is_some_and(|of| lexicon.is_title(&lower[..of]));
    let noun = words.last().map(|word| lexicon.singular(word)).and_then(|noun| lexicon.actor_noun(&noun));
    let one = noun.is_some_and(|(kind, group)| matches!(kind, ActorKind::Person | ActorKind::Military) && !group);
    let force = matches!(sector, Some(Sector::Mil | Sector::Cop | Sector::Reb | Sector::Uaf));
    title_of || (!force && (title_at_end || one))
}

/// A name as news writes it: the dictionaries have capitals only. Words that organisations.tsv knows in capitals only, words without
/// a vowel, and names of up to four letters are taken for abbreviations.
fn written(phrase: &str, lexicon: &Lexicon) -> String {
    let mut words = words(phrase);
    if words.len() > 1 && words[0].eq_ignore_ascii_case("the") {
        words.remove(0);
    }
    let short = words.len() == 1 && words[0].chars().filter(|c| c.is_alphabetic()).count() <= 4;
    let small = |w: &str| matches!(w, "of" | "the" | "and" | "for" | "in" | "on" | "to" | "de" | "al" | "des" | "du");
    let one = |(i, word): (usize, &&str)| {
        let (lower, upper) = (word.to_lowercase(), word.to_uppercase());
        let known = || lexicon.is_organisation(&upper) && !lexicon.is_organisation(&capitalised(&lower));
        if i > 0 && small(&lower) {
            lower
        } else if short || !lower.contains(['a', 'e', 'i', 'o', 'u', 'y']) || known() {
            upper
        } else {
            capitalised(&lower)
        }
    };
    words.iter().enumerate().map(one).collect::<Vec<_>>().join(" ").replace('|', " ")
}

/// Each part of a word with a capital: *Al-Nahda*, *O'Brien*; but *Children's*.
fn capitalised(lower: &str) -> String {
    let mut start = true;
    let mut written = String::with_capacity(lower.len());
    let letters: Vec<char> = lower.chars().collect();
    for (i, &c) in letters.iter().enumerate() {
        if start {
            written.extend(c.to_uppercase())
        } else {
            written.push(c)
        }
        let more = letters.len() - i > 2;
        start = matches!(c, '-' | '/' | '.') || (matches!(c, '\'' | '’') && more);
    }
    written
}

/// *USAGOV 930120-010120*, *IGOUNO >070101*, *EGYOPP*.
fn dated(text: &str) -> Option<Dated> {
    let mut parts = text.split_whitespace();
    let code = parts.next()?.to_uppercase();
    let when: String = parts.collect();
    if code != "---" && !(code.len() >= 3 && code.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return None;
    }
    let (from, to) = match when.chars().next() {
        None => (String::new(), String::new()),
        Some('<') => (String::new(), month(&when[1..])?),
        Some('>') => (month(&when[1..])?, String::new()),
        Some(_) => {
            let (from, to) = when.split_once('-')?;
            let (from, to) = (month(from)?, month(to)?);
            if to < from {
                return None;
            }
            (from, to)
        }
    };
    Some(Dated { code, from, to, dated: !when.is_empty() })
}

/// The month of *20070101* or *070101*; two digits of a year before 30 are of this century, as PETRARCH reads them.
/// None where the table of office holders takes no such year.
fn month(date: &str) -> Option<String> {
    let digits = date.bytes().all(|b| b.is_ascii_digit());
    let (year, rest) = match date.len() {
        8 if digits && ("1900".."2200").contains(&&date[..4]) => (date[..4].to_owned(), &date[4..]),
        6 if digits => (format!("{}{}", if &date[..2] < "30" { "20" } else { "19" }, &date[..2]), &date[2..]),
        _ => return None,
    };
    matches!(rest[..2].parse::<u8>(), Ok(1..=12)).then(|| format!("{year}-{}", &rest[..2]))
}
