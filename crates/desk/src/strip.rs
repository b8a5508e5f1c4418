//! The values of one quantity as dots on a line of numbers: one lane for each who gives them, none averaged, none left out in silence.

use crate::drawing::{At, Drawing};
use crate::number_line::{NumberLine, written};
use onrecord_account::{Related, Relation, Told};
use onrecord_record::{Bound, Factuality, Value};
use onrecord_view::{human_date, words};

/// Values that are drawn, the latest.
pub const DRAWN: usize = 24;
/// Height of a lane and of the numbers beneath, as the style has them.
const LANE: f64 = 24.0;
const FOOT: f64 = 26.0;
/// Where the line begins and how long it is, in percent: what stands beside the dots needs room.
const LEFT: f64 = 3.0;
const LENGTH: f64 = 88.0;
/// Width of a letter beside a dot, in percent of a drawing of usual width.
const LETTER: f64 = 1.3;
/// Up to here what stands behind a dot has room on a telephone too.
const HALF: f64 = 58.0;

/// A value with who gives it.
pub struct Dot<'t> {
    /// Its place in the series.
    pub at: usize,
    pub told: &'t Told,
    /// *the army*, or the outlet in its own words.
    pub giver: String,
}

/// A lane: who gives its values.
pub struct Lane<'d, 't> {
    pub giver: &'d str,
    /// Nobody is named: the report says it in its own words.
    pub own: bool,
    pub dots: Vec<&'d Dot<'t>>,
}

/// Lanes in the order in which somebody first gives a value.
pub fn lanes<'d, 't>(dots: &'d [Dot<'t>]) -> Vec<Lane<'d, 't>> {
    let mut lanes: Vec<Lane> = Vec::new();
    for dot in dots {
        let own = dot.told.given_by.is_empty();
        match lanes.iter_mut().find(|lane| lane.own == own && lane.giver == dot.giver) {
            Some(lane) => lane.dots.push(dot),
            None => lanes.push(Lane { giver: &dot.giver, own, dots: vec![dot] }),
        }
    }
    lanes
}

/// *at least 1,200*, *24–99*.
pub fn amount(value: Value, bound: Bound) -> String {
    let number = match value {
        Value::One(number) => written(number),
        Value::Range(low, high) => format!("{}–{}", written(low), written(high)),
    };
    format!("{}{number}", words::bound(bound))
}

/// A value with how it is put: *uncertain: 12*.
pub fn put(told: &Told) -> String {
    let amount = amount(told.value, told.bound);
    words::factuality(told.factuality).map_or_else(|| amount.clone(), |how| format!("{how}: {amount}"))
}

/// The drawing, which says the same in words. `what` is what is counted; a later value of the same source makes a dot hollow.
pub fn drawn(what: &str, percent: bool, lanes: &[Lane], relations: &[Related]) -> Drawing {
    let values: Vec<f64> =
        lanes.iter().flat_map(|lane| &lane.dots).flat_map(|dot| [dot.told.value.low(), dot.told.value.high()]).collect();
    let line = NumberLine::new(&values, percent);
    let foot = LANE * lanes.len() as f64;
    let size = [("width", At::Percent(100.0)), ("height", At::Is(foot + FOOT))];
    let mut drawing = Drawing::new("strip", &size, &said(what, &line, lanes));
    axis(&mut drawing, &line, foot);
    for (i, lane) in lanes.iter().enumerate() {
        let middle = LANE * (i as f64 + 0.5);
        let ends = [("x1", At::Percent(LEFT)), ("x2", At::Percent(LEFT + LENGTH)), ("y1", At::Is(middle)), ("y2", At::Is(middle))];
        drawing.shape("line", "lane", &ends);
        let mut taken = Vec::new();
        // What holds now is written first, where there is room for all.
        for dot in lane.dots.iter().rev() {
            let past = relations.iter().any(|r| r.a == dot.at && matches!(r.is, Relation::Update | Relation::Correction));
            mark(&mut drawing, &line, dot, middle, past);
            label(&mut drawing, &line, dot, middle, &mut taken);
        }
    }
    drawing.close("svg");
    drawing
}

