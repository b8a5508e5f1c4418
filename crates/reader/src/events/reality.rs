//! Whether a sentence speaks of an occurrence at all, or only of something wished, asked, possible or named after it.

use super::candidate::is_speech;
use super::view::View;
use super::{grammar, sense};
use crate::lexicon::events::{EventRow, Pos};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::EventType;

/// True when the event word `t` stands for an occurrence, past, present, planned, possible or denied.
pub fn is_occurrence(ctx: &View, s: usize, t: usize, row: &EventRow) -> bool {
    if ctx.name_at(s, t).is_some() {
        return false;
    }
    match row.pos {
        Pos::Noun => noun_occurs(ctx, s, t, row),
        Pos::Verb => verb_occurs(ctx, s, t, row),
        Pos::Adj => !has_modal(&ctx.trees[s], t),
    }
}

fn noun_occurs(ctx: &View, s: usize, t: usize, row: &EventRow) -> bool {
    let tree = &ctx.trees[s];
    let Some(head) = tree.head(t) else { return true };
    // "attack aircraft", "aid convoy" name other things; "the airstrike investigation" still tells of an airstrike.
    if tree.rel(t) == Deprel::Compound {
        return row.kind == Some(EventType::Assault) && sense::of(ctx, s, head).is_some_and(|r| r.kind != row.kind);
    }
    if is_generic(tree, t) {
        return false;
    }
    let known = tree.children(t).iter().any(|&c| {
        tree.rel(c) == Deprel::NmodPoss
            || tree.rel(c) == Deprel::Det && matches!(tree.lower(c), "the" | "this" | "these" | "those" | "that")
            || tree.rel(c) == Deprel::Amod && matches!(tree.lower(c), "recent" | "continued" | "ongoing" | "last" | "latest")
    });
    let governed = match tree.rel(t) {
        // "proposes a second meeting in Tbilisi in April": planned as soon as it is named.
        Deprel::Obj if row.kind == Some(EventType::Consult) && ctx.lexicon.events.in_set(tree.lemma(head), "proposing") => false,
        Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Nmod | Deprel::Xcomp => {
            is_irrealis(ctx, tree, head) || is_unreal_carrier(ctx, s, head)
        }
        _ => false,
    };
    known || !governed
}

/// A light verb that says what could be done: *the ability to launch attacks*, *can hold talks*.
fn is_unreal_carrier(ctx: &View, s: usize, verb: usize) -> bool {
    let tree = &ctx.trees[s];
    let wished = |h: usize| is_irrealis(ctx, tree, h) && !ctx.lexicon.events.in_set(tree.lemma(h), "undertaking");
    let open = matches!(tree.rel(verb), Deprel::Xcomp | Deprel::Acl | Deprel::Advcl)
        && (tree.child_word(verb, Deprel::Mark, "to").is_some() || tree.token(verb).xpos == "VBG");
    ctx.lexicon.events.in_set(tree.lemma(verb), "light") && (has_modal(tree, verb) || open && tree.head(verb).is_some_and(wished))
}

/// A bare singular that could be counted tells no occurrence: *using attack aircraft and bombers*, *each strike*.
fn is_generic(tree: &Tree, t: usize) -> bool {
    const UNCOUNTED: [&str; 9] = ["ing", "ion", "ment", "ure", "age", "ism", "ence", "ship", "er"];
    let each = tree.children_by(t, &[Deprel::Det]).any(|d| matches!(tree.lower(d), "each" | "every" | "any"));
    let specified = tree.children(t).iter().any(|&c| {
        !matches!(tree.rel(c), Deprel::Punct | Deprel::Cc | Deprel::Conj | Deprel::Case | Deprel::Appos | Deprel::Compound)
    });
    let under = tree.children_by(t, &[Deprel::Case]).any(|k| tree.lower(k) == "under");
    each || tree.token(t).xpos == "NN" && !specified && !under && !UNCOUNTED.iter().any(|end| tree.lemma(t).ends_with(end))
}

