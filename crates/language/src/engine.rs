//! The engine: one call from text to analysis.

use crate::Analysis;

/// The English engine with its model. Cheap to share, immutable.
pub struct Engine {}

impl Engine {
    /// The engine with the model this program was built with.
    pub fn builtin() -> Self {
        Engine {}
    }

    /// Sentences, tokens, tags, lemmas, trees and names of `text`.
    pub fn analyse(&self, _text: &str) -> Analysis {
        Analysis::default()
    }
}
