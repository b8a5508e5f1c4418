//! Time expressions, in the format of their scorer; [`cases`] scores the test cases of two other programs.

pub mod cases;
mod kinds;
mod truth;

use anyhow::{Context, Result};
use onrecord_reader::Reader;
use onrecord_text::{CodePoints, Document};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    #[serde(default)]
    reference_date: Option<String>,
}

/// The times named in the report of a JSON line (`id`, `text`, `reference_date`), as a JSON line: `id` and `expressions` with
/// `start`, `end` (code points), `type` and `value` of TIMEX3, `mod` and `interval`. An undated text is read without its reference date.
///
/// # Errors
/// When the line is no such report.
pub fn answer(reader: &Reader, line: &str, undated: bool) -> Result<String> {
    let line: Line = serde_json::from_str(line).context("not a report: a JSON object with `id` and `text` is needed")?;
    let mut document = Document::new(line.id.as_str(), line.text.as_str());
    let day = line.reference_date.as_deref().filter(|_| !undated).and_then(|date| date.get(..10)?.parse().ok());
    document.published = day;
    let points = CodePoints::new(&line.text);
    let expressions: Vec<serde_json::Value> = reader
        .times(&document)
        .into_iter()
        .map(|time| {
            let span = points.from_bytes(time.span);
            serde_json::json!({
                "start": span.start, "end": span.end, "type": time.kind.as_str(), "value": time.value,
                "mod": time.modifier, "interval": time.interval,
            })
        })
        .collect();
    Ok(serde_json::json!({ "id": line.id, "expressions": expressions }).to_string())
}
