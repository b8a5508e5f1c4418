//! Which time expression of a sentence dates a predicate.

use super::Expression;
use crate::context::Context;
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::IsoDate;

/// True for the relations by which a noun phrase or adverb hangs on its clause or on another noun.
fn is_phrasal(rel: Deprel) -> bool {
    !matches!(
        rel,
        Deprel::Acl
            | Deprel::AclRelcl
            | Deprel::Advcl
            | Deprel::AdvclRelcl
            | Deprel::Ccomp
            | Deprel::Xcomp
            | Deprel::Csubj
            | Deprel::CsubjPass
            | Deprel::CsubjOuter
            | Deprel::Parataxis
            | Deprel::Root
    )
}

/// The predicate of the clause that `t` stands in.
fn clause_of(tree: &Tree, t: usize) -> usize {
    let mut at = t;
    while let Some(head) = tree.head(at) {
        if !is_phrasal(tree.rel(at)) || (tree.rel(at) == Deprel::Conj && tree.upos(at) == Upos::Verb) {
            break;
        }
        at = head;
    }
    at
}

/// True when the clause of token `t` speaks of what is to come.
pub(super) fn is_future(tree: &Tree, t: usize) -> bool {
    let mut at = clause_of(tree, t);
    for _ in 0..3 {
        let aux = tree
            .children(at)
            .iter()
            .any(|&c| tree.rel(c) == Deprel::Aux && matches!(tree.lower(c), "will" | "shall" | "'ll" | "’ll" | "wo" | "should"));
        // "are to meet on Friday"
        let due = tree.child_word(at, Deprel::Mark, "to").is_some()
            && tree.children_by(at, &[Deprel::Aux]).any(|a| tree.lemma(a) == "be")
            && tree.token(at).xpos == "VB";
        let planned = matches!(tree.lemma(at), "plan" | "schedule" | "expect" | "due" | "set" | "intend" | "slate" | "prepare");
        if aux || due || (planned && tree.child(at, Deprel::Xcomp).is_some_and(|x| tree.is_under(t, x))) {
            return true;
        }
        match tree.head(at) {
            Some(head) if matches!(tree.rel(at), Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Advcl) => at = head,
            _ => return false,
        }
    }
    false
}

/// The date that holds for the predicate or noun at token `t` of sentence `s`, when the text gives one: an expression of its own,
/// else of the clause it stands in, else of a clause that governs it without reporting it.
pub fn of(ctx: &Context, s: usize, t: usize) -> Option<IsoDate> {
    let tree = ctx.trees.get(s).filter(|tree| t < tree.len())?;
    let times = ctx.times.of_sentence(s);
    let own = |at: usize| times.iter().filter(|e| hangs_on(tree, e, at)).find_map(|e| e.date.clone());
    // "attacked the village and killed 12 on Sunday": what is said at the end of what one subject did holds for all of it.
    let shared = |at: usize| {
        let last = *tree.conjuncts(at).last().filter(|&&last| last > at && is_same_deed(tree, at, last))?;
        times.iter().filter(|e| e.head > Some(last) && hangs_on(tree, e, last)).find_map(|e| e.date.clone())
    };
    let dated = |at: usize| own(at).or_else(|| shared(at)).or_else(|| counted(ctx, s, at));
    let mut at = t;
    for _ in 0..8 {
        if let Some(date) = dated(at) {
            return Some(date);
        }
        let head = tree.head(at)?;
        if is_distant(tree, at) {
            return None;
        }
        // "claimed on Wednesday the attack of last week": of what is only spoken of, the day is what stands behind it.
        if tree.upos(t) == Upos::Noun && is_phrasal(tree.rel(at)) && recalls(ctx, tree, head) {
            return times.iter().filter(|e| e.head > Some(t) && hangs_on(tree, e, head)).find_map(|e| e.date.clone());
        }
        match tree.rel(at) {
            // What is said is not dated by the saying.
            Deprel::Ccomp | Deprel::Parataxis | Deprel::Csubj | Deprel::CsubjPass | Deprel::Root => return None,
            // What happened is not dated by what is still to be done: "to vote by May, after gunmen killed ..."
            Deprel::Advcl if tree.token(at).xpos != "VB" && tree.child_word(head, Deprel::Mark, "to").is_some() => return None,
            _ => at = head,
        }
    }
    None
}

/// A verb that speaks of what happened before: *claimed, condemned, denied the attack*.
fn recalls(ctx: &Context, tree: &Tree, verb: usize) -> bool {
    tree.upos(verb) == Upos::Verb && ctx.lexicon.events.in_set(tree.lemma(verb), "recalling")
}

