//! Positions without a word of offering or asking: *must*, *will*, *has a duty to*.

use super::lexical;
use super::scene::{Frame, Holder, Scene};
use super::slots::{self, Filled};
use super::terms::{Extent, is_negation};
use super::voice::is_first_person;
use crate::actors::Actors;
use crate::lexicon::positions::{PositionRow, Role, When, WordClass};
use crate::rules::position as rules;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Move, Why};

/// The positions that the verb, auxiliary or noun at `t` takes by how it binds its subject.
pub(super) fn find(scene: &Scene, actors: &mut Actors, t: usize) -> Vec<Frame> {
    let frame = match scene.tree.upos(t) {
        Upos::Aux | Upos::Verb => binding(scene, actors, t).or_else(|| future(scene, actors, t)),
        Upos::Noun => duty(scene, actors, t),
        _ => None,
    };
    frame.into_iter().collect()
}

/// *must comply*, *need to do more*: a demand of its subject, of oneself a commitment.
fn binding(scene: &Scene, actors: &mut Actors, t: usize) -> Option<Frame> {
    let tree = scene.tree;
    let row = scene.table.rows(WordClass::Modal, tree.lemma(t)).chain(scene.table.rows(WordClass::Modal, tree.lower(t))).next()?;
    // "must" hangs on its verb, "need to" and "have to" govern it.
    let (verb, above) = match (tree.rel(t), tree.token(t).xpos) {
        (_, "VBN" | "VBG") => return None,
        (Deprel::Aux, "MD") => (tree.head(t)?, tree.head(t)?),
        (Deprel::Aux, _) => return None,
        _ => (
            tree.children_by(t, &[Deprel::Xcomp, Deprel::Ccomp])
                .find(|&c| c > t && tree.child_word(c, Deprel::Mark, "to").is_some())?,
            t,
        ),
    };
    let hypothetical =
        tree.children_by(above, &[Deprel::Mark]).any(|m| matches!(tree.lower(m), "if" | "unless" | "whether" | "because"));
    let perfect = tree.children_by(verb, &[Deprel::Aux]).any(|a| tree.lemma(a) == "have" && a > t);
    let other_modal = above == t && tree.children_by(t, &[Deprel::Aux]).any(|a| tree.lower(a) != "will");
    let denied = above == t && tree.children(t).iter().any(|&c| is_negation(tree, c));
    if hypothetical || perfect || other_modal || denied || !scene.is_voiced(t) {
        return None;
    }
    let subject = tree.subject(above)?;
    let stance = if scene.is_own(actors, subject) { Move::Commitment } else { Move::Demand };
    // "We have to" and "we should" complain or advise; only what one must do is taken on.
    let weak = row.needs(When::Party) || row.words[0] == "have";
    if stance == Move::Commitment && (weak || scene.is(verb, Role::Idle) || has_row(scene, actors, verb)) {
        return None;
    }
    asked_of(scene, actors, verb, subject, stance, row)
}

/// The frame of a bound subject: a party is the counterpart, of a thing the whole clause is what is wanted.
fn asked_of(scene: &Scene, actors: &mut Actors, verb: usize, subject: usize, stance: Move, row: &PositionRow) -> Option<Frame> {
    let tree = scene.tree;
    let pronoun = matches!(tree.lower(subject), "it" | "this" | "that" | "there" | "which" | "one");
    let party = stance == Move::Commitment || (!pronoun && scene.is_party(actors, subject));
    if !party && (row.needs(When::Party) || tree.rel(subject) == Deprel::Expl) {
        return None;
    }
    let passive = tree.is_passive(verb);
    let relative = tree.rel(verb) == Deprel::AclRelcl;
    // "It is a fight we must win" says so, "the fight we must win" only mentions it.
    if relative && tree.head(verb).is_none_or(|noun| tree.child(noun, Deprel::Cop).is_none()) {
        return None;
    }
    let (head, extent) = match (relative, party && !passive) {
        (true, _) => (tree.head(verb)?, Extent::Phrase),
        (_, true) => (verb, Extent::Predicate),
        _ => (verb, Extent::Clause),
    };
    let filled = Filled { head, extent, party: (party && stance == Move::Demand).then_some(subject) };
    let holder = if stance == Move::Commitment { Holder::Party(subject) } else { Holder::Voice };
    scene.frame(verb, stance, holder, filled, Scene::why(rules::of(row.class), row))
}

