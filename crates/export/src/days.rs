//! Day by day in Markdown: what happened, what was said, what changed, with the words beneath.

use crate::error::ExportError;
use crate::known::{Fetch, Known};
use crate::markdown::{Footnotes, plain};
use crate::prose::{self, when};
use onrecord_account::Moment;
use std::io::Write;

/// Writes moments under their days.
///
/// # Errors
/// When they cannot be written, or a report cannot be had.
pub fn days(out: &mut dyn Write, moments: &[Moment], fetch: Fetch) -> Result<(), ExportError> {
    let mut known = Known::new(fetch);
    let mut notes = Footnotes::default();
    out.write_all(
        "# Day by day\n\nEvery sentence is what reports tell, not what is so; its footnotes hold their words.\n".as_bytes(),
    )?;
    let mut last = None;
    for moment in moments {
        if last != Some(moment.date) {
            last = Some(moment.date);
            out.write_all(format!("\n## {}\n", plain(&heading(moment.date))).as_bytes())?;
        }
        let sentence = notes.sentence(&prose::said(moment.line, moment.what, &mut known)?);
        out.write_all(format!("\n{sentence} <!-- {} -->\n{}", moment.line.id(), notes.close()).as_bytes())?;
    }
    if moments.is_empty() {
        out.write_all(b"\nNothing is on record.\n")?;
    }
    Ok(out.flush()?)
}

/// *3 February 2026*, *Between 2026-02-03 and 2026-02-05*.
fn heading(date: Option<&str>) -> String {
    let Some(date) = date else { return "Without a date".to_owned() };
    let when = when(date);
    match when.strip_prefix("on ").or(when.strip_prefix("in ")) {
        Some(day) => day.to_owned(),
        None => when[..1].to_uppercase() + &when[1..],
    }
}
