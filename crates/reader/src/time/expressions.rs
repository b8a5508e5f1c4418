//! Finds time expressions among the pieces of a sentence.

use super::when::When;
use crate::lexicon::calendar::{Calendar, CalendarWord, Length, Shift};
use crate::scan::{Kind, Piece};

/// A time expression: pieces `start..end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// First piece.
    pub start: usize,
    /// Behind the last piece.
    pub end: usize,
    /// What it says.
    pub when: When,
}

/// All expressions in order, without overlaps.
pub fn expressions(pieces: &[Piece], calendar: &Calendar) -> Vec<Found> {
    let reader = Reading { pieces, calendar };
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match reader.at(at) {
            Some((when, end)) => {
                found.push(Found { start: at, end, when });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

struct Reading<'p, 't> {
    pieces: &'p [Piece<'t>],
    calendar: &'p Calendar,
}

type Read = Option<(When, usize)>;

impl Reading<'_, '_> {
    fn at(&self, i: usize) -> Read {
        let readers = [
            Self::iso,
            Self::weekday,
            Self::month_first,
            Self::day_first,
            Self::clock,
            Self::ago,
            Self::stretch,
            Self::season,
            Self::relative,
            Self::years,
        ];
        readers.iter().find_map(|read| read(self, i))
    }

    fn word(&self, i: usize) -> Option<CalendarWord> {
        self.calendar.word(&self.pieces.get(i).filter(|p| p.kind == Kind::Word)?.lower)
    }

    fn is(&self, i: usize, lower: &str) -> bool {
        self.pieces.get(i).is_some_and(|p| p.is(lower))
    }

    fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |i| self.pieces[i].lower.as_str())
    }

    fn is_dash(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(Piece::is_dash)
    }

    /// A month as a name: *may* and *march* are other words in lower case, *Sun* and *Mon* no months at all.
    fn month(&self, i: usize) -> Option<(i8, usize)> {
        let piece = self.pieces.get(i)?;
        match self.word(i)? {
            CalendarWord::Month(month) if piece.text.starts_with(char::is_uppercase) => {
                let dot = usize::from(piece.text.len() <= 4 && self.is(i + 1, "."));
                Some((month, i + 1 + dot))
            }
            _ => None,
        }
    }

    /// 1 to 31, with or without its *th*.
    fn day(&self, i: usize) -> Option<(i8, usize)> {
        let piece = self.pieces.get(i).filter(|p| p.kind == Kind::Digits && p.text.len() <= 2)?;
        let day: i8 = piece.text.parse().ok().filter(|d| (1..=31).contains(d))?;
        let tail = self.pieces.get(i + 1).filter(|p| p.glued && p.kind == Kind::Word);
        match tail {
            Some(th) if matches!(th.lower.as_str(), "st" | "nd" | "rd" | "th") => Some((day, i + 2)),
            Some(_) => None,
            None => Some((day, i + 1)),
        }
    }

    /// A year of four digits, with or without a comma in front.
    fn year(&self, i: usize) -> Option<(i16, usize)> {
        let at = i + usize::from(self.is(i, ",") || self.is(i, "of"));
        let piece = self.pieces.get(at).filter(|p| p.kind == Kind::Digits && p.text.len() == 4)?;
        let year = piece.text.parse().ok().filter(|y| (1800..=2100).contains(y))?;
        let goes_on = self.pieces.get(at + 1).is_some_and(|p| p.glued && (p.kind == Kind::Word || p.is("/")));
        (!goes_on).then_some((year, at + 1))
    }

    /// `2025-02-23`
    fn iso(&self, i: usize) -> Read {
        let part = |at: usize, len: usize| {
            self.pieces
                .get(at)
                .filter(|p| p.kind == Kind::Digits && p.text.len() == len && (at == i || p.glued))?
                .text
                .parse::<i16>()
                .ok()
        };
        let (year, month, day) = (part(i, 4)?, part(i + 2, 2)?, part(i + 4, 2)?);
        let dashed = self.is(i + 1, "-") && self.is(i + 3, "-");
        let month = i8::try_from(month).ok()?;
        (dashed && (1..=12).contains(&month))
            .then_some((When::Day { year: Some(year), month, day: i8::try_from(day).ok()? }, i + 5))
    }

    /// *on Sunday*, *Thursday, Dec. 15*, *last Friday night*; abbreviations only in front of a date.
    fn weekday(&self, i: usize) -> Read {
        let shift = match self.word(i) {
            Some(CalendarWord::Shift(shift)) => Some(shift),
            _ => None,
        };
        let at = i + usize::from(shift.is_some());
        let CalendarWord::Weekday(day) = self.word(at)? else { return None };
        if !self.pieces[at].text.starts_with(char::is_uppercase) {
            return None;
        }
        let short = self.pieces[at].text.len() < 6;
        let mut end = at + 1 + usize::from(short && self.is(at + 1, "."));
        let comma = end + usize::from(self.is(end, ","));
        if let Some(dated) = self.month_first(comma).or_else(|| self.day_first(comma)) {
            return Some(dated);
        }
        if short {
            return None;
        }
        if matches!(self.word(end), Some(CalendarWord::Part)) {
            end += 1;
        }
        Some((When::Weekday(day, shift), end))
    }

    /// *February 2, 2016*, *October 25-26, 2016*, *July 2014*, *in May*.
    fn month_first(&self, i: usize) -> Read {
        let (month, after) = self.month(i)?;
        if let Some((from, end)) = self.day(after) {
            let link = end + usize::from(self.is_dash(end) || self.is(end, "and") || self.is(end, "to"));
            let to = if link > end { self.day(link).filter(|(to, _)| *to > from) } else { None };
            // "15 to 24 people": what follows the month's day must not be counted.
            let (when, end) = match to {
                Some((to, end)) => (When::Days { year: None, month, from, to }, end),
                None => (When::Day { year: None, month, day: from }, end),
            };
            return Some(match self.year(end) {
                Some((year, end)) => (when.with_year(Some(year)), end),
                None => (when, end),
            });
        }
        if let Some((year, end)) = self.year(after) {
            return Some((When::Month { year: Some(year), month }, end));
        }
        let cued = matches!(
            self.before(i),
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "of"
                | "last"
                | "this"
                | "next"
                | "early"
                | "late"
                | "mid"
                | "from"
                | "to"
                | "during"
                | "through"
                | "between"
                | "and"
                | "before"
                | "after"
                | "for"
                | "every"
                | "-"
                | "–"
        );
        let unlike_a_name = !self.pieces.get(after).is_some_and(|p| p.kind == Kind::Word && p.text.starts_with(char::is_uppercase));
        (cued && unlike_a_name && self.pieces[i].text.len() >= 3).then_some((When::Month { year: None, month }, after))
    }

    /// *12 February*, *5-6 April 2016*, *the 4th of July*.
    fn day_first(&self, i: usize) -> Read {
        let (from, end) = self.day(i)?;
        let link = end + usize::from(self.is_dash(end) || self.is(end, "and") || self.is(end, "to"));
        let range = if link > end { self.day(link).filter(|(to, _)| *to > from) } else { None };
        let (to, end) = range.map_or((from, end), |(to, end)| (to, end));
        let end = end + usize::from(self.is(end, "of"));
        let (month, end) = self.month(end)?;
        let when = if to > from { When::Days { year: None, month, from, to } } else { When::Day { year: None, month, day: from } };
        Some(match self.year(end) {
            Some((year, end)) => (when.with_year(Some(year)), end),
            None => (when, end),
        })
    }

    /// *10 a.m.*, *15:11 GMT*, *6:00am*, *0300 hours*.
    fn clock(&self, i: usize) -> Read {
        let digits = |at: usize| self.pieces.get(at).filter(|p| p.kind == Kind::Digits && p.text.len() <= 4);
        digits(i)?;
        let minutes = self.pieces.get(i + 1).is_some_and(|p| p.glued && matches!(p.text, ":"))
            && digits(i + 2).is_some_and(|p| p.glued && p.text.len() == 2);
        let end = if minutes { i + 3 } else { i + 1 };
        let marked = self.pieces.get(end).is_some_and(|p| {
            matches!(
                p.lower.trim_end_matches('.'),
                "am" | "pm"
                    | "a.m"
                    | "p.m"
                    | "gmt"
                    | "utc"
                    | "est"
                    | "edt"
                    | "et"
                    | "cet"
                    | "o'clock"
                    | "o’clock"
                    | "noon"
                    | "midnight"
                    | "b.c"
                    | "bc"
                    | "bce"
                    | "a.d"
            )
        });
        match (marked, minutes) {
            (true, _) => Some((When::Unplaced, end + 1 + usize::from(self.is(end + 1, ".")))),
            (false, true) => Some((When::Unplaced, end)),
            (false, false) => None,
        }
    }

    fn count(&self, i: usize) -> Option<i32> {
        let piece = self.pieces.get(i)?;
        match piece.kind {
            Kind::Digits => piece.text.parse().ok().filter(|n| *n < 1000),
            _ => match self.word(i)? {
                CalendarWord::Count(n) => Some(n),
                _ => None,
            },
        }
    }

    fn unit(&self, i: usize) -> Option<Length> {
        match self.word(i)? {
            CalendarWord::Unit(unit) => Some(unit),
            _ => None,
        }
    }

    /// *three days ago*, *a year earlier* is told from elsewhere and stays unplaced.
    fn ago(&self, i: usize) -> Read {
        let count = self.count(i)?;
        let unit = self.unit(i + 1)?;
        self.is(i + 2, "ago").then_some((When::Ago(count, unit), i + 3))
    }

    /// *last week*, *the past three days*, *this month*, *next year*, *the coming week*.
    fn stretch(&self, i: usize) -> Read {
        let CalendarWord::Shift(shift) = self.word(i)? else { return None };
        if let Some(count) = self.count(i + 1) {
            return self.unit(i + 2).map(|unit| (When::Stretch(shift, count, unit), i + 3));
        }
        if self.is(i + 1, "few") || self.is(i + 1, "several") {
            return self.unit(i + 2).map(|_| (When::Unplaced, i + 3));
        }
        if shift == Shift::Last && self.is(i + 1, "night") {
            return Some((When::Offset(-1), i + 2));
        }
        if shift == Shift::This && matches!(self.word(i + 1), Some(CalendarWord::Part)) {
            return Some((When::Offset(0), i + 2));
        }
        let unit = self.unit(i + 1)?;
        // "in the coming days", "over the past years" say no number.
        let plural = self.pieces[i + 1].lower.ends_with('s');
        // "the last day", "the next day" are told from elsewhere.
        let told = unit == Length::Day || unit == Length::Hour;
        // "the following week", "the previous year": told from elsewhere as well.
        let relative = matches!(self.pieces[i].lower.as_str(), "following" | "previous" | "current");
        let definite = self.before(i) == "the" || self.before(i) == "our" || self.before(i) == "its";
        let when = match shift {
            _ if plural || told || relative => When::Unplaced,
            Shift::Last if definite => When::Stretch(Shift::Past, 1, unit),
            Shift::Next if definite => When::Stretch(Shift::Coming, 1, unit),
            _ => When::Stretch(shift, 1, unit),
        };
        Some((when, i + 2))
    }

    /// *the summer of 2017*, *spring 2015*.
    fn season(&self, i: usize) -> Read {
        let CalendarWord::Season(month) = self.word(i)? else { return None };
        let (year, end) = self.year(i + 1)?;
        // The winter of a year mostly began in the year before.
        Some((When::Season { year: if month == 12 { year - 1 } else { year }, month }, end))
    }

    /// *today*, *yesterday morning*, *overnight*, *the same day*.
    fn relative(&self, i: usize) -> Read {
        if self.is(i, "overnight") {
            return Some((When::Overnight, i + 1));
        }
        if (self.is(i, "same") || (self.is(i, "that") && self.before(i) == "on")) && self.is(i + 1, "day") {
            return Some((When::SameDay, i + 2));
        }
        let CalendarWord::Day(days) = self.word(i)? else { return None };
        // "today's Russia" and "today" as a magazine's name are rare enough; a possessive day still is that day.
        let end = i + 1 + usize::from(matches!(self.word(i + 1), Some(CalendarWord::Part)));
        Some((When::Offset(days), end))
    }

    /// *2022*, *2015-16*, *the 1990s*. What is counted in thousands is written *2,000*.
    fn years(&self, i: usize) -> Read {
        let piece = self.pieces.get(i).filter(|p| p.kind == Kind::Digits && p.text.len() == 4)?;
        let year: i16 = piece.text.parse().ok().filter(|y| (1800..=2100).contains(y))?;
        let glued_before = piece.glued && !matches!(self.before(i), "(" | "“" | "\"" | "-" | "–" | "—" | "‘" | "'");
        if glued_before
            || matches!(
                self.before(i),
                "resolution" | "order" | "#" | "no" | "$" | "€" | "£" | "article" | "about" | "nearly" | "over" | "some" | "than"
            )
        {
            return None;
        }
        match self.pieces.get(i + 1).filter(|p| p.glued) {
            Some(p) if p.is("s") => return Some((When::Years(year, year + 9), i + 2)),
            Some(p) if p.kind == Kind::Word || p.is("%") => return None,
            _ => {}
        }
        let joined = self.is_dash(i + 1) || self.is(i + 1, "/");
        if let Some(next) = self.pieces.get(i + 2).filter(|p| joined && p.glued && p.kind == Kind::Digits) {
            let last: i16 = next.text.parse().ok()?;
            let last = if next.text.len() == 2 { year / 100 * 100 + last } else { last };
            return (last > year && last <= 2100).then_some((When::Years(year, last), i + 3));
        }
        Some((When::Year(year), i + 1))
    }
}
