//! Other people's test suites, where somebody has them: in the folder that `ONRECORD_SUITES` names, else in `shared/suites` beside
//! this repository. Run with `--nocapture` to see the figures.

mod articles;
mod feeds;
mod ninjs;
mod warc;

use std::path::PathBuf;

/// The folder of a suite; says so where it is absent.
fn suite(name: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/suites");
    let folder = std::env::var_os("ONRECORD_SUITES").map_or_else(|| PathBuf::from(beside), PathBuf::from).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no suite {name:?}; set ONRECORD_SUITES to the folder that has it");
    None
}
