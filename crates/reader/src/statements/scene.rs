//! What every construction asks: which rows of the cue table a token takes, who can be its source, what is quoted.

use super::draft::At;
use super::quotes::Quotations;
use crate::context::Context;
use crate::lexicon::NounSet;
use crate::lexicon::cues::{Cue, CuePos, Cues, SourceKind};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_text::Span;

/// One report with its quotations.
pub(super) struct Scene<'c, 'd> {
    pub ctx: &'c Context<'d>,
    pub cues: &'c Cues,
    pub quotes: Quotations,
    /// Paragraphs in order: their sentences and their span.
    pub paragraphs: Vec<(std::ops::Range<usize>, Span)>,
}

impl<'c, 'd> Scene<'c, 'd> {
    pub fn new(ctx: &'c Context<'d>) -> Self {
        let mut paragraphs: Vec<(std::ops::Range<usize>, Span)> = Vec::new();
        for (s, tree) in ctx.trees.iter().enumerate() {
            let span = tree.sentence.span;
            match paragraphs.last_mut() {
                Some((range, whole)) if ctx.trees[range.start].sentence.paragraph == tree.sentence.paragraph => {
                    range.end = s + 1;
                    *whole = whole.cover(span);
                }
                _ => paragraphs.push((s..s + 1, span)),
            }
        }
        let spans: Vec<Span> = paragraphs.iter().map(|p| p.1).collect();
        let quotes = Quotations::find(&ctx.document.text, &spans);
        Scene { ctx, cues: &ctx.lexicon.cues, quotes, paragraphs }
    }

    pub fn tree(&self, s: usize) -> &'c Tree<'d> {
        &self.ctx.trees[s]
    }

    pub fn span(&self, (s, t): At) -> Span {
        self.tree(s).token(t).span
    }

    /// Index in [`Scene::paragraphs`] of the paragraph that holds sentence `s`.
    pub fn paragraph_of(&self, s: usize) -> usize {
        self.paragraphs.partition_point(|(range, _)| range.end <= s)
    }

    /// A heading is no sentence of the report: the headline, or a line in title case without a full stop.
    pub fn is_heading(&self, s: usize) -> bool {
        let tree = self.tree(s);
        if self.ctx.is_headline(s) {
            return true;
        }
        let (range, span) = &self.paragraphs[self.paragraph_of(s)];
        if range.len() > 1 || self.ctx.slice(*span).ends_with(['.', '!', '?', '”', '"', ':', '’']) {
            return false;
        }
        let long: Vec<bool> = (0..tree.len())
            .map(|t| tree.form(t))
            .filter(|w| w.len() > 3 && w.starts_with(char::is_alphabetic))
            .map(|w| w.starts_with(char::is_uppercase))
            .collect();
        long.len() > 2 && long.iter().filter(|&&upper| upper).count() * 10 >= long.len() * 8
    }

    /// The quotation that holds the token.
    pub fn quoted(&self, at: At) -> Option<usize> {
        self.quotes.at(self.span(at).start)
    }

    /// The rows of the cue table that the token takes, companions and all.
    pub fn rows(&self, (s, t): At) -> impl Iterator<Item = &'c Cue> + use<'c, 'd, '_> {
        let tree = self.tree(s);
        let (word, pos) = match (tree.upos(t), tree.token(t).xpos) {
            (Upos::Verb, _) => (tree.lemma(t), Some(CuePos::Verb)),
            (Upos::Adj, _) => (tree.lower(t), Some(CuePos::Adjective)),
            (Upos::Noun, _) => (tree.lemma(t), Some(CuePos::Noun)),
            // A participle after "be" is often tagged as an auxiliary's verb; "said" never is.
            (Upos::Aux, "VBD" | "VBN") if !tree.children(t).is_empty() => (tree.lemma(t), Some(CuePos::Verb)),
            _ => ("", None),
        };
        let rows = pos.map_or(&[][..], |p| self.cues.rows(word, p));
        // Predicative participles (is concerned that) stand in the table as adjectives.
        let participle = tree.upos(t) == Upos::Verb && tree.token(t).xpos == "VBN";
        let more = if participle { self.cues.rows(tree.lower(t), CuePos::Adjective) } else { &[] };
        rows.iter().chain(more).filter(move |cue| cue.companions.iter().all(|c| self.companion((s, t), c).is_some()))
    }

    /// The token that is the cue's companion (*out* of *point out*): a dependent, or one of the next two words.
    pub fn companion(&self, (s, t): At, word: &str) -> Option<usize> {
        let tree = self.tree(s);
        let near = t + 1..tree.len().min(t + 3);
        tree.children(t).iter().copied().chain(near).find(|&c| c > t && tree.lower(c) == word)
    }

