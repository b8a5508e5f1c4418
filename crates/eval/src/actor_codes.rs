//! Country and sector of single phrases.
//!
//! What a row asks, by its `fn` and `expect`:
//! - `query_wiki` asks for an article of an encyclopaedia, which the reader does not give: left out, and so is every row with neither
//!   `country`, `cc` nor `code_1`, or without a phrase.
//! - `country` (in `agent_to_code`) and `cc` (in `search_nat`): the country must be this. The set's own codes for bodies of states
//!   (`UNO`, `EUR`, `IMG`, `ISM`, `MNC`) stand for the codebook's `IGO` and `NGO`; an empty code asks for none.
//! - `code_1`: the sector must be this one or, where the row has two, `code_2`: the codebook keeps one. `UNK` and an empty code ask for
//!   none; a country, which the codebook lets act through its government, may have `GOV` for it.
//! - What `expect` does not name is not asked.
//!
//! The phrase is a report of one phrase, published on the day that stands in `args`, if one does; the other argument, a country as
//! context, is not used.

use anyhow::{Context, Result};
use jiff::civil::Date;
use onrecord_reader::Reader;
use onrecord_record::{Actor, ActorKind, Sector};
use onrecord_text::Document;
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt::{self, Write};

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "fn")]
    function: String,
    text: Option<String>,
    #[serde(default)]
    args: Vec<String>,
    expect: HashMap<String, Option<String>>,
}

/// How many phrases got the codes that their rows ask for.
#[derive(Default)]
pub struct Tally {
    asked: usize,
    both: usize,
    countries: (usize, usize),
    sectors: (usize, usize),
    wrong: String,
}

/// Reads every phrase of the file and compares its codes.
///
/// # Errors
/// When a line is no row of the set.
pub fn measure(reader: &Reader, lines: &str) -> Result<Tally> {
    let mut tally = Tally::default();
    for (i, line) in lines.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row: Row = serde_json::from_str(line)
            .with_context(|| format!("line {}: not a row: an object with `fn`, `text`, `args` and `expect` is needed", i + 1))?;
        if let Some(text) = &row.text {
            tally.add(text, &row, found(reader, text, &row).as_ref());
        }
    }
    Ok(tally)
}

/// The first actor of the phrase.
fn found(reader: &Reader, text: &str, row: &Row) -> Option<Actor> {
    let mut document = Document::new("phrase", text);
    document.published = row.args.iter().find_map(|arg| day(arg));
    let cast = reader.actors(&document);
    let party = cast.phrases.first()?.parties.first()?;
    cast.actor(&party.actor).cloned()
}

impl Row {
    fn country(&self) -> Option<Option<&str>> {
        let code = ["country", "cc"].iter().find_map(|k| self.expect.get(*k))?.as_deref().unwrap_or_default();
        Some(match code {
            "" => None,
            "UNO" | "EUR" | "IMG" => Some("IGO"),
            "ISM" | "MNC" => Some("NGO"),
            code => Some(code),
        })
    }

    /// The sectors of which the actor must have one; an empty list asks for none.
    fn sectors(&self) -> Option<Vec<Sector>> {
        self.expect.get("code_1")?;
        let codes = ["code_1", "code_2"].iter().filter_map(|k| self.expect.get(*k)?.as_deref());
        Some(codes.filter(|code| *code != "UNK").filter_map(|code| code.parse().ok()).collect())
    }
}

impl Tally {
    fn add(&mut self, text: &str, row: &Row, actor: Option<&Actor>) {
        let (country, sectors) = (row.country(), row.sectors());
        if row.function.ends_with("query_wiki") || (country.is_none() && sectors.is_none()) {
            return;
        }
        let own_country = actor.and_then(|a| a.country.as_deref());
        let own_sector = actor.and_then(|a| a.sector);
        let state = actor.is_some_and(|a| a.kind == ActorKind::Country) && own_sector == Some(Sector::Gov);
        let country_right = country.is_none_or(|code| code == own_country);
        let sector_right = sectors.as_ref().is_none_or(|any| match own_sector {
            Some(own) => any.contains(&own) || (any.is_empty() && state),
            None => any.is_empty(),
        });
        count(&mut self.countries, country.is_some(), country_right);
        count(&mut self.sectors, sectors.is_some(), sector_right);
        self.asked += 1;
        self.both += usize::from(country_right && sector_right);
        if !(country_right && sector_right) {
            let asked = [country.map(|c| c.unwrap_or("no country").to_owned()), sectors.map(|s| listed(&s))];
            let asked: Vec<String> = asked.into_iter().flatten().collect();
            let got = actor.map_or("no actor".to_owned(), |a| {
                format!(
                    "{} {} ({}, {})",
                    own_country.unwrap_or("-"),
                    own_sector.map_or("-", Sector::as_str),
                    a.name,
                    a.kind.as_str()
                )
            });
            let _ = writeln!(self.wrong, "  {text:?} {}: asked {}, got {got}", row.args.join(" "), asked.join(" "));
        }
    }
}

fn count(of: &mut (usize, usize), asked: bool, right: bool) {
    of.0 += usize::from(asked && right);
    of.1 += usize::from(asked);
}

fn listed(sectors: &[Sector]) -> String {
    if sectors.is_empty() { "no sector".into() } else { sectors.iter().map(|s| s.as_str()).collect::<Vec<_>>().join("/") }
}

/// *2022-03-01*, *12 April 2022*.
fn day(words: &str) -> Option<Date> {
    words.parse().ok().or_else(|| jiff::fmt::strtime::parse("%d %B %Y", words).ok()?.to_date().ok())
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |(right, of): (usize, usize)| format!("{right} of {of} ({:.1} %)", 100.0 * right as f64 / of.max(1) as f64);
        write!(f, "{}", self.wrong)?;
        writeln!(f, "country {}, sector {}", share(self.countries), share(self.sectors))?;
        writeln!(f, "all that is asked right {}", share((self.both, self.asked)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_asked_does_not_count() {
        let rows = r#"{"fn": "x.query_wiki", "text": "Oslo", "expect": {"title": "Oslo"}}
            {"fn": "x.agent_to_code", "text": "Norwegian fishermen", "args": ["", "2020-01-01"], "expect": {"country": "NOR"}}
            {"fn": "x.agent_to_code", "text": "Norway", "args": [], "expect": {"country": "NOR", "code_1": ""}}
            {"fn": "x.agent_to_code", "text": "Norway", "args": [], "expect": {"country": "SWE"}}"#;
        let tally = measure(&Reader::builtin(), rows).expect("rows");
        assert_eq!((tally.asked, tally.both, tally.countries, tally.sectors), (3, 2, (2, 3), (1, 1)));
        assert!(tally.wrong.contains("asked SWE, got NOR"));
    }

    #[test]
    fn days_are_read_in_both_writings() {
        assert_eq!(day("12 April 2022"), day("2022-04-12"));
        assert_eq!((day("today"), day("query_date"), day("")), (None, None, None));
    }
}
