//! Finds the positions of a report: what a party offers, asks, accepts or refuses, and on what terms.
//!
//! Every sentence is looked at word by word for three kinds of constructions: words of `lexicon/positions.tsv` ([`lexical`]),
//! verbs that bind their subject ([`modal`]) and whole phrases ([`idiom`]). Each finds [`scene::Frame`]s, places in the tree;
//! here they become positions, and what is said twice becomes one.

mod idiom;
mod lexical;
mod merge;
mod modal;
mod scene;
mod slots;
mod terms;
#[cfg(test)]
mod tests;
mod voice;

use crate::actors::Actors;
use crate::context::Context;
use crate::givers::Givers;
use crate::rules::position as rules;
use crate::{factuality, time};
use onrecord_language::Deprel;
use onrecord_record::{ActorKind, Factuality, Id, Move, Part, Position, Statement, Why};
use scene::{Frame, Holder, Scene};
use std::collections::BTreeSet;
use voice::Voice;

/// All positions, in reading order, ids given.
pub fn find(ctx: &Context, actors: &mut Actors, givers: &Givers, statements: &[Statement]) -> Vec<Position> {
    let voice = Voice::new(ctx, actors, givers, statements);
    let mut found: Vec<(Position, bool)> = Vec::new();
    for s in (0..ctx.trees.len()).filter(|&s| !ctx.is_headline(s)) {
        let scene = Scene::new(ctx, s, &voice);
        if ctx.slice(scene.tree.sentence.span).trim_end().ends_with('?') {
            continue;
        }
        for frame in frames(&scene, actors) {
            let position = position(&scene, actors, &frame);
            found.extend(position.map(|p| (spelled_out(&scene, statements, p), frame.disputed)));
        }
    }
    let mut positions = merge::repeated(ctx, settled(found));
    positions.sort_by_key(|p| (p.evidence.first().map(|e| e.start), p.proposition.start));
    for (i, position) in positions.iter_mut().enumerate() {
        position.id = format!("p{}", i + 1);
    }
    positions
}

/// Without the claims that nobody disputes: a claim that is not disputed by itself counts when its holder answers somebody in the report.
fn settled(found: Vec<(Position, bool)>) -> Vec<Position> {
    let answers = |p: &Position| matches!(p.stance, Move::Refusal | Move::Claim);
    let answering: BTreeSet<Id> =
        found.iter().filter(|(p, disputed)| !disputed && answers(p)).flat_map(|(p, _)| p.holder.iter().cloned()).collect();
    let counts = |(p, disputed): &(Position, bool)| !disputed || p.holder.iter().any(|id| answering.contains(id));
    found.into_iter().filter(counts).map(|(p, _)| p).collect()
}

/// *denied the charges: "..."*: the words that follow say what is claimed.
fn spelled_out(scene: &Scene, statements: &[Statement], mut position: Position) -> Position {
    let sentence = scene.tree.sentence.span;
    if position.stance != Move::Claim || !scene.ctx.slice(sentence).trim_end().ends_with(':') {
        return position;
    }
    let follows = |s: &&Statement| {
        let between =
            s.content.first().filter(|c| c.start >= sentence.end).map(|c| &scene.ctx.document.text[sentence.end..c.start]);
        between.is_some_and(|gap| gap.trim().is_empty()) && s.speaker.iter().any(|id| position.holder.contains(id))
    };
    if let Some(words) = statements.iter().find(follows).and_then(|s| s.content.first().copied()) {
        position.proposition = words;
        position.why.also(&rules::SPELLED_OUT, "");
        position.evidence.push(words);
    }
    position
}

/// The frames of a sentence.
fn frames(scene: &Scene, actors: &mut Actors) -> Vec<Frame> {
    let mut all: Vec<Frame> = Vec::new();
    for t in 0..scene.tree.len() {
        let found =
            lexical::find(scene, actors, t).into_iter().chain(modal::find(scene, actors, t)).chain(idiom::find(scene, actors, t));
        for mut frame in found.collect::<Vec<_>>() {
            let counter = match frame.stance {
                Move::Demand => idiom::counter_offer(scene, &mut frame),
                Move::Refusal | Move::Claim => idiom::counter_claim(scene, &frame),
                _ => None,
            };
            all.push(frame);
            all.extend(counter);
        }
    }
    let kept: Vec<bool> = all.iter().map(|f| !all.iter().any(|outer| hides(scene, outer, f))).collect();
    all.into_iter().zip(kept).filter_map(|(f, kept)| kept.then_some(f)).collect()
}

