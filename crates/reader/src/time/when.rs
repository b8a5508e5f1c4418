//! What a time expression means, before and after it is placed on the calendar.

use crate::lexicon::calendar::{Length, Shift};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use onrecord_record::IsoDate;

/// A time as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// A day, with the year where it is written.
    Day { year: Option<i16>, month: i8, day: i8 },
    /// Days of one month.
    Days { year: Option<i16>, month: i8, from: i8, to: i8 },
    /// A month.
    Month { year: Option<i16>, month: i8 },
    /// A season, by its first month.
    Season { year: i16, month: i8 },
    /// A year.
    Year(i16),
    /// First and last year.
    Years(i16, i16),
    /// A weekday, 1 to 7; which one, where it is said.
    Weekday(i8, Option<Shift>),
    /// Days from the day of writing.
    Offset(i32),
    /// The night before the day that the text is at.
    Overnight,
    /// The day that the text is at.
    SameDay,
    /// *last week*, *the past three days*.
    Stretch(Shift, i32, Length),
    /// *three weeks ago*.
    Ago(i32, Length),
    /// A time that names no day (a clock time, *recent weeks*).
    Unplaced,
}

/// What expressions are resolved against.
#[derive(Clone, Copy, Debug)]
pub struct Anchor {
    /// Day of publication.
    pub published: Option<Date>,
    /// The day that the text last spoke of.
    pub narrated: Option<Date>,
    /// The clause speaks of what is to come.
    pub future: bool,
}

impl When {
    /// On the calendar, as ISO 8601; none where the text and the day of publication do not tell.
    pub fn resolve(self, anchor: Anchor) -> Option<IsoDate> {
        let published = anchor.published;
        match self {
            When::Day { month, day, .. } => Some(date(self.year(anchor)?, month, day)?.to_string()),
            When::Days { month, from, to, .. } => {
                let year = self.year(anchor)?;
                Some(interval(date(year, month, from)?, date(year, month, to)?))
            }
            When::Month { month, .. } => Some(format!("{:04}-{month:02}", self.year(anchor)?)),
            When::Season { year, month } => {
                let first = date(year, month, 1)?;
                let last = first.checked_add(2.months()).ok()?;
                Some(format!("{:04}-{:02}/{:04}-{:02}", first.year(), first.month(), last.year(), last.month()))
            }
            When::Year(year) => Some(format!("{year:04}")),
            When::Years(from, to) => Some(format!("{from:04}/{to:04}")),
            When::Weekday(day, shift) => Some(weekday(published?, day, shift, anchor.future)?.to_string()),
            When::Offset(days) => Some(add(published?, days)?.to_string()),
            When::Overnight => {
                let day = recent(anchor)?;
                Some(interval(add(day, -1)?, day))
            }
            When::SameDay => Some(anchor.narrated?.to_string()),
            When::Stretch(shift, count, length) => stretch(published?, shift, count, length),
            When::Ago(count, length) => ago(published?, count, length),
            When::Unplaced => None,
        }
    }

    /// The single day, where it is one.
    pub fn day(self, anchor: Anchor) -> Option<Date> {
        match self {
            When::Day { .. } | When::Weekday(..) | When::Offset(_) | When::SameDay => self.resolve(anchor)?.parse().ok(),
            _ => None,
        }
    }

    /// The same with a year that stands elsewhere in its sentence.
    pub fn with_year(self, known: Option<i16>) -> Self {
        match self {
            When::Day { year: None, month, day } => When::Day { year: known, month, day },
            When::Days { year: None, month, from, to } => When::Days { year: known, month, from, to },
            other => other,
        }
    }

    /// The year as written.
    pub fn written_year(self) -> Option<i16> {
        match self {
            When::Day { year, .. } | When::Days { year, .. } => year,
            _ => None,
        }
    }

    /// The year as written, else the one that brings the day nearest to publication, on the side that the clause speaks of.
    fn year(self, anchor: Anchor) -> Option<i16> {
        let (year, month, day) = match self {
            When::Day { year, month, day } => (year, month, day),
            When::Days { year, month, from, .. } => (year, month, from),
            When::Month { year, month } => (year, month, 15),
            _ => return None,
        };
        if year.is_some() {
            return year;
        }
        let published = anchor.published?;
        let distance = |year: &i16| {
            let days = date(*year, month, day).map_or(i32::MAX / 4, |d| days_between(published, d));
            // A day on the wrong side must be much nearer to be meant; what will happen hardly lies back at all.
            match anchor.future {
                true if days < 0 => days.abs().saturating_mul(8),
                false if days > 0 => days.saturating_mul(3),
                _ => days.abs(),
            }
        };
        [published.year() - 1, published.year(), published.year() + 1].into_iter().min_by_key(distance)
    }
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span: Span| span.get_days())
}

