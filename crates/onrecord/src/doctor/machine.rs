//! What the machine has for reading and keeping.

use super::finding::{Finding, bytes};
use super::limits;
use crate::pool;
use onrecord_export::counted;
use std::thread;

/// What reading takes with two threads, and some room.
const ENOUGH_MEMORY: u64 = 256_000_000;
/// Files that a desk with many readers has open.
const ENOUGH_FILES: u64 = 256;

/// Cores, and whether threads can be started.
pub fn cores() -> Finding {
    let cores = pool::threads(None);
    let said = counted(cores, "cores to read on");
    let finding = match thread::Builder::new().stack_size(pool::STACK).spawn(|| {}).map(thread::JoinHandle::join) {
        Ok(_) => Finding::ok("cores", said),
        Err(error) => Finding::problem(
            "cores",
            format!("{said}, but no thread can be started: {error}"),
            "raise the limits of processes and memory of this user or container",
        ),
    };
    finding.with("cores", cores)
}

/// Memory that can be had, by what is tightest.
pub fn memory() -> Finding {
    let limits = [
        ("free", limits::available_memory()),
        ("left in this control group", limits::group_memory()),
        ("of address space allowed (ulimit -v)", limits::address_space()),
    ];
    let known: Vec<_> = limits.iter().filter_map(|(name, count)| Some((*name, (*count)?))).collect();
    if known.is_empty() {
        return Finding::ok("memory", "not told by this system; reading takes some 170 MB");
    }
    let said: Vec<_> = known.iter().map(|(name, count)| format!("{} {name}", bytes(*count))).collect();
    let finding = if known.iter().all(|(_, count)| *count >= ENOUGH_MEMORY) {
        Finding::ok("memory", said.join(", "))
    } else {
        let advice = "reading takes some 170 MB, adding more: close other programs, raise the limit, or read with --threads 1";
        Finding::warning("memory", said.join(", "), advice)
    };
    let names = ["available", "group", "address_space"];
    names.into_iter().zip(limits).fold(finding, |finding, (name, (_, count))| finding.with(name, count))
}

/// Files that may be open.
pub fn files() -> Finding {
    let finding = match limits::open_files() {
        None => Finding::ok("open files", "no limit"),
        Some(files) if files >= ENOUGH_FILES => Finding::ok("open files", format!("{files} at a time")),
        Some(files) => {
            let advice = format!("a desk with many readers needs more: ulimit -n {}", 4 * ENOUGH_FILES);
            Finding::warning("open files", format!("only {files} at a time"), advice)
        }
    };
    finding.with("limit", limits::open_files())
}
