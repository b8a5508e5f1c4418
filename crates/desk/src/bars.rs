//! Bars over time: how much happened, and how often it is told.

use crate::calendar::{date_of, iso};
use crate::drawing::{At, Drawing};
use jiff::civil::{Date, date};
use onrecord_export::thousands;
use onrecord_store::Day;
use onrecord_view::{human_date, words};

/// Height of the bars and of the words beneath.
const HEIGHT: f64 = 64.0;
const FOOT: f64 = 18.0;
/// So much of all tellings lies within the bars; what is older is a number before them.
const SHARE: f64 = 0.8;

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Day,
    Month,
    Year,
}

impl Unit {
    /// Bars at most.
    fn most(self) -> i32 {
        match self {
            Unit::Day => 92,
            Unit::Month => 72,
            Unit::Year => 120,
        }
    }

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }

    /// The number of the unit that a day lies in.
    fn number(self, day: i32) -> i32 {
        let date = date_of(day);
        match self {
            Unit::Day => day,
            Unit::Month => i32::from(date.year()) * 12 + i32::from(date.month()) - 1,
            Unit::Year => i32::from(date.year()),
        }
    }

    /// The unit of a number as ISO 8601.
    fn iso(self, number: i32) -> String {
        match self {
            Unit::Day => iso(number),
            Unit::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            Unit::Year => format!("{number:04}"),
        }
    }

    /// Its first day.
    fn first(self, number: i32) -> Date {
        let year = |year: i32| i16::try_from(year).unwrap_or(i16::MAX).clamp(-9999, 9999);
        match self {
            Unit::Day => date_of(number),
            Unit::Month => date(year(number.div_euclid(12)), i8::try_from(number.rem_euclid(12)).unwrap_or(0) + 1, 1),
            Unit::Year => date(year(number), 1, 1),
        }
    }
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its place from the left.
    pub at: i32,
    /// A day, month or year as ISO 8601.
    pub when: String,
    pub lines: usize,
    pub tellings: usize,
}

/// Bars from the first to the last day, with gaps where nothing is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    pub unit: Unit,
    pub bars: Vec<Bar>,
    /// How many there would be without gaps.
    pub places: i32,
    /// Lines of before the first bar, and the day before it.
    pub earlier: usize,
    pub before: Option<String>,
}

impl Bars {
    /// Of days in order; none where there are none.
    pub fn new(days: &[Day]) -> Option<Self> {
        let last = days.last()?.day;
        let all: usize = days.iter().map(|day| day.tellings).sum();
        let begins = |unit: Unit| unit.number(last).saturating_sub(unit.most() - 1);
        let holds = |unit: &Unit| {
            let within: usize = days.iter().filter(|day| unit.number(day.day) >= begins(*unit)).map(|day| day.tellings).sum();
            within as f64 >= SHARE * all as f64
        };
        let unit = [Unit::Day, Unit::Month].into_iter().find(holds).unwrap_or(Unit::Year);
        let (older, within): (Vec<&Day>, Vec<&Day>) = days.iter().partition(|day| unit.number(day.day) < begins(unit));
        let first = unit.number(within.first()?.day);
        let mut bars: Vec<Bar> = Vec::new();
        for day in within {
            let at = unit.number(day.day) - first;
            match bars.last_mut().filter(|bar| bar.at == at) {
                Some(bar) => {
                    bar.lines += day.lines;
                    bar.tellings += day.tellings;
                }
                None => bars.push(Bar { at, when: unit.iso(unit.number(day.day)), lines: day.lines, tellings: day.tellings }),
            }
        }
        Some(Bars {
            unit,
            places: unit.number(last) - first + 1,
            bars,
            earlier: older.iter().map(|day| day.lines).sum(),
            before: (!older.is_empty())
                .then(|| unit.first(first).yesterday().map_or_else(|_| iso(i32::MIN), |day| day.to_string())),
        })
    }

