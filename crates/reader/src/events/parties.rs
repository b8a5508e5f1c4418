//! Who is meant by a noun phrase that takes part in an event.

use super::grammar;
use super::view::View;
use crate::actors::Actors;
use crate::lexicon::events::{Class, Role};
use crate::tree::Tree;
use onrecord_language::{Deprel, NameKind, Upos};
use onrecord_record::{ActorKind, Id};

/// A phrase nested deeper than this names nobody for the event.
const DEPTH: usize = 4;

/// Those that the phrase headed by `t` names as parties: itself (*the army*), else whoever it belongs to or comes from
/// (*Russian supply lines*, *the minister's plan*, *the attack by rebels*, *news that rebels freed the town*).
pub fn of(ctx: &View, actors: &mut Actors, s: usize, t: usize) -> Vec<Id> {
    behind(ctx, actors, s, t, DEPTH)
}

fn behind(ctx: &View, actors: &mut Actors, s: usize, t: usize, depth: usize) -> Vec<Id> {
    let tree = &ctx.trees[s];
    let t = grammar::counted(ctx.lexicon, tree, t);
    let owned = in_set(ctx, tree, t, "thing");
    if !owned && can_act(ctx, s, t) {
        let found = actors.of(ctx.ctx(), s, t);
        if !found.is_empty() {
            return found;
        }
    }
    if depth == 0 {
        return Vec::new();
    }
    let preposition = |word: &str| Role::Preposition(word.to_owned());
    let mut roles = vec![Role::Possessor, preposition("by"), preposition("from"), preposition("between"), Role::Modifier];
    let names_event = ctx.lexicon.events.rows(tree.lemma(t)).iter().any(|r| r.kind.is_some() && tree.upos(t) == Upos::Noun);
    if names_event {
        roles.push(Role::Light);
    } else {
        roles.extend(["of", "to", "in", "for"].map(preposition));
    }
    for role in &roles {
        for at in grammar::at(tree, ctx.lexicon, t, role) {
            let found = if *role == Role::Modifier { modifier(ctx, actors, s, at) } else { behind(ctx, actors, s, at, depth - 1) };
            if !found.is_empty() {
                return found;
            }
        }
    }
    for clause in tree.children_by(t, &[Deprel::Acl, Deprel::AclRelcl, Deprel::Ccomp]) {
        if let Some(doer) = grammar::subject(tree, clause).filter(|&d| d != t && tree.is_under(d, clause)) {
            let found = behind(ctx, actors, s, doer, depth - 1);
            if !found.is_empty() {
                return found;
            }
        }
    }
    // Nobody owns it: "the convoy" itself.
    if owned && can_act(ctx, s, t) { actors.of(ctx.ctx(), s, t) } else { Vec::new() }
}

/// Whom a modifier names: a demonym, a country, a body, a group (*the Russian attack*, *the NATO raid*, *a rebel raid*);
/// a town names the place, and some words say what kind it is (*a terrorist attack*).
pub fn modifier(ctx: &View, actors: &mut Actors, s: usize, t: usize) -> Vec<Id> {
    let tree = &ctx.trees[s];
    if is_town(ctx, s, t) || in_set(ctx, tree, t, "attributive") {
        return Vec::new();
    }
    let named = ctx.name_at(s, t).is_some()
        || tree.form(t).starts_with(char::is_uppercase)
        || can_act(ctx, s, t) && tree.upos(t) == Upos::Noun;
    if named { actors.implied(ctx.ctx(), s, t).into_iter().collect() } else { Vec::new() }
}

/// True when the noun, name or pronoun names somebody or a body that acts.
pub fn can_act(ctx: &View, s: usize, t: usize) -> bool {
    let tree = &ctx.trees[s];
    match tree.upos(t) {
        Upos::Pron => matches!(
            tree.lower(t),
            "i" | "we"
                | "he"
                | "she"
                | "they"
                | "me"
                | "us"
                | "him"
                | "her"
                | "them"
                | "it"
                | "who"
                | "whom"
                | "those"
                | "his"
                | "their"
                | "our"
                | "my"
                | "its"
                | "everyone"
                | "someone"
                | "anyone"
                | "others"
        ),
        // "Operation Dawn" is what a force does.
        Upos::Noun | Upos::Propn if is_operation(ctx, s, t) => false,
        Upos::Noun | Upos::Propn => {
            ctx.kind(s, t).is_some()
                || ["force", "needy", "official", "worker", "state", "enemy"].iter().any(|set| in_set(ctx, tree, t, set))
        }
        Upos::Num | Upos::Adj => tree.rel(t).is_subject() || matches!(tree.rel(t), Deprel::Obj | Deprel::Obl | Deprel::OblAgent),
        _ => false,
    }
}

/// A name's place that is no country: it says where, not who.
fn is_town(ctx: &View, s: usize, t: usize) -> bool {
    matches!(ctx.name_at(s, t), Some((_, NameKind::Loc))) && ctx.kind(s, t).is_none()
}

/// True when the phrase headed by `t`, or a member of its coordination, is of the class.
pub fn is(ctx: &View, s: usize, t: usize, class: &Class) -> bool {
    let tree = &ctx.trees[s];
    tree.conjuncts(grammar::counted(ctx.lexicon, tree, t)).into_iter().any(|t| match class {
        Class::Any => true,
        // What is written speaks as those who wrote it do: "the letter asks".
        Class::Actor => can_act(ctx, s, t) || in_set(ctx, tree, t, "document"),
        Class::Person => can_act(ctx, s, t) && !is_body(ctx, s, t) && tree.lower(t) != "it",
        Class::Group => can_act(ctx, s, t) && ctx.kind(s, t) != Some(ActorKind::Country),
        Class::Place => is_place(ctx, s, t) || in_set(ctx, tree, t, "territory"),
        // Armed groups and forces by name are known as such to the actors.
        Class::Set(set) => {
            in_set(ctx, tree, t, set) || tree.lemma(t) == set || (matches!(set.as_str(), "force" | "enemy") && fights(ctx, s, t))
        }
    })
}

fn fights(ctx: &View, s: usize, t: usize) -> bool {
    !is_operation(ctx, s, t) && matches!(ctx.kind(s, t), Some(ActorKind::ArmedGroup | ActorKind::Military))
}

fn is_operation(ctx: &View, s: usize, t: usize) -> bool {
    ctx.name_at(s, t).is_some_and(|(words, _)| words.starts_with("Operation "))
}

fn is_body(ctx: &View, s: usize, t: usize) -> bool {
    matches!(ctx.kind(s, t), Some(ActorKind::Country | ActorKind::Government | ActorKind::Organisation))
}

fn is_place(ctx: &View, s: usize, t: usize) -> bool {
    let words = ctx.name_at(s, t).map_or(ctx.trees[s].form(t), |(words, _)| words);
    let lexicon = ctx.lexicon;
    matches!(ctx.name_at(s, t), Some((_, NameKind::Loc)))
        || lexicon.countries.by_name(words).is_some()
        || lexicon.cities.by_name(words).is_some()
}

fn in_set(ctx: &View, tree: &Tree, t: usize, set: &str) -> bool {
    ctx.lexicon.events.in_set(tree.lemma(t), set) || ctx.lexicon.events.in_set(tree.lower(t), set)
}

/// True when this actor can be a party to an event: things and matters that a phrase may name are none.
pub fn is_party(actors: &Actors, id: &Id) -> bool {
    actors
        .get(id)
        .is_some_and(|a| a.kind != ActorKind::Other || a.sector.is_some() || a.name.chars().next().is_some_and(char::is_uppercase))
}
