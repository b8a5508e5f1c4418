//! Days and months by their names and numbers.

use super::super::when::{Frame, Meaning, NthOf, Part, When, Which, Year};
use super::years::YEARS;
use super::{Grammar, Read, Reading, reading};
use crate::lexicon::calendar::{CalendarWord, Shift, Unit};

/// Words behind which a month in the form of another word or a name is a month.
const BEFORE_MONTHS: &[&str] = &[
    "in", "since", "until", "till", "by", "of", "last", "this", "next", "early", "late", "mid", "from", "to", "during", "through",
    "between", "and", "before", "after", "for", "every", "-", "–", "the", "around",
];

impl Grammar<'_, '_> {
    /// A month as a name: *may* and *march* are other words in lower case, *Sun* and *Mon* no months at all.
    pub(super) fn month(&self, i: usize) -> Option<(i8, usize)> {
        let CalendarWord::Month(month) = self.words.class(i)? else { return None };
        let dated = || {
            let behind_day = self.words.is_one_of(i.wrapping_sub(1), &["of", "st", "nd", "rd", "th"]);
            behind_day || self.day_number(i + 1).is_some() || (i > 0 && self.words.digits(i - 1, 1..=2).is_some())
        };
        let unmistakable = self.words.lower(i).len() >= 4 && !self.words.is(i, "march");
        if !(self.words.is_capital(i) || unmistakable || dated()) {
            return None;
        }
        let short = self.words.lower(i).len() <= 4 && !self.words.is_one_of(i, &["may", "june", "july"]);
        Some((month, self.words.skip(i + 1, if short { &["."] } else { &[] })))
    }

    /// 1 to 31, with or without its *th*.
    pub(super) fn day_number(&self, i: usize) -> Option<(i8, usize)> {
        if let Some((day, end)) = self.words.ordinal(i).filter(|(day, _)| (1..=31).contains(day)) {
            return Some((day, end));
        }
        let day = self.words.digits(i, 1..=2).filter(|d| (1..=31).contains(d))? as i8;
        let joined =
            self.words.is_glued(i + 1) && (self.words.is_word(i + 1) || self.words.is(i + 1, ":") || self.words.is(i + 1, "%"));
        (!joined).then_some((day, i + 1))
    }

    /// *2025-02-23*, *2025/2/23*, *10/31/1974*, *31.10.1974*, *7/8/07*.
    pub(super) fn numeric(&self, i: usize) -> Read {
        let sign = self.words.lower(i + 1);
        if !(matches!(sign, "-" | "/") && self.words.is_glued(i + 1)) {
            return self.dotted(i);
        }
        // "2/2013"
        if let (Some(month @ 1..=12), Some(year)) =
            (self.words.digits(i, 1..=2), self.words.digits(i + 2, 4..=4).filter(|y| YEARS.contains(y)))
        {
            let month_of_year = sign == "/" && self.words.is_glued(i + 2) && !self.words.is_glued(i) && !self.words.is(i + 3, sign);
            return month_of_year.then(|| reading(Frame::Named(Year::Written(year as i16), Part::Month(month as i8)), i + 3));
        }
        let joined = self.words.is(i + 3, sign) && (2..=4).all(|k| self.words.is_glued(i + k));
        let goes_on = self.words.is_glued(i + 5) && (self.words.is_word(i + 5) || self.words.is(i + 5, sign));
        if !joined || goes_on {
            return None;
        }
        let number = |at, len| self.words.digits(at, len);
        let (year, month, day) = match (number(i, 4..=4), number(i + 2, 1..=2)?) {
            (Some(year), month) => (Year::Written(year as i16), month, number(i + 4, 1..=2)?),
            (None, second) => {
                let first = number(i, 1..=2)?;
                let year = match (number(i + 4, 4..=4), number(i + 4, 2..=2)) {
                    (Some(year), _) => Year::Written(year as i16),
                    (None, Some(short)) => Year::Short(short as i16),
                    _ => return None,
                };
                // As in the United States, where the first can be a month.
                if first > 12 { (year, second, first) } else { (year, first, second) }
            }
        };
        let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
        valid.then(|| reading(Frame::Named(year, Part::Day(month as i8, day as i8)), i + 5))
    }

    /// *31.10.1974*: the pieces are a decimal number, a full stop and a year.
    pub(super) fn dotted(&self, i: usize) -> Read {
        let (day, month) = self.words.pieces.get(i)?.text.split_once('.')?;
        let year = self
            .words
            .digits(i + 2, 4..=4)
            .filter(|y| YEARS.contains(y) && self.words.is(i + 1, ".") && self.words.is_glued(i + 2))?;
        let (day, month): (i8, i8) = (day.parse().ok()?, month.parse().ok()?);
        let (day, month) = if month > 12 { (month, day) } else { (day, month) };
        let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
        valid.then(|| reading(Frame::Named(Year::Written(year as i16), Part::Day(month, day)), i + 3))
    }

