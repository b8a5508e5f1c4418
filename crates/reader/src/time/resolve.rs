//! Places what an expression says on the calendar.

use super::period::{Period, season, span};
use super::value::{Amount, Hour, TimeKind, Value};
use super::when::{Base, Frame, Meaning, NthOf, Part, When, Which, Year};
use crate::lexicon::calendar::{Away, Reference, Shift, Unit};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What expressions are resolved against.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anchor {
    /// Day of writing.
    pub published: Option<Date>,
    /// What the text last spoke of.
    pub told: Option<Period>,
    /// The day that the text last spoke of.
    pub day: Option<Date>,
    /// Year of the last full date of the text.
    pub year: Option<i16>,
    /// The clause speaks of what is to come.
    pub future: bool,
}

impl Meaning {
    /// What it comes to; none for what turns out to be no time.
    pub fn resolve(self, anchor: Anchor) -> Option<Value> {
        let value = self.when.resolve(anchor)?;
        Some(match (self.hour, value) {
            (None, value) => value,
            (Some(hour), Value::Period(Period::Day(day))) => Value::Hour(day, hour),
            (Some(hour), Value::Unknown(day, _)) => Value::Unknown(day + &hour.timex(), TimeKind::Time),
            (Some(hour), Value::Reference(_)) => unknown_hour(hour),
            (Some(hour), day @ Value::EveryWeekday(_)) => Value::Unknown(day.timex() + &hour.timex(), TimeKind::Set),
            (Some(_), value) => value,
        })
    }
}

fn unknown_hour(hour: Hour) -> Value {
    Value::Unknown(format!("XXXX-XX-XX{}", hour.timex()), TimeKind::Time)
}

impl When {
    fn resolve(self, anchor: Anchor) -> Option<Value> {
        let or_unknown = |period: Option<Period>, text: &str| {
            period.map_or_else(|| Value::Unknown(text.to_owned(), TimeKind::Date), Value::Period)
        };
        Some(match self {
            When::Frame(Frame::Unit(Base::Writing, Unit::Day, 0)) if anchor.published.is_none() => {
                Value::Reference(Reference::Present)
            }
            When::Frame(frame) => or_unknown(frame.period(anchor), &frame.unknown()),
            When::Nearest(part, which) => or_unknown(nearest(part, which, anchor), &unknown_part(part)),
            When::Weekday(day, which) => or_unknown(weekday(day, which, anchor), &format!("XXXX-WXX-{day}")),
            When::MonthDay(day, weekday) => or_unknown(month_day(day, weekday, anchor), &format!("XXXX-XX-{day:02}")),
            When::Nth(n, of, frame) => or_unknown(nth(n, of, frame.period(anchor)), of.unknown()),
            When::OldYear(year) => {
                anchor.year.filter(|told| *told < 0)?;
                Value::Period(Period::Year(-year))
            }
            When::Away(away, amount) => distant(away, amount, anchor),
            When::Running(amount, past) => Value::Running(amount, running(amount, past, anchor.published)),
            When::TheNext(unit) => match anchor.published {
                Some(_) => When::Running(Amount { halves: Some(2), unit }, false).resolve(anchor)?,
                None => When::Frame(Frame::Unit(Base::Told, unit, 1)).resolve(anchor)?,
            },
            When::Within(amount) if anchor.future && amount.whole().is_some() => distant(Away::Hence, amount, anchor),
            When::Length(amount) | When::Within(amount) => Value::Length(amount),
            When::Every(amount) => Value::Every(amount),
            When::EveryWeekday(day) => Value::EveryWeekday(day),
            When::Overnight => match recent(anchor) {
                Some(day) => Value::Days(day.yesterday().ok()?, day),
                None => Value::Unknown("XXXX-XX-XXTNI".into(), TimeKind::Time),
            },
            When::Hour => or_unknown(hour_day(anchor).map(Period::Day), "XXXX-XX-XX"),
            When::AnyDay => Value::Unknown("XXXX-XX-XX".into(), TimeKind::Date),
            When::Reference(reference) => Value::Reference(reference),
        })
    }
}

