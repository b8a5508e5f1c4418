//! Finds the events of a report: who did what to whom.
//!
//! A word that `lexicon/events.tsv` knows, in a sense that fits ([`sense`]), in a sentence that says it happens ([`reality`]),
//! becomes a [`candidate`] with its parties ([`parties`], over [`grammar`]); mentions of one occurrence become one event ([`merge`]). What is done by
//! saying something is added last ([`said`]).

mod candidate;
mod grammar;
mod merge;
mod modes;
mod parties;
mod reality;
mod said;
mod sense;
#[cfg(test)]
mod tests;
mod told;
mod trigger;
mod view;

use crate::actors::Actors;
use crate::context::Context;
use crate::givers::Givers;
use onrecord_record::{Event, Statement};

/// All events, in reading order, ids given.
pub fn find(ctx: &Context, actors: &mut Actors, givers: &Givers, statements: &[Statement]) -> Vec<Event> {
    let view = view::View::new(ctx, actors);
    let candidates = candidate::find(&view, actors, givers, statements);
    let mut events = merge::merge(&view, candidates);
    let said = said::find(ctx, actors, statements, &events);
    events.extend(said);
    events.sort_by_key(|e| (e.trigger, e.kind));
    for (i, event) in events.iter_mut().enumerate() {
        event.id = format!("e{}", i + 1);
    }
    events
}
