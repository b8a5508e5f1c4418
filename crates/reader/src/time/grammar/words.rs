//! The pieces of a sentence with what the calendar knows about them, and the numbers they make.

use super::super::value::Amount;
use crate::lexicon::calendar::{Calendar, CalendarWord, DayPart, Unit};
use crate::scan::{Kind, Piece, pieces};
use onrecord_text::Span;

/// The pieces of `text` inside `within`, with the *'s* of *today's* apart.
pub fn split(text: &str, within: Span) -> Vec<Piece<'_>> {
    let mut split = Vec::new();
    for piece in pieces(text, within) {
        let owner = piece.text.strip_suffix("'s").or_else(|| piece.text.strip_suffix("’s")).map_or(0, str::len);
        if owner == 0 || piece.kind != Kind::Word {
            split.push(piece);
            continue;
        }
        let part = |text, from: usize, glued| Piece {
            span: Span::new(piece.span.start + from, piece.span.start + from + str::len(text)),
            text,
            lower: text.to_lowercase(),
            kind: if from == 0 { Kind::Word } else { Kind::Sign },
            glued,
        };
        split.push(part(&piece.text[..owner], 0, piece.glued));
        split.push(part(&piece.text[owner..], owner, true));
    }
    split
}

/// Words of a sentence; positions past either end hold nothing.
pub struct Words<'p, 't> {
    pub pieces: &'p [Piece<'t>],
    classes: Vec<Option<CalendarWord>>,
}

