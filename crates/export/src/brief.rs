//! A brief in Markdown: each event as a sentence with a footnote per report, which holds the exact words and where they stand; figures side
//! by side with who gives them.

use crate::deaths::amount;
use crate::error::ExportError;
use crate::form::Format;
use crate::known::{Known, Report};
use crate::occurrence::Occurrence;
use crate::sheet::flat;
use crate::tally::{Tally, thousands};
use jiff::civil::Date;
use onrecord_account::{Line, Relation, Told, Who};
use onrecord_record::{EventType, Factuality, Measure, Value};
use std::io::Write;

/// A brief.
pub struct Brief<'a> {
    out: Box<dyn Write + 'a>,
    /// Footnotes so far.
    notes: usize,
    events: usize,
}

impl<'a> Brief<'a> {
    /// Writes the heading.
    pub fn new(mut out: Box<dyn Write + 'a>) -> Result<Self, ExportError> {
        out.write_all(
            "# What the reports say\n\nEvery sentence is what reports tell, not what is so; its footnotes hold their words.\n"
                .as_bytes(),
        )?;
        Ok(Brief { out, notes: 0, events: 0 })
    }

    fn note(&mut self, notes: &mut Vec<String>, text: &str) -> String {
        self.notes += 1;
        notes.push(format!("[^{}]: {text}", self.notes));
        format!("[^{}]", self.notes)
    }
}

impl Format for Brief<'_> {
    fn line(&mut self, line: &Line, series: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        if let Line::Figure { event: None, .. } = line {
            tally.note("figures of no event left out");
        }
        let Some(event) = Occurrence::of(line, series) else { return Ok(()) };
        let mut notes = Vec::new();
        let mut text = format!("\n{}", sentence(&event));
        for telling in event.reports {
            let report = known.report(&telling.document)?;
            let giver = telling.given_by.last().map(|giver| format!(", as given by {}", plain(giver))).unwrap_or_default();
            let put =
                if telling.factuality == event.factuality { String::new() } else { format!(", told as {}", telling.factuality) };
            text += &self
                .note(&mut notes, &format!("“{}”{giver}{put}. {}.", plain(&report.passages(&telling.evidence)), source(&report)));
        }
        text += &format!(" <!-- {} -->\n", event.id);
        for line in event.series {
            if let Some(item) = figure(line, known, |quote| self.note(&mut notes, quote))? {
                text += &item;
            }
        }
        for note in notes {
            text += &format!("\n{note}\n");
        }
        self.out.write_all(text.as_bytes())?;
        self.events += 1;
        tally.wrote("sentences");
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        let count = match self.events {
            0 => "No events are on record.".to_owned(),
            1 => "1 event.".to_owned(),
            n => format!("{} events.", thousands(n)),
        };
        self.out.write_all(format!("\n---\n\n{count}\n").as_bytes())?;
        Ok(self.out.flush()?)
    }
}

