//! Who did what a figure counts, and to whom.

use super::Draft;
use crate::actors::Actors;
use crate::context::Context;
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Id, Measure};

/// Actors behind the figure: subject or agent of its predicate, or what its noun's modifiers imply.
pub fn by(ctx: &Context, actors: &mut Actors, draft: &Draft) -> Vec<Id> {
    let tree = &ctx.trees[draft.s];
    let Some(predicate) = predicate(tree, draft) else { return Vec::new() };
    if tree.is_passive(predicate) {
        let agent = tree.child(predicate, Deprel::OblAgent).or_else(|| tree.with_preposition(predicate, "by").next());
        return agent.map_or(Vec::new(), |agent| actor_behind(ctx, actors, draft.s, agent));
    }
    match tree.subject(predicate) {
        // What happens to the thing counted has no doer here.
        Some(subject) if tree.is_under(draft.phrase.anchor, subject) => Vec::new(),
        Some(subject) => actor_behind(ctx, actors, draft.s, subject),
        None => Vec::new(),
    }
}

/// The actor of a phrase; for *a Russian missile attack* the one that its modifiers imply.
fn actor_behind(ctx: &Context, actors: &mut Actors, s: usize, t: usize) -> Vec<Id> {
    let tree = &ctx.trees[s];
    if is_deed(ctx, tree, t) {
        let modifiers: Vec<usize> = tree.children_by(t, &[Deprel::Amod, Deprel::Compound, Deprel::NmodPoss]).collect();
        let implied = modifiers.into_iter().find_map(|m| actors.implied(ctx, s, m));
        let agent = tree.with_preposition(t, "by").next();
        return implied.into_iter().chain(agent.into_iter().flat_map(|a| actors.of(ctx, s, a))).collect();
    }
    actors.of(ctx, s, t)
}

/// True for nouns that name what is done, not who does it.
fn is_deed(ctx: &Context, tree: &Tree, t: usize) -> bool {
    let measures = &ctx.lexicon.measures;
    measures.thing(&measures.singular(tree.lower(t))).is_some_and(|thing| thing.is("act"))
}

/// Targets: *against Ukrainian targets*, *at the city*, the people of *killed 70 members of the tribe*.
pub fn against(ctx: &Context, actors: &mut Actors, draft: &Draft) -> Vec<Id> {
    let tree = &ctx.trees[draft.s];
    let Some(predicate) = predicate(tree, draft) else { return Vec::new() };
    let prepositions: &[&str] = if draft.measure.measure == Measure::Launched { &["against", "at", "on"] } else { &["against"] };
    let targets = prepositions
        .iter()
        .flat_map(|p| tree.with_preposition(predicate, p).chain(tree.with_preposition(draft.phrase.anchor, p)).collect::<Vec<_>>());
    for target in targets {
        let modifier = tree.children_by(target, &[Deprel::Amod, Deprel::Compound]).find_map(|m| actors.implied(ctx, draft.s, m));
        if let Some(implied) = modifier {
            return vec![implied];
        }
        if tree.upos(target) != Upos::Num {
            let found = actors.of(ctx, draft.s, target);
            if !found.is_empty() {
                return found;
            }
        }
    }
    // "destroyed 14 ISIL tanks": whose the things are.
    let noun = draft.phrase.noun.filter(|_| draft.measure.governed);
    let owner =
        noun.and_then(|n| tree.children_by(n, &[Deprel::Compound, Deprel::Amod]).find_map(|m| actors.implied(ctx, draft.s, m)));
    owner.into_iter().collect()
}

/// The verb that the figure's phrase hangs on.
fn predicate(tree: &Tree, draft: &Draft) -> Option<usize> {
    let measured = draft.measure.by.filter(|&by| tree.upos(by) == Upos::Verb && by != draft.phrase.anchor);
    measured.or_else(|| {
        let stands = tree.first_conjunct(draft.phrase.anchor);
        tree.head(stands).filter(|&h| {
            tree.upos(h) == Upos::Verb && matches!(tree.rel(stands), Deprel::Obj | Deprel::Obl | Deprel::NsubjPass | Deprel::Nsubj)
        })
    })
}