fn add(day: Date, days: i32) -> Option<Date> {
    day.checked_add(days.days()).ok()
}

fn interval(from: Date, to: Date) -> IsoDate {
    format!("{from}/{to}")
}

/// The day that *overnight* ends on: the one last spoken of, when that is recent.
fn recent(anchor: Anchor) -> Option<Date> {
    let published = anchor.published?;
    let told = anchor.narrated.filter(|&day| (0..=3).contains(&days_between(day, published)));
    Some(told.unwrap_or(published))
}

fn weekday(published: Date, day: i8, shift: Option<Shift>, future: bool) -> Option<Date> {
    let back = (i32::from(published.weekday().to_monday_one_offset()) - i32::from(day)).rem_euclid(7);
    let ahead = (7 - back) % 7;
    let monday = -i32::from(published.weekday().to_monday_zero_offset());
    let days = match shift {
        Some(Shift::This) => monday + i32::from(day) - 1,
        Some(Shift::Next) => monday + 7 + i32::from(day) - 1,
        Some(Shift::Coming) => ahead,
        // "last Monday" on a Monday is a week ago.
        Some(Shift::Last | Shift::Past) if back == 0 => -7,
        None if future => ahead,
        _ => -back,
    };
    add(published, days)
}

/// ISO week of a day.
fn week(day: Date) -> IsoDate {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn stretch(published: Date, shift: Shift, count: i32, length: Length) -> Option<IsoDate> {
    let step = match shift {
        Shift::Last => -1,
        Shift::This => 0,
        Shift::Next => 1,
        Shift::Past | Shift::Coming => return running(published, shift == Shift::Past, count, length),
    };
    if count > 1 {
        return running(published, shift == Shift::Last, count, length).filter(|_| step != 0);
    }
    Some(match length {
        Length::Day => add(published, step)?.to_string(),
        Length::Week => week(add(published, 7 * step)?),
        Length::Weekend => {
            let saturday = add(published, 5 - i32::from(published.weekday().to_monday_zero_offset()) + 7 * step)?;
            // On a weekend, "last weekend" still is the one before this.
            interval(saturday, add(saturday, 1)?)
        }
        Length::Month => {
            let month = published.first_of_month().checked_add(step.months()).ok()?;
            format!("{:04}-{:02}", month.year(), month.month())
        }
        Length::Year => format!("{:04}", i32::from(published.year()) + step),
        Length::Hour | Length::Decade => return None,
    })
}

/// So many days, weeks, months or years up to the day before publication, or from publication on.
fn running(published: Date, past: bool, count: i32, length: Length) -> Option<IsoDate> {
    let span = match length {
        Length::Hour => ((count + 23) / 24).max(1).days(),
        Length::Day => count.days(),
        Length::Week | Length::Weekend => (7 * count).days(),
        Length::Month => count.months(),
        Length::Year => count.years(),
        Length::Decade => (10 * count).years(),
    };
    if !past {
        return Some(interval(published, published.checked_add(span).ok()?.yesterday().ok()?));
    }
    let from = published.checked_sub(span).ok()?;
    match length {
        // The last 24 hours reach into the day of publication.
        Length::Hour => Some(interval(from, published)),
        _ => Some(interval(from, published.yesterday().ok()?)),
    }
}

fn ago(published: Date, count: i32, length: Length) -> Option<IsoDate> {
    Some(match length {
        Length::Hour => add(published, -(count / 24))?.to_string(),
        Length::Day => add(published, -count)?.to_string(),
        Length::Week | Length::Weekend => week(add(published, -7 * count)?),
        Length::Month => {
            let month = published.first_of_month().checked_sub(count.months()).ok()?;
            format!("{:04}-{:02}", month.year(), month.month())
        }
        Length::Year => format!("{:04}", i32::from(published.year()) - count),
        Length::Decade => format!("{:04}", i32::from(published.year()) - 10 * count),
    })
}

/// True when the date is written with its right weekday, or without one.
pub fn agrees(day: Date, weekday: Option<i8>) -> bool {
    weekday.is_none_or(|w| Weekday::from_monday_one_offset(w).is_ok_and(|w| w == day.weekday()))
}