    /// The drawing; each bar leads to where `href` says.
    pub fn drawn(&self, href: impl Fn(&str) -> String) -> Drawing {
        let size = [("width", At::Percent(100.0)), ("height", At::Is(HEIGHT + FOOT))];
        let mut drawing = Drawing::of_links("bars", &size, &self.said());
        let highest = self.bars.iter().map(|bar| bar.tellings).max().unwrap_or(0).max(1) as f64;
        // Few bars need not be as wide as the page.
        let step = 100.0 / f64::from(self.places.max(30));
        for bar in &self.bars {
            let (x, width) = (step * f64::from(bar.at), (step * 0.8).max(0.2));
            let height = |count: usize| (HEIGHT * count as f64 / highest).max(1.5);
            let shape = |count: usize| {
                [
                    ("x", At::Percent(x)),
                    ("width", At::Percent(width)),
                    ("y", At::Is(HEIGHT - height(count))),
                    ("height", At::Is(height(count))),
                ]
            };
            drawing.open("a", "", &[("href", At::Text(&href(&bar.when)))]).words("title", "", &[], &bar_said(bar));
            let whole =
                [("x", At::Percent(x)), ("width", At::Percent(step)), ("y", At::Is(0.0)), ("height", At::Is(HEIGHT + FOOT))];
            drawing.shape("rect", "reach", &whole);
            drawing.shape("rect", "tellings", &shape(bar.tellings)).shape("rect", "told", &shape(bar.lines)).close("a");
        }
        let base = [("x1", At::Percent(0.0)), ("x2", At::Percent(100.0)), ("y1", At::Is(HEIGHT)), ("y2", At::Is(HEIGHT))];
        drawing.shape("line", "axis", &base);
        self.labels(&mut drawing, step);
        drawing.close("svg");
        drawing
    }

    /// The first and the last, and between them as many as have room.
    fn labels(&self, drawing: &mut Drawing, step: f64) {
        const ROOM: f64 = 18.0;
        let mut free = 0.0;
        for bar in &self.bars {
            let x = step * f64::from(bar.at);
            if x >= free && x <= 100.0 - ROOM * 0.6 {
                drawing.words("text", "tick", &[("x", At::Percent(x)), ("y", At::Is(HEIGHT + 13.0))], &human_date(&bar.when));
                free = x + ROOM;
            }
        }
    }

    fn said(&self) -> String {
        let lines: usize = self.bars.iter().map(|bar| bar.lines).sum();
        let tellings: usize = self.bars.iter().map(|bar| bar.tellings).sum();
        let (first, last) = (&self.bars[0].when, &self.bars[self.bars.len() - 1].when);
        format!(
            "{} events told {} times from {} to {}, a bar for each {}",
            thousands(lines),
            thousands(tellings),
            human_date(first),
            human_date(last),
            self.unit.word()
        )
    }
}

fn bar_said(bar: &Bar) -> String {
    let tellings = if bar.tellings == 1 { "told once".to_owned() } else { format!("told {} times", thousands(bar.tellings)) };
    format!("{}: {}, {tellings}", human_date(&bar.when), words::count(bar.lines, "event"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[(i32, usize, usize)]) -> Vec<Day> {
        days.iter().map(|&(day, lines, tellings)| Day { day, lines, tellings }).collect()
    }

    #[test]
    fn days_in_a_row_have_a_bar_each_and_gaps() {
        let bars = Bars::new(&days(&[(20_512, 1, 2), (20_515, 3, 3)])).unwrap();
        assert_eq!((bars.unit, bars.places, bars.earlier), (Unit::Day, 4, 0));
        assert_eq!(
            bars.bars.iter().map(|bar| (bar.at, bar.when.as_str())).collect::<Vec<_>>(),
            [(0, "2026-02-28"), (3, "2026-03-03")]
        );
        let svg = bars.drawn(|when| format!("/timeline?since={when}&until={when}")).to_string();
        assert_eq!(svg.matches("<a href=").count(), 2, "{svg}");
        assert!(
            svg.contains("28 Feb 2026: 1 event, told 2 times") && svg.contains("since=2026-03-03&amp;until=2026-03-03"),
            "{svg}"
        );
        // The most told is as high as there is room; half as much is half as high.
        assert!(svg.contains("height=\"64\"") && svg.contains("height=\"42.67\""), "{svg}");
    }

    #[test]
    fn what_spans_years_has_months_or_years() {
        let months = Bars::new(&days(&[(20_000, 1, 1), (20_001, 1, 1), (20_200, 1, 1)])).unwrap();
        assert_eq!((months.unit, months.bars.len(), months.places), (Unit::Month, 2, 7));
        assert_eq!(months.bars[0].when, "2024-10");
        let years = Bars::new(&days(&[(0, 1, 5), (20_000, 1, 5)])).unwrap();
        assert_eq!((years.unit, years.bars[0].when.as_str(), years.places), (Unit::Year, "1970", 55));
    }

    #[test]
    fn a_few_old_days_do_not_press_the_rest_together() {
        let bars = Bars::new(&days(&[(-10_000, 1, 1), (20_512, 9, 20)])).unwrap();
        assert_eq!((bars.unit, bars.earlier, bars.before.as_deref()), (Unit::Day, 1, Some("2026-02-27")));
        assert_eq!(Bars::new(&[]), None);
        assert!(Bars::new(&days(&[(i32::MIN, 1, 1), (i32::MAX, 1, 1)])).is_some());
    }
}
