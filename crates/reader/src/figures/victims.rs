//! Who a report says was killed or taken, with a number or without: *two insurgents*, *a Taliban leader*, *several suspects*, *them*.

use super::parts::introduced;
use super::{Draft, measure, noun};
use crate::context::Context;
use crate::factuality;
use crate::lexicon::measures::Thing;
use crate::tree::Tree;
use onrecord_language::{Deprel, NameKind, Upos};
use onrecord_record::{Factuality, Measure, Value};
use onrecord_text::Span;

/// One mention of people to whom something was done.
#[derive(Clone, Debug)]
pub struct Victims {
    /// Sentence.
    pub s: usize,
    /// The words.
    pub span: Span,
    /// What was done to them.
    pub measure: Measure,
    /// How many; none where a plural does not say.
    pub count: Option<f64>,
    /// Known already: *the leader*, *them*.
    pub definite: bool,
    /// More than those told before: *another*, *two additional*, *also detained*.
    pub further: bool,
    /// Their noun, singular, in lower case; empty for a pronoun.
    pub noun: String,
    /// The noun says no more than that they are people.
    pub anyone: bool,
}

/// All mentions of people whom the report says were killed, injured, taken and so on, in reading order.
pub fn find(ctx: &Context, drafts: &[Draft]) -> Vec<Victims> {
    let mut found = Vec::new();
    let mut at = 0;
    for s in 0..ctx.trees.len() {
        let from = at;
        while at < drafts.len() && drafts[at].s == s {
            at += 1;
        }
        let counted = &drafts[from..at];
        let start = found.len();
        found.extend(counted.iter().filter_map(|draft| numbered(ctx, draft)));
        for t in 0..ctx.trees[s].len() {
            if !counted.iter().any(|d| d.phrase.noun == Some(t) || d.phrase.span.contains(ctx.trees[s].token(t).span)) {
                found.extend(named(ctx, s, t, &drafts[..at]));
            }
        }
        found[start..].sort_by_key(|v| v.span);
    }
    found
}

/// What can be done to people.
fn is_done_to_people(measure: Measure) -> bool {
    matches!(measure, Measure::Killed | Measure::Injured | Measure::Missing | Measure::Detained | Measure::Rescued)
}

fn numbered(ctx: &Context, draft: &Draft) -> Option<Victims> {
    let tree = &ctx.trees[draft.s];
    let of_people = draft.measure.governed && is_done_to_people(draft.measure.measure);
    let anchor = draft.phrase.anchor;
    let by = draft.measure.by?;
    if !of_people || introduced(tree, tree.first_conjunct(anchor)) || !happened(ctx, draft.s, by, anchor) {
        return None;
    }
    let count = match draft.number.value {
        Value::One(count) => Some(count),
        Value::Range(..) => None,
    };
    let thing = draft.phrase.noun.and_then(|n| noun::thing(tree, n, &ctx.lexicon.measures));
    Some(Victims {
        s: draft.s,
        span: draft.phrase.span,
        measure: draft.measure.measure,
        count,
        definite: draft.phrase.definite && !draft.phrase.partitive,
        further: is_further(tree, anchor, by) || words_say_further(ctx.slice(draft.phrase.span)),
        noun: draft.of.to_lowercase(),
        anyone: draft.phrase.noun.is_none() || thing.is_some_and(|t| t.is("anyone")),
    })
}

/// *two additional insurgents*, *another two*.
fn words_say_further(phrase: &str) -> bool {
    phrase.split([' ', '-']).any(|word| is_further_word(&word.to_lowercase()))
}

fn is_further_word(word: &str) -> bool {
    matches!(word, "another" | "additional" | "other" | "others" | "further" | "more" | "also" | "second" | "third" | "separate")
}

fn is_further(tree: &Tree, noun: usize, by: usize) -> bool {
    let at_noun = tree.children_by(noun, &[Deprel::Amod, Deprel::Det]).any(|c| is_further_word(tree.lower(c)));
    let at_verb = tree.children_by(by, &[Deprel::Advmod]).any(|c| matches!(tree.lower(c), "also" | "additionally"));
    at_noun || at_verb
}

/// Told as done by the clause and by what governs it; not as the aim of something (*an operation to arrest a leader*), nor as what
/// somebody has on his conscience (*responsible for killing two policemen*).
fn happened(ctx: &Context, s: usize, by: usize, noun: usize) -> bool {
    let tree = &ctx.trees[s];
    let verb = tree.upos(by) == Upos::Verb;
    let aim = verb && tree.rel(by) != Deprel::Root && tree.children_by(by, &[Deprel::Mark]).any(|c| tree.lower(c) == "to");
    let charged = |i: usize| {
        matches!(tree.lemma(i), "responsible" | "responsibility" | "involve" | "link" | "accuse" | "implicate" | "connection")
    };
    let predicate = if verb { by } else { noun };
    !aim && !tree.ancestors(by).any(charged) && factuality::of(ctx, s, predicate) == Factuality::Actual
}

