//! What a test case must come to, and whether an answer does.

use crate::score::{Days, days};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use onrecord_reader::{TimeExpression, TimeKind};
use serde::Deserialize;

/// The expression that a case must give.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// `datetime`, `interval`, `open-interval` (Duckling); `date`, `daterange`, `time`, `duration`, `set` and so on (Recognizers); empty
    /// for a text without any time.
    pub what: String,
    /// `Day`, `Month`, `Hour` and so on (Duckling).
    pub grain: String,
    /// As the peer writes it.
    pub value: String,
    /// All that it may stand for, each a value or `first/last`.
    pub readings: Vec<String>,
    /// Its own program answers it only in some modes or languages.
    pub is_unsupported: bool,
    /// A feast.
    pub is_holiday: bool,
    /// Minutes from UTC of the reference.
    pub offset: Option<i32>,
}

/// One expression of the gold file.
#[derive(Deserialize)]
pub struct Raw {
    /// First code point.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
    #[serde(rename = "type")]
    what: String,
    value: Option<String>,
    grain: Option<String>,
    holiday: Option<serde_json::Value>,
    resolutions: Option<Vec<Resolution>>,
}

#[derive(Deserialize)]
struct Resolution {
    value: Option<String>,
    start: Option<String>,
    end: Option<String>,
    #[serde(rename = "Mod")]
    _modifier: Option<String>,
}

impl Gold {
    /// From one expression of the gold file.
    pub fn new(raw: &Raw, is_unsupported: bool) -> Self {
        let value = raw.value.clone().unwrap_or_default();
        let mut readings: Vec<String> = raw
            .resolutions
            .iter()
            .flatten()
            .filter_map(|r| match (&r.value, &r.start, &r.end) {
                (Some(value), ..) if value != "not resolved" => Some(value.clone()),
                (_, Some(start), Some(end)) => Some(format!("{start}/{end}")),
                (_, Some(start), None) => Some(format!("{start}/..")),
                (_, None, Some(end)) => Some(format!("../{end}")),
                _ => None,
            })
            .collect();
        if readings.is_empty() {
            readings.push(value.clone());
        }
        Gold {
            what: raw.what.clone(),
            grain: raw.grain.clone().unwrap_or_default(),
            value,
            readings,
            is_unsupported,
            is_holiday: raw.holiday.is_some(),
            offset: None,
        }
    }

    /// For a text without any time.
    pub fn nothing(is_unsupported: bool) -> Self {
        Gold { is_unsupported, ..Gold::default() }
    }

    /// True for values with hours.
    pub fn is_finer_than_a_day(&self) -> bool {
        matches!(self.grain.as_str(), "Hour" | "Minute" | "Second") || self.what.contains("time") && self.grain.is_empty()
    }

    /// True for a day that the calendar does not have.
    pub fn is_no_day(&self) -> bool {
        let day = self
            .value
            .get(..10)
            .filter(|day| day.bytes().all(|b| b.is_ascii_digit() || b == b'-') && day.matches('-').count() == 2);
        day.is_some_and(|day| day.parse::<Date>().is_err())
    }

    /// True for one day.
    pub fn is_day(&self) -> bool {
        self.grain == "Day" || self.what == "date" || self.is_finer_than_a_day()
    }

    /// True for a stretch with two ends.
    pub fn is_from_to(&self) -> bool {
        self.what == "interval" || self.value.starts_with('(') || self.what == "timerange" || self.what == "datetimerange"
    }

    /// True for a stretch of which one end is said.
    pub fn is_open(&self) -> bool {
        self.what == "open-interval" || self.readings.iter().any(|r| r.contains(".."))
    }

