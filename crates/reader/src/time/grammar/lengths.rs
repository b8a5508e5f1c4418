//! How long, and how often.

use super::super::value::Amount;
use super::super::when::{Base, Frame, Meaning, Part, When};
use super::{Grammar, Read, reading};
use crate::lexicon::calendar::{Away, CalendarWord, Edge, Shift, Unit};

/// Words in front of a number that say how exact it is.
const BOUNDS: &[&str] =
    &["almost", "nearly", "about", "over", "under", "roughly", "approximately", "around", "just", "only", "some"];

impl Grammar<'_, '_> {
    /// *three days*, *27-year*, *two years ago*, *a week earlier*, *18 years old*, *months later*, *daily*.
    pub(super) fn length(&self, i: usize) -> Read {
        if let Some(CalendarWord::Every(count, unit)) = self.words.class(i) {
            return Some(reading(When::Every(Amount { halves: Some(2 * count), unit }), i + 1));
        }
        if let Some(CalendarWord::Unit(unit)) = self.words.class(i) {
            return self.unnumbered(i, unit);
        }
        let Some((amount, end)) = self.words.amount(i) else { return self.counted_shift(i) };
        // "a month-long siege": the article is the siege's.
        if self.words.is_one_of(i, &["a", "an"]) && self.words.is_dash(end) && self.words.is(end + 1, "long") {
            return None;
        }
        if let Some((away, end)) = self.away(end, amount.unit) {
            return Some(reading(When::Away(away, amount), end));
        }
        if self.is_rate(i, end) {
            return Some(reading(When::Every(amount), end));
        }
        let when = if self.words.is(i.wrapping_sub(1), "in") { When::Within(amount) } else { When::Length(amount) };
        Some(reading(when, self.aged(end)))
    }

    /// *the four previous weeks*, *two upcoming months*: the number stands before.
    fn counted_shift(&self, i: usize) -> Read {
        let (halves, at) = self.words.quantity(i)?;
        let (by, unit) = match self.words.class(at)? {
            CalendarWord::Shift(Shift::Last | Shift::Past) | CalendarWord::Told(-1) => (true, at + 1),
            CalendarWord::Shift(Shift::Next | Shift::Coming) => (false, at + 1),
            _ => return None,
        };
        // "15,000 last week"
        let (unit, end) = self.words.unit(unit).filter(|_| self.words.is_plural(unit))?;
        Some(reading(When::Running(Amount { halves, unit }, by), end))
    }

    /// *almost three days*, *more than a year*, *at least two weeks*.
    pub(super) fn bounded(&self, i: usize) -> Read {
        let at = match self.words.lower(i) {
            "more" | "less" | "longer" if self.words.is(i + 1, "than") => i + 2,
            "at" if self.words.is_one_of(i + 1, &["least", "most"]) => i + 2,
            word if BOUNDS.contains(&word) => i + 1,
            _ => return None,
        };
        let read = self.length(at)?;
        let numbered = !matches!(self.words.class(at), Some(CalendarWord::Unit(_) | CalendarWord::Every(..)));
        (numbered && matches!(read.meaning.when, When::Length(_) | When::Away(..))).then_some(read)
    }

    /// *ago*, *earlier*, *later*, *from now* behind a length of time.
    fn away(&self, i: usize, unit: Unit) -> Option<(Away, usize)> {
        if let Some(CalendarWord::Away(away)) = self.words.class(i) {
            // "three days later than planned" counts from the plan.
            return (!self.words.is(i + 1, "than")).then_some((away, i + 1));
        }
        match self.words.lower(i) {
            "from" if self.words.is(i + 1, "now") => Some((Away::Hence, i + 2)),
            "from" if self.words.is(i + 1, "today") => Some((Away::Hence, i + 2)),
            "before" if !self.words.is_word(i + 1) && unit != Unit::Hour => Some((Away::Earlier, i + 1)),
            "after" if !self.words.is_word(i + 1) && unit != Unit::Hour => Some((Away::Later, i + 1)),
            _ => None,
        }
    }

    /// Behind *old* and *-old*, *-long*.
    fn aged(&self, i: usize) -> usize {
        let at = self.words.skip_hyphen(i);
        if self.words.is(at, "old") || (at > i && self.words.is(at, "long")) { at + 1 } else { i }
    }

    /// *15 a year*, *twice a week*, *$3 a day*: the unit behind *a* says how often.
    fn is_rate(&self, i: usize, end: usize) -> bool {
        if !self.words.is_one_of(i, &["a", "an"]) || end != i + 2 {
            return false;
        }
        let Some(before) = i.checked_sub(1) else { return false };
        let counted = self.words.digits(before, 1..=15).is_some()
            || self.words.pieces[before].kind == crate::scan::Kind::Digits
            || matches!(self.words.class(before), Some(CalendarWord::Count(_)));
        counted
            || self.words.is_one_of(before, &["once", "twice", "times", "percent", "%", "million", "billion", "dollars", "euros"])
    }

