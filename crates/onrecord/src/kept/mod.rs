//! The kept record: adding to it, asking it, deciding about it.

mod add;
pub mod cli;
mod export;
mod table;

use crate::output;
use anyhow::Result;
use cli::{Ask, Decide, Kept, TableFormat};
use onrecord_account::{Days, Kind, Line};
use onrecord_store::{Asked, Store, Verb};
use std::io::{self, IsTerminal};
use std::process::ExitCode;

/// Does what was asked.
pub fn run(command: Kept) -> Result<ExitCode> {
    match command {
        Kept::Add(arguments) => return add::run(arguments),
        Kept::Events(ask) => answer(Kind::Event, &ask)?,
        Kept::Statements(ask) => answer(Kind::Statement, &ask)?,
        Kept::Positions(ask) => answer(Kind::Position, &ask)?,
        Kept::Actors(ask) => answer(Kind::Actor, &ask)?,
        Kept::Figures(figures) => {
            let lines = Store::open(figures.ask.db.db.clone())?.figures(&asked(&figures.ask), figures.conflicts)?;
            print(&lines, figures.ask.format)?;
        }
        Kept::Search(search) => {
            let hits = Store::open(search.db.db.clone())?.search(&search.query, search.limit)?;
            let rows: Vec<table::Row> = hits.iter().map(|(line, words)| table::hit(line, words)).collect();
            table::print(&mut out(), &rows, format(search.format))?;
        }
        Kept::Export(export) => return export::run(&export),
        Kept::Merge(decide) => self::decide(Verb::Merge, &decide)?,
        Kept::Never(decide) => self::decide(Verb::Never, &decide)?,
        Kept::Undo(undo) => {
            let decided = Store::open(undo.db.db.clone())?.undo(undo.id, &now())?;
            output::report(&format!("taken back: {} {}", decided.a, decided.b));
        }
        Kept::Log(db) => {
            for decided in Store::open(db.db.clone())?.decisions()? {
                output::write(&mut out(), &(serde_json::to_string(&decided)? + "\n"))?;
            }
        }
        Kept::Check(db) => {
            let faults = Store::open(db.db.clone())?.check()?;
            for fault in &faults {
                output::write(&mut out(), &format!("{}: {}\n", fault.place, fault.what))?;
            }
            return Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Kept::Backup(backup) => Store::open(backup.db.db.clone())?.backup(&backup.to)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The moment, as it is kept.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn out() -> io::StdoutLock<'static> {
    io::stdout().lock()
}

fn format(asked: Option<TableFormat>) -> TableFormat {
    asked.unwrap_or(if io::stdout().is_terminal() { TableFormat::Table } else { TableFormat::Jsonl })
}

fn asked(ask: &Ask) -> Asked {
    let day = |date: Option<jiff::civil::Date>| date.map(|date| Days::of(date).first);
    Asked {
        words: ask.words.clone(),
        who: ask.who.clone(),
        to: ask.to.clone(),
        what: ask.what.clone(),
        place: ask.place.clone(),
        since: day(ask.since),
        until: day(ask.until),
        outlet: ask.outlet.clone(),
        factuality: ask.factuality.clone(),
        limit: ask.limit,
    }
}

fn answer(kind: Kind, ask: &Ask) -> Result<()> {
    print(&Store::open(ask.db.db.clone())?.ask(kind, &asked(ask))?, ask.format)
}

fn print(lines: &[Line], asked: Option<TableFormat>) -> Result<()> {
    let mut out = out();
    match format(asked) {
        TableFormat::Jsonl => lines.iter().try_for_each(|line| output::write(&mut out, &(serde_json::to_string(line)? + "\n"))),
        TableFormat::Json => output::write(&mut out, &(serde_json::to_string_pretty(lines)? + "\n")),
        flat => {
            let rows: Vec<table::Row> = lines.iter().map(table::row).collect();
            table::print(&mut out, &rows, flat)
        }
    }
}

fn decide(verb: Verb, decide: &Decide) -> Result<()> {
    let number = Store::open(decide.db.db.clone())?.decide(verb, &decide.a, &decide.b, &decide.by, &decide.why, &now())?;
    output::report(&format!("decision {number} is kept; `onrecord undo {number}` takes it back"));
    Ok(())
}
