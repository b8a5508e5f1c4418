//! Two numbers that make one quantity: *more than 10 but less than 20*, *20% to 30%*, *20 dollars and 43 cents*.

use super::{Found, Unit};
use crate::lexicon::amounts::Amounts;
use crate::scan::{Kind, Piece};
use onrecord_record::{Bound, Value};

/// Words that may be between the changing thing and *from 20 to 30*.
const CHANGE_REACH: usize = 12;

/// Joins neighbours that belong together.
pub fn join(pieces: &[Piece], found: Vec<Found>, words: &Amounts) -> Vec<Found> {
    let mut joined: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        match joined.last().and_then(|last| one_of(pieces, last, &next, words)) {
            Some((value, bound)) => {
                if let Some(last) = joined.last_mut() {
                    take(last, next, value, bound);
                }
            }
            None => joined.push(next),
        }
    }
    joined
}

/// Value and bound of the quantity that both are, when they are one.
fn one_of(pieces: &[Piece], one: &Found, other: &Found, words: &Amounts) -> Option<(Value, Bound)> {
    let between = pieces.get(one.to..other.from)?;
    let (Value::One(low), Value::One(high)) = (one.number.value, other.number.value) else { return None };
    let same = one.number.unit == other.number.unit && measure(one) == measure(other);
    let bare = |f: &Found| f.number.unit == Unit::Thing && f.number.measured.is_none();
    if let Some(value) = coins(pieces, one, other, between) {
        return Some((Value::One(value), one.number.bound));
    }
    let sided = match (one.number.bound, other.number.bound) {
        (Bound::AtLeast, Bound::AtMost) => Some((low, high)),
        (Bound::AtMost, Bound::AtLeast) => Some((high, low)),
        _ => None,
    };
    if let Some((low, high)) = sided.filter(|(low, high)| low < high && (same || bare(one)) && links(between)) {
        return Some((Value::Range(low, high), Bound::Exact));
    }
    let with_unit = !bare(one) && same && other.number.bound == Bound::Exact;
    (with_unit && low < high && is_range(pieces, one, between, words)).then_some((Value::Range(low, high), one.number.bound))
}

fn measure(found: &Found) -> Option<&str> {
    found.number.measured.as_ref().map(|(name, _)| name.as_str())
}

/// *and*, *but*, a comma, and nothing else.
fn links(between: &[Piece]) -> bool {
    !between.is_empty() && between.iter().all(|p| matches!(p.lower.as_str(), "and" | "but" | "," | "or"))
}

/// *20% to 30%*, *$5 million - $6 million*, *between 44 kg and 50 kg*.
fn is_range(pieces: &[Piece], one: &Found, between: &[Piece], words: &Amounts) -> bool {
    // What the unit of the first is written with stands between.
    let skip = between.iter().position(|p| matches!(p.lower.as_str(), "to" | "and") || p.is_dash());
    let Some(link) = skip.filter(|&i| i + 1 == between.len() && (i == 0 || one.number.measured.is_some())).map(|i| &between[i])
    else {
        return false;
    };
    let before = one.from.checked_sub(1).map_or("", |i| pieces[i].lower.as_str());
    match link.lower.as_str() {
        // "rose by 3% to 12%" tells a change, too.
        "to" => !is_change(pieces, one.from, words),
        "and" => before == "between",
        _ => true,
    }
}

/// True when the number at `at` begins a change and no range: *rose from 20 to 30*.
pub fn is_change(pieces: &[Piece], at: usize, words: &Amounts) -> bool {
    pieces[at.saturating_sub(CHANGE_REACH)..at].iter().any(|p| p.kind == Kind::Word && words.is_change(&p.lower))
}

/// *20 dollars 43 cents*, *15 dollars and 50*.
fn coins(pieces: &[Piece], one: &Found, other: &Found, between: &[Piece]) -> Option<f64> {
    let and = between.is_empty() || between.len() == 1 && between[0].is("and");
    let (Value::One(whole), Value::One(part)) = (one.number.value, other.number.value) else { return None };
    let money = matches!(one.number.unit, Unit::Money(_)) && !one.hundredths && other.number.bound == Bound::Exact;
    if !and || !money || whole.fract() != 0.0 {
        return None;
    }
    // A bare number only where nothing follows that it could count.
    let closes = pieces.get(other.to).is_none_or(|p| p.kind == Kind::Sign && !p.is_dash() || p.is("more"));
    let bare = other.number.unit == Unit::Thing && part.fract() == 0.0 && (10.0..100.0).contains(&part) && closes;
    let coins = if other.hundredths {
        part
    } else if bare {
        part / 100.0
    } else {
        1.0
    };
    (coins < 1.0).then_some(whole + coins)
}

/// Makes `last` the quantity that both are.
fn take(last: &mut Found, next: Found, value: Value, bound: Bound) {
    let (one, other) = (&mut last.number, next.number);
    one.value = value;
    one.bound = bound;
    one.span = one.span.cover(other.span);
    one.body = one.body.cover(other.body);
    if one.unit == Unit::Thing {
        one.unit = other.unit;
    }
    one.measured = match (one.measured.take(), other.measured) {
        (Some((name, from)), Some((_, to))) => Some((name, from.cover(to))),
        (first, second) => first.or(second),
    };
    one.compound = other.compound;
    one.fraction = None;
    last.to = next.to;
}
