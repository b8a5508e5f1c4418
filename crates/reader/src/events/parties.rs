//! Who is meant by a noun phrase that takes part in an event.

use super::grammar;
use crate::actors::Actors;
use crate::context::Context;
use crate::lexicon::events::{Class, Role};
use crate::tree::Tree;
use onrecord_language::{Deprel, NameKind, Upos};
use onrecord_record::{ActorKind, Id};

/// A phrase nested deeper than this names nobody for the event.
const DEPTH: usize = 4;

/// Those that the phrase headed by `t` names as parties: itself (*the army*), else whoever it belongs to or comes from
/// (*Russian supply lines*, *the minister's plan*, *the attack by rebels*, *news that rebels freed the town*).
pub fn of(ctx: &Context, actors: &mut Actors, s: usize, t: usize) -> Vec<Id> {
    behind(ctx, actors, s, t, DEPTH)
}

fn behind(ctx: &Context, actors: &mut Actors, s: usize, t: usize, depth: usize) -> Vec<Id> {
    let tree = &ctx.trees[s];
    let t = grammar::counted(tree, t);
    if can_act(ctx, s, t) {
        let found = actors.of(ctx, s, t);
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
    Vec::new()
}

/// Whom a modifier names: a demonym, a country, an organisation (*the Russian attack*, *the NATO raid*); a town names the place.
pub fn modifier(ctx: &Context, actors: &mut Actors, s: usize, t: usize) -> Vec<Id> {
    let tree = &ctx.trees[s];
    if let Some(id) = actors.implied(ctx, s, t) {
        return if is_town(ctx, s, t) { Vec::new() } else { vec![id] };
    }
    if matches!(tree.upos(t), Upos::Propn | Upos::Noun) && !is_town(ctx, s, t) && can_act(ctx, s, t) {
        return actors.of(ctx, s, t);
    }
    Vec::new()
}

/// True when the noun, name or pronoun names somebody or a body that acts.
pub fn can_act(ctx: &Context, s: usize, t: usize) -> bool {
    let tree = &ctx.trees[s];
    let lexicon = ctx.lexicon;
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
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num => {
            if let Some((words, kind)) = name_at(ctx, s, t) {
                return kind != NameKind::Loc || country(ctx, words) || lexicon.countries.by_seat(words).is_some();
            }
            let form = tree.form(t);
            country(ctx, form)
                || lexicon.countries.by_demonym(form).is_some() && tree.upos(t) != Upos::Adj
                || noun_in(ctx, tree, t)
                || ["force", "needy", "official", "worker", "state", "enemy"]
                    .iter()
                    .any(|set| lexicon.events.in_set(tree.lemma(t), set))
        }
        _ => false,
    }
}

fn noun_in(ctx: &Context, tree: &Tree, t: usize) -> bool {
    tree.upos(t) != Upos::Adj
        && (ctx.lexicon.actor_nouns.get(tree.lemma(t)).is_some() || ctx.lexicon.titles.get(tree.lemma(t)).is_some())
}

fn country(ctx: &Context, words: &str) -> bool {
    ctx.lexicon.countries.by_name(words).is_some()
}

/// A name's place that is no country: it says where, not who.
fn is_town(ctx: &Context, s: usize, t: usize) -> bool {
    match name_at(ctx, s, t) {
        Some((words, NameKind::Loc)) => !country(ctx, words),
        _ => false,
    }
}

/// The name that holds the token, as written, and what it names.
pub fn name_at<'a>(ctx: &Context<'a>, s: usize, t: usize) -> Option<(&'a str, NameKind)> {
    let tree = &ctx.trees[s];
    let name = tree.sentence.names.iter().find(|n| n.tokens.contains(&t))?;
    let span = tree.token(name.tokens.start).span.cover(tree.token(name.tokens.end - 1).span);
    Some((ctx.slice(span), name.kind))
}

/// True when the phrase headed by `t`, or a member of its coordination, is of the class.
pub fn is(ctx: &Context, s: usize, t: usize, class: &Class) -> bool {
    let tree = &ctx.trees[s];
    tree.conjuncts(grammar::counted(tree, t)).into_iter().any(|t| match class {
        Class::Any => true,
        Class::Actor => can_act(ctx, s, t),
        Class::Person => {
            can_act(ctx, s, t) && !matches!(kind(ctx, s, t), Some(NameKind::Org | NameKind::Loc)) && tree.lower(t) != "it"
        }
        Class::Group => can_act(ctx, s, t) && kind(ctx, s, t) != Some(NameKind::Loc),
        Class::Place => kind(ctx, s, t) == Some(NameKind::Loc) || country(ctx, tree.form(t)) || in_set(ctx, tree, t, "territory"),
        Class::Set(set) => in_set(ctx, tree, t, set),
    })
}

fn kind(ctx: &Context, s: usize, t: usize) -> Option<NameKind> {
    name_at(ctx, s, t).map(|(_, kind)| kind)
}

fn in_set(ctx: &Context, tree: &Tree, t: usize, set: &str) -> bool {
    ctx.lexicon.events.in_set(tree.lemma(t), set) || ctx.lexicon.events.in_set(tree.lower(t), set)
}

/// True when this actor can be a party to an event: things and matters that a phrase may name are none.
pub fn is_party(actors: &Actors, id: &Id) -> bool {
    actors
        .get(id)
        .is_some_and(|a| a.kind != ActorKind::Other || a.sector.is_some() || a.name.chars().next().is_some_and(char::is_uppercase))
}
