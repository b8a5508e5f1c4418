//! What a report is about.

use crate::days::Days;
use crate::events::is_verbal;
use crate::spot::Spot;
use crate::topic::Topic;
use crate::words::fold;
use onrecord_record::{Actor, ActorKind, Event, Id, Record, Sector};
use onrecord_text::Document;
use serde::{Deserialize, Serialize};

/// What a report is about: what it does not say of each event again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Story {
    pub(crate) topic: Topic,
    /// Where the first event is that it places, if that is a town.
    pub(crate) place: Option<Spot>,
    /// When the first thing was that it dates to a day or a night.
    pub(crate) day: Option<Days>,
    /// The actor that published it, where one did: what a release says in its own voice is said with it.
    issuer: Option<Id>,
}

impl Story {
    /// Of a report.
    pub fn new(document: &Document, record: &Record) -> Self {
        let first = record.events.iter().find_map(|e| e.place.as_ref()).map(Spot::new);
        let outlet = document.outlet.as_deref().map(fold);
        let issued = |a: &&Actor| a.sector != Some(Sector::Jrn) && outlet.as_ref() == Some(&fold(&a.name));
        let issuer = record.actors.iter().find(issued).map(|a| a.id.clone());
        let done = record.events.iter().filter(|e| !is_verbal(e.kind)).filter_map(|e| e.date.as_deref());
        let day = done.filter_map(|date| Days::parse(date, document.published)).find(|date| date.length() <= 2);
        Story { topic: Topic::new(document), place: first.filter(|spot| spot.exact), day, issuer }
    }

    /// True for what its publisher, or the state whose office that is, does in it by its own word.
    pub(crate) fn speaks(&self, event: &Event, record: &Record) -> bool {
        let actor = |id: &Id| record.actors.iter().find(|a| a.id == *id);
        let Some(issuer) = self.issuer.as_ref().and_then(actor) else { return false };
        let same =
            |a: &Actor| a.id == issuer.id || (a.country.is_some() && a.country == issuer.country && a.kind != ActorKind::Person);
        event.given_by.is_empty() && event.actors.iter().filter_map(actor).any(same)
    }
}
