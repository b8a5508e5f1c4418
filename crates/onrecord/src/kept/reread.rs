//! `onrecord reread`.

use super::cli_decide::Reread;
use super::prepare::VERSION;
use super::table::Printer;
use super::{ask, differ, format, now, out};
use crate::{output, pool};
use anyhow::Result;
use onrecord_export::counted;
use onrecord_reader::Reader;
use onrecord_store::{Added, Kept, Lost, Overlay, Prepared, Store, StoreError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Reports kept in one transaction.
const BATCH: usize = 200;

/// A report read again.
struct Again {
    prepared: Box<Prepared>,
    id: String,
    differences: Vec<differ::Difference>,
    /// What people put right and this reading has no place for.
    lost: Vec<Lost>,
}

#[derive(Default)]
struct Tally {
    read: usize,
    changed: usize,
    added: usize,
    gone: usize,
    other: usize,
    failed: usize,
}

pub fn run(arguments: &Reread) -> Result<ExitCode> {
    let mut store = ask::open(&arguments.db)?;
    let readings = store.readings()?;
    let all = readings.len();
    let old: Vec<String> =
        readings.into_iter().filter(|(_, version)| arguments.all || is_older(version, VERSION)).map(|(id, _)| id).collect();
    // A connection of its own: reports are fetched while others are written.
    let source = ask::open(&arguments.db)?;
    let reports = old.iter().map(move |id| (id.clone(), source.kept(id).and_then(|kept| Ok((kept, source.overlay(id)?)))));
    let threads = pool::threads(arguments.threads);
    let reader = Reader::builtin();
    let mut out = out();
    let mut printer = Printer::new(&mut out, differ::COLUMNS.map(str::to_owned).to_vec(), format(arguments.format))?;
    let (mut tally, mut waiting) = (Tally::default(), Vec::new());
    pool::in_order(
        reports,
        threads,
        |report| again(&reader, report),
        |done| -> Result<()> {
            match done {
                Ok(again) => {
                    tally.count(&again.differences);
                    for difference in &again.differences {
                        printer.row(difference.row(&again.id))?;
                    }
                    for Lost { id, why } in &again.lost {
                        output::report(&format!("{}: correction {id} has nothing to stand on: {why}; it is kept", again.id));
                    }
                    if !arguments.dry_run {
                        waiting.push(*again.prepared);
                    }
                    if waiting.len() >= BATCH {
                        keep(&mut store, &mut waiting)?;
                    }
                }
                Err(why) => {
                    tally.failed += 1;
                    output::report(&why);
                }
            }
            Ok(())
        },
    )?;
    keep(&mut store, &mut waiting)?;
    printer.end()?;
    output::report(&tally.said(all - old.len(), arguments.dry_run));
    Ok(if tally.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn keep(store: &mut Store, waiting: &mut Vec<Prepared>) -> Result<(), StoreError> {
    let added = store.add(waiting.drain(..), &now())?;
    debug_assert!(added.iter().all(|added| matches!(added, Added::Reread | Added::Known)));
    Ok(())
}

fn again(reader: &Reader, (id, kept): (String, Result<(Kept, Overlay), StoreError>)) -> Result<Again, String> {
    let (kept, overlay) = kept.map_err(|error| format!("{id}: {error}"))?;
    let done = catch_unwind(AssertUnwindSafe(|| {
        let Kept { document, record: before, .. } = kept;
        let record = reader.read(&document);
        // What people put right is no difference: it holds of this reading too.
        let mut put_right = record.clone();
        let lost = overlay.lay(&document, &mut put_right);
        let differences = differ::differences(&document, &before, &put_right);
        Again { id: document.id.clone(), prepared: Box::new(Prepared::new(document, &record, VERSION, None)), differences, lost }
    }));
    done.map_err(|_| output::bug(&id))
}

/// Whether a version comes before another; what is no version of numbers does.
fn is_older(version: &str, than: &str) -> bool {
    let numbers = |version: &str| version.split('.').map(|n| n.parse::<u64>().ok()).collect::<Vec<_>>();
    numbers(version) < numbers(than)
}

impl Tally {
    fn count(&mut self, differences: &[differ::Difference]) {
        self.read += 1;
        self.changed += usize::from(!differences.is_empty());
        for difference in differences {
            match difference.is() {
                "added" => self.added += 1,
                "gone" => self.gone += 1,
                _ => self.other += 1,
            }
        }
    }

    fn said(&self, left: usize, dry: bool) -> String {
        let Tally { read, changed, added, gone, other, failed } = self;
        let (read, added) = (counted(*read, "reports"), counted(*added, "records"));
        let mut said = format!("{read} read again: {changed} changed ({added} added, {gone} gone, {other} changed)");
        if left > 0 {
            said.push_str(&format!("; {left} were read by this version before (--all reads them too)"));
        }
        if *failed > 0 {
            said.push_str(&format!("; {failed} failed"));
        }
        if dry {
            said.push_str("; nothing was written");
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(is_older("0.9.0", "0.10.0") && is_older("test", "0.1.0") && is_older("0.1", "0.1.0"));
        assert!(!is_older("0.1.0", "0.1.0") && !is_older("1.0.0", "0.9.9"));
    }
}
