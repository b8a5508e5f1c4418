//! Finds time expressions among the pieces of a sentence.
//!
//! Each module reads one family of them: [`dates`] days and months, [`years`] years and their parts, [`periods`] stretches told from
//! elsewhere, [`parts`] parts of longer ones, [`hours`] parts of a day and the clock, [`lengths`] durations and what comes back.

mod dates;
mod hours;
mod lengths;
mod parts;
mod periods;
mod words;
mod years;

use super::value::Hour;
use super::when::{Frame, Meaning, Part, When};
use crate::lexicon::calendar::{Calendar, CalendarWord, DayPart};
use crate::scan::{Kind, Piece};
use words::Words;
pub use words::split;

/// A time expression: pieces `start..end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// First piece.
    pub start: usize,
    /// Behind the last piece.
    pub end: usize,
    /// What it says.
    pub meaning: Meaning,
    /// The first day or year of an interval whose last is the next expression.
    pub opens: bool,
}

/// What was read up to `end`; for an interval, the first part up to there, and its last part.
#[derive(Clone, Copy)]
struct Reading {
    meaning: Meaning,
    end: usize,
    last: Option<(usize, Meaning, usize)>,
}

type Read = Option<Reading>;

fn reading(meaning: impl Into<Meaning>, end: usize) -> Reading {
    Reading { meaning: meaning.into(), end, last: None }
}

impl Reading {
    /// Behind all of it.
    fn behind(&self) -> usize {
        self.last.map_or(self.end, |(_, _, end)| end)
    }
}

/// All expressions in order, without overlaps.
pub fn expressions(pieces: &[Piece], calendar: &Calendar) -> Vec<Found> {
    let grammar = Grammar { words: Words::new(pieces, calendar) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let Some(read) = grammar.at(at) else {
            at += 1;
            continue;
        };
        found.push(Found { start: at, end: read.end, meaning: read.meaning, opens: read.last.is_some() });
        if let Some((start, meaning, end)) = read.last {
            found.push(Found { start, end, meaning, opens: false });
        }
        at = read.behind().max(at + 1);
    }
    found
}

struct Grammar<'p, 't> {
    words: Words<'p, 't>,
}

impl Grammar<'_, '_> {
    /// The expression that begins here, with its article and its *almost*.
    fn at(&self, i: usize) -> Read {
        let piece = &self.words.pieces[i];
        match piece.kind {
            Kind::Word => {}
            Kind::Digits => return self.core(i),
            Kind::Sign if matches!(piece.text, "'" | "’" | "‘") => return self.short_year(i),
            Kind::Sign => return None,
        }
        if piece.is("the") {
            return self.core(i + 1).filter(|read| self.takes_article(i + 1, read));
        }
        self.core(i).or_else(|| self.bounded(i))
    }

    fn core(&self, i: usize) -> Read {
        if self.words.class(i).is_none() && self.words.pieces.get(i).is_none_or(|p| p.kind != Kind::Digits) {
            return self.unlisted(i);
        }
        let readers = [
            Self::clock,
            Self::part_of_day_of,
            Self::edge,
            Self::numeric,
            Self::day_first,
            Self::month_first,
            Self::nth,
            Self::weekday,
            Self::day,
            Self::shifted,
            Self::told,
            Self::season,
            Self::feast,
            Self::length,
            Self::part_alone,
            Self::years,
            Self::reference,
        ];
        readers.iter().find_map(|read| read(self, i))
    }

    /// Expressions whose first word is no word of the calendar.
    fn unlisted(&self, i: usize) -> Read {
        match self.words.lower(i) {
            "overnight" => Some(reading(When::Overnight, i + 1)),
            "every" | "each" | "per" => self.every(i),
            "another" => self.another(i),
            "all" => self.all(i),
            "final" => self.nth(i),
            lower if lower.len() == 2 && lower.starts_with(['q', 'h']) => self.quarter_sign(i),
            "right" | "these" | "time" | "moment" => self.phrase(i),
            _ => None,
        }
    }

    /// The article belongs to *the 1990s*, *the next day* and *the 20th*, not to *the 1991 agreement*.
    fn takes_article(&self, i: usize, read: &Reading) -> bool {
        let named = matches!(read.meaning.when, When::Frame(Frame::Named(_, Part::Whole | Part::Month(_) | Part::Day(..))));
        let by_name =
            matches!(self.words.class(i), Some(CalendarWord::Month(_) | CalendarWord::Weekday(_) | CalendarWord::Every(..)));
        let year = named && self.words.digits(i, 3..=4).is_some();
        let hyphened = matches!(read.meaning.when, When::Length(_)) && self.words.is_dash(read.end - 2);
        let adjective = matches!(read.meaning.when, When::Reference(_)) && !self.words.is_one_of(i, &["future", "time", "moment"]);
        let clock = matches!(read.meaning.hour, Some(Hour { part: DayPart::Clock(..), .. }));
        let feast = matches!(self.words.class(i), Some(CalendarWord::Feast(..)));
        !(by_name || year || hyphened || adjective || clock || feast)
    }
}