    /// True for *I*, *we*, *you*: the outlet's or the quoted speaker's own voice.
    pub fn is_own_voice(&self, (s, t): At) -> bool {
        matches!(self.tree(s).lower(t), "i" | "we" | "you" | "me" | "us" | "my" | "our" | "your" | "myself" | "ourselves" | "let")
    }

    /// Whether the phrase headed by this token can be the source of the cue.
    pub fn can_be_source(&self, cue: &Cue, at: At) -> bool {
        let tree = self.tree(at.0);
        let word = tree.lower(at.1);
        if self.is_own_voice(at) || tree.rel(at.1) == Deprel::Expl {
            return false;
        }
        if tree.upos(at.1) == Upos::Pron
            && matches!(
                word,
                "this" | "that" | "these" | "which" | "what" | "nothing" | "everything" | "something" | "there" | "it's"
            )
        {
            return false;
        }
        match cue.source {
            SourceKind::Any | SourceKind::Owner | SourceKind::Itself if cue.kind != crate::lexicon::cues::CueKind::Evidence => true,
            SourceKind::Party => self.is_party(at) || self.is_document(at),
            SourceKind::Document => self.is_document(at) || self.is_judge(at),
            SourceKind::Media => self.is_media(at),
            _ => self.is_party(at) || self.is_document(at),
        }
    }

    /// A person, people, an organisation, a country.
    pub fn is_party(&self, at: At) -> bool {
        let (s, t) = at;
        let tree = self.tree(s);
        let (word, lemma) = (tree.lower(t), tree.lemma(t));
        let listed = self.cues.source(word).person || self.cues.source(lemma).person;
        match tree.upos(t) {
            Upos::Pron => {
                listed
                    || matches!(
                        word,
                        "he" | "she"
                            | "they"
                            | "it"
                            | "who"
                            | "him"
                            | "her"
                            | "them"
                            | "someone"
                            | "somebody"
                            | "everyone"
                            | "everybody"
                            | "anyone"
                    )
            }
            Upos::Propn => !self.is_document(at),
            Upos::Noun => {
                let lexicon = self.ctx.lexicon;
                listed
                    || lexicon.titles.get(lemma).is_some()
                    || lexicon.actor_nouns.get(lemma).is_some_and(|n| n.kind != onrecord_record::ActorKind::Other || n.group)
                        && !self.is_document(at)
                    || lemma.ends_with("ist")
                    || lemma.ends_with("ian")
                    || self.in_name(at)
            }
            Upos::Det | Upos::Num | Upos::Adj => listed,
            _ => self.in_name(at),
        }
    }

    /// A person or people, not a body or a country.
    pub fn is_person(&self, (s, t): At) -> bool {
        use onrecord_record::ActorKind::{Military, Person, Population};
        let tree = self.tree(s);
        let named = tree.sentence.name_at(t).is_some_and(|n| n.kind == onrecord_language::NameKind::Per);
        let noun = self.ctx.lexicon.actor_nouns.get(tree.lemma(t));
        named
            || tree.upos(t) == Upos::Noun && noun.is_some_and(|n| !n.group && matches!(n.kind, Person | Population | Military))
            || tree.upos(t) == Upos::Noun && self.ctx.lexicon.titles.get(tree.lemma(t)).is_some()
    }

    /// A text, a poll, an inquiry.
    pub fn is_document(&self, (s, t): At) -> bool {
        let tree = self.tree(s);
        self.cues.source(tree.lemma(t)).document || self.cues.source(tree.lower(t)).document
    }

    /// Someone whose finding is a statement.
    pub fn is_judge(&self, (s, t): At) -> bool {
        let tree = self.tree(s);
        let named = tree.upos(t) == Upos::Propn && tree.children(t).iter().any(|&c| self.cues.source(tree.lower(c)).judge);
        named || self.cues.source(tree.lemma(t)).judge || self.cues.source(tree.lower(t)).judge
    }

    /// Whoever relays what others say.
    pub fn is_media(&self, (s, t): At) -> bool {
        let tree = self.tree(s);
        let word = |i: usize| self.cues.source(tree.lemma(i)).media || self.cues.source(tree.form(i)).media;
        word(t) || (self.in_name((s, t)) && tree.children(t).iter().any(|&c| tree.upos(c) == Upos::Propn && word(c)))
    }