fn place(line: &NumberLine, value: f64) -> f64 {
    LEFT + line.percent(value) * LENGTH / 100.0
}

fn axis(drawing: &mut Drawing, line: &NumberLine, foot: f64) {
    let ends = [("x1", At::Percent(LEFT)), ("x2", At::Percent(LEFT + LENGTH)), ("y1", At::Is(foot)), ("y2", At::Is(foot))];
    drawing.shape("line", "axis", &ends);
    for &tick in &line.ticks {
        let x = At::Percent(place(line, tick));
        drawing.shape("line", "axis", &[("x1", x), ("x2", x), ("y1", At::Is(foot)), ("y2", At::Is(foot + 4.0))]);
        drawing.words("text", "tick", &[("x", x), ("y", At::Is(foot + 17.0)), ("text-anchor", At::Text("middle"))], &written(tick));
    }
    if line.broken {
        // Two strokes through the line where it does not reach down to nought.
        drawing.open("svg", "", &[("x", At::Percent(LEFT)), ("y", At::Is(foot)), ("overflow", At::Text("visible"))]);
        drawing.shape("path", "break", &[("d", At::Text("M-9 4l3 -8M-5 4l3 -8"))]).close("svg");
    }
}

fn mark(drawing: &mut Drawing, line: &NumberLine, dot: &Dot, middle: f64, past: bool) {
    let told = dot.told;
    let (low, high) = (place(line, told.value.low()), place(line, told.value.high()));
    drawing.open("g", if past { "value past" } else { "value" }, &[]).words("title", "", &[], &title(dot));
    if let Value::Range(..) = told.value {
        let band =
            [("x", At::Percent(low)), ("width", At::Percent(high - low)), ("y", At::Is(middle - 5.0)), ("height", At::Is(10.0))];
        drawing.shape("rect", "band", &band);
    }
    match told.bound {
        Bound::AtLeast => arrow(drawing, high, 1.0, middle),
        Bound::AtMost => arrow(drawing, low, -1.0, middle),
        Bound::Exact | Bound::About => {}
    }
    let class = if told.factuality == Factuality::Actual { "dot" } else { "dot open" };
    for x in if low == high { vec![low] } else { vec![low, high] } {
        drawing.shape("circle", class, &[("cx", At::Percent(x)), ("cy", At::Is(middle)), ("r", At::Is(4.5))]);
    }
    drawing.close("g");
}

/// The value may lie further on: an arrow.
fn arrow(drawing: &mut Drawing, from: f64, way: f64, middle: f64) {
    drawing.open("svg", "", &[("x", At::Percent(from)), ("y", At::Is(middle)), ("overflow", At::Text("visible"))]);
    let to = 24.0 * way;
    let path = format!("M0 0H{to}M{} -4L{to} 0L{} 4", to - 5.0 * way, to - 5.0 * way);
    drawing.shape("path", "arrow", &[("d", At::Text(&path))]).close("svg");
}

/// The number beside its dot, on the side with more room; left out where it would stand on another.
fn label(drawing: &mut Drawing, line: &NumberLine, dot: &Dot, middle: f64, taken: &mut Vec<(f64, f64)>) {
    let told = dot.told;
    let written = put(told);
    let (low, high) = (place(line, told.value.low()), place(line, told.value.high()));
    let width = LETTER * written.chars().count() as f64 + 1.0;
    let (right_gap, left_gap) = match told.bound {
        Bound::AtLeast => (5.5, 1.5),
        Bound::AtMost => (1.5, 5.5),
        Bound::Exact | Bound::About => (1.5, 1.5),
    };
    let (x, anchor, span) = match () {
        () if high <= HALF => (high + right_gap, "start", (low, high + right_gap + width)),
        () if low >= 100.0 - HALF => (low - left_gap, "end", (low - left_gap - width, high)),
        // A band that leaves no room on either side has it itself.
        () => (f64::midpoint(low, high), "middle", (low, high)),
    };
    if taken.iter().any(|(from, to)| span.0 < *to && *from < span.1) {
        return;
    }
    taken.push(span);
    let at = [("x", At::Percent(x)), ("y", At::Is(middle + 4.0)), ("text-anchor", At::Text(anchor))];
    drawing.words("text", "amount", &at, &written);
}

