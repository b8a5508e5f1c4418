//! GDELT 2.0 mentions: 16 columns between tabs, no header. A row is a report that tells an event; the events are those of the `gdelt`
//! export, by the same numbers. Offsets are code points of the report's text from 0; -1 where the party is not named in the words that
//! show the event. Sentence, confidence and tone are not known here; `Extras`, which GDELT leaves blank, holds the event's id.

use crate::error::ExportError;
use crate::form::Format;
use crate::gdelt::{number, stamp};
use crate::known::{Known, Report};
use crate::occurrence::Occurrence;
use crate::sheet::{Cells, Tabs};
use crate::tally::Tally;
use onrecord_account::{Line, Telling, Who};
use std::io::Write;

/// Names of the columns, which the file itself does not have.
pub const COLUMNS: &[&str] = &[
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
];

/// GDELT's mentions.
pub struct Mentions<'a> {
    out: Tabs<'a>,
}

impl<'a> Mentions<'a> {
    /// Writes to `out`.
    pub fn new(out: Box<dyn Write + 'a>) -> Self {
        Mentions { out: Tabs::new(out) }
    }
}

impl Format for Mentions<'_> {
    fn line(&mut self, line: &Line, series: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let Some(event) = Occurrence::actual(line, series, tally) else { return Ok(()) };
        for _ in event.told().count()..event.reports.len() {
            tally.note("reports that deny or doubt such an event left out");
        }
        let mut first = None;
        for telling in event.told() {
            let report = known.report(&telling.document)?;
            let first = first.get_or_insert_with(|| stamp(&report));
            self.out.row(row(&event, telling, &report, first.as_deref(), known).cells())?;
            tally.wrote("rows");
        }
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        self.out.flush()
    }
}

fn row(event: &Occurrence, telling: &Telling, report: &Report, first: Option<&str>, known: &Known) -> Cells {
    let mut cells = Cells::new(COLUMNS);
    let url = report.document.url.as_deref();
    cells.set("GLOBALEVENTID", number(event.id));
    cells.set_some("EventTimeDate", first);
    cells.set_some("MentionTimeDate", stamp(report));
    // 1: the identifier is an address. 2: it is a citation.
    cells.set("MentionType", if url.is_some() { 1 } else { 2 });
    cells.set("MentionSourceName", report.document.outlet.as_deref().or(url.map(domain)).unwrap_or_default());
    cells.set("MentionIdentifier", url.map_or_else(|| report.citation(), str::to_owned));
    for (who, column) in event.sides().into_iter().zip(["Actor1CharOffset", "Actor2CharOffset"]) {
        let place = who.and_then(|who| offset(who, telling, report, known));
        cells.set(column, place.map_or_else(|| "-1".to_owned(), |place| place.to_string()));
    }
    cells.set("ActionCharOffset", telling.trigger[0]);
    // Evidence is the report's own words, never a translation or a rewriting.
    cells.set("InRawText", 1);
    cells.set("MentionDocLen", report.length);
    cells.set("Extras", event.id);
    cells
}

/// Code point where one of the names stands in the words that show the event, the longest name first.
fn offset(who: &Who, telling: &Telling, report: &Report, known: &Known) -> Option<usize> {
    let mut names = known.actor(who).names;
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.iter().filter(|name| !name.is_empty()).find_map(|name| {
        telling.evidence.iter().find_map(|&passage| {
            let words = report.words(passage);
            let byte = words.find(name.as_str())?;
            Some(passage[0] + words[..byte].chars().count())
        })
    })
}

fn domain(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::domain;

    #[test]
    fn the_domain_of_an_address() {
        assert_eq!(domain("https://www.example.org:8080/a?b"), "example.org");
        assert_eq!(domain("example.org/a"), "example.org");
    }
}
