//! The same position said twice is one.

use crate::context::Context;
use onrecord_record::Position;
use onrecord_text::Span;
use std::collections::BTreeSet;

/// Share of the shorter proposition's content words that must return.
const SAME: f32 = 0.6;

/// How many positions back a repetition is looked for: more than a report holds, so that a huge text stays linear.
const LOOK_BACK: usize = 500;

/// Joins positions of the same holder and move with the same proposition, or that hang on the same terms; the first stands, the evidence of all is kept.
pub(super) fn repeated(ctx: &Context, positions: Vec<Position>) -> Vec<Position> {
    let mut kept: Vec<(Position, BTreeSet<String>)> = Vec::new();
    for position in positions {
        let words = content_words(ctx, position.proposition);
        match kept.iter_mut().rev().take(LOOK_BACK).find(|(other, known)| is_same(ctx, other, known, &position, &words)) {
            Some((known, _)) => join(known, position),
            None => kept.push((position, words)),
        }
    }
    kept.into_iter().map(|(position, _)| position).collect()
}

fn is_same(ctx: &Context, a: &Position, a_words: &BTreeSet<String>, b: &Position, b_words: &BTreeSet<String>) -> bool {
    if a.stance != b.stance || !a.holder.iter().any(|id| b.holder.contains(id)) {
        return false;
    }
    let same_terms = || {
        let (a, b) = (terms(ctx, a), terms(ctx, b));
        let shared = a.intersection(&b).count();
        shared > 1 && 2 * shared >= a.len().min(b.len())
    };
    if a.proposition.overlaps(b.proposition) || same_terms() {
        return true;
    }
    let shared = a_words.intersection(b_words).count() as f32;
    let longer = a_words.len().max(b_words.len());
    longer > 0 && shared >= SAME * longer as f32
}

/// Takes over what the other mention adds.
fn join(known: &mut Position, other: Position) {
    for span in other.evidence {
        if !known.evidence.iter().any(|e| e.contains(span)) {
            known.evidence.push(span);
        }
    }
    // The mention that says more about the terms says the position.
    if known.conditions.len() < other.conditions.len() {
        known.conditions = other.conditions;
        known.proposition = other.proposition;
        known.why = other.why;
    }
    for id in other.toward {
        if !known.toward.contains(&id) {
            known.toward.push(id);
        }
    }
    known.date = known.date.take().or(other.date);
}

/// The content words of what a position hangs on.
fn terms(ctx: &Context, position: &Position) -> BTreeSet<String> {
    position.conditions.iter().flat_map(|c| content_words(ctx, *c)).collect()
}

/// Longer words, which carry the meaning.
fn content_words(ctx: &Context, span: Span) -> BTreeSet<String> {
    let words = ctx.slice(span).split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3);
    // Four letters stand for the word in all its forms (step, stepping).
    words.map(|w| w.to_lowercase().chars().take(4).collect()).collect()
}
