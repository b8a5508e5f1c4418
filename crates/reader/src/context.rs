//! Everything about one report that the steps share and none of them changes.

use crate::lexicon::Lexicon;
use crate::places::Atlas;
use crate::time::Times;
use crate::tree::Tree;
use onrecord_language::Analysis;
use onrecord_text::{Document, Span};

/// One report, ready to be read.
pub struct Context<'a> {
    /// The report.
    pub document: &'a Document,
    /// What the reader knows about words.
    pub lexicon: &'a Lexicon,
    /// Sentences in order.
    pub trees: Vec<Tree<'a>>,
    /// Places on the map.
    pub atlas: Atlas,
    /// Time expressions.
    pub times: Times,
    /// How much besides listed words attributes.
    pub attribution: Attribution,
}

/// Which statements are found.
///
/// Quotation marks and the words of `lexicon/cues.tsv` give those of the codebook. A model learnt from annotated reports adds
/// others: it knows thousands of words more, and cannot name the table row that a reader might correct.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Attribution {
    /// Only by quotation marks and listed words.
    Listed,
    /// Also what the model is sure of and the codebook would count.
    #[default]
    Sure,
    /// Whatever the model finds likely: attitudes, intentions and hints with or without a named holder, as in PolNeAR.
    Every,
}

impl<'a> Context<'a> {
    /// Builds the trees.
    pub fn new(document: &'a Document, analysis: &'a Analysis, lexicon: &'a Lexicon) -> Self {
        let trees = analysis.sentences.iter().map(|s| Tree::new(&document.text, s, &lexicon.measures)).collect::<Vec<_>>();
        let times = Times::find(document, &trees, lexicon);
        let atlas = Atlas::new(&document.text, &trees, lexicon);
        Context { document, lexicon, trees, atlas, times, attribution: Attribution::default() }
    }

    /// True for the headline: the first paragraph when it is one sentence without a closing full stop and more text follows.
    pub fn is_headline(&self, sentence: usize) -> bool {
        sentence == 0
            && self.trees.len() > 1
            && self.trees[1].sentence.paragraph != self.trees[0].sentence.paragraph
            && !self.document.slice(self.trees[0].sentence.span).ends_with(['.', '!', '?', '”', '"'])
    }

    /// Index of the sentence that holds the byte position.
    pub fn sentence_at(&self, byte: usize) -> Option<usize> {
        let at = self.trees.partition_point(|t| t.sentence.span.end <= byte);
        (at < self.trees.len() && self.trees[at].sentence.span.start <= byte).then_some(at)
    }

    /// Indices of the sentences that `span` reaches into.
    pub fn sentences_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.trees.partition_point(|t| t.sentence.span.end <= span.start);
        let last = self.trees.partition_point(|t| t.sentence.span.start < span.end);
        first..last.max(first)
    }

    /// The words at `span`.
    pub fn slice(&self, span: Span) -> &'a str {
        &self.document.text[span.range()]
    }
}
