//! From number words and digits to values.

use crate::lexicon::amounts::{Amounts, NumberClass};
use crate::scan::{Kind, Piece};
use onrecord_record::Value;

/// A number or magnitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cardinal {
    /// Lowest value meant.
    pub low: f64,
    /// Highest value meant.
    pub high: f64,
    /// The magnitude words in it: 10^6 for *2.5 million*, 1 for *25*.
    pub scale: f64,
    /// A plural that only says a magnitude.
    pub vague: bool,
    /// Not meant exactly, by its very words.
    pub about: bool,
}

impl Cardinal {
    fn exact(value: f64, scale: f64) -> Self {
        Cardinal { low: value, high: value, scale, vague: false, about: false }
    }

    /// As a record holds it.
    pub fn value(&self) -> Value {
        // Sums of decimals: 2.3 million is no 2299999.9999999995.
        let tidy = |v: f64| if v.abs() < 1e15 { (v * 1e6).round() / 1e6 } else { v };
        if self.low == self.high { Value::One(tidy(self.low)) } else { Value::Range(tidy(self.low), tidy(self.high)) }
    }
}

/// The number that starts at piece `at`, and the piece behind it.
pub fn cardinal(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Cardinal, usize)> {
    let piece = pieces.get(at)?;
    match piece.kind {
        Kind::Digits => digits(pieces, at, words),
        Kind::Word => magnitude(pieces, at, words).or_else(|| spelled(pieces, at, words)),
        Kind::Sign => None,
    }
}

