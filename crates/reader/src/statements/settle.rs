//! From drafts to statements: who contains whom, who relays whom, whose voice it is.

use super::act;
use super::draft::{At, Draft, Found};
use super::scene::Scene;
use crate::actors::Actors;
use crate::{factuality, time};
use onrecord_language::Deprel;
use onrecord_record::{Act, ActorKind, Factuality, Id, SpeechMode, Statement};
use onrecord_text::Span;

/// A draft with its speakers and the drafts around it.
struct Settled {
    draft: Draft,
    speaker: Vec<Id>,
    given_by: Vec<Id>,
    dropped: bool,
}

/// The statements, in reading order, ids given.
pub(super) fn settle(scene: &Scene, actors: &mut Actors, mut drafts: Vec<Draft>) -> Vec<Statement> {
    drafts.sort_by_key(|d| (d.start(), d.at));
    cut_participles(scene, &mut drafts);
    drafts.retain(|d| d.content.iter().any(|&c| scene.has_word(c)));
    let mut all: Vec<Settled> = drafts
        .into_iter()
        .map(|draft| Settled { speaker: speakers(scene, actors, draft.source), draft, given_by: Vec::new(), dropped: false })
        .collect();
    drop_own_voice(scene, actors, &mut all);
    drop_repeats(&mut all);
    relay(scene, &mut all);
    nest(&mut all);
    let kept = all.into_iter().filter(|s| !s.dropped);
    kept.enumerate().map(|(i, s)| statement(scene, actors, s, i + 1)).collect()
}

fn speakers(scene: &Scene, actors: &mut Actors, source: Option<At>) -> Vec<Id> {
    let Some((s, t)) = source else { return Vec::new() };
    let found = actors.of(scene.ctx, s, t);
    if !found.is_empty() || scene.tree(s).upos(t) == onrecord_language::Upos::Pron {
        return found;
    }
    let described = actors.described(scene.ctx, source_words(scene, (s, t)));
    if described.is_empty() { Vec::new() } else { vec![described] }
}

/// The noun phrase with its appositions, without relative clauses.
fn source_words(scene: &Scene, (s, t): At) -> Span {
    let tree = scene.tree(s);
    let tokens = tree.subtree_without(t, |c| matches!(tree.rel(c), Deprel::AclRelcl | Deprel::Parataxis | Deprel::Advcl));
    tree.span_of(&tokens).unwrap_or(tree.token(t).span)
}

/// *He said they had left, adding that ...*: wherever the parser hung the participle, what comes before it ends there,
/// and the one who said the first says the second.
fn cut_participles(scene: &Scene, drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let (Some((s, t)), true) = (drafts[i].at, drafts[i].participle) else { continue };
        let Some(cue) = drafts[i].cue else { continue };
        let tree = scene.tree(s);
        let comma = t.checked_sub(1).filter(|&c| tree.form(c) == ",");
        let Some(comma) = comma.map(|c| tree.token(c).span.start) else { continue };
        let outer = (0..i).rev().take(6).find(|&j| {
            drafts[j].at.is_some_and(|(os, ot)| os == s && ot < t)
                && drafts[j].found != Found::Quoted
                && drafts[j].holds(cue)
                && scene.quoted((s, t)) == drafts[j].at.and_then(|a| scene.quoted(a))
        });
        let Some(outer) = outer else { continue };
        for span in drafts[outer].content.iter_mut().filter(|c| c.contains(cue)) {
            span.end = comma;
        }
        drafts[i].source = drafts[outer].source;
    }
}

/// In a release that speaks in its issuer's own voice (*We mourn*), what the issuer condemns or promises is no statement
/// (codebook, section 1).
fn drop_own_voice(scene: &Scene, actors: &Actors, all: &mut [Settled]) {
    let said: Vec<Span> = all.iter().filter(|s| s.draft.found == Found::Quoted).flat_map(|s| s.draft.content.clone()).collect();
    let own_voice = scene.ctx.trees.iter().enumerate().any(|(s, tree)| {
        let outside = !said.iter().any(|c| c.overlaps(tree.sentence.span));
        outside
            && (0..tree.len()).any(|t| {
                matches!(tree.lower(t), "we" | "our" | "i")
                    && tree.upos(t) == onrecord_language::Upos::Pron
                    && scene.quoted((s, t)).is_none()
            })
    });
    if !own_voice {
        return;
    }
    for settled in all.iter_mut().filter(|s| s.draft.found != Found::Quoted) {
        let Some((s, t)) = settled.draft.at else { continue };
        let present = matches!(scene.tree(s).token(t).xpos, "VBZ" | "VBP");
        let institution = settled.speaker.iter().all(|id| {
            actors.get(id).is_some_and(|a| matches!(a.kind, ActorKind::Country | ActorKind::Government | ActorKind::Organisation))
        });
        if present && institution && !settled.speaker.is_empty() {
            settled.dropped = true;
        }
    }
}

/// The same words by the same cue's neighbours found twice: the surer one stays.
fn drop_repeats(all: &mut [Settled]) {
    for i in 0..all.len() {
        for j in i + 1..all.len().min(i + 8) {
            if all[i].dropped || all[j].dropped || all[i].draft.content != all[j].draft.content {
                continue;
            }
            let weaker = if all[i].draft.confidence < all[j].draft.confidence { i } else { j };
            all[weaker].dropped = true;
        }
    }
}

fn length(spans: &[Span]) -> usize {
    spans.iter().map(|s| s.len()).sum()
}

