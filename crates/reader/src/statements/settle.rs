//! From drafts to statements: who contains whom, who relays whom, whose voice it is.

use super::act;
use super::draft::{Draft, Found};
use super::scene::Scene;
use super::source;
use crate::actors::Actors;
use crate::{factuality, time};
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Act, ActorKind, Factuality, Id, Part, SpeechMode, Statement};
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
    cut_further_cues(scene, &mut drafts);
    drafts.retain(|d| d.content.iter().any(|&c| scene.has_word(c)));
    let mut all: Vec<Settled> = drafts
        .into_iter()
        .map(|draft| Settled { speaker: speakers(scene, actors, &draft), draft, given_by: Vec::new(), dropped: false })
        .collect();
    // A relative pronoun without an antecedent is nobody.
    for settled in all.iter_mut().filter(|s| s.speaker.is_empty()) {
        let relative =
            settled.draft.source.is_some_and(|(s, t)| matches!(scene.tree(s).lower(t), "who" | "which" | "that" | "those"));
        settled.dropped = relative && settled.draft.found != Found::Quoted;
    }
    drop_own_voice(scene, actors, &mut all);
    drop_repeats(&mut all);
    relay(scene, &mut all);
    end_blocks(scene, &mut all);
    nest(&mut all);
    // What was cut off above may have been all there was.
    let with_words = |mut s: Settled| {
        s.draft.content.retain(|&c| scene.has_word(c));
        (!s.draft.content.is_empty()).then_some(s)
    };
    let kept = all.into_iter().filter(|s| !s.dropped).filter_map(with_words);
    kept.enumerate().map(|(i, s)| statement(scene, actors, s, i + 1)).collect()
}

fn speakers(scene: &Scene, actors: &mut Actors, draft: &Draft) -> Vec<Id> {
    let Some((s, t)) = draft.source else { return Vec::new() };
    // Reports that speak themselves are named by the noun alone.
    if draft.source == draft.at {
        return vec![actors.described(scene.ctx, scene.span((s, t)))];
    }
    let found = actors.of(scene.ctx, s, t);
    if !found.is_empty() || scene.tree(s).upos(t) == Upos::Pron {
        return found;
    }
    vec![actors.described(scene.ctx, source::words(scene, (s, t)))]
}

/// *He said they had left, adding that ...* and *They condemned the raid and called for talks*: wherever the parser hung the
/// second cue, what comes before it ends there, and the one who said the first says the second.
fn cut_further_cues(scene: &Scene, drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let (Some((s, t)), Some(cue)) = (drafts[i].at, drafts[i].cue) else { continue };
        let near = i.saturating_sub(6)..drafts.len().min(i + 7);
        let outer: Vec<usize> = near
            .filter(|&j| {
                let other = &drafts[j];
                j != i
                    && other.at.is_some_and(|(os, ot)| os == s && ot < t)
                    && !matches!(other.found, Found::Quoted | Found::According)
                    && other.holds(cue)
                    && scene.quoted((s, t)) == other.at.and_then(|a| scene.quoted(a))
            })
            .collect();
        // The outermost is the one whose source goes on speaking.
        let Some(&main) = outer.iter().find(|&&j| drafts[j].found != Found::Noun) else { continue };
        let Some(first) = further(scene, &drafts[i], &drafts[main]) else { continue };
        let end = scene.tree(s).token(first).span.start;
        for j in outer {
            for span in drafts[j].content.iter_mut().filter(|c| c.contains(cue)) {
                let kept =
                    scene.ctx.slice(Span::new(span.start, end.max(span.start))).trim_end_matches([' ', ',', ';', '\u{a0}', '\n']);
                span.end = span.start + kept.len();
            }
        }
        drafts[i].source = drafts[main].source;
    }
}

/// The token at which the second draft takes over from the first, when it goes on from the same speaker.
fn further(scene: &Scene, second: &Draft, first: &Draft) -> Option<usize> {
    let (Some((s, t)), Some((_, before))) = (second.at, first.at) else { return None };
    let tree = scene.tree(s);
    if second.participle {
        return scene.after_comma((s, t)).then_some(t);
    }
    // "and" or "but" before a verb in the first cue's tense, without a subject of its own.
    let own_subject = tree.children(t).iter().any(|&c| tree.rel(c).is_subject());
    let same_form = tree.token(t).xpos == tree.token(before).xpos;
    let joint = (before + 1..t).rev().take(4).find(|&i| tree.upos(i) == Upos::Cconj)?;
    let only_adverbs = (joint + 1..t).all(|i| matches!(tree.upos(i), Upos::Adv | Upos::Aux | Upos::Punct));
    let apart = tree.form(joint - 1) == "," || first.found == Found::Phrase || !clause_can_speak(scene, first);
    (tree.rel(t) == Deprel::Conj && !own_subject && same_form && only_adverbs && apart).then_some(joint)
}

/// True when the content is a clause whose own subject could go on speaking (*said the minister resigned and called for ...*).
fn clause_can_speak(scene: &Scene, draft: &Draft) -> bool {
    let Some((s, main)) = draft.main else { return false };
    let tree = scene.tree(s);
    let finite = tree.children(main).iter().copied().find(|&c| tree.rel(c).is_subject());
    finite.is_some_and(|h| scene.is_party((s, h)))
}

