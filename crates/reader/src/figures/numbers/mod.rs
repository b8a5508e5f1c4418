//! Numbers as written, with what stands around them that belongs to them: words of exactness, money signs, percent.
//!
//! [`cardinal`] and [`fraction`] read the number itself, [`exactness`] and [`unit`] what stands around it, [`codes`] tells what only
//! looks like a number, [`joined`] makes one quantity of two (*more than 10 but less than 20*).

mod cardinal;
mod codes;
mod exactness;
mod fraction;
mod joined;
mod unit;

use crate::lexicon::amounts::Amounts;
use crate::scan::{Kind, Piece, pieces};
use cardinal::{Cardinal, cardinal};
use onrecord_record::{Bound, Value};
use onrecord_text::Span;

/// What is counted, as far as the number itself says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The noun says it.
    Thing,
    /// Money, with its ISO 4217 code.
    Money(String),
    /// Percent; also a fraction of a whole (*a quarter of citizens*).
    Percent,
}

/// One number of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The number with its bound, sign and unit.
    pub span: Span,
    /// The number with its sign and unit.
    pub body: Span,
    /// What it is.
    pub value: Value,
    /// How exact it is put.
    pub bound: Bound,
    /// What it counts.
    pub unit: Unit,
    /// The word *one*, which often counts nothing.
    pub one: bool,
    /// A plural that only says a magnitude (*dozens*).
    pub vague: bool,
    /// The word hyphenated behind it (*131-page*).
    pub compound: Option<String>,
    /// A fraction, as such: 0.25 for *a quarter*, whatever the unit makes of it.
    pub fraction: Option<f64>,
    /// The unit of measurement behind it, by its name in the table, and the span with it.
    pub measured: Option<(String, Span)>,
}

/// A number among the pieces of its sentence.
struct Found {
    number: Number,
    /// First piece, its bound included, and the piece behind it.
    from: usize,
    to: usize,
    /// Said in hundredths of its currency (*50 cents*).
    hundredths: bool,
}

/// Nothing that a report counts comes near; rows of digits do.
const LARGEST: f64 = 1e18;

/// All numbers in the part `within` of a text, in order. Ordinals, clock times, codes and parts of names with a hyphen are none.
pub fn numbers(text: &str, within: Span, words: &Amounts) -> Vec<Number> {
    let pieces = unit::apart(text, pieces(text, within), words);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let free = found.last().map_or(0, |last: &Found| last.to);
        match number_at(&pieces, at, free, words) {
            Some((number, next)) => {
                found.extend(number);
                at = next;
            }
            None => at += 1,
        }
    }
    joined::join(&pieces, found, words).into_iter().map(|f| f.number).collect()
}

