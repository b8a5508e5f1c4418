//! Whose police, parliament or teachers a report means that names no country beside them: those of the country it is about.

use super::entity::Entity;
use crate::context::Context;
use onrecord_language::NameKind;
use onrecord_record::{ActorKind, Sector};

/// Gives bodies, officials and groups without a country the country that most of the report's names lie in, unless the sentence that
/// first names them names another one.
pub fn settle(ctx: &Context, entities: &mut [Entity]) {
    let Some(home) = ctx.atlas.home() else { return };
    for entity in entities.iter_mut().filter(|e| e.actor.country.is_none() && is_domestic(e)) {
        let first = entity.actor.mentions.first().and_then(|span| ctx.sentence_at(span.start));
        if first.is_some_and(|s| !names_another(ctx, s, home)) {
            entity.actor.country = Some(home.to_owned());
        }
    }
}

/// What a country has one of its own: a state's bodies and officials, and its people by what they do.
fn is_domestic(entity: &Entity) -> bool {
    use ActorKind::{Government, Military, Organisation, Other, Person, Population};
    use Sector::{Agr, Cop, Edu, Gov, Jud, Lab, Leg, Med, Mil, Opp, Prm, Pty, Spy};
    let Some(sector) = entity.actor.sector else { return false };
    match entity.actor.kind {
        Person => matches!(sector, Gov | Mil | Leg | Jud | Cop | Spy),
        Government | Military | Organisation | Population | Other => {
            matches!(sector, Gov | Mil | Leg | Jud | Cop | Spy | Prm | Pty | Opp | Lab | Edu | Med | Agr)
        }
        _ => false,
    }
}

fn names_another(ctx: &Context, s: usize, home: &str) -> bool {
    let tree = &ctx.trees[s];
    let places = tree.sentence.names.iter().filter(|n| n.kind == NameKind::Loc).filter_map(|n| {
        let span = tree.name_span(n);
        ctx.atlas.place(ctx.slice(span), span)?.country
    });
    let peoples = (0..tree.len())
        .filter(|&t| tree.form(t).starts_with(char::is_uppercase))
        .filter_map(|t| Some(ctx.lexicon.countries.by_demonym(tree.form(t))?.iso3.clone()));
    places.chain(peoples).any(|country| country != home)
}
