//! A text as words, digits and signs, finer than tokens: numbers and dates are read from it whatever the tokenizer made of them.

use onrecord_text::Span;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Digits with their separators: `1,400`, `2.5`.
    Digits,
    /// Letters, also with digits behind them (`F16`) and apostrophes inside.
    Word,
    /// Any other character.
    Sign,
}

/// One piece.
#[derive(Clone, Debug)]
pub struct Piece<'t> {
    /// Its place, in bytes of the document.
    pub span: Span,
    /// As written.
    pub text: &'t str,
    /// In lower case.
    pub lower: String,
    /// What it is.
    pub kind: Kind,
    /// True when nothing stands between it and the piece before.
    pub glued: bool,
}

impl Piece<'_> {
    /// True for this word or sign in lower case.
    pub fn is(&self, lower: &str) -> bool {
        self.lower == lower
    }

    /// Hyphens and dashes.
    pub fn is_dash(&self) -> bool {
        self.kind == Kind::Sign && matches!(self.text, "-" | "‐" | "‑" | "–" | "—" | "−")
    }
}

/// The pieces of `text` inside `within`.
pub fn pieces(text: &str, within: Span) -> Vec<Piece<'_>> {
    let mut found: Vec<Piece> = Vec::new();
    let mut at = within.start;
    while at < within.end {
        let rest = &text[at..within.end];
        let Some(first) = rest.chars().next() else { break };
        let (kind, len) = match first {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            c if c.is_ascii_digit() => (Kind::Digits, digits(rest.as_bytes())),
            // ".5" on its own; "p.5" and "1.2.3" are something else.
            '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit())
                && found.last().is_none_or(|p| p.span.end < at || is_open(p)) =>
            {
                (Kind::Digits, 1 + digits(&rest.as_bytes()[1..]))
            }
            c if c.is_alphabetic() => (Kind::Word, word(rest)),
            c => (Kind::Sign, c.len_utf8()),
        };
        let glued = found.last().is_some_and(|p| p.span.end == at);
        let piece = &rest[..len];
        found.push(Piece { span: Span::new(at, at + len), text: piece, lower: piece.to_lowercase(), kind, glued });
        at += len;
    }
    found
}

/// Signs that a number follows without a space.
fn is_open(piece: &Piece) -> bool {
    matches!(piece.text, "(" | "[" | "-" | "−" | "$" | "€" | "£" | "\"" | "“")
}

/// Length of the digits at the start: groups of three behind commas (the Indian way, groups of two before the last three), one
/// decimal part.
fn digits(bytes: &[u8]) -> usize {
    let run = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut len = run(0);
    let mut pairs = len;
    while len <= 2 && pairs <= 15 && bytes.get(pairs) == Some(&b',') && run(pairs + 1) == 2 {
        pairs += 3;
    }
    if pairs > len && bytes.get(pairs) == Some(&b',') && run(pairs + 1) == 3 {
        len = pairs;
    }
    while len <= 15 && bytes.get(len) == Some(&b',') && run(len + 1) == 3 {
        len += 4;
    }
    if bytes.get(len) == Some(&b'.') && run(len + 1) > 0 {
        len += 1 + run(len + 1);
    }
    len
}

/// Length of the word at the start: letters and digits, apostrophes and full stops between letters (*don't*, *U.S.*).
fn word(rest: &str) -> usize {
    let mut len = 0;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().is_some_and(|n| n.is_alphabetic());
        let inside = c.is_alphanumeric()
            || is_mark(c)
            || (matches!(c, '\'' | '’') && next)
            || (c == '.' && (next || is_initials(&rest[..len])));
        if !inside {
            break;
        }
        len += c.len_utf8();
    }
    len
}

/// Accents that combine with the letter before.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// *U.S* wants its last full stop; *end* does not.
fn is_initials(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        pieces(text, Span::new(0, text.len())).iter().map(|p| p.text).collect()
    }

    #[test]
    fn words_digits_and_signs() {
        assert_eq!(split("1,400 bombs, $2.5bn"), ["1,400", "bombs", ",", "$", "2.5", "bn"]);
        assert_eq!(split("the U.S. said. F16s"), ["the", "U.S.", "said", ".", "F16s"]);
        assert_eq!(split("10,2016 5-6 60-plus"), ["10", ",", "2016", "5", "-", "6", "60", "-", "plus"]);
        assert_eq!(split("don’t 12."), ["don’t", "12", "."]);
        assert_eq!(
            split("a .5 share, p.5, 12,34,567 people"),
            ["a", ".5", "share", ",", "p", ".", "5", ",", "12,34,567", "people"]
        );
    }

    #[test]
    fn pieces_know_what_they_touch() {
        let pieces = pieces("50 %", Span::new(0, 4));
        assert!(!pieces[1].glued);
        assert_eq!(pieces[1].span, Span::new(3, 4));
    }
}
