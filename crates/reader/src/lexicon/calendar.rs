//! Words of the calendar.

use super::table::{LexiconError, Table};
use std::collections::HashMap;

/// A span of the calendar that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // their names say it
pub enum Length {
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Year,
    Decade,
}

/// Which of several weeks, months or years is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// The one before that of writing.
    Last,
    /// That of writing.
    This,
    /// The one after.
    Next,
    /// The stretch up to the day of writing.
    Past,
    /// The stretch from the day of writing on.
    Coming,
}

/// What a word says about time (`lexicon/calendar.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarWord {
    /// 1 to 12.
    Month(i8),
    /// 1 (Monday) to 7.
    Weekday(i8),
    /// First month of a season.
    Season(i8),
    /// Days from the day of writing.
    Day(i32),
    /// A unit.
    Unit(Length),
    /// Which one.
    Shift(Shift),
    /// A part of a day.
    Part,
    /// A number word.
    Count(i32),
}

/// All words of the calendar.
pub struct Calendar {
    words: HashMap<String, CalendarWord>,
}

impl Calendar {
    /// Reads `calendar.tsv`.
    ///
    /// # Errors
    /// When a class or value is not on its list.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let mut words = HashMap::new();
        for row in Table::parse("calendar", text)?.rows() {
            let number = || row.parsed::<i32>("value")?.ok_or_else(|| row.fault("no value".into()));
            let small = || number().map(|n| n.clamp(0, 12) as i8);
            let word = match row.get("class") {
                "month" => CalendarWord::Month(small()?),
                "weekday" => CalendarWord::Weekday(small()?),
                "season" => CalendarWord::Season(small()?),
                "day" => CalendarWord::Day(number()?),
                "count" => CalendarWord::Count(number()?),
                "part" => CalendarWord::Part,
                "unit" => CalendarWord::Unit(match row.get("value") {
                    "hour" => Length::Hour,
                    "day" => Length::Day,
                    "week" => Length::Week,
                    "weekend" => Length::Weekend,
                    "month" => Length::Month,
                    "year" => Length::Year,
                    "decade" => Length::Decade,
                    other => return Err(row.fault(format!("{other:?} is no unit"))),
                }),
                "shift" => CalendarWord::Shift(match row.get("value") {
                    "last" => Shift::Last,
                    "this" => Shift::This,
                    "next" => Shift::Next,
                    "past" => Shift::Past,
                    "coming" => Shift::Coming,
                    other => return Err(row.fault(format!("{other:?} is no shift"))),
                }),
                other => return Err(row.fault(format!("{other:?} is no class of calendar words"))),
            };
            words.insert(row.get("word").to_string(), word);
        }
        Ok(Calendar { words })
    }

    /// What the word in lower case says; also the plural of a unit.
    pub fn word(&self, lower: &str) -> Option<CalendarWord> {
        let singular = || {
            lower
                .strip_suffix('s')
                .and_then(|w| self.words.get(w))
                .filter(|w| matches!(w, CalendarWord::Unit(_) | CalendarWord::Weekday(_) | CalendarWord::Part))
        };
        self.words.get(lower).or_else(singular).copied()
    }
}