    /// *February 2, 2016*, *October 25-26, 2016*, *July 2014*, *August of that year*, *in May*.
    pub(super) fn month_first(&self, i: usize) -> Read {
        let (month, after) = self.month(i)?;
        let at = self.words.skip(after, &["the"]);
        if let Some((from, end)) = self.day_number(at) {
            let (link, last) = self.last_day(end, from);
            let (year, behind) =
                self.year_of(last.map_or(end, |(_, end)| end)).unwrap_or((Year::Unsaid, last.map_or(end, |(_, end)| end)));
            let first = Frame::Named(year, Part::Day(month, from));
            return Some(match last {
                Some((to, _)) => {
                    let mut read = reading(first, end);
                    read.last = Some((link, Frame::Named(year, Part::Day(month, to)).into(), behind));
                    read
                }
                None => reading(first, behind),
            });
        }
        if let Some((year, end)) = self.year_of(after) {
            return Some(reading(Frame::Named(year, Part::Month(month)), end));
        }
        self.bare_month(i, month, after)
    }

    /// A month without day or year, unless it is another word or part of a name.
    pub(super) fn bare_month(&self, i: usize, month: i8, after: usize) -> Read {
        let ambiguous = self.words.lower(i).len() <= 5 || self.words.is(i, "august");
        let cued = self.words.is_one_of(i.wrapping_sub(1), BEFORE_MONTHS);
        let unlike_a_name = !(self.words.is_word(after) && self.words.is_capital(after));
        let alone = i == 0 && after >= self.words.pieces.len();
        let full = self.words.lower(i).len() >= 3;
        (full && unlike_a_name && (cued || !ambiguous || alone))
            .then(|| reading(Frame::Named(Year::Unsaid, Part::Month(month)), after))
    }

    /// *05-Aug-2016*, *31/Oct/74*: all joined by one sign.
    pub(super) fn joined_date(&self, i: usize) -> Read {
        let sign = self.words.lower(i + 1);
        let joined = matches!(sign, "-" | "/") && self.words.is(i + 3, sign) && (1..=4).all(|k| self.words.is_glued(i + k));
        let day = self.words.digits(i, 1..=2).filter(|d| joined && (1..=31).contains(d))? as i8;
        let CalendarWord::Month(month) = self.words.class(i + 2)? else { return None };
        let year = match (self.words.digits(i + 4, 4..=4), self.words.digits(i + 4, 2..=2)) {
            (Some(year), _) => Year::Written(year as i16),
            (None, Some(short)) => Year::Short(short as i16),
            _ => return None,
        };
        Some(reading(Frame::Named(year, Part::Day(month, day)), i + 5))
    }

    /// The last day of an interval in one month, and where it begins: *-26*, *to 15*, *and the 3rd*.
    pub(super) fn last_day(&self, i: usize, from: i8) -> (usize, Option<(i8, usize)>) {
        let linked = self.words.is_dash(i) || self.words.is_one_of(i, &["and", "to", "through", "thru", "until", "till"]);
        let at = self.words.skip(i + 1, &["the"]);
        let last = self.day_number(at).filter(|&(to, end)| linked && to > from && !self.words.is(end, "percent"));
        (i + 1, last)
    }

    /// *12 February*, *5-6 April 2016*, *the 4th of July*, *20 of next month*, *the first of March*.
    pub(super) fn day_first(&self, i: usize) -> Read {
        if let Some(read) = self.joined_date(i) {
            return Some(read);
        }
        // "for $12 December 27"
        if self.words.is_glued(i) && self.words.is_one_of(i.wrapping_sub(1), &["$", "€", "£"]) {
            return None;
        }
        let (from, end) = self.day_number(i)?;
        let worded = self.words.pieces[i].text.starts_with(char::is_alphabetic);
        let (link, last) = self.last_day(end, from);
        let after = last.map_or(end, |(_, end)| end);
        let at = self.words.skip(self.words.skip(after, &["day"]), &["of"]);
        if worded && !(at > after && self.words.is(at - 1, "of")) {
            return None;
        }
        if let Some((month, behind)) = self.month(at) {
            let (year, behind) = self.year_of(behind).unwrap_or((Year::Unsaid, behind));
            let first = Frame::Named(year, Part::Day(month, from));
            return Some(match last {
                Some((to, _)) => {
                    let mut read = reading(first, end);
                    read.last = Some((link, Frame::Named(year, Part::Day(month, to)).into(), behind));
                    read
                }
                None => reading(first, behind),
            });
        }
        // "the 20th of next month"
        let of = (at > after && last.is_none()).then(|| self.unit_frame(at)).flatten();
        if let Some((frame @ Frame::Unit(_, Unit::Month, _), behind)) = of {
            return Some(reading(When::Nth(from, NthOf::Unit(Unit::Day), frame), behind));
        }
        // "the 20th"
        let ordinal = end == i + 2 || worded;
        let article = self.words.is(i.wrapping_sub(1), "the")
            && self.words.is_one_of(i.wrapping_sub(2), &["on", "by", "until", "from", "since"]);
        let noun_follows =
            self.words.is_word(end) && !self.words.is_one_of(end, &["and", "to", "at", "in", "with", "the", "when", "but"]);
        (ordinal && !worded && article && !noun_follows && last.is_none()).then(|| reading(When::MonthDay(from, None), end))
    }

