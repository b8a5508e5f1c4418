//! `onrecord parse`.

use crate::cli::Parse;
use crate::output;
use anyhow::{Context, Result};
use onrecord_language::{Engine, conllu};
use onrecord_source::fetch::Fetcher;
use onrecord_source::{Form, Given, Input, pieces};
use std::io::{self, IsTerminal};
use std::process::ExitCode;

/// Prints what the language engine saw.
pub fn run(arguments: Parse) -> Result<ExitCode> {
    let input = match &arguments.input {
        Some(argument) => Input::from_argument(argument),
        None if io::stdin().is_terminal() => {
            output::report("nothing to parse; name a file, or - for standard input (see onrecord parse --help)");
            return Ok(ExitCode::from(2));
        }
        None => Input::Stdin,
    };
    if arguments.pretokenized {
        let conllu = input.read_text()?;
        let annotated = conllu::annotate(&Engine::builtin(), &conllu).with_context(|| input.place())?;
        output::write(&mut io::stdout().lock(), &annotated)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut failed = false;
    // Usually one document; of JSON lines, one after another.
    for piece in pieces(&input, Form::Auto, &Given::default(), &Fetcher::default()) {
        match piece.and_then(|piece| piece.document()) {
            Ok(document) => {
                let id: String = document.id.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                let mut conllu = format!("# newdoc id = {id}\n");
                conllu::write(&mut conllu, &document.text, &Engine::builtin().analyse(&document.text))?;
                output::write(&mut io::stdout().lock(), &conllu)?;
            }
            Err(error) => {
                failed = true;
                output::report(&error.to_string());
            }
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
