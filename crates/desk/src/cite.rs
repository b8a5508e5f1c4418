//! A line as plain text to be cited: the sentence, the reports, where it stands, what it is called.

use crate::ask::Ask;
use crate::links;
use crate::problem::Problem;
use onrecord_account::{Happening, Line};
use onrecord_export::Prose;
use onrecord_store::Why;
use std::fmt::Write;

/// Reports that are named; how many more there are is said.
const NAMED: usize = 8;

/// The citation of a line; empty where nothing tells it.
///
/// # Errors
/// When a report cannot be had.
pub fn of(ask: &Ask, why: &Why) -> Result<String, Problem> {
    let (Some(line), Some(name)) = (&why.line, &why.name) else { return Ok(String::new()) };
    let store = &*ask.store;
    let mut prose = Prose::new(Box::new(move |id| Ok(store.kept(id)?.document)));
    let what = match line {
        Line::Statement { .. } => Happening::Said,
        Line::Position { history, .. } => Happening::Move(history.len().saturating_sub(1), None),
        Line::Figure { series, .. } => Happening::Value(series.len().saturating_sub(1)),
        _ => Happening::Event,
    };
    let mut text = prose.say(line, what)?.sentence;
    let mut reports: Vec<String> = Vec::new();
    for source in &why.sources {
        let parts = [source.outlet.as_deref(), source.title.as_deref(), source.published.as_deref(), Some(&source.document)];
        let report = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if !reports.contains(&report) {
            reports.push(report);
        }
    }
    let more = reports.len().saturating_sub(NAMED);
    reports.truncate(NAMED);
    let _ = write!(text, "\nReports: {}", reports.join("; "));
    if more > 0 {
        let _ = write!(text, "; and {more} more");
    }
    let _ = write!(text, "\nRecord: {name}\n{}\nonrecord {}", links::record(name), onrecord_record::json::VERSION);
    Ok(text)
}
