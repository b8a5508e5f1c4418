//! Stretches told from elsewhere: *last week*, *the following day*, *yesterday*, *now*.

use super::super::value::{Amount, Hour};
use super::super::when::{Base, Frame, Meaning, NthOf, Part, When, Which};
use super::{Grammar, Read, reading};
use crate::lexicon::calendar::{CalendarWord, Reference, Shift, Unit};

impl Grammar<'_, '_> {
    /// *last week*, *next month*, *the year*, *that day*, *the following year*: one unit and how far away it is.
    pub(super) fn unit_frame(&self, i: usize) -> Option<(Frame, usize)> {
        let article = self.words.is(i, "the");
        let at = i + usize::from(article);
        let unit_at = |at: usize| match self.words.class(at) {
            Some(CalendarWord::Unit(unit)) if !self.words.is_plural(at) => Some(unit),
            _ => None,
        };
        if let Some(unit) = unit_at(at).filter(|_| article) {
            return Some((Frame::Unit(Base::Either, unit, 0), at + 1));
        }
        match self.words.class(at)? {
            CalendarWord::Shift(shift) => {
                let by = match shift {
                    Shift::Last | Shift::Past => -1,
                    Shift::This => 0,
                    Shift::Next | Shift::Coming => 1,
                };
                let base = if shift == Shift::This { Base::Either } else { Base::Writing };
                Some((Frame::Unit(base, unit_at(at + 1)?, by), at + 2))
            }
            CalendarWord::Told(by) => {
                let unit = at + 1 + usize::from(self.words.is(at, "that") && self.words.is(at + 1, "same"));
                Some((Frame::Unit(Base::Told, unit_at(unit)?, by), unit + 1))
            }
            _ => None,
        }
    }

    /// *last week*, *the past three days*, *this month*, *next September*, *the coming days*, *last night*.
    pub(super) fn shifted(&self, i: usize) -> Read {
        let CalendarWord::Shift(shift) = self.words.class(i)? else { return None };
        let past = matches!(shift, Shift::Last | Shift::Past);
        if shift == Shift::This && self.words.is(i + 1, "time") && self.words.is(i.wrapping_sub(1), "at") {
            return Some(reading(When::Reference(Reference::Present), i + 2));
        }
        if let Some((amount, end)) = self.words.amount(i + 1).filter(|_| shift != Shift::This && !self.words.is(i + 1, "a")) {
            // "the last two weeks of February"
            if let Some(frame) = self.part_of(end) {
                return Some(reading(When::Length(amount), frame.end));
            }
            return Some(reading(When::Running(amount, past), end));
        }
        if let Some((hour, end)) = self.part(i + 1) {
            let days = match shift {
                Shift::Last => -1,
                Shift::This => 0,
                _ => return self.next_part(i, hour, end),
            };
            return Some(reading(Meaning { hour: Some(hour), ..Frame::Unit(Base::Writing, Unit::Day, days).into() }, end));
        }
        if let Some(CalendarWord::Month(month)) = self.words.class(i + 1).filter(|_| self.words.is_capital(i + 1)) {
            return Some(reading(When::Nearest(Part::Month(month), Which::Shift(shift)), i + 2));
        }
        if shift == Shift::This && self.words.class(i + 1) == Some(CalendarWord::Shift(Shift::Past)) {
            return self.shifted(i + 1);
        }
        let (unit, end) = self.words.unit(i + 1).filter(|_| !self.words.is_dash(i + 1))?;
        if self.words.is_plural(i + 1) {
            return (shift != Shift::This || self.words.is(i, "current"))
                .then(|| reading(When::Running(Amount { halves: None, unit }, past), end));
        }
        if let Some(read) = self.last_of(i, unit, end) {
            return Some(read);
        }
        // "next week Wednesday"
        let at = self.words.skip(end, &["'s", "’s"]);
        let weekday =
            self.words.class(at).filter(|_| unit == Unit::Week && self.words.lower(at).len() >= 6 && !self.words.is_plural(at));
        if let (Some(CalendarWord::Weekday(day)), Some((week, _))) = (weekday, self.unit_frame(i)) {
            return Some(reading(When::Nth(1, NthOf::Weekday(day), week), at + 1));
        }
        let definite = self.words.is_one_of(i.wrapping_sub(1), &["the", "our", "its", "this"]);
        let one = Amount { halves: Some(2), unit };
        Some(reading(
            match shift {
                Shift::Next if definite && matches!(unit, Unit::Day | Unit::Hour) => When::Frame(Frame::Unit(Base::Told, unit, 1)),
                Shift::Next if definite && !matches!(unit, Unit::Quarter | Unit::Half) => When::TheNext(unit),
                Shift::Last if matches!(unit, Unit::Day | Unit::Hour) => return None,
                Shift::Last if definite && !matches!(unit, Unit::Quarter | Unit::Weekend) => When::Running(one, true),
                Shift::Past if !matches!(unit, Unit::Weekend | Unit::Quarter) => When::Running(one, true),
                Shift::Coming if definite && unit != Unit::Weekend => When::Running(one, false),
                _ => When::Frame(self.unit_frame(i)?.0),
            },
            end,
        ))
    }

