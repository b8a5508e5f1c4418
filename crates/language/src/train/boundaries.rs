//! Learns where sentences end, from the paragraphs of treebanks and of news that the rules split (which tells it how rarely a
//! sentence ends without a stop there): logistic regression, Adagrad (Duchi et al. 2011).

use super::data::Example;
use super::random::Random;
use crate::boundaries::{Boundaries, FEATURES, Seen, casing, features};

const EPOCHS: usize = 4;
const RATE: f32 = 0.12;

/// Gaps between words with white space, and whether a sentence ends there.
fn gaps(examples: &[Example]) -> Vec<([u32; FEATURES], bool)> {
    let mut gaps = Vec::new();
    let mut from = 0;
    while from < examples.len() {
        let length = examples[from + 1..].iter().take_while(|e| !e.new_paragraph && e.has_paragraphs).count() + 1;
        let paragraph = &examples[from..from + length];
        from += length;
        let words: Vec<Seen> = paragraph.iter().flat_map(|e| &e.words).map(|w| Seen::new(&w.form)).collect();
        let mut at = 0;
        for (k, sentence) in paragraph.iter().enumerate() {
            let casing = casing(words[at..].iter());
            for (i, word) in sentence.words.iter().enumerate() {
                let last = i + 1 == sentence.words.len();
                if word.space_after && (!last || k + 1 < paragraph.len()) {
                    gaps.push((features(&words, at + i, i + 1, casing), last));
                }
            }
            at += sentence.words.len();
        }
    }
    gaps
}

/// The model; one that never ends a sentence when there are no paragraphs.
pub(crate) fn learn(parts: [&[Example]; 2], random: &mut Random) -> Boundaries {
    let mut gaps: Vec<_> = parts.into_iter().flat_map(gaps).collect();
    let mut weights = vec![0f32; Boundaries::SIZE];
    let mut squares = vec![1e-4f32; Boundaries::SIZE];
    for _ in 0..EPOCHS {
        random.shuffle(&mut gaps);
        for (features, end) in &gaps {
            let score: f32 = features.iter().map(|&f| weights[Boundaries::index(f)]).sum();
            let slope = crate::numeric::sigmoid(score) - f32::from(u8::from(*end));
            if slope.abs() < 1e-3 {
                continue;
            }
            for at in features.iter().map(|&f| Boundaries::index(f)) {
                squares[at] += slope * slope;
                weights[at] -= RATE * slope / squares[at].sqrt();
            }
        }
    }
    let scale = weights.iter().fold(1e-6f32, |m, w| m.max(w.abs())) / 127.0;
    Boundaries { scale, table: weights.iter().map(|w| (w / scale).round() as i8).collect() }
}
