//! Places on the map, in the format of their scorer.

use anyhow::{Context, Result};
use onrecord_reader::Reader;
use onrecord_text::{CodePoints, Document};
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

/// The places named in the report of a JSON line (`id`, `text`), as a JSON line: `id` and `toponyms` with `start`, `end` (code
/// points), `lat`, `lon`, `geonameid` and `country`.
///
/// # Errors
/// When the line is no such report.
pub fn answer(reader: &Reader, line: &str) -> Result<String> {
    let line: Line = serde_json::from_str(line).context("not a report: a JSON object with `id` and `text` is needed")?;
    let document = Document::new(line.id.as_str(), line.text.as_str());
    let points = CodePoints::new(&line.text);
    let toponyms: Vec<serde_json::Value> = reader
        .places(&document)
        .into_iter()
        .map(|(span, place)| {
            let span = points.from_bytes(span);
            serde_json::json!({
                "start": span.start, "end": span.end, "lat": place.lat, "lon": place.lon,
                "geonameid": place.geonames, "country": place.country.as_deref().and_then(|code| reader.country_name(code)),
            })
        })
        .collect();
    Ok(serde_json::json!({ "id": line.id, "toponyms": toponyms }).to_string())
}
