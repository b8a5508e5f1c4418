//! Indirect speech after verbs and adjectives: a row of the cue table, a source, and a filled construction.

use super::draft::{At, Draft, Found};
use super::frames::{self, Filling};
use super::scene::Scene;
use super::source;
use crate::lexicon::cues::{Cue, CueKind, CuePos, Frame, Part};
use crate::rules::statement as rules;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Act, Factuality, Why};
use onrecord_text::Span;

/// Every verb and adjective that attributes, besides the cues of `quoted` drafts.
pub(super) fn find(scene: &Scene, quoted: &[Draft]) -> Vec<Draft> {
    let mut used: Vec<At> = quoted.iter().filter_map(|d| d.at).collect();
    used.sort_unstable();
    let mut drafts = Vec::new();
    for s in 0..scene.ctx.trees.len() {
        if scene.is_heading(s) {
            continue;
        }
        for t in 0..scene.tree(s).len() {
            if used.binary_search(&(s, t)).is_err() {
                drafts.extend(of_token(scene, (s, t)));
            }
        }
    }
    drafts
}

fn of_token(scene: &Scene, at: At) -> Option<Draft> {
    scene.rows(at).filter(|c| matches!(c.pos, CuePos::Verb | CuePos::Adjective)).find_map(|cue| of_row(scene, at, cue))
}

fn of_row(scene: &Scene, at: At, cue: &Cue) -> Option<Draft> {
    let passive = cue.pos == CuePos::Verb && scene.is_passive(at);
    if cue.pos == CuePos::Adjective && !is_predicative(scene, at) {
        return None;
    }
    for frame in &cue.frames {
        let Some(filling) = frames::fill(scene, cue, frame, at) else { continue };
        let speaker = if passive { source::agent(scene, at) } else { source::subject(scene, cue, at) };
        let speaker = match speaker {
            Some(source) if scene.can_be_source(cue, source) => Some(source),
            // "People were asked to stay": an order needs no author to be one.
            None if passive && is_order(cue, frame) && is_past(scene, at) => None,
            _ => return None,
        };
        if speaker.is_some_and(|(_, h)| filling.tokens.contains(&h)) {
            continue;
        }
        let content = scene.pieces(at, &filling.tokens);
        if content.is_empty() {
            continue;
        }
        return Some(draft(scene, at, cue, frame, filling, speaker, content));
    }
    None
}

fn draft(scene: &Scene, at: At, cue: &Cue, frame: &Frame, filling: Filling, source: Option<At>, content: Vec<Span>) -> Draft {
    let (s, t) = at;
    let tree = scene.tree(s);
    let mut to: Vec<At> = filling.to.map(|h| (s, h)).into_iter().collect();
    to.extend(addressees(scene, at).into_iter().filter(|a| !filling.tokens.contains(&a.1) && !to.contains(a)).collect::<Vec<_>>());
    let clause = matches!(frame, Frame::That | Frame::Wh | Frame::Side);
    Draft {
        at: Some(at),
        cue: Some(cue_words(scene, at, cue, &filling)),
        source,
        main: Some((s, filling.main)),
        to,
        act: cue.act,
        mode: None,
        factuality: (cue.act == Act::Refuse && matches!(cue.word.as_str(), "refuse" | "decline") && says(scene, at, filling.main))
            .then_some(Factuality::Negated),
        found: if clause || filling.asserted { Found::Clause } else { Found::Phrase },
        participle: tree.token(t).xpos == "VBG"
            && matches!(tree.rel(t), Deprel::Advcl | Deprel::Acl | Deprel::Conj | Deprel::Parataxis),
        media: source.is_some_and(|h| scene.is_media(h)),
        confidence: confidence(cue, frame),
        why: Why::by(rules::of(frame), format!("cues.tsv: {} + {}", cue.word, name(frame))).row(cue.origin),
        content,
    }
}

/// *was told*, *had been asked*: of somebody, not of an *it*, and not still to come.
fn is_past(scene: &Scene, (s, t): At) -> bool {
    let tree = scene.tree(s);
    let aux = |c: &usize| matches!(tree.rel(*c), Deprel::Aux | Deprel::AuxPass);
    let past = tree.children(t).iter().copied().filter(aux).any(|c| matches!(tree.lower(c), "was" | "were" | "had" | "been"));
    let still_to_come = tree.children(t).iter().copied().filter(aux).any(|c| tree.token(c).xpos == "MD");
    past && !still_to_come && tree.child(t, Deprel::NsubjPass).is_some_and(|h| scene.is_party((s, h)) && tree.lower(h) != "it")
}

