//! Decisions of people, what they change, and the log of all that people said.

use super::cli_decide::{Changes, Decide, Log, Split, Undo};
use super::table::Row;
use super::{ask, correct, format, now};
use crate::output;
use anyhow::Result;
use onrecord_store::{Change, Decided, Entry, Store, Verb};

/// Keeps a word on two.
pub fn decide(verb: Verb, decide: &Decide) -> Result<()> {
    let mut store = ask::open(&decide.db)?;
    let before = store.last_change()?;
    let number = store.decide(verb, &decide.a, &decide.b, &decide.by.by, &decide.by.why, &now())?;
    output::report(&format!("decision {number} is kept; `onrecord undo {number}` takes it back"));
    let made: Vec<Entry> = store.log()?.into_iter().filter(|entry| entry.id() == number).collect();
    tell(&store, before, &made)
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

/// Takes a decision or a correction back.
pub fn undo(undo: &Undo) -> Result<()> {
    let mut store = ask::open(&undo.db)?;
    let before = store.last_change()?;
    let entry = store.undo(undo.id, &now())?;
    output::report(&match &entry {
        Entry::Decided(one) => format!("decision {} is taken back: {}", one.id, sentence(one)),
        Entry::Corrected(one) => format!("taken back: {}", correct::sentence(one)),
    });
    tell(&store, before, &[entry])
}

/// A decision in words.
pub fn sentence(one: &Decided) -> String {
    format!("{} {} {}", word(one.verb), one.a, one.b)
}

/// What was said changed so in the account.
pub fn tell(store: &Store, before: i64, said: &[Entry]) -> Result<()> {
    let causes: Vec<String> = said.iter().map(Entry::cause).collect();
    let changes: Vec<Change> = store.changes(before)?.into_iter().filter(|change| causes.contains(&change.cause)).collect();
    for change in &changes {
        output::report(&said_of(change));
    }
    if changes.is_empty() {
        output::report("no name changes");
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

/// All that people said.
pub fn log(log: &Log) -> Result<()> {
    let entries = ask::open(&log.db)?.log()?;
    if entries.is_empty() {
        output::report("nothing was decided or put right yet");
    }
    let row = |entry: &Entry| -> Row {
        match entry {
            Entry::Decided(one) => {
                let of = [one.a.as_str(), &one.b, "", "", ""];
                line(one.id, [&one.made, &one.who, word(one.verb)], of, &one.why, one.undone)
            }
            Entry::Corrected(one) => {
                let of = [one.name.as_str(), &one.document, &one.field, &correct::shown(&one.before), &correct::shown(&one.after)];
                line(one.id, [&one.made, &one.who, &one.verb], of, &one.why, one.undone)
            }
        }
    };
    ask::print(
        &entries,
        &["id", "made", "who", "verb", "a", "b", "field", "before", "after", "why", "undone"],
        format(log.format),
        row,
    )
}

fn line(id: i64, said: [&str; 3], of: [&str; 5], why: &str, undone: bool) -> Row {
    let text = said.into_iter().chain(of).chain([why, if undone { "taken back" } else { "" }]);
    std::iter::once(id.into()).chain(text.map(Into::into)).collect()
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