    /// *on Sunday*, *Thursday, Dec. 15*, *last Friday night*, *Monday of last week*; abbreviations only in front of a date.
    pub(super) fn weekday(&self, i: usize) -> Read {
        let (which, at) = self.which(i);
        let CalendarWord::Weekday(day) = self.words.class(at)? else { return None };
        let short = self.words.lower(at).len() < 6;
        if short && !self.words.is_capital(at) {
            return None;
        }
        let plural = self.words.is_plural(at) && !short;
        let end = at + 1 + usize::from(short && self.words.is(at + 1, "."));
        let parts = matches!(self.words.class(end), Some(CalendarWord::Part(_))) && self.words.is_plural(end);
        if plural || parts {
            let counted = at > 0 && self.words.quantity(at - 1).is_some();
            let (hour, end) = self.hour_behind(end);
            return (which.is_none() && !counted).then(|| reading(Meaning { hour, ..When::EveryWeekday(day).into() }, end));
        }
        let comma = self.words.skip(self.words.skip(end, &[","]), &["the"]);
        let dated = self.month_first(comma).or_else(|| self.day_first(comma)).or_else(|| self.numeric(comma));
        if let Some(dated) = dated.filter(|d| d.meaning.is_day() && !matches!(d.meaning.when, When::MonthDay(..))) {
            return Some(Reading { meaning: dated.meaning.with_year(Year::Falling(day)), ..dated });
        }
        if short {
            return None;
        }
        // "Tuesday the 19th"
        if let Some((number, behind)) =
            self.words.ordinal(comma).filter(|&(_, after)| comma > end && (after > comma + 1 || !self.words.is_word(after)))
        {
            return Some(reading(When::MonthDay(number, Some(day)), behind));
        }
        let of = self.words.skip(end, &["of", "in", "from"]);
        if let Some((week @ Frame::Unit(_, Unit::Week, _), behind)) = self.unit_frame(of).filter(|_| which.is_none()) {
            return Some(reading(When::Nth(1, NthOf::Weekday(day), week), behind));
        }
        let day: Meaning = When::Weekday(day, which).into();
        if let Some((hour, behind)) = self.part(end) {
            // "Sunday dawn of 25 June 1950"
            let dated = self.named(behind + 1).filter(|read| self.words.is(behind, "of") && read.meaning.is_day());
            let meaning = |day: Meaning| Meaning { hour: Some(hour), ..day };
            return Some(dated.map_or(reading(meaning(day), behind), |read| reading(meaning(read.meaning), read.end)));
        }
        Some(reading(day, end))
    }

    /// *last*, *this*, *the following* in front of a weekday, month or season.
    pub(super) fn which(&self, i: usize) -> (Option<Which>, usize) {
        match self.words.class(i) {
            Some(CalendarWord::Shift(Shift::This)) if self.words.class(i + 1) == Some(CalendarWord::Shift(Shift::Past)) => {
                (Some(Which::Shift(Shift::Last)), i + 2)
            }
            Some(CalendarWord::Shift(shift)) => (Some(Which::Shift(shift)), i + 1),
            Some(CalendarWord::Told(by)) if !self.words.is(i, "prior") => (Some(Which::Told(by)), i + 1),
            _ => (None, i),
        }
    }

    /// *Christmas*, *Christmas 1963*, *last Christmas*.
    pub(super) fn feast(&self, i: usize) -> Read {
        let (which, at) = self.which(i);
        let CalendarWord::Feast(month, day) = self.words.class(at)? else { return None };
        let end = self.words.skip(at + 1, &["day"]);
        let (month, day, end) = if self.words.is(at + 1, "eve") { (month, day - 1, at + 2) } else { (month, day, end) };
        let part = Part::Day(month, day);
        if let Some(which) = which {
            return Some(reading(When::Nearest(part, which), end));
        }
        let (year, end) = self.year_of(end).unwrap_or((Year::Unsaid, end));
        let noun_follows = self.words.is_word(end) && self.words.is_capital(end);
        (!noun_follows).then(|| reading(Frame::Named(year, part), end))
    }
}
