//! Words as they are compared between reports: folded names, stems of sentences.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Words that say nothing of what a sentence is about.
const EMPTY: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before",
    "being", "but", "by", "can", "could", "did", "do", "does", "during", "for", "from", "had", "has", "have", "he", "her", "him",
    "his", "how", "i", "if", "in", "into", "is", "it", "its", "late", "least", "may", "might", "more", "most", "must", "near",
    "not", "of", "on", "one", "or", "other", "our", "out", "over", "said", "say", "saying", "says", "she", "should", "since", "so",
    "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "told",
    "under", "until", "up", "was", "we", "were", "what", "when", "where", "which", "who", "will", "with", "would", "you", "your",
];

/// A name as it is compared: small letters without accents, transliterations of one name brought together, no articles, no dots.
///
/// ```
/// use onrecord_account::fold;
/// assert_eq!(fold("Zelenskyy"), fold("Zelensky"));
/// assert_eq!(fold("the U.N."), "un");
/// ```
pub fn fold(name: &str) -> String {
    let plain: String = name.nfd().filter(|c| c.is_alphanumeric() || c.is_whitespace() || *c == '-').collect();
    let words = plain.to_lowercase().replace('-', " ");
    let words = words.split_whitespace().filter(|w| !matches!(*w, "the" | "a" | "an"));
    words.map(spelling).collect::<Vec<_>>().join(" ")
}

/// The words of a text as they are searched: in lower case, without accents, at anything that is no letter or digit divided.
///
/// ```
/// assert_eq!(onrecord_account::tokens("The U.N. in Zürich: cease-fire?"), ["the", "u", "n", "in", "zurich", "cease", "fire"]);
/// ```
pub fn tokens(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|w| !w.is_empty()) {
        if word.is_ascii() {
            words.push(word.to_ascii_lowercase());
        } else {
            let plain: String = word.nfd().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
            words.extend(Some(plain).filter(|w| !w.is_empty()));
        }
    }
    words
}

/// Combining accents belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// One spelling for endings that transliteration writes in several ways: -skyy, -skiy, -skii, -skij for -sky; -iev, -yev.
fn spelling(word: &str) -> String {
    const ENDINGS: &[(&str, &str)] =
        &[("skyy", "sky"), ("skiy", "sky"), ("skyi", "sky"), ("skii", "sky"), ("skij", "sky"), ("skyj", "sky"), ("yev", "iev")];
    let ending = ENDINGS.iter().find(|(from, _)| word.len() > from.len() && word.ends_with(from));
    ending.map_or_else(|| word.to_owned(), |(from, to)| format!("{}{to}", &word[..word.len() - from.len()]))
}

/// A folded word of a person's name without what transliterations differ in: *y* and *i*, *ie* and *e*, *kh* and *h*, *ou* and *u*,
/// double letters.
///
/// ```
/// use onrecord_account::sound;
/// assert_eq!(sound("sinkievich"), sound("sinkevich"));
/// assert_eq!(sound("mohammed"), sound("mohamed"));
/// ```
pub fn sound(word: &str) -> String {
    let mut plain = word.replace(['y', 'j'], "i");
    for (from, to) in [("ie", "e"), ("kh", "h"), ("ou", "u"), ("ia", "a")] {
        plain = plain.replace(from, to);
    }
    let mut sound = String::with_capacity(plain.len());
    for c in plain.chars() {
        if !sound.ends_with(c) {
            sound.push(c);
        }
    }
    sound
}

/// The words of a passage without endings and empty words; numbers stay.
pub fn stems(text: &str) -> BTreeSet<String> {
    words(text).filter(|w| !EMPTY.contains(&w.as_str())).map(|w| stem(&w)).collect()
}

/// The words of a passage in small letters, in order.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .map(|w| w.trim_matches(['\'', '’']).to_lowercase())
        .filter(|w| !w.is_empty())
}