/// True when the infinitive after *refused to* is itself one of saying.
fn says(scene: &Scene, (s, _): At, main: usize) -> bool {
    let speaking = scene.rows((s, main)).any(|c| c.pos == CuePos::Verb && c.kind == CueKind::Say);
    speaking
        || matches!(scene.tree(s).lemma(main), "comment" | "give" | "speak" | "talk" | "discuss" | "provide" | "answer" | "respond")
}

fn is_order(cue: &Cue, frame: &Frame) -> bool {
    matches!(frame, Frame::Two(Part::Object, Part::Infinitive))
        && matches!(cue.act, Act::Demand | Act::Urge | Act::Ask)
        && cue.kind == CueKind::Say
}

/// After a copula or a verb like *remain*, not before its noun.
fn is_predicative(scene: &Scene, (s, t): At) -> bool {
    let tree = scene.tree(s);
    tree.child(t, Deprel::Cop).is_some()
        || tree.child(t, Deprel::AuxPass).is_some()
        || matches!(tree.rel(t), Deprel::Xcomp | Deprel::Acl | Deprel::Advcl | Deprel::Conj)
}

/// Who is told: objects of *tell*, *ask* and the like when something else is what is said, and *to* phrases.
pub(super) fn addressees(scene: &Scene, (s, t): At) -> Vec<At> {
    let tree = scene.tree(s);
    let told = tree.children(t).iter().copied().filter(|&c| {
        c > t
            && match tree.rel(c) {
                Deprel::Iobj => true,
                Deprel::Obj => matches!(tree.lemma(t), "tell" | "inform" | "remind" | "assure" | "warn" | "notify" | "ask"),
                Deprel::Obl => tree.child_word(c, Deprel::Case, "to").is_some() && scene.is_party((s, c)),
                _ => false,
            }
            && scene.quoted((s, c)).is_none()
            && matches!(tree.upos(c), Upos::Noun | Upos::Propn | Upos::Pron)
    });
    told.map(|c| (s, c)).collect()
}

/// The verb with its auxiliaries, companions and particles, as far as they stand together.
fn cue_words(scene: &Scene, at: At, cue: &Cue, filling: &Filling) -> Span {
    let (s, t) = at;
    let tree = scene.tree(s);
    let mut span = tree.token(t).span;
    let parts = cue.companions.iter().filter_map(|c| scene.companion(at, c)).chain(filling.particles.iter().copied());
    for i in parts.filter(|&i| i > t && i < t + 6) {
        // A cue does not reach over what is said.
        if !(t + 1..i).any(|j| filling.tokens.contains(&j)) {
            span = span.cover(tree.token(i).span);
        }
    }
    let aux = tree
        .children(t)
        .iter()
        .copied()
        .filter(|&c| c < t && matches!(tree.rel(c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
        .min();
    if let Some(first) = aux.filter(|&a| (a..t).all(|i| !tree.rel(i).is_subject())) {
        span = span.cover(tree.token(first).span);
    }
    span
}

fn confidence(cue: &Cue, frame: &Frame) -> f32 {
    let sure: f32 = match cue.kind {
        CueKind::Say => 0.9,
        CueKind::Attitude | CueKind::Evidence => 0.8,
        CueKind::Intention | CueKind::Cognition => 0.7,
    };
    match frame {
        Frame::That | Frame::Side | Frame::Two(..) => sure,
        _ => sure - 0.1,
    }
}

/// The construction as the table writes it.
pub(super) fn name(frame: &Frame) -> String {
    let part = |p: &Part| match p {
        Part::Object => "obj".to_string(),
        Part::Infinitive => "inf".to_string(),
        Part::Preposition(p) => p.clone(),
    };
    match frame {
        Frame::Quote => "quote".into(),
        Frame::Side => "side".into(),
        Frame::That => "that".into(),
        Frame::Wh => "wh".into(),
        Frame::Infinitive => "inf".into(),
        Frame::Ing => "ing".into(),
        Frame::Predicate => "pred".into(),
        Frame::Object => "obj".into(),
        Frame::Preposition(p) => p.clone(),
        Frame::Two(a, b) => format!("{} {}", part(a), part(b)),
    }
}
