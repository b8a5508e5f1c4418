//! Everything behind one line of the account.

use crate::ask::Ask;
use crate::behind::{self, Behind};
use crate::form::Form;
use crate::links;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use axum::http::StatusCode;
use onrecord_account::Line;
use onrecord_store::Why;
use serde_json::json;

/// Sources that are shown; the rest is counted.
const SOURCES: usize = 100;
/// Columns of a source.
const COLUMNS: [&str; 12] = [
    "line",
    "document",
    "outlet",
    "published",
    "title",
    "record",
    "words",
    "given_by",
    "factuality",
    "confidence",
    "why",
    "version",
];

#[derive(Template)]
#[template(path = "record.html")]
struct Page {
    shell: Shell,
    behind: Behind,
}

/// `/record/{name}`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only(&[])?;
    let name = ask.name()?.to_owned();
    if let Some(now) = ask.store.called(&name)?.filter(|now| *now != name) {
        return Ok(elsewhere(ask, &now));
    }
    if name.starts_with("actor-")
        && ask.form == Form::Html
        && let Some(profile) = ask.store.profile(&name)?
    {
        return super::actor::page(ask, profile);
    }
    let why = ask.store.why_of_first(&name, SOURCES)?;
    // The name of a figure leads to the series that it is in.
    if let Some(now) = why.name.as_ref().filter(|now| **now != name) {
        return Ok(elsewhere(ask, now));
    }
    let status = if why.name.is_some() { StatusCode::OK } else { StatusCode::GONE };
    let reply = match ask.form {
        Form::Json => data(why)?,
        Form::Csv => Reply::csv(&COLUMNS, rows(&why))?,
        Form::Html => {
            let behind = behind::of(ask, &why)?;
            Reply::page(&Page { shell: Shell::new(ask, behind.title.as_str()), behind })?
        }
    };
    Ok(reply.status(status))
}

/// The line is called so now.
fn elsewhere(ask: &Ask, now: &str) -> Reply {
    let end = ask.form.end();
    Reply::elsewhere(&format!("{}{end}", links::record(now)))
}

/// The why, in which the reports of an actor that is named everywhere are as few as its sources; how many there are stands beside.
fn data(mut why: Why) -> Result<Reply, Problem> {
    let told = why.line.as_ref().map_or(0, behind::tellings);
    if let Some(Line::Actor { documents, reports, .. }) = &mut why.line {
        documents.truncate(SOURCES);
        reports.truncate(SOURCES);
    }
    let failed = |error: serde_json::Error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
    let mut data = serde_json::to_value(&why).map_err(failed)?;
    data["told"] = json!(told);
    Reply::json(&data)
}

fn rows(why: &Why) -> impl Iterator<Item = onrecord_export::flat::Row> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default().into();
    why.sources.iter().map(move |source| {
        vec![
            why.name.clone().unwrap_or_default().into(),
            source.document.as_str().into(),
            text(&source.outlet),
            text(&source.published),
            text(&source.title),
            source.record.as_str().into(),
            source.words.split_whitespace().collect::<Vec<_>>().join(" ").into(),
            source.given_by.join("; ").into(),
            source.factuality.map(|how| how.as_str()).unwrap_or_default().into(),
            source.confidence.map(|sure| format!("{sure:.2}")).unwrap_or_default().into(),
            source.why.as_str().into(),
            source.version.as_str().into(),
        ]
    })
}
