//! Every saved input through its target, and for a moment damaged copies of them, the same in every run. `ONRECORD_FUZZ_SECONDS` makes the
//! moment longer; libFuzzer goes further (`hardening/fuzz.sh`).

use onrecord_fuzz::{Mutator, TARGETS, Target};
use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes of stack of the program's workers.
const STACK: usize = 16 << 20;

/// Bytes of all saved inputs at most.
const MOST: u64 = 2 << 20;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn saved(target: &Target) -> Vec<(String, Vec<u8>)> {
    let read = |path: PathBuf| (path.display().to_string(), fs::read(&path).unwrap());
    files(&folder("corpus").join(target.name)).into_iter().map(read).collect()
}

/// Runs with a worker's stack, and says of what input it does not hold.
fn on_a_worker(target: &'static Target, inputs: impl FnOnce(&dyn Fn(&str, &[u8])) + Send + 'static) {
    let run = |name: &str, bytes: &[u8]| {
        if catch_unwind(|| target.run(bytes)).is_err() {
            panic!("{} does not hold of {name}: b\"{}\"", target.name, bytes.escape_ascii());
        }
    };
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || inputs(&run)).unwrap();
    assert!(worker.join().is_ok(), "{}", target.name);
}

#[test]
fn saved_inputs_hold() {
    for target in &TARGETS {
        on_a_worker(target, |run| saved(target).iter().for_each(|(name, bytes)| run(name, bytes)));
    }
}

#[test]
fn damaged_inputs_hold() {
    let seconds = std::env::var("ONRECORD_FUZZ_SECONDS").ok().and_then(|n| n.parse().ok());
    let moment = seconds.map_or(Duration::from_millis(150), Duration::from_secs);
    for target in &TARGETS {
        let dictionary = fs::read_to_string(folder("dictionaries").join(format!("{}.dict", target.name))).unwrap_or_default();
        on_a_worker(target, move |run| {
            let (saved, mut mutator) = (saved(target), Mutator::new(7, &dictionary));
            // What is built for the first input is not counted.
            run(&saved[0].0, &saved[0].1);
            let begun = Instant::now();
            for n in (0..).take_while(|_| begun.elapsed() < moment) {
                let (name, bytes) = &saved[n % saved.len()];
                let other = &saved[n * 7 % saved.len()].1;
                run(&format!("copy {n}, of {name},"), &mutator.damaged(bytes, other));
            }
        });
    }
}

#[test]
fn the_corpus_is_small_and_every_target_has_one() {
    let names: BTreeSet<_> = TARGETS.iter().map(|target| target.name.into()).collect();
    let folders: BTreeSet<_> = files(&folder("corpus")).iter().map(|path| path.file_name().unwrap().to_owned()).collect();
    assert_eq!(folders, names);
    assert!(TARGETS.is_sorted_by_key(|target| target.name));
    let inputs = TARGETS.iter().flat_map(|target| files(&folder("corpus").join(target.name)));
    let bytes: u64 = inputs.map(|path| path.metadata().unwrap().len()).sum();
    assert!(bytes < MOST, "{bytes} bytes");
    for dictionary in files(&folder("dictionaries")) {
        assert!(dictionary.file_stem().is_some_and(|name| names.contains(name)), "{}", dictionary.display());
    }
}