/// A word without the endings of number and tense; rough, for comparing only.
fn stem(word: &str) -> String {
    let word = word.split(['\'', '’']).next().unwrap_or(word);
    for ending in ["ing", "ies", "ed", "es", "s"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() > 3) {
            return stem.trim_end_matches('e').to_owned();
        }
    }
    word.trim_end_matches('e').to_owned()
}

/// The words of a passage without endings and empty words, as numbers: what is compared with many others takes little room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bag {
    /// Ascending.
    words: Box<[u32]>,
    /// The longest, which are the rarest, the longest first.
    longest: Box<[u32]>,
}

/// Words by which passages find each other.
const LONGEST: usize = 6;

impl Bag {
    /// Of a passage.
    ///
    /// ```
    /// let bag = onrecord_account::Bag::new("Rebels attacked the post.");
    /// assert_eq!(bag.len(), 3);
    /// assert!(bag.has("post") && !bag.has("the"));
    /// ```
    pub fn new(text: &str) -> Self {
        Self::of(&stems(text))
    }

    /// Of words as they are.
    pub fn of(stems: &BTreeSet<String>) -> Self {
        let mut longest: Vec<&String> = stems.iter().collect();
        longest.sort_by_key(|w| (std::cmp::Reverse(w.chars().count()), (*w).clone()));
        let mut words: Vec<u32> = stems.iter().map(|word| number(word)).collect();
        words.sort_unstable();
        words.dedup();
        Bag { words: words.into(), longest: longest.into_iter().take(LONGEST).map(|word| number(word)).collect() }
    }

    /// How many different words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// True when there is no word.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// True when this word, without its ending, is one of them.
    pub fn has(&self, stem: &str) -> bool {
        self.words.binary_search(&number(stem)).is_ok()
    }

    /// Pairs of so many of the longest words, as keys.
    pub fn pairs(&self, longest: usize) -> Vec<String> {
        let words = &self.longest[..longest.min(self.longest.len())];
        let pairs = words.iter().enumerate().flat_map(|(i, a)| words[i + 1..].iter().map(move |b| (a.min(b), a.max(b))));
        pairs.map(|(a, b)| format!("{a:x} {b:x}")).collect()
    }

    /// The only word, as a key.
    pub fn only(&self) -> Option<String> {
        if let [word] = &self.words[..] { Some(format!("{word:x}")) } else { None }
    }

    fn common(&self, other: &Bag) -> usize {
        let (mut a, mut b, mut common) = (self.words.iter().peekable(), other.words.iter().peekable(), 0);
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    a.next();
                    b.next();
                }
            }
        }
        common
    }

    /// Share of words that two passages have in common, of the shorter one; 0 when one is empty.
    pub fn shared(&self, other: &Bag) -> f64 {
        let smaller = self.len().min(other.len());
        if smaller == 0 { 0.0 } else { self.common(other) as f64 / smaller as f64 }
    }

    /// Share of words that two passages have in common, of all their words; 0 when both are empty.
    pub fn likeness(&self, other: &Bag) -> f64 {
        let common = self.common(other);
        let all = self.len() + other.len() - common;
        if all == 0 { 0.0 } else { common as f64 / all as f64 }
    }
}

/// A word's hash, folded.
fn number(word: &str) -> u32 {
    let hash = hash(word.bytes());
    (hash ^ (hash >> 32)) as u32
}

/// FNV-1a: the same on every machine and in every version.
pub fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        assert_eq!(fold("Volodymyr Zelenskiy"), fold("Volodymyr Zelenskyy"));
        assert_eq!(fold("São Tomé"), "sao tome");
        assert_ne!(fold("Bush"), fold("Busch"));
    }

    #[test]
    fn sentences_are_alike_by_what_they_are_about() {
        let a = Bag::new("A bomb killed 12 soldiers near the market.");
        let b = Bag::new("Twelve soldiers were killed, 12 of them, when bombs went off near a market");
        assert!(a.shared(&b) > 0.7, "{a:?} {b:?}");
        assert!(a.likeness(&Bag::new("Ministers met in Geneva.")) < 0.1);
    }
}
