//! Parts of a whole: *a third*, *two-thirds*, *3/4*, *½*, *one in three*, *nine out of ten*; and what ends in one: *two and a quarter*.

use super::cardinal::{Cardinal, cardinal};
use crate::lexicon::amounts::{Amounts, NumberClass};
use crate::scan::{Kind, Piece};

/// A fraction as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fraction {
    /// Its value: 0.25 for *a quarter*, 2.25 for *two and a quarter*.
    pub value: f64,
    /// Said of a whole: *a quarter of*, *one in four*.
    pub of_whole: bool,
    /// Behind it.
    pub end: usize,
}

impl Fraction {
    /// In percent: a range of whole percents where it does not come out even.
    pub fn percent(&self) -> Cardinal {
        let percent = (self.value * 1e8).round() / 1e6;
        Cardinal { low: percent.floor(), high: percent.ceil(), scale: 1.0, vague: false, about: false }
    }
}

/// The fraction that starts at piece `at`.
pub fn fraction(pieces: &[Piece], at: usize, words: &Amounts) -> Option<Fraction> {
    let found = signs(pieces, at, words).or_else(|| half(pieces, at, words)).or_else(|| spelled(pieces, at, words));
    found.or_else(|| proportion(pieces, at, words))
}

fn is(pieces: &[Piece], at: usize, word: &str) -> bool {
    pieces.get(at).is_some_and(|p| p.is(word))
}

/// With the words behind it that multiply it (*one and a quarter million*), and whether it is a part *of* something.
fn finished(pieces: &[Piece], value: f64, end: usize, words: &Amounts) -> Fraction {
    match pieces.get(end).and_then(|p| words.word(&p.lower)).filter(|w| matches!(w.class, NumberClass::Scale)) {
        Some(scale) => Fraction { value: value * scale.low, of_whole: false, end: end + 1 },
        None => Fraction { value, of_whole: value < 1.0 && is(pieces, end, "of"), end },
    }
}

/// *½*, *2½*, *3/4*, *10 1/2*.
fn signs(pieces: &[Piece], at: usize, words: &Amounts) -> Option<Fraction> {
    if let Some((part, end)) = slashed(pieces, at).or_else(|| vulgar(pieces, at)) {
        return Some(finished(pieces, part, end, words));
    }
    let whole: f64 = pieces.get(at).filter(|p| p.kind == Kind::Digits)?.text.parse().ok()?;
    let (part, end) = vulgar(pieces, at + 1).or_else(|| slashed(pieces, at + 1).filter(|_| !pieces[at + 1].glued))?;
    Some(finished(pieces, whole + part, end, words))
}

fn vulgar(pieces: &[Piece], at: usize) -> Option<(f64, usize)> {
    let value = match pieces.get(at)?.text {
        "½" => 0.5,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅕" => 0.2,
        "⅖" => 0.4,
        "⅗" => 0.6,
        "⅘" => 0.8,
        "⅙" => 1.0 / 6.0,
        "⅚" => 5.0 / 6.0,
        "⅛" => 0.125,
        "⅜" => 0.375,
        "⅝" => 0.625,
        "⅞" => 0.875,
        _ => return None,
    };
    Some((value, at + 1))
}

/// *3/4*; not *9/11*, *24/7*, *5/17/2018*.
fn slashed(pieces: &[Piece], at: usize) -> Option<(f64, usize)> {
    let digits = |i: usize| -> Option<f64> { pieces.get(i).filter(|p| p.kind == Kind::Digits)?.text.parse().ok() };
    let first = pieces.get(at)?;
    let alone = !first.glued || at == 0 || matches!(pieces[at - 1].text, "-" | "−" | "(" | "$");
    let glued = |i: usize| pieces.get(i).is_some_and(|p| p.glued);
    let joined = |i: usize| glued(i) && matches!(pieces[i].text, "/" | "-" | ":");
    if !is(pieces, at + 1, "/") || !glued(at + 1) || !glued(at + 2) || !alone || joined(at + 3) {
        return None;
    }
    let (part, whole) = (digits(at)?, digits(at + 2)?);
    // The parts that people write so; others are dates and names.
    let usual = part < whole && part.fract() == 0.0 && matches!(whole as u32, 2..=6 | 8 | 10 | 16 | 20 | 32 | 40 | 64 | 100);
    usual.then_some((part / whole, at + 3))
}

/// *half the*, *a half*, *half of*.
fn half(pieces: &[Piece], at: usize, words: &Amounts) -> Option<Fraction> {
    let article = usize::from(is(pieces, at, "a"));
    let end = at + article + 1;
    if !is(pieces, end - 1, "half") || pieces.get(end).is_some_and(|p| p.is_dash() && p.glued) {
        return None;
    }
    let ordinal = at > 0 && matches!(pieces[at - 1].lower.as_str(), "first" | "second" | "other" | "a" | "the" | "and");
    // "half a million", "half million", "a half dozen" are numbers.
    let number = (end..end + 2).any(|i| pieces.get(i).and_then(|p| words.word(&p.lower)).is_some_and(|w| w.low >= 10.0));
    let of_whole =
        matches!(pieces.get(end).map(|p| p.lower.as_str()), Some("of" | "the" | "its" | "their" | "his" | "her" | "our"));
    (!ordinal && !number).then_some(Fraction { value: 0.5, of_whole, end })
}

