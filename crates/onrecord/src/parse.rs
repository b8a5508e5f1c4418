//! `onrecord parse`.

use crate::cli::Parse;
use crate::output;
use anyhow::Result;
use std::process::ExitCode;

/// Prints what the language engine saw.
pub fn run(_arguments: Parse) -> Result<ExitCode> {
    output::report("not yet");
    Ok(ExitCode::FAILURE)
}
