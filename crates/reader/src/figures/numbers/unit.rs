//! Money, percent and units of measurement beside a number.

use super::{Number, Unit};
use crate::lexicon::amounts::Amounts;
use crate::scan::{Kind, Piece, pieces};
use onrecord_record::Value;
use onrecord_text::Span;

/// The pieces with codes of money taken off the digits that they touch: *USD115*, *Rs20*.
pub fn apart<'t>(text: &'t str, whole: Vec<Piece<'t>>, words: &Amounts) -> Vec<Piece<'t>> {
    let cut = |p: &Piece| {
        let letters = p.text.find(|c: char| c.is_ascii_digit()).filter(|_| p.kind == Kind::Word)?;
        words.sign(&p.text[..letters]).filter(|_| letters >= 2)?;
        Some(p.span.start + letters)
    };
    if !whole.iter().any(|p| cut(p).is_some()) {
        return whole;
    }
    let end = whole.last().map_or(0, |p| p.span.end);
    let mut found = Vec::new();
    let mut done = 0;
    for piece in whole {
        if piece.span.start < done {
            continue;
        }
        let Some(at) = cut(&piece) else {
            found.push(piece);
            continue;
        };
        found.push(Piece {
            span: Span::new(piece.span.start, at),
            text: &text[piece.span.start..at],
            lower: text[piece.span.start..at].to_lowercase(),
            ..piece
        });
        // Digits and their decimals, up to the next space.
        let stop = text[at..end].find(char::is_whitespace).map_or(end, |n| at + n);
        let rest = pieces(text, Span::new(at, stop));
        found.extend(rest.into_iter().enumerate().map(|(i, p)| Piece { glued: i == 0 || p.glued, ..p }));
        done = stop;
    }
    found
}

/// Percent, money words, units and hyphenated words behind the number; returns where the number now ends, and whether it is said in
/// hundredths of its currency.
pub fn behind(pieces: &[Piece], end: usize, words: &Amounts, number: &mut Number) -> (usize, bool) {
    let word = |i: usize| pieces.get(i).map_or("", |p| p.lower.as_str());
    let hyphen =
        usize::from(pieces.get(end).is_some_and(|p| p.is_dash() && p.glued) && pieces.get(end + 1).is_some_and(|p| p.glued));
    let at = end + hyphen;
    let percent = match word(at) {
        "%" | "percent" | "percents" | "pct" => 1,
        "per" if word(at + 1) == "cent" => 2,
        "percentage" if word(at + 1).starts_with("point") => 2,
        "percentage" => 1,
        _ => 0,
    };
    if percent > 0 {
        number.unit = Unit::Percent;
        return (at + percent, false);
    }
    if let Some((code, to, of_it)) = money(pieces, at + usize::from(number.vague && word(at) == "of"), words) {
        number.unit = Unit::Money(code);
        number.value = scaled(number.value, of_it);
        // "75 USD million"
        let factor = words.word(word(to)).filter(|w| !number.vague && w.low >= 1e6 && w.high == w.low);
        if let Some(scale) = factor {
            number.value = scaled(number.value, scale.low);
        }
        return (to + usize::from(factor.is_some()), of_it < 1.0);
    }
    if let Some((name, to, short)) = unit(pieces, at, words) {
        let start = number.body.cover(pieces[to - 1].span);
        number.measured = Some((name, start));
        if short && pieces[at].glued {
            number.compound = Some(pieces[at].lower.clone());
            return (to, false);
        }
    }
    if hyphen == 1 && pieces[at].kind == Kind::Word {
        number.compound = Some(pieces[at].lower.clone());
    }
    (end, false)
}

/// The currency of the words at `at`, where they end, and how much of it they name: 0.01 for *cents*.
fn money(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(String, usize, f64)> {
    (1..=3).rev().find_map(|len| {
        let slice = pieces.get(at..at + len)?;
        let name = joined_words(slice);
        let sign = || words.sign(slice[0].text).filter(|_| len == 1 && slice[0].text.len() <= 4);
        if let Some(code) = words.money(&name).or_else(sign) {
            return Some((code.to_string(), at + len, 1.0));
        }
        if let Some(code) = words.hundredth(&name) {
            return Some((code.to_string(), at + len, 0.01));
        }
        // "30 MUSD"
        let millions = slice[0].text.strip_prefix('M').filter(|code| len == 1 && code.len() == 3)?;
        Some((words.sign(millions)?.to_string(), at + len, 1e6))
    })
}

/// The unit of measurement at `at`: its name, where it ends, and whether it is a short form.
fn unit(pieces: &[Piece], at: usize, words: &Amounts) -> Option<(String, usize, bool)> {
    let bracket = usize::from(pieces.get(at).is_some_and(|p| matches!(p.text, "(" | "[")));
    let at = at + bracket;
    (1..=3).rev().find_map(|len| {
        let slice = pieces.get(at..at + len)?;
        let glued = slice[1..].iter().all(|p| p.glued);
        let written: Vec<&str> = slice.iter().map(|p| p.text).collect();
        let unit = words.unit(&written.join(if glued { "" } else { " " }))?;
        Some((unit.name.clone(), at + len, unit.short))
    })
}

fn scaled(value: Value, factor: f64) -> Value {
    // 34 cents are 0.34, not 0.34000000000000002.
    let times = |n: f64| (n * factor * 1e6).round() / 1e6;
    match value {
        Value::One(n) => Value::One(times(n)),
        Value::Range(low, high) => Value::Range(times(low), times(high)),
    }
}

/// Words in lower case with single spaces.
pub fn joined_words(pieces: &[Piece]) -> String {
    let mut words = String::new();
    for piece in pieces {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&piece.lower);
    }
    words
}

/// The second sign of *$5-$10*.
pub fn skip_sign(pieces: &[Piece], at: usize, words: &Amounts) -> usize {
    at + usize::from(pieces.get(at).is_some_and(|p| p.kind == Kind::Sign && words.sign(p.text).is_some()))
}

/// The currency in front of piece `at` and where it starts: *$*, *US$*, *NZ $*, *EUR*, *usd$*.
///
/// No sign before piece `free`, which belongs to the number before.
pub fn sign_before(pieces: &[Piece], at: usize, free: usize, words: &Amounts) -> Option<(String, usize)> {
    // "Rs. 20"
    let dot = usize::from(at >= 2 && pieces[at - 1].text == "." && pieces[at - 1].glued && pieces[at - 2].text.len() <= 3);
    let sign = at.checked_sub(1 + dot).filter(|&sign| sign >= free)?;
    if let Some(letters) = sign.checked_sub(1).filter(|&i| i >= free && pieces[sign].kind == Kind::Sign) {
        let written = pieces[letters].text;
        let long = format!("{written}{}", pieces[sign].text);
        // "owes the U.S. $5" is no US$, "A $5 fee" no Australian one.
        let article = matches!(written, "A" | "a" | "S" | "s");
        let apart = !pieces[sign].glued
            && (written.contains('.') || article || written.len() > 1 && letters > 0 && pieces[letters - 1].is("the"));
        let code = || words.sign(&long).or_else(|| words.sign(&long.to_uppercase())).or_else(|| iso(written, words));
        if let Some(code) = Some(()).filter(|()| !apart).and_then(|()| code()) {
            return Some((code.into(), letters));
        }
    }
    words.sign(pieces[sign].text).map(|code| (code.into(), sign))
}

/// *usd$*: a code of three letters before the sign.
fn iso<'w>(written: &str, words: &'w Amounts) -> Option<&'w str> {
    words.sign(&written.to_uppercase()).filter(|_| written.len() == 3 && written.is_ascii())
}
