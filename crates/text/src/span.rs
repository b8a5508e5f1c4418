use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A half-open stretch `[start, end)` of a document's text. Written as `[start, end]` in JSON.
///
/// The unit is bytes everywhere inside the program, code points in JSON (see [`crate::CodePoints`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(usize, usize)", into = "(usize, usize)")]
pub struct Span {
    /// First position inside.
    pub start: usize,
    /// First position after.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`, end exclusive.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// Length in the span's unit.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// True when nothing is inside.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True when the two share at least one position.
    ///
    /// ```
    /// # use onrecord_text::Span;
    /// assert!(Span::new(0, 5).overlaps(Span::new(4, 6)));
    /// assert!(!Span::new(0, 5).overlaps(Span::new(5, 6)));
    /// ```
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// As a range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<(usize, usize)> for Span {
    fn from((start, end): (usize, usize)) -> Self {
        Span { start, end }
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}
