//! Parts of a day and the clock.

use super::super::value::Hour;
use super::super::when::{Meaning, When};
use super::{Grammar, Read, Reading, reading};
use crate::lexicon::calendar::{CalendarWord, DayPart};

impl Grammar<'_, '_> {
    /// *morning*, *at night*: a part of a day behind its day.
    pub(super) fn part(&self, i: usize) -> Option<(Hour, usize)> {
        match self.words.class(i)? {
            CalendarWord::Part(part) if !self.words.is_plural(i) => Some((Hour { part, zone: None }, i + 1)),
            _ => None,
        }
    }

    /// The hour that belongs to what comes back: *Friday mornings*, *every Monday at 4 p.m.*
    pub(super) fn hour_behind(&self, i: usize) -> (Option<Hour>, usize) {
        if let Some(CalendarWord::Part(part)) = self.words.class(i) {
            return (Some(Hour { part, zone: None }), i + 1);
        }
        match self.reading_of_clock(i + 1).filter(|_| self.words.is(i, "at")) {
            Some((hour, end)) => (Some(hour), end),
            None => (None, i),
        }
    }

    /// *in the morning* of the day that the text is at; *at night* of any day.
    pub(super) fn part_alone(&self, i: usize) -> Read {
        let (hour, end) = self.part(i)?;
        if self.words.is_one_of(i.wrapping_sub(1), &["at", "by"]) {
            return Some(reading(Meaning { hour: Some(hour), ..When::AnyDay.into() }, end));
        }
        let told = self.words.is(i.wrapping_sub(1), "the") && self.words.is_one_of(i.wrapping_sub(2), &["in", "during"]);
        (told && !self.words.is(end, "of")).then(|| reading(Meaning { hour: Some(hour), ..When::Hour.into() }, end))
    }

    /// *the night of 20 June 1791*, *early in the morning of 29 April*, *the morning hours of Friday*.
    pub(super) fn part_of_day_of(&self, i: usize) -> Read {
        let early = self.words.skip(i, &["early", "late"]);
        let at = if early > i && self.words.is(early, "in") && self.words.is(early + 1, "the") { early + 2 } else { early };
        let (hour, end) = self.part(at)?;
        self.frame_of_day(self.words.skip(end, &["hours"]), hour)
    }

    /// The day behind *of* or *on*, with this hour.
    pub(super) fn frame_of_day(&self, i: usize, hour: Hour) -> Read {
        if !self.words.is_one_of(i, &["of", "on"]) {
            return None;
        }
        let read = self.stretch(i + 1).filter(|read| read.meaning.is_day())?;
        Some(Reading { meaning: Meaning { hour: Some(hour), ..read.meaning }, ..read })
    }

    /// *10 a.m.*, *15:11 GMT*, *6:00am*, *0300 hours*, *ten o'clock*, *12:00 UTC Monday*, *noon on Friday*.
    pub(super) fn clock(&self, i: usize) -> Read {
        let (hour, end) = self.reading_of_clock(i)?;
        // "tonight at 1 a.m." says which half of the day it means.
        let marked = |hour: Hour| {
            if self.words.pieces[i..end].iter().any(|p| p.lower.ends_with('m') || p.lower.ends_with("m.")) {
                None
            } else {
                Some(hour)
            }
        };
        let hour = hour.within(self.part_before(i).and_then(marked));
        let adjacent = self.stretch(end).filter(|read| read.meaning.is_day() && read.last.is_none());
        Some(match adjacent {
            // "8 o'clock this evening"
            Some(day) => reading(Meaning { hour: Some(hour.within(day.meaning.hour.and_then(marked))), ..day.meaning }, day.end),
            None => reading(Meaning { hour: Some(hour), ..When::Hour.into() }, end),
        })
    }

    /// The part of the day in front of *at*: *this afternoon at 3:20*, *tonight at 8 o'clock*.
    fn part_before(&self, i: usize) -> Option<Hour> {
        let before = i.checked_sub(2).filter(|_| self.words.is(i - 1, "at"))?;
        match self.words.class(before)? {
            CalendarWord::Part(part) | CalendarWord::Day(_, Some(part)) => Some(Hour { part, zone: None }),
            _ => None,
        }
    }