/// *According to the paper, the army said ...*: one statement, the army's, given by the paper.
fn relay(scene: &Scene, all: &mut [Settled]) {
    for i in 0..all.len() {
        let outer = &all[i].draft;
        if all[i].dropped || !outer.media || !matches!(outer.found, Found::According | Found::Clause) {
            continue;
        }
        let Some((s, _)) = outer.at else { continue };
        let whole = length(&outer.content);
        let inner = (0..all.len()).filter(|&j| j.abs_diff(i) <= 6 && j != i && !all[j].dropped).find(|&j| {
            let draft = &all[j].draft;
            let leads = draft.at.is_some_and(|(ds, dt)| ds == s && outer.main == Some((ds, dt)));
            let reach = draft.cue.map_or(0, |c| c.len()) + length(&draft.content);
            let fills = draft.evidence().is_some_and(|e| outer.holds(e)) && reach * 2 > whole;
            draft.source.is_some() && draft.at.is_some_and(|a| a.0 == s) && (leads || fills) && draft.found != Found::Noun
        });
        if let Some(j) = inner {
            let speaker = all[i].speaker.clone();
            all[i].dropped = true;
            all[j].given_by.extend(speaker);
        }
    }
    let _ = scene;
}

/// Statements inside the content of others are given by those; what one says inside one's own words is no further statement.
fn nest(all: &mut [Settled]) {
    // Contents in order of their start, the longer first: everything that can hold a cue comes before it.
    let mut contents: Vec<(Span, usize)> = Vec::new();
    for (i, settled) in all.iter().enumerate().filter(|(_, s)| !s.dropped && s.draft.found != Found::Phrase) {
        contents.extend(settled.draft.content.iter().map(|&c| (c, i)));
    }
    contents.sort_by_key(|(c, _)| (c.start, std::cmp::Reverse(c.end)));
    let mut order: Vec<(Span, usize)> = all
        .iter()
        .enumerate()
        .filter(|(_, s)| !s.dropped)
        .filter_map(|(i, s)| Some((s.draft.cue.or_else(|| s.draft.content.first().copied())?, i)))
        .collect();
    order.sort_by_key(|(c, i)| (c.start, *i));
    let mut active: Vec<(Span, usize)> = Vec::new();
    let mut next = 0;
    for (place, i) in order {
        while next < contents.len() && contents[next].0.start <= place.start {
            active.push(contents[next]);
            next += 1;
        }
        active.retain(|(c, _)| c.end > place.start);
        let mut givers: Vec<Id> = Vec::new();
        let mut own = false;
        for &(_, j) in active.iter().filter(|(c, j)| *j != i && c.contains(place) && !all[*j].dropped) {
            own |= !all[i].speaker.is_empty() && all[i].speaker == all[j].speaker;
            for id in &all[j].speaker {
                if !givers.contains(id) {
                    givers.push(id.clone());
                }
            }
        }
        if own {
            all[i].dropped = true;
            continue;
        }
        for id in givers {
            if !all[i].given_by.contains(&id) && !all[i].speaker.contains(&id) {
                all[i].given_by.push(id);
            }
        }
    }
}

fn statement(scene: &Scene, actors: &mut Actors, settled: Settled, number: usize) -> Statement {
    let Settled { draft, speaker, given_by, .. } = settled;
    let mode = draft.mode.unwrap_or_else(|| mode(scene, &draft));
    let open = matches!(draft.act, Act::State);
    let act = if open { act::by_words(scene, &draft.content, mode).unwrap_or(draft.act) } else { draft.act };
    let mut to: Vec<Id> = Vec::new();
    for &(s, t) in &draft.to {
        for id in actors.of(scene.ctx, s, t) {
            if !to.contains(&id) && !speaker.contains(&id) {
                to.push(id);
            }
        }
    }
    let put = match (draft.factuality, draft.at) {
        (Some(put), _) => put,
        (None, Some((s, t))) if matches!(draft.found, Found::Quoted | Found::Clause | Found::Phrase) => {
            factuality::of(scene.ctx, s, t)
        }
        _ => Factuality::Actual,
    };
    Statement {
        id: format!("s{number}"),
        source: draft.source.map(|at| source_words(scene, at)),
        cue: draft.cue,
        mode,
        act,
        to,
        date: draft.at.and_then(|(s, t)| time::of(scene.ctx, s, t)),
        factuality: put,
        given_by,
        evidence: draft.evidence().into_iter().collect(),
        confidence: draft.confidence,
        why: draft.why,
        speaker,
        content: draft.content,
    }
}

/// By how many of the content's letters stand between marks; a quotation that the cue itself stands in does not count.
fn mode(scene: &Scene, draft: &Draft) -> SpeechMode {
    let around = draft.at.and_then(|at| scene.quoted(at));
    let letters = |span: Span| scene.ctx.slice(span).chars().filter(|c| c.is_alphanumeric()).count();
    let mut all = 0;
    let mut quoted = 0;
    for &content in &draft.content {
        all += letters(content);
        for mark in scene.quotes.overlapping(content).filter(|q| scene.quotes.at(q.start) != around || around.is_none()) {
            quoted += letters(Span::new(mark.start.max(content.start), mark.end.min(content.end)));
        }
    }
    match quoted {
        0 => SpeechMode::Indirect,
        n if n == all => SpeechMode::Direct,
        _ => SpeechMode::Mixed,
    }
}
