//! Whom a person known by name works for, where the report does not say: by the table of office holders, on the report's day.

use super::entity::{Class, Entity};
use crate::context::Context;
use onrecord_record::Sector;

/// Gives people whose office the report leaves unsaid the country and sector of the office they held when it was published.
pub fn settle(ctx: &Context, entities: &mut [Entity]) {
    let day = ctx.times.published();
    for entity in entities.iter_mut().filter(|e| e.class == Class::Person) {
        let actor = &mut entity.actor;
        let Some(standing) = ctx.lexicon.officeholders.at(&actor.name, day) else { continue };
        let body = standing.office.organisation.as_deref().and_then(|name| ctx.lexicon.organisations.get(name));
        let country = standing.office.country.as_ref().or_else(|| body?.country.as_ref());
        // A namesake: the report's own words come first.
        if actor.country.is_some() && actor.country.as_ref() != country {
            continue;
        }
        actor.country = country.cloned();
        let sector = if standing.former { Some(Sector::Eli) } else { standing.office.sector.or_else(|| body?.sector) };
        actor.sector = actor.sector.or(sector);
    }
}
