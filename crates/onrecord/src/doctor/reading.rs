//! A report that is read as a test, and tables of one's own.

use super::finding::Finding;
use crate::lexicon;
use onrecord_reader::{Lexicon, Reader};
use onrecord_record::json;
use std::path::Path;
use std::time::Instant;

/// A report and the record it must give, as `onrecord read --format jsonl` prints it.
const EXPECTED: &str = include_str!("expected.json");

/// Reads the test report.
pub fn test() -> Finding {
    let (document, expected) = json::from_str(EXPECTED).expect("the file is part of the program");
    let start = Instant::now();
    let reader = Reader::builtin();
    let ready = start.elapsed().as_millis();
    let record = reader.read(&document);
    let taken = start.elapsed().as_millis();
    let finding = if record == expected {
        Finding::ok("reading", format!("the test report gives its record, in {taken} ms, {ready} of them to get ready"))
    } else {
        let what = "the test report gives another record than it does elsewhere";
        Finding::problem("reading", what, "please report this, with all that onrecord doctor --json says")
    };
    finding.with("milliseconds", u64::try_from(taken).unwrap_or(u64::MAX))
}

/// Looks through a folder of own tables.
pub fn own_tables(folder: &Path) -> Finding {
    const CHECK: &str = "own tables";
    let own = match lexicon::tables(folder) {
        Ok(own) => own,
        Err(error) => return Finding::problem(CHECK, format!("{error:#}"), "name a folder of tables with --lexicon"),
    };
    let faults = Lexicon::faults(&own);
    match faults.as_slice() {
        [] => {
            let names: Vec<_> = own.iter().map(|table| table.name.as_str()).collect();
            Finding::ok(CHECK, format!("{}: {}", folder.display(), names.join(", ")))
        }
        [first, rest @ ..] => {
            let more = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
            let advice = format!("onrecord lexicon check {} lists them all", folder.display());
            Finding::problem(CHECK, format!("{first}{more}"), advice)
        }
    }
}
