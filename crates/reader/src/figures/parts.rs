//! Which figures are parts of which, and what the parts leave over.

use super::Draft;
use super::noun::Phrase;
use super::numbers::Unit;
use crate::context::Context;
use crate::tree::Tree;
use onrecord_language::Deprel;
use onrecord_record::{Bound, Figure, Measure, Value};
use std::collections::HashMap;

/// Sentences after its whole in which a part that only says what became of it may stand.
const REACH: usize = 2;

/// More parts than a report lists for one total.
const MOST_PARTS: usize = 40;

/// Sets `part_of` to the position of the whole in the list; [`super::repeats`] turns positions into ids.
pub fn link(ctx: &Context, drafts: &[Draft], figures: &mut [Figure]) {
    for part in 0..drafts.len() {
        let whole = including(ctx, drafts, part).or_else(|| partitive(drafts, part)).or_else(|| fate(drafts, part));
        if let Some(whole) = whole.filter(|&w| fits(&figures[part], &figures[w])) {
            figures[part].part_of = Some(whole.to_string());
        }
    }
    sums(drafts, figures);
}

/// A part is no larger than its whole.
fn fits(part: &Figure, whole: &Figure) -> bool {
    part.value.low() < whole.value.high() && part.value.high() <= whole.value.high()
}

fn including(ctx: &Context, drafts: &[Draft], part: usize) -> Option<usize> {
    let draft = &drafts[part];
    included_in(&ctx.trees[draft.s], &draft.phrase, &drafts[..part], draft.s)
}

/// The last of the figures before that these are some of: *34 people, including nine children*; *12 dead, among them two medics*; *the
/// 34 dead include nine children*.
pub fn included_in(tree: &Tree, phrase: &Phrase, before: &[Draft], s: usize) -> Option<usize> {
    let first = tree.first_conjunct(phrase.anchor);
    let verb = tree.head(first).filter(|&v| tree.rel(first) == Deprel::Obj && matches!(tree.lemma(v), "include" | "comprise"));
    let subject = verb.and_then(|v| tree.subject(v));
    let marked = introduced(tree, first);
    if !marked && subject.is_none() {
        return None;
    }
    let here = (0..before.len()).rev().take(MOST_PARTS).take_while(|&w| before[w].s == s);
    let is_whole = |d: &Draft| Some(d.phrase.anchor) == subject || marked && tree.first_conjunct(d.phrase.anchor) != first;
    here.into_iter().find(|&w| is_whole(&before[w]))
}

/// *including*, *among them*, *of which*, *of whom* right before the phrase.
pub fn introduced(tree: &Tree, anchor: usize) -> bool {
    let of_which = |i: usize| tree.children_by(i, &[Deprel::Nmod]).any(|c| matches!(tree.lower(c), "which" | "whom" | "them"));
    let case = tree
        .children_by(anchor, &[Deprel::Case, Deprel::Mark, Deprel::Advmod])
        .any(|c| matches!(tree.lower(c), "including" | "among"));
    let first = tree.subtree_without(anchor, |c| matches!(tree.rel(c), Deprel::AclRelcl | Deprel::Acl | Deprel::Conj))[0];
    let words = |n: usize| first.checked_sub(n).map_or("", |i| tree.lower(i));
    case || of_which(anchor)
        || words(1) == "including"
        || (matches!(words(2), "among" | "of") && matches!(words(1), "them" | "whom" | "which"))
}

/// *five of them*, *three of the ships*.
fn partitive(drafts: &[Draft], part: usize) -> Option<usize> {
    let draft = &drafts[part];
    if !draft.phrase.partitive {
        return None;
    }
    let money = draft.number.unit != Unit::Thing;
    let same = |d: &Draft| {
        d.number.unit == draft.number.unit && (money || draft.phrase.noun.is_none() || last_word(&d.of) == last_word(&draft.of))
    };
    // "54 of 120 seats": the whole stands right behind.
    let behind = drafts.get(part + 1).filter(|d| d.s == draft.s && d.phrase.span.start <= draft.phrase.span.end + " of the ".len());
    if behind.is_some_and(same) {
        return Some(part + 1);
    }
    (0..part).rev().take_while(|&w| draft.s - drafts[w].s <= REACH).find(|&w| same(&drafts[w]))
}

