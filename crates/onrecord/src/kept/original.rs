//! `onrecord original`.

use super::watch_cli::Original;
use crate::output;
use anyhow::{Context, Result};
use onrecord_store::Store;
use std::io;
use std::process::ExitCode;

/// Prints what a report came as.
pub fn run(arguments: &Original) -> Result<ExitCode> {
    let store = Store::open(arguments.db.db.clone())?;
    let bytes = match store.original(&arguments.id)? {
        Some(bytes) => bytes,
        None => {
            output::report(&format!("{}: nothing is kept of it but its text, which this is", arguments.id));
            store.kept(&arguments.id)?.document.text.into_bytes()
        }
    };
    match &arguments.out {
        Some(path) => std::fs::write(path, bytes).with_context(|| format!("{}: cannot be written", path.display()))?,
        None => output::bytes(&mut io::stdout().lock(), &bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}
