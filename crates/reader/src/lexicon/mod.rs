//! What the reader knows about words: the tables of `lexicon/`, read once.
//!
//! A table is tab-separated text. Lines that start with `#` are for people; the first other line names the columns.

mod table;

pub use table::{LexiconError, Table};

/// All tables.
pub struct Lexicon {}

impl Lexicon {
    /// The tables this program was built with.
    pub fn builtin() -> Self {
        Lexicon {}
    }
}
