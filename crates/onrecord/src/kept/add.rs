//! `onrecord add`.

use super::cli::Add;
use crate::{output, pool};
use anyhow::Result;
use onrecord_reader::Reader;
use onrecord_source::{Form, Given, Input, Piece, SourceError, pieces};
use onrecord_store::{Added, Prepared, Store, StoreError};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::thread;

/// Reports kept in one transaction.
const BATCH: usize = 64;
/// What readings are marked with.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A report on its way.
enum Done {
    Ready(Box<Prepared>),
    /// Kept before, as it is.
    Known,
    Failed(String),
}

/// How many reports came to what end.
#[derive(Default)]
struct Tally {
    new: usize,
    known: usize,
    changed: usize,
    reread: usize,
    failed: usize,
}

/// Reads all inputs and keeps them.
pub fn run(arguments: Add) -> Result<ExitCode> {
    let mut store = Store::create(&arguments.db.db)?;
    let known = store.digests(VERSION)?;
    let inputs: Vec<Input> = arguments.inputs.iter().map(|argument| Input::from_argument(argument)).collect();
    let threads = arguments.threads.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let form = Form::from(arguments.input);
    let fetcher = arguments.web.fetcher();
    let documents = inputs.into_iter().flat_map(|input| pieces(&input, form, &Given::default(), &fetcher));
    let reader = Reader::builtin();
    let (mut tally, mut batch) = (Tally::default(), Vec::with_capacity(BATCH));
    pool::in_order(
        documents,
        threads,
        |piece| read(&reader, &known, piece),
        |done| -> Result<(), StoreError> {
            match done {
                Done::Ready(prepared) => batch.push(*prepared),
                Done::Known => tally.known += 1,
                Done::Failed(why) => {
                    tally.failed += 1;
                    output::report(&why);
                }
            }
            if batch.len() < BATCH { Ok(()) } else { keep(&mut store, &mut batch, &mut tally) }
        },
    )?;
    keep(&mut store, &mut batch, &mut tally)?;
    output::report(&tally.to_string());
    Ok(if tally.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn read(reader: &Reader, known: &HashSet<String>, piece: Result<Piece, SourceError>) -> Done {
    let piece = match piece {
        Ok(piece) => piece,
        Err(error) => return Done::Failed(error.to_string()),
    };
    let place = piece.place().to_owned();
    let prepared = catch_unwind(AssertUnwindSafe(|| {
        let document = piece.document()?;
        if known.contains(&onrecord_store::digest(&document)) {
            return Ok(None);
        }
        let record = reader.read(&document);
        Ok(Some(Prepared::new(document, &record, VERSION, None)))
    }));
    match prepared {
        Ok(Ok(Some(prepared))) => Done::Ready(Box::new(prepared)),
        Ok(Ok(None)) => Done::Known,
        Ok(Err(error)) => Done::Failed(SourceError::to_string(&error)),
        Err(_) => Done::Failed(format!("{place}: reading it went wrong inside the program; please report this, with the document")),
    }
}

fn keep(store: &mut Store, batch: &mut Vec<Prepared>, tally: &mut Tally) -> Result<(), StoreError> {
    for added in store.add(std::mem::take(batch))? {
        match added {
            Added::New => tally.new += 1,
            Added::Known => tally.known += 1,
            Added::Changed => tally.changed += 1,
            Added::Reread => tally.reread += 1,
        }
    }
    Ok(())
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Tally { new, known, changed, reread, failed } = self;
        write!(f, "{new} reports kept")?;
        for (count, what) in
            [(known, "known before"), (changed, "kept beside others of their id"), (reread, "read anew"), (failed, "failed")]
        {
            if *count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        Ok(())
    }
}
