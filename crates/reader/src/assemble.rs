//! Puts the parts together: figures to their events, unused actors dropped, ids in reading order.

use crate::actors::Actors;
use crate::attach;
use crate::context::Context;
use onrecord_record::{Actor, Id, Record, check};
use onrecord_text::{Diagnostic, Level};
use std::collections::{HashMap, HashSet};

/// The finished record.
pub fn finish(ctx: &Context, actors: Actors, mut record: Record) -> Record {
    attach::figures(ctx, &mut record.events, &record.figures);
    let used: HashSet<Id> = actor_lists(&mut record).flatten().map(|id| id.clone()).collect();
    let mut kept: Vec<Actor> = actors
        .into_all(ctx)
        .into_iter()
        .filter(|(actor, named)| used.contains(&actor.id) || (*named && !actor.mentions.is_empty()))
        .map(|(a, _)| a)
        .collect();
    kept.sort_by_key(|a| a.mentions.first().copied());
    let renumbered: HashMap<Id, Id> = kept.iter().enumerate().map(|(i, a)| (a.id.clone(), format!("a{}", i + 1))).collect();
    for actor in &mut kept {
        actor.id = renumbered[&actor.id].clone();
    }
    for id in actor_lists(&mut record).flatten() {
        if let Some(new) = renumbered.get(id) {
            *id = new.clone();
        }
    }
    record.actors = kept;
    pass_gate(ctx, &mut record);
    record
}

/// Leaves out what the document does not support, and says so: a fault in one record never costs the others.
fn pass_gate(ctx: &Context, record: &mut Record) {
    let faults = check(ctx.document, record);
    if faults.is_empty() {
        return;
    }
    let out: HashSet<Id> = faults.iter().map(|f| f.id().clone()).collect();
    for fault in &faults {
        let message = format!("left out of the record: {fault}");
        record.diagnostics.push(Diagnostic { level: Level::Warning, code: "faulty-record".into(), message, span: None });
    }
    record.actors.retain(|a| !out.contains(&a.id));
    record.statements.retain(|s| !out.contains(&s.id));
    record.events.retain(|e| !out.contains(&e.id));
    record.positions.retain(|p| !out.contains(&p.id));
    record.figures.retain(|f| !out.contains(&f.id));
    for list in actor_lists(record) {
        list.retain(|id| !out.contains(id));
    }
    for event in &mut record.events {
        event.figures.retain(|id| !out.contains(id));
    }
    for figure in &mut record.figures {
        figure.part_of = figure.part_of.take().filter(|id| !out.contains(id));
    }
}

/// Every list of the record that names actors.
fn actor_lists(record: &mut Record) -> impl Iterator<Item = &mut Vec<Id>> {
    let statements = record.statements.iter_mut().flat_map(|s| [&mut s.speaker, &mut s.to, &mut s.given_by]);
    let events = record.events.iter_mut().flat_map(|e| [&mut e.actors, &mut e.recipients, &mut e.given_by]);
    let positions = record.positions.iter_mut().flat_map(|p| [&mut p.holder, &mut p.toward, &mut p.given_by]);
    let figures = record.figures.iter_mut().flat_map(|f| [&mut f.by, &mut f.against, &mut f.given_by]);
    statements.chain(events).chain(positions).chain(figures)
}
