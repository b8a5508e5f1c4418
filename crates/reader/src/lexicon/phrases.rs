//! Looking up phrases of one or more words however they were written and tokenised.
//!
//! *al-Qaeda*, *Al Qaeda* and the three tokens *al - Qaeda* are one phrase, so are *U.N.* and *UN*, *People’s* and *People 's*:
//! words are cut into pieces at hyphens, apostrophes, slashes and commas, and full stops are dropped.

use std::collections::HashMap;

/// Values by phrase.
pub(super) struct Phrases<T> {
    by_key: HashMap<String, T>,
    /// Most pieces of any phrase that begins with this piece: where reading on is hopeless, `longest` stops.
    reach: HashMap<String, usize>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { by_key: HashMap::new(), reach: HashMap::new() }
    }
}

impl<T> Phrases<T> {
    /// Adds `phrase`; false, and nothing changes, when it is empty or already there.
    pub fn insert(&mut self, phrase: &str, value: T) -> bool {
        let key = key(phrase);
        if key.is_empty() || self.by_key.contains_key(&key) {
            return false;
        }
        let first = key.split(' ').next().unwrap_or(&key).to_string();
        let reach = self.reach.entry(first).or_insert(0);
        *reach = (*reach).max(key.split(' ').count());
        self.by_key.insert(key, value);
        true
    }

    /// The value of exactly this phrase.
    pub fn get(&self, phrase: &str) -> Option<&T> {
        self.by_key.get(&key(phrase))
    }

    /// The longest phrase at the start of `words` whose value is `fit` for the words that wrote it: their number and the value.
    pub fn longest<'a>(&'a self, words: &[&str], fit: impl Fn(&[&str], &T) -> bool) -> Option<(usize, &'a T)> {
        let (mut key, mut count, mut reach, mut best) = (String::new(), 0, usize::MAX, None);
        for (i, word) in words.iter().enumerate() {
            let before = count;
            for piece in pieces(word) {
                let piece = folded(piece);
                if count == 0 {
                    reach = *self.reach.get(&piece)?;
                } else {
                    key.push(' ');
                }
                key.push_str(&piece);
                count += 1;
                if count > reach {
                    return best;
                }
            }
            if count > before {
                best = self.by_key.get(&key).filter(|value| fit(&words[..=i], value)).map(|value| (i + 1, value)).or(best);
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

fn folded(piece: &str) -> String {
    piece.chars().filter(|&c| c != '.').flat_map(char::to_lowercase).collect()
}

fn key(phrase: &str) -> String {
    pieces(phrase).map(folded).collect::<Vec<_>>().join(" ")
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
