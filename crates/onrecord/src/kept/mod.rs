//! The kept record: adding to it, asking it, deciding about it.

mod add;
mod ask;
mod board;
mod brief;
pub mod cli;
mod cli_ask;
mod cli_correct;
mod cli_decide;
mod correct;
mod decide;
mod differ;
pub mod export;
mod feeds;
mod keeper;
mod key;
pub mod manifest;
mod mcp;
mod original;
mod prepare;
pub mod progress;
mod reread;
mod serve;
mod sql;
pub mod stop;
mod table;
pub mod tally;
mod timeline;
mod watch;
mod watch_cli;
mod why;

use crate::output;
use anyhow::Result;
use cli::Kept;
use cli_ask::TableFormat;
use onrecord_account::Kind;
use onrecord_store::{Review, Store, StoreError, Verb};
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
        Kept::Watch(arguments) => return watch::run(arguments),
        Kept::Feeds(arguments) => return feeds::run(&arguments),
        Kept::Original(arguments) => return original::run(&arguments),
        Kept::Events(events) => ask::answer(Kind::Event, &events.ask)?,
        Kept::Statements(statements) => ask::answer(Kind::Statement, &statements.ask)?,
        Kept::Positions(positions) => ask::positions(&positions)?,
        Kept::Actors(actors) => ask::answer(Kind::Actor, &actors.ask)?,
        Kept::Figures(figures) => ask::figures(&figures)?,
        Kept::Search(search) => ask::search(&search)?,
        Kept::Timeline(timeline) => timeline::run(&timeline)?,
        Kept::Brief(brief) => brief::run(&brief)?,
        Kept::Why(why) => why::run(&why)?,
        Kept::Sql(sql) => sql::run(&sql)?,
        Kept::Export(export) => return export::run(&export),
        Kept::Merge(merge) => decide::decide(Verb::Merge, &merge.decide)?,
        Kept::Never(never) => decide::decide(Verb::Never, &never.decide)?,
        Kept::Split(split) => decide::split(&split)?,
        Kept::Correct(correct) => correct::correct(&correct)?,
        Kept::Reject(reject) => correct::review(Review::Rejected, &reject.record, &reject.signed)?,
        Kept::Accept(accept) => correct::review(Review::Accepted, &accept.record, &accept.by)?,
        Kept::Review(review) => correct::queue(&review)?,
        Kept::Undo(undo) => decide::undo(&undo)?,
        Kept::Log(log) => decide::log(&log)?,
        Kept::Changes(changes) => decide::changes(&changes)?,
        Kept::Reread(reread) => return reread::run(&reread),
        Kept::Serve(serve) => serve::run(&serve)?,
        Kept::Key(key) => key::run(&key)?,
        Kept::Mcp(mcp) => mcp::run(&mcp)?,
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
