//! Who a cue's source is: its subject, or whoever *by* names after a passive.

use super::draft::At;
use super::scene::Scene;
use crate::lexicon::cues::{Cue, CuePos, Frame};
use onrecord_language::{Deprel, Upos};
use onrecord_record::Act;

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
    let found = tree.subject(t).or_else(|| of_main_verb(scene, (s, t))).or_else(|| standing_before(scene, cue, (s, t)))?;
    let same_side = scene.quoted((s, found)) == scene.quoted((s, t)) || scene.quoted((s, found)).is_none();
    same_side.then_some((s, found))
}

/// A participle after a comma, or a coordinated verb, that hangs too low: the subject of the nearest verb above it.
fn of_main_verb(scene: &Scene, (s, t): At) -> Option<usize> {
    let tree = scene.tree(s);
    let participle = tree.token(t).xpos == "VBG" && t > 0 && tree.form(t - 1) == ",";
    let coordinated = tree.rel(t) == Deprel::Conj && matches!(tree.token(t).xpos, "VBD" | "VBZ" | "VBP");
    if !participle && !coordinated {
        return None;
    }
    tree.ancestors(t).take(6).filter(|&a| a < t && tree.upos(a) == Upos::Verb).find_map(|a| tree.subject(a))
}

/// A finite verb of saying without a subject in the tree: the party right before it, over an aside between commas.
fn standing_before(scene: &Scene, cue: &Cue, (s, t): At) -> Option<usize> {
    let tree = scene.tree(s);
    if !cue.takes(&Frame::Quote) || !matches!(tree.token(t).xpos, "VBD" | "VBZ" | "VBP") {
        return None;
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

/// Who is named by *by* after a passive.
pub(super) fn agent(scene: &Scene, (s, t): At) -> Option<At> {
    let tree = scene.tree(s);
    let by = tree.children(t).iter().copied().find(|&c| {
        tree.rel(c) == Deprel::OblAgent
            || matches!(tree.rel(c), Deprel::Obl | Deprel::Nmod) && tree.child_word(c, Deprel::Case, "by").is_some()
    });
    by.map(|h| (s, h))
}
