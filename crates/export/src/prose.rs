//! Lines of the account as English sentences, each with the exact words that show it.

use crate::deaths::amount;
use crate::error::ExportError;
use crate::known::{Fetch, Known, Report};
use crate::occurrence::Occurrence;
use crate::sheet::flat;
use crate::tally::thousands;
use jiff::civil::Date;
use onrecord_account::{Happening, Line, Points, Relation, Taken, Told, Who};
use onrecord_record::{Act, EventType, Factuality, Measure, Move, Value};

/// A sentence with what shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// *On 3 February 2026, Northland attacked Southland in Port Amber (drone).*
    pub sentence: String,
    /// The words of the reports, in the order of the account.
    pub quotes: Vec<Quote>,
}

/// Words of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Id of the report.
    pub document: String,
    /// The exact words, on one line, an ellipsis between passages.
    pub words: String,
    /// Who gives it, and how it is put where that is another way: *, as given by the army*; mostly nothing.
    pub aside: String,
    /// Outlet, headline, day, id.
    pub source: String,
    /// Address of the report.
    pub url: Option<String>,
}

/// Says lines of the account.
pub struct Prose<'a> {
    known: Known<'a>,
}

impl<'a> Prose<'a> {
    /// Asks `fetch` for reports.
    pub fn new(fetch: Fetch<'a>) -> Self {
        Prose { known: Known::new(fetch) }
    }

    /// What a line adds to a day.
    ///
    /// # Errors
    /// When a report cannot be had.
    pub fn say(&mut self, line: &Line, what: Happening) -> Result<Said, ExportError> {
        said(line, what, &mut self.known)
    }
}

/// See [`Prose::say`]. Of a line that is not of this kind nothing is said.
pub(crate) fn said(line: &Line, what: Happening, known: &mut Known) -> Result<Said, ExportError> {
    match (line, what) {
        (Line::Event { .. }, _) => event(line, known),
        (Line::Figure { measure, of, series, relations, .. }, Happening::Value(at)) if at < series.len() => {
            let mut quotes = vec![quote(known, &series[at].document, &[series[at].span])?];
            let mut sentence = format!("{}: {}", counted(of, *measure), value(&series[at], known)?);
            let mut earlier = |is: &dyn Fn(Relation) -> bool, words: &str| -> Result<(), ExportError> {
                let mut values = Vec::new();
                for told in relations.iter().filter(|related| related.b == at && is(related.is)).map(|related| &series[related.a]) {
                    quotes.push(quote(known, &told.document, &[told.span])?);
                    values.push(value(told, known)?);
                }
                if !values.is_empty() {
                    sentence.push_str(&format!("; {words} {}", values.join(" · ")));
                }
                Ok(())
            };
            earlier(&|is| is == Relation::Update, "before")?;
            earlier(&|is| is == Relation::Correction, "corrected from")?;
            earlier(&|is| is == Relation::Conflict, "cannot hold with")?;
            Ok(Said { sentence: whole(&sentence), quotes })
        }
        (Line::Position { holder, history, .. }, Happening::Move(at, before)) if at < history.len() => {
            position(holder, &history[at], before, known)
        }
        (Line::Statement { speaker, act, appearances, .. }, _) => {
            let mut quotes = Vec::new();
            for place in appearances {
                quotes.push(quote(known, &place.document, &place.content)?);
            }
            let date = appearances.iter().filter_map(|place| place.published.as_deref()).min();
            let names = together(speaker).unwrap_or_else(|| SOMEBODY.to_owned());
            let words = quotes.first().map(|quote| format!(" {}", marked(&quote.words))).unwrap_or_default();
            let when = date.map(|date| format!("as reported {}, ", when(date))).unwrap_or_default();
            Ok(Said { sentence: whole(&format!("{when}{names} {}:{words}", spoke(*act))), quotes })
        }
        _ => Ok(Said { sentence: String::new(), quotes: Vec::new() }),
    }
}

const SOMEBODY: &str = "somebody not named";

fn event(line: &Line, known: &mut Known) -> Result<Said, ExportError> {
    let Some(event) = Occurrence::of(line, &[]) else { return Ok(Said { sentence: String::new(), quotes: Vec::new() }) };
    let mut quotes = Vec::new();
    for telling in event.reports {
        let mut quote = quote(known, &telling.document, &telling.evidence)?;
        if let Some(giver) = telling.given_by.last() {
            quote.aside.push_str(&format!(", as given by {}", flat(giver)));
        }
        if telling.factuality != event.factuality {
            quote.aside.push_str(&format!(", told as {}", telling.factuality));
        }
        quotes.push(quote);
    }
    Ok(Said { sentence: happened(&event), quotes })
}

