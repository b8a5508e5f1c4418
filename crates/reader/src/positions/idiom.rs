//! Constructions that are more than one word's: *not on the table*, *then I am ready*, *a stake as a condition for aid*, *only one way*.

use super::scene::{Frame, Holder, Scene};
use super::slots::Filled;
use super::terms::{Condition, Extent, is_negation};
use crate::actors::Actors;
use crate::lexicon::positions::{PositionRow, Role, When, WordClass};
use crate::rules::position as rules;
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Move, Status, Why};
use onrecord_text::Span;

/// The positions that a phrase ending at `t` takes.
pub(super) fn find(scene: &Scene, _actors: &mut Actors, t: usize) -> Vec<Frame> {
    said_of(scene, t).into_iter().chain(only_way(scene, t)).chain(at_request(scene, t)).collect()
}

/// *The issue of a debt is not on the table*: the subject is what is refused.
fn said_of(scene: &Scene, t: usize) -> Option<Frame> {
    let tree = scene.tree;
    let row = scene.table.rows(WordClass::Idiom, tree.lower(t)).find(|row| scene.stands(row, t))?;
    if row.needs(When::Voiced) && !scene.is_voiced(t) {
        return None;
    }
    let first = t + 1 - row.words.len();
    let predicate = (first..=t).find(|&i| tree.children(i).iter().any(|&c| tree.rel(c).is_subject())).or_else(|| {
        let verb = tree.head(t)?;
        tree.children(verb).iter().any(|&c| tree.rel(c).is_subject()).then_some(verb)
    })?;
    let negated = tree.children(predicate).iter().any(|&c| is_negation(tree, c));
    let stance = if negated { row.denied } else { row.stance }?;
    let subject = tree.children(predicate).iter().copied().find(|&c| tree.rel(c).is_subject())?;
    let thing = introduced(scene, subject);
    if matches!(tree.upos(thing), Upos::Pron) {
        return None;
    }
    let extent = if tree.upos(thing) == Upos::Verb { Extent::Clause } else { Extent::Phrase };
    scene.frame(
        predicate,
        stance,
        Holder::Voice,
        Filled { head: thing, extent, party: None },
        Scene::why(rules::of(row.class), row),
    )
}

/// What a noun like *issue* only introduces: *the issue of a debt* is about the debt.
fn introduced(scene: &Scene, t: usize) -> usize {
    let tree = scene.tree;
    let topic = scene.is(t, Role::Topic).then(|| tree.children_by(t, &[Deprel::Nmod, Deprel::Acl]).find(|&c| c > t)).flatten();
    topic.unwrap_or(t)
}

/// *If stepping down means peace, then I am ready*: what one is ready for stands in the condition.
pub(super) fn bare(scene: &Scene, t: usize, stance: Move, holder: Holder, row: &PositionRow) -> Option<Frame> {
    let tree = scene.tree;
    let completed = tree.children_by(t, &[Deprel::Xcomp, Deprel::Ccomp, Deprel::Obl, Deprel::Obj]).any(|c| c > t);
    let conditions = terms_before(scene, t);
    if completed || conditions.is_empty() {
        return None;
    }
    let proposition = conditions.iter().find_map(|c| deed(tree, c)).or_else(|| conditions.iter().find_map(|c| owned(tree, c)))?;
    let why = Why::by(&rules::BARE, format!("positions.tsv: {}, named in its condition", row.name())).row(row.origin);
    let spans = conditions.iter().map(|c| c.span).collect();
    Some(Frame {
        trigger: t,
        stance,
        holder,
        toward: Vec::new(),
        what: t,
        proposition,
        conditions: spans,
        status: Status::Standing,
        embeds: false,
        disputed: false,
        why,
    })
}

/// The conditions of a bare predicate.
fn terms_before<'s>(scene: &'s Scene, t: usize) -> Vec<&'s Condition> {
    scene.attached(t, t, Move::Offer)
}

/// What is meant by a bare *ready*: the gerund that is the subject of the condition ...
fn deed(tree: &Tree, condition: &Condition) -> Option<Span> {
    let head = condition.head;
    let gerund = tree
        .children_by(head, &[Deprel::Csubj, Deprel::Nsubj, Deprel::Advcl])
        .find(|&c| c < head && tree.token(c).xpos == "VBG")?;
    tree.span_of(&tree.subtree_without(gerund, |c| matches!(tree.rel(c), Deprel::Mark | Deprel::Punct)))
}

