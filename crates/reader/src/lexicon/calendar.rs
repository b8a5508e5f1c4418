//! Words of the calendar.

use super::table::{Layers, LexiconError, Row, Table};
use std::collections::HashMap;
use std::str::FromStr;

/// A span of the calendar that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // their names say it
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
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

/// How a length of time leads to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Away {
    /// Back from the day of writing.
    Ago,
    /// On from the day of writing.
    Hence,
    /// Back from the time that the text is at.
    Earlier,
    /// On from the time that the text is at.
    Later,
}

/// An hour, or the part of a day that a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// `MO`, `MI`, `AF`, `EV`, `NI` or `DT`, as in TIMEX3.
    Named(&'static str),
    /// Hour and minute.
    Clock(i8, i8),
}

/// A part of a month, a year or another stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its first part.
    Start,
    /// What lies between.
    Mid,
    /// Its last part.
    End,
}

/// A time that is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // their names say it
pub enum Reference {
    Past,
    Present,
    Future,
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
    /// Month and day.
    Feast(i8, i8),
    /// Days from the day of writing, and the part of that day.
    Day(i32, Option<DayPart>),
    /// A unit.
    Unit(Unit),
    /// Which one, from the day of writing.
    Shift(Shift),
    /// Which one, from the time that the text is at.
    Told(i32),
    /// What makes a length of time a distance.
    Away(Away),
    /// A part of a day.
    Part(DayPart),
    /// A part of a longer stretch.
    Edge(Edge),
    /// A time that is no day.
    Reference(Reference),
    /// What comes back after so many units.
    Every(u32, Unit),
    /// A number word.
    Count(u32),
    /// A number word for a place in a row.
    Ordinal(i8),
    /// A number that is not said.
    Vague,
    /// Hours from UTC.
    Zone(i8),
    /// True for years before our era.
    Era(bool),
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
    pub fn parse(text: Layers) -> Result<Self, LexiconError> {
        let mut words = HashMap::new();
        for row in Table::parse("calendar.tsv", text)?.rows() {
            let word = meaning(row.get("class"), row.get("value")).ok_or_else(|| unknown(row))?;
            words.insert(row.get("word").to_string(), word);
        }
        Ok(Calendar { words })
    }

    /// What the word in lower case says; also the plural of what is counted.
    pub fn word(&self, lower: &str) -> Option<CalendarWord> {
        let singular = || {
            let word = self.words.get(lower.strip_suffix('s')?)?;
            matches!(word, CalendarWord::Unit(_) | CalendarWord::Weekday(_) | CalendarWord::Part(_)).then_some(word)
        };
        self.words.get(lower).or_else(singular).copied()
    }
}

fn unknown(row: Row) -> LexiconError {
    row.fault(format!("{:?} {:?} is no class of calendar words with its value", row.get("class"), row.get("value")))
}

fn meaning(class: &str, value: &str) -> Option<CalendarWord> {
    Some(match class {
        "month" => CalendarWord::Month(within(value, 12)?),
        "weekday" => CalendarWord::Weekday(within(value, 7)?),
        "season" => CalendarWord::Season(within(value, 12)?),
        "ordinal" => CalendarWord::Ordinal(within(value, 99)?),
        "feast" => {
            let (month, day) = value.split_once('-')?;
            CalendarWord::Feast(within(month, 12)?, within(day, 31)?)
        }
        "day" => {
            let (days, part) = value.split_once(' ').unwrap_or((value, ""));
            CalendarWord::Day(days.parse().ok()?, if part.is_empty() { None } else { Some(part.parse().ok()?) })
        }
        "unit" => CalendarWord::Unit(value.parse().ok()?),
        "shift" => CalendarWord::Shift(value.parse().ok()?),
        "told" => CalendarWord::Told(value.parse().ok()?),
        "away" => CalendarWord::Away(value.parse().ok()?),
        "part" => CalendarWord::Part(value.parse().ok()?),
        "edge" => CalendarWord::Edge(value.parse().ok()?),
        "ref" => CalendarWord::Reference(value.parse().ok()?),
        "every" => {
            let (count, unit) = value.split_once(' ').unwrap_or(("1", value));
            CalendarWord::Every(count.parse().ok()?, unit.parse().ok()?)
        }
        "count" => CalendarWord::Count(value.parse().ok()?),
        "vague" => CalendarWord::Vague,
        "zone" => CalendarWord::Zone(value.parse().ok().filter(|h| (-12..=14).contains(h))?),
        "era" => CalendarWord::Era(["after", "before"].iter().position(|e| *e == value)? == 1),
        _ => return None,
    })
}

/// A number from 1 to `most`.
fn within(value: &str, most: i8) -> Option<i8> {
    value.parse().ok().filter(|n| (1..=most).contains(n))
}

/// A closed list by the names that a table uses.
macro_rules! named {
    ($type:ident { $($name:literal => $value:expr),+ $(,)? }) => {
        impl FromStr for $type {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text {
                    $($name => Ok($value),)+
                    _ => Err(()),
                }
            }
        }
    };
}

named!(Unit {
    "second" => Unit::Second, "minute" => Unit::Minute, "hour" => Unit::Hour, "day" => Unit::Day, "night" => Unit::Night,
    "week" => Unit::Week, "weekend" => Unit::Weekend, "fortnight" => Unit::Fortnight, "month" => Unit::Month,
    "quarter" => Unit::Quarter, "half" => Unit::Half, "year" => Unit::Year, "decade" => Unit::Decade, "century" => Unit::Century,
});
named!(Shift {
    "last" => Shift::Last, "this" => Shift::This, "next" => Shift::Next, "past" => Shift::Past, "coming" => Shift::Coming,
});
named!(Away { "ago" => Away::Ago, "hence" => Away::Hence, "earlier" => Away::Earlier, "later" => Away::Later });
named!(Edge { "START" => Edge::Start, "MID" => Edge::Mid, "END" => Edge::End });
named!(Reference {
    "PAST_REF" => Reference::Past, "PRESENT_REF" => Reference::Present, "FUTURE_REF" => Reference::Future,
});

impl FromStr for DayPart {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        if let Some(name) = ["MO", "MI", "AF", "EV", "NI", "DT"].into_iter().find(|name| *name == text) {
            return Ok(DayPart::Named(name));
        }
        let (hour, minute) = text.split_once(':').ok_or(())?;
        let number = |text: &str, most| text.parse().ok().filter(|n| (0..most).contains(n)).ok_or(());
        Ok(DayPart::Clock(number(hour, 24)?, number(minute, 60)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_of_what_is_counted() {
        let calendar = Calendar::parse("word\tclass\tvalue\nweek\tunit\tweek\nlast\tshift\tlast\n".into()).unwrap();
        assert_eq!(calendar.word("weeks"), Some(CalendarWord::Unit(Unit::Week)));
        assert_eq!(calendar.word("lasts"), None);
    }

    #[test]
    fn faulty_rows_are_told() {
        for row in ["x\tmonth\t13", "x\tday\t", "x\tpart\tXX", "x\tnone\t1", "x\tpart\t25:00"] {
            assert_eq!(
                Calendar::parse(format!("word\tclass\tvalue\n{row}\n").as_str().into()).map(|_| ()).unwrap_err().line,
                2,
                "{row}"
            );
        }
    }
}
