//! `onrecord read --format parquet`: many reports into a folder of Parquet files. Stopped or killed, the same command goes on; given more
//! reports, it adds them.

mod ledger;
mod parts;

use crate::kept::manifest::Entry;
use crate::kept::progress::Progress;
use crate::kept::stop::Stop;
use crate::kept::tally::Tally;
use crate::read::{Came, Reports, each};
use crate::{output, pool, room};
use anyhow::{Context, Result};
use ledger::Ledger;
use onrecord_export::records::{self, Row};
use onrecord_reader::Reader;
use onrecord_source::Meter;
use onrecord_text::Document;
use parts::Parts;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::OnceLock;

/// What came of a report.
enum Fate {
    /// Its rows hold it already.
    Known,
    Read {
        digest: Digest,
        /// As in the name of a folder.
        day: Option<String>,
        row: Row,
    },
}

/// Of a report's text and of what is known of it: half of `onrecord_store::digest`, which is enough to tell reports apart.
type Digest = u128;

/// Reads everything into `folder`.
pub fn run(reports: &Reports, threads: usize, folder: &Path) -> Result<ExitCode> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let (ledger, before) = Ledger::open(folder, &reports.settings())?;
    let mut parts = Parts::new(folder, ledger, threads)?;
    let stop = Stop::on_interrupt(reports.stopping());
    let meter = Meter::default();
    let progress = Progress::through(&reports.inputs, &meter);
    let documents = reports.pieces(&meter).take_while(|_| !stop.is_asked());
    let reader = OnceLock::new();
    let read = |piece| each(piece, |document| fate(document, &before, || reader.get_or_init(|| reports.reader())));
    let (mut now, mut tally) = (HashSet::new(), Tally::of("written"));
    pool::in_order(documents, threads, read, |came| -> Result<()> {
        if !came.was_stopped() {
            take(came, &mut parts, &mut now, &mut tally, &progress)?;
        }
        progress.tell(&tally);
        Ok(())
    })?;
    parts.commit()?;
    progress.end();
    output::report(&tally.to_string());
    if stop.is_asked() {
        output::report("stopped before the end; run the same command again to go on");
    }
    Ok(if tally.failed > 0 || stop.is_asked() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn fate<'r>(document: &Document, before: &HashSet<Digest>, reader: impl FnOnce() -> &'r Reader) -> Fate {
    let digest = ledger::digest(document);
    if before.contains(&digest) {
        return Fate::Known;
    }
    let reader = reader();
    let record = room::reading(document, || reader.read(document));
    Fate::Read { digest, day: document.published.map(|day| day.to_string()), row: records::row(document, &record) }
}

fn take(came: Came<Fate>, parts: &mut Parts, now: &mut HashSet<Digest>, tally: &mut Tally, progress: &Progress) -> Result<()> {
    let entry = |outcome, why| Entry { source: &came.place, id: came.id.as_deref(), outcome, why };
    match came.got {
        Ok(Fate::Read { digest, day, row }) if now.insert(digest) => {
            tally.new += 1;
            parts.put(&entry("new", None), digest, day, row)
        }
        Ok(_) => {
            tally.known += 1;
            Ok(())
        }
        Err(failure) => {
            let why = failure.to_string();
            progress.report(&why);
            tally.failed += 1;
            parts.failed(&entry("failed", Some(&why)))
        }
    }
}