/// ... else what of the speaker's own it is about (*if my resignation is needed*).
fn owned(tree: &Tree, condition: &Condition) -> Option<Span> {
    let subject = tree.children(condition.head).iter().copied().find(|&c| tree.rel(c).is_subject())?;
    let own = tree.child(subject, Deprel::NmodPoss).is_some_and(|p| super::voice::is_first_person(tree, p));
    own.then(|| tree.phrase(subject))
}

/// *There is only one way: withdrawal.*
fn only_way(scene: &Scene, t: usize) -> Option<Frame> {
    let tree = scene.tree;
    let only = tree.children(t).iter().any(|&c| matches!(tree.lower(c), "one" | "only"));
    if !matches!(tree.lemma(t), "way" | "solution" | "path") || !only || !scene.is_voiced(t) {
        return None;
    }
    let colon = (t + 1..tree.len()).find(|&i| matches!(tree.form(i), ":" | "—" | "–"))?;
    let quoted = |&i: &usize| !matches!(tree.form(i), "”" | "\"");
    let tokens: Vec<usize> = (colon + 1..tree.len()).take_while(quoted).collect();
    let proposition = tree.span_of(&tokens)?;
    Some(Frame {
        trigger: t,
        stance: Move::Demand,
        holder: Holder::Voice,
        toward: Vec::new(),
        what: colon,
        proposition,
        conditions: Vec::new(),
        status: Status::Standing,
        embeds: false,
        disputed: false,
        why: Why::by(&rules::ONLY_WAY, "only one way"),
    })
}

/// *rejected the charge, saying that he was away*: what is said against it is disputed between the two.
pub(super) fn counter_claim(scene: &Scene, denial: &Frame) -> Option<Frame> {
    let tree = scene.tree;
    let saying = tree.children_by(denial.trigger, &[Deprel::Advcl]).find(|&c| c > denial.trigger && tree.token(c).xpos == "VBG")?;
    let clause = super::slots::finite(tree, saying)?;
    scene.frame(saying, Move::Claim, denial.holder, clause, Why::by(&rules::COUNTER_CLAIM, "said against what is rejected"))
}

/// *At the request of the ministry, the agency has made a study*: a demand that was met.
fn at_request(scene: &Scene, t: usize) -> Option<Frame> {
    let tree = scene.tree;
    let asked = tree.upos(t) == Upos::Noun
        && tree.child_word(t, Deprel::Case, "at").is_some()
        && scene.table.rows(WordClass::Noun, tree.lemma(t)).any(|row| row.stance == Some(Move::Demand));
    let deed = tree.head(t).filter(|&v| asked && tree.upos(v) == Upos::Verb)?;
    let source = tree.with_preposition(t, "of").next().or(tree.child(t, Deprel::NmodPoss))?;
    let filled = match tree.object(deed) {
        Some(thing) => Filled { head: thing, extent: Extent::Phrase, party: tree.subject(deed) },
        None => Filled { head: deed, extent: Extent::Predicate, party: tree.subject(deed) },
    };
    let mut frame = scene.frame(t, Move::Demand, Holder::Party(source), filled, Why::by(&rules::REQUEST, "at the request of"))?;
    frame.embeds = false;
    if matches!(tree.token(deed).xpos, "VBD" | "VBN") {
        frame.status = Status::Met;
    }
    Some(frame)
}

/// *demanded a stake as a condition for aid*: what is asked for is the condition of an offer.
pub(super) fn counter_offer(scene: &Scene, demand: &mut Frame) -> Option<Frame> {
    let tree = scene.tree;
    let near = [demand.what, demand.trigger];
    let condition = near.iter().flat_map(|&at| tree.children_by(at, &[Deprel::Nmod, Deprel::Obl])).find(|&c| {
        matches!(tree.lemma(c), "condition" | "precondition" | "price" | "prerequisite")
            && tree.child_word(c, Deprel::Case, "as").is_some()
    })?;
    let offered = tree
        .children_by(condition, &[Deprel::Nmod])
        .find(|&c| c > condition && tree.children_by(c, &[Deprel::Case]).any(|p| matches!(tree.lower(p), "for" | "of" | "to")))?;
    let tokens = tree.subtree_without(demand.what, |c| c == condition);
    demand.proposition = tree.span_of(&tokens).filter(|_| tree.is_under(condition, demand.what)).unwrap_or(demand.proposition);
    let filled = Filled { head: offered, extent: Extent::Phrase, party: None };
    let mut frame = scene.frame(
        demand.trigger,
        Move::Offer,
        demand.holder,
        filled,
        Why::by(&rules::COUNTER_OFFER, "demanded as a condition for it"),
    )?;
    frame.conditions = vec![demand.proposition];
    frame.toward = demand.toward.clone();
    Some(frame)
}
