//! Every number of a report as it stands, whether or not it counts something of interest.

use super::numbers::{Number, Unit, numbers};
use crate::context::Context;
use onrecord_record::{Bound, Value};
use onrecord_text::Span;

/// A number with what is written around it that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The words, with bound, sign and unit, in bytes of the document.
    pub span: Span,
    /// The number. A fraction is its value here (0.25 for *a quarter of*), where a figure has percent.
    pub value: Value,
    /// How exact it is put.
    pub bound: Bound,
    /// In what.
    pub unit: QuantityUnit,
}

/// What a quantity is measured in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuantityUnit {
    /// Things, or nothing that is said.
    Number,
    /// Money, with its ISO 4217 code.
    Money(String),
    /// Percent.
    Percent,
    /// A unit of measurement by its name in `lexicon/units.tsv`: *kilometre*, *tonne*.
    Measured(String),
}

/// All quantities in reading order; dates, clock times and durations are none.
pub fn quantities(ctx: &Context) -> Vec<Quantity> {
    let mut found = Vec::new();
    for (s, tree) in ctx.trees.iter().enumerate() {
        let all = numbers(tree.text, tree.sentence.span, &ctx.lexicon.amounts);
        found.extend(all.into_iter().filter(|number| !ctx.times.covers(s, number.body)).map(quantity));
    }
    found
}

fn quantity(number: Number) -> Quantity {
    let (unit, span) = match (number.unit, number.measured) {
        (Unit::Money(code), _) => (QuantityUnit::Money(code), number.span),
        (Unit::Percent, _) if number.fraction.is_none() => (QuantityUnit::Percent, number.span),
        (Unit::Thing, Some((name, with))) => (QuantityUnit::Measured(name), number.span.cover(with)),
        _ => (QuantityUnit::Number, number.span),
    };
    Quantity { span, value: number.fraction.map_or(number.value, Value::One), bound: number.bound, unit }
}