/// *On 3 February 2026, Northland attacked Southland in Port Amber (drone).*
fn sentence(event: &Occurrence) -> String {
    let when = event.date.map(|date| format!("{}, ", when(date))).unwrap_or_default();
    let someone = "somebody not named".to_owned();
    let actors = together(event.actors).unwrap_or_else(|| someone.clone());
    let verb = verb(event.kind, event.actors.len() > 1 && event.recipients.is_empty());
    let object = match together(event.recipients) {
        Some(names) => format!(" {}{names}", verb.to),
        None if verb.wants => format!(" {}{someone}", verb.to),
        None => String::new(),
    };
    let place = event.place.map(|place| format!(" in {}", plain(&place.name))).unwrap_or_default();
    let mode = event.mode.map(|mode| format!(" ({})", mode.replace('-', " "))).unwrap_or_default();
    let put = match event.factuality {
        Factuality::Actual => "",
        Factuality::Negated => ": told as not so",
        Factuality::Planned => ": told as planned",
        Factuality::Conditional => ": told as conditional",
        Factuality::Uncertain => ": told as uncertain",
    };
    let sentence = format!("{when}{actors} {}{object}{place}{mode}{put}.", verb.does);
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How a type is said: *accused*, and what stands before those it is done to.
struct Verb {
    does: &'static str,
    to: &'static str,
    /// Says nothing without those it is done to.
    wants: bool,
}

fn verb(kind: EventType, among_themselves: bool) -> Verb {
    let (does, to, wants) = match kind {
        EventType::Agree if among_themselves => ("reached an agreement", "with ", false),
        EventType::Agree => ("agreed or promised something", "with or to ", false),
        EventType::Consult => ("held talks", "with ", false),
        EventType::Support => ("expressed support", "for ", false),
        EventType::Concede => ("made a concession", "to ", false),
        EventType::Cooperate => ("cooperated", "with ", false),
        EventType::Aid => ("gave aid", "to ", false),
        EventType::Retreat => ("gave way", "to ", false),
        EventType::Request => ("made a request", "to ", false),
        EventType::Accuse => ("accused or criticised", "", true),
        EventType::Reject => ("refused something", "to or from ", false),
        EventType::Threaten => ("threatened", "", true),
        EventType::Protest => ("protested", "against ", false),
        EventType::Sanction => ("took measures", "against ", false),
        EventType::Mobilize => ("moved or readied forces", "against ", false),
        EventType::Coerce => ("used coercion", "against ", false),
        EventType::Assault => ("attacked", "", true),
    };
    Verb { does, to, wants }
}

/// *A, B and C*.
fn together(who: &[Who]) -> Option<String> {
    let names: Vec<String> = who.iter().map(|who| plain(&who.name)).collect();
    let (last, rest) = names.split_last()?;
    Some(if rest.is_empty() { last.clone() } else { format!("{} and {last}", rest.join(", ")) })
}

/// *on 3 February 2026*; a date that is no day as it is written.
fn when(date: &str) -> String {
    match date.parse::<Date>() {
        Ok(day) => format!("on {}", day.strftime("%-d %B %Y")),
        Err(_) => match date.split_once('/') {
            Some((from, "..")) => format!("since {from}"),
            Some((from, to)) => format!("between {from} and {to}"),
            None => format!("in {date}"),
        },
    }
}

/// A series as an item of a list, its values side by side.
fn figure(line: &Line, known: &mut Known, mut note: impl FnMut(&str) -> String) -> Result<Option<String>, ExportError> {
    let Line::Figure { measure, of, series, relations, .. } = line else { return Ok(None) };
    let mut values = Vec::new();
    for told in series {
        let report = known.report(&told.document)?;
        let mark = note(&format!("“{}”. {}.", plain(report.words(told.span)), source(&report)));
        let put = if told.factuality == Factuality::Actual { String::new() } else { format!(", told as {}", told.factuality) };
        values.push(format!("{} ({}{put}){mark}", number(told), giver(told, &report)));
    }
    let counted = if *measure == Measure::Count { String::new() } else { format!(", {measure}") };
    let conflict = if relations.iter().any(|r| r.is == Relation::Conflict) { "; these cannot all hold" } else { "" };
    Ok(Some(format!("\n- {}{counted}: {}{conflict}\n", plain(of), values.join(" · "))))
}

fn number(told: &Told) -> String {
    let whole = |n: f64| n.fract() == 0.0 && (0.0..9e15).contains(&n);
    match told.value {
        Value::One(n) if whole(n) => amount(told.value, told.bound).replace(&n.to_string(), &thousands(n as usize)),
        value => amount(value, told.bound),
    }
}

fn giver(told: &Told, report: &Report) -> String {
    let outlet = report.document.outlet.as_deref().unwrap_or(&report.document.id);
    match told.given_by.last() {
        Some(giver) => format!("{}, in {}", plain(giver), plain(outlet)),
        None => plain(outlet),
    }
}

/// Outlet, headline, day, address and id of a report.
fn source(report: &Report) -> String {
    let url = report.document.url.as_deref().filter(|url| !url.contains(['<', '>', ' ', '\n'])).map(|url| format!(" <{url}>"));
    let id = &report.document.id;
    let id = if report.citation() == *id { String::new() } else { format!(" ({})", plain(id)) };
    format!("{}{id}{}", plain(&report.citation()), url.unwrap_or_default())
}

/// Words on one line whose signs Markdown does not read.
fn plain(words: &str) -> String {
    let mut plain = String::new();
    for c in flat(words).chars() {
        if "\\`*_{}[]<>#|~&".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_in_full() {
        assert_eq!(when("2026-02-03"), "on 3 February 2026");
        assert_eq!((when("2026-02"), when("2026-02-03/..")), ("in 2026-02".into(), "since 2026-02-03".into()));
        assert_eq!(when("2026-02-03/2026-02-05"), "between 2026-02-03 and 2026-02-05");
    }

    #[test]
    fn signs_are_words() {
        assert_eq!(plain("<b>*x*</b>\n[^1]"), "\\<b\\>\\*x\\*\\</b\\> \\[^1\\]");
    }
}
