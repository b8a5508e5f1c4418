//! Looking up phrases of one or more words however they were written and tokenised.
//!
//! *al-Qaeda*, *Al Qaeda* and the three tokens *al - Qaeda* are one phrase, so are *U.N.* and *UN*, *People’s* and *People 's*:
//! words are cut into pieces at hyphens, apostrophes, slashes and commas, and full stops are dropped.

use std::collections::HashMap;

/// Values by phrase.
pub(super) struct Phrases<T> {
    by_key: HashMap<String, Entry<T>>,
}

/// What is known of a key: its value if it is a phrase, and as a first piece the most pieces of any phrase that begins with it,
/// so that reading stops where it is hopeless.
struct Entry<T> {
    value: Option<T>,
    reach: usize,
}

impl<T> Default for Entry<T> {
    fn default() -> Self {
        Entry { value: None, reach: 0 }
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { by_key: HashMap::new() }
    }
}

impl<T> Phrases<T> {
    /// Room for as many phrases, so that a table is read without moving them.
    pub fn with_capacity(phrases: usize) -> Self {
        Phrases { by_key: HashMap::with_capacity(phrases) }
    }

    /// Adds `phrase`; false, and nothing changes, when it is empty or already there.
    pub fn insert(&mut self, phrase: &str, value: T) -> bool {
        let key = key(phrase);
        if key.is_empty() || self.by_key.get(&key).is_some_and(|entry| entry.value.is_some()) {
            return false;
        }
        let count = key.split(' ').count();
        if let Some((first, _)) = key.split_once(' ') {
            let reach = match self.by_key.get_mut(first) {
                Some(entry) => &mut entry.reach,
                None => &mut self.by_key.entry(first.into()).or_default().reach,
            };
            *reach = (*reach).max(count);
        }
        let entry = self.by_key.entry(key).or_default();
        entry.value = Some(value);
        entry.reach = entry.reach.max(1);
        true
    }

    /// The value of exactly this phrase.
    pub fn get(&self, phrase: &str) -> Option<&T> {
        self.by_key.get(&key(phrase))?.value.as_ref()
    }

    /// The longest phrase at the start of `words` whose value is `fit` for the words that wrote it: their number and the value.
    pub fn longest<'a>(&'a self, words: &[&str], fit: impl Fn(&[&str], &T) -> bool) -> Option<(usize, &'a T)> {
        let (mut key, mut count, mut reach, mut best) = (String::new(), 0, usize::MAX, None);
        for (i, word) in words.iter().enumerate() {
            let before = count;
            for piece in pieces(word) {
                if count == reach {
                    return best;
                }
                add_piece(&mut key, piece);
                if count == 0 {
                    reach = self.by_key.get(&key)?.reach;
                }
                count += 1;
            }
            if count > before {
                let value = self.by_key.get(&key).and_then(|entry| entry.value.as_ref());
                best = value.filter(|value| fit(&words[..=i], value)).map(|value| (i + 1, value)).or(best);
                if count == reach {
                    return best;
                }
            } else if count == 0 || !word.chars().all(is_cut) {
                // A hyphen or comma inside a name says nothing; a full stop ends it.
                return best;
            }
        }
        best
    }
}

fn is_cut(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '\'' | '’' | '‘' | 'ʼ' | '/' | ',')
}

/// The pieces a phrase is compared by, in their own case; those of full stops only are left out.
pub(super) fn pieces(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(is_cut).filter(|p| p.contains(|c| c != '.'))
}

fn add_piece(key: &mut String, piece: &str) {
    if !key.is_empty() {
        key.push(' ');
    }
    let letters = piece.chars().filter(|&c| c != '.');
    // Nearly all words are ASCII, where folding is one subtraction.
    if piece.is_ascii() {
        key.extend(letters.map(|c| c.to_ascii_lowercase()))
    } else {
        key.extend(letters.flat_map(char::to_lowercase))
    }
}

/// What a phrase is compared by: its pieces in lower case, a blank between two.
pub(super) fn key(phrase: &str) -> String {
    let mut key = String::with_capacity(phrase.len());
    pieces(phrase).for_each(|piece| add_piece(&mut key, piece));
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Phrases<u8> {
        let mut phrases = Phrases::default();
        for (phrase, value) in [("al-Qaeda", 1), ("al-Qaeda in Yemen", 2), ("U.N.", 3), ("People's Army", 4)] {
            assert!(phrases.insert(phrase, value));
        }
        assert!(!phrases.insert("Al Qaeda", 9));
        assert!(!phrases.insert(" - ", 9));
        phrases
    }

    #[test]
    fn writing_and_tokenising_make_no_difference() {
        let phrases = sample();
        let found = |words: &[&str]| phrases.longest(words, |_, _| true).map(|(n, v)| (n, *v));
        assert_eq!(found(&["Al", "Qaeda", "said"]), Some((2, 1)));
        assert_eq!(found(&["al", "-", "Qaeda", "in", "Yemen", "said"]), Some((5, 2)));
        assert_eq!(found(&["al-Qaeda", "in", "Aden"]), Some((1, 1)));
        assert_eq!(found(&["UN", "."]), Some((1, 3)));
        assert_eq!(found(&["the", "People", "’s", "Army"]), None);
        assert_eq!(found(&["People", "’s", "Army"]), Some((3, 4)));
        assert_eq!(found(&["People", ".", "'s", "Army"]), None);
        assert_eq!(found(&["-", "UN"]), None);
        assert_eq!(found(&[]), None);
        assert_eq!(phrases.get("people’s army"), Some(&4));
        assert_eq!(phrases.get("people’s"), None);
    }

    #[test]
    fn one_endless_word_is_read_no_further_than_any_phrase() {
        let endless = "al-".repeat(1_000_000);
        assert_eq!(sample().longest(&[&endless], |_, _| true), None);
    }
}