fn class_at(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(NumberClass, f64)> {
    let piece = pieces.get(at).filter(|p| p.kind == Kind::Word)?;
    words.word(&piece.lower).map(|w| (w.class, w.low))
}

/// Factor of the magnitude words at `at`, also behind a hyphen (*10-million*, *5 hundred thousand*), and the piece behind them.
fn scales(pieces: &[Piece], mut at: usize, words: &Amounts) -> (f64, usize) {
    let mut factor = 1.0;
    loop {
        let i = at + usize::from(pieces.get(at).is_some_and(|p| p.is_dash() && p.glued));
        match class_at(pieces, i, words) {
            Some((NumberClass::Hundred | NumberClass::Scale | NumberClass::Dozen, value)) => factor *= value,
            _ => return (factor, at),
        }
        at = i + 1;
    }
}

/// *267*, *1,400*, *2.5 million*, *24K*.
fn digits(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Cardinal, usize)> {
    let value: f64 = pieces[at].text.replace(',', "").parse().ok()?;
    let mark = pieces.get(at + 1).filter(|p| p.kind == Kind::Word && (p.glued || p.lower.len() >= 2));
    if let Some(factor) = mark.and_then(|p| words.mark(&p.lower)) {
        return Some((Cardinal::exact(value * factor, factor), at + 2));
    }
    let (factor, end) = scales(pieces, at + 1, words);
    Some((Cardinal::exact(value * factor, factor), end))
}

/// *dozens*, *tens of thousands*, *several hundred*.
fn magnitude(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Cardinal, usize)> {
    let first = words.word(&pieces[at].lower)?;
    match first.class {
        NumberClass::Vague => {
            let second =
                pieces.get(at + 1).filter(|p| p.is("of")).and_then(|_| pieces.get(at + 2)).and_then(|p| words.word(&p.lower));
            let (low, high, end) = match second.filter(|w| w.class == NumberClass::Vague) {
                // Thousands are [2000, 9999]: the unit is half of the low end.
                Some(unit) => (first.low * unit.low / 2.0, (first.high + 1.0) * unit.low / 2.0 - 1.0, at + 3),
                // "in their tens" alone says nothing.
                None if first.low < 24.0 => return None,
                None => (first.low, first.high, at + 1),
            };
            Some((Cardinal { low, high, scale: 1.0, vague: true, about: true }, end))
        }
        NumberClass::Some => {
            let next = at + 1 + usize::from(pieces.get(at + 1).is_some_and(|p| p.is("of")));
            let (factor, end) = scales(pieces, next, words);
            let high = if first.high > first.low { (first.high + 1.0) * factor - 1.0 } else { first.high * factor };
            (factor > 1.0).then_some((Cardinal { low: first.low * factor, high, scale: factor, vague: false, about: true }, end))
        }
        _ => None,
    }
}

/// *twenty-one*, *two hundred and fifty thousand*, *a dozen*, *half a million*, *two and a half million*.
fn spelled(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Cardinal, usize)> {
    let is = |i: usize, word: &str| pieces.get(i).is_some_and(|p| p.is(word));
    let article = |i: usize| is(i, "a") || is(i, "an");
    if is(at, "half") {
        let next = (at + 1..at + 4).find(|&i| !(article(i) || pieces.get(i).is_some_and(Piece::is_dash)))?;
        let (factor, end) = scales(pieces, next, words);
        return (factor > 1.0).then_some((Cardinal::exact(factor / 2.0, factor), end));
    }
    if article(at) {
        let (factor, end) = scales(pieces, at + 1, words);
        return (factor > 1.0).then_some((Cardinal::exact(factor, factor), end));
    }
    let mut total = 0.0;
    // What the next magnitude word will multiply, and the class of the last word in it.
    let mut current = 0.0;
    let mut last: Option<NumberClass> = None;
    let mut scale = 1.0;
    let mut end = at;
    loop {
        let mut i = end;
        let joined = last.is_some()
            && (pieces.get(i).is_some_and(|p| p.is_dash() && p.glued)
                || (is(i, "and") && current >= 100.0)
                || (is(i, "and") && scale > 1.0));
        if joined {
            i += 1;
        }
        if last.is_some() && is(end, "and") && is(end + 1, "a") && is(end + 2, "half") {
            let (factor, to) = scales(pieces, end + 3, words);
            current += 0.5;
            if factor > 1.0 {
                return Some((Cardinal::exact(total + current * factor, factor), to));
            }
            end += 3;
            break;
        }
        let Some((class, value)) = class_at(pieces, i, words) else { break };
        use NumberClass::{Dozen, Hundred, Scale, Teen, Tens, Unit};
        match (class, last) {
            (Unit, None | Some(Tens | Hundred | Scale)) | (Teen | Tens, None | Some(Hundred | Scale)) => current += value,
            (Hundred, Some(Unit | Teen)) => current *= value,
            (Scale, Some(Unit | Teen | Tens | Hundred)) => {
                total += current * value;
                current = 0.0;
                scale = value;
            }
            (Dozen, Some(Unit | Teen)) => {
                current *= value;
                end = i + 1;
                break;
            }
            _ => break,
        }
        last = Some(class);
        end = i + 1;
    }
    // "two and a half": the word before the break may have been the only one.
    (end > at).then_some((Cardinal::exact(total + current, scale), end))
}

/// A part of a whole in percent: *a third of*, *two-thirds of*, *half the*, *one in three*.
pub fn part(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Cardinal, usize)> {
    let is = |i: usize, word: &str| pieces.get(i).is_some_and(|p| p.is(word));
    let share = |count: f64, low: f64, high: f64| {
        let (low, high) = (low * count, high * count);
        Cardinal { low, high, scale: 1.0, vague: false, about: false }
    };
    let fraction = |i: usize| words.word(&pieces.get(i)?.lower).filter(|w| w.class == NumberClass::Part);
    let of_follows = |i: usize| is(i, "of");
    if is(at, "half") {
        let whole = of_follows(at + 1) || is(at + 1, "the") || is(at + 1, "its") || is(at + 1, "their");
        return whole.then_some((share(1.0, 50.0, 50.0), at + 1));
    }
    if is(at, "a") || is(at, "an") {
        let word = fraction(at + 1).filter(|_| of_follows(at + 2))?;
        return Some((share(1.0, word.low, word.high), at + 2));
    }
    let (count, end) = cardinal(pieces, at, words).filter(|(c, _)| c.low == c.high && c.low > 0.0 && c.scale == 1.0)?;
    // "two-thirds of"
    let hyphen = usize::from(pieces.get(end).is_some_and(Piece::is_dash));
    if let Some(word) = fraction(end + hyphen).filter(|_| of_follows(end + hyphen + 1) && count.low < 10.0) {
        return Some((share(count.low, word.low, word.high), end + hyphen + 1));
    }
    // "one in three", "nine out of ten"
    let next = if is(end, "in") {
        end + 1
    } else if is(end, "out") && is(end + 1, "of") {
        end + 2
    } else {
        return None;
    };
    let every = usize::from(is(next, "every"));
    let (whole, to) = cardinal(pieces, next + every, words).filter(|(c, _)| c.low == c.high && c.low > count.low)?;
    if is(end, "in") && (whole.low > 100.0 || whole.low < 2.0 || (whole.low > 10.0 && every == 0)) {
        return None;
    }
    let percent = 100.0 * count.low / whole.low;
    let exact = percent.fract() == 0.0;
    Some((share(1.0, if exact { percent } else { percent.floor() }, if exact { percent } else { percent.ceil() }), to))
}
