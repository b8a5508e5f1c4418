//! Tolls of an event from its series, as data sets want them: lowest, highest and one number, each only where reports give it.

use crate::error::ExportError;
use crate::known::Known;
use onrecord_account::{Line, Relation, Told};
use onrecord_record::{Bound, Factuality, Measure, Value};

/// Deaths of an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deaths {
    /// The number that all standing values agree on.
    pub best: Option<f64>,
    /// None is told that is lower.
    pub low: Option<f64>,
    /// None is told that is higher.
    pub high: Option<f64>,
    /// The same of civilians alone, where they are counted apart.
    pub civilians: Option<f64>,
    /// Every value with who gives it, where and when: *at least 15 residents (Mayor, Herald, 2026-02-03); ...*
    pub told: String,
}

impl Deaths {
    /// From the series of one event. Two series of one event (soldiers, civilians) may or may not add up: then the sum is at least the
    /// larger, and nothing else is known of it.
    pub fn of(series: &[Line], known: &mut Known) -> Result<Deaths, ExportError> {
        let mut deaths = Deaths::default();
        let (mut told, mut counts) = (Vec::new(), 0);
        for line in series {
            let Line::Figure { measure: Measure::Killed, of, series, relations, .. } = line else { continue };
            let gone = |i: usize| {
                let newer =
                    |r: &onrecord_account::Related| matches!(r.is, Relation::Update | Relation::Correction) && r.a.min(r.b) == i;
                relations.iter().any(newer)
            };
            // A toll that was feared, denied or would have been is told, but nobody is dead of it.
            let standing = series.iter().enumerate().filter(|(i, told)| told.factuality == Factuality::Actual && !gone(*i));
            let standing: Vec<&Told> = standing.map(|(_, told)| told).collect();
            let best = agreed(&standing);
            if is_civilian(of) {
                deaths.civilians = best;
            }
            let low = standing.iter().filter_map(|t| low(t)).reduce(f64::min);
            let high = standing.iter().filter_map(|t| high(t)).reduce(f64::max);
            if !standing.is_empty() {
                (deaths.best, deaths.high) = if counts == 0 { (best, high) } else { (None, None) };
                deaths.low = deaths.low.into_iter().chain(low).reduce(f64::max);
                counts += 1;
            }
            for value in series {
                told.push(tell(value, of, known)?);
            }
        }
        deaths.told = told.join("; ");
        Ok(deaths)
    }
}

fn is_civilian(of: &str) -> bool {
    of.rsplit(' ').next().is_some_and(|head| head.eq_ignore_ascii_case("civilian"))
}

/// The one number that all give; *at most* gives none.
fn agreed(standing: &[&Told]) -> Option<f64> {
    let number = |told: &Told| match told.value {
        Value::One(n) if told.bound != Bound::AtMost => Some(n),
        _ => None,
    };
    let first = number(standing.first()?)?;
    standing.iter().all(|told| number(told) == Some(first)).then_some(first)
}

fn low(told: &Told) -> Option<f64> {
    (told.bound != Bound::AtMost).then(|| told.value.low())
}

fn high(told: &Told) -> Option<f64> {
    (told.bound != Bound::AtLeast).then(|| told.value.high())
}

fn tell(told: &Told, of: &str, known: &mut Known) -> Result<String, ExportError> {
    let report = known.report(&told.document)?;
    let mut giver: Vec<String> = told.given_by.last().cloned().into_iter().collect();
    giver.push(report.citation());
    let put = if told.factuality == Factuality::Actual { String::new() } else { format!("{}: ", told.factuality) };
    Ok(format!("{put}{} {of} ({})", amount(told.value, told.bound), giver.join(", ")))
}

/// *at least 15*, *24–99*.
pub fn amount(value: Value, bound: Bound) -> String {
    let bound = match bound {
        Bound::Exact => "",
        Bound::About => "about ",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
    };
    match value {
        Value::One(n) => format!("{bound}{n}"),
        Value::Range(low, high) => format!("{bound}{low}–{high}"),
    }
}
