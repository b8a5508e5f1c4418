//! The command line: reading, and the record that is kept.
//!
//! Results go to standard output, everything else to standard error. Exit status: 0 all done, 1 some inputs failed (each named,
//! the rest done), 2 wrong use.

mod bulk;
mod cli;
mod completions;
mod doctor;
mod document;
mod explain;
mod kept;
mod lexicon;
mod manual;
mod output;
mod parse;
mod pool;
mod read;
mod room;

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match cli::Cli::parse().command {
        cli::Command::Read(arguments) => read::run(arguments),
        cli::Command::Explain(arguments) => explain::run(arguments),
        cli::Command::Parse(arguments) => parse::run(arguments),
        cli::Command::Kept(command) => kept::run(command),
        cli::Command::Lexicon { command } => lexicon::run(command),
        cli::Command::Doctor(arguments) => doctor::run(&arguments),
        cli::Command::Completions(arguments) => completions::run(&arguments),
        cli::Command::Man(arguments) => manual::run(&arguments),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            output::report(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
