//! Decisions of people, and what they change.

use super::cli_decide::{Changes, Decide, Log, Split, Undo};
use super::table::Row;
use super::{ask, format, now};
use crate::output;
use anyhow::Result;
use onrecord_store::{Change, Decided, Store, Verb};

/// Keeps a word on two.
pub fn decide(verb: Verb, decide: &Decide) -> Result<()> {
    let mut store = ask::open(&decide.db)?;
    let before = store.last_change()?;
    let number = store.decide(verb, &decide.a, &decide.b, &decide.by.by, &decide.by.why, &now())?;
    tell(&store, before, &[number], &format!("decision {number} is kept; `onrecord undo {number}` takes it back"))
}

/// Takes a report out of a line.
pub fn split(split: &Split) -> Result<()> {
    let mut store = ask::open(&split.db)?;
    let numbers = store.split(&split.name, &split.report, &split.by.by, &split.by.why, &now())?;
    let undo: Vec<String> = numbers.iter().map(|number| format!("`onrecord undo {number}`")).collect();
    let word = if numbers.len() == 1 { "decision is kept; it is taken back" } else { "decisions are kept; they are taken back" };
    output::report(&format!("{} {word} by {}", numbers.len(), undo.join(", ")));
    let (mut out, mut rest) = (Vec::new(), Vec::new());
    for decided in store.decisions()?.into_iter().filter(|decided| numbers.contains(&decided.id)) {
        for (name, side) in [(decided.a, &mut out), (decided.b, &mut rest)] {
            side.extend(store.called(&name)?.filter(|name| !side.contains(name)));
        }
    }
    output::report(&format!("what {} tells is {} now, apart from {}", split.report, out.join(", "), rest.join(", ")));
    Ok(())
}

/// Takes a decision back.
pub fn undo(undo: &Undo) -> Result<()> {
    let mut store = ask::open(&undo.db)?;
    let before = store.last_change()?;
    let decided = store.undo(undo.id, &now())?;
    let said = format!("decision {} is taken back: {} {} {}", decided.id, word(decided.verb), decided.a, decided.b);
    tell(&store, before, &[undo.id], &said)
}

/// What was decided, and what it changed in the account.
fn tell(store: &Store, before: i64, decisions: &[i64], said: &str) -> Result<()> {
    output::report(said);
    let causes: Vec<String> = decisions.iter().map(|number| format!("decision {number}")).collect();
    let changes: Vec<Change> = store.changes(before)?.into_iter().filter(|change| causes.contains(&change.cause)).collect();
    for change in &changes {
        output::report(&said_of(change));
    }
    if changes.is_empty() {
        output::report("no name changes: the account was so before");
    }
    Ok(())
}

/// *event-a is a part of event-b now*.
pub fn said_of(change: &Change) -> String {
    match (change.verb.as_str(), &change.becomes) {
        ("merged", Some(becomes)) => format!("{} is a part of {becomes} now", change.was),
        ("split", Some(becomes)) => format!("a part of {} is {becomes} now", change.was),
        ("withdrawn", Some(becomes)) => format!("{} is withdrawn; what is left of it is {becomes}", change.was),
        (verb, Some(becomes)) => format!("{} is {verb}: {becomes}", change.was),
        (verb, None) => format!("{} is {verb}: nothing tells it any more", change.was),
    }
}

fn word(verb: Verb) -> &'static str {
    match verb {
        Verb::Merge => "merge",
        Verb::Never => "never",
    }
}

/// All decisions.
pub fn log(log: &Log) -> Result<()> {
    let decisions = ask::open(&log.db)?.decisions()?;
    if decisions.is_empty() {
        output::report("nothing was decided yet");
    }
    let row = |decided: &Decided| -> Row {
        vec![
            decided.id.into(),
            decided.made.as_str().into(),
            decided.who.as_str().into(),
            word(decided.verb).into(),
            decided.a.as_str().into(),
            decided.b.as_str().into(),
            decided.why.as_str().into(),
            if decided.undone { "taken back" } else { "" }.into(),
        ]
    };
    ask::print(&decisions, &["id", "made", "who", "verb", "a", "b", "why", "undone"], format(log.format), row)
}

/// The feed of what became of names.
pub fn changes(changes: &Changes) -> Result<()> {
    let all = ask::open(&changes.db)?.changes(changes.after)?;
    if all.is_empty() {
        output::report("no name has changed");
    }
    let row = |change: &Change| -> Row {
        vec![
            change.id.into(),
            change.made.as_str().into(),
            change.verb.as_str().into(),
            change.was.as_str().into(),
            change.becomes.as_deref().into(),
            change.cause.as_str().into(),
        ]
    };
    ask::print(&all, &["id", "made", "verb", "was", "becomes", "cause"], format(changes.format), row)
}