    /// A news outlet called by its name.
    pub fn is_media_name(&self, source: Option<At>) -> bool {
        source.is_some_and(|at| self.tree(at.0).upos(at.1) == Upos::Propn && self.is_media(at))
    }

    /// A passive, also a bare participle with somebody named by *by*.
    pub fn is_passive(&self, (s, t): At) -> bool {
        let tree = self.tree(s);
        tree.is_passive(t)
            || tree.token(t).xpos == "VBN" && tree.child(t, Deprel::Aux).is_none() && tree.child(t, Deprel::OblAgent).is_some()
    }

    /// True right after a comma, over closing quotation marks and words like *while*.
    pub fn after_comma(&self, (s, t): At) -> bool {
        let tree = self.tree(s);
        let skipped = |i: usize| matches!(tree.form(i), "”" | "\"" | "''" | "’" | "'" | "while" | "also" | "further" | "instead");
        let before = (0..t).rev().find(|&i| !skipped(i));
        before.is_some_and(|i| tree.form(i) == ",")
    }

    /// First token after a dateline (*KABUL (AP) —*), or of the sentence.
    pub fn after_dateline(&self, s: usize) -> usize {
        let tree = self.tree(s);
        let dash = (1..tree.len().min(14))
            .find(|&i| matches!(tree.form(i), "—" | "–" | "-" | "--") && !tree.form(0).chars().any(char::is_lowercase));
        let names = |d: usize| (0..d).all(|i| !matches!(tree.upos(i), Upos::Verb | Upos::Aux | Upos::Pron | Upos::Det));
        dash.filter(|&d| tree.form(0).len() > 1 && names(d)).map_or(0, |d| d + 1)
    }

    /// True when a comma stands among these tokens.
    pub fn has_comma(&self, s: usize, mut tokens: std::ops::Range<usize>) -> bool {
        tokens.any(|i| self.tree(s).form(i) == ",")
    }

    /// True when a quotation begins at the token.
    pub fn opens_quote(&self, at: At) -> bool {
        let span = self.span(at);
        self.quotes.at(span.start).is_some_and(|q| self.quotes.all[q].spans.iter().any(|s| s.start == span.start))
    }

    pub fn in_name(&self, (s, t): At) -> bool {
        self.tree(s).sentence.name_at(t).is_some()
    }

    /// True for a noun of time (*Monday*, *2 May*, *week*), which fills no frame.
    pub fn is_time(&self, (s, t): At) -> bool {
        let tree = self.tree(s);
        let lemma = tree.lemma(t).to_lowercase();
        self.ctx.lexicon.noun_sets.has(NounSet::Time, lemma.trim_end_matches('.'))
            || tree.upos(t) == Upos::Num && tree.form(t).len() == 4 && tree.form(t).starts_with(|c: char| c.is_ascii_digit())
    }

    /// The spans of these tokens of the cue's sentence: one a run, trimmed, empty ones dropped.
    pub fn pieces(&self, cue: At, tokens: &[usize]) -> Vec<Span> {
        let tree = self.tree(cue.0);
        let mut spans = Vec::new();
        let mut run: Vec<usize> = Vec::new();
        let from = self.after_dateline(cue.0);
        for &t in tokens.iter().filter(|&&t| t >= from) {
            let gap = run.last().map_or(t..t, |&last| last + 1..t);
            if gap.clone().any(|g| tree.upos(g) != Upos::Punct) {
                spans.extend(self.trimmed(cue, &run));
                run.clear();
            } else {
                run.extend(gap);
            }
            run.push(t);
        }
        spans.extend(self.trimmed(cue, &run));
        spans
    }

    /// The tokens' span without punctuation at its edges. A quotation that begins in it belongs to it whole, marks and all,
    /// also where its later sentences lie beyond; the one that the cue itself stands in does not.
    fn trimmed(&self, cue: At, run: &[usize]) -> Option<Span> {
        let tree = self.tree(cue.0);
        let word = |&&t: &&usize| tree.upos(t) != Upos::Punct;
        let first = *run.iter().find(word)?;
        let last = *run.iter().rev().find(word)?;
        let mut span = tree.token(first).span.cover(tree.token(last).span);
        let around = self.quoted(cue);
        for quoted in self.quotes.overlapping(span) {
            let words_before = quoted.start < span.start && self.has_word(Span::new(quoted.start, span.start));
            if !words_before && self.quotes.at(quoted.start) != around {
                span = span.cover(quoted);
            }
        }
        Some(span)
    }

    /// True when there is a letter or digit in the span.
    pub fn has_word(&self, span: Span) -> bool {
        self.ctx.slice(span).contains(char::is_alphanumeric)
    }
}
