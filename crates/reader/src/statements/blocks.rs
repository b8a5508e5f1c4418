//! Direct speech without quotation marks: paragraphs after *said:*, and transcripts with labels.

use super::direct::Speech;
use super::draft::{Draft, Found};
use crate::rules::statement as rules;
use onrecord_language::Upos;
use onrecord_record::{Act, SpeechMode, Why};
use onrecord_text::Span;
use std::ops::Range;

impl Speech<'_, '_, '_> {
    /// Paragraphs without marks after *said:* at the end of one.
    pub(super) fn blocks(&mut self) {
        let scene = self.scene;
        let mut p = 0;
        while p + 1 < scene.paragraphs.len() {
            let (range, span) = scene.paragraphs[p].clone();
            p += 1;
            let last = range.end - 1;
            let opens = scene.ctx.slice(span).ends_with(':') && !scene.is_heading(last) && scene.quotes.at(span.end - 1).is_none();
            if !opens || scene.quotes.at(scene.paragraphs[p].1.start).is_some() {
                continue;
            }
            let Some(found) = self.announcing(last) else { continue };
            let end = self.block_end(p);
            if end == p {
                continue;
            }
            let content: Vec<Span> = scene.paragraphs[p..end].iter().map(|q| self.without_bullet(q.1)).collect();
            p = end;
            self.drafts.push(Draft {
                at: Some(found.at),
                cue: Some(found.words),
                source: found.source,
                content,
                main: None,
                to: super::clause::addressees(scene, found.at),
                act: found.cue.act,
                mode: Some(SpeechMode::Direct),
                factuality: None,
                found: Found::Quoted,
                participle: false,
                media: false,
                confidence: 0.85,
                why: Why::by(&rules::BLOCK, format!("cues.tsv: {} + block quotation", found.cue.word)).row(found.cue.origin),
            });
        }
    }

    /// Index after the last paragraph of the block that begins at `p`.
    fn block_end(&self, p: usize) -> usize {
        let scene = self.scene;
        let list = self.has_bullet(scene.paragraphs[p].1);
        let mut end = p;
        while let Some((range, span)) = scene.paragraphs.get(end) {
            let text = scene.ctx.slice(*span);
            let other_voice = scene.quotes.at(span.start).is_some()
                || self.has_bullet(*span) != list
                || !text.ends_with(['.', '!', '?', '”', '"', ':', ';', ',', '’', ')', '…']) && !list
                || text.starts_with(['[', '#', '*'])
                || (end > p && (text.ends_with(':') || is_note(text) || self.tells(range.clone())));
            if other_voice {
                break;
            }
            end += 1;
        }
        end
    }

    /// True for a paragraph in which somebody is said to have said something in the past: the report has its voice back.
    fn tells(&self, sentences: Range<usize>) -> bool {
        let scene = self.scene;
        sentences.into_iter().any(|s| {
            let tree = scene.tree(s);
            (0..tree.len()).any(|t| {
                tree.head(t).is_none()
                    && tree.token(t).xpos == "VBD"
                    && self.quoting((s, t)).is_some()
                    && tree.subject(t).is_some_and(|h| !scene.is_own_voice((s, h)) && scene.is_party((s, h)))
            })
        })
    }

    fn has_bullet(&self, span: Span) -> bool {
        self.without_bullet(span).start > span.start
    }

    fn without_bullet(&self, span: Span) -> Span {
        let text = self.scene.ctx.slice(span);
        let bare = text.trim_start_matches(['-', '•', '*', '–', '·', ' ', '\t', '\u{a0}']);
        Span::new(span.end - bare.len(), span.end)
    }

    /// *QUESTION: ...*, *MR TONER: ...* at the beginning of paragraphs.
    pub(super) fn transcript(&mut self) {
        let scene = self.scene;
        for p in 0..scene.paragraphs.len() {
            let (range, span) = scene.paragraphs[p].clone();
            let text = scene.ctx.slice(span);
            let Some((label, rest)) = text.split_once(':') else { continue };
            let capitals = label.len() > 1 || label == "Q";
            let plain = label.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '’' | '\''));
            if !capitals || !plain || label.len() > 40 || rest.trim().is_empty() || !label.contains(char::is_alphabetic) {
                continue;
            }
            let asks = matches!(label, "QUESTION" | "Q" | "REPORTER" | "JOURNALIST");
            if !asks
                && matches!(label, "ANSWER" | "A" | "NOTE" | "BACKGROUND" | "CONTACT" | "SOURCE" | "ENDS" | "UPDATE" | "CORRECTION")
            {
                continue;
            }
            let tree = scene.tree(range.start);
            let colon = (0..tree.len()).find(|&t| tree.form(t) == ":");
            let named = colon.and_then(|c| (0..c).rev().find(|&t| matches!(tree.upos(t), Upos::Propn | Upos::Noun)));
            if !asks && (named.is_none() || !label.contains(' ')) {
                continue;
            }
            let start = span.end - rest.trim_start().len();
            self.drafts.push(Draft {
                at: None,
                cue: asks.then(|| Span::new(span.start, span.start + label.len())),
                source: if asks { None } else { named.map(|t| (range.start, t)) },
                content: vec![Span::new(start, span.end)],
                main: None,
                to: Vec::new(),
                act: if asks { Act::Ask } else { Act::State },
                mode: Some(SpeechMode::Direct),
                factuality: None,
                found: Found::Quoted,
                participle: false,
                media: false,
                confidence: 0.8,
                why: Why::by(&rules::TRANSCRIPT, "label of a transcript"),
            });
        }
    }
}

/// Paragraphs under a release that nobody says.
fn is_note(text: &str) -> bool {
    const NOTES: &[&str] = &[
        "note",
        "further information",
        "for more information",
        "for further information",
        "media enquir",
        "media inquir",
        "contact",
        "follow",
        "background",
        "ends",
        "photo",
        "image",
        "read more",
        "sources",
        "related",
        "about the",
        "about us",
    ];
    let lower: String = text.chars().take(32).collect::<String>().to_lowercase();
    NOTES.iter().any(|n| lower.trim_start_matches(['#', '-', '*', ' ']).starts_with(n))
}