fn verb_occurs(ctx: &View, s: usize, t: usize, row: &EventRow) -> bool {
    let tree = &ctx.trees[s];
    // An order to the reader: "Support our work."
    if tree.head(t).is_none() && tree.token(t).xpos == "VB" && !has_aux(tree, t) && tree.child(t, Deprel::Nsubj).is_none() {
        return false;
    }
    // "liberated areas", "looted goods": a participle before its noun says what state it is in.
    let state = tree.rel(t) == Deprel::Amod && tree.head(t).is_some_and(|noun| t < noun) && tree.children(t).is_empty();
    // "Iranian-backed rebels": part of a word.
    let part = t > 0 && tree.form(t - 1) == "-" && tree.rel(t) == Deprel::Amod;
    if state || part || has_modal(tree, t) {
        return false;
    }
    let mut at = t;
    for _ in 0..8 {
        let Some(head) = tree.head(at) else { return true };
        // "if forces were to cross": an auxiliary, no purpose.
        let is_to = tree.children_by(at, &[Deprel::Aux]).any(|a| tree.lemma(a) == "be" && tree.token(at).xpos == "VB");
        let infinitive = tree.child_word(at, Deprel::Mark, "to").is_some() && !is_to;
        match tree.rel(at) {
            Deprel::Conj => {}
            Deprel::Xcomp => {
                let speech = row.kind.is_some_and(is_speech);
                // "promised to send troops", "agreed to meet": planned (codebook: what is announced).
                let undertaken = matches!(row.kind, Some(EventType::Mobilize | EventType::Consult))
                    && ctx.lexicon.events.in_set(tree.lemma(head), "undertaking");
                let goes_on = matches!(tree.lemma(head), "continue" | "keep" | "remain")
                    && has_will(tree, head)
                    && (!speech || row.kind == Some(EventType::Support));
                // "I want to thank": said by saying it.
                let performs = speech && matches!(tree.lemma(head), "want" | "like" | "wish") && says_i(tree, head);
                if (is_irrealis(ctx, tree, head) && !performs && !undertaken) || goes_on || has_modal(tree, head) {
                    return false;
                }
            }
            Deprel::Ccomp if infinitive && is_irrealis(ctx, tree, head) => return false,
            Deprel::Ccomp => {
                return !matches!(
                    tree.lemma(head),
                    "demand" | "insist" | "urge" | "hope" | "wish" | "request" | "propose" | "recommend"
                );
            }
            Deprel::Acl if infinitive => {
                // "campaign to defeat": the noun is the event; "called on them to stop": what is asked of them.
                let noun_is_event = sense::of(ctx, s, head).is_some();
                return !noun_is_event
                    && !is_irrealis(ctx, tree, head)
                    && !tree.head(head).is_some_and(|h| is_irrealis(ctx, tree, h));
            }
            // What is done to an end is no event of its own, but help given is what the means are for.
            Deprel::Advcl if infinitive => return row.kind == Some(EventType::Aid) && !is_irrealis(ctx, tree, head),
            Deprel::Advcl | Deprel::Acl => {
                let toward = tree
                    .children_by(at, &[Deprel::Mark, Deprel::Case])
                    .any(|m| matches!(tree.lower(m), "to" | "for" | "of" | "from" | "in"));
                return !(toward && is_irrealis(ctx, tree, head));
            }
            _ => return true,
        }
        at = head;
    }
    true
}

fn says_i(tree: &Tree, t: usize) -> bool {
    tree.child(t, Deprel::Nsubj).is_some_and(|n| matches!(tree.lower(n), "i" | "we"))
}

fn is_irrealis(ctx: &View, tree: &Tree, t: usize) -> bool {
    ctx.lexicon.events.in_set(tree.lemma(t), "irrealis") || ctx.lexicon.events.in_set(tree.lower(t), "irrealis")
}

fn has_aux(tree: &Tree, t: usize) -> bool {
    tree.children_by(t, &[Deprel::Aux, Deprel::AuxPass]).next().is_some()
}

/// *Must*, *should* and *can* say what ought to be or could be; positions, no events.
fn has_modal(tree: &Tree, t: usize) -> bool {
    let modal = |i: usize| {
        tree.children_by(i, &[Deprel::Aux]).any(|a| {
            matches!(tree.lower(a), "must" | "should" | "can" | "ca" | "cannot" | "ought" | "need" | "could" | "might" | "may")
        })
    };
    let shares =
        |i: usize| tree.rel(i) == Deprel::Conj && !has_aux(tree, i) && tree.children(i).iter().all(|&c| !tree.rel(c).is_subject());
    modal(t) || shares(t) && tree.head(t).is_some_and(|h| tree.upos(h) == Upos::Verb && modal(h) && !grammar::is_nominal(tree, t))
}

fn has_will(tree: &Tree, t: usize) -> bool {
    tree.children_by(t, &[Deprel::Aux]).any(|a| matches!(tree.lower(a), "will" | "shall" | "'ll" | "’ll" | "wo"))
}
