//! Which words name the event: the span that stands for it, and the noun that it is known by.

use super::grammar;
use super::view::View;
use crate::lexicon::events::{Companion, EventRow, Pos};
use crate::tree::Tree;
use onrecord_language::Deprel;
use onrecord_text::Span;

/// The word with its particle and the companions its sense asks for; a noun with the words before it that belong to it.
pub fn span(ctx: &View, tree: &Tree, t: usize, row: &EventRow) -> Span {
    let mut span = tree.token(t).span;
    if row.pos == Pos::Noun {
        let mut first = t;
        while first > 0
            && tree.head(first - 1) == Some(t)
            && matches!(tree.rel(first - 1), Deprel::Compound | Deprel::Amod | Deprel::Nummod)
        {
            first -= 1;
        }
        span = span.cover(tree.token(first).span);
        // "imposed sanctions", "will not sign a ceasefire"
        return match grammar::light_verb(tree, ctx.lexicon, t).filter(|&v| v < first && first <= v + 3) {
            Some(verb) => span.cover(tree.token(will_not(tree, verb)).span),
            None => span,
        };
    }
    let asked_for = |c: usize| {
        tree.rel(c) == Deprel::Obj
            && row.with.iter().flatten().any(|w| match w {
                Companion::Word(word) => tree.lemma(c) == word,
                Companion::Set(set) => ctx.lexicon.events.in_set(tree.lemma(c), set),
            })
    };
    for &c in tree.children(t) {
        if c > t && (c <= t + 3 && tree.rel(c) == Deprel::CompoundPrt || c <= t + 4 && asked_for(c)) {
            span = span.cover(tree.token(c).span);
        }
    }
    let named = Some(named_by(ctx, tree, t, row)).filter(|&n| n <= t + 4).unwrap_or(t);
    span.cover(tree.token(will_not(tree, t)).span).cover(tree.token(named).span)
}

/// The auxiliary that refuses with the verb (*will not open*), else the verb.
fn will_not(tree: &Tree, verb: usize) -> usize {
    let negated = tree.children_by(verb, &[Deprel::Advmod]).any(|c| matches!(tree.lower(c), "not" | "n't" | "n’t" | "never"));
    grammar::will(tree, verb).filter(|_| negated).unwrap_or(verb)
}

/// The word that names the occurrence: of *fell into an ambush* and *came under attack* the noun.
pub fn named_by(ctx: &View, tree: &Tree, t: usize, row: &EventRow) -> usize {
    let asked_for = |lemma: &str| row.with.iter().flatten().any(|w| matches!(w, Companion::Word(word) if word == lemma));
    let names = |&c: &usize| {
        let lemma = tree.lemma(c);
        asked_for(lemma) && ["violence", "meeting", "deal"].iter().any(|set| ctx.lexicon.events.in_set(lemma, set))
    };
    // "fell into an ambush set by rebels": taken for the first word of a compound.
    let places = tree.children_by(t, &[Deprel::Obj, Deprel::Obl]);
    let mut nouns = places.flat_map(|c| std::iter::once(c).chain(tree.children_by(c, &[Deprel::Compound])));
    nouns.find(names).filter(|_| row.pos == Pos::Verb).unwrap_or(t)
}
