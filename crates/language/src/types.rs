//! Words that recur cost little: what does not depend on the context is computed once for each type of word.

use crate::features::{Casing, KINDS, Scratch, Word, keys};
use crate::kernels::{self, Rounded};
use crate::model::Rows;
use crate::network::Network;
use crate::vocabulary::Vocabulary;

/// When so many types are known, all are forgotten, so that memory is bounded whatever the text. Forgetting never changes a
/// result: what is stored is what would be computed again.
const MOST_TYPES: usize = 2048;

/// Known types of words: their vectors and their parts of the first layer.
#[derive(Default)]
pub(crate) struct Types {
    /// Open addressing: hash of a word, number of its type plus one.
    slots: Vec<(u64, u32)>,
    width: usize,
    vectors: Vec<f32>,
    /// For each type: its share in the first layer of the word after it, its own, and of the word before it.
    gates: [Vec<f32>; 3],
    scratch: Scratch,
    rounded: Rounded,
    product: Vec<f32>,
}

impl Types {
    /// No type is known yet.
    pub fn new(width: usize) -> Self {
        Types { slots: vec![(0, 0); MOST_TYPES * 4], width, ..Types::default() }
    }

    /// Vector of a type.
    pub fn vector(&self, word: u32) -> &[f32] {
        &self.vectors[word as usize * self.width..(word as usize + 1) * self.width]
    }

    /// Share of a type in the first layer: of the word after it (0), itself (1), the word before it (2).
    pub fn gates(&self, word: u32, part: usize) -> &[f32] {
        let n = 3 * self.width;
        &self.gates[part][word as usize * n..(word as usize + 1) * n]
    }

    fn known(&self) -> usize {
        self.vectors.len() / self.width
    }

    /// Types of the words of a batch, which has fewer than `MOST_TYPES` words... or as many types as it has.
    pub fn look_up(&mut self, words: &[(Word<'_>, Casing)], model: (&Network, &Vocabulary, &Rows), out: &mut Vec<u32>) {
        if self.known() + words.len() > MOST_TYPES {
            self.slots.fill((0, 0));
            self.vectors.clear();
            self.gates.iter_mut().for_each(Vec::clear);
        }
        if self.slots.len() < words.len() * 2 {
            self.slots = vec![(0, 0); (words.len() * 4).next_power_of_two()];
        }
        let first_new = self.known();
        out.clear();
        for &(word, casing) in words {
            let hash = hash(word, casing);
            let mask = self.slots.len() - 1;
            let mut at = (hash >> 20) as usize & mask;
            while self.slots[at].1 != 0 && self.slots[at].0 != hash {
                at = (at + 1) & mask;
            }
            if self.slots[at].1 == 0 {
                let rows: [u32; KINDS] = model.1.look_up(&keys(word, casing, &mut self.scratch));
                let start = self.vectors.len();
                self.vectors.resize(start + self.width, 0.0);
                kernels::embed(self.width, &model.2.values, &model.2.scales, &rows, &mut self.vectors[start..]);
                self.slots[at] = (hash, self.known() as u32);
            }
            out.push(self.slots[at].1 - 1);
        }
        self.complete(first_new, model.0);
    }

    /// Normalises the new vectors and multiplies them with the first layer.
    fn complete(&mut self, first_new: usize, network: &Network) {
        let (d, new) = (self.width, self.known() - first_new);
        if new == 0 {
            return;
        }
        let sums = self.vectors[first_new * d..].to_vec();
        kernels::normalise(d, &sums, &mut self.vectors[first_new * d..]);
        self.rounded.fill(&self.vectors[first_new * d..], new, d, d);
        for (gates, map) in self.gates.iter_mut().zip(&network.first) {
            kernels::multiply(map, &self.rounded, new, &mut self.product);
            for row in self.product.chunks_exact(map.outputs()).take(new) {
                gates.extend_from_slice(&row[..3 * d]);
            }
        }
    }
}

/// Hash of everything that [`keys`] looks at.
fn hash(word: Word<'_>, casing: Casing) -> u64 {
    let marks = !word.form.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    let spaces = if marks { u64::from(word.space_before) + 2 * u64::from(word.space_after) } else { 0 };
    let mut h = ((u64::from(word.listed.0) * 4 + casing as u64) * 4 + spaces + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ word.form.len() as u64;
    for chunk in word.form.as_bytes().chunks(8) {
        let mut bytes = [0u8; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        h = (h ^ u64::from_le_bytes(bytes)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 32;
    }
    h
}
