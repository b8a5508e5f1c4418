//! Indirect speech whose cue stands behind it (*..., the ministry said.*), read off the order of the words where the tree, which
//! often loses the thread in long sentences, gave nothing.

use super::draft::{At, Draft, Found};
use super::scene::Scene;
use crate::lexicon::cues::{Cue, CueKind, CuePos, Frame};
use crate::rules::statement as rules;
use onrecord_language::{Deprel, Upos};
use onrecord_record::Why;
use std::ops::Range;

/// Most words of the phrase that names the speaker.
const LONGEST_SOURCE: usize = 14;

/// Trailing attributions in sentences where nothing else found one.
pub(super) fn find(scene: &Scene, known: &[Draft]) -> Vec<Draft> {
    let mut taken: Vec<usize> = known.iter().filter_map(|d| d.at.map(|(s, _)| s)).collect();
    taken.sort_unstable();
    let free = |s: &usize| taken.binary_search(s).is_err() && !scene.is_heading(*s);
    (0..scene.ctx.trees.len()).filter(free).filter_map(|s| of_sentence(scene, s)).collect()
}

fn of_sentence(scene: &Scene, s: usize) -> Option<Draft> {
    (3..scene.tree(s).len()).rev().find_map(|t| of_token(scene, (s, t)))
}

fn of_token(scene: &Scene, (s, t): At) -> Option<Draft> {
    let tree = scene.tree(s);
    let says = |c: &&Cue| c.pos == CuePos::Verb && c.kind == CueKind::Say && c.frames.contains(&Frame::Side);
    let cue = scene.rows((s, t)).find(says)?;
    if !matches!(tree.token(t).xpos, "VBD" | "VBZ" | "VBP" | "VBN") || scene.quoted((s, t)).is_some() {
        return None;
    }
    let (comma, source, tail) = before(scene, (s, t)).or_else(|| behind(scene, (s, t)))?;
    let opens = (scene.after_dateline(s)..comma).find(|&i| !matches!(tree.upos(i), Upos::Punct | Upos::Cconj))?;
    let finite = |i: usize| {
        let tense = matches!(tree.token(i).xpos, "VBD" | "VBZ" | "VBP" | "MD") || tree.upos(i) == Upos::Aux;
        tense && tree.rel(i) != Deprel::Amod
    };
    let main = (opens..comma).find(|&i| finite(i))?;
    let told_after = tail.clone().any(|i| finite(i) && tree.rel(i) != Deprel::AclRelcl && !relative(scene, s, i));
    // "After the vote failed, the minister announced talks": no speech but a time.
    let subordinate = tree.upos(opens) == Upos::Sconj && tree.lower(opens) != "if";
    let object =
        tail.clone().next().is_some_and(|i| matches!(tree.upos(i), Upos::Det | Upos::Noun | Upos::Pron)) && cue.word != "tell";
    if told_after || subordinate || (object && tail.start == t + 1) || (opens..comma).any(|i| scene.quoted((s, i)).is_some()) {
        return None;
    }
    let tokens: Vec<usize> = (opens..comma).collect();
    Some(Draft {
        at: Some((s, t)),
        cue: Some(scene.span((s, t))),
        source: Some((s, source)),
        content: scene.pieces((s, t), &tokens),
        main: Some((s, main)),
        to: Vec::new(),
        act: cue.act,
        mode: None,
        factuality: None,
        found: Found::Clause,
        participle: false,
        media: scene.is_media((s, source)),
        confidence: 0.6,
        why: Why::by(&rules::TRAILING, format!("cues.tsv: {} + side, by word order", cue.word)).row(cue.origin),
    })
    .filter(|d| !d.content.is_empty())
}

/// *..., the governor, Ann Lee, said*: the comma, the speaker and what follows the cue.
fn before(scene: &Scene, (s, t): At) -> Option<(usize, usize, Range<usize>)> {
    let tree = scene.tree(s);
    let mut end = t;
    while end > 0 && matches!(tree.upos(end - 1), Upos::Adv | Upos::Aux) {
        end -= 1;
    }
    // A name between commas belongs to the role before it.
    let mut name = None;
    if end > 1 && tree.form(end - 1) == "," {
        let start = run(scene, s, end - 1)?;
        if tree.upos(start) == Upos::Propn && start > 0 && tree.form(start - 1) == "," {
            name = Some(start);
            end = start - 1;
        } else {
            end -= 1;
        }
    }
    let start = run(scene, s, end)?;
    let comma = start.checked_sub(1).filter(|&i| matches!(tree.form(i), "," | "—" | "–"))?;
    Some((comma, name.or_else(|| head(scene, s, start..end))?, t + 1..tree.len()))
}

/// *..., said the governor, Ann Lee*: the comma, the speaker and what follows.
fn behind(scene: &Scene, (s, t): At) -> Option<(usize, usize, Range<usize>)> {
    let tree = scene.tree(s);
    let comma = t.checked_sub(1).filter(|&i| tree.form(i) == ",")?;
    let end = (t + 1..tree.len().min(t + LONGEST_SOURCE)).find(|&i| !nominal(scene, s, i)).unwrap_or(tree.len());
    let named = end + 1 < tree.len() && tree.form(end) == "," && tree.upos(end + 1) == Upos::Propn;
    let source = if named { end + 1 } else { head(scene, s, t + 1..end)? };
    Some((comma, source, end..tree.len()))
}

/// Where the noun phrase that ends before `end` begins.
fn run(scene: &Scene, s: usize, end: usize) -> Option<usize> {
    let first = (end.saturating_sub(LONGEST_SOURCE)..end).rev().take_while(|&i| nominal(scene, s, i)).last()?;
    (first < end).then_some(first)
}

fn nominal(scene: &Scene, s: usize, i: usize) -> bool {
    let tree = scene.tree(s);
    match tree.upos(i) {
        Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron => true,
        Upos::Part => tree.lower(i) != "not" && tree.lower(i) != "to",
        Upos::Adp => matches!(tree.lower(i), "of" | "for" | "in" | "at" | "from" | "with"),
        Upos::Punct => matches!(tree.form(i), "-" | "."),
        _ => false,
    }
}

/// The noun of the phrase that is governed from outside it, else its last noun before a preposition.
fn head(scene: &Scene, s: usize, phrase: Range<usize>) -> Option<usize> {
    let tree = scene.tree(s);
    let noun = |i: &usize| matches!(tree.upos(*i), Upos::Noun | Upos::Propn | Upos::Pron);
    let simple = phrase.clone().find(|&i| tree.upos(i) == Upos::Adp).map_or(phrase.clone(), |p| phrase.start..p);
    let governed = simple.clone().filter(noun).find(|&i| tree.head(i).is_none_or(|h| !phrase.contains(&h)));
    governed.or_else(|| simple.clone().rev().find(noun))
}

/// Inside a relative clause: *a letter that the agency has seen*.
fn relative(scene: &Scene, s: usize, i: usize) -> bool {
    let tree = scene.tree(s);
    tree.ancestors(i).any(|a| tree.rel(a) == Deprel::AclRelcl)
}
