//! Who a cue's source is: its subject, or whoever *by* names after a passive.

use super::draft::At;
use super::scene::Scene;
use crate::lexicon::cues::{Cue, CuePos, Frame};
use onrecord_language::{Deprel, Upos};
use onrecord_record::Act;
use onrecord_text::Span;

/// Words between a verb of saying and a subject that the tree does not give it.
const REACH: usize = 16;

/// The subject, where the verb can have one that speaks.
pub(super) fn subject(scene: &Scene, cue: &Cue, (s, t): At) -> Option<At> {
    let tree = scene.tree(s);
    let infinitive = tree.child_word(t, Deprel::Mark, "to").is_some();
    // What somebody is asked, or vows, to say is not said.
    let asked = |h: usize| scene.rows((s, h)).any(|c| c.pos == CuePos::Verb && !matches!(c.act, Act::State));
    if infinitive && tree.rel(t) == Deprel::Xcomp && tree.head(t).is_some_and(asked) {
        return None;
    }
    // An infinitive that modifies a noun (the decision to reject) has nobody who says it.
    if infinitive && tree.rel(t) == Deprel::Acl {
        return None;
    }
    // A subject that is not its own may be some noun inside what was said before: then its main verb's is meant.
    let own = |h: usize| tree.head(h) == Some(t);
    let apposed = tree.rel(t) == Deprel::Acl && scene.after_comma((s, t));
    let by_tree = tree.subject(t).filter(|&h| own(h) || scene.can_be_source(cue, (s, h)) && !apposed);
    let found = by_tree.or_else(|| of_main_verb(scene, (s, t))).or_else(|| standing_before(scene, cue, (s, t)))?;
    let same_side = scene.quoted((s, found)) == scene.quoted((s, t)) || scene.quoted((s, found)).is_none();
    same_side.then_some((s, found))
}

/// A participle after a comma, or a coordinated verb, that hangs too low: the subject of the nearest verb above it.
fn of_main_verb(scene: &Scene, (s, t): At) -> Option<usize> {
    let tree = scene.tree(s);
    let participle = tree.token(t).xpos == "VBG" && scene.after_comma((s, t));
    let coordinated = tree.rel(t) == Deprel::Conj && matches!(tree.token(t).xpos, "VBD" | "VBZ" | "VBP");
    if !participle && !coordinated {
        return None;
    }
    tree.ancestors(t).take(6).filter(|&a| a < t && tree.upos(a) == Upos::Verb).find_map(|a| tree.subject(a))
}

/// A finite verb without a subject in the tree: the party right before it; before a verb of saying, also over an aside.
fn standing_before(scene: &Scene, cue: &Cue, (s, t): At) -> Option<usize> {
    let tree = scene.tree(s);
    if !matches!(tree.token(t).xpos, "VBD" | "VBZ" | "VBP") {
        return None;
    }
    if !cue.takes(&Frame::Quote) {
        let close = (0..t).rev().find(|&i| !matches!(tree.upos(i), Upos::Adv | Upos::Aux))?;
        let head = name_head(scene, s, close);
        // A conjunction may have been taken for a preposition: "after the minister accused".
        let free = tree
            .children(head)
            .iter()
            .all(|&c| tree.rel(c) != Deprel::Case || matches!(tree.lower(c), "after" | "before" | "as" | "since" | "until"));
        return (free && scene.is_party((s, head))).then_some(head);
    }
    let verbless =
        (0..t).rev().take(REACH).take_while(|&i| !matches!(tree.upos(i), Upos::Verb | Upos::Aux) || tree.rel(i) == Deprel::Aux);
    let heads = |i: usize| matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Pron) && scene.is_party((s, i));
    let mut person = None;
    let mut nearest = None;
    for i in verbless.filter(|&i| heads(i) && scene.quoted((s, i)) == scene.quoted((s, t))) {
        nearest.get_or_insert(i);
        if scene.is_person((s, i)) && scene.in_name((s, i)) {
            person = Some(i);
        } else if person.is_some() {
            break;
        }
    }
    person.or(nearest)
}

/// The head of the name that the token ends, or the token.
fn name_head(scene: &Scene, s: usize, t: usize) -> usize {
    let tree = scene.tree(s);
    let mut head = t;
    while let Some(up) = tree.head(head).filter(|_| tree.rel(head) == Deprel::Flat) {
        head = up;
    }
    head
}

/// Who is named by *by* after a passive.
pub(super) fn agent(scene: &Scene, (s, t): At) -> Option<At> {
    let tree = scene.tree(s);
    let by = tree.children(t).iter().copied().find(|&c| {
        tree.rel(c) == Deprel::OblAgent
            || matches!(tree.rel(c), Deprel::Obl | Deprel::Nmod) && tree.child_word(c, Deprel::Case, "by").is_some()
    });
    by.map(|h| (s, h))
}

/// The noun phrase with its appositions, without relative clauses.
pub(super) fn words(scene: &Scene, (s, t): At) -> Span {
    let tree = scene.tree(s);
    let tokens = tree.subtree_without(t, |c| {
        matches!(tree.rel(c), Deprel::AclRelcl | Deprel::Parataxis | Deprel::Advcl | Deprel::Case | Deprel::Mark)
    });
    tree.span_of(&tokens).unwrap_or(tree.token(t).span)
}

/// The words that name the source of the cue at `cue`: as [`words`], with the relative pronoun behind them by which they are the
/// subject (*voters who support*).
pub(super) fn words_before(scene: &Scene, (s, head): At, cue: At) -> Span {
    let tree = scene.tree(s);
    let phrase = words(scene, (s, head));
    if cue.0 != s || phrase.end > scene.span(cue).start {
        return phrase;
    }
    let clause = std::iter::once(cue.1)
        .chain(tree.ancestors(cue.1))
        .find(|&v| tree.rel(v) == Deprel::AclRelcl && tree.head(v) == Some(head));
    let subject = clause.and_then(|v| tree.children(v).iter().copied().find(|&c| tree.rel(c).is_subject()));
    let pronoun = subject.filter(|&c| matches!(tree.lower(c), "who" | "which" | "that")).map(|c| scene.span((s, c)));
    match pronoun {
        Some(p) if p.start >= phrase.end && !scene.has_word(Span::new(phrase.end, p.start)) => phrase.cover(p),
        _ => phrase,
    }
}
