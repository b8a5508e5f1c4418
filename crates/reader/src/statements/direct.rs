//! Direct speech: quotations and who is quoted ([`super::blocks`] reads the ones without marks).
//!
//! Surface first: a cue next to the marks decides, the tree only says who its subject is.

use super::draft::{At, Draft, Found};
use super::quotes::Quotation;
use super::scene::Scene;
use crate::lexicon::cues::{Cue, CuePos, Frame};
use crate::rules::statement as rules;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Act, Why};
use onrecord_text::Span;
use std::ops::Range;

/// Tokens between a quotation and its cue, at most: a speaker with a long title and an aside.
const REACH: usize = 40;

/// Finds them all, in reading order.
pub(super) fn find(scene: &Scene) -> Vec<Draft> {
    let mut speech = Speech { scene, drafts: Vec::new() };
    for quotation in &scene.quotes.all {
        speech.quotation(quotation);
    }
    speech.blocks();
    speech.transcript();
    speech.drafts
}

pub(super) struct Speech<'s, 'c, 'd> {
    pub scene: &'s Scene<'c, 'd>,
    pub drafts: Vec<Draft>,
}

/// A verb next to a quotation.
pub(super) struct Attribution<'c> {
    pub at: At,
    pub cue: &'c Cue,
    pub source: Option<At>,
    pub words: Span,
}

impl<'c> Speech<'_, 'c, '_> {
    fn quotation(&mut self, quotation: &Quotation) {
        let scene = self.scene;
        let (Some(first), Some(last)) = (scene.ctx.sentence_at(quotation.start()), scene.ctx.sentence_at(quotation.end() - 1))
        else {
            return;
        };
        if scene.is_heading(first) || !quotation.spans.iter().any(|&s| scene.has_word(s)) {
            return;
        }
        let before = self.before(quotation, first);
        let after = || self.after(quotation, last);
        // A comma or colon right before the mark ties the quotation to what stands before it.
        let tied = scene.ctx.document.text[..quotation.start()].trim_end().ends_with([':', ',']);
        let attribution = if tied { before.or_else(after) } else { after().or(before) };
        match attribution {
            Some(found) => self.attribute(quotation, found),
            None => self.uncued(quotation, first, last),
        }
    }

    fn attribute(&mut self, quotation: &Quotation, found: Attribution<'c>) {
        if let Some(known) = self.drafts.iter_mut().rev().take(4).find(|d| d.at == Some(found.at)) {
            known.content.extend(&quotation.spans);
            return;
        }
        let named = found.source.is_some();
        self.drafts.push(Draft {
            at: Some(found.at),
            cue: Some(found.words),
            source: found.source,
            content: quotation.spans.clone(),
            main: None,
            to: super::clause::addressees(self.scene, found.at),
            act: found.cue.act,
            mode: None,
            factuality: None,
            found: Found::Quoted,
            participle: self.scene.tree(found.at.0).token(found.at.1).xpos == "VBG",
            media: found.source.is_some_and(|h| self.scene.is_media(h)),
            confidence: if named { 0.95 } else { 0.7 },
            why: Why::by(&rules::QUOTE, format!("cues.tsv: {} + quote", found.cue.word)).row(found.cue.origin),
        });
    }