/// Sentences at the head of a report whose deeds, where nothing dates them, are of the day of publication.
const LEAD: usize = 4;

/// The date of what is told by its distance from something else: *two days before a second round*, *a week after a strike killed ten*.
/// As coarse as the unit that is counted.
fn counted(ctx: &Context, s: usize, at: usize) -> Option<IsoDate> {
    let tree = ctx.trees.get(s)?;
    let marker =
        tree.children_by(at, &[Deprel::Case, Deprel::Mark]).find(|&c| c > 0 && matches!(tree.lower(c), "before" | "after"))?;
    let times = ctx.times.of_sentence(s);
    let amount = times.iter().find(|e| e.span.contains(tree.token(marker - 1).span)).and_then(Expression::length)?;
    let base = match tree.head(at).and_then(|governor| of(ctx, s, governor)) {
        Some(date) => date.parse().ok()?,
        None => ctx.times.published().filter(|_| s < LEAD)?,
    };
    amount.from(base, tree.lower(marker) == "after")
}

/// Told by a distance that is not counted: *days after an ambush*, *weeks before the talks*.
fn is_distant(tree: &Tree, at: usize) -> bool {
    let mut markers = tree.children_by(at, &[Deprel::Case, Deprel::Mark]).filter(|&c| c > 0);
    markers.any(|c| {
        let unit = matches!(tree.lemma(c - 1), "day" | "week" | "month" | "year" | "decade");
        unit && matches!(tree.lower(c), "after" | "before")
    })
}

/// True for two verbs of one form, the later without a subject of its own.
fn is_same_deed(tree: &Tree, first: usize, last: usize) -> bool {
    let verbs = tree.upos(first) == Upos::Verb && tree.upos(last) == Upos::Verb;
    verbs && tree.token(first).xpos == tree.token(last).xpos && tree.subject(last) == tree.subject(first)
}

/// The clause that a time belongs to which the tree hangs on a verb of saying: the words said, when it stands on their side of the
/// speaker (*a bomb killed ten on Sunday, police said*; *in the past week, the army says, shells hit the town*).
pub(super) fn said_clause(tree: &Tree, time: usize) -> Option<usize> {
    let saying = tree.head(time)?;
    let speaker = tree.child(saying, Deprel::Nsubj).filter(|&speaker| time < speaker)?;
    let said = tree.children_by(saying, &[Deprel::Ccomp, Deprel::Parataxis]).next()?;
    let behind = said < time;
    let around = saying < said && speaker < saying && saying + 1 < tree.len() && tree.form(saying + 1) == ",";
    (behind || around).then_some(said)
}

/// How many nouns may stand between a time and what it dates.
const NOUNS_BETWEEN: usize = 3;

/// True when the expression belongs to `at`: as its dependent, or through nouns that are its subject, object or place (*a court on
/// Friday convicted*, *conducted strikes on Monday*, *at a station in Rome on Monday*).
fn hangs_on(tree: &Tree, expression: &Expression, at: usize) -> bool {
    let Some(head) = expression.head.filter(|&head| head != at) else { return false };
    if let Some(said) = expression.said {
        return said == at;
    }
    if tree.head(head) == Some(at) {
        return is_phrasal(tree.rel(head)) && tree.rel(head) != Deprel::Conj;
    }
    let mut noun = head;
    for step in 0..NOUNS_BETWEEN {
        let Some(governor) = tree.head(noun) else { return false };
        if governor == at {
            return step > 0;
        }
        if !passes(tree, governor, head) {
            return false;
        }
        noun = governor;
    }
    tree.head(noun) == Some(at)
}

/// True for a noun that hands a time behind it on to its own governor.
fn passes(tree: &Tree, noun: usize, time: usize) -> bool {
    let earlier = tree
        .children_by(noun, &[Deprel::Case])
        .any(|c| matches!(tree.lower(c), "since" | "after" | "before" | "following" | "until" | "during"));
    let rel = match tree.rel(noun) {
        Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked | Deprel::Advmod | Deprel::NmodUnmarked | Deprel::Appos => {
            true
        }
        // "drove a car full of explosives into the station on Sunday": an adjective behind its noun keeps nothing to itself.
        Deprel::Amod => return !earlier && tree.upos(noun) == Upos::Adj && tree.head(noun).is_some_and(|of| of < noun),
        // Between subject and verb: "a court on Friday convicted".
        Deprel::Nsubj | Deprel::NsubjPass => tree.head(noun).is_some_and(|verb| noun < time && time < verb),
        _ => false,
    };
    rel && !earlier && matches!(tree.upos(noun), Upos::Noun | Upos::Propn | Upos::Num | Upos::Adv)
}