    /// True when the answer comes to the same. The conventions that differ between programs and TIMEX3 are bridged, and only these:
    ///
    /// - the end of an interval is its last day here and the day behind it there;
    /// - *early March*, *the end of the year*: which days these are is each program's own; ours must name the month or year;
    /// - *three months ago*: a day there, the month here, and it must hold that day;
    /// - *since*, *until*, *by*: the end that is said must be right;
    /// - *the past two weeks*: whole weeks or fourteen days; as long, and overlapping;
    /// - *a few days*: three there, `X` here;
    /// - *in the morning*, *3 p.m.*, *winter*: no day or year there, that of the text here;
    /// - seasons are those of the sky there, whole months here; weekends begin on Friday evening there;
    /// - *8:00 PST* is told in the hours of the reference there, in its own here.
    pub fn is_met_by(&self, words: &str, answer: &TimeExpression) -> bool {
        let words = words.to_lowercase();
        match self.what.as_str() {
            "duration" => return answer.kind == TimeKind::Duration && same_length(&self.value, &answer.value),
            "set" => return answer.kind == TimeKind::Set && same_length(&self.value, &answer.value),
            _ if self.value == answer.value => return true,
            _ => {}
        }
        if dateless(&self.value).is_some_and(|part| answer.value.ends_with(part)) {
            return true;
        }
        if answer.value == "PRESENT_REF" {
            return self.what != "duration" && (words.contains("now") || words.contains("moment") || words.contains("this time"));
        }
        let Some(ours) = answer.interval.as_deref().and_then(span) else { return false };
        let exclusive = self.is_from_to() || self.what == "daterange";
        self.readings.iter().any(|reading| {
            // "before 2.30pm": the hour that is said
            let open = reading.trim_start_matches("../").trim_end_matches("/..");
            let reading = if self.is_finer_than_a_day() && open.contains(':') { open } else { reading };
            let ends = answer.modifier.is_some() && reading.ends_with("23:59:59");
            if ends && day_of(reading) == Some(ours.1) {
                return true;
            }
            if self.is_finer_than_a_day() && !reading.contains('/') && reading.contains(':') && !answer.value.contains('T') {
                return false;
            }
            if let Some(hour) = clock(reading).filter(|_| self.is_finer_than_a_day() && !reading.contains('/')) {
                let same_hour = clock(&answer.value).map(|ours| self.told_in(ours, &answer.value)) == Some(hour);
                // An hour alone is that of the day of writing or, in a calendar, of the next.
                let beside = |day: Date| (0..=1).contains(&ours.0.until(day).map_or(9, |s| s.get_days()));
                return match day_of(reading) {
                    Some(day) => {
                        same_hour_or_part(same_hour, answer) && (ours == (day, day) || (only_clock(&words) && beside(day)))
                    }
                    None => same_hour,
                };
            }
            same_days(reading, &self.grain, exclusive, &words, ours, answer)
        })
    }
}

impl Gold {
    /// Our hour and minute in the zone of the reference, where the answer names one of its own.
    fn told_in(&self, (hour, minute): (i8, i8), value: &str) -> (i8, i8) {
        let own = match value.rfind(['+', '-', 'Z']).filter(|at| value.find('T').is_some_and(|t| t < *at)) {
            Some(at) if value[at..].starts_with('Z') => Some(0),
            Some(at) => value[at..].split(':').next().and_then(|hours| hours.parse::<i32>().ok()).map(|hours| hours * 60),
            None => None,
        };
        let (Some(own), Some(reference)) = (own, self.offset) else { return (hour, minute) };
        let minutes = (i32::from(hour) * 60 + i32::from(minute) - own + reference).rem_euclid(24 * 60);
        ((minutes / 60) as i8, (minutes % 60) as i8)
    }
}

/// The value without a day or year: `TMO`, `WI`.
fn dateless(value: &str) -> Option<&str> {
    let season = matches!(value, "SP" | "SU" | "FA" | "WI");
    (season || (value.starts_with('T') && value.len() == 3)).then_some(value)
}

fn same_hour_or_part(same_hour: bool, answer: &TimeExpression) -> bool {
    same_hour || !answer.value.contains(':') && answer.kind == TimeKind::Date
}

