//! Which reports are copies of one text: a copy is no second witness.

use crate::item::{Item, Keys, Same};
use crate::words::{hash, words};
use serde::{Deserialize, Serialize};

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Hashes that a sketch keeps.
const KEPT: usize = 128;
/// Hashes by which copies find each other: two texts that share half of their shingles share one of these in 99.6 % of cases.
const KEYS: usize = 8;
/// Share of all shingles, and of the shorter text's, from which on a text is a copy.
const ALIKE: f64 = 0.5;
const HELD: f64 = 0.75;

/// The smallest hashes of a text's five-word shingles (Cohen and Kaplan's bottom-k sketch), enough to tell how much of it stands in
/// another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// Ascending.
    hashes: Vec<u64>,
    /// How many different shingles there are.
    size: usize,
}

impl Sketch {
    /// Of the text of a report.
    pub fn new(text: &str) -> Self {
        let words: Vec<String> = words(text).collect();
        let mut hashes: Vec<u64> = match words.len() {
            0 => Vec::new(),
            n if n < SHINGLE => vec![shingle(words.iter())],
            _ => words.windows(SHINGLE).map(|w| shingle(w.iter())).collect(),
        };
        hashes.sort_unstable();
        hashes.dedup();
        let size = hashes.len();
        hashes.truncate(KEPT);
        Sketch { hashes, size }
    }

    /// False for what no text gives.
    pub(crate) fn is_sound(&self) -> bool {
        let (kept, ascend) = (self.hashes.len(), self.hashes.is_sorted_by(|a, b| a < b));
        ascend && if kept < KEPT { self.size == kept } else { kept == KEPT && self.size >= kept }
    }

    /// Estimated share of all shingles that both have, and share of the shorter text's shingles.
    fn overlap(&self, other: &Sketch) -> (f64, f64) {
        if self.size == 0 || other.size == 0 {
            return (0.0, 0.0);
        }
        // Of the smallest hashes of both together, how many are in both.
        let (mut i, mut j, mut seen, mut common) = (0, 0, 0, 0);
        while seen < KEPT && (i < self.hashes.len() || j < other.hashes.len()) {
            let (a, b) = (self.hashes.get(i), other.hashes.get(j));
            match (a, b) {
                (Some(a), Some(b)) if a == b => {
                    common += 1;
                    i += 1;
                    j += 1;
                }
                (Some(a), Some(b)) if a < b => i += 1,
                (Some(_), None) => i += 1,
                _ => j += 1,
            }
            seen += 1;
        }
        let alike = common as f64 / seen as f64;
        let shared = alike / (1.0 + alike) * (self.size as f64 + other.size as f64);
        (alike, shared / self.size.min(other.size) as f64)
    }
}

impl Item for Sketch {
    fn keys(&self) -> Keys {
        Keys::both(self.hashes.iter().take(KEYS).map(|hash| format!("shingle {hash:x}")).collect())
    }

    /// One text is a copy of the other, whole or shortened, with small changes.
    fn same(&self, other: &Self) -> Option<Same> {
        let (alike, held) = self.overlap(other);
        (alike >= ALIKE || held >= HELD).then(|| Same::new(held, format!("{:.0} % of the shorter text", 100.0 * held.min(1.0))))
    }

    fn cannot_be(&self, _: &Self) -> bool {
        false
    }
}

fn shingle<'w>(words: impl Iterator<Item = &'w String>) -> u64 {
    hash(words.flat_map(|w| w.bytes().chain([b' '])))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "Gunmen attacked a convoy of trucks near the town of Gao on Monday, killing four drivers and burning two of the \
        trucks, officials said. The convoy was carrying rice for the food agency. No group said it was behind the raid, the third on that \
        road since May. The governor asked the army for escorts and promised a reward for news of the attackers.";

    #[test]
    fn a_copy_with_a_new_head_and_a_cut_end_is_a_copy() {
        let cut = WIRE.split(" The governor").next().unwrap();
        let headed = format!("(Herald) {}", WIRE.replace("Monday", "May 4"));
        let other = "Gunmen attacked a bus near Timbuktu on Tuesday and took two passengers with them, a driver told the radio station. The army \
            said it was searching the desert north of the town and had closed the road to traffic until further notice.";
        let sketch = Sketch::new(WIRE);
        assert!(sketch.same(&Sketch::new(cut)).is_some());
        assert!(sketch.same(&Sketch::new(&headed)).is_some());
        assert!(sketch.same(&Sketch::new(other)).is_none());
        assert!(sketch.keys().finds.iter().any(|k| Sketch::new(&headed).keys().under.contains(k)));
    }

    #[test]
    fn empty_and_tiny_texts() {
        assert!(Sketch::new("").same(&Sketch::new("")).is_none());
        assert!(Sketch::new("Calm today").same(&Sketch::new("Calm today.")).is_some());
        assert!(Sketch::new("Calm today").same(&Sketch::new("Rain today")).is_none());
    }
}
