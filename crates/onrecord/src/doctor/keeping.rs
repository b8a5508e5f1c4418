//! The store and the disk it lies on.

use super::finding::{Finding, bytes};
use super::limits;
use onrecord_export::counted;
use onrecord_store::{Health, Place, StoreError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long the pages of a store are looked at: some gigabytes from a fast disk.
const PATIENCE: Duration = Duration::from_secs(5);
/// Free space below which adding is soon at its end.
const ENOUGH_DISK: u64 = 500_000_000;

/// The store, its pages, who writes, and the disk.
pub fn look(place: &Place) -> Vec<Finding> {
    let mut findings = match Health::of(place, PATIENCE) {
        Ok(health) => vec![reached(place, &health), pages(&health), writing(&health)],
        Err(StoreError::Missing(_)) => vec![missing(place)],
        // What to do stands in its words.
        Err(error) => {
            vec![Finding::problem("store", error.to_string(), "nothing was changed; the rest of the store was not looked at")]
        }
    };
    if let Place::File(path) = place {
        findings.push(disk(&folder(path)));
    }
    findings
}

fn reached(place: &Place, health: &Health) -> Finding {
    let Health { database, version, known, documents, .. } = health;
    let finding = match documents {
        Some(documents) => {
            Finding::ok("store", format!("{place}: {} ({database}, tables of version {version})", counted(*documents, "reports")))
        }
        None => Finding::warning(
            "store",
            format!("{place}: of an older program (tables of version {version}, this program's have {known})"),
            "the next command that opens it carries it over; of a file a copy is kept beside it, a server is backed up first with pg_dump",
        ),
    };
    finding.with("place", place.to_string()).with("version", *version).with("known", *known).with("reports", *documents)
}

fn pages(health: &Health) -> Finding {
    match health.faults.first() {
        Some(fault) => Finding::problem(
            "store pages",
            format!("damaged: {fault}"),
            "copy the file, then restore a backup (onrecord backup makes them); onrecord check lists all that is damaged",
        ),
        None if health.whole => Finding::ok("store pages", "all are whole"),
        None => Finding::ok("store pages", format!("no fault in {} seconds of looking", PATIENCE.as_secs()))
            .advised("onrecord check looks at all of them, and at every text"),
    }
}

fn writing(health: &Health) -> Finding {
    if !health.writable {
        let advice =
            "questions are answered, but nothing can be added or decided: give this user the right to write, or name another --db";
        Finding::warning("store writing", "the store can only be read", advice)
    } else if health.busy {
        let advice =
            "onrecord waits up to 30 seconds for its turn; if it never comes, look for a program that hangs (lsof names it)";
        Finding::warning("store writing", "another program is writing at this moment", advice)
    } else {
        Finding::ok("store writing", "can be written, and nobody else writes at this moment")
    }
}

fn missing(place: &Place) -> Finding {
    const DEFAULT: &str = "onrecord.db";
    let what = format!("{place}: there is none yet");
    let finding = match place {
        Place::File(path) if !limits::is_writable(&folder(path)) => {
            let folder = folder(path);
            let advice = "make the folder, or name a file that can be written with --db";
            Finding::problem("store", format!("{place}: none, and none can be made in {}", folder.display()), advice)
        }
        Place::File(path) if path == Path::new(DEFAULT) => {
            Finding::ok("store", what).advised("onrecord add makes one; --db or ONRECORD_DB names another")
        }
        _ => Finding::warning("store", what, "onrecord add makes one there; is the name right (--db, ONRECORD_DB)?"),
    };
    finding.with("place", place.to_string())
}

fn disk(folder: &Path) -> Finding {
    let free = limits::free_disk(folder);
    let finding = match free {
        None => Finding::ok("disk", "how much is free is not told here"),
        Some(free) if free >= ENOUGH_DISK => Finding::ok("disk", format!("{} free where the store lies", bytes(free))),
        Some(free) => Finding::warning(
            "disk",
            format!("only {} free where the store lies", bytes(free)),
            "free some space before reports are added; what is kept stays whole even on a full disk",
        ),
    };
    finding.with("free", free)
}

/// Where a file lies or would lie.
fn folder(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}
