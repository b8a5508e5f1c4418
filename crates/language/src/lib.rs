//! English: sentences, tokens, tags, lemmas, basic dependencies and names.
//!
//! [`Engine::analyse`] turns text into an [`Analysis`] whose every token and sentence keeps its exact place in that text.
//! Categories are Universal Dependencies 2 (tags, features, relations); names are PER, ORG and LOC.

mod analysis;
mod labels;

pub use analysis::{Analysis, Name, Sentence, Token};
pub use labels::{Deprel, NameKind, Upos};

mod engine;
pub use engine::Engine;