/// *We will not allow*, *said it would never leave*: what a speaker announces of itself.
fn future(scene: &Scene, actors: &mut Actors, t: usize) -> Option<Frame> {
    let tree = scene.tree;
    let (verb, above) = match tree.rel(t) {
        Deprel::Aux if matches!(tree.lower(t), "will" | "wo" | "'ll" | "’ll" | "shall" | "would" | "can" | "ca") => {
            (tree.head(t)?, tree.head(t)?)
        }
        _ if tree.lower(t) == "going" => (tree.child(t, Deprel::Xcomp)?, t),
        _ => return None,
    };
    let negated = tree.children(above).iter().any(|&c| is_negation(tree, c));
    let subject = tree.subject(above)?;
    let state = tree.upos(verb) != Upos::Verb || tree.is_passive(verb);
    let would = tree.lower(t) == "would";
    let able = matches!(tree.lower(t), "can" | "ca");
    if state || (able && !(negated && scene.is(verb, Role::Permit))) || !scene.is_own(actors, subject) {
        return None;
    }
    // "We would go" hangs in the air, "said it would go" and "we would go if" do not.
    let reported = tree.child_word(verb, Deprel::Mark, "that").is_some() || tree.rel(verb) == Deprel::Ccomp;
    if would && !reported && is_first_person(tree, subject) && scene.attached(verb, verb, Move::Commitment).is_empty() {
        return None;
    }
    let mentioned = tree.rel(verb) == Deprel::AclRelcl && tree.child_word(verb, Deprel::Mark, "that").is_none();
    let opened = |m: usize| matches!(tree.lower(m), "if" | "unless" | "whether" | "when" | "until" | "what" | "how");
    let hypothetical = mentioned || tree.children_by(verb, &[Deprel::Mark, Deprel::Advmod, Deprel::Obj]).any(opened);
    let taken = has_row(scene, actors, verb);
    if hypothetical || taken || (scene.is(verb, Role::Idle) && !negated) {
        return None;
    }
    let stance = match (negated, scene.is(verb, Role::Permit)) {
        (true, false) if scene.is(verb, Role::Idle) => return None,
        (true, false) => Move::Refusal,
        _ => Move::Commitment,
    };
    let filled = Filled { head: verb, extent: Extent::Predicate, party: None };
    let mut frame = scene.frame(verb, stance, Holder::Party(subject), filled, Why::by(&rules::FUTURE, "will of oneself"))?;
    if stance == Move::Refusal {
        // What is refused is the deed, not its omission.
        frame.proposition.start = frame.proposition.start.max(scene.span(verb).start);
    }
    Some(frame)
}

/// True when the verb takes a position by its own row.
fn has_row(scene: &Scene, actors: &mut Actors, verb: usize) -> bool {
    !lexical::find(scene, actors, verb).is_empty()
}

/// *Russia has a special responsibility to press the regime*.
fn duty(scene: &Scene, actors: &mut Actors, t: usize) -> Option<Frame> {
    let tree = scene.tree;
    let row = scene.table.rows(WordClass::Duty, tree.lemma(t)).next()?;
    let governor = tree.head(t).filter(|&v| tree.rel(t) == Deprel::Obj && matches!(tree.lemma(v), "have" | "bear"))?;
    let subject = tree.subject(governor)?;
    let complement = slots::fill(tree, t, row).into_iter().next().or_else(|| slots::infinitive_after(tree, governor, t))?;
    if !scene.is_voiced(t) || !scene.is_party(actors, subject) {
        return None;
    }
    let own = scene.is_own(actors, subject);
    let (stance, holder) = if own { (Move::Commitment, Holder::Party(subject)) } else { (Move::Demand, Holder::Voice) };
    let filled = Filled { party: (!own).then_some(subject), ..complement };
    scene.frame(t, stance, holder, filled, Scene::why(rules::of(row.class), row))
}
