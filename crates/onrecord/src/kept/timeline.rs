//! `onrecord timeline`.

use super::ask;
use super::cli_ask::{Timeline, TimelineFormat};
use super::out;
use super::{cli_ask::TableFormat, table::Row};
use crate::output;
use anyhow::Result;
use onrecord_account::{Happening, Line, Moment, timeline};
use onrecord_export::{Prose, Quote, Said};
use serde::Serialize;
use std::io::{self, BufWriter, IsTerminal};

/// Something on a day, as it is printed.
#[derive(Serialize)]
struct Printed<'a> {
    date: Option<&'a str>,
    kind: &'static str,
    says: String,
    reports: usize,
    /// Reports that do not copy each other; only of events.
    witnesses: Option<usize>,
    id: &'a str,
    quotes: Vec<Quoted>,
}

/// The words that show it.
#[derive(Serialize)]
struct Quoted {
    document: String,
    words: String,
    source: String,
    url: Option<String>,
}

const COLUMNS: [&str; 6] = ["date", "kind", "says", "reports", "witnesses", "id"];

pub fn run(arguments: &Timeline) -> Result<()> {
    let asked = ask::typed(&arguments.query)?;
    let store = ask::open(&arguments.db)?;
    let lines = store.story(&asked)?;
    let moments = timeline(&lines, asked.since, asked.until);
    let fetch = Box::new(|id: &str| Ok(store.kept(id)?.document));
    let default = if io::stdout().is_terminal() { TimelineFormat::Table } else { TimelineFormat::Jsonl };
    let format = match arguments.format.unwrap_or(default) {
        TimelineFormat::Md => return super::export::quiet(onrecord_export::days(&mut BufWriter::new(out()), &moments, fetch)),
        TimelineFormat::Table => TableFormat::Table,
        TimelineFormat::Csv => TableFormat::Csv,
        TimelineFormat::Json => TableFormat::Json,
        TimelineFormat::Jsonl => TableFormat::Jsonl,
    };
    if moments.is_empty() {
        output::report("nothing fits");
    }
    let mut prose = Prose::new(fetch);
    let printed = moments.iter().map(|moment| Ok(printed(moment, prose.say(moment.line, moment.what)?)));
    ask::print(&printed.collect::<Result<Vec<_>>>()?, &COLUMNS, format, row)
}

fn printed<'a>(moment: &Moment<'a>, said: Said) -> Printed<'a> {
    let (kind, witnesses) = match (moment.what, moment.line) {
        (Happening::Event, Line::Event { witnesses, .. }) => ("event", Some(*witnesses)),
        (Happening::Event, _) => ("event", None),
        (Happening::Value(_), _) => ("figure", None),
        (Happening::Move(..), _) => ("position", None),
        (Happening::Said, _) => ("statement", None),
    };
    let quoted = |Quote { document, words, source, url, .. }: Quote| Quoted { document, words, source, url };
    let mut reports: Vec<&str> = said.quotes.iter().map(|quote| quote.document.as_str()).collect();
    reports.sort_unstable();
    reports.dedup();
    Printed {
        date: moment.date,
        kind,
        reports: reports.len(),
        witnesses,
        id: moment.line.id(),
        says: said.sentence,
        quotes: said.quotes.into_iter().map(quoted).collect(),
    }
}

fn row(printed: &Printed) -> Row {
    vec![
        printed.date.into(),
        printed.kind.into(),
        printed.says.as_str().into(),
        printed.reports.into(),
        printed.witnesses.into(),
        printed.id.into(),
    ]
}
