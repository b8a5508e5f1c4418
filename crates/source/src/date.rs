use jiff::civil::Date;
use jiff::fmt::rfc2822;

/// The day that a date or timestamp names, as its writer would call it: no change of time zone.
///
/// Reads ISO 8601 (`2025-02-24`, `20250224`, `2025-02-24T23:30:00-05:00`) and the dates of mail and feeds
/// (`Mon, 24 Feb 2025 10:00:00 GMT`).
///
/// ```
/// use onrecord_source::parse_date;
/// assert_eq!(parse_date("2025-02-24T23:30:00-05:00").unwrap().to_string(), "2025-02-24");
/// assert_eq!(parse_date("Mon, 24 Feb 2025 10:00:00 GMT").unwrap().to_string(), "2025-02-24");
/// assert!(parse_date("24/02/2025").is_none());
/// ```
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = match text.find(['T', ' ']) {
        Some(end) if text.starts_with(|c: char| c.is_ascii_digit()) => &text[..end],
        _ => text,
    };
    let well_formed = matches!(day.len(), 8 | 10) && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if well_formed && let Ok(date) = day.parse() {
        return Some(date);
    }
    // Only the civil date as written counts, whatever its offset.
    rfc2822::parse(text).ok().map(|zoned| zoned.date())
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn days_that_do_not_exist_are_no_dates() {
        for text in ["2025-02-30", "2025-13-01", "2025", "", "yesterday", "2025-2-3", "é025-02-03"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn the_compact_form_and_a_space_before_the_time() {
        for text in ["20250224", "2025-02-24 10:00", " 2025-02-24T10:00:00Z "] {
            assert_eq!(parse_date(text).map(|d| d.to_string()).as_deref(), Some("2025-02-24"), "{text}");
        }
    }
}
