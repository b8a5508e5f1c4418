//! Dates of records as other people's forms want them.

use jiff::ToSpan;
use jiff::civil::Date;
use onrecord_account::{Days, date};

/// First and last day of a date that has both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl Range {
    /// Of an ISO 8601 date, month, year, week or interval; none for one with an open end.
    pub fn of(iso: Option<&str>) -> Option<Range> {
        let days = Days::parse(iso?, None)?;
        Some(Range { first: date(days.first)?, last: date(days.last)? })
    }

    /// The one day, where it is one.
    pub fn day(self) -> Option<Date> {
        (self.first == self.last).then_some(self.first)
    }

    /// How many days.
    pub fn length(self) -> i32 {
        self.last.since((jiff::Unit::Day, self.first)).map_or(0, |span| span.get_days()) + 1
    }

    /// The day in the middle.
    pub fn middle(self) -> Date {
        self.first.checked_add(((self.length() - 1) / 2).days()).unwrap_or(self.first)
    }

    /// The year, where both ends lie in it.
    pub fn year(self) -> Option<i16> {
        (self.first.year() == self.last.year()).then(|| self.first.year())
    }

    /// Year and month, where both ends lie in it.
    pub fn month(self) -> Option<(i16, i8)> {
        (self.year().is_some() && self.first.month() == self.last.month()).then(|| (self.first.year(), self.first.month()))
    }
}

/// First and last day, as far as they are known.
pub fn ends(iso: Option<&str>) -> [Option<Date>; 2] {
    Range::of(iso).map_or_else(|| [since(iso), None], |range| [Some(range.first), Some(range.last)])
}

/// The day an interval without an end begins on.
fn since(iso: Option<&str>) -> Option<Date> {
    let (from, to) = iso?.split_once('/')?;
    if to == ".." || to.is_empty() { Range::of(Some(from)).map(|range| range.first) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_not_known_is_not_made_up() {
        let range = |iso| Range::of(Some(iso)).unwrap();
        assert_eq!(range("2026-02-03").day(), Some(date(2026, 2, 3)));
        assert_eq!((range("2026-02").day(), range("2026-02").month(), range("2026-02").length()), (None, Some((2026, 2)), 28));
        assert_eq!(range("2026-02").middle(), date(2026, 2, 14));
        assert_eq!((range("2026-W05").month(), range("2026-W05").year()), (None, Some(2026)));
        assert_eq!(range("2025-12-30/2026-01-02").year(), None);
        assert_eq!((Range::of(None), Range::of(Some("PXD")), Range::of(Some("2026-01-05/.."))), (None, None, None));
        assert_eq!(ends(Some("2026-01-05/..")), [Some(date(2026, 1, 5)), None]);
        assert_eq!(ends(Some("2026-02")), [Some(date(2026, 2, 1)), Some(date(2026, 2, 28))]);
        assert_eq!((ends(Some("PXD")), ends(None)), ([None; 2], [None; 2]));
    }
}
