//! Dates and times as written, resolved to ISO 8601 against the day of publication.
//!
//! [`Times`] finds every expression of a report once; [`of`] says which of them dates a predicate. [`grammar`] reads what an
//! expression says ([`when`]), [`resolve`] places it on the calendar, [`value`] writes what it comes to.

mod dateline;
mod dating;
mod grammar;
mod period;
mod resolve;
#[cfg(test)]
mod tests;
mod value;
mod when;

pub use dating::of;
pub use value::TimeKind;

use crate::lexicon::Lexicon;
use crate::lexicon::calendar::Edge;
use crate::scan::Piece;
use crate::tree::Tree;
use dateline::dateline;
use grammar::{Found, expressions, split};
use jiff::civil::Date;
use onrecord_record::IsoDate;
use onrecord_text::{Document, Span};
use period::Period;
use resolve::Anchor;
use value::{Amount, Value};
use when::{When, Year};

/// A time that a report names, as [`crate::Reader::times`] tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// Its type in TIMEX3.
    pub kind: TimeKind,
    /// Its value in TIMEX3, with an `X` for what neither the text nor the day of publication tells.
    pub value: String,
    /// `START`, `MID` or `END` for a part of what the value names (*early March*).
    pub modifier: Option<&'static str>,
    /// The date or interval that it gives a record.
    pub interval: Option<IsoDate>,
}

/// A time expression in a sentence.
#[derive(Debug)]
pub struct Expression {
    /// The words.
    pub span: Span,
    /// The token that heads them in the tree.
    pub head: Option<usize>,
    /// The predicate of the words said that it belongs to, where the tree hangs it on the saying.
    said: Option<usize>,
    /// What it comes to.
    value: Value,
    /// The part of it that is meant.
    edge: Option<Edge>,
    /// What it dates a record with; none for a duration, and for the report's own dateline.
    pub date: Option<IsoDate>,
}

impl Expression {
    /// How long, where it says that.
    fn length(&self) -> Option<Amount> {
        match self.value {
            Value::Length(amount) | Value::Running(amount, _) => Some(amount),
            _ => None,
        }
    }
}

/// All time expressions of a report, by sentence.
#[derive(Default)]
pub struct Times {
    sentences: Vec<Vec<Expression>>,
    published: Option<Date>,
}

impl Times {
    /// Finds and resolves them.
    pub fn find(document: &Document, trees: &[Tree], lexicon: &Lexicon) -> Self {
        let dateline = dateline(&document.text, lexicon);
        let published = document.published.or(dateline.map(|(day, _)| day));
        let mut narration =
            Narration { anchor: Anchor { published, ..Anchor::default() }, dateline: dateline.map(|(_, line)| line) };
        let sentences = trees
            .iter()
            .map(|tree| {
                let pieces = split(tree.text, tree.sentence.span);
                let mut found = expressions(&pieces, &lexicon.calendar);
                share_years(&mut found);
                narration.sentence(tree, &pieces, &found)
            })
            .collect();
        Times { sentences, published }
    }

    /// The day of publication: as given, else by the report's dateline.
    pub fn published(&self) -> Option<Date> {
        self.published
    }

    /// The expressions of a sentence.
    pub fn of_sentence(&self, s: usize) -> &[Expression] {
        self.sentences.get(s).map_or(&[], Vec::as_slice)
    }

    /// True when these words say a time.
    pub fn covers(&self, s: usize, span: Span) -> bool {
        self.of_sentence(s).iter().any(|e| e.span.overlaps(span))
    }

    /// All of them in order.
    pub fn all(&self) -> impl Iterator<Item = TimeExpression> {
        self.sentences.iter().flatten().map(|e| TimeExpression {
            span: e.span,
            kind: e.value.kind(),
            value: e.value.timex(),
            modifier: e.edge.map(|edge| match edge {
                Edge::Start => "START",
                Edge::Mid => "MID",
                Edge::End => "END",
            }),
            interval: e.date.clone().or_else(|| e.value.interval()),
        })
    }
}

/// Expressions before an hour among which its day is looked for.
const NEAR: usize = 4;

/// Where a report has got to in time.
struct Narration {
    anchor: Anchor,
    /// The line that dates the report.
    dateline: Option<Span>,
}

impl Narration {
    /// Resolves the expressions of the next sentence.
    fn sentence(&mut self, tree: &Tree, pieces: &[Piece], found: &[Found]) -> Vec<Expression> {
        let mut list: Vec<Expression> = Vec::with_capacity(found.len());
        for (at, one) in found.iter().enumerate() {
            let span = pieces[one.start].span.cover(pieces[one.end - 1].span);
            let head = tree.head_of(span);
            // The end of an interval lies on the side of its beginning.
            let ends = at.checked_sub(1).is_some_and(|from| is_interval(pieces, &found[from], one));
            if !ends {
                self.anchor.future = head.is_some_and(|head| dating::is_future(tree, head));
            }
            let Some(mut value) = one.meaning.resolve(self.anchor) else { continue };
            if let Some(hour) = one.meaning.hour.filter(|_| one.meaning.when == When::Hour) {
                value = self.day_beside(pieces, found, at, &list).map_or(value, |day| Value::Hour(day, hour));
            }
            let is_dateline = self.dateline.is_some_and(|line| line.contains(span));
            let date = if is_dateline { None } else { dated(&value, one, pieces) };
            if !is_dateline {
                self.told(one, &value);
            }
            let said = head.and_then(|head| dating::said_clause(tree, head));
            list.push(Expression { span, head, said, value, edge: one.meaning.edge, date });
            if ends {
                join(&mut list, pieces[found[at - 1].start].span, self.anchor.published);
            }
        }
        list
    }