/// *267 drones were launched, 138 were intercepted*: what became of things counted before.
fn fate(drafts: &[Draft], part: usize) -> Option<usize> {
    let draft = &drafts[part];
    let ends = matches!(draft.measure.measure, Measure::Intercepted | Measure::Failed | Measure::Destroyed);
    let related = |d: &Draft| {
        let begins = d.measure.measure == Measure::Launched;
        begins && last_word(&d.of) == last_word(&draft.of)
    };
    (0..part).rev().take_while(|&w| draft.s - drafts[w].s <= REACH).find(|&w| ends && related(&drafts[w]))
}

/// Head of what is counted.
pub fn last_word(of: &str) -> &str {
    of.rsplit(' ').next().unwrap_or(of)
}

/// A total and the parts told right behind it: *34 strikes: 23 in Syria, 11 in Iraq*, and then each of these by places. Figures of one
/// kind that follow a total and add up to it exactly are its parts; what follows them may be the parts of the parts.
fn sums(drafts: &[Draft], figures: &mut [Figure]) {
    let mut kinds: HashMap<(&str, Measure, &[String]), Vec<usize>> = HashMap::new();
    let mut order = Vec::new();
    for (i, figure) in figures.iter().enumerate() {
        if matches!(figure.value, Value::One(_)) && !matches!(figure.measure, Measure::Money | Measure::Share) {
            let kind = (last_word(&drafts[i].of), figure.measure, figure.given_by.as_slice());
            let list = kinds.entry(kind).or_insert_with(|| {
                order.push(kind);
                Vec::new()
            });
            list.push(i);
        }
    }
    let mut links = Vec::new();
    for kind in order {
        let list = &kinds[&kind];
        let mut next = 1;
        for (whole, &w) in list.iter().enumerate() {
            next = next.max(whole + 1);
            if let Some(end) = adds_up(figures, list, next, figures[w].value.low()) {
                links.extend(list[next..end].iter().map(|&part| (part, w)));
                next = end;
            }
        }
    }
    for (part, whole) in links {
        figures[part].part_of.get_or_insert_with(|| whole.to_string());
    }
}

/// Behind the figures from `start` on that add up to `total`: at least two of them.
fn adds_up(figures: &[Figure], list: &[usize], start: usize, total: f64) -> Option<usize> {
    let mut sum = 0.0;
    for (at, &i) in list.iter().enumerate().skip(start).take(MOST_PARTS) {
        sum += figures[i].value.low();
        if sum >= total {
            return (sum == total && at > start).then_some(at + 1);
        }
    }
    None
}

/// What the told fates of things launched leave open: 138 intercepted and 119 failed of 267 leave 10.
pub fn account(figures: &mut [Figure]) {
    for whole in 0..figures.len() {
        let Value::One(total) = figures[whole].value else { continue };
        if figures[whole].measure != Measure::Launched || figures[whole].bound != Bound::Exact {
            continue;
        }
        let parts: Vec<_> = figures.iter().filter(|f| f.part_of.as_ref() == Some(&figures[whole].id)).collect();
        let fates = parts.iter().all(|f| {
            f.bound == Bound::Exact
                && matches!(f.value, Value::One(_))
                && matches!(f.measure, Measure::Intercepted | Measure::Failed | Measure::Destroyed)
        });
        let rest = total - parts.iter().map(|f| f.value.low()).sum::<f64>();
        if fates && parts.len() > 1 && rest > 0.0 {
            figures[whole].unaccounted = Some(rest);
        }
    }
}
