//! Days, months, seasons and years by their names and numbers.

use super::super::period::Period;
use super::super::when::{Base, Frame, Meaning, NthOf, Part, When, Which, Year};
use super::{Grammar, Read, reading};
use crate::lexicon::calendar::{CalendarWord, Edge, Shift, Unit};

/// Years that a number of four digits may stand for.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=2100;

/// Words behind which a month in the form of another word or a name is a month.
const BEFORE_MONTHS: &[&str] = &[
    "in", "since", "until", "till", "by", "of", "last", "this", "next", "early", "late", "mid", "from", "to", "during", "through",
    "between", "and", "before", "after", "for", "every", "-", "–", "the", "around",
];

/// Words behind which a season's name is one.
const BEFORE_SEASONS: &[&str] = &[
    "in",
    "during",
    "by",
    "through",
    "until",
    "since",
    "of",
    "over",
    "for",
    "and",
    "late",
    "early",
    "mid",
    "throughout",
    "between",
    "this",
];

/// Words behind which a number of four digits is no year.
const BEFORE_NUMBERS: &[&str] =
    &["resolution", "order", "#", "no", "$", "€", "£", "article", "about", "nearly", "over", "some", "than", "least", "most"];

impl Grammar<'_, '_> {
    /// A month as a name: *may* and *march* are other words in lower case, *Sun* and *Mon* no months at all.
    fn month(&self, i: usize) -> Option<(i8, usize)> {
        let CalendarWord::Month(month) = self.words.class(i)? else { return None };
        let dated = || {
            let behind_day = self.words.is_one_of(i.wrapping_sub(1), &["of", "st", "nd", "rd", "th"]);
            behind_day || self.day_number(i + 1).is_some() || (i > 0 && self.words.digits(i - 1, 1..=2).is_some())
        };
        if !self.words.is_capital(i) && !(self.words.lower(i).len() >= 4 && !self.words.is(i, "march")) && !dated() {
            return None;
        }
        let short = self.words.lower(i).len() <= 4 && !self.words.is_one_of(i, &["may", "june", "july"]);
        Some((month, self.words.skip(i + 1, if short { &["."] } else { &[] })))
    }

    /// 1 to 31, with or without its *th*.
    fn day_number(&self, i: usize) -> Option<(i8, usize)> {
        if let Some((day, end)) = self.words.ordinal(i).filter(|(day, _)| (1..=31).contains(day)) {
            return Some((day, end));
        }
        let day = self.words.digits(i, 1..=2).filter(|d| (1..=31).contains(d))? as i8;
        let joined =
            self.words.is_glued(i + 1) && (self.words.is_word(i + 1) || self.words.is(i + 1, ":") || self.words.is(i + 1, "%"));
        (!joined).then_some((day, i + 1))
    }

    /// A year of four digits by itself.
    fn year_number(&self, i: usize) -> Option<(i16, usize)> {
        let year = self.words.digits(i, 4..=4).filter(|y| YEARS.contains(y))? as i16;
        let goes_on =
            self.words.is_glued(i + 1) && (self.words.is_word(i + 1) || self.words.is(i + 1, "/") || self.words.is(i + 1, ":"));
        (!goes_on).then_some((year, i + 1))
    }

    /// *BC* behind a year.
    pub(super) fn era(&self, i: usize) -> Option<(bool, usize)> {
        match self.words.class(i)? {
            CalendarWord::Era(before) if self.words.is_capital(i) || self.words.lower(i).contains('.') => Some((before, i + 1)),
            _ => None,
        }
    }

    /// The year of a month or day: *, 2016*, *of 1940*, *of that year*, *480 BC*, *'45*.
    pub(super) fn year_of(&self, i: usize) -> Option<(Year, usize)> {
        let at = self.words.skip_hyphen(self.words.skip(i, &[",", "of", "in"]));
        if let Some(digits) = self.words.digits(at, 1..=4) {
            if let Some((true, end)) = self.era(at + 1) {
                return Some((Year::Written(-(digits as i16)), end));
            }
            let (year, end) = self.year_number(at)?;
            return Some((Year::Written(year), self.era(end).map_or(end, |(_, end)| end)));
        }
        if let Some((year, end)) = self.short_number(at) {
            return Some((Year::Short(year), end));
        }
        let of = at > i && !self.words.is(i, ",");
        let said = if of { at } else { i };
        match self.unit_frame(said)? {
            (Frame::Unit(base, Unit::Year, by), end) => Some((Year::From(base, by), end)),
            _ => None,
        }
    }

    /// *'82*.
    fn short_number(&self, i: usize) -> Option<(i16, usize)> {
        let quoted = matches!(self.words.lower(i), "'" | "’" | "‘") && self.words.is_glued(i + 1);
        let year = self
            .words
            .digits(i + 1, 2..=2)
            .filter(|_| quoted && !self.words.is_glued(i + 2) || quoted && !self.words.is_word(i + 2))?;
        Some((year as i16, i + 2))
    }

