//! Stretches of the calendar, and what lies next to them.

use crate::lexicon::calendar::Unit;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use onrecord_record::IsoDate;

/// A stretch of the calendar as coarse as it is named. Years before our era are negative: -480 is 480 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// One day.
    Day(Date),
    /// The week of a Monday.
    Week(Date),
    /// Saturday and Sunday of the week of a Monday.
    Weekend(Date),
    /// A month.
    Month(i16, i8),
    /// A quarter, 1 to 4.
    Quarter(i16, i8),
    /// Half a year, 1 or 2.
    Half(i16, i8),
    /// A season by its first month; winter belongs to the year that it is named after.
    Season(i16, i8),
    /// A year.
    Year(i16),
    /// Ten years, by their first.
    Decade(i16),
    /// A hundred years, by their first.
    Century(i16),
}

impl Period {
    /// The one of this size that holds the day; none for what is smaller than a day.
    pub fn around(day: Date, unit: Unit) -> Option<Self> {
        let (year, month) = (day.year(), day.month());
        let monday = || day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok();
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day | Unit::Night => Period::Day(day),
            Unit::Week | Unit::Fortnight => Period::Week(monday()?),
            Unit::Weekend => Period::Weekend(monday()?),
            Unit::Month => Period::Month(year, month),
            Unit::Quarter => Period::Quarter(year, (month + 2) / 3),
            Unit::Half => Period::Half(year, (month + 5) / 6),
            Unit::Year => Period::Year(year),
            Unit::Decade => Period::Decade(year - year.rem_euclid(10)),
            Unit::Century => Period::Century(year - year.rem_euclid(100)),
        })
    }

    /// The one of the same size so many steps later.
    pub fn step(self, by: i32) -> Option<Self> {
        let weeks = |monday: Date| monday.checked_add(span(by, Unit::Week)?).ok();
        let in_year = |year: i16, n: i8, of: i32| {
            let at = i32::from(year) * of + i32::from(n) - 1 + by;
            Some((within_calendar(at.div_euclid(of))?, at.rem_euclid(of) as i8 + 1))
        };
        Some(match self {
            Period::Day(day) => Period::Day(day.checked_add(span(by, Unit::Day)?).ok()?),
            Period::Week(monday) => Period::Week(weeks(monday)?),
            Period::Weekend(monday) => Period::Weekend(weeks(monday)?),
            Period::Month(year, n) => in_year(year, n, 12).map(|(y, n)| Period::Month(y, n))?,
            Period::Quarter(year, n) => in_year(year, n, 4).map(|(y, n)| Period::Quarter(y, n))?,
            Period::Half(year, n) => in_year(year, n, 2).map(|(y, n)| Period::Half(y, n))?,
            Period::Season(year, month) => in_year(year, month / 3, 4).map(|(y, n)| Period::Season(y, 3 * n))?,
            Period::Year(year) => Period::Year(within_calendar(i32::from(year) + by)?),
            Period::Decade(year) => Period::Decade(within_calendar(i32::from(year) + by.checked_mul(10)?)?),
            Period::Century(year) => Period::Century(within_calendar(i32::from(year) + by.checked_mul(100)?)?),
        })
    }

    /// First and last day.
    pub fn days(self) -> Option<(Date, Date)> {
        let months = |year: i16, first: i8, count: i32| {
            let first = Date::new(year, first, 1).ok()?;
            Some((first, first.checked_add(count.months()).ok()?.yesterday().ok()?))
        };
        let from =
            |day: Date, first: i64, last: i64| Some((day.checked_add(first.days()).ok()?, day.checked_add(last.days()).ok()?));
        match self {
            Period::Day(day) => Some((day, day)),
            Period::Week(monday) => from(monday, 0, 6),
            Period::Weekend(monday) => from(monday, 5, 6),
            Period::Month(year, month) => months(year, month, 1),
            Period::Quarter(year, n) => months(year, 3 * n - 2, 3),
            Period::Half(year, n) => months(year, 6 * n - 5, 6),
            // The winter of a year mostly began in the year before.
            Period::Season(year, 12) => months(year - 1, 12, 3),
            Period::Season(year, month) => months(year, month, 3),
            Period::Year(year) => months(year, 1, 12),
            Period::Decade(year) => months(year, 1, 120),
            Period::Century(year) => months(year, 1, 1200),
        }
    }

    /// The year that it lies in or begins in.
    pub fn year(self) -> i16 {
        match self {
            Period::Day(day) | Period::Week(day) | Period::Weekend(day) => day.year(),
            Period::Month(year, _)
            | Period::Quarter(year, _)
            | Period::Half(year, _)
            | Period::Season(year, _)
            | Period::Year(year)
            | Period::Decade(year)
            | Period::Century(year) => year,
        }
    }

    /// As a TIMEX3 value: `2013-03-03`, `2013-W09`, `2013-W09-WE`, `2013-03`, `2013-Q1`, `2013-H1`, `2013-SP`, `2013`, `201`, `20`.
    pub fn timex(self) -> String {
        let years = |year: i16, digits: usize| {
            let (era, width) = if year < 0 { ("BC", 4) } else { ("", 4) };
            let text = format!("{:0width$}", year.unsigned_abs());
            format!("{era}{}", &text[..digits])
        };
        let year = |y| years(y, 4);
        match self {
            Period::Day(day) => format!("{}-{:02}-{:02}", year(day.year()), day.month(), day.day()),
            Period::Week(monday) => week(monday),
            Period::Weekend(monday) => format!("{}-WE", week(monday)),
            Period::Month(y, month) => format!("{}-{month:02}", year(y)),
            Period::Quarter(y, n) => format!("{}-Q{n}", year(y)),
            Period::Half(y, n) => format!("{}-H{n}", year(y)),
            Period::Season(y, month) => format!("{}-{}", year(y), season(month)),
            Period::Year(y) => year(y),
            Period::Decade(y) => years(y, 3),
            Period::Century(y) => years(y, 2),
        }
    }

    /// As ISO 8601 has it, a date or `first/last`; none before our era.
    pub fn iso(self) -> Option<IsoDate> {
        if self.year() < 0 {
            return None;
        }
        Some(match self {
            Period::Day(_) | Period::Week(_) | Period::Month(..) | Period::Year(_) => self.timex(),
            Period::Weekend(_) => {
                let (first, last) = self.days()?;
                format!("{first}/{last}")
            }
            Period::Decade(year) => format!("{year:04}/{:04}", year + 9),
            Period::Century(year) => format!("{year:04}/{:04}", year + 99),
            Period::Quarter(..) | Period::Half(..) | Period::Season(..) => {
                let (first, last) = self.days()?;
                format!("{:04}-{:02}/{:04}-{:02}", first.year(), first.month(), last.year(), last.month())
            }
        })
    }
}