/// *a third*, *two-thirds*, *one twenty-fifth*, *five and a quarter*, *twenty and three fifths*.
fn spelled(pieces: &[Piece], at: usize, words: &Amounts) -> Option<Fraction> {
    let article = |i: usize| is(pieces, i, "a") || is(pieces, i, "an");
    if article(at)
        && let Some((parts, end)) = denominator(pieces, at + 1, words)
    {
        return closes(pieces, end).then(|| finished(pieces, 1.0 / parts, end, words));
    }
    let (whole, end) = cardinal(pieces, at, words).filter(|(c, _)| c.low == c.high && !c.about)?;
    if is(pieces, end, "and") {
        let (count, from) = if article(end + 1) {
            (1.0, end + 2)
        } else {
            let (count, from) = cardinal(pieces, end + 1, words).filter(|(c, _)| c.low == c.high)?;
            (count.low, from)
        };
        let (parts, end) = denominator(pieces, hyphened(pieces, from), words).filter(|(parts, _)| count < *parts)?;
        return Some(mixed(pieces, whole, count / parts, end, words));
    }
    let (parts, behind) = denominator(pieces, hyphened(pieces, end), words)?;
    // "five billion and three quarters": the last word counts the quarters.
    let last = cardinal(pieces, end - 1, words)
        .filter(|(c, to)| *to == end && c.low < parts && end > at + 2 && is(pieces, end - 2, "and"));
    if let Some((count, _)) = last {
        let whole = Cardinal { low: whole.low - count.low, ..whole };
        return Some(mixed(pieces, whole, count.low / parts, behind, words));
    }
    let end = behind;
    let plural = pieces[end - 1].lower.ends_with('s') || is(pieces, end - 1, "halves");
    // "three quarters", "one third"; "two third places" counts places.
    (whole.low > 0.0 && plural != (whole.low == 1.0)).then(|| finished(pieces, whole.low / parts, end, words))
}

/// *one and a quarter million*, *three million and a quarter* (said of millions), *one billion and a quarter million*.
fn mixed(pieces: &[Piece], whole: Cardinal, part: f64, end: usize, words: &Amounts) -> Fraction {
    let scale = pieces.get(end).and_then(|p| words.word(&p.lower)).filter(|w| w.class == NumberClass::Scale).map(|w| w.low);
    let value = match scale {
        Some(scale) if scale < whole.scale => whole.low + part * scale,
        Some(scale) => (whole.low + part) * scale,
        None => whole.low + part * if whole.scale >= 1e6 { whole.scale } else { 1.0 },
    };
    Fraction { value, of_whole: false, end: end + usize::from(scale.is_some()) }
}

/// Behind a hyphen, with spaces or without.
fn hyphened(pieces: &[Piece], at: usize) -> usize {
    at + usize::from(pieces.get(at).is_some_and(Piece::is_dash))
}

/// How many parts make the whole: *third*, *twenty-fifths*, *hundredth*; and the piece behind.
fn denominator(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(f64, usize)> {
    let word = |i: usize| words.word(&pieces.get(i)?.lower);
    let first = word(at)?;
    if first.class == NumberClass::Part {
        return Some((first.low, at + 1));
    }
    let next = hyphened(pieces, at + 1);
    let last = word(next).filter(|w| first.class == NumberClass::Tens && w.class == NumberClass::Part && w.low < 10.0);
    last.map(|w| (first.low + w.low, next + 1))
}

/// True where *a third* stands for a part: *a third man* is one more.
fn closes(pieces: &[Piece], end: usize) -> bool {
    pieces.get(end).is_none_or(|p| p.kind == Kind::Sign && !p.is_dash() || matches!(p.lower.as_str(), "of" | "to" | "or" | "and"))
}

/// *one in three*, *nine out of ten*, *one in every five*.
fn proportion(pieces: &[Piece], at: usize, words: &Amounts) -> Option<Fraction> {
    let (count, end) = cardinal(pieces, at, words).filter(|(c, _)| c.low == c.high && c.low > 0.0 && c.scale == 1.0)?;
    let out = is(pieces, end, "out") && is(pieces, end + 1, "of");
    if !out && !is(pieces, end, "in") {
        return None;
    }
    let next = end + 1 + usize::from(out);
    let every = usize::from(is(pieces, next, "every"));
    let (whole, to) = cardinal(pieces, next + every, words).filter(|(c, _)| c.low == c.high && c.low > count.low)?;
    // "20 in 2009", "two in 15 villages" count things and say where.
    let told = out || every == 1 || (2.0..=10.0).contains(&whole.low) || (count.low == 1.0 && whole.low <= 100.0);
    told.then_some(Fraction { value: count.low / whole.low, of_whole: true, end: to })
}