    pub(super) fn short_year(&self, i: usize) -> Read {
        if let Some(decade) = self.short_decade(i + 1).filter(|_| self.words.is_glued(i + 1)) {
            return Some(decade);
        }
        let (year, end) = self.short_number(i)?;
        // "in '82", not the end of a quotation before a number.
        let cued = !self.words.is_glued(i)
            && self.words.is_one_of(i.wrapping_sub(1), &["in", "since", "of", "by", "until", "from", "to", "and"]);
        cued.then(|| reading(Frame::Named(Year::Short(year), Part::Whole), end))
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
        let joined = self.words.is(i + 3, sign) && (2..=4).all(|k| self.words.is_glued(i + k)) && !self.words.is_glued(i + 5)
            || self.words.is(i + 3, sign)
                && !self.words.is_word(i + 5)
                && (2..=4).all(|k| self.words.is_glued(i + k))
                && !self.words.is(i + 5, sign);
        if !joined {
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
    fn dotted(&self, i: usize) -> Read {
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
    fn bare_month(&self, i: usize, month: i8, after: usize) -> Read {
        let ambiguous = self.words.lower(i).len() <= 5 || self.words.is(i, "august");
        let cued = self.words.is_one_of(i.wrapping_sub(1), BEFORE_MONTHS);
        let unlike_a_name = !(self.words.is_word(after) && self.words.is_capital(after));
        let alone = i == 0 && after >= self.words.pieces.len();
        let full = self.words.lower(i).len() >= 3;
        (full && unlike_a_name && (cued || !ambiguous || alone))
            .then(|| reading(Frame::Named(Year::Unsaid, Part::Month(month)), after))
    }

    /// *05-Aug-2016*, *31/Oct/74*: all joined by one sign.
    fn joined_date(&self, i: usize) -> Read {
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
    fn last_day(&self, i: usize, from: i8) -> (usize, Option<(i8, usize)>) {
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
            return Some(super::Reading { meaning: dated.meaning.with_year(Year::Falling(day)), ..dated });
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
            let meaning = Meaning { hour: Some(hour), ..day };
            // "Sunday dawn of 25 June 1950"
            return Some(self.frame_of_day(behind, hour).unwrap_or(reading(meaning, behind)));
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

    /// *the summer of 2017*, *spring 2015*, *this spring*, *in winter*.
    pub(super) fn season(&self, i: usize) -> Read {
        let (which, at) = self.which(i);
        let CalendarWord::Season(month) = self.words.class(at)? else { return None };
        let part = Part::Season(month);
        if let Some(which) = which {
            return Some(reading(When::Nearest(part, which), at + 1));
        }
        if let Some((year, end)) = self.year_of(at + 1) {
            return Some(reading(Frame::Named(year, part), end));
        }
        // "fall" and "spring" are verbs as well, and the fall of a city is no season.
        let article = self.words.is(at.wrapping_sub(1), "the");
        let cue = self.words.before(if article { at - 1 } else { at });
        let cued = BEFORE_SEASONS.contains(&cue);
        let plain = !self.words.is_one_of(at, &["fall", "spring"]);
        let ends = !self.words.is_word(at + 1);
        let named = self.words.is(at + 1, "of") || (self.words.is_word(at + 1) && self.words.is_capital(at + 1));
        let said = if plain { cued || article || ends } else { cued && !(article && self.words.is(at, "fall")) };
        (said && !named).then(|| reading(Frame::Named(Year::Unsaid, part), at + 1))
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

    /// *2022*, *2015-16*, *the 1990s*, *493 BC*, *499-493 BC*. What is counted in thousands is written *2,000*.
    pub(super) fn years(&self, i: usize) -> Read {
        let written = |year| Frame::Named(Year::Written(year), Part::Whole);
        let number = self.words.digits(i, 1..=4)?;
        if let Some((before, end)) = self.era(i + 1) {
            return Some(reading(written(if before { -(number as i16) } else { number as i16 }), end));
        }
        if let Some((to, end)) = self.old_range(i) {
            let mut read = reading(written(-(number as i16)), i + 1);
            read.last = Some((i + 2, written(to).into(), end));
            return Some(read);
        }
        if let Some(decade) =
            self.short_decade(i).filter(|_| self.words.is(i.wrapping_sub(1), "the") || self.words.is(i.wrapping_sub(1), "and"))
        {
            return Some(decade);
        }
        let glued =
            self.words.is_glued(i) && !matches!(self.words.before(i), "(" | "“" | "\"" | "-" | "–" | "—" | "‘" | "'" | "[" | "/");
        let compared = self.words.is(i.wrapping_sub(1), "than") && self.words.is_one_of(i.wrapping_sub(2), &["later", "earlier"]);
        let signed = self.part_sign(self.words.skip_hyphen(i + 1)).is_some();
        if glued || (self.words.is_one_of(i.wrapping_sub(1), BEFORE_NUMBERS) && !compared && !signed) {
            return None;
        }
        if self.words.digits(i, 3..=3).is_some() {
            return self.old_year(i, number as i16);
        }
        let year = Some(number).filter(|y| YEARS.contains(y) && self.words.digits(i, 4..=4).is_some())? as i16;
        if self.words.is(i + 1, "s") || (self.words.is_one_of(i + 1, &["'", "’"]) && self.words.is(i + 2, "s") && year % 10 == 0)
        {
            let end = if self.words.is(i + 1, "s") { i + 2 } else { i + 3 };
            let bc = self.era(end).filter(|(before, _)| *before);
            let decade = Period::Decade(if bc.is_some() { -year } else { year - year % 10 });
            return Some(reading(Frame::Fixed(decade), bc.map_or(end, |(_, end)| end)));
        }
        let unlike_a_year = year < 1400 && !self.words.is_one_of(i.wrapping_sub(1), &["in", "since", "of", "until", "by", "year"]);
        if unlike_a_year || (self.words.is_glued(i + 1) && (self.words.is_word(i + 1) || self.words.is(i + 1, "%"))) {
            return None;
        }
        if let Some((part, end)) = self.part_sign(self.words.skip_hyphen(i + 1)) {
            return Some(reading(Frame::Named(Year::Written(year), part), end));
        }
        let joined = (self.words.is_dash(i + 1) || self.words.is(i + 1, "/")) && self.words.is_glued(i + 2);
        if let Some(last) = self.words.digits(i + 2, 2..=4).filter(|_| joined && self.words.digits(i + 2, 3..=3).is_none()) {
            let last = if last < 100 { year / 100 * 100 + last as i16 } else { last as i16 };
            if last <= year || last > 2100 {
                return None;
            }
            let mut read = reading(written(year), i + 1);
            read.last = Some((i + 2, written(last).into(), i + 3));
            return Some(read);
        }
        Some(reading(written(year), i + 1))
    }

    /// The last year of *499-493 BC*.
    fn old_range(&self, i: usize) -> Option<(i16, usize)> {
        let to = self.words.digits(i + 2, 1..=4).filter(|_| self.words.is_dash(i + 1))?;
        let (_, end) = self.era(i + 3).filter(|(before, _)| *before)?;
        Some((-(to as i16), end))
    }

    /// *in 480,* in a text on that time.
    fn old_year(&self, i: usize, year: i16) -> Read {
        let cued = self
            .words
            .is_one_of(i.wrapping_sub(1), &["in", "of", "by", "until", "since", "from", "before", "after", "early", "late"]);
        let counts = self.words.is_word(i + 1)
            && !self.words.is_capital(i + 1)
            && !self.words.is_one_of(i + 1, &["and", "the", "when", "but", "to", "with"]);
        (cued && !counts && !self.words.is_glued(i + 1) || cued && self.words.is_one_of(i + 1, &[",", ".", ";", ")"]))
            .then(|| reading(When::OldYear(year), i + 1))
    }

    /// *70s*.
    fn short_decade(&self, i: usize) -> Read {
        let short =
            self.words.digits(i, 2..=2).filter(|y| y % 10 == 0 && self.words.is(i + 1, "s") && self.words.is_glued(i + 1))? as i16;
        let century = if short < 30 { 2000 } else { 1900 };
        Some(reading(Frame::Fixed(Period::Decade(century + short)), i + 2))
    }

    /// *Q4*, *H1*: a part of a year by its sign.
    fn part_sign(&self, i: usize) -> Option<(Part, usize)> {
        let (sign, n) = self.words.lower(i).split_at_checked(1)?;
        let n: i8 = n.parse().ok()?;
        match (sign, n) {
            ("q", 1..=4) => Some((Part::Quarter(n), i + 1)),
            ("h", 1..=2) => Some((Part::Half(n), i + 1)),
            _ => None,
        }
    }

    /// *Q4 2005*; without a year only a quarter, and in capitals.
    pub(super) fn quarter_sign(&self, i: usize) -> Read {
        let (part, end) = self.part_sign(i)?;
        if let Some((year, end)) = self.year_of(end) {
            return Some(reading(Frame::Named(year, part), end));
        }
        let quarter = matches!(part, Part::Quarter(_)) && self.words.is_capital(i);
        quarter.then(|| reading(Frame::Named(Year::Unsaid, part), end))
    }

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
        if !joined && !(part || edge == Some(Edge::End) && self.words.is_dash(i + 1)) {
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
        Some(super::Reading { meaning: Meaning { edge, ..read.meaning }, ..read })
    }

    /// What has a beginning and an end: a month, year, season, day or counted unit, with or without its article.
    pub(super) fn stretch(&self, i: usize) -> Read {
        let article = self.words.is(i, "the");
        let at = i + usize::from(article);
        if let Some((frame, end)) = self.unit_frame(i) {
            return Some(reading(frame, end));
        }
        let readers = [
            Self::day_first,
            Self::month_first,
            Self::weekday,
            Self::day,
            Self::nth,
            Self::shifted,
            Self::told,
            Self::season,
            Self::feast,
            Self::years,
        ];
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
}