    /// The first row of a verb that takes a quotation.
    pub(super) fn quoting(&self, at: At) -> Option<&'c Cue> {
        let tree = self.scene.tree(at.0);
        let verb = matches!(tree.upos(at.1), Upos::Verb | Upos::Aux);
        verb.then(|| self.scene.rows(at).find(|c| c.pos == CuePos::Verb && (c.takes(&Frame::Quote) || c.takes(&Frame::Side))))
            .flatten()
    }

    /// *"...," said Ann Lee* and *"...," Ann Lee, a baker, said*.
    fn after(&self, quotation: &Quotation, s: usize) -> Option<Attribution<'c>> {
        let scene = self.scene;
        let tree = scene.tree(s);
        let from = (0..tree.len()).find(|&t| tree.token(t).span.start >= quotation.end())?;
        let from = (from..tree.len()).find(|&t| tree.upos(t) != Upos::Punct)?;
        if matches!(tree.upos(from), Upos::Cconj | Upos::Sconj) || matches!(tree.lower(from), "which" | "who" | "that") {
            return None;
        }
        let inside =
            scene.ctx.slice(Span::new(quotation.start(), quotation.end())).trim_end_matches(['”', '"', '’', '\'', '“', '»', ' ']);
        let cut = inside.ends_with([',', '?', '!', '.', '—', '-', '…']) || tree.lower(from.saturating_sub(1)) == ",";
        if !cut && !self.is_clause(quotation) {
            return None;
        }
        // Words before it in its sentence belong to what is said: "was “a friend,” the family added".
        let opening =
            scene.ctx.sentence_at(quotation.start()).map(|f| Span::new(scene.tree(f).sentence.span.start, quotation.start()));
        let led = scene.ctx.document.text[..quotation.start()].trim_end().ends_with([':', ',']);
        let sentence =
            inside.trim_start_matches(['“', '"', '‘', '\'', '«', '`']).starts_with(char::is_uppercase) && self.is_clause(quotation);
        if !led && !sentence && opening.is_some_and(|o| scene.has_word(o)) {
            return None;
        }
        for t in from..tree.len().min(from + REACH) {
            let token = tree.token(t);
            if scene.quotes.at(token.span.start).is_some() || matches!(tree.form(t), ";" | "." | ":") && t > from + 1 {
                return None;
            }
            if let Some(cue) = self.quoting((s, t)) {
                // "..., Ann Lee, who said nothing before, told ..." : an aside about the speaker.
                let relative = tree.child(t, Deprel::Nsubj).is_some_and(|p| matches!(tree.lower(p), "who" | "which"));
                if relative && tree.rel(t) == Deprel::AclRelcl && t > from + 1 {
                    continue;
                }
                if token.xpos == "VBG" {
                    return None;
                }
                let source = self.near_subject(s, t, from);
                return Some(Attribution { at: (s, t), cue, source, words: self.scene.span((s, t)) });
            }
            // Another finite verb between: only inside an aside about the speaker.
            if tree.upos(t) == Upos::Verb
                && matches!(token.xpos, "VBD" | "VBZ" | "VBP")
                && !matches!(tree.rel(t), Deprel::AclRelcl | Deprel::Acl)
            {
                return None;
            }
        }
        None
    }

    /// Subject of a verb that stands right after a quotation: by the tree when it lies there too, else the nearest noun phrase.
    fn near_subject(&self, s: usize, verb: usize, from: usize) -> Option<At> {
        let scene = self.scene;
        let tree = scene.tree(s);
        let outside = |h: &usize| *h >= from && scene.quoted((s, *h)).is_none();
        let own = tree.children(verb).iter().copied().find(|&c| tree.rel(c).is_subject() && outside(&c));
        let by_tree = own.or_else(|| tree.subject(verb).filter(outside));
        let by_place = || {
            let nominal =
                |t: &usize| matches!(tree.upos(*t), Upos::Propn | Upos::Noun | Upos::Pron) && scene.quoted((s, *t)).is_none();
            let found = if verb > from { (from..verb).find(nominal) } else { (verb + 1..tree.len().min(verb + 6)).find(nominal) }?;
            // Up to the head of its noun phrase.
            let mut top = found;
            while let Some(head) = tree.head(top).filter(|&h| {
                nominal(&h)
                    && (h > verb) == (found > verb)
                    && matches!(
                        tree.rel(top),
                        Deprel::Compound
                            | Deprel::Flat
                            | Deprel::NmodPoss
                            | Deprel::Amod
                            | Deprel::Appos
                            | Deprel::NmodDesc
                            | Deprel::Nmod
                    )
            }) {
                top = head;
            }
            Some(top)
        };
        by_tree.or_else(by_place).map(|h| (s, h))
    }

    /// *Ann Lee said: "..."*, *she told reporters, "..."*, and a sentence before that ends in a colon.
    fn before(&self, quotation: &Quotation, s: usize) -> Option<Attribution<'c>> {
        let scene = self.scene;
        let tree = scene.tree(s);
        let mark = (0..tree.len()).find(|&t| tree.token(t).span.end > quotation.start())?;
        if mark == 0 {
            let previous = s.checked_sub(1)?;
            return scene.ctx.slice(scene.tree(previous).sentence.span).ends_with([':', ',']).then(|| self.announcing(previous))?;
        }
        let mut between = 0;
        for t in (0..mark).rev().take(REACH) {
            if scene.quoted((s, t)).is_some() {
                return None;
            }
            let verbal = matches!(tree.upos(t), Upos::Verb | Upos::Aux);
            if let Some(cue) = verbal.then(|| self.quoting((s, t))).flatten() {
                let fits = self.only_frame(s, t + 1..mark) && self.stands_for_all(quotation, (s, t), mark);
                let source = tree.subject(t).map(|h| (s, h)).or_else(|| self.nominal_before(s, t));
                return fits.then(|| Attribution { at: (s, t), cue, source, words: scene.span((s, t)) });
            }
            if verbal && tree.token(t).xpos != "VBG" {
                return None;
            }
            between += 1;
            if between > 20 {
                return None;
            }
        }
        None
    }

    fn nominal_before(&self, s: usize, verb: usize) -> Option<At> {
        let tree = self.scene.tree(s);
        let found = (0..verb).rev().take(3).find(|&t| matches!(tree.upos(t), Upos::Propn | Upos::Noun | Upos::Pron))?;
        Some((s, found))
    }

    /// The cue of a sentence that announces what follows it: *the minister said:*, *she issued this statement:*.
    pub(super) fn announcing(&self, s: usize) -> Option<Attribution<'c>> {
        let scene = self.scene;
        let tree = scene.tree(s);
        let verb = |t: &usize| matches!(tree.upos(*t), Upos::Verb | Upos::Aux) && scene.quoted((s, *t)).is_none();
        let quoting = (0..tree.len()).rev().filter(verb).find_map(|t| {
            let cue = self.quoting((s, t))?;
            tree.subject(t).map(|h| Attribution { at: (s, t), cue, source: Some((s, h)), words: scene.span((s, t)) })
        });
        let any = || {
            (0..tree.len()).filter(verb).find_map(|t| {
                let cue = scene.rows((s, t)).find(|c| c.pos == CuePos::Verb)?;
                let source = tree.subject(t).map(|h| (s, h)).filter(|&h| scene.is_party(h) || scene.is_document(h))?;
                let object = tree.object(t).map_or(scene.span((s, t)), |o| tree.phrase(o));
                Some(Attribution { at: (s, t), cue, source: Some(source), words: scene.span((s, t)).cover(object) })
            })
        };
        quoting.or_else(any)
    }

    /// True when the quotation is all that the cue before it reports: led to by a comma or colon, or right after the cue or *that*
    /// with nothing more to come in its sentence (*said “the whole game” had changed* reports more than it quotes).
    fn stands_for_all(&self, quotation: &Quotation, (s, t): At, mark: usize) -> bool {
        let scene = self.scene;
        let tree = scene.tree(s);
        let led = matches!(tree.lower(mark - 1), "," | ":");
        let capital = scene.ctx.slice(scene.span((s, (mark + 1).min(tree.len() - 1)))).starts_with(char::is_uppercase);
        let next = mark == t + 1 || tree.lower(mark - 1) == "that";
        if led {
            return capital || self.is_clause(quotation) || mark <= t + 2;
        }
        let last = scene.ctx.sentence_at(quotation.end() - 1).unwrap_or(s);
        let rest = scene.tree(last).sentence.span.end;
        let ends = rest <= quotation.end() || !scene.has_word(Span::new(quotation.end(), rest));
        self.is_clause(quotation) && ((next && ends) || (capital && !next))
    }

    /// True when these tokens between cue and quotation say no part of the content: addressees, prepositional phrases, adverbs.
    fn only_frame(&self, s: usize, tokens: Range<usize>) -> bool {
        let tree = self.scene.tree(s);
        tokens.clone().all(|t| {
            !matches!(tree.upos(t), Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj)
                || (tree.lower(t) == "that" && t + 1 == tokens.end)
                || tree.token(t).xpos == "VBG"
        }) && tokens.clone().all(|t| {
            let nominal = matches!(tree.upos(t), Upos::Noun | Upos::Propn);
            !nominal
                || tree.ancestors(t).take(12).any(|a| a < tokens.start)
                || matches!(tree.rel(t), Deprel::Nsubj | Deprel::Obj | Deprel::Iobj)
        })
    }

    /// True when the quotation holds a verb or several sentences: words that can be said alone.
    fn is_clause(&self, quotation: &Quotation) -> bool {
        let scene = self.scene;
        let Some(first) = scene.ctx.sentence_at(quotation.start()) else { return false };
        let Some(last) = scene.ctx.sentence_at(quotation.end() - 1) else { return false };
        let inside = |s: usize, t: usize| {
            let span = scene.span((s, t));
            span.start >= quotation.start() && span.end <= quotation.end()
        };
        (first..=last.min(first + 4)).any(|s| {
            let tree = scene.tree(s);
            (0..tree.len()).any(|t| matches!(tree.upos(t), Upos::Verb | Upos::Aux) && inside(s, t))
        })
    }

    /// A quotation without a cue: it goes on after one, or fills its paragraph, or a name stands after a dash.
    fn uncued(&mut self, quotation: &Quotation, first: usize, last: usize) {
        let scene = self.scene;
        let paragraph = scene.paragraph_of(first);
        let starts_sentence = scene.tree(first).sentence.span.start + 1 >= quotation.start();
        let Some((_, span)) = scene.paragraphs.get(paragraph).cloned() else { return };
        let ends = scene.paragraphs.get(scene.paragraph_of(last)).map_or(span.end, |p| p.1.end);
        let alone = quotation.start() == span.start && !scene.has_word(Span::new(quotation.end(), ends.max(quotation.end())));
        if starts_sentence && !alone {
            let goes_on = self.drafts.last_mut().filter(|d| {
                d.found == Found::Quoted && d.at.is_some_and(|(s, _)| s + 1 == first && scene.paragraph_of(s) == paragraph)
            });
            if let Some(draft) = goes_on {
                draft.content.extend(&quotation.spans);
                return;
            }
        }
        if alone && self.goes_on(quotation, paragraph) {
            return;
        }
        if quotation.start() == span.start && self.is_clause(quotation) && self.dash_name(quotation, last) {
            return;
        }
        if alone && self.is_clause(quotation) && paragraph > 0 {
            self.carried_over(quotation, paragraph - 1);
        }
    }

    /// A paragraph all in quotation marks after another of the same kind goes on quoting, though the first was closed.
    fn goes_on(&mut self, quotation: &Quotation, paragraph: usize) -> bool {
        let Some(previous) = paragraph.checked_sub(1).map(|p| self.scene.paragraphs[p].1) else { return false };
        let last = self.drafts.last_mut().filter(|d| d.content.last() == Some(&previous));
        last.map(|draft| draft.content.extend(&quotation.spans)).is_some()
    }

    /// *"..." – Ann Lee*
    fn dash_name(&mut self, quotation: &Quotation, s: usize) -> bool {
        let scene = self.scene;
        let paragraph = scene.paragraph_of(s);
        let end = scene.paragraphs[paragraph].1.end;
        if end <= quotation.end() {
            return false;
        }
        let rest = scene.ctx.slice(Span::new(quotation.end(), end));
        let name = rest.trim_start().trim_start_matches(['-', '–', '—', '―']);
        let dashed = name.len() < rest.trim_start().len();
        let words: Vec<&str> = name.split_whitespace().collect();
        if !dashed || words.is_empty() || words.len() > 12 || name.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let from = end - name.trim_start().len();
        let named = (s..=s + 1).filter(|&i| i < scene.ctx.trees.len()).find_map(|i| {
            let tree = scene.tree(i);
            let t = (0..tree.len()).find(|&t| tree.token(t).span.start >= from)?;
            let person = tree.sentence.name_at(t).filter(|n| n.kind == onrecord_language::NameKind::Per)?;
            let head = person.tokens.clone().find(|&t| tree.head(t).is_none_or(|h| !person.tokens.contains(&h)))?;
            Some((i, head))
        });
        let Some(source) = named else { return false };
        self.push_uncued(quotation, source, 0.8, Why::by(&rules::DASH, "quotation – name"));
        true
    }

    /// A quotation that is a paragraph, after one whose speaker is clear.
    fn carried_over(&mut self, quotation: &Quotation, paragraph: usize) {
        let range = self.scene.paragraphs[paragraph].0.clone();
        let spoken = self.drafts.iter().rev().take(8).find(|d| d.at.is_some_and(|(s, _)| range.contains(&s)));
        let source = spoken.and_then(|d| d.source).or_else(|| self.speaking(range.end - 1));
        if let Some(source) = source {
            self.push_uncued(quotation, source, 0.6, Why::by(&rules::CARRIED, "quotation after its speaker's paragraph"));
        }
    }

    /// The subject of the sentence when it speaks or is a person.
    fn speaking(&self, s: usize) -> Option<At> {
        let scene = self.scene;
        let tree = scene.tree(s);
        let verb = (0..tree.len()).find(|&t| tree.head(t).is_none())?;
        let subject = (s, tree.subject(verb)?);
        let cue = scene.rows((s, verb)).any(|c| c.pos == CuePos::Verb);
        (cue && scene.is_party(subject) && !scene.is_own_voice(subject)).then_some(subject)
    }

    fn push_uncued(&mut self, quotation: &Quotation, source: At, confidence: f32, why: Why) {
        self.drafts.push(Draft {
            at: None,
            cue: None,
            source: Some(source),
            content: quotation.spans.clone(),
            main: None,
            to: Vec::new(),
            act: Act::State,
            mode: None,
            factuality: None,
            found: Found::Quoted,
            participle: false,
            media: false,
            confidence,
            why,
        });
    }
}
