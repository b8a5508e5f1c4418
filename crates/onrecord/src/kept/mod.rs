//! The kept record: adding to it, asking it, deciding about it.

mod add;
mod ask;
pub mod cli;
mod cli_ask;
mod export;
mod table;

use crate::output;
use anyhow::Result;
use cli::{Decide, Kept};
use cli_ask::TableFormat;
use onrecord_account::Kind;
use onrecord_store::{Store, StoreError, Verb};
use std::io::{self, IsTerminal};
use std::process::ExitCode;

/// Does what was asked.
pub fn run(command: Kept) -> Result<ExitCode> {
    match done(command) {
        // What the store refuses to do or does not know was wrongly asked for.
        Err(error) if matches!(error.downcast_ref(), Some(StoreError::Refused(_) | StoreError::Unknown(_))) => {
            output::report(&format!("{error:#}"));
            Ok(ExitCode::from(2))
        }
        done => done,
    }
}

fn done(command: Kept) -> Result<ExitCode> {
    match command {
        Kept::Add(arguments) => return add::run(arguments),
        Kept::Events(events) => ask::answer(Kind::Event, &events.ask)?,
        Kept::Statements(statements) => ask::answer(Kind::Statement, &statements.ask)?,
        Kept::Positions(positions) => ask::answer(Kind::Position, &positions.ask)?,
        Kept::Actors(actors) => ask::answer(Kind::Actor, &actors.ask)?,
        Kept::Figures(figures) => ask::figures(&figures)?,
        Kept::Search(search) => ask::search(&search)?,
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

fn decide(verb: Verb, decide: &Decide) -> Result<()> {
    let number = Store::open(decide.db.db.clone())?.decide(verb, &decide.a, &decide.b, &decide.by, &decide.why, &now())?;
    output::report(&format!("decision {number} is kept; `onrecord undo {number}` takes it back"));
    Ok(())
}
