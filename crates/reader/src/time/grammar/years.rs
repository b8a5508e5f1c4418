//! Years, decades, quarters and seasons by their names and numbers.

use super::super::period::Period;
use super::super::when::{Frame, Part, When, Year};
use super::{Grammar, Read, reading};
use crate::lexicon::calendar::{CalendarWord, Unit};

/// Years that a number of four digits may stand for.
pub const YEARS: std::ops::RangeInclusive<i32> = 1000..=2100;

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
    /// A year of four digits by itself.
    pub(super) fn year_number(&self, i: usize) -> Option<(i16, usize)> {
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
    pub(super) fn short_number(&self, i: usize) -> Option<(i16, usize)> {
        let quoted = matches!(self.words.lower(i), "'" | "’" | "‘") && self.words.is_glued(i + 1);
        let year =
            self.words.digits(i + 1, 2..=2).filter(|_| quoted && !(self.words.is_glued(i + 2) && self.words.is_word(i + 2)))?;
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
    pub(super) fn old_range(&self, i: usize) -> Option<(i16, usize)> {
        let to = self.words.digits(i + 2, 1..=4).filter(|_| self.words.is_dash(i + 1))?;
        let (_, end) = self.era(i + 3).filter(|(before, _)| *before)?;
        Some((-(to as i16), end))
    }

    /// *in 480,* in a text on that time.
    pub(super) fn old_year(&self, i: usize, year: i16) -> Read {
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
    pub(super) fn short_decade(&self, i: usize) -> Read {
        let short =
            self.words.digits(i, 2..=2).filter(|y| y % 10 == 0 && self.words.is(i + 1, "s") && self.words.is_glued(i + 1))? as i16;
        let century = if short < 30 { 2000 } else { 1900 };
        Some(reading(Frame::Fixed(Period::Decade(century + short)), i + 2))
    }

    /// *Q4*, *H1*: a part of a year by its sign.
    pub(super) fn part_sign(&self, i: usize) -> Option<(Part, usize)> {
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
}
