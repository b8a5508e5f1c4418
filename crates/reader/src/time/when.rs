//! What a time expression says, before it is placed on the calendar.

use super::period::Period;
use super::value::{Amount, Hour};
use crate::lexicon::calendar::{Away, Edge, Reference, Shift, Unit};

/// What a time is told from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// The day of writing.
    Writing,
    /// The time that the text is at, else the day of writing.
    Told,
    /// The day of writing, else the time that the text is at (*the end of the year*).
    Either,
}

/// The year of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// As written; negative before our era.
    Written(i16),
    /// *'82*: without its century.
    Short(i16),
    /// *next year*, *that year*.
    From(Base, i32),
    /// Not said; the day falls on this weekday.
    Falling(i8),
    /// Not said.
    Unsaid,
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// 1 or 2.
    Half(i8),
    /// 1 to 4.
    Quarter(i8),
    /// By its first month.
    Season(i8),
    /// 1 to 12.
    Month(i8),
    /// Month and day.
    Day(i8, i8),
    /// The week that holds this month and day.
    WeekOf(i8, i8),
}

/// A stretch of the calendar that other times are parts of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// By its name.
    Named(Year, Part),
    /// So many units away: *last week*, *the following year*, *that day*.
    Unit(Base, Unit, i32),
    /// A decade or century.
    Fixed(Period),
}

/// Which of the weekdays, months or seasons of a name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// From the day of writing.
    Shift(Shift),
    /// From the time that the text is at.
    Told(i32),
}

/// A time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A named or counted stretch.
    Frame(Frame),
    /// *last September*, *next spring*.
    Nearest(Part, Which),
    /// A weekday, 1 to 7; which one, where it is said.
    Weekday(i8, Option<Which>),
    /// *the 20th*; on which weekday, where it is said.
    MonthDay(i8, Option<i8>),
    /// *the first Monday of March*, *the last week of 2018*: counted from the end where negative.
    Nth(i8, NthOf, Frame),
    /// A year of three digits, which is one only in a text on times before our era.
    OldYear(i16),
    /// *in two weeks*: how long, or from now on when the clause speaks of what is to come.
    Within(Amount),
    /// *three weeks ago*, *a year earlier*.
    Away(Away, Amount),
    /// *the past three days* (true), *the next two years* (false).
    Running(Amount, bool),
    /// *the next year*: a stretch from the day of writing on, or the year after that which the text is at.
    TheNext(Unit),
    /// *for three days*.
    Length(Amount),
    /// *every two weeks*, *daily*.
    Every(Amount),
    /// *on Sundays*.
    EveryWeekday(i8),
    /// The night before the day that the text is at.
    Overnight,
    /// An hour of the day that stands beside it, or that the text is at.
    Hour,
    /// An hour of any day (*at night*).
    AnyDay,
    /// *now*, *recently*, *the future*.
    Reference(Reference),
}

/// What is counted in a longer stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NthOf {
    /// Days, weeks or months.
    Unit(Unit),
    /// A weekday.
    Weekday(i8),
}

/// All that an expression says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// When.
    pub when: When,
    /// At what time of the day.
    pub hour: Option<Hour>,
    /// In what part of it.
    pub edge: Option<Edge>,
}

impl From<When> for Meaning {
    fn from(when: When) -> Self {
        Meaning { when, hour: None, edge: None }
    }
}

impl From<Frame> for Meaning {
    fn from(frame: Frame) -> Self {
        When::Frame(frame).into()
    }
}

impl Meaning {
    /// The same with a year that stands elsewhere in its sentence.
    pub fn with_year(mut self, known: Year) -> Self {
        if let When::Frame(Frame::Named(year @ (Year::Unsaid | Year::Falling(_)), _)) = &mut self.when {
            *year = known;
        }
        self
    }

    /// The year as written.
    pub fn written_year(&self) -> Option<Year> {
        match self.when {
            When::Frame(Frame::Named(year @ Year::Written(_), _)) => Some(year),
            _ => None,
        }
    }

    /// True for a date that can have a year besides it.
    pub fn is_within_a_year(&self) -> bool {
        matches!(self.when, When::Frame(Frame::Named(_, part)) if part != Part::Whole)
    }

    /// True for a single day.
    pub fn is_day(&self) -> bool {
        matches!(
            self.when,
            When::Frame(Frame::Named(_, Part::Day(..)) | Frame::Unit(_, Unit::Day, _))
                | When::Weekday(..)
                | When::MonthDay(..)
                | When::Nth(_, NthOf::Weekday(_) | NthOf::Unit(Unit::Day), _)
        )
    }

    /// True for what can be the beginning or end of an interval.
    pub fn is_on_the_calendar(&self) -> bool {
        !matches!(
            self.when,
            When::Running(..)
                | When::Length(_)
                | When::Within(_)
                | When::Every(_)
                | When::EveryWeekday(_)
                | When::Overnight
                | When::Hour
                | When::AnyDay
                | When::Reference(Reference::Past | Reference::Future)
        )
    }
}