    fn reading_of_clock(&self, i: usize) -> Option<(Hour, usize)> {
        if let Some(CalendarWord::Part(part @ DayPart::Clock(..))) = self.words.class(i) {
            return Some((Hour { part, zone: None }, i + 1));
        }
        if let Some(read) = self.pointed(i) {
            return Some(read);
        }
        let digits = self.words.digits(i, 1..=4);
        let count = || match self.words.class(i) {
            Some(CalendarWord::Count(n @ 1..=12)) if !self.words.is_one_of(i, &["a", "an"]) => Some(n as i32),
            _ => None,
        };
        let number = digits.or_else(count)?;
        let (hour, minute, end) = match self.minutes(i) {
            Some((minute, end)) => (number, Some(minute), end),
            None if self.words.digits(i, 3..=4).is_some() => (number / 100, Some(number % 100), i + 1),
            None => (number, None, i + 1),
        };
        let (half, end) = self.half_of_day(end, hour);
        let (zone, behind) = self.zone(end);
        let packed = minute.is_some() && self.minutes(i).is_none();
        let military = packed && self.words.is_one_of(end, &["hours", "hrs"]);
        let colon = minute.is_some() && !packed;
        // "1400 UTC" and "3:15" are times; "1400" and "3" are numbers.
        if !(colon || half.is_some() || military || (packed && behind > end)) {
            return None;
        }
        let behind = if self.words.is_one_of(end, &["hours", "hrs", "hr"]) { end + 1 } else { behind };
        let hour = half.unwrap_or(hour);
        let part = DayPart::Clock(i8::try_from(hour).ok()?, i8::try_from(minute.unwrap_or(0)).ok()?);
        ((0..=24).contains(&hour) && (0..60).contains(&minute.unwrap_or(0))).then_some((Hour { part, zone }, behind))
    }

    /// *8.30pm*: the pieces have a decimal number.
    fn pointed(&self, i: usize) -> Option<(Hour, usize)> {
        let (hour, minute) = self.words.pieces.get(i)?.text.split_once('.').filter(|(_, minute)| minute.len() == 2)?;
        let (hour, minute): (i32, i8) = (hour.parse().ok()?, minute.parse().ok().filter(|m| (0..60).contains(m))?);
        let (half, end) = self.half_of_day(i + 1, hour);
        let (zone, behind) = self.zone(end);
        let part = DayPart::Clock(i8::try_from(half?).ok()?, minute);
        Some((Hour { part, zone }, behind))
    }

    /// *:15* behind an hour.
    fn minutes(&self, i: usize) -> Option<(i32, usize)> {
        let colon = self.words.is(i + 1, ":") && self.words.is_glued(i + 1) && self.words.is_glued(i + 2);
        let minute = self.words.digits(i + 2, 2..=2).filter(|_| colon)?;
        // Seconds are read over.
        let seconds = self.words.is(i + 3, ":") && self.words.digits(i + 4, 2..=2).is_some() && self.words.is_glued(i + 4);
        Some((minute, if seconds { i + 5 } else { i + 3 }))
    }

    /// *a.m.*, *pm*, *o'clock*, *noon* behind a reading of the clock: the hour of the day that it makes.
    fn half_of_day(&self, i: usize, hour: i32) -> (Option<i32>, usize) {
        let end = self.words.skip(i + 1, &["."]);
        let noon = hour % 12;
        match self.words.lower(i).trim_end_matches('.') {
            "am" | "a.m" if hour <= 12 => (Some(noon), self.behind_mark(i, end)),
            "pm" | "p.m" if hour <= 12 => (Some(noon + 12), self.behind_mark(i, end)),
            "noon" if hour == 12 => (Some(12), i + 1),
            "midnight" if hour == 12 => (Some(0), i + 1),
            "o'clock" | "o’clock" => {
                let evening = self.words.is(i + 1, "in") && self.words.is_one_of(i + 3, &["afternoon", "evening"]);
                let told = self.words.is(i + 1, "in") && self.words.is_one_of(i + 3, &["morning", "afternoon", "evening"]);
                (Some(if evening { noon + 12 } else { hour }), if told { i + 4 } else { i + 1 })
            }
            // "3:15 in the afternoon"
            "in" if hour <= 12 && self.words.is(i + 1, "the") => match self.words.lower(i + 2) {
                "afternoon" | "evening" => (Some(noon + 12), i + 3),
                "morning" => (Some(noon), i + 3),
                _ => (None, i),
            },
            _ => (None, i),
        }
    }

    /// The full stop of *a.m.* belongs to it unless the sentence ends there.
    fn behind_mark(&self, i: usize, end: usize) -> usize {
        let pieces = self.words.pieces;
        let own = pieces[i].lower.contains('.') && !pieces[i].lower.ends_with('.') && self.words.is_glued(i + 1);
        if own { end } else { i + 1 }
    }

    /// *GMT*, *(UTC)*, *(GMT +8)*.
    fn zone(&self, i: usize) -> (Option<i8>, usize) {
        let open = self.words.is(i, "(");
        let at = i + usize::from(open);
        let Some(CalendarWord::Zone(zone)) = self.words.class(at).filter(|_| self.words.is_capital(at)) else { return (None, i) };
        if !open {
            return (Some(zone), at + 1);
        }
        let sign = self.words.lower(at + 1);
        let offset = self.words.digits(at + 2, 1..=2).filter(|h| *h <= 14 && matches!(sign, "+" | "-")).map(|h| h as i8);
        match offset {
            Some(hours) if self.words.is(at + 3, ")") => (Some(if sign == "-" { -hours } else { hours }), at + 4),
            None if self.words.is(at + 1, ")") => (Some(zone), at + 2),
            _ => (None, i),
        }
    }
}
