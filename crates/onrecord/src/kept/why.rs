//! `onrecord why`.

use super::cli_decide::{Why as Arguments, WhyFormat};
use super::decide::said_of;
use super::{ask, correct, out};
use crate::output;
use anyhow::Result;
use onrecord_account::{Happening, Line};
use onrecord_export::Prose;
use onrecord_store::{Source, Store, Verb, Why};
use std::fmt::Write;
use std::io::{self, IsTerminal};

/// Sources that a person is shown; how many more there are stands at their end.
const SHOWN: usize = 40;

pub fn run(arguments: &Arguments) -> Result<()> {
    let store = ask::open(&arguments.db)?;
    let why = store.why(&arguments.name)?;
    let default = if io::stdout().is_terminal() { WhyFormat::Human } else { WhyFormat::Json };
    match arguments.format.unwrap_or(default) {
        WhyFormat::Json => output::write(&mut out(), &(serde_json::to_string_pretty(&why)? + "\n")),
        WhyFormat::Human => output::write(&mut out(), &human(&store, &why)?),
    }
}

fn human(store: &Store, why: &Why) -> Result<String> {
    let mut text = String::new();
    match &why.name {
        Some(name) if *name == why.asked => writeln!(text, "{name}")?,
        Some(name) => writeln!(text, "{} is {name} now", why.asked)?,
        None => writeln!(text, "{} is withdrawn: no report tells it any more, as they are read now", why.asked)?,
    }
    if let Some(line) = &why.line {
        for sentence in sentences(store, line)? {
            writeln!(text, "  {sentence}")?;
        }
    }
    if !why.sources.is_empty() {
        writeln!(text, "\n{}", told_by(why))?;
    }
    for (number, source) in why.sources.iter().enumerate().take(SHOWN) {
        write!(text, "{}", source_of(number + 1, source))?;
    }
    if why.sources.len() > SHOWN {
        writeln!(text, "  and {} more; --format json has all", why.sources.len() - SHOWN)?;
    }
    let shown: Vec<_> = why.joined.iter().filter(|pair| pair.a < SHOWN && pair.b < SHOWN).collect();
    if why.sources.len() > 1 {
        writeln!(text, "\nWhy they are one")?;
        for pair in &shown {
            writeln!(text, "  [{}] and [{}]: {}", pair.a + 1, pair.b + 1, pair.why.join("; "))?;
        }
        for decided in why.standing(Verb::Merge) {
            writeln!(text, "  {} and {}: decision {}", decided.a, decided.b, decided.id)?;
        }
        if shown.is_empty() && why.standing(Verb::Merge).next().is_none() {
            writeln!(text, "  {}", if matches!(why.line, Some(Line::Figure { .. })) { FIGURES } else { IDENTITY })?;
        }
    }
    if !why.decisions.is_empty() {
        writeln!(text, "\nWhat people decided")?;
    }
    for decided in &why.decisions {
        let verb = if decided.verb == Verb::Merge { "are one" } else { "are not one" };
        let reason = if decided.why.is_empty() { String::new() } else { format!(": {}", decided.why) };
        let who = if decided.who.is_empty() { String::new() } else { format!(" by {}", decided.who) };
        let undone = if decided.undone { " (taken back)" } else { "" };
        writeln!(text, "  {}{undone}: {} and {} {verb}{reason}, {}{who}", decided.id, decided.a, decided.b, decided.made)?;
    }
    if !why.corrections.is_empty() {
        writeln!(text, "\nWhat people put right")?;
    }
    for one in &why.corrections {
        let reason = if one.why.is_empty() { String::new() } else { format!(": {}", one.why) };
        let who = if one.who.is_empty() { String::new() } else { format!(" by {}", one.who) };
        let undone = if one.undone { " (taken back)" } else { "" };
        writeln!(text, "  {}{undone}{reason}, {}{who}", correct::sentence(one), one.made)?;
    }
    if !why.changes.is_empty() {
        writeln!(text, "\nWhat became of names")?;
    }
    for change in &why.changes {
        writeln!(text, "  {}: {} (by {})", change.made, said_of(change), change.cause)?;
    }
    Ok(text)
}

const IDENTITY: &str = "they have one identity: the same full name, country or office";
const FIGURES: &str = "they count the same of one event; `onrecord why` of the event says why its reports are one";

/// What the line says; of positions each move.
fn sentences(store: &Store, line: &Line) -> Result<Vec<String>> {
    let mut prose = Prose::new(Box::new(|id| Ok(store.kept(id)?.document)));
    let moments: Vec<Happening> = match line {
        Line::Event { .. } => vec![Happening::Event],
        Line::Statement { .. } => vec![Happening::Said],
        Line::Position { history, .. } => (0..history.len()).map(|at| Happening::Move(at, None)).collect(),
        Line::Figure { series, .. } => (0..series.len()).map(Happening::Value).collect(),
        Line::Actor { name, aliases, roles, .. } => {
            let also =
                |list: &[String], word: &str| if list.is_empty() { String::new() } else { format!("; {word} {}", list.join(", ")) };
            return Ok(vec![format!("{name}{}{}", also(aliases, "also"), also(roles, "as"))]);
        }
        Line::Document { .. } => Vec::new(),
    };
    moments.into_iter().map(|what| Ok(prose.say(line, what)?.sentence)).collect()
}

fn told_by(why: &Why) -> String {
    let mut reports: Vec<&str> = why.sources.iter().map(|source| source.document.as_str()).collect();
    reports.sort_unstable();
    reports.dedup();
    let count = format!("Told by {} report{}", reports.len(), if reports.len() == 1 { "" } else { "s" });
    match &why.line {
        Some(Line::Event { witnesses, .. }) if *witnesses < reports.len() => {
            format!("{count}, of which {witnesses} do not copy each other")
        }
        _ => count,
    }
}

/// A report with its words and what decided.
fn source_of(number: usize, source: &Source) -> String {
    let head = [source.outlet.as_deref(), source.published.as_deref(), source.title.as_deref()];
    let head: Vec<&str> = head.into_iter().flatten().chain([source.document.as_str()]).collect();
    let words = source.words.split_whitespace().collect::<Vec<_>>().join(" ");
    let given = source.given_by.last().map(|giver| format!(", as given by {giver}")).unwrap_or_default();
    let mut decided = vec![source.record.clone()];
    decided.extend(source.factuality.map(|factuality| factuality.to_string()));
    decided.extend(source.confidence.map(|confidence| format!("confidence {confidence:.2}")));
    decided.extend((!source.why.is_empty()).then(|| source.why.clone()));
    decided.push(format!("read by version {}", source.version));
    format!("  [{number}] {}\n      “{words}”{given}\n      {}\n", head.join(" · "), decided.join(" · "))
}
