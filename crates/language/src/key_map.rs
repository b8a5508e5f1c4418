//! A small map from 32-bit hashes to numbers that is quick to build and to read.

/// Open addressing with linear steps; a key of 0 marks a free slot (a real 0 is stored as 1).
#[derive(Clone, Debug, Default)]
pub(crate) struct KeyMap {
    slots: Vec<(u32, u32)>,
}

impl KeyMap {
    /// A map of distinct keys.
    pub fn new(entries: impl ExactSizeIterator<Item = (u32, u32)>) -> Self {
        let size = (entries.len() * 2 + 2).next_power_of_two();
        let mut slots = vec![(0, 0); size];
        for (key, value) in entries {
            let key = key.max(1);
            let mut at = key as usize & (size - 1);
            while slots[at].0 != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (key, value);
        }
        KeyMap { slots }
    }

    /// The number stored under `key`.
    pub fn get(&self, key: u32) -> Option<u32> {
        let (key, mask) = (key.max(1), self.slots.len().wrapping_sub(1));
        let mut at = key as usize & mask;
        loop {
            match *self.slots.get(at)? {
                (0, _) => return None,
                (known, value) if known == key => return Some(value),
                _ => at = (at + 1) & mask,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_in() {
        let map = KeyMap::new((0..1000u32).map(|i| (i * 8, i)));
        assert!((0..1000).all(|i| map.get(i * 8) == Some(i)));
        assert_eq!(map.get(9), None);
        assert_eq!(KeyMap::default().get(3), None);
    }
}