/// True for words that name no day.
fn only_clock(words: &str) -> bool {
    !["day", "tomorrow", "today", "yesterday", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        .iter()
        .any(|day| words.contains(day))
}

fn same_days(reading: &str, grain: &str, exclusive: bool, words: &str, ours: (Date, Date), answer: &TimeExpression) -> bool {
    let Some((first, last)) = bounds(reading, grain, exclusive) else { return false };
    let Some((first, last)) = first.zip(last) else {
        return first.is_some_and(|day| day == ours.0 || Some(day) == ours.1.tomorrow().ok())
            || last.is_some_and(|day| day == ours.1 || day == ours.0 || Some(day) == ours.0.yesterday().ok());
    };
    let gap = |a: Date, b: Date| a.until(b).map_or(i32::MAX, |s| s.get_days());
    let within = ours.0 <= first && last <= ours.1;
    let by = words.starts_with("by ") || words.starts_with("within ") || words.starts_with("until ");
    ours == (first, last)
        || (exclusive && ours.0 == first && last.tomorrow().ok() == Some(ours.1))
        || (answer.modifier.is_some() && within)
        || (["ago", "hence", "from now", "from today", "in "].iter().any(|w| words.contains(w))
            && within
            && answer.kind == TimeKind::Date)
        || (by && last == ours.1)
        || (answer.value.ends_with("-WE") && gap(first, ours.0) == 1 && last == ours.1)
        || (is_season(&answer.value) && gap(first, ours.0).abs() <= 25 && gap(last, ours.1).abs() <= 25)
        || (answer.kind == TimeKind::Duration
            && (gap(first, last) - gap(ours.0, ours.1)).abs() <= 3
            && first <= ours.1.tomorrow().unwrap_or(ours.1)
            && ours.0 <= last.tomorrow().unwrap_or(last))
}

fn is_season(value: &str) -> bool {
    ["-SP", "-SU", "-FA", "-WI"].iter().any(|season| value.ends_with(season))
}

/// `P3D` and `PXD` are the same where three stands for a few.
fn same_length(theirs: &str, ours: &str) -> bool {
    let weeks = |v: &str| v.replace("P14D", "P2W");
    theirs == ours || weeks(theirs) == weeks(ours) || theirs.replace('3', "X") == ours
}

/// First and last day of an ISO date or interval; an open end is the day at the other.
fn span(iso: &str) -> Option<(Date, Date)> {
    let Days::Ends(first, last) = days(Some(iso)) else { return None };
    let first: Option<Date> = first.parse().ok();
    let last: Option<Date> = last.parse().ok();
    Some((first.or(last)?, last.or(first)?))
}

/// First and last day that a peer's value stands for, each none where open.
fn bounds(value: &str, grain: &str, exclusive: bool) -> Option<(Option<Date>, Option<Date>)> {
    let Some((first, end)) = value.split_once('/') else {
        let (first, last) = unit(value)?;
        return Some((Some(first), Some(last)));
    };
    let first_day = if first == ".." { None } else { Some(unit(first)?.0) };
    let last_day = if end == ".." {
        None
    } else {
        let (start, last) = unit(end)?;
        // Behind the last day; of what is finer, midnight belongs to the day before.
        let midnight = end.contains("T00") || end.contains(" 00:00");
        let behind = exclusive && (!end.contains(['T', ' ']) || midnight) && !grain.is_empty()
            || exclusive && grain.is_empty() && !end.contains(':');
        Some(if behind || midnight { start.yesterday().ok()? } else { last })
    };
    Some((first_day, last_day))
}

/// First and last day of a peer's date, week, month, quarter or year.
fn unit(value: &str) -> Option<(Date, Date)> {
    if let Some((year, quarter)) = value.split_once("-Q") {
        let first = Date::new(year.parse().ok()?, 3 * quarter.parse::<i8>().ok()? - 2, 1).ok()?;
        return Some((first, first.checked_add(3.months()).ok()?.yesterday().ok()?));
    }
    let day = value.split(['T', ' ']).next()?;
    span(day)
}

/// Hour and minute of a value with a clock reading.
fn clock(value: &str) -> Option<(i8, i8)> {
    let time = value.split(['T', ' ']).next_back()?;
    let mut parts = time.trim_end_matches('Z').split(':');
    let hour = parts.next()?.parse().ok().filter(|_| value.contains(['T', ':']))?;
    let minute = parts.next().map_or(Some(0), |m| m.get(..2)?.parse().ok())?;
    Some((hour, minute))
}

fn day_of(value: &str) -> Option<Date> {
    let day = value.split(['T', ' ']).next()?;
    day.parse::<Date>().ok().or_else(|| day.parse::<DateTime>().ok().map(DateTime::date))
}
