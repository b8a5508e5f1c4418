//! The table of abbreviations, read once.

use std::collections::HashMap;
use std::sync::OnceLock;

/// What a row of the table says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An abbreviation whose stop never ends a sentence.
    Title,
    /// An abbreviation whose stop may end a sentence.
    Other,
    /// Begins sentences.
    Opener,
    /// Follows quotations.
    Cue,
}

const TABLE: &str = include_str!("../data/abbreviations.tsv");
/// No row is longer, in bytes.
const LONGEST: usize = 12;

/// Kinds of a word; a word may be several things (*No.* and *no*).
pub(crate) fn is(word: &str, kind: Kind) -> bool {
    static ROWS: OnceLock<HashMap<&'static str, u8>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let mut rows = HashMap::new();
        for line in TABLE.lines().filter(|l| !l.starts_with('#')).skip(1) {
            if let Some((form, kind)) = line.split_once('\t') {
                let kind = match kind {
                    "title" => Kind::Title,
                    "other" => Kind::Other,
                    "opener" => Kind::Opener,
                    _ => Kind::Cue,
                };
                *rows.entry(form).or_insert(0) |= 1 << kind as u8;
            }
        }
        rows
    });
    if word.len() > LONGEST {
        return false;
    }
    let mut buffer = [0u8; LONGEST];
    let lower = &mut buffer[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|lower| rows.get(lower).is_some_and(|kinds| kinds & (1 << kind as u8) != 0))
}
