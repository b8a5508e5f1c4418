//! Whether a mention says enough for an event: somebody does or suffers it, or it is said to happen.

use super::view::View;
use super::{grammar, parties};
use crate::lexicon::NounSet;
use crate::lexicon::events::{Class, EventRow, Pos, Role};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{ActorKind, EventType, Id};

/// What a mention tells besides its word.
pub struct Told<'a> {
    /// Those who do it.
    pub doers: &'a [Id],
    /// Those it is done to.
    pub done_to: &'a [Id],
    /// It has a date or a place.
    pub dated: bool,
    /// *The talks*, *these talks*.
    pub definite: bool,
    /// *Another meeting*, *a second round*.
    pub fresh: bool,
}

/// The noun is what a verb says to happen, last, resume or end, or to be planned or held: *fighting has not resumed*.
pub fn happens(ctx: &View, tree: &Tree, t: usize) -> bool {
    let Some(verb) = tree.head(t).filter(|&h| tree.upos(h) == Upos::Verb) else { return false };
    match tree.rel(t) {
        Deprel::Nsubj => ctx.lexicon.events.in_set(tree.lemma(verb), "happen") && tree.object(verb).is_none(),
        Deprel::NsubjPass => matches!(tree.lemma(verb), "plan" | "schedule" | "hold" | "expect" | "set" | "fix" | "agree"),
        _ => false,
    }
}

/// Nouns that tell violence are told without parties; others need somebody, if only somebody whom the report does not make known.
pub fn is_told(ctx: &View, (s, t): (usize, usize), row: &EventRow, told: &Told) -> bool {
    use EventType::*;
    let tree = &ctx.trees[s];
    let Told { doers, done_to, .. } = told;
    match (row.pos, row.kind) {
        (Pos::Noun, Some(Assault)) => true,
        (Pos::Noun, Some(Accuse)) if row.mode.as_deref() == Some("investigate") => true,
        // Those who attack computers are mostly unknown.
        (_, Some(Coerce)) if row.mode.as_deref() == Some("cyber") => true,
        (Pos::Verb, Some(kind)) if has_doer(ctx, s, t, kind) => true,
        // "rejected the demand that they leave": its content tells it.
        // "the talks of Friday in Doha", "a second round in Muscat", "the siege of the port", "last week's protest"
        // "arrested during a protest last week", not the month of March
        (Pos::Noun, Some(Protest)) if told.dated && tree.upos(t) == Upos::Noun => true,
        (Pos::Noun, Some(Consult | Coerce)) if told.dated && (told.definite || told.fresh) => true,
        (Pos::Noun, Some(Coerce)) if tree.with_preposition(t, "of").next().is_some() => true,
        (Pos::Noun, Some(Request)) if !grammar::clauses(tree, t).is_empty() => true,
        (Pos::Verb, Some(Agree)) if grammar::is_passive(tree, t) && !row.needs.is_empty() => true,
        (Pos::Noun, Some(Consult | Cooperate | Request | Accuse | Support | Agree)) => !doers.is_empty(),
        (Pos::Verb, Some(Assault | Coerce)) if grammar::is_passive(tree, t) => true,
        (Pos::Verb, _) if grammar::is_passive(tree, t) => !doers.is_empty() || !done_to.is_empty(),
        // "a bomb exploded": the row asks for the weapon and for nobody
        (Pos::Verb, Some(Assault)) if row.actor.is_empty() => true,
        // "received aid": those it is done to are the subject.
        (Pos::Verb, _) if !row.actor.iter().flatten().any(|r| *r == Role::Subject) => !doers.is_empty() || !done_to.is_empty(),
        (Pos::Verb | Pos::Adj, _) => !doers.is_empty(),
        _ => !doers.is_empty() || !done_to.is_empty(),
    }
}

/// Somebody stands where those who do it do, known or not: *she called it a farce*, *thousands protested*, *two shells hit the ward*.
fn has_doer(ctx: &View, s: usize, t: usize, kind: EventType) -> bool {
    let tree = &ctx.trees[s];
    let tools: &[&str] = match kind {
        EventType::Assault => &["weapon", "bomb", "vehicle", "crowd"],
        EventType::Aid | EventType::Mobilize => &["vehicle", "crowd"],
        _ => &["crowd"],
    };
    let somebody = |i: usize| match tree.upos(i) {
        Upos::Pron => matches!(tree.lower(i), "i" | "we" | "he" | "she" | "they"),
        _ => tools.iter().any(|set| ctx.lexicon.events.in_set(tree.lemma(i), set)) || is_many(ctx, tree, i),
    };
    !grammar::is_passive(tree, t) && grammar::subject(tree, t).is_some_and(somebody)
}

/// *Thousands*, *dozens of people*.
fn is_many(ctx: &View, tree: &Tree, i: usize) -> bool {
    ctx.lexicon.noun_sets.has(NounSet::Quantity, tree.lemma(i)) && tree.token(i).xpos == "NNS"
}

/// A verb of violence against persons (CAMEO 18) that does not say how: an accident may do it as well.
pub fn is_harm(row: &EventRow) -> bool {
    row.pos == Pos::Verb && row.mode.is_none() && row.cameo.as_deref().is_some_and(|code| code.starts_with("18"))
}

/// "a jet crashed, killing 228", "the flood killed two", "the crash of Flight 12, which killed all on board".
pub fn is_accident(ctx: &View, tree: &Tree, t: usize) -> bool {
    let named =
        |i: usize| ctx.lexicon.events.in_set(tree.lemma(i), "accident") || ctx.lexicon.events.in_set(tree.lower(i), "accident");
    let governor = tree.head(t).filter(|_| matches!(tree.rel(t), Deprel::Advcl | Deprel::Conj | Deprel::Acl | Deprel::AclRelcl));
    let means = tree.children_by(t, &[Deprel::Obl]).find(|&c| tree.child_word(c, Deprel::Case, "in").is_some());
    governor
        .into_iter()
        .chain(grammar::subject(tree, t))
        .chain(means)
        .any(|i| named(i) || tree.children(i).iter().any(|&c| matches!(tree.rel(c), Deprel::Compound | Deprel::Flat) && named(c)))
}

/// "a bomb killed ten": a thing does it to people.
pub fn is_killing(ctx: &View, s: usize, t: usize, row: &EventRow) -> bool {
    let people = |o| parties::is(ctx, s, o, &Class::Person) && ctx.kind(s, o) != Some(ActorKind::Other);
    is_harm(row) && ctx.trees[s].object(t).is_some_and(people) && grammar::subject(&ctx.trees[s], t).is_some()
}

/// Nothing but an indefinite article, if that: *a strike means*, *attacks are rare*.
pub fn is_bare(tree: &Tree, t: usize) -> bool {
    let says = |&c: &usize| match tree.rel(c) {
        Deprel::Punct | Deprel::Cc | Deprel::Conj | Deprel::Case | Deprel::Cop | Deprel::Nsubj | Deprel::AclRelcl | Deprel::Acl => {
            false
        }
        Deprel::Det => !matches!(tree.lower(c), "a" | "an"),
        _ => true,
    };
    !tree.children(t).iter().any(says)
}