/// The number that starts at piece `at`, and where to go on. `Some((None, next))`: digits that are no number. What stands before piece
/// `free` belongs to the number before.
fn number_at(pieces: &[Piece], at: usize, free: usize, words: &Amounts) -> Option<(Option<Found>, usize)> {
    if let Some(behind) = codes::address(pieces, at) {
        return Some((None, behind));
    }
    if codes::is_pronoun(pieces, at) {
        return Some((None, at + 1));
    }
    let fraction = fraction::fraction(pieces, at, words);
    let (cardinal, end) = match fraction {
        Some(part) if part.of_whole => (part.percent(), part.end),
        Some(part) => (Cardinal::exact(part.value, 1.0), part.end),
        None => range(pieces, at, words)?,
    };
    if !(0.0..LARGEST).contains(&cardinal.high) {
        return Some((None, end));
    }
    if fraction.is_none() && codes::is_code(pieces, at, end, words) {
        return Some((None, codes::end(pieces, end)));
    }
    let core = pieces[at].span.cover(pieces[end - 1].span);
    let mut number = Number {
        span: core,
        body: core,
        value: cardinal.value(),
        bound: if cardinal.about { Bound::About } else { Bound::Exact },
        unit: if fraction.is_some_and(|part| part.of_whole) { Unit::Percent } else { Unit::Thing },
        one: end == at + 1 && pieces[at].is("one"),
        vague: cardinal.vague,
        compound: None,
        fraction: fraction.map(|part| part.value).filter(|value| *value < 1.0),
        measured: None,
    };
    let mut first = at;
    let mut next = end;
    let mut hundredths = false;
    if number.unit == Unit::Thing {
        (next, hundredths) = unit::behind(pieces, next, words, &mut number);
        // "$-5" and "-$5"
        let inner = minus_before(pieces, at);
        if let Some((code, from)) = unit::sign_before(pieces, inner.unwrap_or(at), free, words) {
            first = from;
            number.unit = Unit::Money(code);
        }
        if number.compound.as_deref().is_some_and(codes::is_ordinal) {
            return Some((None, next));
        }
        if let Some(from) = inner.or_else(|| minus_before(pieces, first)) {
            first = first.min(from);
            number.value = negative(number.value);
            number.fraction = number.fraction.map(|value| -value);
        }
    }
    if number.unit != Unit::Thing {
        number.fraction = number.fraction.filter(|_| number.unit == Unit::Percent && fraction.is_some_and(|part| part.of_whole));
    }
    number.body = pieces[first].span.cover(pieces[next - 1].span);
    if let Some((bound, to)) = exactness::behind(pieces, next, words) {
        number.bound = exactness::stronger(number.bound, bound);
        number.compound = None;
        next = to;
    }
    if let Some((bound, from)) = exactness::in_front(pieces, first, words) {
        number.bound = exactness::stronger(number.bound, bound);
        first = from;
    }
    // "more than half", "larger than a third": of something that needs no saying.
    if let Some(part) = fraction.filter(|part| number.unit == Unit::Thing && part.value < 1.0 && number.bound != Bound::Exact) {
        number.unit = Unit::Percent;
        number.value = part.percent().value();
    }
    let between = matches!(number.value, Value::Range(..)) && !number.vague && first > 0 && pieces[first - 1].is("between");
    first -= usize::from(between);
    number.span = pieces[first].span.cover(pieces[next - 1].span);
    Some((Some(Found { number, from: first, to: next, hundredths }), next))
}

/// *3,000 to 5,000*, *10-15*, *between 10 and 15*, *two or three*; else the single number.
fn range(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Cardinal, usize)> {
    let (low, end) = cardinal(pieces, at, words)?;
    let single = Some((low, end));
    let Some(link) = pieces.get(end) else { return single };
    let before = |n: usize| at.checked_sub(n).map_or("", |i| pieces[i].lower.as_str());
    let joins = match link.lower.as_str() {
        "to" | "through" => !matches!(before(1), "from" | "by") || !joined::is_change(pieces, at, words),
        "and" => before(1) == "between",
        "or" => pieces[at].kind == Kind::Word && low.high < 10.0,
        _ => link.is_dash() || link.is("~"),
    };
    // "8- to 16-metre"
    let next = end + 1 + usize::from(link.is_dash() && link.glued && pieces.get(end + 1).is_some_and(|p| p.is("to")));
    let upper = if joins { cardinal(pieces, unit::skip_sign(pieces, next, words), words) } else { None };
    match upper {
        // "2 to 3 million" counts both in millions; "910-432-3383" goes on and is a code.
        Some((high, to)) if !low.vague && !high.vague => {
            let factor = if low.scale == 1.0 && high.scale > 1.0 && low.low < high.low / high.scale { high.scale } else { 1.0 };
            let low = low.low * factor;
            if low < high.high { Some((Cardinal { low, about: link.is("or"), ..high }, to)) } else { single }
        }
        _ => single,
    }
}