fn title(dot: &Dot) -> String {
    let day = dot.told.published.as_deref().map(|day| format!(", {}", human_date(day))).unwrap_or_default();
    format!("{} · {}{day}", put(dot.told), dot.giver)
}

/// *soldiers killed, on a line from 0 to 15: the army 12, then 14; residents at least 15.*
fn said(what: &str, line: &NumberLine, lanes: &[Lane]) -> String {
    let lanes: Vec<String> = lanes
        .iter()
        .map(|lane| {
            let values: Vec<String> = lane.dots.iter().map(|dot| put(dot.told)).collect();
            format!("{}: {}", lane.giver, values.join(", then "))
        })
        .collect();
    format!("{what}, on a line from {} to {}. {}.", written(line.from), written(line.to), lanes.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(value: Value, bound: Bound, giver: &str) -> Told {
        Told {
            document: "d".into(),
            record: "f1".into(),
            value,
            bound,
            given_by: Some(giver.to_owned()).filter(|giver| !giver.is_empty()).into_iter().collect(),
            span: [0, 1],
            published: Some("2026-03-03".into()),
            factuality: Factuality::Actual,
        }
    }

    fn dots(told: &[Told]) -> Vec<Dot<'_>> {
        let giver = |told: &Told| told.given_by.last().cloned().unwrap_or_else(|| "Herald".into());
        told.iter().enumerate().map(|(at, told)| Dot { at, told, giver: giver(told) }).collect()
    }

    #[test]
    fn each_giver_has_a_lane_and_every_value_a_dot() {
        let series = [
            told(Value::One(12.0), Bound::Exact, "army"),
            told(Value::One(15.0), Bound::AtLeast, "residents"),
            told(Value::One(14.0), Bound::Exact, "army"),
            told(Value::Range(24.0, 99.0), Bound::About, ""),
        ];
        let dots = dots(&series);
        let lanes = lanes(&dots);
        assert_eq!(
            lanes.iter().map(|lane| (lane.giver, lane.dots.len())).collect::<Vec<_>>(),
            [("army", 2), ("residents", 1), ("Herald", 1)]
        );
        let svg = drawn("soldiers killed", false, &lanes, &[Related { a: 0, b: 2, is: Relation::Update }]).to_string();
        assert_eq!(svg.matches("<circle").count(), 5, "a range has two ends: {svg}");
        assert_eq!(svg.matches("class=\"value past\"").count(), 1, "{svg}");
        assert_eq!((svg.matches("class=\"arrow\"").count(), svg.matches("class=\"band\"").count()), (1, 1));
        assert!(
            svg.contains(
                "soldiers killed, on a line from 0 to 100. army: 12, then 14; residents: at least 15; Herald: about 24–99."
            )
        );
        assert!(!svg.contains(">13<"), "nothing is averaged");
    }

    #[test]
    fn numbers_do_not_stand_on_each_other() {
        let series = [told(Value::One(100.0), Bound::Exact, "army"), told(Value::One(101.0), Bound::Exact, "army")];
        let far = [told(Value::One(0.0), Bound::Exact, "army"), told(Value::One(101.0), Bound::Exact, "army")];
        let written = |series: &[Told]| {
            let dots = dots(series);
            let mut line = NumberLine::new(&[0.0, 101.0], false);
            line.broken = false;
            let (mut drawing, mut taken) = (Drawing::default(), Vec::new());
            dots.iter().for_each(|dot| label(&mut drawing, &line, dot, 12.0, &mut taken));
            drawing.to_string().matches("<text").count()
        };
        assert_eq!((written(&series), written(&far)), (1, 2));
    }
}
