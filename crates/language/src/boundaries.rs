//! Sentence ends that no rule sees: lower-case writing, lines without a stop, headers run into text.
//!
//! A linear model over the words around a gap, learnt from the treebanks' paragraphs. [`crate::sentences`] asks it about every gap
//! that its rules do not end a sentence at.

use crate::features::plain;
use crate::hash::Hash;

/// Bits of the table's index.
const BITS: u32 = 15;
/// How many features a gap has.
pub(crate) const FEATURES: usize = 22;
/// Longest part of a word that is looked at.
const LONGEST: usize = 24;

/// A weight for each hashed feature, in 8 bits with one scale.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Boundaries {
    /// Value of one step.
    pub scale: f32,
    pub table: Vec<i8>,
}

/// A word as hashes of its lower-case form, of the form as written, and of its shape.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    lower: u32,
    form: u32,
    shape: u32,
    capital: bool,
    lonely_i: bool,
}

/// How a stretch of text uses capitals: 1 when it writes *i*, 2 more when it has no capital at all.
pub(crate) fn casing<'s>(words: impl Iterator<Item = &'s Seen>) -> u32 {
    let (mut lonely, mut capital) = (false, false);
    for word in words {
        lonely |= word.lonely_i;
        capital |= word.capital;
    }
    u32::from(lonely) + if capital { 0 } else { 2 }
}

impl Seen {
    pub fn new(form: &str) -> Self {
        let (mut lower, mut cased, mut shape) = (Hash::new(1), Hash::new(2), Hash::new(3));
        let (mut capital, mut run, mut last, mut length) = (false, 0, '\0', 0);
        for c in form.chars().take(LONGEST).map(plain) {
            c.to_lowercase().for_each(|c| lower.push(c as u32));
            cased.push(c as u32);
            capital |= c.is_uppercase();
            let class = match c {
                _ if c.is_uppercase() => 'X',
                _ if c.is_alphabetic() => 'x',
                _ if c.is_numeric() => 'd',
                _ => c,
            };
            run = if class == last { run + 1 } else { 1 };
            last = class;
            if run <= 2 && length < 8 {
                shape.push(class as u32);
                length += 1;
            }
        }
        Seen { lower: lower.0, form: cased.0, shape: shape.0, capital, lonely_i: form == "i" }
    }
}

/// Features of the gap behind word `i`, which is word number `since` of its sentence.
pub(crate) fn features(words: &[Seen], i: usize, since: usize, casing: u32) -> [u32; FEATURES] {
    let at = |k: isize| usize::try_from(i as isize + k).ok().and_then(|k| words.get(k)).copied().unwrap_or_default();
    let (c, b, a) = (at(-2), at(-1), at(0));
    let (x, y, z) = (at(1), at(2), at(3));
    let since = since.min(12) as u32;
    let of = |kind: u32, parts: [u32; 3]| {
        let mut hash = Hash::new(kind);
        parts.iter().for_each(|&p| hash.push(p));
        hash.end()
    };
    let around = [a.shape, x.shape, 0];
    [
        of(10, [0, 0, 0]),
        of(11, [a.lower, 0, 0]),
        of(12, [x.lower, 0, 0]),
        of(13, [b.lower, 0, 0]),
        of(14, [y.lower, 0, 0]),
        of(15, [a.shape, 0, 0]),
        of(16, [x.shape, 0, 0]),
        of(17, around),
        of(18, [a.lower, x.shape, 0]),
        of(19, [a.shape, x.lower, 0]),
        of(20, [x.form, 0, 0]),
        of(21, [a.form, 0, 0]),
        of(22, [b.shape.rotate_left(7) ^ a.shape, x.shape, y.shape]),
        of(23, [x.lower, y.lower, 0]),
        of(24, [b.lower, a.lower, 0]),
        of(25, [since, 0, 0]),
        of(26, [since / 3, a.shape, x.shape]),
        of(27, [casing, a.shape, x.shape]),
        of(28, [x.shape, y.shape, z.shape]),
        of(29, [c.shape, b.shape, a.shape]),
        of(30, [casing, a.lower, x.lower]),
        of(31, [a.form, x.shape, y.shape]),
    ]
}

impl Boundaries {
    /// Number of weights.
    pub const SIZE: usize = 1 << BITS;

    /// Place of a feature's weight.
    pub fn index(feature: u32) -> usize {
        (feature >> (32 - BITS)) as usize
    }

    /// Logarithm of how many times more likely an end is than none.
    pub fn score(&self, features: &[u32; FEATURES]) -> f32 {
        features.iter().map(|&f| i32::from(self.table[Self::index(f)])).sum::<i32>() as f32 * self.scale
    }
}
