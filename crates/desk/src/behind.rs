//! What stands behind a line, as its page shows it.

use crate::ask::Ask;
use crate::cite;
use crate::lines::{self, Spoken};
use crate::links;
use crate::markup::Markup;
use crate::problem::Problem;
use crate::values::{self, Row};
use onrecord_account::Line;
use onrecord_export::thousands;
use onrecord_store::{Change, Decided, Source, Verb, Why};
use onrecord_view::{OWN_WORDS, human_date, words};

/// Pairs of sources whose reasons are listed.
const PAIRS: usize = 60;
/// Series of an event that are shown.
const SERIES: usize = 30;

/// A line with all that is behind it.
pub struct Behind {
    pub title: String,
    pub name: String,
    /// None where nothing tells it any more.
    pub line: Option<Spoken>,
    /// *told by 3 reports, 2 of them independent*.
    pub told: String,
    /// The moves of a position, one line each.
    pub moves: Vec<Markup>,
    /// The values of a figure.
    pub values: Vec<Row>,
    /// Series of an event: each in a sentence, with its values.
    pub series: Vec<(Spoken, Vec<Row>)>,
    pub sources: Vec<Shown>,
    pub more: usize,
    pub joined: Vec<Markup>,
    /// Why they are one where no pair says it.
    pub identity: Option<&'static str>,
    pub decisions: Vec<Markup>,
    pub changes: Vec<Markup>,
    pub citation: String,
    /// Reports can be taken out of it, and others be one with it.
    pub can_be_split: bool,
    pub can_be_merged: bool,
}

/// What one report says.
pub struct Shown {
    pub number: usize,
    pub document: String,
    pub href: String,
    pub head: String,
    pub words: String,
    pub marked: bool,
    pub given_by: String,
    pub factuality: &'static str,
    /// How it is put, id, confidence, version.
    pub small: String,
    pub why: String,
}

/// Sets all that is known.
///
/// # Errors
/// When a report cannot be had.
pub fn of(ask: &Ask, why: &Why) -> Result<Behind, Problem> {
    let mut known = ask.reports();
    let told = why.line.as_ref().map_or(0, tellings);
    let mut behind = Behind {
        title: why.asked.clone(),
        name: why.name.clone().unwrap_or_else(|| why.asked.clone()),
        line: why.line.as_ref().map(|line| lines::spoken(line, &mut known)).transpose()?,
        told: why.line.as_ref().map(told_by).unwrap_or_default(),
        moves: Vec::new(),
        values: Vec::new(),
        series: Vec::new(),
        sources: why.sources.iter().enumerate().map(|(i, source)| shown(i + 1, source)).collect(),
        more: told.saturating_sub(why.sources.len()),
        joined: joined(why),
        identity: identity(why),
        decisions: why.decisions.iter().map(decided).collect(),
        changes: why.changes.iter().map(changed).collect(),
        citation: cite::of(ask, why)?,
        can_be_split: false,
        can_be_merged: false,
    };
    match &why.line {
        Some(line @ Line::Position { history, .. }) => {
            behind.moves = (0..history.len()).map(|at| lines::position(line, at, &mut known)).collect::<Result<_, _>>()?;
        }
        Some(line @ Line::Figure { .. }) => behind.values = values::rows(line),
        Some(Line::Event { id, figures, .. }) if !figures.is_empty() => {
            for line in ask.store.series_of(id)?.iter().take(SERIES) {
                behind.series.push((lines::spoken(line, &mut known)?, values::rows(line)));
            }
        }
        _ => {}
    }
    let is_figure = matches!(why.line, Some(Line::Figure { .. }));
    behind.can_be_merged = ask.visitor.may_write && why.line.is_some() && !is_figure;
    behind.can_be_split = behind.can_be_merged && told > 1;
    Ok(behind)
}

/// How often it is told.
pub fn tellings(line: &Line) -> usize {
    match line {
        Line::Document { .. } => 1,
        Line::Actor { reports, .. } => reports.len(),
        Line::Event { reports, .. } => reports.len(),
        Line::Figure { series, .. } => series.len(),
        Line::Position { history, .. } => history.len(),
        Line::Statement { appearances, .. } => appearances.len(),
    }
}

