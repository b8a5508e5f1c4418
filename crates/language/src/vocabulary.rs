//! From feature keys to rows of the embedding table.

use crate::features::{KINDS, lower_key};
use crate::key_map::KeyMap;

/// Known keys. Row `k` (for `k < KINDS`) stands for an unknown key of kind `k`; known keys follow in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    known: KeyMap,
    rows: usize,
}

impl Vocabulary {
    /// A vocabulary of distinct keys.
    pub fn new(keys: &[u32]) -> Self {
        let known = KeyMap::new(keys.iter().enumerate().map(|(i, &key)| (key, (KINDS + i) as u32)));
        Vocabulary { known, rows: KINDS + keys.len() }
    }

    /// Number of rows, those for unknown keys included.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// True when the word, in lower case, was seen often enough to have a row.
    pub fn has_word(&self, lower: &str) -> bool {
        self.known.get(lower_key(lower)).is_some()
    }

    /// Rows of a word's keys.
    pub fn look_up(&self, keys: &[u32; KINDS]) -> [u32; KINDS] {
        std::array::from_fn(|kind| self.known.get(keys[kind]).unwrap_or(kind as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_fall_to_the_row_of_their_kind() {
        let vocabulary = Vocabulary::new(&[11, 42, 0]);
        let rows = vocabulary.look_up(&[42, 11, 5, 6, 7, 8, 9, 10]);
        assert_eq!(rows[..4], [KINDS as u32 + 1, KINDS as u32, 2, 3]);
        assert_eq!(vocabulary.rows(), KINDS + 3);
    }
}