/// Where the sign of a number below nought stands: *-5*, *minus five*, *negative 2%*.
fn minus_before(pieces: &[Piece], first: usize) -> Option<usize> {
    let sign = first.checked_sub(1)?;
    let apart = !pieces[sign].glued || sign > 0 && matches!(pieces[sign - 1].text, "(" | "<" | "=" | ">" | "$" | "€" | "£");
    let minus = matches!(pieces[sign].text, "-" | "−") && pieces[first].glued && apart;
    (minus || matches!(pieces[sign].lower.as_str(), "minus" | "negative")).then_some(sign)
}

/// The same amount on the other side of nought.
pub fn negative(value: Value) -> Value {
    match value {
        Value::One(n) => Value::One(-n),
        Value::Range(low, high) => Value::Range(-high, -low),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn read(text: &str) -> Vec<(String, Value, Bound, Unit)> {
        let lexicon = Lexicon::builtin();
        numbers(text, Span::new(0, text.len()), &lexicon.amounts)
            .into_iter()
            .map(|n| (text[n.span.range()].to_string(), n.value, n.bound, n.unit))
            .collect()
    }

    fn one(text: &str) -> (Value, Bound) {
        let all = read(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        (all[0].1, all[0].2)
    }

    #[test]
    fn values_and_bounds() {
        use Bound::{About, AtLeast, AtMost, Exact};
        for (text, value, bound) in [
            ("1,400 bombs", 1400.0, Exact),
            ("2.5 million people", 2.5e6, Exact),
            ("Over 24K masks", 24e3, AtLeast),
            ("two hundred and fifty thousand men", 250e3, Exact),
            ("Twenty-one boats", 21.0, Exact),
            ("half a million refugees", 5e5, Exact),
            ("a dozen shells", 12.0, Exact),
            ("nearly a hundred homes", 100.0, About),
            ("a 60-plus nation group", 60.0, AtLeast),
            ("20 or so trucks", 20.0, About),
            ("200 more were saved", 200.0, Exact),
            ("no fewer than ten wells", 10.0, AtLeast),
            ("up to 300 ships", 300.0, AtMost),
            ("fewer than 5 votes", 5.0, AtMost),
            ("two and a half million voters", 2.5e6, Exact),
            ("only about 40 left", 40.0, About),
        ] {
            assert_eq!(one(text), (Value::One(value), bound), "{text}");
        }
    }

    #[test]
    fn ranges_and_magnitudes() {
        for (text, low, high, bound) in [
            ("3,000 to 5,000 troops", 3e3, 5e3, Bound::Exact),
            ("between 10 and 15 tanks", 10.0, 15.0, Bound::Exact),
            ("10–15 tanks", 10.0, 15.0, Bound::Exact),
            ("2 to 3 million people", 2e6, 3e6, Bound::Exact),
            ("dozens of missiles", 24.0, 99.0, Bound::About),
            ("tens of thousands of men", 2e4, 99_999.0, Bound::About),
            ("hundreds of thousands fled", 2e5, 999_999.0, Bound::About),
            ("more than several hundred shells", 200.0, 999.0, Bound::AtLeast),
        ] {
            assert_eq!(one(text), (Value::Range(low, high), bound), "{text}");
        }
    }

    #[test]
    fn money_and_shares() {
        let money = |code: &str| Unit::Money(code.into());
        for (text, words, value, unit) in [
            ("owes $500 billion.", "$500 billion", 5e11, money("USD")),
            ("cost NZ $ 26 million", "NZ $ 26 million", 26e6, money("NZD")),
            ("paid £2.5m", "£2.5m", 2.5e6, money("GBP")),
            ("about 3bn euros.", "about 3bn euros", 3e9, money("EUR")),
            ("40 per cent of it", "40 per cent", 40.0, Unit::Percent),
            ("a 50% stake", "50%", 50.0, Unit::Percent),
            ("a quarter of voters", "a quarter", 25.0, Unit::Percent),
            ("nine out of ten homes", "nine out of ten", 90.0, Unit::Percent),
        ] {
            let all = read(text);
            assert_eq!(all[0].0, words, "{text}");
            assert_eq!((all[0].1, all[0].3.clone()), (Value::One(value), unit), "{text}");
        }
        assert_eq!(read("millions of dollars")[0].3, money("USD"));
    }

    #[test]
    fn signs_decimals_and_groups() {
        for (text, value) in [
            ("minus five percent", -5.0),
            ("a swing of -2.4%", -2.4),
            ("nine point four", 9.4),
            ("two point two million voters", 2.2e6),
            ("40 000 tonnes", 40e3),
            ("1 414 021 people", 1_414_021.0),
            ("12,34,567 voters", 1_234_567.0),
            ("4 thousand 3 hundred men", 4300.0),
            ("3 hundred and 21 men", 321.0),
            ("a hundred and two men", 102.0),
            ("three dozens", 36.0),
            ("a quarter million homes", 250e3),
            ("three thousand million", 3e9),
        ] {
            assert_eq!(one(text).0, Value::One(value), "{text}");
        }
    }

    #[test]
    fn two_hundreds_are_two_numbers() {
        let values: Vec<_> = read("three hundred and two hundred").into_iter().map(|n| n.1).collect();
        assert_eq!(values, [Value::One(300.0), Value::One(200.0)]);
    }

    #[test]
    fn two_numbers_that_are_one_quantity() {
        for (text, low, high) in [
            ("more than 10 but fewer than 20 boats", 10.0, 20.0),
            ("at most 100 and at least 20 boats", 20.0, 100.0),
            ("20% to 30%", 20.0, 30.0),
            ("$5 million to $6 million", 5e6, 6e6),
            ("an 8- to 16-metre wall", 8.0, 16.0),
            ("from 200 to 300 boats", 200.0, 300.0),
        ] {
            assert_eq!(one(text).0, Value::Range(low, high), "{text}");
        }
        for text in ["rose from 200 to 300", "fell by 3% to 12%", "more than 40 and less than 10"] {
            assert_eq!(read(text).len(), 2, "{text}");
        }
    }

    #[test]
    fn coins_and_codes_of_money() {
        let money = |code: &str| Unit::Money(code.into());
        for (text, value, unit) in [
            ("50 cents", 0.5, money("USD")),
            ("20 dollars and 43 cents", 20.43, money("USD")),
            ("it costs 15 dollars 50.", 15.5, money("USD")),
            ("USD115.5", 115.5, money("USD")),
            ("115USD", 115.0, money("USD")),
            ("usd$ 15", 15.0, money("USD")),
            ("75 USD million", 75e6, money("USD")),
            ("30 MEUR", 30e6, money("EUR")),
            ("A $5 fee", 5.0, money("USD")),
        ] {
            let all = read(text);
            assert_eq!((all.len(), all[0].1, all[0].3.clone()), (1, Value::One(value), unit), "{text}");
        }
        assert_eq!(read("10 rmb 20 usd").len(), 2);
    }

    #[test]
    fn fractions_and_mixed_numbers() {
        let lexicon = Lexicon::builtin();
        let fraction = |text: &str| numbers(text, Span::new(0, text.len()), &lexicon.amounts)[0].fraction;
        for (text, value) in
            [("three quarters", 0.75), ("3/4 mile", 0.75), ("½ cup", 0.5), ("one in five homes", 0.2), ("a fifth of it", 0.2)]
        {
            assert_eq!(fraction(text), Some(value), "{text}");
        }
        for (text, value) in [("10 1/2 miles", 10.5), ("three and a quarter million", 3.25e6), ("two million and a half", 2.5e6)] {
            assert_eq!(one(text).0, Value::One(value), "{text}");
        }
    }

    #[test]
    fn codes_are_no_numbers() {
        for text in [
            "F-16 jets",
            "at 15:11 GMT",
            "9/11",
            "call 910-432-3383 now",
            "the 507th wing",
            "No. 10",
            "his number one aim",
            "the twenty-first day",
            "see https://example.org/a?b=30%25",
            "this one",
            "a third man",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
