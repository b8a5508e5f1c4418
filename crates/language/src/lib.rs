//! English: sentences, tokens, tags, lemmas, basic dependencies and names.
//!
//! [`Engine::analyse`] turns text into an [`Analysis`] whose every token and sentence keeps its exact place in that text.
//! Categories are Universal Dependencies 2 (tags, features, relations); names are PER, ORG and LOC. `TRAINING.md` says how
//! the model was made.

// Arithmetic reads best with its indices.
#![allow(clippy::needless_range_loop)]

mod abbreviations;
mod analysis;
mod boundaries;
pub mod conllu;
mod decode;
mod engine;
mod features;
mod gazetteer;
mod hash;
mod irregular;
mod kernels;
#[cfg(target_arch = "x86_64")]
mod kernels_x86;
mod key_map;
#[macro_use]
mod labels;
mod lemma;
mod mentions;
mod model;
mod network;
mod numeric;
mod paragraphs;
mod regular;
mod sentences;
mod tokenise;
pub mod train;
mod types;
mod vocabulary;

pub use analysis::{Analysis, Name, Sentence, Token};
pub use engine::Engine;
pub use labels::{Deprel, NameKind, Upos};
pub use mentions::{Mention, MentionKind};
pub use model::ModelError;