fn position(holder: &[Who], taken: &Taken, before: Option<Move>, known: &mut Known) -> Result<Said, ExportError> {
    let mut passages = vec![taken.proposition];
    passages.extend(&taken.conditions);
    let mut quote = quote(known, &taken.document, &passages)?;
    if let Some(giver) = taken.given_by.last() {
        quote.aside = format!(", as given by {}", flat(giver));
    }
    let report = known.report(&taken.document)?;
    let date = match (&taken.date, &taken.published) {
        (Some(date), _) => format!("{}, ", when(date)),
        (None, Some(published)) => format!("as reported {}, ", when(published)),
        (None, None) => String::new(),
    };
    let names = together(holder).unwrap_or_else(|| SOMEBODY.to_owned());
    let conditions: Vec<String> = taken.conditions.iter().map(|&span| marked(&flat(report.words(span)))).collect();
    let terms = if conditions.is_empty() { String::new() } else { format!(", on condition of {}", conditions.join(" and ")) };
    let before = before.map(|before| format!(" (before: {before})")).unwrap_or_default();
    let proposition = marked(&flat(report.words(taken.proposition)));
    let sentence = whole(&format!("{date}{names} {}: {proposition}{terms}{before}", moved(taken.stance)));
    Ok(Said { sentence, quotes: vec![quote] })
}

/// Words of a report with their source.
pub(crate) fn quote(known: &mut Known, document: &str, passages: &[Points]) -> Result<Quote, ExportError> {
    let report = known.report(document)?;
    let id = &report.document.id;
    let source = report.citation();
    Ok(Quote {
        document: id.clone(),
        words: flat(&report.passages(passages)),
        aside: String::new(),
        source: if source == *id { source } else { format!("{} ({id})", flat(&source)) },
        url: report.document.url.clone(),
    })
}

/// *On 3 February 2026, Northland attacked Southland in Port Amber (drone).*
fn happened(event: &Occurrence) -> String {
    let when = event.date.map(|date| format!("{}, ", when(date))).unwrap_or_default();
    let actors = together(event.actors).unwrap_or_else(|| SOMEBODY.to_owned());
    let verb = verb(event.kind, event.actors.len() > 1 && event.recipients.is_empty());
    let object = match together(event.recipients) {
        Some(names) => format!(" {}{names}", verb.to),
        None if verb.wants => format!(" {}{SOMEBODY}", verb.to),
        None => String::new(),
    };
    let place = event.place.map(|place| format!(" in {}", flat(&place.name))).unwrap_or_default();
    let mode = event.mode.map(|mode| format!(" ({})", mode.replace('-', " "))).unwrap_or_default();
    let put = match event.factuality {
        Factuality::Actual => "",
        Factuality::Negated => ": told as not so",
        Factuality::Planned => ": told as planned",
        Factuality::Conditional => ": told as conditional",
        Factuality::Uncertain => ": told as uncertain",
    };
    whole(&format!("{when}{actors} {}{object}{place}{mode}{put}", verb.does))
}

/// With a capital and a full stop.
fn whole(words: &str) -> String {
    let mut letters = words.chars();
    let capital: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    format!("{capital}.")
}

/// In quotation marks, unless it has its own.
fn marked(words: &str) -> String {
    if words.starts_with(['“', '"', '«', '„']) { words.to_owned() } else { format!("“{words}”") }
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

/// What was done by saying it.
fn spoke(act: Act) -> &'static str {
    match act {
        Act::State => "said",
        Act::Announce => "announced",
        Act::Confirm => "confirmed",
        Act::Deny => "denied",
        Act::Accuse => "accused",
        Act::Criticise => "criticised",
        Act::Praise => "praised",
        Act::Demand => "demanded",
        Act::Urge => "urged",
        Act::Ask => "asked",
        Act::Offer => "offered",
        Act::Promise => "promised",
        Act::Refuse => "refused",
        Act::Warn => "warned",
        Act::Threaten => "threatened",
        Act::Predict => "predicted",
        Act::Agree => "agreed",
    }
}

fn moved(stance: Move) -> &'static str {
    match stance {
        Move::Offer => "offered",
        Move::Demand => "demanded",
        Move::Commitment => "made a commitment",
        Move::Acceptance => "accepted",
        Move::Refusal => "refused",
        Move::Claim => "claimed",
    }
}

/// *A, B and C*.
fn together(who: &[Who]) -> Option<String> {
    let names: Vec<String> = who.iter().map(|who| flat(&who.name)).collect();
    let (last, rest) = names.split_last()?;
    Some(if rest.is_empty() { last.clone() } else { format!("{} and {last}", rest.join(", ")) })
}

/// *on 3 February 2026*; a date that is no day as it is written.
pub(crate) fn when(date: &str) -> String {
    match date.parse::<Date>() {
        Ok(day) => format!("on {}", day.strftime("%-d %B %Y")),
        Err(_) => match date.split_once('/') {
            Some((from, "..")) => format!("since {from}"),
            Some((from, to)) => format!("between {from} and {to}"),
            None => format!("in {date}"),
        },
    }
}

/// *soldier, killed*.
pub(crate) fn counted(of: &str, measure: Measure) -> String {
    if measure == Measure::Count { flat(of) } else { format!("{}, {measure}", flat(of)) }
}

/// *at least 5 (the mayor, in Herald, told as uncertain)*.
pub(crate) fn value(told: &Told, known: &mut Known) -> Result<String, ExportError> {
    let report = known.report(&told.document)?;
    let put = if told.factuality == Factuality::Actual { String::new() } else { format!(", told as {}", told.factuality) };
    Ok(format!("{} ({}{put})", number(told), giver(told, &report)))
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
        Some(giver) => format!("{}, in {}", flat(giver), flat(outlet)),
        None => flat(outlet),
    }
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
    fn words_have_one_pair_of_marks() {
        assert_eq!((marked("stop"), marked("“stop”")), ("“stop”".to_owned(), "“stop”".to_owned()));
    }
}
