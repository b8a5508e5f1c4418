//! Sentence ends.

use crate::abbreviations::{self, Kind};
use crate::boundaries::{self, Boundaries, Seen};
use crate::paragraphs::paragraphs;
use crate::tokenise::{Raw, Tokeniser, is_apostrophe};
use std::collections::VecDeque;
use std::ops::Range;

/// Longer sentences are cut: no writer means them, and the time for a tree grows with the square of the length.
pub(crate) const LONGEST: usize = 256;
/// Logarithm of the least odds at which the model ends a sentence where the rules do not. Below even: news taught the model to doubt
/// more than other writing deserves.
const LEAST_ODDS: f32 = -1.0;
/// How many tokens beyond the end of a sentence a decision may look at.
const AHEAD: usize = 8;

/// The tokens of one sentence.
#[derive(Debug)]
pub(crate) struct RawSentence {
    pub paragraph: usize,
    pub tokens: Vec<Raw>,
}

/// Sentences of a text, in order, in bounded memory.
pub(crate) struct Sentences<'a> {
    text: &'a str,
    paragraphs: std::vec::IntoIter<Range<usize>>,
    paragraph: usize,
    tokens: Option<Tokeniser<'a>>,
    buffer: VecDeque<Raw>,
    /// The words of the buffer, as the model of boundaries sees them.
    seen: VecDeque<Seen>,
    boundaries: &'a Boundaries,
}

impl<'a> Sentences<'a> {
    pub fn new(text: &'a str, boundaries: &'a Boundaries) -> Self {
        let paragraphs = paragraphs(text).into_iter();
        let (buffer, seen) = (VecDeque::new(), VecDeque::new());
        Sentences { text, paragraphs, paragraph: 0, tokens: None, buffer, seen, boundaries }
    }

    /// Fills the buffer from the current paragraph, or the next one when it is used up.
    fn fill(&mut self) -> bool {
        loop {
            if let Some(tokens) = &mut self.tokens {
                let wanted = LONGEST + AHEAD - self.buffer.len().min(LONGEST + AHEAD);
                self.buffer.extend(tokens.take(wanted));
                let new = self.buffer.iter().skip(self.seen.len());
                self.seen.extend(new.map(|t| Seen::new(&self.text[t.span.range()])));
                if !self.buffer.is_empty() {
                    return true;
                }
            }
            let Some(range) = self.paragraphs.next() else { return false };
            if self.tokens.is_some() {
                self.paragraph += 1;
            }
            self.tokens = Some(Tokeniser::new(self.text, range));
        }
    }
}

impl Iterator for Sentences<'_> {
    type Item = RawSentence;

    fn next(&mut self) -> Option<RawSentence> {
        if !self.fill() {
            return None;
        }
        let tokens = self.buffer.make_contiguous();
        let n = end(self.text, tokens);
        let n = earlier_end(self.text, self.boundaries, &tokens[..n], self.seen.make_contiguous()).unwrap_or(n);
        self.seen.drain(..n);
        Some(RawSentence { paragraph: self.paragraph, tokens: self.buffer.drain(..n).collect() })
    }
}

/// How many tokens the first sentence has.
fn end(text: &str, tokens: &[Raw]) -> usize {
    let form = |i: usize| tokens.get(i).map_or("", |t: &Raw| &text[t.span.range()]);
    let mut quote_open = false;
    let mut i = 0;
    if let Some(after) = dateline(text, tokens) {
        return after;
    }
    while i < tokens.len().min(LONGEST) {
        let word = form(i);
        if word == "\"" {
            quote_open = !quote_open;
        }
        let Some(stop) = stop(word) else {
            i += 1;
            continue;
        };
        let after = closers(text, tokens, i + 1, &mut quote_open);
        if after >= tokens.len() && tokens.len() <= LONGEST {
            return tokens.len();
        }
        if after >= tokens.len() {
            break;
        }
        if ends(text, tokens, i, after, stop) {
            return after.min(LONGEST);
        }
        i = after;
    }
    if tokens.len() <= LONGEST {
        return tokens.len();
    }
    // Too long: cut behind the last comma or the like in the second half.
    let cut = (LONGEST / 2..LONGEST).rev().find(|&i| matches!(form(i), "," | ";" | ":" | "-" | "–" | "—" | ")"));
    cut.map_or(LONGEST, |i| i + 1)
}

