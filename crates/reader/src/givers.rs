//! Whose words a passage is.

use crate::context::Context;
use onrecord_record::{Id, Statement};
use onrecord_text::Span;
use std::collections::HashMap;

/// Statements by the passages they report.
pub struct Givers<'a> {
    statements: &'a [Statement],
    /// Indices of the statements whose contents reach into a sentence, in order.
    by_sentence: HashMap<usize, Vec<usize>>,
    /// Where each sentence begins, to find the one a span stands in.
    starts: Vec<usize>,
}

impl<'a> Givers<'a> {
    /// Indexes the contents of `statements` by sentence.
    pub fn new(ctx: &Context, statements: &'a [Statement]) -> Self {
        let mut by_sentence: HashMap<usize, Vec<usize>> = HashMap::new();
        for (i, statement) in statements.iter().enumerate() {
            for sentence in statement.content.iter().flat_map(|&c| ctx.sentences_in(c)) {
                let here = by_sentence.entry(sentence).or_default();
                if here.last() != Some(&i) {
                    here.push(i);
                }
            }
        }
        let starts = ctx.trees.iter().map(|t| t.sentence.span.start).collect();
        Givers { statements, by_sentence, starts }
    }

    /// The statements whose content holds `span`, outermost (longest) first.
    pub fn statements(&self, span: Span) -> Vec<&'a Statement> {
        let here = self.by_sentence.get(&self.sentence(span)).into_iter().flatten().map(|&i| &self.statements[i]);
        let mut holding: Vec<_> = here.filter(|s| s.content.iter().any(|c| c.contains(span))).collect();
        holding.sort_by_key(|s| std::cmp::Reverse(s.content.iter().map(|c| c.len()).sum::<usize>()));
        holding
    }

    fn sentence(&self, span: Span) -> usize {
        self.starts.partition_point(|&start| start <= span.start).saturating_sub(1)
    }

    /// Who vouches for what stands at `span`, outermost first; empty when the outlet does.
    pub fn of(&self, span: Span) -> Vec<Id> {
        let mut chain: Vec<Id> = Vec::new();
        for statement in self.statements(span) {
            for id in statement.given_by.iter().chain(&statement.speaker) {
                if !chain.contains(id) {
                    chain.push(id.clone());
                }
            }
        }
        chain
    }
}