    /// *the next morning*.
    pub(super) fn next_part(&self, i: usize, hour: Hour, end: usize) -> Read {
        let next = self.words.is(i, "next");
        next.then(|| reading(Meaning { hour: Some(hour), ..Frame::Unit(Base::Told, Unit::Day, 1).into() }, end))
    }

    /// *that day*, *the same month*, *the previous year*, *the following morning*, *the previous April*.
    pub(super) fn told(&self, i: usize) -> Read {
        let CalendarWord::Told(by) = self.words.class(i)? else { return None };
        let at = i + 1 + usize::from(self.words.is(i, "that") && self.words.is(i + 1, "same"));
        if let Some((hour, end)) = self.part(at) {
            return Some(reading(Meaning { hour: Some(hour), ..Frame::Unit(Base::Told, Unit::Day, by).into() }, end));
        }
        if let Some(CalendarWord::Month(month)) = self.words.class(at).filter(|_| self.words.is_capital(at)) {
            return Some(reading(When::Nearest(Part::Month(month), Which::Told(by)), at + 1));
        }
        if let Some((amount, end)) = self.words.amount(at).filter(|_| by != 0) {
            return Some(reading(When::Length(amount), end));
        }
        let (unit, end) = self.words.unit(at).filter(|_| !self.words.is_dash(at))?;
        if self.words.is_plural(at) {
            return (by != 0).then(|| reading(When::Length(Amount { halves: None, unit }), end));
        }
        Some(reading(Frame::Unit(Base::Told, unit, by), end))
    }

    /// *today*, *yesterday morning*, *tonight*, *the day before yesterday*, *the day after*.
    pub(super) fn day(&self, i: usize) -> Read {
        if self.words.is(i, "day") {
            return self.day_beside(i);
        }
        let CalendarWord::Day(days, part) = self.words.class(i)? else { return None };
        let day: Meaning = Frame::Unit(Base::Writing, Unit::Day, days).into();
        if let Some(part) = part {
            return Some(reading(Meaning { hour: Some(Hour { part, zone: None }), ..day }, i + 1));
        }
        Some(match self.part(i + 1) {
            Some((hour, end)) => reading(Meaning { hour: Some(hour), ..day }, end),
            None => reading(day, i + 1),
        })
    }

    pub(super) fn day_beside(&self, i: usize) -> Read {
        let by = match self.words.lower(i + 1) {
            "before" => -1,
            "after" => 1,
            _ => return None,
        };
        if let Some(CalendarWord::Day(days, None)) = self.words.class(i + 2) {
            return (days.signum() == by).then(|| reading(Frame::Unit(Base::Writing, Unit::Day, days + by), i + 3));
        }
        let article = self.words.is(i.wrapping_sub(1), "the");
        (article && !self.words.is_word(i + 2)).then(|| reading(Frame::Unit(Base::Told, Unit::Day, by), i + 2))
    }

    /// *now*, *recently*, *currently*, *the future*; *recent years* are a length of time.
    pub(super) fn reference(&self, i: usize) -> Read {
        let CalendarWord::Reference(reference) = self.words.class(i)? else { return None };
        if let Some((unit, end)) = self.words.unit(i + 1).filter(|_| self.words.is_plural(i + 1)) {
            return Some(reading(When::Running(Amount { halves: None, unit }, reference == Reference::Past), end));
        }
        Some(reading(When::Reference(reference), i + 1))
    }

    /// *right now*, *these days*, *the time being*, *at the moment*.
    pub(super) fn phrase(&self, i: usize) -> Read {
        let article = self.words.is(i.wrapping_sub(1), "the");
        let end = match (self.words.lower(i), self.words.lower(i + 1)) {
            ("right", "now") | ("these", "days") => i + 2,
            ("time", "being") if article => i + 2,
            ("moment", _) if article && self.words.is(i.wrapping_sub(2), "at") && !self.words.is_one_of(i + 1, &["of", "when"]) => {
                i + 1
            }
            _ => return None,
        };
        Some(reading(When::Reference(Reference::Present), end))
    }
}