impl<'p, 't> Words<'p, 't> {
    pub fn new(pieces: &'p [Piece<'t>], calendar: &Calendar) -> Self {
        let class = |p: &Piece| if p.kind == Kind::Word { calendar.word(p.lower.trim_end_matches('.')) } else { None };
        let classes = pieces.iter().map(class).collect();
        Words { pieces, classes }
    }

    pub fn class(&self, i: usize) -> Option<CalendarWord> {
        self.classes.get(i).copied().flatten()
    }

    /// In lower case; empty outside the sentence.
    pub fn lower(&self, i: usize) -> &str {
        self.pieces.get(i).map_or("", |p| p.lower.as_str())
    }

    pub fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |i| self.lower(i))
    }

    pub fn is(&self, i: usize, lower: &str) -> bool {
        self.lower(i) == lower
    }

    pub fn is_one_of(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.lower(i))
    }

    pub fn is_dash(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(Piece::is_dash)
    }

    pub fn is_capital(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|p| p.text.starts_with(char::is_uppercase))
    }

    pub fn is_word(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|p| p.kind == Kind::Word)
    }

    pub fn is_glued(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|p| p.glued)
    }

    /// Digits without separators, as many as asked for.
    pub fn digits(&self, i: usize, len: std::ops::RangeInclusive<usize>) -> Option<i32> {
        let piece = self.pieces.get(i).filter(|p| p.kind == Kind::Digits && len.contains(&p.text.len()))?;
        piece.text.parse().ok()
    }

    /// Behind words that may stand here or not.
    pub fn skip(&self, i: usize, words: &[&str]) -> usize {
        i + usize::from(self.is_one_of(i, words))
    }

    /// Behind a hyphen that joins two words.
    pub fn skip_hyphen(&self, i: usize) -> usize {
        i + usize::from(self.is_dash(i) && self.is_glued(i) && self.is_glued(i + 1))
    }

    /// *third*, *3rd*, *twenty-first*.
    pub fn ordinal(&self, i: usize) -> Option<(i8, usize)> {
        match self.class(i) {
            Some(CalendarWord::Ordinal(n)) => return Some((n, i + 1)),
            Some(CalendarWord::Count(tens @ (20 | 30))) => {
                let at = self.skip_hyphen(i + 1);
                let (ones, end) = self.ordinal(at).filter(|(n, _)| *n < 10)?;
                return Some((tens as i8 + ones, end));
            }
            _ => {}
        }
        if self.is(i, "second") {
            return Some((2, i + 1));
        }
        let n = self.digits(i, 1..=2)?;
        (self.is_glued(i + 1) && self.is_one_of(i + 1, &["st", "nd", "rd", "th"])).then_some((n as i8, i + 2))
    }

    /// A number, doubled so that halves are whole: *3*, *2.5*, *twenty-five*, *a hundred*, *two and a half*.
    fn halves(&self, i: usize) -> Option<(u32, usize)> {
        let piece = self.pieces.get(i)?;
        let (halves, end) = match self.class(i) {
            _ if piece.kind == Kind::Digits => {
                let halves = 2.0 * piece.text.replace(',', "").parse::<f64>().ok().filter(|n| *n < 1e5)?;
                ((halves.fract() == 0.0).then_some(halves as u32)?, i + 1)
            }
            Some(CalendarWord::Count(n)) => {
                let next = self.skip_hyphen(i + 1);
                match self.class(next) {
                    Some(CalendarWord::Count(ones @ 1..10)) if (20..100).contains(&n) && !self.is(next, "a") => {
                        (2 * (n + ones), next + 1)
                    }
                    Some(CalendarWord::Count(many @ (12 | 100))) if n < 10 => (2 * n * many, next + 1),
                    _ => (2 * n, i + 1),
                }
            }
            _ => return None,
        };
        let half = if self.is(end, "and") { self.skip(end + 1, &["a"]) } else { end };
        Some(if half > end && self.is(half, "half") { (halves + 1, half + 1) } else { (halves, end) })
    }

    /// A unit; a number and its unit may be joined by a hyphen.
    pub fn unit(&self, i: usize) -> Option<(Unit, usize)> {
        let at = self.skip_hyphen(i);
        match self.class(at)? {
            CalendarWord::Unit(unit) => Some((unit, at + 1)),
            CalendarWord::Part(DayPart::Named("NI")) if self.lower(at).starts_with("night") => Some((Unit::Night, at + 1)),
            _ => None,
        }
    }

    /// True for a unit in the plural.
    pub fn is_plural(&self, i: usize) -> bool {
        self.lower(i).ends_with('s') || self.is(i, "centuries")
    }

    /// A number or *several*, and its unit: *three days*, *27-year*, *two more weeks*, *a few months*, *a couple of years*.
    pub fn amount(&self, i: usize) -> Option<(Amount, usize)> {
        let (halves, end) = self.quantity(i)?;
        let (unit, end) = self.unit(self.skip(end, FILLERS))?;
        // "a quarter of voters", "a second man": parts and places in a row, no lengths.
        let one = halves == Some(2);
        let counted = !matches!(unit, Unit::Half) && !(matches!(unit, Unit::Quarter | Unit::Second) && (one || halves.is_none()));
        let half = self.is(end, "and") && self.is(self.skip(end + 1, &["a"]), "half") && halves.is_some();
        let (halves, end) = if half { (halves.map(|h| h + 1), self.skip(end + 1, &["a"]) + 1) } else { (halves, end) };
        counted.then_some((Amount { halves, unit }, end))
    }

    /// A number, or none for *several*.
    pub fn quantity(&self, i: usize) -> Option<(Option<u32>, usize)> {
        if let Some(CalendarWord::Vague) = self.class(i) {
            return Some((None, self.skip(i + 1, &["of"])));
        }
        if self.is_one_of(i, &["a", "the"]) && self.class(i + 1) == Some(CalendarWord::Vague) {
            return Some((None, self.skip(i + 2, &["of"])));
        }
        let (halves, end) = self.halves(i)?;
        Some((Some(halves), end))
    }
}

/// What may stand between a number and its unit without changing how long it is.
const FILLERS: &[&str] = &["consecutive", "straight", "successive", "more", "full", "whole", "long", "short", "further", "entire"];