/// In a release that speaks in its issuer's own voice (*We mourn*), what the issuer condemns or promises is no statement
/// (codebook, *Statements*).
fn drop_own_voice(scene: &Scene, actors: &Actors, all: &mut [Settled]) {
    let mut said: Vec<Span> = all.iter().filter(|s| s.draft.found == Found::Quoted).flat_map(|s| s.draft.content.clone()).collect();
    said.sort_unstable();
    let own_voice = scene.ctx.trees.iter().enumerate().any(|(s, tree)| {
        let near = said.partition_point(|c| c.end <= tree.sentence.span.start);
        let outside = said.get(near).is_none_or(|c| !c.overlaps(tree.sentence.span));
        outside && (0..tree.len()).any(|t| tree.lower(t) == "we" && tree.upos(t) == Upos::Pron && scene.quoted((s, t)).is_none())
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
        if all[i].dropped || !outer.media || !matches!(outer.found, Found::According | Found::Clause) || outer.participle {
            continue;
        }
        let Some((s, _)) = outer.at else { continue };
        let whole = length(&outer.content);
        let inner = (0..all.len()).filter(|&j| j.abs_diff(i) <= 6 && j != i && !all[j].dropped).find(|&j| {
            let draft = &all[j].draft;
            let leads = draft.at.is_some_and(|(ds, dt)| ds == s && outer.main == Some((ds, dt)));
            let reach = draft.cue.map_or(0, |c| c.len()) + length(&draft.content);
            let fills = draft.evidence().is_some_and(|e| outer.holds(e)) && reach * 2 > whole;
            let speaks = outer.found == Found::According || draft.found == Found::Clause && scene.is_media_name(outer.source);
            draft.source.is_some() && draft.at.is_some_and(|a| a.0 == s) && (leads || fills) && draft.found != Found::Noun && speaks
        });
        if let Some(j) = inner {
            let speaker = all[i].speaker.clone();
            all[i].dropped = true;
            all[j].given_by.extend(speaker);
        }
    }
}

/// A block quotation ends where a sentence speaks of its speaker from outside (*They also claimed ...*).
fn end_blocks(scene: &Scene, all: &mut [Settled]) {
    for i in 0..all.len() {
        if all[i].draft.mode != Some(SpeechMode::Direct) || all[i].speaker.is_empty() {
            continue;
        }
        let Some(last) = all[i].draft.content.last().map(|c| c.end) else { continue };
        let outside = (i + 1..all.len()).take_while(|&j| all[j].draft.start() < last).find(|&j| {
            let other = &all[j].draft;
            let leads = other.at.is_some_and(|(s, t)| scene.tree(s).head(t).is_none());
            leads
                && other.found == Found::Clause
                && all[j].speaker == all[i].speaker
                && other.cue.is_some_and(|c| all[i].draft.holds(c))
        });
        let Some((s, _)) = outside.and_then(|j| all[j].draft.at) else { continue };
        let end = scene.tree(s).sentence.span.start;
        let content = &mut all[i].draft.content;
        if content.first().is_some_and(|c| c.start >= end) {
            continue;
        }
        content.retain(|c| c.start < end);
        if let Some(span) = content.last_mut().filter(|c| c.end > end) {
            let kept = scene.ctx.slice(Span::new(span.start, end)).trim_end().len();
            span.end = span.start + kept;
        }
    }
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
    let own = |actors: &mut Actors, s: usize, t: usize| {
        let tree = scene.tree(s);
        // The speaker, or a body that is the speaker's (his army): his rivals are not on his side.
        let body = scene.ctx.lexicon.actor_nouns.get(tree.lemma(t)).is_some_and(|noun| noun.group);
        let owner = tree.child(t, Deprel::NmodPoss).filter(|_| body).map_or("", |p| tree.lower(p));
        matches!(tree.lower(t), "i" | "we")
            || matches!(owner, "my" | "our" | "its" | "his" | "her" | "their")
            || actors.of(scene.ctx, s, t).iter().any(|id| speaker.iter().any(|who| who == id || actors.speaks_for(who, id)))
    };
    let mut shown =
        || act::by_words(scene, &draft.content, mode).or_else(|| act::by_clause(scene, &draft.content, |s, t| own(actors, s, t)));
    let act = if open { shown().unwrap_or(draft.act) } else { draft.act };
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
    let words = draft.source.map(|at| (Part::Source, at)).into_iter();
    let words = words.chain(draft.main.map(|at| (Part::Content, at))).chain(draft.to.iter().map(|&at| (Part::Addressee, at)));
    let why = draft.why.clone().words(draft.at, words);
    Statement {
        id: format!("s{number}"),
        source: draft.source.map(|at| source::words_before(scene, at, draft.at.unwrap_or(at))),
        cue: draft.cue,
        mode,
        act,
        to,
        date: draft.at.and_then(|(s, t)| time::of(scene.ctx, s, t)),
        factuality: put,
        given_by,
        evidence: draft.evidence().into_iter().collect(),
        confidence: draft.confidence,
        why,
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
