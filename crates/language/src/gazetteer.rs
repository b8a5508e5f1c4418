//! Lists of known names as a feature of words: the network learns how far to trust them in context.
//!
//! The lists come from the tables of `lexicon/`, and from wide lists made by `teacher/wide_names.py`, when the model is trained and live in the model file as hashes.

use crate::key_map::KeyMap;
use std::ops::BitOr;

/// The lists that a word, or the words around it together, stand in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Listed(pub u8);

impl Listed {
    pub const COUNTRY: Listed = Listed(1);
    pub const PLACE: Listed = Listed(2);
    pub const DEMONYM: Listed = Listed(4);
    pub const GIVEN_NAME: Listed = Listed(8);
    pub const ORGANISATION: Listed = Listed(16);
    /// Only in the wide lists; alone: a surname.
    pub const WIDE: Listed = Listed(128);
    /// Part of an entry of several words.
    const SEVERAL: Listed = Listed(32);
    /// Not its first word.
    pub const INSIDE: Listed = Listed(64);
}

impl Listed {
    /// True when the word stands in that list.
    pub fn holds(self, list: Listed) -> bool {
        self.0 & list.0 != 0
    }
}

impl BitOr for Listed {
    type Output = Listed;

    fn bitor(self, other: Listed) -> Listed {
        Listed(self.0 | other.0)
    }
}

/// No entry has more words.
const MOST_WORDS: usize = 7;

/// Known names, by hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gazetteer {
    /// Hash of an entry, or of the beginning of one, and its lists (none for a beginning).
    pub entries: Vec<(u32, u8)>,
    index: KeyMap,
}

impl Gazetteer {
    /// From stored entries, which are distinct.
    pub fn new(entries: Vec<(u32, u8)>) -> Self {
        let index = KeyMap::new(entries.iter().map(|&(key, lists)| (key, u32::from(lists))));
        Gazetteer { entries, index }
    }

    /// Lists of each word of a sentence; of entries that overlap the one that begins first, and then the longest, counts.
    pub fn mark<'a>(&self, forms: impl Iterator<Item = &'a str> + Clone, out: &mut Vec<Listed>) {
        out.clear();
        let mut rest = forms;
        let mut covered = 0usize;
        while let Some(first) = rest.clone().next() {
            if covered > 0 {
                covered -= 1;
            } else if first.starts_with(char::is_uppercase) {
                covered = self.entry(rest.clone(), out).saturating_sub(1);
            } else {
                out.push(Listed::default());
            }
            rest.next();
        }
    }

    /// Marks the longest entry that begins here; returns its length (1 when there is none).
    fn entry<'a>(&self, forms: impl Iterator<Item = &'a str>, out: &mut Vec<Listed>) -> usize {
        let (mut hash, mut found) = (0, (1, Listed::default()));
        for (i, form) in forms.take(MOST_WORDS).enumerate() {
            hash = extend(hash, form);
            match self.index.get(finish(hash)) {
                None => break,
                Some(0) => {}
                Some(lists) => found = (i + 1, Listed(lists as u8)),
            }
        }
        let (length, lists) = found;
        let several = if length > 1 { Listed::SEVERAL } else { Listed::default() };
        out.extend((0..length).map(|i| lists | several | if i > 0 { Listed::INSIDE } else { Listed::default() }));
        length
    }
}

/// Keys of an entry: of each of its beginnings, and last of the whole.
pub(crate) fn keys_of<'a>(forms: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut hash = 0;
    let extended = forms.take(MOST_WORDS + 1).map(|form| {
        hash = extend(hash, form);
        finish(hash)
    });
    let keys: Vec<u32> = extended.collect();
    if keys.len() > MOST_WORDS { Vec::new() } else { keys }
}

fn extend(hash: u32, form: &str) -> u32 {
    let step = |h: u32, c: char| (h ^ if crate::tokenise::is_apostrophe(c) { '\'' } else { c } as u32).wrapping_mul(0x0100_0193);
    // Words longer than any name need not be told apart.
    form.chars().take(40).fold(hash.rotate_left(7) ^ 0x811c_9dc5, |h, c| step(h, c) ^ (h >> 17))
}

fn finish(h: u32) -> u32 {
    let h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
    h ^ (h >> 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_entry_counts() {
        let keys = keys_of(["South", "Sudan"].into_iter());
        let single = keys_of(["Sudan"].into_iter());
        let gazetteer = Gazetteer::new(vec![(keys[0], 0), (keys[1], Listed::COUNTRY.0), (single[0], Listed::PLACE.0)]);
        let mut out = Vec::new();
        gazetteer.mark("In South Sudan and Sudan South".split(' '), &mut out);
        let [several, inside] = [Listed::COUNTRY | Listed::SEVERAL, Listed::COUNTRY | Listed::SEVERAL | Listed::INSIDE];
        assert_eq!(out, [Listed(0), several, inside, Listed(0), Listed::PLACE, Listed(0)]);
    }
}
