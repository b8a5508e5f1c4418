//! What people decided and put right, and what became of names.

use crate::ask::Ask;
use crate::form::Form;
use crate::links;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use onrecord_export::flat::Row;
use onrecord_store::{Change, Entry, Verb};
use serde_json::{Value, json};

/// Entries and changes that a page shows, the latest.
const SHOWN: usize = 200;

/// An entry as it is shown.
pub struct Said {
    pub id: i64,
    pub made: String,
    pub who: String,
    pub says: String,
    pub why: String,
    pub href: String,
    pub undone: bool,
}

/// A change of a name.
struct Became {
    made: String,
    verb: String,
    was: String,
    was_href: String,
    becomes: Option<(String, String)>,
    cause: String,
}

#[derive(Template)]
#[template(path = "log.html")]
struct Page {
    shell: Shell,
    entries: Vec<Said>,
    more: usize,
    changes: Vec<Became>,
    more_changes: usize,
    back: String,
}

/// `/log`; as data all of it.
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only(&["done"])?;
    let mut log = ask.store.log()?;
    match ask.form {
        Form::Json => Reply::json(&json!({"ok": true, "log": log, "changes": ask.store.changes(0)?})),
        Form::Csv => Reply::csv(&["id", "made", "who", "says", "why", "undone"], log.iter().map(said).map(row)),
        Form::Html => {
            log.reverse();
            let more = log.len().saturating_sub(SHOWN);
            let latest = ask.store.last_change()?;
            let mut changes = ask.store.changes(latest - i64::try_from(SHOWN).unwrap_or(0))?;
            changes.reverse();
            Reply::page(&Page {
                shell: Shell::new(ask, "Log"),
                entries: log.iter().take(SHOWN).map(said).collect(),
                more,
                more_changes: usize::try_from(latest).unwrap_or(0).saturating_sub(changes.len()),
                changes: changes.into_iter().map(became).collect(),
                back: "/log".to_owned(),
            })
        }
    }
}

fn row(said: Said) -> Row {
    let undone = if said.undone { "taken back" } else { "" };
    vec![said.id.into(), said.made.into(), said.who.into(), said.says.into(), said.why.into(), undone.into()]
}

/// An entry in a sentence.
pub fn said(entry: &Entry) -> Said {
    match entry {
        Entry::Decided(one) => {
            let verb = if one.verb == Verb::Merge { "are one" } else { "are not one" };
            Said {
                id: one.id,
                made: one.made.clone(),
                who: one.who.clone(),
                says: format!("{} and {} {verb}", one.a, one.b),
                why: one.why.clone(),
                href: links::record(&one.a),
                undone: one.undone,
            }
        }
        Entry::Corrected(one) => {
            let says = match one.verb.as_str() {
                "correct" => format!("{}: {} was {}, is {}", one.name, one.field, shown(&one.before), shown(&one.after)),
                verb => format!("{} {verb}ed", one.name),
            };
            Said {
                id: one.id,
                made: one.made.clone(),
                who: one.who.clone(),
                says: format!("{says} (in {})", one.document),
                why: one.why.clone(),
                href: links::record(&one.name),
                undone: one.undone,
            }
        }
    }
}

/// A value of a field as people read it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(all) if all.is_empty() => "nothing".to_owned(),
        Value::Array(all) => all.iter().map(shown).collect::<Vec<_>>().join("; "),
        Value::Object(place) => place.get("name").map_or_else(|| value.to_string(), shown),
        other => other.to_string(),
    }
}

fn became(change: Change) -> Became {
    Became {
        was_href: links::record(&change.was),
        becomes: change.becomes.map(|name| (links::record(&name), name)),
        made: change.made,
        verb: change.verb,
        was: change.was,
        cause: change.cause,
    }
}
