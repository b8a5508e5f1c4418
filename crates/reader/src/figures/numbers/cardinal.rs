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
    /// A number meant exactly.
    pub fn exact(value: f64, scale: f64) -> Self {
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

/// Factor of the magnitude words at `at`, also behind a hyphen (*10-million*, *5 hundred thousand*, *3 dozens*), and the piece behind
/// them.
fn scales(pieces: &[Piece], mut at: usize, words: &Amounts) -> (f64, usize) {
    let mut factor = 1.0;
    loop {
        let i = at + usize::from(pieces.get(at).is_some_and(|p| p.is_dash() && p.glued));
        match scale_at(pieces, i, words) {
            Some((_, value)) => factor *= value,
            _ => return (factor, at),
        }
        at = i + 1;
    }
}

/// A word that multiplies what stands before it; behind a number plurals do as well (*two hundreds*).
fn scale_at(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(NumberClass, f64)> {
    use NumberClass::{Dozen, Hundred, Scale, Vague};
    match class_at(pieces, at, words)? {
        (class @ (Hundred | Scale | Dozen), value) => Some((class, value)),
        // Thousands are [2000, 9999]: the unit is half of the low end. "5 tens of" is nothing that is written.
        (Vague, low) if low >= 24.0 && !pieces[at].is("scores") => match low / 2.0 {
            12.0 => Some((Dozen, 12.0)),
            100.0 => Some((Hundred, 100.0)),
            unit => Some((Scale, unit)),
        },
        _ => None,
    }
}

/// *267*, *1,400*, *2.5 million*, *24K*, *40 000*, *3 hundred and 21*.
fn digits(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Cardinal, usize)> {
    let (mut value, mut end) = grouped(pieces, at)?;
    if let Some((decimals, to)) = decimals(pieces, end, words).filter(|_| value.fract() == 0.0) {
        (value, end) = (value + decimals, to);
    }
    let money = at > 0 && words.sign(pieces[at - 1].text).is_some();
    let mark = pieces.get(end).filter(|p| p.kind == Kind::Word && (p.glued || p.lower.len() >= 2 || p.is("k")));
    // "7.62mm" and "100t" are measured, "$7mm" and "£1t" are not.
    let mark = mark.filter(|p| money || !matches!(p.text, "mm" | "t"));
    if let Some(factor) = mark.and_then(|p| words.mark(&p.lower)) {
        return Some((Cardinal::exact(value * factor, factor), end + 1));
    }
    let (factor, to) = scales(pieces, end, words);
    value *= factor;
    end = to;
    // "4 thousand 3 hundred", "3 hundred and 21"; a million and something is written in digits.
    let joined = usize::from(factor <= 1000.0 && pieces.get(end).is_some_and(|p| p.is("and")));
    let whole = |p: &Piece| p.kind == Kind::Digits && !p.text.contains(['.', ',']);
    let next = pieces.get(end + joined).filter(|p| factor > 1.0 && (joined == 1 || whole(p)));
    let rest = next.and_then(|p| if whole(p) { digits(pieces, end + joined, words) } else { spelled(pieces, end + joined, words) });
    if let Some((rest, to)) = rest
        && rest.low >= 1.0
        && rest.high < factor
        && (rest.scale > 1.0 || joined == 1)
        && rest.scale < factor
    {
        return Some((Cardinal::exact(value + rest.low, factor), to));
    }
    Some((Cardinal::exact(value, factor), end))
}

/// Digits with their separators, also groups of three behind spaces: *1 414 021*, *40 000*.
fn grouped(pieces: &[Piece], at: usize) -> Option<(f64, usize)> {
    let first = pieces[at].text;
    let mut written = first.replace(',', "");
    let mut end = at + 1;
    let group = |p: &&Piece| {
        let whole = p.text.split('.').next().unwrap_or("");
        p.kind == Kind::Digits && !p.glued && whole.len() == 3
    };
    if first.len() <= 3 && !first.contains('.') && !first.starts_with('0') {
        while let Some(piece) = pieces.get(end).filter(group).filter(|_| !written.contains('.')) {
            written.push_str(piece.text);
            end += 1;
        }
        // Two numbers side by side are more often two: "Flight 12 345 people".
        let round = written.ends_with("00") || end > at + 2;
        if !round {
            return Some((first.parse().ok()?, at + 1));
        }
    }
    Some((written.parse().ok()?, end))
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

/// *twenty-one*, *two hundred and fifty thousand*, *a dozen*, *half a million*, *two and a half million*, *nine point four*.
fn spelled(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Cardinal, usize)> {
    let is = |i: usize, word: &str| pieces.get(i).is_some_and(|p| p.is(word));
    let article = |i: usize| is(i, "a") || is(i, "an");
    if let Some(found) = part_of_magnitude(pieces, at, words) {
        return Some(found);
    }
    let mut sum = Sum::default();
    let mut end = at;
    if article(at) {
        // "a hundred and two": the article counts one.
        class_at(pieces, at + 1, words).filter(|(class, _)| is_scale(*class))?;
        sum.add(NumberClass::Unit, 1.0);
        end = at + 1;
    }
    // Before the last "and", for when what follows it turns out to be another number.
    let mut before_and: Option<(Sum, usize)> = None;
    loop {
        let begun = sum.last.is_some();
        if begun && is(end, "and") && is(end + 1, "a") && is(end + 2, "half") {
            let (factor, to) = scales(pieces, end + 3, words);
            // "one million and a half" is said of millions.
            let unit = if factor == 1.0 && sum.current == 0.0 { sum.scale } else { factor };
            let value = sum.total + sum.current * factor + 0.5 * unit;
            return Some((Cardinal::exact(value, factor.max(sum.scale)), to));
        }
        let and = begun && is(end, "and") && (sum.current >= 100.0 || sum.scale > 1.0);
        let dash = begun && pieces.get(end).is_some_and(Piece::is_dash) && is_compound(pieces, end, words);
        let i = end + usize::from(and || dash);
        let Some((class, value)) = scale_at(pieces, i, words).filter(|_| begun).or_else(|| class_at(pieces, i, words)) else {
            break;
        };
        if and {
            before_and = Some((sum, end));
        }
        if !sum.add(class, value) {
            if class == NumberClass::Hundred {
                (sum, end) = before_and.unwrap_or((sum, end));
            }
            break;
        }
        end = i + 1;
        if class == NumberClass::Dozen {
            break;
        }
    }
    if let Some((decimals, to)) = decimals(pieces, end, words).filter(|_| sum.last.is_some()) {
        let (factor, to) = scales(pieces, to, words);
        return Some((Cardinal::exact((sum.total + sum.current + decimals) * factor, factor), to));
    }
    (end > at && sum.last.is_some()).then_some((Cardinal::exact(sum.total + sum.current, sum.scale), end))
}

/// *half a million*, *half a dozen*, *a quarter million*.
fn part_of_magnitude(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Cardinal, usize)> {
    let is = |i: usize, word: &str| pieces.get(i).is_some_and(|p| p.is(word));
    let article = |i: usize| is(i, "a") || is(i, "an");
    let part = at + usize::from(article(at));
    let share = if is(part, "half") { 0.5 } else { 0.25 };
    if share < 0.5 && !is(part, "quarter") {
        return None;
    }
    let next = (part + 1..part + 4).find(|&i| !(article(i) || pieces.get(i).is_some_and(Piece::is_dash)))?;
    let (factor, end) = scales(pieces, next, words);
    (factor > 1.0).then_some((Cardinal::exact(factor * share, factor), end))
}

fn is_scale(class: NumberClass) -> bool {
    matches!(class, NumberClass::Hundred | NumberClass::Scale | NumberClass::Dozen)
}

/// A hyphen, also one with spaces, inside *fifty-two*; elsewhere it must touch its words.
fn is_compound(pieces: &[Piece], dash: usize, words: &Amounts) -> bool {
    let tens = dash > 0 && class_at(pieces, dash - 1, words).is_some_and(|(class, _)| class == NumberClass::Tens);
    let unit = class_at(pieces, dash + 1, words).is_some_and(|(class, value)| class == NumberClass::Unit && value > 0.0);
    pieces[dash].glued || (tens && unit)
}

/// A number in words as far as it is read.
#[derive(Clone, Copy)]
struct Sum {
    total: f64,
    /// What the next magnitude word will multiply.
    current: f64,
    last: Option<NumberClass>,
    scale: f64,
}

impl Default for Sum {
    fn default() -> Self {
        Sum { total: 0.0, current: 0.0, last: None, scale: 1.0 }
    }
}

impl Sum {
    /// Takes the next word; false when it belongs to no such number.
    fn add(&mut self, class: NumberClass, value: f64) -> bool {
        use NumberClass::{Dozen, Hundred, Scale, Teen, Tens, Unit};
        match (class, self.last) {
            (Unit, None | Some(Tens | Hundred | Scale)) | (Teen | Tens, None | Some(Hundred | Scale)) => self.current += value,
            // "three hundred and two hundred" are two numbers.
            (Hundred, Some(Unit | Teen)) if self.current < 100.0 => self.current *= value,
            (Scale, Some(Unit | Teen | Tens | Hundred)) => {
                self.total += self.current * value;
                self.current = 0.0;
                self.scale = value;
            }
            // "three thousand million"
            (Scale, Some(Scale)) => {
                self.total *= value;
                self.scale *= value;
            }
            (Dozen, Some(Unit | Teen | Tens | Hundred)) => self.current *= value,
            _ => return false,
        }
        self.last = Some(class);
        true
    }
}

/// *point zero three*, *point seventy-one*: the decimals, and the piece behind them.
fn decimals(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(f64, usize)> {
    pieces.get(at).filter(|p| p.is("point"))?;
    let mut written = String::from("0.");
    let mut end = at + 1;
    while let Some(piece) = pieces.get(end) {
        let digits = piece.kind == Kind::Digits && !piece.text.contains(['.', ',']);
        match class_at(pieces, end, words) {
            _ if digits => written.push_str(piece.text),
            Some((NumberClass::Unit, value)) => written.push_str(&value.to_string()),
            Some((NumberClass::Teen, value)) if written.ends_with('.') => written.push_str(&value.to_string()),
            Some((NumberClass::Tens, value)) if written.ends_with('.') => {
                // "seventy-one": the unit takes the place of the nought.
                let next = end + 1 + usize::from(pieces.get(end + 1).is_some_and(Piece::is_dash));
                let unit = class_at(pieces, next, words).filter(|(class, _)| *class == NumberClass::Unit);
                written.push_str(&(value + unit.map_or(0.0, |(_, unit)| unit)).to_string());
                return Some((written.parse().ok()?, if unit.is_some() { next + 1 } else { end + 1 }));
            }
            _ => break,
        }
        end += 1;
    }
    (end > at + 1).then(|| written.parse().ok().map(|value| (value, end)))?
}
