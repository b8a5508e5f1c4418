//! An event as data sets of events want it: one thing that happened, with its parties, tellings and series.

use crate::error::ExportError;
use crate::known::{Actor, Known, Report};
use crate::tally::Tally;
use onrecord_account::{Line, Telling, Who};
use onrecord_record::{EventType, Factuality, Place};
use std::rc::Rc;

/// A borrowed event line with its series.
#[derive(Clone, Copy)]
pub struct Occurrence<'l> {
    pub id: &'l str,
    pub kind: EventType,
    pub mode: Option<&'l str>,
    pub contexts: &'l [String],
    pub cameo: Option<&'l str>,
    pub actors: &'l [Who],
    pub recipients: &'l [Who],
    pub date: Option<&'l str>,
    pub place: Option<&'l Place>,
    pub factuality: Factuality,
    pub figures: &'l [String],
    pub reports: &'l [Telling],
    pub witnesses: usize,
    pub why_merged: &'l [String],
    pub series: &'l [Line],
}

impl<'l> Occurrence<'l> {
    /// Of an event; none for other lines.
    pub fn of(line: &'l Line, series: &'l [Line]) -> Option<Self> {
        let Line::Event {
            id,
            event_type,
            mode,
            contexts,
            cameo,
            actors,
            recipients,
            date,
            place,
            factuality,
            figures,
            reports,
            witnesses,
            why_merged,
        } = line
        else {
            return None;
        };
        Some(Occurrence {
            id,
            kind: *event_type,
            mode: mode.as_deref(),
            contexts,
            cameo: cameo.as_deref(),
            actors,
            recipients,
            date: date.as_deref(),
            place: place.as_ref(),
            factuality: *factuality,
            figures,
            reports,
            witnesses: *witnesses,
            why_merged,
            series,
        })
    }

    /// Of an event that is put as something that happened, by some report; of others the tally takes note. For forms that have no column
    /// for anything else.
    pub fn actual(line: &'l Line, series: &'l [Line], tally: &mut Tally) -> Option<Self> {
        let event = Self::of(line, series)?;
        let actual = event.factuality == Factuality::Actual && event.told().next().is_some();
        if !actual {
            tally.note("events denied, planned, conditional or uncertain left out, for which there is no column");
        }
        actual.then_some(event)
    }

    /// Whether it is put as something that happened, surely or perhaps.
    pub fn happened(&self) -> bool {
        matches!(self.factuality, Factuality::Actual | Factuality::Uncertain)
    }

    /// Two sides of one party each, as most data sets have them: who did it and to whom, or, where nobody has it done to them, the first
    /// two of those who did it together.
    pub fn sides(&self) -> [Option<&'l Who>; 2] {
        let second = if self.recipients.is_empty() { self.actors.get(1) } else { self.recipients.first() };
        [self.actors.first(), second]
    }

    /// Whether two sides of one party each leave somebody out.
    pub fn is_crowded(&self) -> bool {
        self.actors.len() + self.recipients.len() > self.sides().iter().flatten().count()
    }

    /// Tellings that say it happened: a report that denies it is no mention of it.
    pub fn told(&self) -> impl Iterator<Item = &'l Telling> {
        self.reports.iter().filter(|telling| telling.factuality == Factuality::Actual)
    }

    /// Whether all it is done to are people who carry no arms and hold no office.
    pub fn against_civilians(&self, known: &Known) -> bool {
        let civilian = |who: &Who| known.actor(who).sector.is_some_and(crate::codes::is_civilian);
        !self.recipients.is_empty() && self.recipients.iter().all(civilian)
    }

    /// The reports that tell it, each once.
    pub fn articles(&self, known: &mut Known) -> Result<Vec<Rc<Report>>, ExportError> {
        let mut all: Vec<Rc<Report>> = Vec::new();
        for telling in self.reports {
            if all.iter().all(|report| report.document.id != telling.document) {
                all.push(known.report(&telling.document)?);
            }
        }
        Ok(all)
    }
}

/// What is known of each.
pub fn actors(who: &[Who], known: &Known) -> Vec<Actor> {
    who.iter().map(|who| known.actor(who)).collect()
}

/// Names, a semicolon between.
pub fn names(who: &[Who]) -> String {
    who.iter().map(|who| who.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// Texts without repeats and without empty ones, a semicolon between, in their order.
pub fn listed(texts: impl IntoIterator<Item = impl Into<String>>) -> String {
    let mut all: Vec<String> = Vec::new();
    for text in texts.into_iter().map(Into::into) {
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all.join("; ")
}
