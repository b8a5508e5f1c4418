//! Stories: reports about the same happenings with the account they must give (`specs/stories/`).
//!
//! [`Gold`] is what a folder says must come out, [`read`] what the reader and the account make of its reports, [`score`] compares the
//! two pair by pair: two tellings belong together or they do not.

mod found;
mod gold;
mod score;

pub use found::{Found, Telling, read};
pub use gold::{Gold, Group, StoryError, Told};
pub use score::{Pairs, Scores, score};

use std::path::{Path, PathBuf};

/// The folder of stories in this source tree.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/stories")
}

/// Every folder of stories, by name.
///
/// # Errors
/// When the folder cannot be listed.
pub fn all() -> Result<Vec<PathBuf>, StoryError> {
    let unreadable = |error: std::io::Error| StoryError::Unreadable(folder(), error.to_string());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder()).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.retain(|path| path.join("account.json").is_file());
    paths.sort();
    Ok(paths)
}
