//! Whose words a passage is.

use onrecord_record::{Id, Statement};
use onrecord_text::Span;

/// Statements by the passages they report.
pub struct Givers<'a> {
    statements: &'a [Statement],
}

impl<'a> Givers<'a> {
    /// Looks through the contents of `statements`.
    pub fn new(statements: &'a [Statement]) -> Self {
        Givers { statements }
    }

    /// The statements whose content holds `span`, outermost (longest) first.
    pub fn statements(&self, span: Span) -> Vec<&'a Statement> {
        let mut holding: Vec<_> = self.statements.iter().filter(|s| s.content.iter().any(|c| c.contains(span))).collect();
        holding.sort_by_key(|s| std::cmp::Reverse(s.content.iter().map(|c| c.len()).sum::<usize>()));
        holding
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
