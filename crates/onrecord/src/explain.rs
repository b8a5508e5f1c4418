//! `onrecord explain`.

use crate::cli::{Explain, ExplainFormat};
use crate::output;
use crate::read::Reports;
use anyhow::Result;
use onrecord_record::explain;
use onrecord_source::Meter;
use onrecord_view::terminal;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

/// Prints what decided about each record.
pub fn run(arguments: Explain) -> Result<ExitCode> {
    let reports = match Reports::of(arguments.reports)? {
        Ok(reports) => reports,
        Err(code) => return Ok(code),
    };
    let default = if io::stdout().is_terminal() { ExplainFormat::Human } else { ExplainFormat::Jsonl };
    let format = arguments.format.unwrap_or(default);
    let style = output::style(arguments.color);
    let mut out = io::stdout().lock();
    let (mut failed, mut printed, mut found) = (false, false, Vec::new());
    // Not in parallel: explanations are for a report that somebody looks at.
    let reader = reports.reader();
    for piece in reports.pieces(&Meter::default()) {
        let document = match piece.and_then(|piece| piece.document()) {
            Ok(document) => document,
            Err(error) => {
                failed = true;
                output::report(&error.to_string());
                continue;
            }
        };
        let (_, mut explanations) = reader.explain(&document);
        explanations.retain(|e| arguments.records.is_empty() || arguments.records.contains(&e.id));
        found.extend(explanations.iter().map(|e| e.id.clone()));
        let text = match format {
            ExplainFormat::Jsonl => explanations.iter().map(|e| explain::to_line(&document, e) + "\n").collect(),
            ExplainFormat::Human => {
                let between = if std::mem::replace(&mut printed, true) { "\n\n" } else { "" };
                between.to_owned() + &terminal::explanations(&document, &explanations, style)
            }
        };
        output::write(&mut out, &text)?;
    }
    for id in arguments.records.iter().filter(|id| !found.contains(id)) {
        failed = true;
        output::report(&format!("there is no record {id}; onrecord explain without --record shows all"));
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
