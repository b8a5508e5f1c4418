//! Digits that are part of a code or a name and count nothing.

use crate::lexicon::amounts::Amounts;
use crate::scan::{Kind, Piece};

/// True for digits that are part of a code or name: `F-16`, `15:11`, `9/11`, `910-432-3383`, `507th`, `#3`, `1.2.3`.
pub fn is_code(pieces: &[Piece], at: usize, end: usize, words: &Amounts) -> bool {
    let digits = pieces[at].kind == Kind::Digits;
    let glue = |i: usize| pieces.get(i).filter(|p| p.glued);
    let behind = |i: usize| pieces.get(i + 1).filter(|p| p.glued && p.kind == Kind::Digits);
    let unit = |p: &Piece| words.unit(p.text).is_some_and(|unit| unit.short) || words.sign(p.text).is_some();
    let letters_follow =
        pieces[end - 1].kind == Kind::Digits && glue(end).is_some_and(|p| p.kind == Kind::Word && p.text != "p" && !unit(p));
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
pub fn end(pieces: &[Piece], end: usize) -> usize {
    let mut at = end;
    while pieces.get(at).is_some_and(|p| p.glued && (p.kind != Kind::Sign || matches!(p.text, ":" | "/" | "-" | "–" | "."))) {
        at += 1;
    }
    at
}

/// *twenty-first*.
pub fn is_ordinal(word: &str) -> bool {
    matches!(word, "first" | "second" | "third")
        || (word.ends_with("th") && !matches!(word, "month" | "strength" | "depth" | "length"))
}

/// Behind an address of the web that starts at piece `at`.
pub fn address(pieces: &[Piece], at: usize) -> Option<usize> {
    let scheme =
        matches!(pieces[at].lower.as_str(), "http" | "https" | "ftp") && pieces.get(at + 1).is_some_and(|p| p.is(":") && p.glued);
    let behind = || (at + 1..pieces.len()).find(|&i| !pieces[i].glued).unwrap_or(pieces.len());
    (scheme || pieces[at].lower.starts_with("www.")).then(behind)
}

/// *this one*, *which one*, *the one who*: a pronoun.
pub fn is_pronoun(pieces: &[Piece], at: usize) -> bool {
    if !pieces[at].is("one") {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |i| pieces[i].lower.as_str());
    let behind = pieces.get(at + 1).map_or("", |p| p.lower.as_str());
    match before {
        "this" | "that" | "which" | "each" | "every" | "any" => true,
        "the" => matches!(behind, "you" | "who" | "that" | "which" | "i" | "we" | "they" | "he" | "she" | "in" | "with" | "for"),
        _ => false,
    }
}
