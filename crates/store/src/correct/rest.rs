//! What follows for the other records of a report when one is put right or taken out.

use super::Corrected;
use super::overlay::Seat;
use onrecord_record::{Bound, Figure, Record, RecordKind, Value};
use std::collections::BTreeSet;

/// Takes records out, with what refers to them.
pub(super) fn withdraw(record: &mut Record, gone: &[Seat]) {
    if gone.is_empty() {
        return;
    }
    let out = |kind: RecordKind, at: usize| gone.contains(&(kind, at));
    let figures: BTreeSet<String> = record
        .figures
        .iter()
        .enumerate()
        .filter(|(at, _)| out(RecordKind::Figure, *at))
        .map(|(_, figure)| figure.id.clone())
        .collect();
    keep(&mut record.statements, |at| !out(RecordKind::Statement, at));
    keep(&mut record.events, |at| !out(RecordKind::Event, at));
    keep(&mut record.positions, |at| !out(RecordKind::Position, at));
    keep(&mut record.figures, |at| !out(RecordKind::Figure, at));
    for event in &mut record.events {
        event.figures.retain(|id| !figures.contains(id));
    }
    for figure in &mut record.figures {
        figure.part_of.take_if(|whole| figures.contains(whole));
    }
    if !figures.is_empty() {
        rests(&mut record.figures);
    }
}

fn keep<T>(all: &mut Vec<T>, stays: impl Fn(usize) -> bool) {
    let mut at = 0;
    all.retain(|_| {
        at += 1;
        stays(at - 1)
    });
}

/// What parts leave over, where a number was put right.
pub(super) fn reckon(record: &mut Record, corrections: &[Corrected]) {
    if corrections.iter().any(|one| matches!(one.field.as_str(), "value" | "bound")) {
        rests(&mut record.figures);
    }
}

/// Of wholes whose parts leave something over: how much it is now.
fn rests(figures: &mut [Figure]) {
    for at in 0..figures.len() {
        let whole = &figures[at];
        if whole.unaccounted.is_none() {
            continue;
        }
        let mut parts = figures.iter().filter(|part| part.part_of.as_ref() == Some(&whole.id)).peekable();
        let has_parts = parts.peek().is_some();
        let exact = |figure: &Figure| match figure.value {
            Value::One(value) if figure.bound == Bound::Exact => Some(value),
            _ => None,
        };
        let told: Option<Vec<f64>> = parts.map(exact).collect();
        let rest = told.zip(exact(whole)).map(|(parts, total)| total - parts.iter().sum::<f64>());
        figures[at].unaccounted = rest.filter(|rest| *rest > 0.0 && has_parts);
    }
}
