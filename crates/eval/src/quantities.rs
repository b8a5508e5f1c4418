//! Scores the reading of numbers on the test cases of other programs: which of their quantities are found, with value, bound and unit.
//!
//! Only what the codebook counts is asked for; [`Ask::of`] says by rules of kind what that is. The score over everything stands beside.

use anyhow::{Context, Result};
use onrecord_reader::{Quantity, QuantityUnit, Reader};
use onrecord_record::{Bound, Value};
use onrecord_text::{CodePoints, Document, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A test case: a text and the quantities that its makers see in it.
#[derive(Deserialize)]
struct Case {
    id: String,
    text: String,
    /// Programs of the suite's makers that do not pass the case.
    #[serde(default)]
    unsupported: Option<String>,
    quantities: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    text: String,
    #[serde(rename = "type")]
    class: String,
    #[serde(default)]
    subtype: Option<String>,
    #[serde(default)]
    value: serde_json::Value,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    iso: Option<String>,
    #[serde(default)]
    uncertainty: Option<f64>,
}

/// What is asked of one quantity.
#[derive(Debug, PartialEq)]
struct Ask {
    kind: &'static str,
    /// `None` when only the place and kind are told.
    value: Option<Value>,
    /// Asked for only where the makers tell it.
    bound: Option<Bound>,
    unit: Option<QuantityUnit>,
}

/// Units that the reader is asked for; what physics and chemistry measure in is not what reports count.
const EVERYDAY: [&str; 27] = [
    "metre",
    "kilometre",
    "centimetre",
    "millimetre",
    "mile",
    "foot",
    "inch",
    "yard",
    "acre",
    "hectare",
    "square mile",
    "square kilometre",
    "square metre",
    "litre",
    "gallon",
    "barrel",
    "millilitre",
    "cubic kilometre",
    "cubic foot",
    "gram",
    "kilogram",
    "milligram",
    "tonne",
    "ton",
    "pound-mass",
    "ounce",
    "kilometre per hour",
];

impl Ask {
    /// What is asked for, or by which rule the codebook leaves the quantity out.
    fn of(case: &Case, gold: &Gold) -> Result<Self, &'static str> {
        if case.unsupported.as_deref().is_some_and(|programs| programs.contains("dotnet")) {
            return Err("not passed by the suite's own program");
        }
        match gold.class.as_str() {
            "ordinal" | "ordinal.relative" | "Ordinal" => return Err("ordinal"),
            "temperature" | "age" | "time" => return Err("age, temperature or duration"),
            "MONEY" => return Ok(Ask::place("currency", Some(QuantityUnit::Money(String::new())))),
            "PERCENT" => return Ok(Ask::place("percentage", Some(QuantityUnit::Percent))),
            "QUANTITY" => return Ok(Ask::place("number", None)),
            _ => {}
        }
        if gold.subtype.as_deref() == Some("power") || gold.text.contains(['^', '×', '±', '−']) || gold.text.contains("x10") {
            return Err("power or scientific notation");
        }
        gold.by_surroundings(&case.text)?;
        match gold.class.as_str() {
            "number" | "Numeral" => gold.number(),
            "numberrange" => gold.interval(),
            "currency" | "AmountOfMoney" if gold.unit.as_deref() == Some("Unnamed") => gold.number(),
            "percentage" => Ok(Ask { unit: Some(QuantityUnit::Percent), ..gold.valued("percentage", 1.0)? }),
            "dimension" => gold.valued("unit", 1.0),
            _ => gold.by_unit(),
        }
    }

    fn place(kind: &'static str, unit: Option<QuantityUnit>) -> Self {
        Ask { kind, value: None, bound: None, unit }
    }

    fn met_by(&self, quantity: &Quantity) -> bool {
        let unit = match (&self.unit, &quantity.unit) {
            (None, _) => true,
            (Some(QuantityUnit::Money(asked)), QuantityUnit::Money(code)) => asked.is_empty() || code.ends_with(asked.as_str()),
            (Some(asked), unit) => asked == unit,
        };
        unit && self.bound.is_none_or(|b| b == quantity.bound) && self.value.is_none_or(|v| same(v, quantity.value))
    }
}

fn same(one: Value, other: Value) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1e-6);
    near(one.low(), other.low()) && near(one.high(), other.high())
}