impl Frame {
    /// Its place on the calendar.
    pub fn period(self, anchor: Anchor) -> Option<Period> {
        match self {
            Frame::Named(year, part) => part.of(named_year(year, part, anchor)?),
            Frame::Unit(base, unit, by) => {
                let day = anchor.day.filter(|_| matches!(unit, Unit::Day | Unit::Night)).map(Period::Day);
                let start = match (base, anchor.published, day.or(anchor.told)) {
                    (Base::Writing, Some(day), _) | (Base::Either, Some(day), _) | (Base::Told, Some(day), None) => {
                        Period::Day(day)
                    }
                    (Base::Told, _, Some(told)) | (Base::Either, None, Some(told)) => told,
                    _ => return None,
                };
                coarsened(start, unit)?.step(by)
            }
            Frame::Fixed(period) => Some(period),
        }
    }

    /// With an `X` for each digit that is not known.
    fn unknown(self) -> String {
        match self {
            Frame::Named(_, part) => unknown_part(part),
            Frame::Unit(_, unit, _) => unknown_unit(unit).to_owned(),
            Frame::Fixed(period) => period.timex(),
        }
    }
}

impl NthOf {
    fn unknown(self) -> &'static str {
        match self {
            NthOf::Unit(unit) => unknown_unit(unit),
            NthOf::Weekday(_) => "XXXX-XX-XX",
        }
    }
}

impl Part {
    /// This part of a year; none where the calendar does not have it.
    fn of(self, year: i16) -> Option<Period> {
        Some(match self {
            Part::Whole => Period::Year(year),
            Part::Half(n) => Period::Half(year, n),
            Part::Quarter(n) => Period::Quarter(year, n),
            Part::Season(month) => Period::Season(year, month),
            Part::Month(month) => Period::Month(year, month),
            Part::Day(month, day) => Period::Day(Date::new(year, month, day).ok()?),
            Part::WeekOf(month, day) => Period::around(Date::new(year, month, day).ok()?, Unit::Week)?,
        })
    }
}

fn unknown_part(part: Part) -> String {
    match part {
        Part::Whole => "XXXX".into(),
        Part::Half(n) => format!("XXXX-H{n}"),
        Part::Quarter(n) => format!("XXXX-Q{n}"),
        Part::Season(month) => format!("XXXX-{}", season(month)),
        Part::Month(month) => format!("XXXX-{month:02}"),
        Part::Day(month, day) => format!("XXXX-{month:02}-{day:02}"),
        Part::WeekOf(..) => "XXXX-WXX".into(),
    }
}

fn unknown_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX",
        Unit::Day | Unit::Night => "XXXX-XX-XX",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}

