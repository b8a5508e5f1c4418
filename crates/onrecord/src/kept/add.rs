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
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// Reports kept in one transaction: what is written for each lies all over the store, so that many at once are much cheaper.
const BATCH: usize = 2_000;
/// How long a transaction goes on: what is read meanwhile is lost when the program is stopped, and others who write wait.
const LONGEST: Duration = Duration::from_secs(2);
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

/// Reports that may wait for the store, so that reading goes on while it writes.
const AHEAD: usize = 64;

/// Reads all inputs and keeps them.
pub fn run(arguments: Add) -> Result<ExitCode> {
    let store = Store::create(arguments.db.db.clone())?;
    let known = store.digests(VERSION)?;
    let inputs: Vec<Input> = arguments.inputs.iter().map(|argument| Input::from_argument(argument)).collect();
    let threads = arguments.threads.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let form = Form::from(arguments.input);
    let fetcher = arguments.web.fetcher();
    let documents = inputs.into_iter().flat_map(|input| pieces(&input, form, &Given::default(), &fetcher));
    let reader = Reader::builtin();
    let tally = keeping(store, |prepared| {
        let mut tally = Tally::default();
        pool::in_order(
            documents,
            threads,
            |piece| read(&reader, &known, piece),
            |done| -> Result<(), Stopped> {
                match done {
                    Done::Ready(ready) => prepared.send(*ready).map_err(|_| Stopped)?,
                    Done::Known => tally.known += 1,
                    Done::Failed(why) => {
                        tally.failed += 1;
                        output::report(&why);
                    }
                }
                Ok(())
            },
        )?;
        Ok(tally)
    })?;
    output::report(&tally.to_string());
    Ok(if tally.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The store took no more; it says why.
struct Stopped;

/// Runs `work` while another thread keeps what it sends, and adds up what became of all.
fn keeping(mut store: Store, work: impl FnOnce(&SyncSender<Prepared>) -> Result<Tally, Stopped>) -> Result<Tally, StoreError> {
    thread::scope(|scope| {
        let (prepared, waiting) = sync_channel::<Prepared>(AHEAD);
        let writer = scope.spawn(move || {
            let mut kept = Tally::default();
            while let Ok(first) = waiting.recv() {
                let batch = std::iter::once(first).chain(following(&waiting));
                kept.count(&store.add(batch, &super::now())?);
            }
            Ok::<Tally, StoreError>(kept)
        });
        let read = work(&prepared);
        drop(prepared);
        // A writer that panicked has said so; there is nothing to go on with.
        let kept = writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok(read.map_or_else(|Stopped| Tally::default(), |tally| tally + kept))
    })
}

/// What comes in time for the same transaction.
fn following(waiting: &Receiver<Prepared>) -> impl Iterator<Item = Prepared> {
    let end = Instant::now() + LONGEST;
    (1..BATCH).map_while(move |_| {
        let left = end.checked_duration_since(Instant::now())?;
        waiting.recv_timeout(left).ok()
    })
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

impl Tally {
    fn count(&mut self, all: &[Added]) {
        for added in all {
            match added {
                Added::New => self.new += 1,
                Added::Known => self.known += 1,
                Added::Changed => self.changed += 1,
                Added::Reread => self.reread += 1,
            }
        }
    }
}

impl std::ops::Add for Tally {
    type Output = Tally;

    fn add(self, other: Tally) -> Tally {
        Tally {
            new: self.new + other.new,
            known: self.known + other.known,
            changed: self.changed + other.changed,
            reread: self.reread + other.reread,
            failed: self.failed + other.failed,
        }
    }
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
