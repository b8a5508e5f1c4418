use crate::Span;

/// Bytes between two stored counts.
const STEP: usize = 256;

/// Converts between byte offsets and code point offsets of one text.
///
/// Building is one pass; a conversion looks at no more than 256 bytes. Text that is all ASCII stores nothing.
///
/// ```
/// use onrecord_text::{CodePoints, Span};
/// let text = "“Да”, he said";
/// let points = CodePoints::new(text);
/// assert_eq!(points.from_bytes(Span::new(0, 10)), Span::new(0, 4));
/// assert_eq!(points.to_bytes(Span::new(0, 4)), Some(Span::new(0, 10)));
/// ```
pub struct CodePoints<'a> {
    text: &'a [u8],
    /// Code points before byte `i * STEP`; empty for ASCII.
    counts: Vec<usize>,
}

fn starts(bytes: &[u8]) -> usize {
    // Continuation bytes are 10xxxxxx, that is below -64 as a signed number.
    bytes.iter().filter(|&&b| (b as i8) >= -64).count()
}

impl<'a> CodePoints<'a> {
    /// Counts the code points of `text`.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut total = 0;
            for chunk in bytes.chunks(STEP) {
                counts.push(total);
                total += starts(chunk);
            }
            counts.push(total);
        }
        CodePoints { text: bytes, counts }
    }

    fn point(&self, byte: usize) -> usize {
        if self.counts.is_empty() {
            return byte;
        }
        let block = byte / STEP;
        self.counts[block] + starts(&self.text[block * STEP..byte])
    }

    /// Code point span of a byte span that lies inside the text.
    #[allow(clippy::wrong_self_convention)] // reads as "code points from bytes"
    pub fn from_bytes(&self, span: Span) -> Span {
        Span::new(self.point(span.start), self.point(span.end))
    }

    /// Byte span of a code point span; `None` when it reaches past the text.
    pub fn to_bytes(&self, span: Span) -> Option<Span> {
        Some(Span::new(self.byte(span.start)?, self.byte(span.end)?))
    }

    fn byte(&self, point: usize) -> Option<usize> {
        if self.counts.is_empty() {
            return (point <= self.text.len()).then_some(point);
        }
        let block = self.counts.partition_point(|&count| count <= point) - 1;
        let mut left = point - self.counts[block];
        let from = block * STEP;
        for (i, &b) in self.text[from.min(self.text.len())..].iter().enumerate() {
            if (b as i8) >= -64 {
                if left == 0 {
                    return Some(from + i);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_goes_there_and_back() {
        let text = "a😀e\u{301}שלום ".repeat(100);
        let points = CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
            assert_eq!(points.from_bytes(Span::new(0, byte)).end, n);
            assert_eq!(points.to_bytes(Span::new(0, n)), Some(Span::new(0, byte)));
        }
        assert_eq!(points.to_bytes(Span::new(0, text.chars().count() + 1)), None);
    }

    #[test]
    fn a_text_whose_length_is_a_whole_number_of_steps() {
        let text = "é".repeat(STEP / 2);
        let points = CodePoints::new(&text);
        assert_eq!(points.from_bytes(Span::new(0, STEP)), Span::new(0, STEP / 2));
        assert_eq!(points.to_bytes(Span::new(0, STEP / 2)), Some(Span::new(0, STEP)));
    }
}