    /// *every two weeks*, *each day*, *per year*, *every Tuesday*.
    pub(super) fn every(&self, i: usize) -> Read {
        if let Some(CalendarWord::Weekday(day)) = self.words.class(i + 1) {
            let (hour, end) = self.hour_behind(i + 2);
            return Some(reading(Meaning { hour, ..When::EveryWeekday(day).into() }, end));
        }
        let other = self.words.is(i + 1, "other");
        if let Some(CalendarWord::Weekday(day)) = self.words.class(i + 2).filter(|_| other) {
            return Some(reading(When::EveryWeekday(day), i + 3));
        }
        let at = i + 1 + usize::from(other);
        let (amount, end) = match self.words.amount(at) {
            Some(read) => read,
            None => {
                let (unit, end) = self.words.unit(at).filter(|_| !self.words.is_plural(at))?;
                (Amount { halves: Some(if other { 4 } else { 2 }), unit }, end)
            }
        };
        Some(reading(When::Every(amount), end))
    }

    /// *all week*.
    pub(super) fn all(&self, i: usize) -> Read {
        let CalendarWord::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year)) = self.words.class(i + 1)? else {
            return None;
        };
        let one = Amount { halves: Some(2), unit };
        (!self.words.is_plural(i + 1)).then(|| reading(When::Length(one), self.words.skip(i + 2, &["long"])))
    }

    /// *another week*, *another two months*.
    pub(super) fn another(&self, i: usize) -> Read {
        if let Some((amount, end)) = self.words.amount(i + 1) {
            return Some(reading(When::Length(amount), end));
        }
        let (unit, end) = self.words.unit(i + 1).filter(|_| !self.words.is_plural(i + 1))?;
        (!matches!(unit, Unit::Quarter | Unit::Half | Unit::Second))
            .then(|| reading(When::Length(Amount { halves: Some(2), unit }), end))
    }

    /// Units without a number: *for years*, *decades-long*, *weeks later*.
    fn unnumbered(&self, i: usize, unit: Unit) -> Read {
        let amount = Amount { halves: None, unit };
        let at = self.words.skip_hyphen(i + 1);
        if at > i + 1 && self.words.is(at, "long") {
            let amount = if self.words.is_plural(i) { amount } else { Amount { halves: Some(2), ..amount } };
            return Some(reading(When::Length(amount), at + 1));
        }
        // "by year-end", "at the month's end"
        let at = if matches!(self.words.lower(i + 1), "'s" | "’s") { i + 2 } else { at };
        if at > i + 1 && self.words.is(at, "end") {
            let end = Meaning { edge: Some(Edge::End), ..Frame::Unit(Base::Either, unit, 0).into() };
            return Some(reading(end, at + 1));
        }
        let named = [Self::day(self, i), self.week_of(i, unit), self.this_very(i, unit)];
        if let Some(read) = named.into_iter().flatten().next() {
            return Some(read);
        }
        if !self.words.is_plural(i) || matches!(unit, Unit::Quarter | Unit::Half | Unit::Second) {
            return None;
        }
        if let Some((away, end)) = self.away(i + 1, unit) {
            return Some(reading(When::Away(away, amount), end));
        }
        let cued = self.words.is_one_of(i.wrapping_sub(1), &["for", "in", "within", "after"]);
        (cued && !self.words.is(i + 1, "of")).then(|| reading(When::Length(amount), i + 1))
    }

    /// *for the year*, *during the week*: the one that the text is at.
    fn this_very(&self, i: usize, unit: Unit) -> Read {
        let named = matches!(unit, Unit::Day | Unit::Week | Unit::Weekend | Unit::Month | Unit::Quarter | Unit::Year);
        let definite = self.words.is(i.wrapping_sub(1), "the") && self.words.is_one_of(i.wrapping_sub(2), &["for", "during", "in"]);
        let goes_on = self.words.is_one_of(i + 1, &["of", "when", "before", "after", "that", "since", "to", "following", "in"]);
        let base = if unit == Unit::Day { Base::Told } else { Base::Either };
        (named && definite && !goes_on && !self.words.is_plural(i)).then(|| reading(Frame::Unit(base, unit, 0), i + 1))
    }

    /// *the week of October 7*, *the week beginning 4 February*.
    fn week_of(&self, i: usize, unit: Unit) -> Read {
        let at = self.words.skip(i + 1, &["of", "beginning", "starting", "commencing", "ending"]);
        if unit != Unit::Week || at == i + 1 {
            return None;
        }
        let read = self.stretch(self.words.skip(at, &["on"]))?;
        match read.meaning.when {
            When::Frame(Frame::Named(year, Part::Day(month, day))) => {
                Some(reading(Frame::Named(year, Part::WeekOf(month, day)), read.end))
            }
            _ => None,
        }
    }
}