/// Where the model ends the sentence before the rules do. `seen` begins with the words of `tokens` and may go on behind them.
fn earlier_end(text: &str, boundaries: &Boundaries, tokens: &[Raw], seen: &[Seen]) -> Option<usize> {
    let casing = boundaries::casing(seen.iter());
    let form = |i: usize| &text[tokens[i].span.range()];
    let spoken = |i: usize| matches!(form(i), "”" | "\"" | "»" | "’" | "''") && cue_follows(text, tokens, i + 1);
    (0..tokens.len().saturating_sub(1))
        .filter(|&i| tokens[i + 1].space_before && !is_opening(form(i)) && !spoken(i))
        .find(|&i| boundaries.score(&boundaries::features(seen, i, i + 1, casing)) > LEAST_ODDS)
        .map(|i| i + 1)
}

#[derive(Clone, Copy, PartialEq)]
enum Stop {
    Full,
    /// `?` or `!`
    Strong,
    Dots,
    /// An abbreviation with its stop.
    Abbreviation,
}

fn stop(word: &str) -> Option<Stop> {
    match word {
        "." | "。" => Some(Stop::Full),
        "…" => Some(Stop::Dots),
        _ if word.bytes().all(|b| b == b'.') => Some(Stop::Dots),
        _ if word.bytes().all(|b| matches!(b, b'!' | b'?' | b'.')) => Some(Stop::Strong),
        _ if word.ends_with('.') => Some(Stop::Abbreviation),
        _ => None,
    }
}

/// Length of the dateline that the tokens begin with: *NAIROBI, May 12 (Wire) –*. It is no part of the sentence behind it.
fn dateline(text: &str, tokens: &[Raw]) -> Option<usize> {
    const LONGEST_DATELINE: usize = 14;
    let form = |i: usize| tokens.get(i).map_or("", |t: &Raw| &text[t.span.range()]);
    let city = form(0);
    if city.chars().count() < 3 || !city.chars().all(char::is_uppercase) {
        return None;
    }
    let dash = (1..LONGEST_DATELINE.min(tokens.len()))
        .find(|&i| matches!(form(i), "–" | "—" | "--") || (form(i) == "-" && tokens[i].space_before))?;
    let part = |word: &str| !word.starts_with(char::is_lowercase) || word.ends_with('.');
    let spaced = tokens.get(dash + 1).is_some_and(|t| t.space_before);
    (spaced && (1..dash).all(|i| part(form(i)))).then_some(dash + 1)
}

/// Skips closing quotation marks and brackets from `i`.
fn closers(text: &str, tokens: &[Raw], mut i: usize, quote_open: &mut bool) -> usize {
    while let Some(token) = tokens.get(i) {
        let word = &text[token.span.range()];
        let closes = match word {
            "”" | "»" | ")" | "]" | "''" => true,
            "\"" => {
                let closing = !token.space_before && (*quote_open || token.space_after);
                if closing {
                    *quote_open = false;
                }
                closing
            }
            "’" | "'" => !token.space_before && (token.space_after || text[token.span.end..].starts_with(['"', '”'])),
            _ => false,
        };
        // A mark with space before it opens the next sentence, except in old typography ("he said. ”").
        if !closes || (token.space_before && !matches!(word, "”" | ")" | "]")) {
            break;
        }
        i += 1;
    }
    i + reference(text, &tokens[i.min(tokens.len())..])
}

/// Length of a reference such as `[6]` that stands behind a stop.
fn reference(text: &str, tokens: &[Raw]) -> usize {
    let form = |i: usize| tokens.get(i).map_or("", |t: &Raw| &text[t.span.range()]);
    let number = form(1);
    let fits = form(0) == "[" && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()) && !number.is_empty();
    if fits && form(2) == "]" { 3 } else { 0 }
}