/// Token `t` as people without a number, if it names them and something was done to them.
fn named(ctx: &Context, s: usize, t: usize, before: &[Draft]) -> Option<Victims> {
    let tree = &ctx.trees[s];
    let plural_pronoun = tree.upos(t) == Upos::Pron && matches!(tree.lower(t), "them" | "both" | "all" | "they");
    let pronoun = plural_pronoun || matches!(tree.lower(t), "him" | "her" | "he" | "she");
    let one = tree.lower(t) == "one";
    let group =
        (one || matches!(tree.lemma(t), "number" | "group" | "handful")).then(|| tree.with_preposition(t, "of").next()).flatten();
    let noun = group.unwrap_or(t);
    let name = tree.sentence.name_at(t).filter(|name| name.kind == NameKind::Per);
    let measures = &ctx.lexicon.measures;
    let thing = noun::thing(tree, noun, measures);
    let person = thing.is_some_and(|thing| ["person", "force", "captive"].iter().any(|class| thing.is(class)));
    let nominal = matches!(tree.upos(noun), Upos::Noun | Upos::Propn) && (person || name.is_some());
    let inside = matches!(tree.rel(t), Deprel::Compound | Deprel::Flat | Deprel::Appos | Deprel::NmodPoss | Deprel::NmodDesc);
    if inside || is_same_person(tree, t) || !(nominal || pronoun || tree.lower(t) == "others") {
        return None;
    }
    let (measure, by) = measure::of_noun(tree, t, measures).filter(|(measure, _)| is_done_to_people(*measure))?;
    let none =
        tree.children_by(tree.first_conjunct(noun), &[Deprel::Det]).any(|c| matches!(tree.lower(c), "no" | "any" | "neither"));
    if none || !happened(ctx, s, by, t) {
        return None;
    }
    // "one of his associates" is nobody known.
    let definite = !one && (is_definite(tree, noun) || pronoun || name.is_some_and(|_| !person));
    let plural = !one && (plural_pronoun || group.is_some() || (!pronoun && is_plural(tree, noun)));
    let of = if pronoun || tree.lower(noun) == "others" { String::new() } else { measures.singular(tree.lower(noun)) };
    let known = || taken_up(&of, thing, s, before);
    let all = ctx.slice(core(tree, noun)).to_lowercase();
    Some(Victims {
        s,
        span: core(tree, noun),
        measure,
        count: if !plural {
            Some(1.0)
        } else if definite {
            known()
        } else {
            None
        },
        definite,
        further: is_further(tree, noun, by) || words_say_further(&all) || tree.lower(noun) == "others",
        anyone: of.is_empty() || thing.is_some_and(|t| t.is("anyone")),
        noun: of,
    })
}

/// *a facilitator and explosives expert*: a second noun without an article says more of the same person.
fn is_same_person(tree: &Tree, t: usize) -> bool {
    let first = tree.first_conjunct(t);
    let article = tree.children_by(first, &[Deprel::Det]).any(|c| matches!(tree.lower(c), "a" | "an" | "the"));
    let own = tree.children_by(t, &[Deprel::Det, Deprel::Nummod, Deprel::NmodPoss]).next().is_some();
    let further = tree.children_by(t, &[Deprel::Amod]).any(|c| is_further_word(tree.lower(c)));
    first != t && article && !own && !further && tree.token(t).xpos == "NN"
}

/// The noun with what stands before it: *a senior Taliban leader*.
fn core(tree: &Tree, noun: usize) -> Span {
    let before = [Deprel::Det, Deprel::Amod, Deprel::Compound, Deprel::Nummod, Deprel::NmodPoss];
    let first = tree.children_by(noun, &before).filter(|&c| c < noun).min().unwrap_or(noun);
    tree.token(first).span.cover(tree.token(noun).span)
}

fn is_definite(tree: &Tree, noun: usize) -> bool {
    tree.children_by(noun, &[Deprel::Det, Deprel::NmodPoss]).any(|c| {
        tree.rel(c) == Deprel::NmodPoss || matches!(tree.lower(c), "the" | "this" | "that" | "these" | "those" | "both" | "all")
    })
}

fn is_plural(tree: &Tree, noun: usize) -> bool {
    matches!(tree.token(noun).xpos, "NNS" | "NNPS")
        || matches!(tree.lower(noun), "people" | "men" | "women" | "children" | "personnel")
}

/// *three gunmen ... killing the gunmen*: how many they were when they were counted, here or in the three sentences before.
fn taken_up(noun: &str, thing: Option<&Thing>, s: usize, before: &[Draft]) -> Option<f64> {
    let anyone = noun.is_empty() || thing.is_some_and(|t| t.is("anyone"));
    let counted = before.iter().rev().take_while(|d| s - d.s <= 3).find(|d| {
        let of = d.of.to_lowercase();
        let head = super::parts::last_word(&of);
        head == noun
            || (anyone && ["insurgent", "individual", "person", "man", "suspect", "fighter", "militant", "gunman"].contains(&head))
    })?;
    match counted.number.value {
        Value::One(count) => Some(count),
        Value::Range(..) => None,
    }
}
