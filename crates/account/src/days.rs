//! Dates of records as ranges of days, so that they can be compared.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::{Deserialize, Serialize};

/// Days from the first to the last that something may have happened on, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Days {
    /// First day.
    pub first: i32,
    /// Last day.
    pub last: i32,
}

impl Days {
    /// The range of an ISO 8601 date, month, year, week or interval; none for other words. An open end reaches no further than `today`.
    ///
    /// ```
    /// use onrecord_account::Days;
    /// let april = Days::parse("2026-04", None).unwrap();
    /// assert_eq!(april.last - april.first, 29);
    /// ```
    pub fn parse(iso: &str, today: Option<Date>) -> Option<Days> {
        if let Some((from, to)) = iso.split_once('/') {
            let open = today.map(|d| Days { first: number(d), last: number(d) });
            let end = |side: &str| if side == ".." || side.is_empty() { open } else { single(side) };
            let (from, to) = (end(from)?, end(to)?);
            return (from.first <= to.last).then_some(Days { first: from.first, last: to.last });
        }
        single(iso)
    }

    /// One day.
    pub fn of(date: Date) -> Days {
        Days { first: number(date), last: number(date) }
    }

    /// True when some day of one lies within `slack` days of the other.
    pub fn meets(self, other: Days, slack: i32) -> bool {
        self.first - slack <= other.last && other.first - slack <= self.last
    }

    /// How many days.
    pub fn length(self) -> i32 {
        self.last - self.first + 1
    }

    /// True of what is no longer than this, and of which a calendar has at least one end.
    pub(crate) fn is_sound(self, longest: i32) -> bool {
        let last = self.first.checked_add(longest - 1);
        last.is_some_and(|last| (self.first..=last).contains(&self.last))
            && (date(self.first).is_some() || date(self.last).is_some())
    }
}

/// Day number of a date.
pub fn number(date: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    date.since((jiff::Unit::Day, epoch)).map_or(0, |span| span.get_days())
}

/// The date with this day number; none where no calendar has it.
pub fn date(number: i32) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(number).ok()?).ok()
}

fn single(iso: &str) -> Option<Days> {
    let iso = iso.split('T').next().unwrap_or(iso);
    let mut parts = iso.split('-');
    let year: i16 = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let Some(rest) = parts.next() else {
        return range(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
    };
    if let Some(week) = rest.strip_prefix('W') {
        let monday = ISOWeekDate::new(year, week.parse().ok()?, Weekday::Monday).ok()?.date();
        let first = number(monday);
        return Some(Days { first, last: first + 6 });
    }
    let month: i8 = rest.parse().ok()?;
    let first = Date::new(year, month, 1).ok()?;
    match parts.next() {
        Some(day) => Some(Days::of(Date::new(year, month, day.parse().ok()?).ok()?)),
        None => range(first, first.last_of_month()),
    }
}

fn range(first: Date, last: Date) -> Option<Days> {
    Some(Days { first: number(first), last: number(last) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_weeks_and_intervals() {
        let day = |iso: &str| Days::parse(iso, None);
        assert_eq!(day("1970-01-02"), Some(Days { first: 1, last: 1 }));
        assert_eq!(day("1970").map(Days::length), Some(365));
        assert_eq!(day("2025-W08").map(Days::length), Some(7));
        assert_eq!(day("2025-02-17/2025-02-23"), day("2025-W08"));
        assert_eq!(day("2025-02-17/.."), None);
        assert_eq!(Days::parse("2025-02-17/..", Some(jiff::civil::date(2025, 2, 18))).map(Days::length), Some(2));
        assert_eq!((day("PXD"), day(""), day("2025-13"), day("2025-02-30"), day("x-1/y")), (None, None, None, None, None));
        assert!(day("2025-02-17").unwrap().meets(day("2025-02-18").unwrap(), 1));
    }
}