    /// What the text is at once it has named this time.
    fn told(&mut self, one: &Found, value: &Value) {
        let Some(period) = value.period() else { return };
        self.anchor.told = Some(period);
        if let Period::Day(day) = period {
            self.anchor.day = Some(day);
        } else {
            // "the next day" no longer is that after a day outside of what the text is at now.
            let holds = |day: &Date| period.days().is_some_and(|(first, last)| first <= *day && *day <= last);
            self.anchor.day = self.anchor.day.filter(holds);
        }
        // A year by itself is mostly an aside ("as in 1812"), unless the sentence begins with it.
        let begins = one.start <= 1 && one.meaning.written_year().is_some();
        if one.meaning.is_within_a_year() || begins || self.anchor.year.is_none() {
            self.anchor.year = Some(period.year());
        }
    }

    /// The day that stands beside an hour: right behind it (*16:15 UTC, June 1*), or before it in the sentence.
    fn day_beside(&self, pieces: &[Piece], found: &[Found], at: usize, before: &[Expression]) -> Option<Date> {
        let next = found.get(at + 1).filter(|next| {
            let between = &pieces[found[at].end..next.start];
            next.meaning.is_day()
                && between.len() <= 2
                && between.iter().all(|p| matches!(p.lower.as_str(), "," | "on" | "of" | "the"))
        });
        let day = |value: &Value| match value.period() {
            Some(Period::Day(day)) => Some(day),
            _ => None,
        };
        match next {
            Some(next) => day(&next.meaning.resolve(self.anchor)?),
            None => before.iter().rev().take(NEAR).find_map(|e| day(&e.value)),
        }
    }
}

/// The date that an expression gives by itself: *since 2022* is open to now.
fn dated(value: &Value, one: &Found, pieces: &[Piece]) -> Option<IsoDate> {
    let date = value.interval()?;
    let since = one.start.checked_sub(1).is_some_and(|i| pieces[i].is("since"));
    if !since {
        return Some(date);
    }
    (!date.contains('/')).then(|| format!("{date}/.."))
}

/// Words over which a year holds for the dates before it.
const YEAR_REACHES: usize = 8;

/// *on 4 April and from 5 to 6 May 2016*: the year of a day or month holds for the days and months just before it.
fn share_years(found: &mut [Found]) {
    let mut next: Option<(usize, Year)> = None;
    for one in found.iter_mut().rev() {
        let written = one.meaning.written_year().filter(|_| one.meaning.is_within_a_year());
        match next {
            Some((start, year)) if start <= one.end + YEAR_REACHES => one.meaning = one.meaning.with_year(year),
            _ => next = None,
        }
        next = match (written, next) {
            (Some(year), _) | (None, Some((_, year))) => Some((one.start, year)),
            _ => None,
        };
    }
}

/// True for the two ends of an interval: *25-26 May*, *from June to August*, *between 2014 and 2016*.
fn is_interval(pieces: &[Piece], from: &Found, to: &Found) -> bool {
    if from.opens {
        return true;
    }
    let ends = from.meaning.is_on_the_calendar() && to.meaning.is_on_the_calendar();
    if !ends || to.start != from.end + 1 {
        return false;
    }
    let opened = from.start.checked_sub(1).is_some_and(|i| matches!(pieces[i].lower.as_str(), "from" | "between"));
    let link = &pieces[from.end];
    match link.lower.as_str() {
        "and" => opened,
        "to" | "through" | "until" | "till" => opened || (from.meaning.is_day() && to.meaning.is_day()),
        _ => link.is_dash(),
    }
}

/// Gives both ends of an interval, the last two of the list, the whole of it; the first must lie at `from`. *Now* is the day of writing.
fn join(list: &mut [Expression], from: Span, published: Option<Date>) {
    let [.., first, last] = list else { return };
    if !first.span.contains(from) {
        return;
    }
    let period = |e: &Expression| match e.value {
        Value::Reference(_) => published.map(Period::Day),
        _ => e.value.period(),
    };
    let (Some(start), Some(end)) = (period(first), period(last)) else { return };
    let (Some((first_day, _)), Some((start_of_end, last_day))) = (start.days(), end.days()) else { return };
    if first_day > start_of_end {
        return;
    }
    let whole = match (start.iso(), end.iso()) {
        (Some(a), Some(b)) if !a.contains('/') && !b.contains('/') => format!("{a}/{b}"),
        (Some(_), Some(_)) => format!("{first_day}/{last_day}"),
        _ => return,
    };
    first.date = Some(whole.clone());
    last.date = Some(whole);
}
