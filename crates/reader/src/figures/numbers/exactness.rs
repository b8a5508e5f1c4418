//! Words that say how exact a number is.

use super::unit::joined_words;
use crate::lexicon::amounts::{Amounts, LONGEST_PHRASE};
use crate::scan::{Kind, Piece};
use onrecord_record::Bound;

/// A bound that is said outweighs none, and one with a side outweighs *about*.
pub fn stronger(old: Bound, new: Bound) -> Bound {
    let sided = matches!(old, Bound::AtLeast | Bound::AtMost);
    if new == Bound::Exact || (sided && new == Bound::About) { old } else { new }
}

/// Words of exactness in front of piece `first`, and where they start. A phrase that leaves the number exact (*only*) may have
/// another in front of it (*about*), and an article may stand between (*at least a dozen*).
pub fn in_front(pieces: &[Piece], first: usize, words: &Amounts) -> Option<(Bound, usize)> {
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
    (1..=LONGEST_PHRASE.min(end))
        .rev()
        .find_map(|len| Some((words.bound_before(&joined_words(&pieces[end - len..end]))?, end - len)))
}

/// *60-plus*, *20 or so*, *200 more*, *40+*.
pub fn behind(pieces: &[Piece], end: usize, words: &Amounts) -> Option<(Bound, usize)> {
    let at = end + usize::from(pieces.get(end).is_some_and(|p| p.is_dash() && p.glued));
    (1..=3).rev().find_map(|len| {
        let slice = pieces.get(at..at + len)?;
        // "more than" and "and below 20" belong to what follows.
        let next = pieces.get(at + len);
        let compares = next.is_some_and(|p| p.is("than") || p.kind == Kind::Digits || words.word(&p.lower).is_some() || p.is("a"));
        let bound = words.bound_after(&joined_words(slice)).filter(|_| !compares)?;
        Some((bound, at + len))
    })
}
