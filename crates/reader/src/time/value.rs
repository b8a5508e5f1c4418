//! What a time expression comes to, and how TIMEX3 and ISO 8601 write it.

use super::period::Period;
use crate::lexicon::calendar::{DayPart, Reference, Unit};
use jiff::civil::Date;
use onrecord_record::IsoDate;

/// The four types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// A day or what is coarser.
    Date,
    /// An hour or a part of a day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

impl TimeKind {
    /// As TIMEX3 writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// A number of units, in halves; none where it is not said how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Twice the number.
    pub halves: Option<u32>,
    /// Of what.
    pub unit: Unit,
}

impl Amount {
    /// The whole number, where it is one.
    pub fn whole(self) -> Option<i32> {
        let halves = self.halves.filter(|h| h % 2 == 0)?;
        i32::try_from(halves / 2).ok()
    }

    /// The date that lies so long before or behind a day.
    pub fn from(self, day: Date, back: bool) -> Option<IsoDate> {
        let (unit, count) = match self.unit {
            unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year) => (unit, self.whole()?),
            Unit::Fortnight => (Unit::Week, self.whole()?.checked_mul(2)?),
            _ => return None,
        };
        Period::around(day, unit)?.step(if back { -count } else { count })?.iso()
    }

    /// As an ISO 8601 duration: `P3D`, `PT2H`, `P2.5Y`, `PXM`.
    pub fn iso(self) -> String {
        let (clock, sign, times) = match self.unit {
            Unit::Second => ("T", 'S', 1),
            Unit::Minute => ("T", 'M', 1),
            Unit::Hour => ("T", 'H', 1),
            Unit::Day | Unit::Night => ("", 'D', 1),
            Unit::Week | Unit::Weekend => ("", 'W', 1),
            Unit::Fortnight => ("", 'W', 2),
            Unit::Month => ("", 'M', 1),
            Unit::Quarter => ("", 'M', 3),
            Unit::Half => ("", 'M', 6),
            Unit::Year => ("", 'Y', 1),
            Unit::Decade => ("", 'Y', 10),
            Unit::Century => ("", 'Y', 100),
        };
        let count = match self.halves.map(|h| u64::from(h) * times) {
            None => "X".to_owned(),
            Some(h) if h % 2 == 0 => (h / 2).to_string(),
            Some(h) => format!("{}.5", h / 2),
        };
        format!("P{clock}{count}{sign}")
    }
}

/// When in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// The part of the day or the reading of the clock.
    pub part: DayPart,
    /// Hours from UTC, where they are said.
    pub zone: Option<i8>,
}

impl Hour {
    /// This hour in a part of the day that is named besides: *eight* in the evening is twenty.
    pub fn within(self, part: Option<Hour>) -> Hour {
        match (self.part, part.map(|p| p.part)) {
            (DayPart::Clock(hour @ 1..12, minute), Some(DayPart::Named("AF" | "EV" | "NI"))) => {
                Hour { part: DayPart::Clock(hour + 12, minute), ..self }
            }
            _ => self,
        }
    }

    /// Behind the day: `TMO`, `T18:00`, `T18:00Z`, `T21:34-05:00`.
    pub fn timex(self) -> String {
        let zone = match self.zone {
            None => String::new(),
            Some(0) => "Z".to_owned(),
            Some(hours) => format!("{hours:+03}:00"),
        };
        match self.part {
            DayPart::Named(part) => format!("T{part}{zone}"),
            DayPart::Clock(hour, minute) => format!("T{hour:02}:{minute:02}{zone}"),
        }
    }
}

/// What a time expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// On the calendar.
    Period(Period),
    /// In one day of the calendar.
    Hour(Date, Hour),
    /// As TIMEX3 writes it, with an `X` for each digit that neither the text nor the day of writing tells.
    Unknown(String, TimeKind),
    /// So long, up to a day or from a day on.
    Running(Amount, Option<(Date, Date)>),
    /// So long, at no known time.
    Length(Amount),
    /// Again and again after so long.
    Every(Amount),
    /// Every such weekday.
    EveryWeekday(i8),
    /// Days of the calendar that no value of TIMEX3 names: the night between two days.
    Days(Date, Date),
    /// No day at all.
    Reference(Reference),
}

impl Value {
    /// Its type.
    pub fn kind(&self) -> TimeKind {
        match self {
            Value::Period(_) | Value::Reference(_) => TimeKind::Date,
            Value::Hour(..) | Value::Days(..) => TimeKind::Time,
            Value::Unknown(_, kind) => *kind,
            Value::Running(..) | Value::Length(_) => TimeKind::Duration,
            Value::Every(_) | Value::EveryWeekday(_) => TimeKind::Set,
        }
    }

    /// As TIMEX3 writes it.
    pub fn timex(&self) -> String {
        match self {
            Value::Period(period) => period.timex(),
            Value::Hour(day, hour) => format!("{}{}", Period::Day(*day).timex(), hour.timex()),
            Value::Unknown(text, _) => text.clone(),
            Value::Running(amount, _) | Value::Length(amount) | Value::Every(amount) => amount.iso(),
            Value::EveryWeekday(day) => format!("XXXX-WXX-{day}"),
            Value::Days(first, _) => format!("{first}TNI"),
            Value::Reference(Reference::Past) => "PAST_REF".into(),
            Value::Reference(Reference::Present) => "PRESENT_REF".into(),
            Value::Reference(Reference::Future) => "FUTURE_REF".into(),
        }
    }

    /// The days of the calendar that it covers, as an ISO 8601 date or interval.
    pub fn interval(&self) -> Option<IsoDate> {
        match self {
            Value::Period(period) => period.iso(),
            Value::Hour(day, _) => Period::Day(*day).iso(),
            Value::Days(first, last) | Value::Running(_, Some((first, last))) => Some(format!("{first}/{last}")),
            _ => None,
        }
    }

    /// The stretch of the calendar that what follows in the text may count from.
    pub fn period(&self) -> Option<Period> {
        match self {
            Value::Period(period) => Some(*period),
            Value::Hour(day, _) => Some(Period::Day(*day)),
            _ => None,
        }
    }
}
