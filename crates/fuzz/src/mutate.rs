//! Damage to inputs, by numbers that are the same in every run.

/// Bytes that mean something in one form or another.
const SIGNS: &[u8] = b"<>&;\"'{}[]():,-/\\|\t\n\r #%*+=.0179 \0\x1f\x80\xc3\xe2\xff";

/// Makes damaged copies of inputs. Two of one seed make the same.
pub struct Mutator {
    state: u64,
    words: Vec<Vec<u8>>,
}

impl Mutator {
    /// With the words of a dictionary in libFuzzer's form.
    pub fn new(seed: u64, dictionary: &str) -> Self {
        Mutator { state: seed, words: dictionary.lines().filter_map(word).collect() }
    }

    /// A number below `n`, from a linear congruence with Knuth's constants.
    fn below(&mut self, n: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % n.max(1)
    }

    /// A copy of `input` with some damage; at times with a part of `other` in it.
    pub fn damaged(&mut self, input: &[u8], other: &[u8]) -> Vec<u8> {
        let mut bytes = input.to_vec();
        for _ in 0..=self.below(4) {
            let (from, to) = self.range(bytes.len());
            match self.below(6) {
                0 => drop(bytes.drain(from..to)),
                1 => {
                    let again = bytes[from..to].to_vec();
                    bytes.splice(to..to, again);
                }
                2 => {
                    let (from_other, to_other) = self.range(other.len());
                    bytes.splice(from..to, other[from_other..to_other].iter().copied());
                }
                3 if !self.words.is_empty() => {
                    let word = self.below(self.words.len());
                    bytes.splice(from..from, self.words[word].iter().copied());
                }
                4 if from < bytes.len() => bytes[from] ^= 1 << self.below(8),
                _ => {
                    let sign = SIGNS[self.below(SIGNS.len())];
                    bytes.insert(from, sign);
                }
            }
        }
        bytes
    }

    /// A stretch of something this long, mostly short.
    fn range(&mut self, length: usize) -> (usize, usize) {
        let from = self.below(length + 1);
        let most = if self.below(4) == 0 { length } else { 16 };
        (from, (from + self.below(most)).min(length))
    }
}

/// The word in quotes of a line, with `\\`, `\"` and `\xNN` undone; none in a comment.
fn word(line: &str) -> Option<Vec<u8>> {
    let quoted = line.split_once('"').filter(|(before, _)| !before.contains('#'))?.1.strip_suffix('"')?;
    let (mut word, mut rest) = (Vec::new(), quoted);
    while let Some((plain, escaped)) = rest.split_once('\\') {
        word.extend_from_slice(plain.as_bytes());
        let hex = escaped.strip_prefix('x').and_then(|hex| u8::from_str_radix(hex.get(..2)?, 16).ok());
        let length = if hex.is_some() { 3 } else { 1 };
        word.push(hex.or(escaped.bytes().next())?);
        rest = escaped.get(length..)?;
    }
    word.extend_from_slice(rest.as_bytes());
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_dictionary() {
        assert_eq!(word(r#""<rss""#).unwrap(), b"<rss");
        assert_eq!(word(r#"name="a\"b\\c\x00\xff""#).unwrap(), b"a\"b\\c\0\xff");
        assert_eq!(word("# \"no word\""), None);
        assert_eq!(word(""), None);
    }

    #[test]
    fn the_same_seed_does_the_same_damage() {
        let mut one = Mutator::new(1, "\"word\"\n");
        let mut two = Mutator::new(1, "\"word\"\n");
        let copies: Vec<_> = (0..100).map(|_| one.damaged(b"some input", b"other")).collect();
        assert!(copies.iter().all(|copy| *copy == two.damaged(b"some input", b"other")));
        assert!(copies.iter().any(|copy| copy != b"some input"));
    }
}
