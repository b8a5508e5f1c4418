//! Parts of longer stretches: *early March*, *the end of the year*, *the first Monday of May*.

use super::super::period::Period;
use super::super::when::{Base, Frame, Meaning, NthOf, Part, When, Year};
use super::{Grammar, Read, Reading, reading};
use crate::lexicon::calendar::{CalendarWord, Unit};

impl Grammar<'_, '_> {
    /// *early March*, *the end of the year*, *mid-2011*, *later that month*, *late in 1957*.
    pub(super) fn edge(&self, i: usize) -> Read {
        let edge = match self.words.class(i)? {
            CalendarWord::Edge(edge) => Some(edge),
            CalendarWord::Away(_) if self.words.is_one_of(i, &["earlier", "later"]) => None,
            _ => return None,
        };
        let at = self.words.skip_hyphen(i + 1);
        let linked = self.words.skip(at, &["of", "in", "on"]);
        let joined = matches!((edge, self.words.lower(i)), (None, _) | (_, "early" | "late" | "mid"));
        let part = linked > at && self.words.is(at, "of");
        if !(joined || part) {
            return None;
        }
        if let Some((hour, end)) = self.part(self.words.skip(linked, &["the"])).filter(|_| joined) {
            return Some(reading(Meaning { hour: Some(hour), edge, ..When::Hour.into() }, end));
        }
        // "by end of year"
        if let Some(CalendarWord::Unit(unit)) = self.words.class(linked).filter(|_| part && !self.words.is_plural(linked)) {
            return Some(reading(Meaning { edge, ..Frame::Unit(Base::Either, unit, 0).into() }, linked + 1));
        }
        let read = self.stretch(linked)?;
        Some(Reading { meaning: Meaning { edge, ..read.meaning }, ..read })
    }

    /// What has a beginning and an end: what has a name, a weekday, a part of it or a stretch told from elsewhere.
    pub(super) fn stretch(&self, i: usize) -> Read {
        let at = self.words.skip(i, &["the"]);
        let readers = [Self::weekday, Self::nth, Self::shifted, Self::told];
        let read = self.named(i).or_else(|| readers.iter().find_map(|read| read(self, at)));
        read.filter(|read| read.meaning.is_on_the_calendar())
    }

    /// A month, year, season, day or counted unit, with or without its article, that is no part of another: so parts of parts of
    /// parts are never read.
    pub(super) fn named(&self, i: usize) -> Read {
        let at = self.words.skip(i, &["the"]);
        if let Some((frame, end)) = self.unit_frame(i) {
            return Some(reading(frame, end));
        }
        let readers = [Self::day_first, Self::month_first, Self::day, Self::season, Self::feast, Self::years];
        let read = readers.iter().find_map(|read| read(self, at));
        let bare = || match self.words.class(at)? {
            CalendarWord::Season(month) => Some(reading(Frame::Named(Year::Unsaid, Part::Season(month)), at + 1)),
            CalendarWord::Month(month) if self.words.is_capital(at) => {
                Some(reading(Frame::Named(Year::Unsaid, Part::Month(month)), at + 1))
            }
            _ => None,
        };
        read.or_else(bare).filter(|read| read.meaning.is_on_the_calendar())
    }

    /// *the first Monday of March*, *the third quarter of 2005*, *third-quarter*, *the nineteenth century*, *the first ten months of 1915*,
    /// *last Monday of March*.
    pub(super) fn nth(&self, i: usize) -> Read {
        let (n, at) = self.place(i)?;
        if let Some(CalendarWord::Weekday(day)) = self.words.class(at) {
            return self.nth_in(n, NthOf::Weekday(day), &self.part_of(at + 1)?);
        }
        if let Some((amount, end)) = self.words.amount(at).filter(|_| n.abs() == 1) {
            return self.part_of(end).map(|inside| reading(When::Length(amount), inside.end));
        }
        let (unit, end) = self.words.unit(at)?;
        if unit == Unit::Century && n > 0 {
            let bc = self.era(end).filter(|(before, _)| *before);
            let first = if bc.is_some() { -100 * (i16::from(n) - 1) - 1 } else { 100 * (i16::from(n) - 1) };
            return Some(reading(Frame::Fixed(Period::Century(first)), bc.map_or(end, |(_, end)| end)));
        }
        if let Some(inside) = self.part_of(end) {
            return self.nth_in(n, NthOf::Unit(unit), &inside);
        }
        let whole = match unit {
            Unit::Quarter => Part::Quarter(from_end(n, 4)?),
            Unit::Half => Part::Half(from_end(n, 2)?),
            _ => return None,
        };
        if let Some((year, behind)) = self.year_of(end) {
            return Some(reading(Frame::Named(year, whole), behind));
        }
        // "the first half", "a second quarter" are halves and quarters of anything; reports and results have theirs.
        let quarterly = unit == Unit::Quarter && !self.words.is_one_of(i.wrapping_sub(1), &["a", "one"]);
        quarterly.then(|| reading(Frame::Named(Year::Unsaid, whole), end))
    }

    /// *third*, *last*, *second last*, *final*.
    pub(super) fn place(&self, i: usize) -> Option<(i8, usize)> {
        let is_last = |at: usize| self.words.is_one_of(at, &["last", "final"]);
        match self.words.ordinal(i) {
            Some((n, end)) if is_last(end) => Some((-n, end + 1)),
            Some((n, end)) => Some((n, end)),
            None => is_last(i).then_some((-1, i + 1)),
        }
    }

    /// The n-th of these units or weekdays inside a stretch.
    pub(super) fn nth_in(&self, n: i8, of: NthOf, inside: &Reading) -> Read {
        let frame = match inside.meaning.when {
            When::Frame(frame) => frame,
            _ => return None,
        };
        let when = match (of, frame) {
            (NthOf::Unit(Unit::Quarter), Frame::Named(year, Part::Whole)) => {
                Frame::Named(year, Part::Quarter(from_end(n, 4)?)).into()
            }
            (NthOf::Unit(Unit::Half), Frame::Named(year, Part::Whole)) => Frame::Named(year, Part::Half(from_end(n, 2)?)).into(),
            (NthOf::Unit(Unit::Quarter), Frame::Unit(base, Unit::Year, by)) => {
                Frame::Named(Year::From(base, by), Part::Quarter(from_end(n, 4)?)).into()
            }
            (NthOf::Unit(Unit::Half), Frame::Unit(base, Unit::Year, by)) => {
                Frame::Named(Year::From(base, by), Part::Half(from_end(n, 2)?)).into()
            }
            (NthOf::Unit(Unit::Quarter | Unit::Half), _) => return None,
            _ => Meaning::from(When::Nth(n, of, frame)),
        };
        Some(reading(when, inside.end))
    }

    /// *the last week of March*, *the last day of 2018*.
    pub(super) fn last_of(&self, i: usize, unit: Unit, end: usize) -> Read {
        let frame = self.part_of(end).filter(|_| self.words.is_one_of(i, &["last", "final"]))?;
        self.nth_in(-1, NthOf::Unit(unit), &frame)
    }

    /// *of March*, *of the year*, *in 2018*: what something is a part of.
    pub(super) fn part_of(&self, i: usize) -> Read {
        let at = self.words.skip(i, &["of", "in"]);
        (at > i).then(|| self.named(at)).flatten().filter(|read| read.last.is_none())
    }
}

/// The place from the beginning of one that may be counted from the end.
fn from_end(n: i8, all: i8) -> Option<i8> {
    let n = if n < 0 { all + 1 + n } else { n };
    (1..=all).contains(&n).then_some(n)
}
