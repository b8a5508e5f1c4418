//! Numbers without a noun, and the noun they are understood with.

use super::numbers::Unit;
use super::{Draft, noun, parts};
use crate::context::Context;
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::Measure;

/// How many figures before are looked through for one that is meant again.
const MEMORY: usize = 64;

/// Gives a number without a noun the noun it is understood with. False when the number then counts nothing.
pub fn fill(ctx: &Context, draft: &mut Draft, before: &[Draft]) -> bool {
    let tree = &ctx.trees[draft.s];
    let near = before.last().filter(|d| draft.s - d.s <= 1 && d.number.unit == Unit::Thing);
    let same_sentence = near.filter(|d| d.s == draft.s);
    let governed = draft.measure.governed;
    let of_people = matches!(
        draft.measure.measure,
        Measure::Killed | Measure::Injured | Measure::Missing | Measure::Detained | Measure::Displaced | Measure::Rescued
    );
    // "the number is closer to 40,000" and asides speak of what was just counted.
    let restated = is_restated(tree, draft)
        || same_sentence.is_some_and(|known| is_bare_argument(tree, draft) || is_told_apart(tree, draft, known));
    let understood = same_sentence.or(near.filter(|_| draft.phrase.partitive || governed || restated));
    if let Some(known) = again(tree, draft, before) {
        draft.of = known.of.clone();
        draft.measure.measure = known.measure.measure;
        draft.phrase.definite = true;
        return true;
    }
    if let Some(noun) = number_of(tree, draft.phrase.anchor).filter(|_| !draft.number.one) {
        let measures = &ctx.lexicon.measures;
        draft.of = measures.singular(tree.lower(noun));
        if let Some(measure) = noun::thing(tree, noun, measures).and_then(|t| t.measure).filter(|_| !governed) {
            draft.measure.measure = measure;
        }
        return true;
    }
    draft.of = match understood {
        // "40 wounded ... two dead": two of the people.
        Some(known) if governed && ctx.lexicon.measures.thing(parts::last_word(&known.of)).is_some_and(|t| t.is("casualty")) => {
            "person".to_string()
        }
        Some(known) if governed || draft.phrase.partitive || restated => known.of.clone(),
        _ if of_people && governed => "person".to_string(),
        _ => return false,
    };
    // Of things that were counted as launched, "23 of them" were launched as well, unless a verb says more.
    if let (false, Some(known)) = (governed, understood) {
        draft.measure.measure = known.measure.measure;
    }
    true
}

/// *raised the number of troops to 3,000*, *the number of dead rose to 31*: what is numbered.
fn number_of(tree: &Tree, anchor: usize) -> Option<usize> {
    let verb = tree.head(anchor).filter(|&h| tree.upos(h) == Upos::Verb && tree.rel(anchor) == Deprel::Obl)?;
    let to = tree.children_by(anchor, &[Deprel::Case]).any(|c| matches!(tree.lower(c), "to" | "at" | "from"));
    let word = tree.subject(verb).into_iter().chain(tree.object(verb)).find(|&n| matches!(tree.lower(n), "number" | "total"))?;
    tree.with_preposition(word, "of").next().filter(|_| to)
}

/// The number is what a word for numbers is said to be.
fn is_restated(tree: &Tree, draft: &Draft) -> bool {
    let anchor = draft.phrase.anchor;
    let subject = tree.child(anchor, Deprel::Nsubj).or_else(|| tree.subject(tree.head(anchor)?));
    subject.is_some_and(|s| matches!(tree.lower(s), "number" | "figure" | "total" | "count" | "tally"))
}

/// *of the 887*: the figure before of which it is the number.
fn again<'d>(tree: &Tree, draft: &Draft, before: &'d [Draft]) -> Option<&'d Draft> {
    let bare = tree.upos(draft.phrase.anchor) == Upos::Num && !draft.measure.governed && draft.number.compound.is_none();
    let known = before.iter().rev().take(MEMORY).find(|d| d.number.value == draft.number.value && d.number.unit == Unit::Thing);
    known.filter(|_| bare && noun::is_definite(tree, draft.phrase.anchor))
}

/// A bare number that does what a noun does: *granted 1,150 applications and refused 87*, *40,000 have power and 500 do not*, *41
/// ships, up from 28*.
fn is_bare_argument(tree: &Tree, draft: &Draft) -> bool {
    let anchor = draft.phrase.anchor;
    let from = tree.child_word(anchor, Deprel::Case, "from").is_some();
    let verb = tree.head(anchor).is_some_and(|h| tree.upos(h) == Upos::Verb);
    let argument = verb && matches!(tree.rel(anchor), Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass);
    tree.upos(anchor) == Upos::Num && !draft.number.one && draft.number.compound.is_none() && (argument || from)
}

/// *26 strikes: 15 in the north and 11 in the south*.
fn is_told_apart(tree: &Tree, draft: &Draft, known: &Draft) -> bool {
    let first = tree.sentence.tokens.partition_point(|t| t.span.end <= draft.phrase.span.start);
    let colon = first > 0 && matches!(tree.form(first - 1), ":" | "–" | "—" | "--");
    let bare = known.phrase.noun.is_none_or(|n| tree.token(n).span.start < known.number.span.start);
    // "4,300 jobs in one town, 3,700 in another"
    let behind = |d: &Draft| {
        let at = tree.sentence.tokens.partition_point(|t| t.span.start < d.phrase.span.end);
        (at < tree.len() && tree.upos(at) == Upos::Adp).then(|| tree.lower(at))
    };
    let alike = behind(draft).is_some_and(|preposition| behind(known) == Some(preposition));
    let listed = (bare || alike) && first > 0 && matches!(tree.lower(first - 1), "and" | "," | ";");
    tree.upos(draft.phrase.anchor) == Upos::Num && (colon || listed)
}
