//! Seven comma-separated tables, one per kind, for spreadsheets and data frames: UTF-8, a header, RFC 4180. Spans are code points of the
//! report's text, as columns `start` and `end`.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, *CSV injection*); a number does not.

use crate::error::ExportError;
use crate::form::{Format, Open};
use crate::known::Known;
use crate::occurrence::{Occurrence, names};
use crate::sheet::{Commas, disarmed};
use crate::tally::Tally;
use onrecord_account::{Line, Points, Who};
use onrecord_record::Value;

const DOCUMENTS: &[&str] = &["document_id", "outlet", "published", "title", "url", "copy_of"];
const ACTORS: &[&str] = &["actor_id", "name", "aliases", "kind", "country", "sector", "roles", "documents"];
const EVENTS: &[&str] = &[
    "event_id",
    "type",
    "mode",
    "contexts",
    "cameo",
    "date",
    "actors",
    "actor_ids",
    "recipients",
    "recipient_ids",
    "place",
    "country",
    "lat",
    "lon",
    "geonames",
    "precision",
    "factuality",
    "reports",
    "witnesses",
    "figure_ids",
    "why_merged",
];
const MENTIONS: &[&str] =
    &["event_id", "document_id", "witness", "trigger", "start", "end", "evidence", "evidence_spans", "given_by", "factuality"];
const FIGURES: &[&str] = &[
    "figure_id",
    "event_id",
    "measure",
    "of",
    "nth",
    "low",
    "high",
    "bound",
    "factuality",
    "given_by",
    "document_id",
    "published",
    "words",
    "start",
    "end",
    "relations",
];
const POSITIONS: &[&str] = &[
    "position_id",
    "holder",
    "holder_ids",
    "issue",
    "nth",
    "move",
    "proposition",
    "start",
    "end",
    "conditions",
    "date",
    "given_by",
    "document_id",
];
const STATEMENTS: &[&str] =
    &["statement_id", "speaker", "speaker_ids", "act", "mode", "content", "content_spans", "document_id", "published"];

/// The seven tables.
pub struct Tables<'a> {
    documents: Commas<'a>,
    actors: Commas<'a>,
    events: Commas<'a>,
    mentions: Commas<'a>,
    figures: Commas<'a>,
    positions: Commas<'a>,
    statements: Commas<'a>,
}

impl<'a> Tables<'a> {
    /// Writes the headers.
    pub fn new(mut open: Open<'a>) -> Result<Self, ExportError> {
        let mut table = |name: &str, columns| Commas::new(open(name)?, columns);
        Ok(Tables {
            documents: table("documents.csv", DOCUMENTS)?,
            actors: table("actors.csv", ACTORS)?,
            events: table("events.csv", EVENTS)?,
            mentions: table("mentions.csv", MENTIONS)?,
            figures: table("figures.csv", FIGURES)?,
            positions: table("positions.csv", POSITIONS)?,
            statements: table("statements.csv", STATEMENTS)?,
        })
    }

    fn event(&mut self, event: &Occurrence, figures: &[String], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let place = event.place;
        let row = [
            event.id.to_owned(),
            event.kind.to_string(),
            text(event.mode),
            event.contexts.join("; "),
            text(event.cameo),
            text(event.date),
            names(event.actors),
            ids(event.actors),
            names(event.recipients),
            ids(event.recipients),
            text(place.map(|place| &place.name)),
            text(place.and_then(|place| place.country.as_ref())),
            text(place.and_then(|place| place.lat)),
            text(place.and_then(|place| place.lon)),
            text(place.and_then(|place| place.geonames)),
            text(place.and_then(|place| place.precision)),
            event.factuality.to_string(),
            event.reports.len().to_string(),
            event.witnesses.to_string(),
            figures.join("; "),
            event.why_merged.join("; "),
        ];
        write(&mut self.events, &row, "events", tally)?;
        for telling in event.reports {
            let report = known.report(&telling.document)?;
            let [start, end] = telling.trigger;
            let row = [
                event.id.to_owned(),
                telling.document.clone(),
                telling.witness.clone(),
                report.words(telling.trigger).to_owned(),
                start.to_string(),
                end.to_string(),
                report.passages(&telling.evidence),
                spans(&telling.evidence),
                telling.given_by.join("; "),
                telling.factuality.to_string(),
            ];
            write(&mut self.mentions, &row, "mentions", tally)?;
        }
        Ok(())
    }