/// The two letters of TIMEX3 for the season that begins in this month.
pub fn season(month: i8) -> &'static str {
    match month {
        3 => "SP",
        6 => "SU",
        9 => "FA",
        _ => "WI",
    }
}

/// A year that the calendar has.
fn within_calendar(year: i32) -> Option<i16> {
    i16::try_from(year).ok().filter(|y| (-9000..=9000).contains(y))
}

/// ISO week of a day.
fn week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// So many units as a span of days, months or years; hours as the days that they reach over.
pub fn span(count: i32, unit: Unit) -> Option<Span> {
    let days = |n: i32| Span::new().try_days(count.checked_mul(n)?).ok();
    let months = |n: i32| Span::new().try_months(count.checked_mul(n)?).ok();
    let years = |n: i32| Span::new().try_years(count.checked_mul(n)?).ok();
    match unit {
        Unit::Second | Unit::Minute => days(0),
        Unit::Hour => Span::new().try_days(count.div_euclid(24) + i32::from(count.rem_euclid(24) > 0)).ok(),
        Unit::Day | Unit::Night => days(1),
        Unit::Week | Unit::Weekend => days(7),
        Unit::Fortnight => days(14),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::Half => months(6),
        Unit::Year => years(1),
        Unit::Decade => years(10),
        Unit::Century => years(100),
    }
}