impl Gold {
    /// Leaves out digits that are part of an address, a date or a telephone number, and what is followed by a word for time or age.
    fn by_surroundings(&self, text: &str) -> Result<(), &'static str> {
        let chars: Vec<char> = text.chars().collect();
        let digit = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(char::is_ascii_digit);
        let sign = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| matches!(c, '.' | '/' | '-' | ':'));
        let before = sign(self.start.checked_sub(1)) && digit(self.start.checked_sub(2));
        let behind = sign(Some(self.end)) && digit(Some(self.end + 1));
        if before || behind {
            return Err("address, date or telephone number");
        }
        let rest: String = chars.get(self.end..).unwrap_or_default().iter().collect();
        let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let first = words.next().unwrap_or("").trim_end_matches('s');
        if matches!(first, "year" | "month" | "week" | "day" | "hour" | "minute" | "second" | "time") {
            return Err("age, temperature or duration");
        }
        Ok(())
    }

    fn amount(&self) -> Option<f64> {
        match &self.value {
            serde_json::Value::Number(number) => number.as_f64(),
            serde_json::Value::String(text) => text.trim_end_matches('%').parse().ok(),
            _ => None,
        }
    }

    fn valued(&self, kind: &'static str, factor: f64) -> Result<Ask, &'static str> {
        let value = Value::One(self.amount().ok_or("no value")? * factor);
        Ok(Ask { kind, value: Some(value), bound: None, unit: None })
    }

    /// A bare number. Divisions and fractions above one (*23 fifths*) are arithmetic that no report counts in.
    fn number(&self) -> Result<Ask, &'static str> {
        let fraction = self.subtype.as_deref() == Some("fraction");
        let mixed =
            self.text.contains("half") || self.text.contains(" and a ") || self.text.contains('/') || self.text.contains("illion");
        if fraction && (self.text.contains(" over ") || (self.amount().is_some_and(|v| v > 1.0) && !mixed)) {
            return Err("arithmetic");
        }
        self.valued("number", 1.0)
    }

    /// *(10,20]*, *[200,)*: an interval, or a number with a bound.
    fn interval(&self) -> Result<Ask, &'static str> {
        if self.text.split(' ').any(|word| word.ends_with("th")) {
            return Err("ordinal");
        }
        let text = self.value.as_str().ok_or("no value")?;
        let (low, high) = text.trim_matches(['(', ')', '[', ']']).split_once(',').ok_or("no value")?;
        let (value, bound) = match (low.parse::<f64>(), high.parse::<f64>()) {
            (Ok(low), Ok(high)) if low == high => (Value::One(low), Bound::Exact),
            (Ok(low), Ok(high)) => return Ok(Ask { kind: "range", value: Some(Value::Range(low, high)), bound: None, unit: None }),
            (Ok(low), _) => (Value::One(low), Bound::AtLeast),
            (_, Ok(high)) => (Value::One(high), Bound::AtMost),
            _ => return Err("no value"),
        };
        Ok(Ask { kind: "range", value: Some(value), bound: Some(bound), unit: None })
    }

    /// By the unit that the makers give: money, a number, a measure of daily life, or one of a science.
    fn by_unit(&self) -> Result<Ask, &'static str> {
        let unit = self.unit.as_deref().unwrap_or("");
        let year = self.text.len() == 4 && self.amount().is_some_and(|v| (1800.0..2100.0).contains(&v));
        let money =
            |code: &str, factor| Ok(Ask { unit: Some(QuantityUnit::Money(code.into())), ..self.valued("currency", factor)? });
        if let Some(code) = self.iso.as_deref() {
            return money(code, 1.0);
        }
        let ask = match unit.to_lowercase().as_str() {
            "dimensionless" if year => return Err("year"),
            "dimensionless" => self.valued("number", 1.0)?,
            "dozen" => self.valued("number", 12.0)?,
            "percentage" => Ask { unit: Some(QuantityUnit::Percent), ..self.valued("percentage", 1.0)? },
            "dollar" | "riyal" | "rial" | "dinar" | "franc" => {
                money(if unit.eq_ignore_ascii_case("dollar") { "D" } else { "" }, 1.0)?
            }
            "cent" | "penny" | "pence" => money("", 0.01)?,
            "pound" | "pound sterling" => money("GBP", 1.0)?,
            "euro" => money("EUR", 1.0)?,
            code if unit.len() == 3 && unit == unit.to_uppercase() && code.is_ascii() => money(unit, 1.0)?,
            _ if matches!(self.class.as_str(), "currency" | "AmountOfMoney") => money("", 1.0)?,
            name if EVERYDAY.contains(&name) => self.valued("unit", 1.0)?,
            "day" | "week" | "month" | "year" | "hour" | "minute" | "second" => return Err("age, temperature or duration"),
            _ => return Err("unit of a science, or made of two"),
        };
        let middle = ask.value.map_or(0.0, |v| v.low());
        Ok(match self.uncertainty {
            Some(half) => Ask { kind: "range", value: Some(Value::Range(middle - half, middle + half)), ..ask },
            None => ask,
        })
    }
}