    fn figure(&mut self, line: &Line, known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let Line::Figure { id, event, measure, of, series, relations } = line else { return Ok(()) };
        for (i, told) in series.iter().enumerate() {
            let report = known.report(&told.document)?;
            let to_earlier = relations.iter().filter(|r| r.a.max(r.b) == i);
            let to_earlier: Vec<String> = to_earlier.map(|r| format!("{:?} {}", r.is, r.a.min(r.b) + 1).to_lowercase()).collect();
            let (low, high) = match told.value {
                Value::One(n) => (n, n),
                Value::Range(low, high) => (low, high),
            };
            let row = [
                id.clone(),
                text(event.as_ref()),
                measure.to_string(),
                of.clone(),
                (i + 1).to_string(),
                low.to_string(),
                high.to_string(),
                told.bound.to_string(),
                told.factuality.to_string(),
                told.given_by.join("; "),
                told.document.clone(),
                text(told.published.as_ref()),
                report.words(told.span).to_owned(),
                told.span[0].to_string(),
                told.span[1].to_string(),
                to_earlier.join("; "),
            ];
            write(&mut self.figures, &row, "values", tally)?;
        }
        Ok(())
    }

    fn position(&mut self, line: &Line, known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let Line::Position { id, holder, issue, history } = line else { return Ok(()) };
        for (i, taken) in history.iter().enumerate() {
            let report = known.report(&taken.document)?;
            let conditions: Vec<&str> = taken.conditions.iter().map(|&points| report.words(points)).collect();
            let row = [
                id.clone(),
                names(holder),
                ids(holder),
                issue.clone(),
                (i + 1).to_string(),
                taken.stance.to_string(),
                report.words(taken.proposition).to_owned(),
                taken.proposition[0].to_string(),
                taken.proposition[1].to_string(),
                conditions.join("; "),
                text(taken.date.as_ref()),
                taken.given_by.join("; "),
                taken.document.clone(),
            ];
            write(&mut self.positions, &row, "moves", tally)?;
        }
        Ok(())
    }

    fn statement(&mut self, line: &Line, known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let Line::Statement { id, speaker, act, appearances } = line else { return Ok(()) };
        for appearance in appearances {
            let report = known.report(&appearance.document)?;
            let row = [
                id.clone(),
                names(speaker),
                ids(speaker),
                act.to_string(),
                appearance.mode.to_string(),
                report.passages(&appearance.content),
                spans(&appearance.content),
                appearance.document.clone(),
                text(appearance.published.as_ref()),
            ];
            write(&mut self.statements, &row, "appearances", tally)?;
        }
        Ok(())
    }
}

impl Format for Tables<'_> {
    fn line(&mut self, line: &Line, series: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        match line {
            Line::Document { id, outlet, published, title, url, copy_of } => {
                let optional = [outlet, published, title, url, copy_of];
                let row: Vec<String> = std::iter::once(id.clone()).chain(optional.map(|cell| text(cell.as_ref()))).collect();
                write(&mut self.documents, &row, "documents", tally)
            }
            Line::Actor { id, name, aliases, actor_kind, country, sector, roles, documents, .. } => {
                let row = [
                    id.clone(),
                    name.clone(),
                    aliases.join("; "),
                    actor_kind.to_string(),
                    text(country.as_ref()),
                    text(*sector),
                    roles.join("; "),
                    documents.join("; "),
                ];
                write(&mut self.actors, &row, "actors", tally)
            }
            Line::Event { figures, .. } => match Occurrence::of(line, series) {
                Some(event) => self.event(&event, figures, known, tally),
                None => Ok(()),
            },
            Line::Figure { .. } => self.figure(line, known, tally),
            Line::Position { .. } => self.position(line, known, tally),
            Line::Statement { .. } => self.statement(line, known, tally),
        }
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        let Tables { documents, actors, events, mentions, figures, positions, statements } = self;
        [documents, actors, events, mentions, figures, positions, statements].into_iter().try_for_each(Commas::flush)
    }
}

fn write(table: &mut Commas, row: &[String], what: &'static str, tally: &mut Tally) -> Result<(), ExportError> {
    table.row(&row.iter().map(|cell| disarmed(cell)).collect::<Vec<_>>())?;
    tally.wrote(what);
    Ok(())
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn ids(who: &[Who]) -> String {
    who.iter().map(|who| who.id.as_str()).collect::<Vec<_>>().join("; ")
}

/// `12-17; 40-52`.
fn spans(points: &[Points]) -> String {
    points.iter().map(|[start, end]| format!("{start}-{end}")).collect::<Vec<_>>().join("; ")
}
