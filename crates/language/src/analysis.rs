//! What the engine found in a text. Nothing here is copied text: tokens and sentences are places in it.

use crate::{Deprel, Mention, NameKind, Upos};
use onrecord_text::Span;
use std::ops::Range;

/// A whole text, analysed.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
}

/// One sentence (or headline, list item, fragment).
#[derive(Clone, Debug)]
pub struct Sentence {
    /// From the first token to the last, in bytes of the text.
    pub span: Span,
    /// Number of the paragraph (block of lines) it stands in, from 0.
    pub paragraph: usize,
    /// Syntactic words in order; *don't* is two, *do* and *n't*.
    pub tokens: Vec<Token>,
    /// Names in order, without overlaps.
    pub names: Vec<Name>,
    /// Names with finer kinds, and words for peoples and events.
    pub mentions: Vec<Mention>,
}

/// One syntactic word.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its place in the text, in bytes.
    pub span: Span,
    /// Base form, lower case except for names.
    pub lemma: Box<str>,
    /// Universal tag.
    pub upos: Upos,
    /// Penn tag, such as `VBD`.
    pub xpos: &'static str,
    /// Universal features as in CoNLL-U (`Mood=Ind|Tense=Past`), `_` when none.
    pub feats: &'static str,
    /// Index of the governing token in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Relation to the governor.
    pub deprel: Deprel,
}

/// A name: some consecutive tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Indices of its tokens.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

impl Sentence {
    /// The name that holds the token at `t`.
    pub fn name_at(&self, t: usize) -> Option<&Name> {
        let next = self.names.partition_point(|n| n.tokens.end <= t);
        self.names.get(next).filter(|n| n.tokens.contains(&t))
    }
}

impl Token {
    /// The words of the token.
    pub fn form<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.range()]
    }
}
