//! The one hash of this crate: FNV-1a over numbers, each step mixed, a final mix. Small, stable, ours; models hold its values.

/// A hash as it grows.
#[derive(Clone, Copy)]
pub(crate) struct Hash(pub u32);

impl Hash {
    /// One for each kind of thing, so that equal words of different kinds differ.
    pub fn new(kind: u32) -> Self {
        Hash(0x811c_9dc5 ^ kind.wrapping_mul(0x9e37_79b9))
    }

    /// A number, or a letter at a time: every character gives one step, whatever its length in bytes.
    pub fn push(&mut self, value: u32) {
        self.0 = (self.0 ^ value).wrapping_mul(0x0100_0193);
        self.0 ^= self.0 >> 15;
    }

    /// The value.
    pub fn end(self) -> u32 {
        mix(self.0)
    }
}

/// Spreads every bit over all others.
pub(crate) fn mix(mut h: u32) -> u32 {
    h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}
