//! The line that says when a report was written.

use super::grammar::{expressions, split};
use super::period::Period;
use super::resolve::Anchor;
use crate::lexicon::Lexicon;
use crate::lexicon::calendar::CalendarWord;
use jiff::civil::Date;
use onrecord_text::Span;

/// Lines at the beginning among which a line that is only a date is the report's dateline.
const DATELINE_LINES: usize = 5;

/// The date of a line at the beginning that says nothing else, and its place.
pub(super) fn dateline(text: &str, lexicon: &Lexicon) -> Option<(Date, Span)> {
    let mut at = 0;
    let mut seen = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len().min(200).min(line.trim_end().len()));
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        seen += 1;
        if seen > DATELINE_LINES {
            return None;
        }
        let span = Span::new(span.start, floor_char(text, span.end));
        let pieces = split(text, span);
        let Some(first) = expressions(&pieces, &lexicon.calendar).into_iter().next().filter(|f| f.start == 0) else { continue };
        if first.meaning.written_year().is_none() {
            continue;
        }
        let Some(Period::Day(date)) = first.meaning.resolve(Anchor::default()).and_then(|v| v.period()) else { continue };
        let weekday = match lexicon.calendar.word(&pieces[0].lower) {
            Some(CalendarWord::Weekday(day)) => Some(day),
            _ => None,
        };
        // A line that goes on behind the date is a dateline only when it gives weekday, day and year.
        if (first.end == pieces.len() || weekday.is_some()) && agrees(date, weekday) {
            return Some((date, pieces[0].span.cover(pieces[first.end - 1].span)));
        }
    }
    None
}

fn floor_char(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// True when the date is written with its right weekday, or without one.
fn agrees(day: Date, weekday: Option<i8>) -> bool {
    weekday.is_none_or(|w| day.weekday().to_monday_one_offset() == w)
}
