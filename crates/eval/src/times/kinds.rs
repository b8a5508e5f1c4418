//! What kind of time expression a test case is, and which kinds news uses.

use super::truth::Gold;
use regex::Regex;
use std::sync::LazyLock;

/// The kinds of cases; the first that fits counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Out: a row of an optional mode of the program that it tests (for calendars, for tasks), or marked as one that ports of it
    /// do not support.
    Unsupported,
    /// Out: holidays and feasts.
    Holiday,
    /// Out: what people type, not what is printed: figures without a year (*2/15*), abbreviations (*EOM*, *qtr*, *thu.*, *tmr*,
    /// *w/c*), hours without their *o'clock* (*15h*, *3p*, *@ 3*, *at 8*), names and numbers run together (*18q4*, *mar3*).
    Shorthand,
    /// Out: reckoning with hours, minutes and seconds (*20 minutes to 2pm tomorrow*, *in half an hour*), and appointments from one
    /// hour to another.
    ClockArithmetic,
    /// Out: days that the calendar does not have (*feb 30*), and dates in no order that is printed (*2020/23/Sep*, *20161016*).
    NoDate,
    /// Out: time zones by themselves.
    Zone,
    /// Out: a number of *upcoming* units that stands for the last of them alone, where the same program takes *next two weeks* for two.
    OtherSense,
    /// In: texts without any time.
    Nothing,
    /// In: an hour as the clock shows it, with or without its day.
    Clock,
    /// In: *last night*, *Monday morning*.
    PartOfDay,
    /// In: a single day.
    Day,
    /// In: a week, month, quarter, year.
    Period,
    /// In: from one day to another, or open on one side.
    Interval,
    /// In: how long.
    Length,
    /// In: how often.
    Set,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 15] = [
        Kind::Unsupported,
        Kind::Holiday,
        Kind::Shorthand,
        Kind::ClockArithmetic,
        Kind::NoDate,
        Kind::Zone,
        Kind::OtherSense,
        Kind::Nothing,
        Kind::Clock,
        Kind::PartOfDay,
        Kind::Day,
        Kind::Period,
        Kind::Interval,
        Kind::Length,
        Kind::Set,
    ];

    /// True for the kinds that news uses.
    pub fn is_of_news(self) -> bool {
        self >= Kind::Nothing
    }

    /// The kind of a case, from the words of the gold expression and what it must come to.
    pub fn of(gold: &Gold, words: &str) -> Kind {
        let words = words.to_lowercase();
        if gold.is_unsupported {
            Kind::Unsupported
        } else if gold.is_holiday || HOLIDAY.is_match(&words) {
            Kind::Holiday
        } else if gold.what == "timezone" {
            Kind::Zone
        } else if gold.what.is_empty() {
            Kind::Nothing
        } else if SHORTHAND.is_match(&words) {
            Kind::Shorthand
        } else if gold.is_no_day() || UNPRINTED.is_match(&words) {
            Kind::NoDate
        } else if gold.what == "datetime" && UPCOMING.is_match(&words) {
            Kind::OtherSense
        } else {
            kind_of_value(gold, &words)
        }
    }
}

fn kind_of_value(gold: &Gold, words: &str) -> Kind {
    let part = PART_OF_DAY.is_match(words) && !words.contains(|c: char| c.is_ascii_digit());
    let reading = READING.is_match(words) && !ARITHMETIC.is_match(words);
    let fine = gold.is_finer_than_a_day();
    match gold.what.as_str() {
        "duration" => Kind::Length,
        "set" => Kind::Set,
        _ if fine && part && !NUMBER.is_match(words) => Kind::PartOfDay,
        _ if fine && gold.is_from_to() && !gold.is_open() && READING.is_match(words) => Kind::ClockArithmetic,
        _ if fine && reading => Kind::Clock,
        _ if fine && NOW.is_match(words) => Kind::Day,
        _ if fine && !DAYS.is_match(words) => Kind::ClockArithmetic,
        _ if gold.is_from_to() || gold.is_open() => Kind::Interval,
        _ if gold.is_day() => Kind::Day,
        _ => Kind::Period,
    }
}

macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $pattern:expr;)+) => {
        $($(#[$doc])* static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new(concat!("(?x)", $pattern)).expect("a pattern"));)+
    };
}

patterns! {
    /// Feasts by name; any day called after something.
    HOLIDAY = r"\b(christmas|xmas|thanksgiving|easter|halloween|new\s+year|ramadan|independence\s+day|labor\s+day|memorial\s+day|black\s+friday
        |valentine|columbus\s+day|father|mother|king|eve|ides|juneteenth|(freedom|jubilee)\s+day)\b";
    /// Year, day and month in no order of print.
    UNPRINTED = r"^\d{8}$ | ^\d{4}\s\d\d\s\d\d$ | \d{4}[-/]\d{1,2}[-/][a-z] | [a-z]-\d{4}-\d | ^\d{1,2}-\d{4}-[a-z]";
    /// Two units ahead.
    UPCOMING = r"^(upcoming\s+(2|two)|(2|two)\s+upcoming)\s";
    /// As in messages and commands.
    SHORTHAND = r"\b(e|b)o(m|d|y|w)\b | \basap\b | \batm\b | \btmrw?\b | \btonite\b | \bqtrs?\b | \byrs?\b | \bw/c\b | \bwk(end)?s?\b | \bmins?\b | \bsecs?\b
        | \b(mon|tues?|wed|thu|thurs|fri|sat|sun)\b\.?(\s*$|\s+(at|\d)) | @ | \d\s*h\d*\b | \d\s*[ap]\b\.?(\s|$) | ish\b | \d+\s*['’\x22]
        | ^(on\s+|from\s+|between\s+)?\d{1,2}\s*[-/.]\s*\d{1,2}(\s*$|\s+(to|at|and)|-) | \d(st|nd|rd|th)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q\d)
        | (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/?\d | \d\s*oclock | \b[ap]\s+m\b
        | \bat\s+\d{1,4}(\s*$|\s+(in|tonight|tomorrow)) | ^(at\s+)?\d{3,4}$";
    /// Words for parts of a day.
    PART_OF_DAY = r"\b(morning|afternoon|evening|night|tonight|daytime|overnight|midday)\b";
    /// A number in words.
    NUMBER = r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter|past)\b";
    /// An hour as the clock shows it.
    READING = r"\d{1,2}:\d\d | \d\s*(a|p)\.?\s?m\b | \d\s*o['’]?clock | \bnoon\b | \bmidnight\b | \d{4}\s+(hours|gmt|utc)\b";
    /// Reckoning with the clock.
    ARITHMETIC = r"\b(minutes?|seconds?|hours?|half|quarter)\b | \bpast\s+\d | \bto\s+(noon|midnight)";
    /// The time of writing.
    NOW = r"^\W*(right\s+|just\s+)?now\W*$ | \bat\s+the\s+moment\b | \bat\s+this\s+time\b";
    /// Whole days and more, though an answer may be finer.
    DAYS = r"\b(days?|weeks?|fortnights?|months?|years?|weekends?|week-?end|(mon|tues|wednes|thurs|fri|satur|sun)days?|today|tomorrow|yesterday|end|beginning)\b";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(words: &str, expression: &str) -> Kind {
        let raw = serde_json::from_str(expression).unwrap();
        Kind::of(&Gold::new(&raw, false), words)
    }

    #[test]
    fn what_is_typed_and_reckoned_stands_apart() {
        let hour = r#"{"start":0,"end":1,"type":"datetime","grain":"Hour","value":"2014-05-06T16"}"#;
        let day = r#"{"start":0,"end":1,"type":"datetime","grain":"Day","value":"2014-05-06"}"#;
        assert_eq!(kind("at 4 p.m. on Tuesday", hour), Kind::Clock);
        assert_eq!(kind("in 90 minutes", hour), Kind::ClockArithmetic);
        assert_eq!(kind("tue @ 4p", hour), Kind::Shorthand);
        assert_eq!(kind("Tuesday", day), Kind::Day);
        assert_eq!(kind("5/6", day), Kind::Shorthand);
        assert_eq!(kind("Easter", day), Kind::Holiday);
        assert_eq!(kind("feb 31 2014", r#"{"start":0,"end":1,"type":"date","value":"2014-02-31"}"#), Kind::NoDate);
        assert!(Kind::Clock.is_of_news() && !Kind::OtherSense.is_of_news());
    }
}
