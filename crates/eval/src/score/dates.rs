//! Dates compare by the days they cover.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// What a date comes to.
#[derive(Debug, PartialEq, Eq)]
pub enum Days {
    /// No date.
    None,
    /// First and last day; an open end stays `..`.
    Ends(String, String),
    /// Something that is no date: only itself is equal to it.
    Text(String),
}

/// First and last day of an ISO 8601 date, month, year, week or interval.
pub fn days(date: Option<&str>) -> Days {
    let Some(date) = date else { return Days::None };
    let (first, last) = date.split_once('/').unwrap_or((date, ""));
    let last = if last.is_empty() { first } else { last };
    let end = if last == ".." { Some("..".to_owned()) } else { ends(last).map(|(_, end)| end) };
    match (ends(first), end) {
        (Some((start, _)), Some(end)) => Days::Ends(start, end),
        _ => Days::Text(date.into()),
    }
}

/// First and last day of one date; a day is both, whatever is no period is taken as a day.
fn ends(x: &str) -> Option<(String, String)> {
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    if digits(x, 4) {
        return Some((format!("{x}-01-01"), format!("{x}-12-31")));
    }
    let Some((year, rest)) = x.split_once('-').filter(|(year, _)| digits(year, 4)) else {
        return Some((x.into(), x.into()));
    };
    if let Some(week) = rest.strip_prefix('W').filter(|w| digits(w, 2)) {
        let monday: Date = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?.into();
        return Some((monday.to_string(), monday.checked_add(6.days()).ok()?.to_string()));
    }
    if digits(rest, 2) {
        let last = Date::new(year.parse().ok()?, rest.parse().ok()?, 1).ok()?.last_of_month();
        return Some((format!("{x}-01"), last.to_string()));
    }
    Some((x.into(), x.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        days(Some(a)) == days(Some(b))
    }

    #[test]
    fn periods_cover_their_days() {
        assert!(same("2019-W05", "2019-01-28/2019-02-03"));
        assert!(same("2023-02", "2023-02-01/2023-02-28"));
        assert!(same("2021", "2021-01/2021-12"));
        assert!(!same("2021/..", "2021"));
    }

    #[test]
    fn what_is_no_date_is_only_itself() {
        assert!(same("2023-13", "2023-13") && !same("2023-13", "2023-14"));
        assert!(days(None) == Days::None && days(Some("soon")) != Days::None);
    }
}
