//! Numbers as written, with what stands around them that belongs to them: words of exactness, money signs, percent.

use super::cardinal::{Cardinal, cardinal, part};
use crate::lexicon::amounts::{Amounts, LONGEST_PHRASE};
use crate::scan::{Kind, Piece};
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
}

/// Nothing that a report counts comes near; rows of digits do.
const LARGEST: f64 = 1e18;

/// All numbers among `pieces`, in order. Ordinals, clock times, codes and parts of names with a hyphen are none.
pub fn numbers(pieces: &[Piece], words: &Amounts) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match number_at(pieces, at, words) {
            Some((number, next)) => {
                found.extend(number);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// The number that starts at piece `at`, and where to go on. `Some((None, next))`: digits that are no number.
fn number_at(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Option<Number>, usize)> {
    let (cardinal, end, is_part) = match part(pieces, at, words) {
        Some((value, end)) => (value, end, true),
        None => {
            let (value, end) = range(pieces, at, words)?;
            (value, end, false)
        }
    };
    if !(0.0..LARGEST).contains(&cardinal.high) {
        return Some((None, end));
    }
    if !is_part && is_code(pieces, at, end) {
        return Some((None, code_end(pieces, end)));
    }
    let core = pieces[at].span.cover(pieces[end - 1].span);
    let mut number = Number {
        span: core,
        body: core,
        value: cardinal.value(),
        bound: if cardinal.about { Bound::About } else { Bound::Exact },
        unit: if is_part { Unit::Percent } else { Unit::Thing },
        one: end == at + 1 && pieces[at].is("one"),
        vague: cardinal.vague,
        compound: None,
    };
    let mut first = at;
    let mut next = end;
    if !is_part {
        next = unit_behind(pieces, next, words, &mut number);
        if let Some((code, from)) = sign_before(pieces, at, words) {
            first = from;
            number.unit = Unit::Money(code);
        }
        if number.compound.as_deref().is_some_and(is_ordinal_word) {
            return Some((None, next));
        }
    }
    number.body = pieces[first].span.cover(pieces[next - 1].span);
    if let Some((bound, to)) = bound_behind(pieces, next, words) {
        number.bound = stronger(number.bound, bound);
        number.compound = None;
        next = to;
    }
    if let Some((bound, from)) = bound_in_front(pieces, first, words) {
        number.bound = stronger(number.bound, bound);
        first = from;
    }
    number.span = pieces[first].span.cover(pieces[next - 1].span);
    Some((Some(number), next))
}

/// A bound that is said outweighs none.
fn stronger(old: Bound, new: Bound) -> Bound {
    if new == Bound::Exact { old } else { new }
}

/// *3,000 to 5,000*, *10-15*, *between 10 and 15*, *two or three*; else the single number.
fn range(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(Cardinal, usize)> {
    let (low, end) = cardinal(pieces, at, words)?;
    let single = Some((low, end));
    let Some(link) = pieces.get(end) else { return single };
    let before = |n: usize| at.checked_sub(n).map_or("", |i| pieces[i].lower.as_str());
    let joins = match link.lower.as_str() {
        "to" => before(1) != "from",
        "and" => before(1) == "between",
        "or" => pieces[at].kind == Kind::Word && low.high < 10.0,
        _ => link.is_dash(),
    };
    let upper = if joins { cardinal(pieces, skip_sign(pieces, end + 1, words), words) } else { None };
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

/// The second sign of *$5-$10*.
fn skip_sign(pieces: &[Piece], at: usize, words: &Amounts) -> usize {
    at + usize::from(pieces.get(at).is_some_and(|p| p.kind == Kind::Sign && words.sign(p.text).is_some()))
}

/// True for digits that are part of a code or name: `F-16`, `15:11`, `9/11`, `910-432-3383`, `507th`, `#3`, `1.2.3`.
fn is_code(pieces: &[Piece], at: usize, end: usize) -> bool {
    let digits = pieces[at].kind == Kind::Digits;
    let glue = |i: usize| pieces.get(i).filter(|p| p.glued);
    let behind = |i: usize| pieces.get(i + 1).filter(|p| p.glued && p.kind == Kind::Digits);
    let letters_follow = pieces[end - 1].kind == Kind::Digits && glue(end).is_some_and(|p| p.kind == Kind::Word && p.text != "p");
    let joined_on = glue(end).is_some_and(|p| matches!(p.text, ":" | "/" | "-" | "–" | ".")) && behind(end).is_some();
    let joined_before = pieces[at].glued
        && at >= 2
        && (matches!(pieces[at - 1].text, ":" | "/" | "#" | "_" | "@")
            || (pieces[at - 1].is_dash() && pieces[at - 1].glued && pieces[at - 2].kind == Kind::Word));
    let numbered = at >= 1 && (pieces[at - 1].text == "#" || is_numbering(pieces, at - 1));
    digits && (letters_follow || joined_on || joined_before) || numbered
}

/// *No. 5*, *number one*, *nr 3*.
fn is_numbering(pieces: &[Piece], at: usize) -> bool {
    let i = if pieces[at].text == "." && at > 0 { at - 1 } else { at };
    match pieces[i].text {
        "No" | "Nos" | "Nr" => true,
        _ => pieces[i].is("number") && !(i > 0 && (pieces[i - 1].is("the") || pieces[i - 1].is("that"))),
    }
}

/// Behind the rest of a code.
fn code_end(pieces: &[Piece], end: usize) -> usize {
    let mut at = end;
    while pieces.get(at).is_some_and(|p| p.glued && (p.kind != Kind::Sign || matches!(p.text, ":" | "/" | "-" | "–" | "."))) {
        at += 1;
    }
    at
}

/// Percent, money words and hyphenated words behind the number; returns where the number now ends.
fn unit_behind(pieces: &[Piece], end: usize, words: &Amounts, number: &mut Number) -> usize {
    let word = |i: usize| pieces.get(i).map_or("", |p| p.lower.as_str());
    let hyphen =
        usize::from(pieces.get(end).is_some_and(|p| p.is_dash() && p.glued) && pieces.get(end + 1).is_some_and(|p| p.glued));
    let at = end + hyphen;
    let percent = match word(at) {
        "%" | "percent" | "pct" => 1,
        "per" if word(at + 1) == "cent" => 2,
        "percentage" if word(at + 1).starts_with("point") => 2,
        _ => 0,
    };
    if percent > 0 {
        number.unit = Unit::Percent;
        return at + percent;
    }
    let of = usize::from(number.vague && word(at) == "of");
    for len in (1..=3).rev() {
        let Some(slice) = pieces.get(at + of..at + of + len) else { continue };
        if let Some(code) =
            words.money(&phrase(slice)).or_else(|| (len == 1 && slice[0].text.len() <= 4).then(|| words.sign(slice[0].text))?)
        {
            number.unit = Unit::Money(code.to_string());
            return at + of + len;
        }
    }
    if hyphen == 1 && pieces[at].kind == Kind::Word {
        number.compound = Some(pieces[at].lower.clone());
    }
    end
}

/// Words in lower case with single spaces.
fn phrase(pieces: &[Piece]) -> String {
    let mut words = String::new();
    for piece in pieces {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&piece.lower);
    }
    words
}

/// The currency in front of piece `at` and where it starts: *$*, *US$*, *NZ $*, *EUR*.
fn sign_before(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(String, usize)> {
    let sign = at.checked_sub(1)?;
    if let Some(letters) = sign.checked_sub(1) {
        let long = format!("{}{}", pieces[letters].text, pieces[sign].text);
        // "owes the U.S. $5" is no US$.
        let apart = !pieces[sign].glued && (pieces[letters].text.contains('.') || letters > 0 && pieces[letters - 1].is("the"));
        if let Some(code) = words.sign(&long).filter(|_| !apart) {
            return Some((code.into(), letters));
        }
    }
    words.sign(pieces[sign].text).map(|code| (code.into(), sign))
}

/// Words of exactness in front of piece `first`, and where they start. A phrase that leaves the number exact (*only*) may have
/// another in front of it (*about*), and an article may stand between (*at least a dozen*).
fn bound_in_front(pieces: &[Piece], first: usize, words: &Amounts) -> Option<(Bound, usize)> {
    let article = first > 0 && matches!(pieces[first - 1].lower.as_str(), "the" | "a" | "an" | "another");
    let near = phrase_in_front(pieces, first, words).or_else(|| phrase_in_front(pieces, first - usize::from(article), words));
    let (bound, from) = near?;
    match phrase_in_front(pieces, from, words) {
        Some(further) if bound == Bound::Exact => Some(further),
        _ => Some((bound, from)),
    }
}

/// The longest phrase of the table that ends right before piece `end`.
fn phrase_in_front(pieces: &[Piece], end: usize, words: &Amounts) -> Option<(Bound, usize)> {
    (1..=LONGEST_PHRASE.min(end)).rev().find_map(|len| Some((words.bound_before(&phrase(&pieces[end - len..end]))?, end - len)))
}

/// *60-plus*, *20 or so*, *200 more*, *40+*.
fn bound_behind(pieces: &[Piece], end: usize, words: &Amounts) -> Option<(Bound, usize)> {
    let at = end + usize::from(pieces.get(end).is_some_and(|p| p.is_dash() && p.glued));
    (1..=2).rev().find_map(|len| {
        let slice = pieces.get(at..at + len)?;
        // "more than" belongs to what follows.
        let compares = pieces.get(at + len).is_some_and(|p| p.is("than"));
        let bound = words.bound_after(&phrase(slice)).filter(|_| !compares)?;
        Some((bound, at + len))
    })
}

/// *twenty-first*.
fn is_ordinal_word(word: &str) -> bool {
    matches!(word, "first" | "second" | "third")
        || (word.ends_with("th") && !matches!(word, "month" | "strength" | "depth" | "length"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::scan::pieces;

    fn read(text: &str) -> Vec<(String, Value, Bound, Unit)> {
        let lexicon = Lexicon::builtin();
        numbers(&pieces(text, Span::new(0, text.len())), &lexicon.amounts)
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
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