fn told_by(line: &Line) -> String {
    let told = words::count(tellings(line), "telling");
    match line {
        Line::Event { witnesses, .. } => format!("{told}, {} independent", thousands(*witnesses)),
        _ => told,
    }
}

fn shown(number: usize, source: &Source) -> Shown {
    let head: Vec<String> =
        [source.outlet.clone(), source.published.as_deref().map(human_date), source.title.clone()].into_iter().flatten().collect();
    let words = onrecord_view::one_line(&source.words);
    let put = source.factuality.map(|how| words::factuality(how).unwrap_or("so, as told").to_owned());
    let sure = source.confidence.map(|sure| format!("{:.0}\u{a0}%", sure * 100.0));
    let read = format!("read by onrecord {}", source.version);
    let small: Vec<String> = [put, Some(source.record.clone()), sure, Some(read)].into_iter().flatten().collect();
    Shown {
        number,
        href: links::record_in(&source.document, &source.record),
        head: if head.is_empty() { source.document.clone() } else { head.join(" · ") },
        document: source.document.clone(),
        marked: words.starts_with(['“', '"', '«', '„', '‘']),
        words,
        given_by: match source.given_by.split_last() {
            Some((last, [])) => format!("says {last}"),
            Some((last, before)) => format!("says {last}, by {}", before.join(", by ")),
            None if source.factuality.is_some() => OWN_WORDS.to_owned(),
            None => String::new(),
        },
        factuality: source.factuality.map(|how| how.as_str()).unwrap_or_default(),
        small: small.join(" · "),
        why: source.why.clone(),
    }
}

/// Which were found to be the same, for what reasons.
fn joined(why: &Why) -> Vec<Markup> {
    let pair = |pair: &onrecord_store::Joined| {
        let mut line = Markup::new();
        line.link(&format!("#source-{}", pair.a + 1), "", &(pair.a + 1).to_string()).text(" and ");
        line.link(&format!("#source-{}", pair.b + 1), "", &(pair.b + 1).to_string()).text(": ").text(&pair.why.join("; "));
        line.element("span", "small soft", &format!(" {:.0}\u{a0}%", pair.score * 100.0));
        line
    };
    why.joined.iter().take(PAIRS).map(pair).collect()
}

fn identity(why: &Why) -> Option<&'static str> {
    if why.sources.len() < 2 || !why.joined.is_empty() || why.standing(Verb::Merge).next().is_some() {
        return None;
    }
    Some(match &why.line {
        Some(Line::Figure { .. }) => "They count the same of one event; the page of the event says why its reports are one.",
        _ => "They have one identity: the same full name, country or office.",
    })
}

fn decided(decided: &Decided) -> Markup {
    let mut line = Markup::new();
    line.text(&format!("Decision {}: ", decided.id)).link(&links::record(&decided.a), "", &decided.a).text(" and ");
    line.link(&links::record(&decided.b), "", &decided.b);
    line.text(if decided.verb == Verb::Merge { " are one" } else { " are not one" });
    if !decided.why.is_empty() {
        line.text(": ").element("bdi", "", &decided.why);
    }
    let by = if decided.who.is_empty() { String::new() } else { format!(" by {}", decided.who) };
    line.element("span", "soft", &format!(" · {}{by}", decided.made));
    line.element("em", "", if decided.undone { " · taken back" } else { "" });
    line
}

fn changed(change: &Change) -> Markup {
    let mut line = Markup::new();
    line.element("code", "", &change.was);
    match (&change.becomes, change.verb.as_str()) {
        (Some(becomes), "split") => {
            line.text(" has lost ").link(&links::record(becomes), "", becomes).text(", which is another now")
        }
        (Some(becomes), _) => line.text(" is ").link(&links::record(becomes), "", becomes).text(" now"),
        (None, _) => line.text(" is withdrawn: no report tells it any more, as they are read now"),
    };
    line.element("span", "soft", &format!(" · {} · by {}", change.made, change.cause));
    line
}
