//! What people put right in readings.

use super::cli_correct::{Correct, Review as Queue, Which};
use super::decide::tell;
use super::{ask, cli_correct, cli_decide, format, now};
use crate::output;
use anyhow::Result;
use onrecord_account::parts_of_name;
use onrecord_reader::Reader;
use onrecord_record::Record;
use onrecord_store::{Corrected, Entry, Review, Signed, Store, StoreError, Target, Unseen};
use onrecord_text::Document;
use serde_json::Value;

/// Who says so, and why.
pub trait Says {
    fn why(&self) -> &str;
    fn who(&self) -> &str;
}

impl Says for cli_correct::Signed {
    fn why(&self) -> &str {
        &self.why
    }

    fn who(&self) -> &str {
        &self.by
    }
}

impl Says for cli_decide::By {
    fn why(&self) -> &str {
        &self.why
    }

    fn who(&self) -> &str {
        &self.by
    }
}

/// Puts a field right.
pub fn correct(correct: &Correct) -> Result<()> {
    let mut store = ask::open(&correct.record.db)?;
    let targets = targets(&store, &correct.record, true)?;
    let value = match correct.field.as_str() {
        "place" => place(&store, &targets, &correct.value)?,
        _ => correct.value.clone(),
    };
    said(&mut store, &correct.signed, |store, signed| store.correct(&targets, &correct.field, &value, signed))
}

/// Says of records as a whole that they are right, or are not in their reports.
pub fn review(review: Review, record: &Which, says: &impl Says) -> Result<()> {
    let mut store = ask::open(&record.db)?;
    let targets = targets(&store, record, review == Review::Rejected)?;
    said(&mut store, says, |store, signed| store.review(&targets, review, signed))
}

fn said(store: &mut Store, says: &impl Says, say: impl FnOnce(&mut Store, Signed) -> Result<Vec<i64>, StoreError>) -> Result<()> {
    let before = store.last_change()?;
    let numbers = say(store, Signed { who: says.who(), why: says.why(), made: &now() })?;
    let made: Vec<Entry> = store.log()?.into_iter().filter(|entry| numbers.contains(&entry.id())).collect();
    for entry in &made {
        let id = entry.id();
        output::report(&format!("{}; `onrecord undo {id}` takes it back", says_of(entry)));
    }
    tell(store, before, &made)
}

fn says_of(entry: &Entry) -> String {
    match entry {
        Entry::Corrected(one) => sentence(one),
        Entry::Decided(one) => super::decide::sentence(one),
    }
}

/// A correction as a sentence.
pub fn sentence(one: &Corrected) -> String {
    let Corrected { id, verb, document, anchor, field, before, after, .. } = one;
    match verb.as_str() {
        "correct" => format!("correction {id}: {field} of {anchor} in {document} was {} and is {}", shown(before), shown(after)),
        verb => format!("correction {id}: {anchor} in {document} is {verb}ed"),
    }
}

/// A value as people read it.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(all) if all.is_empty() => "none".to_owned(),
        Value::Array(all) if all.iter().all(Value::is_number) => all.iter().map(Value::to_string).collect::<Vec<_>>().join(" to "),
        Value::Array(all) => all.iter().map(shown).collect::<Vec<_>>().join("; "),
        Value::Object(place) => place.get("name").map_or_else(|| value.to_string(), shown),
        other => other.to_string(),
    }
}

/// The records that are meant. Where each is one report's own word (`alone`), a position's move or a figure's value, it must be one.
fn targets(store: &Store, which: &Which, alone: bool) -> Result<Vec<Target>, StoreError> {
    let told = store.told(&which.name)?;
    let all = || told.iter().map(|one| format!("{} ({})", one.document, one.record)).collect::<Vec<_>>().join(", ");
    let here = |one: &&Target| {
        which.report.as_ref().is_none_or(|report| one.document == *report)
            && which.record.as_ref().is_none_or(|id| one.record == *id)
    };
    let found: Vec<Target> = told.iter().filter(here).cloned().collect();
    if found.is_empty() {
        return Err(StoreError::Refused(format!("no such record tells {}; it is told by {}", which.name, all())));
    }
    let own = matches!(parts_of_name(&which.name), Some(("position" | "figure", _)));
    if alone && own && found.len() > 1 {
        return Err(StoreError::Refused(format!("{} is told by {}: say in which, with --in and --record", which.name, all())));
    }
    Ok(found)
}

/// A place as one of the reports has it, or as it is on the map.
fn place(store: &Store, targets: &[Target], name: &str) -> Result<String> {
    if name.trim().is_empty() || name.starts_with('{') {
        return Ok(name.to_owned());
    }
    for target in targets {
        if names(&store.kept(&target.document)?.record, name) {
            return Ok(name.to_owned());
        }
    }
    let before = "They met in ";
    let report = Document::new("place", format!("{before}{name}."));
    let found = Reader::builtin().places(&report).into_iter().find(|(span, _)| span.start == before.len());
    match found.filter(|(_, place)| place.country.is_some() || place.lat.is_some()) {
        Some((_, place)) => Ok(serde_json::to_string(&place)?),
        None => {
            output::report(&format!("{name}: not on the map; it is kept by its name alone"));
            Ok(name.to_owned())
        }
    }
}

fn names(record: &Record, name: &str) -> bool {
    let events = record.events.iter().filter_map(|event| event.place.as_ref());
    let mut all = events.chain(record.figures.iter().filter_map(|figure| figure.place.as_ref()));
    all.any(|place| place.name.to_lowercase() == name.to_lowercase())
}

/// What nobody has looked at yet.
pub fn queue(queue: &Queue) -> Result<()> {
    let store = ask::open(&queue.db)?;
    let (mut unseen, mut after) = (Vec::new(), queue.after.clone());
    loop {
        let page = store.queue(after.as_deref(), queue.limit.max(1) - unseen.len())?;
        unseen.extend(page.unseen);
        after = page.next;
        if after.is_none() || unseen.len() >= queue.limit {
            break;
        }
    }
    let row = |one: &Unseen| {
        let source = &one.source;
        vec![
            source.name.as_str().into(),
            one.doubt.into(),
            one.conflict.to_string().into(),
            source.document.as_str().into(),
            source.record.as_str().into(),
            source.why.as_str().into(),
            source.words.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        ]
    };
    ask::print(&unseen, &["id", "doubt", "conflict", "report", "record", "why", "words"], format(queue.format), row)?;
    output::report(&match after {
        Some(after) => {
            format!("{} records wait to be looked at; the next of them: onrecord review --after {after}", store.waiting()?)
        }
        None => format!("{} records wait to be looked at", store.waiting()?),
    });
    Ok(())
}