/// True when `inner` is no position because it stands inside what `outer` asks, offers or refuses (*urged them to accept the plan*),
/// or the other way round when `outer` only goes on taking the position inside (*will continue to call for a truce*).
fn hides(scene: &Scene, outer: &Frame, inner: &Frame) -> bool {
    if outer.trigger == inner.trigger {
        // "must accept the plan": what is demanded is the accepting.
        return outer.what == outer.trigger && inner.what != inner.trigger && outer.stance == Move::Demand;
    }
    let tree = scene.tree;
    let takes = |f: &Frame| tree.upos(f.trigger) != onrecord_language::Upos::Noun;
    if outer.what == inner.trigger && outer.stance == Move::Commitment && outer.why.ends_with("continue") {
        return false;
    }
    if inner.what == outer.trigger && inner.stance == Move::Commitment && inner.why.ends_with("continue") {
        return true;
    }
    outer.embeds && takes(inner) && outer.proposition.contains(scene.span(inner.trigger))
}

/// The position that a frame shows; none when nobody holds it or it is only imagined.
fn position(scene: &Scene, actors: &mut Actors, frame: &Frame) -> Option<Position> {
    let (ctx, tree) = (scene.ctx, scene.tree);
    let holder = scene.who(actors, frame);
    if holder.is_empty() {
        return None;
    }
    let trigger = scene.span(frame.trigger);
    let mut toward: Vec<Id> = Vec::new();
    let named = if frame.toward.is_empty() { slots::touched(tree, frame.what, frame.stance) } else { frame.toward.clone() };
    for t in named {
        if !frame.toward.contains(&t) && !scene.is_party(actors, t) {
            continue;
        }
        for id in scene.voice.party(ctx, actors, scene.s, t) {
            // A thing is no counterpart, whatever the verb asks of it.
            let party = actors.get(&id).is_some_and(|a| a.kind != ActorKind::Other || a.sector.is_some());
            if party && !holder.contains(&id) && !toward.contains(&id) {
                toward.push(id);
            }
        }
    }
    let put = match factuality::of(ctx, scene.s, frame.trigger) {
        Factuality::Uncertain => Factuality::Uncertain,
        _ => Factuality::Actual,
    };
    let subject = tree.children(frame.trigger).iter().copied().find(|&c| tree.rel(c).is_subject() && tree.rel(c) != Deprel::Csubj);
    let evidence = frame.conditions.iter().chain(&[frame.proposition]).fold(trigger, |all, span| all.cover(*span));
    let evidence = subject.map_or(evidence, |t| evidence.cover(scene.span(t)));
    Some(Position {
        id: Id::default(),
        given_by: scene.voice.given_by(trigger, &holder),
        holder,
        stance: frame.stance,
        proposition: frame.proposition,
        conditions: frame.conditions.clone(),
        toward,
        status: frame.status,
        date: time::of(ctx, scene.s, frame.trigger),
        factuality: put,
        evidence: vec![evidence],
        confidence: if put == Factuality::Uncertain { 0.4 } else { 0.6 },
        why: why(scene.s, frame),
    })
}

/// Why a frame of sentence `s` is a position, with the words in its places.
fn why(s: usize, frame: &Frame) -> Why {
    let holder = match frame.holder {
        Holder::Party(t) | Holder::Implied(t) => Some((Part::Holder, (s, t))),
        Holder::Voice => None,
    };
    let toward = frame.toward.iter().map(|&t| (Part::Counterpart, (s, t)));
    let words = holder.into_iter().chain([(Part::Proposition, (s, frame.what))]).chain(toward);
    frame.why.clone().words(Some((s, frame.trigger)), words)
}
