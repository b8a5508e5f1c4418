//! Days as numbers, as the account counts them, and as dates.

use jiff::civil::{Date, date};

/// A number of days since 1970-01-01 as a date; of a number beyond the calendar its end.
pub fn date_of(day: i32) -> Date {
    let span = jiff::Span::new().try_days(i64::from(day));
    let end = if day < 0 { Date::MIN } else { Date::MAX };
    span.map_or(end, |span| date(1970, 1, 1).checked_add(span).unwrap_or(end))
}

/// The same as ISO 8601.
pub fn iso(day: i32) -> String {
    date_of(day).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dates() {
        assert_eq!([0, 59, -1, 20_512].map(iso), ["1970-01-01", "1970-03-01", "1969-12-31", "2026-02-28"]);
        assert_eq!(date_of(i32::MAX), Date::MAX);
    }
}
