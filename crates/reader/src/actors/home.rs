//! Whose police, parliament or teachers a report means that names no country beside them: those of the place it tells of.

use super::entity::Entity;
use crate::context::Context;
use onrecord_language::NameKind;
use onrecord_record::{ActorKind, Sector};
use std::collections::BTreeSet;

/// How many sentences before its first mention an actor may take its country from.
const REACH: usize = 3;

/// Gives bodies, officials and groups without a country that of the scene they first appear in: the country that the report is about
/// or the only one it names, unless their sentence names only others. In a report about no one country, bodies and groups are of the only one that their
/// sentence names, else of the only one in the nearest sentence before that names any; a person's country is then left open.
pub fn settle(ctx: &Context, entities: &mut [Entity]) {
    let home = ctx.atlas.home().map(str::to_owned).or_else(|| only((0..ctx.trees.len()).flat_map(|s| named(ctx, s)).collect()));
    for entity in entities.iter_mut().filter(|e| e.actor.country.is_none() && is_domestic(e)) {
        let first = entity.actor.mentions.first().and_then(|span| ctx.sentence_at(span.start));
        entity.actor.country = first.and_then(|s| match &home {
            Some(home) => at_home(ctx, s, home).then(|| home.clone()),
            None => scene(ctx, s).filter(|_| entity.actor.kind != ActorKind::Person),
        });
    }
}

/// Whether the sentence can play in the report's own country: it names that one or none.
fn at_home(ctx: &Context, s: usize, home: &str) -> bool {
    let here = named(ctx, s);
    here.is_empty() || here.contains(home)
}

/// The country in which the sentence plays, where the report is about no one country.
fn scene(ctx: &Context, s: usize) -> Option<String> {
    (s.saturating_sub(REACH)..=s).rev().map(|at| named(ctx, at)).find(|countries| !countries.is_empty()).and_then(only)
}

fn only(countries: BTreeSet<String>) -> Option<String> {
    if countries.len() == 1 { countries.into_iter().next() } else { None }
}

/// The countries that a sentence names, by their places or their people.
fn named(ctx: &Context, s: usize) -> BTreeSet<String> {
    let tree = &ctx.trees[s];
    let places = tree.sentence.names.iter().filter(|n| n.kind == NameKind::Loc).filter_map(|n| {
        let span = tree.name_span(n);
        // "the republic" is no town of that name.
        tree.form(n.tokens.start).starts_with(char::is_uppercase).then_some(())?;
        ctx.atlas.place(ctx.slice(span), span)?.country
    });
    let peoples = (0..tree.len())
        .filter(|&t| tree.form(t).starts_with(char::is_uppercase))
        .filter_map(|t| Some(ctx.lexicon.countries.by_demonym(tree.form(t))?.iso3.clone()));
    places.chain(peoples).collect()
}

/// What a country has one of its own: a state's bodies and officials, and its people by what they do.
fn is_domestic(entity: &Entity) -> bool {
    use ActorKind::{Government, Military, Organisation, Other, Person, Population};
    use Sector::{Agr, Cop, Edu, Gov, Jud, Lab, Leg, Med, Mil, Opp, Prm, Pty, Rel, Soc, Spy};
    let Some(sector) = entity.actor.sector else { return false };
    match entity.actor.kind {
        Person => matches!(sector, Gov | Mil | Leg | Jud | Cop | Spy | Pty | Opp | Lab | Med | Rel),
        Government | Military | Organisation | Population | Other => {
            matches!(sector, Gov | Mil | Leg | Jud | Cop | Spy | Prm | Pty | Opp | Lab | Edu | Med | Agr | Soc)
        }
        _ => false,
    }
}
