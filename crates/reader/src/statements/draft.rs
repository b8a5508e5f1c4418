//! A statement before its actors are known.

pub(super) use onrecord_record::At;
use onrecord_record::{Act, Factuality, SpeechMode, Why};
use onrecord_text::Span;

/// How a content was found; decides who wins where two overlap and whether its words are the speaker's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Between quotation marks or in a block quotation.
    Quoted,
    /// A clause that the cue asserts.
    Clause,
    /// A phrase that names what the cue is about: its words need not be the speaker's (*rejected Kyiv's claim that ...*).
    Phrase,
    /// After *according to*.
    According,
    /// After a noun (*the claim that*).
    Noun,
}

/// What a construction gives.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Main token of the cue; none for a bare quotation.
    pub at: Option<At>,
    /// The words that attribute.
    pub cue: Option<Span>,
    /// Head of the phrase that names the speaker.
    pub source: Option<At>,
    /// Passages reported, in order.
    pub content: Vec<Span>,
    /// Predicate or head of the content.
    pub main: Option<At>,
    /// Heads of the phrases that name the addressees.
    pub to: Vec<At>,
    /// By the cue alone.
    pub act: Act,
    /// Given where the marks cannot tell (block quotations).
    pub mode: Option<SpeechMode>,
    /// Given where the cue itself says it (*declined to comment*).
    pub factuality: Option<Factuality>,
    /// See [`Found`].
    pub found: Found,
    /// A participle beside its main clause (*..., warning that*).
    pub participle: bool,
    /// The source is a news outlet or a report.
    pub media: bool,
    /// From 0 to 1.
    pub confidence: f32,
    /// The rule, row and construction that decided.
    pub why: Why,
}

impl Draft {
    /// First byte of cue or content.
    pub fn start(&self) -> usize {
        self.content.iter().chain(&self.cue).map(|s| s.start).min().unwrap_or(0)
    }

    /// From the first to the last of the words that show it.
    pub fn evidence(&self) -> Option<Span> {
        self.content.iter().chain(&self.cue).copied().reduce(Span::cover)
    }

    /// True when the content holds all of `span`.
    pub fn holds(&self, span: Span) -> bool {
        self.content.iter().any(|c| c.contains(span))
    }
}