/// Right and asked.
#[derive(Default)]
struct Count {
    right: usize,
    asked: usize,
}

impl Count {
    fn add(&mut self, right: bool) {
        self.asked += 1;
        self.right += usize::from(right);
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{} of {} ({:.1} %)", self.right, self.asked, 100.0 * self.right as f64 / self.asked.max(1) as f64)
    }
}

/// The score of one file of cases (JSON Lines), and with `errors` every case that is not right.
///
/// # Errors
/// When a line is no such case.
pub fn score(reader: &Reader, lines: &str, errors: bool) -> Result<String> {
    let mut kinds: BTreeMap<&str, Count> = BTreeMap::new();
    let mut out: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut cases, mut all, mut told, mut spurious) = (Count::default(), Count::default(), String::new(), 0);
    for line in lines.lines() {
        let case: Case = serde_json::from_str(line).context("not a case: a JSON object with `text` and `quantities` is needed")?;
        let found = reader.quantities(&Document::new(case.id.as_str(), case.text.as_str()));
        let points = CodePoints::new(&case.text);
        let near = |gold: &Gold, q: &Quantity| {
            let span: Span = points.from_bytes(q.span);
            span.start < gold.end && gold.start < span.end
        };
        let (mut right, mut asked) = (true, case.quantities.is_empty());
        for gold in &case.quantities {
            match Ask::of(&case, gold) {
                Ok(ask) => {
                    let met = found.iter().any(|q| near(gold, q) && ask.met_by(q));
                    kinds.entry(ask.kind).or_default().add(met);
                    all.add(met);
                    right &= met;
                    asked = true;
                }
                Err(rule) => {
                    *out.entry(rule).or_default() += 1;
                    let met = gold.valued("", 1.0).is_ok_and(|ask| found.iter().any(|q| near(gold, q) && ask.met_by(q)));
                    all.add(met);
                }
            }
        }
        let extra = found.iter().filter(|q| in_question(&case.id, q) && !case.quantities.iter().any(|g| near(g, q))).count();
        spurious += extra;
        if asked {
            cases.add(right && extra == 0);
        }
        if errors && asked && !(right && extra == 0) {
            let wanted: Vec<String> =
                case.quantities.iter().map(|g| format!("{} = {} {:?}", g.text, g.value, Ask::of(&case, g))).collect();
            let read: Vec<String> = found
                .iter()
                .map(|q| format!("{:?} {:?} {:?} {:?}", &case.text[q.span.range()], q.value, q.bound, q.unit))
                .collect();
            told += &format!("{}: {:?}\n  wanted {}\n  found  {}\n", case.id, case.text, wanted.join("; "), read.join("; "));
        }
    }
    let mut named = Count::default();
    for (kind, count) in &kinds {
        if *kind != "unit" {
            named = Count { right: named.right + count.right, asked: named.asked + count.asked };
        }
        told += &format!("  {kind:<11} {count}\n");
    }
    told += &format!("  these without units: {named}\n");
    told += &format!("  cases that the codebook counts: {cases}; readings where nothing is wanted: {spurious}\n");
    told += &format!("  all quantities, those left out included: {all}\n");
    let left: Vec<String> = out.iter().map(|(rule, n)| format!("{rule} {n}")).collect();
    Ok(told + &format!("  left out: {}\n", left.join(", ")))
}

/// A case of one kind says nothing of the other kinds in its text.
fn in_question(id: &str, quantity: &Quantity) -> bool {
    let money = matches!(quantity.unit, QuantityUnit::Money(_));
    let time = |unit: &str| matches!(unit, "second" | "minute" | "hour" | "day" | "week" | "month" | "year" | "decade" | "century");
    let measured = matches!(&quantity.unit, QuantityUnit::Measured(unit) if !time(unit));
    match id.split(':').next().unwrap_or("") {
        "CurrencyModel" => money,
        "PercentModel" => quantity.unit == QuantityUnit::Percent,
        "DimensionModel" => measured,
        "NumberModel" => !measured,
        "NumberRangeModel" => quantity.bound != Bound::Exact || matches!(quantity.value, Value::Range(..)),
        "AgeModel" | "TemperatureModel" | "OrdinalModel" => false,
        _ => true,
    }
}
