//! Specs: reports in our own words with the record they must give, documentation and test in one.
//!
//! `NAME.txt` is the report, `NAME.json` the record ([`Spec`] describes the form). [`run`] reads the report and says of every
//! item whether it holds; an item that is known not to hold yet carries a `todo` mark with what differs, and [`mark`] keeps
//! those marks true.

mod check;
mod compile;
mod mark;
mod state;

pub use check::{Checked, Outcome, run};
pub(crate) use compile::occurrences;
pub use compile::{Item, ItemKind, Spec, SpecError};
pub use mark::mark;
pub use state::{State, state};

use std::path::{Path, PathBuf};

/// The folder of specs in this source tree.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs")
}

/// All specs of a folder by name, or only the one called `only`.
///
/// # Errors
/// When the folder cannot be listed, or a spec is faulty; every fault is named.
pub fn load(folder: &Path, only: Option<&str>) -> Result<Vec<Spec>, SpecError> {
    let unreadable = |error: std::io::Error| SpecError::Unreadable(folder.to_owned(), error.to_string());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths
        .retain(|p| p.extension().is_some_and(|e| e == "json") && only.is_none_or(|name| p.file_stem().is_some_and(|s| s == name)));
    paths.sort();
    paths.iter().map(|path| Spec::load(path)).collect()
}
