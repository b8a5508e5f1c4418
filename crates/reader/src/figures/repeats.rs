//! Figures that the report tells more than once become one with several places that show it.

use super::Draft;
use crate::context::Context;
use onrecord_record::{Figure, Measure, Value};
use std::collections::HashMap;

/// Numbers below this are too common to be known again without more: *two trucks* here and *two trucks* there are four.
const COMMON: f64 = 13.0;

/// How many figures of one value are looked through for one that is meant again.
const MEMORY: usize = 64;

/// Joins repeated figures and gives ids in reading order. `part_of` holds positions before and ids after.
pub fn join(ctx: &Context, drafts: &[Draft], figures: Vec<Figure>) -> Vec<Figure> {
    // Where each draft's figure went.
    let mut into: Vec<usize> = Vec::new();
    let mut kept: Vec<(usize, Figure)> = Vec::new();
    // Kept figures by value: only these can be meant again.
    let mut by_value: HashMap<(u64, Measure), Vec<usize>> = HashMap::new();
    for (i, figure) in figures.into_iter().enumerate() {
        let alike = by_value.entry((figure.value.low().to_bits(), figure.measure)).or_default();
        let known = alike.iter().rev().take(MEMORY).rev().copied().find(|&at| {
            let (k, known) = &kept[at];
            is_repeat(ctx, &drafts[*k], known, &drafts[i], &figure)
        });
        match known {
            Some(at) => {
                into.push(at);
                let (k, first) = &mut kept[at];
                if ctx.is_headline(drafts[*k].s) {
                    // The body says it in full; the headline bears it out.
                    let headline = std::mem::replace(first, figure);
                    first.evidence.extend(headline.evidence);
                    first.part_of = first.part_of.take().or(headline.part_of);
                    *k = i;
                } else {
                    first.evidence.extend(figure.evidence);
                    first.part_of = first.part_of.take().or(figure.part_of);
                }
            }
            None => {
                into.push(kept.len());
                alike.push(kept.len());
                kept.push((i, figure));
            }
        }
    }
    let id = |at: usize| format!("f{}", at + 1);
    let mut figures: Vec<Figure> = kept.into_iter().map(|(_, figure)| figure).collect();
    for (at, figure) in figures.iter_mut().enumerate() {
        figure.id = id(at);
        let whole = figure.part_of.take().and_then(|w| w.parse::<usize>().ok()).and_then(|w| into.get(w).copied());
        figure.part_of = whole.filter(|&w| w != at).map(id);
        figure.evidence.sort_unstable();
        figure.evidence.dedup();
    }
    figures
}

/// Same value, thing, measure and giver; places and parties that do not differ. A headline need not name the giver nor the same noun.
fn is_repeat(ctx: &Context, one: &Draft, known: &Figure, other: &Draft, new: &Figure) -> bool {
    let headline = ctx.is_headline(one.s) && !ctx.is_headline(other.s);
    let same = known.value == new.value && known.measure == new.measure;
    if !same || known.factuality != new.factuality && !headline {
        return false;
    }
    let agree = |a: &Option<_>, b: &Option<_>| a.is_none() || b.is_none() || a == b;
    let place = |f: &Figure| f.place.as_ref().map(|p| p.name.clone());
    if headline {
        return known.bound == new.bound || known.measure != Measure::Count;
    }
    let noun = |of: &str| of.rsplit(' ').next().unwrap_or("").to_lowercase();
    // "the 34 dead": they were 34 people before.
    let people = ctx.lexicon.measures.thing(noun(&new.of).as_str()).is_some_and(|t| t.is("casualty") || t.is("anyone"));
    let taken_up = other.phrase.definite && (people && known.measure != Measure::Count || other.phrase.noun.is_none());
    let same = noun(&known.of) == noun(&new.of) && known.given_by == new.given_by;
    let told = (same || taken_up) && agree(&place(known), &place(new));
    let rare = match known.value {
        Value::One(n) => n >= COMMON || other.phrase.definite,
        Value::Range(..) => true,
    };
    told && rare && (one.s != other.s || taken_up && other.phrase.noun.is_none())
}
