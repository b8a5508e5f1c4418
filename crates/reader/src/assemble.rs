//! Puts the parts together: figures to their events, unused actors dropped, ids in reading order.

use crate::actors::Actors;
use crate::context::Context;
use onrecord_record::{Actor, Event, Figure, Id, Record};
use onrecord_text::Span;
use std::collections::{HashMap, HashSet};

/// The finished record.
pub fn finish(ctx: &Context, actors: Actors, mut record: Record) -> Record {
    attach_figures(ctx, &mut record.events, &record.figures);
    let used: HashSet<Id> = references(&mut record).map(|id| id.clone()).collect();
    let mut kept: Vec<Actor> = actors
        .into_all()
        .into_iter()
        .filter(|(actor, named)| used.contains(&actor.id) || (*named && !actor.mentions.is_empty()))
        .map(|(a, _)| a)
        .collect();
    kept.sort_by_key(|a| a.mentions.first().copied());
    let renumbered: HashMap<Id, Id> = kept.iter().enumerate().map(|(i, a)| (a.id.clone(), format!("a{}", i + 1))).collect();
    for actor in &mut kept {
        actor.id = renumbered[&actor.id].clone();
    }
    for id in references(&mut record) {
        if let Some(new) = renumbered.get(id) {
            *id = new.clone();
        }
    }
    record.actors = kept;
    record
}

/// Every place where the record names an actor.
fn references(record: &mut Record) -> impl Iterator<Item = &mut Id> {
    let statements = record.statements.iter_mut().flat_map(|s| s.speaker.iter_mut().chain(&mut s.to).chain(&mut s.given_by));
    let events = record.events.iter_mut().flat_map(|e| e.actors.iter_mut().chain(&mut e.recipients).chain(&mut e.given_by));
    let positions = record.positions.iter_mut().flat_map(|p| p.holder.iter_mut().chain(&mut p.toward).chain(&mut p.given_by));
    let figures = record.figures.iter_mut().flat_map(|f| f.by.iter_mut().chain(&mut f.against).chain(&mut f.given_by));
    statements.chain(events).chain(positions).chain(figures)
}

/// A figure belongs to the event whose evidence holds it, the narrowest such; a part goes where its whole goes.
fn attach_figures(ctx: &Context, events: &mut [Event], figures: &[Figure]) {
    let mut home: HashMap<&Id, usize> = HashMap::new();
    let mut by_sentence: HashMap<usize, Vec<usize>> = HashMap::new();
    for (i, event) in events.iter().enumerate() {
        for sentence in event.evidence.iter().flat_map(|&span| ctx.sentences_in(span)) {
            by_sentence.entry(sentence).or_default().push(i);
        }
    }
    for figure in figures {
        let holding = |e: &Event| e.evidence.iter().filter(|span| span.contains(figure.span)).map(|span| span.len()).min();
        let here = ctx.sentence_at(figure.span.start).and_then(|s| by_sentence.get(&s)).map_or(&[][..], Vec::as_slice);
        let narrowest = here.iter().filter_map(|&i| holding(&events[i]).map(|len| (len, i))).min();
        let whole = figure.part_of.as_ref().and_then(|id| home.get(id).copied());
        let same_sentence = |span: Span| ctx.sentence_at(span.start) == ctx.sentence_at(figure.span.start);
        let near =
            || here.iter().copied().find(|&i| same_sentence(events[i].trigger) && events[i].trigger.start < figure.span.start);
        if let Some(event) = whole.or(narrowest.map(|(_, i)| i)).or_else(near) {
            home.insert(&figure.id, event);
            events[event].figures.push(figure.id.clone());
        }
    }
}
