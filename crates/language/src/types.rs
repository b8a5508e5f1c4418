//! Words that recur cost little: what does not depend on the context is computed once for each type of word.

use crate::features::{Casing, KINDS, Scratch, Word, keys, looked_at};
use crate::kernels::{self, Rounded};
use crate::model::Rows;
use crate::network::Network;
use crate::vocabulary::Vocabulary;

/// When so many types are known, all are forgotten, so that memory is bounded whatever the texts. Forgetting never changes a
/// result: what is stored is what would be computed again.
const MOST_TYPES: usize = 2048;

/// Known types of words: their vectors and their parts of the first layer.
#[derive(Default)]
pub(crate) struct Types {
    /// Open addressing: hash of a word, number of its type plus one.
    slots: Vec<(u64, u32)>,
    /// For each type its traits, and where its letters end: different words may have one hash.
    spellings: Vec<(u16, usize)>,
    letters: String,
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
        Types {
            slots: vec![(0, 0); MOST_TYPES * 4],
            width,
            vectors: Vec::with_capacity(MOST_TYPES * width),
            gates: [(); 3].map(|()| Vec::with_capacity(MOST_TYPES * 3 * width)),
            ..Types::default()
        }
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
        self.spellings.len()
    }

    fn forget(&mut self) {
        self.slots.fill((0, 0));
        self.spellings.clear();
        self.letters.clear();
        self.vectors.clear();
        self.gates.iter_mut().for_each(Vec::clear);
    }

    /// True when this is what the type was made of.
    fn is(&self, word: u32, (form, traits): (&str, u16)) -> bool {
        let word = word as usize;
        let start = word.checked_sub(1).map_or(0, |before| self.spellings[before].1);
        let (of, end) = self.spellings[word];
        of == traits && self.letters.as_bytes()[start..end] == *form.as_bytes()
    }

    /// Types of the words of a batch, in their order. All others are forgotten first when there might be too many.
    pub fn look_up(&mut self, words: &[(Word<'_>, Casing)], model: (&Network, &Vocabulary, &Rows), out: &mut Vec<u32>) {
        if self.known() + words.len() > MOST_TYPES {
            self.forget();
        }
        // Of a batch longer than all that is usual each word may be a type.
        if self.slots.len() < words.len() * 2 {
            self.slots = vec![(0, 0); (words.len() * 4).next_power_of_two()];
        }
        let first_new = self.known();
        out.clear();
        for &(word, casing) in words {
            let spelling = (looked_at(word.form), traits(word, casing));
            let hash = hash(spelling);
            let mask = self.slots.len() - 1;
            let mut at = (hash >> 20) as usize & mask;
            while self.slots[at].1 != 0 && !(self.slots[at].0 == hash && self.is(self.slots[at].1 - 1, spelling)) {
                at = (at + 1) & mask;
            }
            if self.slots[at].1 == 0 {
                let rows: [u32; KINDS] = model.1.look_up(&keys(word, casing, &mut self.scratch));
                let start = self.vectors.len();
                self.vectors.resize(start + self.width, 0.0);
                kernels::embed(self.width, &model.2.values, &model.2.scales, &rows, &mut self.vectors[start..]);
                self.letters.push_str(spelling.0);
                self.spellings.push((spelling.1, self.letters.len()));
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
            kernels::multiply(map, &self.rounded, &mut self.product);
            for row in self.product.chunks_exact(map.outputs()).take(new) {
                gates.extend_from_slice(&row[..3 * d]);
            }
        }
    }
}

/// What [`keys`] looks at besides the letters.
fn traits(word: Word<'_>, casing: Casing) -> u16 {
    let marks = !word.form.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    let spaces = if marks { u16::from(word.space_before) + 2 * u16::from(word.space_after) } else { 0 };
    (u16::from(word.listed.0) * 4 + casing as u16) * 4 + spaces
}

/// Hash of everything that [`keys`] looks at.
fn hash((form, traits): (&str, u16)) -> u64 {
    let mut h = (u64::from(traits) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ form.len() as u64;
    for chunk in form.as_bytes().chunks(8) {
        let mut bytes = [0u8; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        h = (h ^ u64::from_le_bytes(bytes)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 32;
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Engine;
    use crate::gazetteer::Listed;
    use crate::model::Model;

    /// A word of sixteen printable letters whose hash is that of another.
    fn of_the_same_hash(word: &str, traits: u16) -> String {
        let half = |form: &str, at: usize| u64::from_le_bytes(form.as_bytes()[at..at + 8].try_into().unwrap());
        let after_first = |first: u64| {
            let h =
                (((u64::from(traits) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 16) ^ first).wrapping_mul(0xff51_afd7_ed55_8ccd);
            h ^ h >> 32
        };
        let wanted = after_first(half(word, 0)) ^ half(word, 8);
        let firsts = (10_000_000..).map(|n: u64| format!("{n}"));
        let mut words = firsts.filter_map(|first| {
            let second = (wanted ^ after_first(half(&first, 0))).to_le_bytes();
            second.iter().all(u8::is_ascii_graphic).then(|| first + std::str::from_utf8(&second).unwrap())
        });
        words.next().unwrap()
    }

    #[test]
    fn words_of_the_same_hash_are_two() {
        let model = Model::from_bytes(Engine::model()).unwrap();
        let (network, vocabulary) = (Network::new(&model), Vocabulary::new(&model.keys));
        let word = |form| (Word { form, space_before: true, space_after: true, listed: Listed::default() }, Casing::Running);
        let (one, other) = ("reconnaissances.", of_the_same_hash("reconnaissances.", 0));
        assert_eq!(hash((one, 0)), hash((&other, 0)));
        let (mut types, mut ids) = (Types::new(model.sizes.width), Vec::new());
        let mut look_up = |form| {
            types.look_up(&[word(form)], (&network, &vocabulary, &model.embeddings), &mut ids);
            ids[0]
        };
        assert_eq!([look_up(one), look_up(&other), look_up(one), look_up(&other)], [0, 1, 0, 1]);
    }
}