/// The stretch of this size around another; none where the other is the coarser of the two.
fn coarsened(told: Period, unit: Unit) -> Option<Period> {
    let (first, last) = told.days()?;
    let around = Period::around(first, unit)?;
    let straddles = match told {
        Period::Season(..) => matches!(unit, Unit::Year | Unit::Decade | Unit::Century),
        Period::Week(_) | Period::Weekend(_) => !matches!(unit, Unit::Day | Unit::Night),
        _ => false,
    };
    (around.days()?.1 >= last || straddles).then_some(around)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The year as written or told; where it is not, the one that brings the date nearest to publication, on the side that the clause
/// speaks of, and in a text of unknown day the one that the text is at.
fn named_year(year: Year, part: Part, anchor: Anchor) -> Option<i16> {
    match year {
        Year::Written(year) => return Some(year),
        Year::Short(short) => {
            let told = anchor.year.or(anchor.published.map(Date::year)).unwrap_or(2000);
            // "'99" told in 1914 is 1899: the last such year, or one of the ten that follow.
            let year = told - told.rem_euclid(100) + short;
            return Some(if year > told + 10 { year - 100 } else { year });
        }
        Year::From(base, by) => return Some(Frame::Unit(base, Unit::Year, by).period(anchor)?.year()),
        Year::Falling(_) | Year::Unsaid => {}
    }
    let Some(published) = anchor.published else { return story_year(part, anchor) };
    let distance = |year: &i16| {
        let day = part.of(*year).and_then(Period::days).map(|(first, last)| match part {
            Part::Day(..) => first,
            _ => first.checked_add((days_between(first, last) / 2).days()).unwrap_or(first),
        });
        let days = day.map_or(i32::MAX / 8, |day| days_between(published, day));
        // A day on the wrong side must be much nearer to be meant; what will happen hardly lies back at all.
        match anchor.future {
            true if days < 0 => days.abs().saturating_mul(16),
            false if days > 0 => days.saturating_mul(3),
            _ => days.abs(),
        }
    };
    // The weekday decides between years of the right side, a few weeks over included.
    let falls = |y: &i16| match (year, part.of(*y)) {
        (Year::Falling(weekday), Some(Period::Day(day))) => {
            let ahead = days_between(published, day);
            let on_side = if anchor.future { ahead > -45 } else { ahead < 45 };
            on_side && day.weekday().to_monday_one_offset() == weekday
        }
        _ => false,
    };
    let years = [published.year() - 1, published.year(), published.year() + 1];
    years.into_iter().filter(falls).min_by_key(distance).or_else(|| years.into_iter().min_by_key(distance))
}

/// The year that a story has got to: past December comes January.
fn story_year(part: Part, anchor: Anchor) -> Option<i16> {
    let year = anchor.year?;
    let month = |period: Period| Some(period.days()?.0).filter(|first| first.year() == year).map(Date::month);
    let told = anchor.told.and_then(month).unwrap_or(0);
    let turned = told >= 11 && part.of(year).and_then(month).is_some_and(|month| month <= 2) && !matches!(part, Part::Whole);
    Some(if turned { year.saturating_add(1) } else { year })
}

/// The last, this or next of the stretches of a name.
fn nearest(part: Part, which: Which, anchor: Anchor) -> Option<Period> {
    let (day, by) = match which {
        Which::Told(by) => (anchor.told.and_then(Period::days).map(|(first, _)| first).or(anchor.published)?, by),
        Which::Shift(Shift::Last | Shift::Past) => (anchor.published?, -1),
        Which::Shift(Shift::Next | Shift::Coming) => (anchor.published?, 1),
        Which::Shift(Shift::This) => return part.of(anchor.published?.year()),
    };
    let (before, after) = ([0, -1, -2], [0, 1, 2]);
    let years = match by {
        0 => return part.of(day.year()),
        by if by < 0 => before,
        _ => after,
    };
    years
        .into_iter()
        .filter_map(|by| part.of(day.year() + by))
        .find(|period| period.days().is_some_and(|(first, last)| if by < 0 { last < day } else { first > day }))
}

fn weekday(day: i8, which: Option<Which>, anchor: Anchor) -> Option<Period> {
    if let Some(Which::Told(by)) = which {
        let told = anchor.told.and_then(Period::days)?.0;
        let ahead = (i32::from(day) - i32::from(told.weekday().to_monday_one_offset())).rem_euclid(7);
        return Period::Day(told).step(if ahead == 0 && by > 0 {
            7
        } else if by < 0 {
            ahead - 7
        } else {
            ahead
        });
    }
    let published = anchor.published?;
    let back = (i32::from(published.weekday().to_monday_one_offset()) - i32::from(day)).rem_euclid(7);
    let ahead = (7 - back) % 7;
    let monday = -i32::from(published.weekday().to_monday_zero_offset());
    Period::Day(published).step(match which {
        Some(Which::Shift(Shift::This)) => monday + i32::from(day) - 1,
        Some(Which::Shift(Shift::Next)) => monday + 7 + i32::from(day) - 1,
        Some(Which::Shift(Shift::Coming)) => ahead,
        // "last Monday" on a Monday is a week ago.
        Some(Which::Shift(Shift::Last | Shift::Past)) if back == 0 => -7,
        None if anchor.future => ahead,
        _ => -back,
    })
}

/// *the 20th*: of the month that an undated text is at, else the nearest on the side that the clause speaks of, and on its weekday.
fn month_day(day: i8, weekday: Option<i8>, anchor: Anchor) -> Option<Period> {
    let Some(published) = anchor.published else {
        let told = anchor.told.filter(|told| matches!(told, Period::Day(_) | Period::Month(..)))?.days()?.0;
        return Some(Period::Day(Date::new(told.year(), told.month(), day).ok()?));
    };
    let of = |step: i32| match Period::Month(published.year(), published.month()).step(step)? {
        Period::Month(year, month) => Date::new(year, month, day).ok(),
        _ => None,
    };
    let falls = |date: &Date| weekday.is_none_or(|w| date.weekday().to_monday_one_offset() == w);
    let on_side = |date: &Date| if anchor.future { *date >= published } else { *date <= published };
    let steps = if anchor.future { [0, 1, 2, 3, 4, -1] } else { [0, -1, -2, -3, -4, 1] };
    let days = || steps.into_iter().filter_map(of);
    days()
        .find(|date| falls(date) && on_side(date))
        .or_else(|| days().find(falls))
        .or_else(|| days().find(on_side))
        .map(Period::Day)
}

/// The n-th day, week, month or weekday inside a longer stretch, from its end where negative.
fn nth(n: i8, of: NthOf, frame: Option<Period>) -> Option<Period> {
    let (first, last) = frame?.days()?;
    let steps = i32::from(if n > 0 { n - 1 } else { n + 1 });
    let edge = if n > 0 { first } else { last };
    let found = match of {
        NthOf::Weekday(day) => {
            let day = Weekday::from_monday_one_offset(day).ok()?;
            let near = |from: Date| from.nth_weekday(1, day).ok();
            let start = if n > 0 { near(first.yesterday().ok()?)? } else { last.tomorrow().ok()?.nth_weekday(-1, day).ok()? };
            Period::Day(start.checked_add((7 * steps).days()).ok()?)
        }
        // The first week of a month is the one that most of begins it, by its Thursday.
        NthOf::Unit(Unit::Week) => {
            let thursday = nth(n, NthOf::Weekday(4), frame)?.days()?.0;
            Period::around(thursday, Unit::Week)?
        }
        NthOf::Unit(Unit::Weekend) => {
            let saturday = nth(n, NthOf::Weekday(6), frame)?.days()?.0;
            Period::around(saturday, Unit::Weekend)?
        }
        NthOf::Unit(unit) => Period::around(edge, unit)?.step(steps)?,
    };
    let (from, _) = found.days()?;
    (matches!(of, NthOf::Unit(Unit::Week)) || (first <= from && from <= last)).then_some(found)
}

/// *three weeks ago*, *a year later*, as coarse as the unit that is counted.
fn distant(away: Away, amount: Amount, anchor: Anchor) -> Value {
    let back = matches!(away, Away::Ago | Away::Earlier);
    let Some(count) = amount.whole() else {
        return Value::Reference(if back { Reference::Past } else { Reference::Future });
    };
    let base = if matches!(away, Away::Ago | Away::Hence) { Base::Writing } else { Base::Told };
    let (unit, count) = match amount.unit {
        Unit::Second | Unit::Minute => (Unit::Day, 0),
        Unit::Hour => (Unit::Day, count / 24),
        Unit::Fortnight => (Unit::Week, count.saturating_mul(2)),
        Unit::Decade => (Unit::Year, count.saturating_mul(10)),
        Unit::Century => (Unit::Year, count.saturating_mul(100)),
        unit => (unit, count),
    };
    let frame = Frame::Unit(base, unit, if back { -count } else { count });
    frame.period(anchor).map_or_else(|| Value::Unknown(frame.unknown(), TimeKind::Date), Value::Period)
}

/// So many days, weeks, months or years up to the day before publication, or from publication on.
fn running(amount: Amount, past: bool, published: Option<Date>) -> Option<(Date, Date)> {
    let published = published?;
    let span = span(amount.whole()?.max(1), amount.unit)?;
    if !past {
        return Some((published, published.checked_add(span).ok()?.yesterday().ok()?.max(published)));
    }
    let from = published.checked_sub(span).ok()?;
    // The last 24 hours reach into the day of publication.
    let reaches = matches!(amount.unit, Unit::Second | Unit::Minute | Unit::Hour);
    Some((from, if reaches { published } else { published.yesterday().ok()? }))
}

/// The day that *overnight* ends on: the one last spoken of, when that is recent.
fn recent(anchor: Anchor) -> Option<Date> {
    let told = anchor.day;
    match anchor.published {
        Some(published) => Some(told.filter(|&day| (0..=3).contains(&days_between(day, published))).unwrap_or(published)),
        None => told,
    }
}

/// The day that a clock shows an hour of.
fn hour_day(anchor: Anchor) -> Option<Date> {
    recent(anchor)
}