/// Does the sentence end between the stop at `at` (with its closers) and the token `next`?
fn ends(text: &str, tokens: &[Raw], at: usize, next: usize, stop: Stop) -> bool {
    let form = |i: usize| tokens.get(i).map_or("", |t: &Raw| &text[t.span.range()]);
    // Opening marks say nothing; look at the word behind them.
    let mut word_at = next;
    while is_opening(form(word_at)) && word_at < next + 3 {
        word_at += 1;
    }
    let word = form(word_at);
    let first = word.chars().next().unwrap_or(' ');
    let opened = word_at > next;
    let goes_on = matches!(form(next), "," | ";" | ":" | "-" | "–" | "—" | "--" | ")" | "]") && !tokens[next].space_before;
    if goes_on || form(next) == "." {
        return false;
    }
    let quoted = next > at + 1;
    let can_begin = first.is_uppercase() || first.is_numeric() || opened || !first.is_alphabetic();
    match stop {
        Stop::Full => can_begin && !(quoted && first.is_lowercase()),
        Stop::Strong => can_begin && !(quoted && cue_follows(text, tokens, word_at)),
        Stop::Dots => first.is_uppercase() && (quoted || opened || tokens[next].space_before) || opened,
        // A nickname: John "J.D." Smith.
        Stop::Abbreviation if quoted && at > 0 && is_opening(form(at - 1)) => false,
        Stop::Abbreviation if quoted => first.is_uppercase() || opened,
        Stop::Abbreviation => {
            let stem = form(at).trim_end_matches('.');
            let list_number = stem.bytes().all(|b| b.is_ascii_digit());
            let initial = stem.chars().count() == 1;
            let title = abbreviations::is(stem, Kind::Title);
            if list_number || title || (initial && at > 0) {
                return false;
            }
            first.is_uppercase() && (opened && !matches!(form(next), "(" | "[") || abbreviations::is(word, Kind::Opener))
        }
    }
}

fn is_opening(word: &str) -> bool {
    matches!(word, "“" | "\"" | "«" | "‘" | "(" | "[" | "``" | "„")
        || (word.chars().count() == 1 && word.chars().all(is_apostrophe))
}

/// `"Why?" Minister Smith asked`: up to three names, then a verb of saying.
fn cue_follows(text: &str, tokens: &[Raw], from: usize) -> bool {
    for token in tokens.iter().skip(from).take(5) {
        let word = &text[token.span.range()];
        if abbreviations::is(word, Kind::Cue) {
            return true;
        }
        if !word.starts_with(char::is_uppercase) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        crate::Engine::builtin().analyse(text).sentences.iter().map(|s| &text[s.span.range()]).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        for (text, expected) in [
            ("It rained. It poured.", vec!["It rained.", "It poured."]),
            ("“We want peace.” He left.", vec!["“We want peace.”", "He left."]),
            ("\"We want peace.\" \"So do we.\"", vec!["\"We want peace.\"", "\"So do we.\""]),
            ("“Why now?” asked the mayor. Nobody knew.", vec!["“Why now?” asked the mayor.", "Nobody knew."]),
            ("“Why now?” Mayor Ilves asked. Nobody knew.", vec!["“Why now?” Mayor Ilves asked.", "Nobody knew."]),
            (
                "Gen. Stone met Mr. Ito in the U.S. on Jan. 5. They agreed.",
                vec!["Gen. Stone met Mr. Ito in the U.S. on Jan. 5.", "They agreed."],
            ),
            ("They flew to the U.S. The talks failed.", vec!["They flew to the U.S.", "The talks failed."]),
            ("The U.S. Senate voted at 5 p.m. It passed.", vec!["The U.S. Senate voted at 5 p.m.", "It passed."]),
            ("He paused... and went on.", vec!["He paused... and went on."]),
            ("It was built in 1871.[6] It burnt.", vec!["It was built in 1871.[6]", "It burnt."]),
            ("A heading\nThe text.", vec!["A heading", "The text."]),
            ("(It was late.) He left.", vec!["(It was late.)", "He left."]),
            ("John F. Stone left. 3.5 million stayed.", vec!["John F. Stone left.", "3.5 million stayed."]),
        ] {
            assert_eq!(split(text), expected);
        }
    }

    #[test]
    fn lower_case_writing_has_sentences_too() {
        let engine = crate::Engine::builtin();
        let count = |text: &str| engine.analyse(text).sentences.len();
        assert_eq!(count("i went there last week. the food was great and the people are nice. i will go back."), 3);
        assert_eq!(
            count("The minister said Chen Li-wei and Lam Cheuk-ting of the Democratic Party had met approx. five envoys."),
            1
        );
    }

    #[test]
    fn endless_sentences_are_cut() {
        let sentences = crate::Engine::builtin().analyse(&"word, ".repeat(1000)).sentences;
        assert!(sentences.iter().all(|s| s.tokens.len() <= LONGEST));
        assert_eq!(sentences.iter().map(|s| s.tokens.len()).sum::<usize>(), 2000);
    }
}
