use jiff::civil::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day that a date or timestamp names, as its writer would call it: no change of time zone.
///
/// Reads ISO 8601 (`2025-02-24`, `20250224`, `2025-02-24T23:30:00-05:00`) and dates with the month as an English word, as mail and
/// feeds have them (`Mon, 24 Feb 2025 10:00:00 GMT`, `February 24, 2025`); a weekday may be wrong. Dates that could be read in two
/// ways are none.
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
    spelled(text)
}

/// A date whose month is a word: weekday or none, then day and month in either order, then the year, a time perhaps before it.
fn spelled(text: &str) -> Option<Date> {
    let mut words = text.split([' ', ',', '-', '\t']).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_some_and(|word| is_word(word) && month(word).is_none()) {
        words.next();
    }
    let (first, second) = (words.next()?, words.next()?);
    let (day, month) = match month(first) {
        Some(month) => (second, month),
        None => (first, month(second)?),
    };
    let year = words.find(|word| !word.contains(':'))?;
    let number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i16>().ok())?;
    let year = match year.len() {
        4 => number(year)?,
        // As RFC 2822 has it.
        2 => number(year)? + if number(year)? < 50 { 2000 } else { 1900 },
        _ => return None,
    };
    let day = number(day).filter(|_| day.len() <= 2)?;
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

fn is_word(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.')
}

/// The number of a month written out or cut to three letters.
fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let place = MONTHS.iter().position(|month| word.starts_with(month) && is_word(&word) && word.len() <= 9)?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn days_that_do_not_exist_are_no_dates() {
        for text in [
            "2025-02-30",
            "2025-13-01",
            "2025",
            "",
            "yesterday",
            "2025-2-3",
            "é025-02-03",
            "30 Feb 2025",
            "Feb 2025",
            "Feb 3",
            "3 Feb é",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn one_day_in_many_spellings() {
        for text in [
            "20250224",
            "2025-02-24 10:00",
            " 2025-02-24T10:00:00Z ",
            "24 Feb 2025",
            "Tuesday, 24 February 2025 09:00 -0500",
            "Feb. 24, 2025",
            "Mon Feb 24 23:59:59 2025",
            "Mon, 24 Feb 25 10:00:00 GMT",
            "24-Feb-2025",
        ] {
            assert_eq!(parse_date(text).map(|d| d.to_string()).as_deref(), Some("2025-02-24"), "{text}");
        }
    }
}
