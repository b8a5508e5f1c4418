//! Tokens with exact places, written apart as the English treebanks do.
//!
//! `don't` is *do n't*, `$5m` is *$ 5 m*, `Russian-backed` is *Russian - backed*, `ex-minister` stays whole, `U.S.` keeps its stops.

use crate::abbreviations::{self, Kind};
use onrecord_text::Span;

/// A token as the rules found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Raw {
    /// Its place.
    pub span: Span,
    /// Nothing but white space (or the edge of the paragraph) directly before.
    pub space_before: bool,
    /// The same directly after.
    pub space_after: bool,
}

/// Prefixes that do not become words of their own before a hyphen.
const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "co", "counter", "cross", "e", "ex", "extra", "inter", "intra", "mega", "micro", "mid", "mini", "multi",
    "neo", "non", "over", "pan", "post", "pre", "pro", "proto", "pseudo", "quasi", "re", "semi", "socio", "sub", "super", "trans",
    "tri", "ultra", "un", "under", "uni",
];
/// What may be written directly behind a number and is a word of its own.
const UNITS: &[&str] = &[
    "am", "pm", "a.m", "p.m", "k", "m", "b", "bn", "mn", "tn", "km", "kg", "g", "cm", "mm", "ft", "lb", "lbs", "mph", "kph", "kmh",
    "mw", "gw", "kw", "hz", "ghz", "mhz", "mb", "gb", "tb", "ha", "hrs", "hr", "min", "mins", "sec", "yrs", "yr", "usd", "eur",
    "gmt", "est",
];
/// Words written together that the treebanks take apart, with the length of the first part.
const FUSED: &[(&str, usize)] = &[("cannot", 3), ("gonna", 3), ("wanna", 3), ("gotta", 3), ("gimme", 3), ("lemme", 3)];

fn is_word(c: char) -> bool {
    // Combining marks belong to the letter before them.
    c.is_alphanumeric() || c == '_' || matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe0f}' | '\u{ad}')
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ' | '´')
}

fn is_space(c: char) -> bool {
    // Zero-width and direction marks part words but are none.
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Tokens of one paragraph, one after the other.
pub(crate) struct Tokeniser<'a> {
    text: &'a str,
    at: usize,
    start: usize,
    end: usize,
    /// Tokens found by the last step but not yet given out, last first.
    pending: Vec<Span>,
    /// No address begins before this place.
    plain_until: usize,
}

impl<'a> Tokeniser<'a> {
    /// Tokens of `text[range]`.
    pub fn new(text: &'a str, range: std::ops::Range<usize>) -> Self {
        Tokeniser { text, at: range.start, start: range.start, end: range.end, pending: Vec::new(), plain_until: range.start }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..self.end].chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text[self.start..at].chars().next_back()
    }

    fn raw(&self, span: Span) -> Raw {
        Raw {
            span,
            space_before: self.char_before(span.start).is_none_or(is_space),
            space_after: self.char_at(span.end).is_none_or(is_space),
        }
    }

    /// End of the run of characters for which `belongs` holds.
    fn run(&self, from: usize, belongs: impl Fn(char) -> bool) -> usize {
        self.text[from..self.end].find(|c| !belongs(c)).map_or(self.end, |n| from + n)
    }

    /// Finds the next tokens and puts them into `pending`.
    fn step(&mut self) -> bool {
        self.at = self.run(self.at, is_space);
        let Some(c) = self.char_at(self.at) else { return false };
        let start = self.at;
        let at_edge = start >= self.plain_until && self.char_before(start).is_none_or(|c| !is_word(c) && c != '@');
        let end = if let Some(end) = at_edge.then(|| self.address(start)).flatten() {
            self.pending.push(Span::new(start, end));
            end
        } else if is_word(c) {
            self.word(start)
        } else {
            let end = self.mark(start, c);
            self.pending.push(Span::new(start, end));
            end
        };
        self.at = end;
        true
    }

    /// A URL, e-mail address, domain or handle that begins here.
    fn address(&mut self, start: usize) -> Option<usize> {
        // Longer addresses are read as words and marks: still exact, only not in one piece.
        let window = self.text[start..self.end].char_indices().take(600);
        let length = window
            .take_while(|&(_, c)| !is_space(c) && !matches!(c, '<' | '>' | '"' | '“' | '”'))
            .last()
            .map(|(i, c)| i + c.len_utf8())?;
        let chunk = &self.text[start..start + length];
        if !chunk.contains(['@', '#']) && !chunk.contains("://") && !chunk.contains("www.") && !chunk.contains("WWW.") {
            // Looked at once and not again for each of its marks: text without spaces must not cost more than other text.
            self.plain_until = start + length;
            return None;
        }
        let trimmed = chunk.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '…']);
        let scheme = ["http://", "https://", "ftp://", "www.", "mailto:"]
            .iter()
            .any(|s| trimmed.len() > s.len() && trimmed.get(..s.len()).is_some_and(|head| head.eq_ignore_ascii_case(s)));
        let mail = || {
            let (user, host) = trimmed.split_once('@')?;
            let user_fits = user.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%'));
            let host_fits = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
            (user_fits && (host_fits || user.is_empty()) && !host.is_empty()).then_some(())
        };
        let handle_end = || {
            let rest = trimmed.strip_prefix('@').or_else(|| trimmed.strip_prefix('#'))?;
            let n = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
            rest[..n].chars().any(char::is_alphabetic).then_some(start + 1 + n)
        };
        if scheme || (trimmed.contains('@') && !trimmed.starts_with('@') && mail().is_some()) {
            return Some(start + trimmed.len());
        }
        handle_end()
    }

    /// A punctuation mark or symbol; some are runs of the same mark.
    fn mark(&self, start: usize, c: char) -> usize {
        let after = start + c.len_utf8();
        match c {
            '.' | '!' | '?' => self.run(start, |d| matches!(d, '.' | '!' | '?')),
            '-' | '*' | '=' | '_' | '~' | '`' | '<' | '>' => self.run(start, |d| d == c),
            ':' | ';' => self.emoticon(start).unwrap_or(after),
            '\'' if self.text[after..self.end].starts_with('\'') => after + 1,
            _ if is_apostrophe(c) && self.char_before(start).is_none_or(|b| !is_word(b)) => self.clipped(after).unwrap_or(after),
            _ if is_apostrophe(c) => after,
            // Flags and other joined pictures stay together.
            _ if !c.is_ascii() && !c.is_alphanumeric() => {
                self.run(after, |d| matches!(d, '\u{200d}' | '\u{fe0f}' | '\u{300}'..='\u{36f}'))
            }
            _ => after,
        }
    }

    /// `:)`, `;-)` and the like, when nothing of a word touches them.
    fn emoticon(&self, start: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[start + 1..self.end];
        let nose = usize::from(rest.first() == Some(&b'-'));
        let mouth = rest.get(nose).is_some_and(|m| b")(DP".contains(m));
        let end = start + 1 + nose + 1;
        (mouth && self.char_at(end).is_none_or(|c| !is_word(c))).then_some(end)
    }

    /// After an apostrophe: a clipped word (*'em*) or decade (*'90s*).
    fn clipped(&self, after: usize) -> Option<usize> {
        let end = self.run(after, is_word);
        let word = &self.text[after..end];
        let decade = word.len() <= 3
            && word.len() >= 2
            && word.as_bytes()[..2].iter().all(u8::is_ascii_digit)
            && matches!(word.get(2..), Some("" | "s"));
        let clipped = ["em", "til", "cause", "tis", "twas", "bout"].iter().any(|w| w.eq_ignore_ascii_case(word));
        (decade || clipped).then_some(end)
    }

    /// Reads from a word character to the end of the tokens that hang together; returns where they end.
    fn word(&mut self, start: usize) -> usize {
        let mut end = self.run(start, is_word);
        while let Some(c) = self.char_at(end) {
            let next_at = end + c.len_utf8();
            let next = self.char_at(next_at);
            let Some(next) = next.filter(|&n| is_word(n)) else { break };
            let before = self.char_before(end).unwrap_or(' ');
            let digits = before.is_numeric() && next.is_numeric();
            let joins = match c {
                '.' => digits || !self.stop_without_space(start, end, next_at),
                ',' => digits && self.thousands(next_at),
                ':' | '/' => digits,
                '&' => before.is_uppercase() && next.is_uppercase(),
                '-' | '‑' | '‐' => {
                    PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(&self.text[start..end])) || c == '-' && self.telephone(end)
                }
                c if is_apostrophe(c) => before.is_alphanumeric() && next.is_alphabetic(),
                _ => false,
            };
            if !joins {
                break;
            }
            end = self.run(next_at, is_word);
        }
        let currency = end - start <= 2 && self.text[start..end].bytes().all(|b| b.is_ascii_uppercase());
        let with_mark = match self.char_at(end) {
            Some('$') => currency, // "US$"
            Some('.') => self.keeps_stop(start, end),
            _ => false,
        };
        end += usize::from(with_mark);
        self.split_word(start, end);
        end
    }

    /// A hyphen inside a telephone number: three digits, perhaps three more, four at the end.
    fn telephone(&self, hyphen: usize) -> bool {
        let digits = |at: usize| self.text.as_bytes()[at..self.end].iter().take(5).take_while(|b| b.is_ascii_digit()).count();
        let before = self.text.as_bytes()[self.start..hyphen].iter().rev().take(4).take_while(|b| b.is_ascii_digit()).count();
        let after = digits(hyphen + 1);
        let goes_on = self.text.as_bytes().get(hyphen + 4) == Some(&b'-') && hyphen + 5 < self.end && digits(hyphen + 5) == 4;
        before == 3 && (after == 4 || after == 3 && goes_on)
    }

    /// `talks.The` is a missing space; `example.com` and `U.S` are not.
    fn stop_without_space(&self, start: usize, stop: usize, next_at: usize) -> bool {
        let before: usize = self.text[start..stop].chars().rev().take_while(|c| c.is_lowercase()).take(3).count();
        let mut after = self.text[next_at..self.end].chars();
        before >= 2 && after.next().is_some_and(char::is_uppercase) && after.next().is_none_or(|c| c.is_lowercase() || is_space(c))
    }

    /// After a comma between digits: exactly three digits, as in `1,200` (but not `1,20`; and lists like `3,4` are rare).
    fn thousands(&self, at: usize) -> bool {
        let digits = self.text[at..self.end].bytes().take(4).take_while(u8::is_ascii_digit).count();
        digits == 3
    }

    /// Does the stop at `end` belong to the word before it?
    fn keeps_stop(&self, start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        let after = self.char_at(end + 1);
        if after == Some('.') {
            return false;
        }
        let letters_and_stops = word.len() >= 3
            && word.len() <= 24
            && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        if letters_and_stops
            || abbreviations::is(word, Kind::Title) && self.title_fits(word, end)
            || abbreviations::is(word, Kind::Other) && self.other_fits(word, end)
        {
            return true;
        }
        let mut chars = word.chars();
        let initial = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
        if initial {
            // "John F. Kennedy", but "vitamin C." at the end and "Neither am I."
            let next = self.next_word_start(end + 1);
            return after.is_some() && next.is_some_and(char::is_uppercase) && (word != "I" || self.capital_before(start));
        }
        // "1." that opens a line is a list number.
        start == self.start && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) && after == Some(' ')
    }

    /// Words such as *no*, *art*, *sat*, *mar* are abbreviations only before what they abbreviate for.
    fn title_fits(&self, word: &str, end: usize) -> bool {
        let lower = word.chars().all(char::is_lowercase);
        let next = self.next_word_start(end + 1);
        match word.to_ascii_lowercase().as_str() {
            "no" | "nos" | "c" | "art" | "arts" | "fig" | "figs" | "ch" | "mar" | "jun" | "para" | "res" | "sec" | "min" | "v" => {
                next.is_some_and(|c| c.is_numeric())
            }
            "mon" | "fri" | "wed" | "det" | "st" | "ft" | "mt" | "fr" | "sen" | "rep" | "hon" | "pres" | "col" | "gen" | "gov" => {
                !lower && next.is_some()
            }
            _ => next.is_some(),
        }
    }

    /// Words such as *ill*, *miss*, *wash* are abbreviated states only with a capital and not at the start.
    fn other_fits(&self, word: &str, end: usize) -> bool {
        match word.to_ascii_lowercase().as_str() {
            "ill" | "ind" | "la" | "mo" | "ore" | "pa" | "miss" | "wash" | "del" | "mi" | "ed" | "va" | "md" | "tex" | "ga"
            | "ark" => word.starts_with(char::is_uppercase) && self.next_word_start(end + 1).is_some(),
            "co" | "al" | "sq" | "rd" | "est" => self.next_word_start(end + 1).is_some(),
            _ => true,
        }
    }

    fn next_word_start(&self, from: usize) -> Option<char> {
        self.text[from..self.end].chars().take(8).find(|c| !is_space(*c))
    }

    fn capital_before(&self, start: usize) -> bool {
        self.text[self.start..start]
            .trim_end()
            .rsplit(is_space)
            .next()
            .is_some_and(|w| w.len() < 40 && w.starts_with(char::is_uppercase))
    }

    /// Cuts contractions, fused words and units, and queues the parts.
    fn split_word(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        let cut = if word.len() > 40 { None } else { clitic(word).or_else(|| fused(word)).or_else(|| unit(word)) };
        match cut {
            Some(at) if at > 0 && at < word.len() => {
                // First parts may have a further clitic: "couldn't've".
                self.pending.push(Span::new(start + at, end));
                match clitic(&word[..at]) {
                    Some(inner) if inner > 0 => {
                        self.pending.push(Span::new(start + inner, start + at));
                        self.pending.push(Span::new(start, start + inner));
                    }
                    _ => self.pending.push(Span::new(start, start + at)),
                }
            }
            _ => self.pending.push(Span::new(start, end)),
        }
    }
}

/// Where a clitic begins: the *n't* of *don't*, the *'s* of *Kyiv's*.
fn clitic(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().find(|&(_, c)| is_apostrophe(c))?;
    let tail = &word[at + mark.len_utf8()..];
    if tail.eq_ignore_ascii_case("t") {
        let n = word[..at].chars().next_back().filter(|c| matches!(c, 'n' | 'N'))?;
        return Some(at - n.len_utf8());
    }
    ["s", "m", "d", "re", "ve", "ll"].iter().any(|t| t.eq_ignore_ascii_case(tail)).then_some(at)
}

fn fused(word: &str) -> Option<usize> {
    FUSED.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|&(_, at)| at)
}

/// Where a unit begins after digits: the *km* of *5km*.
fn unit(word: &str) -> Option<usize> {
    let digits = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))?;
    let rest = word[digits..].trim_end_matches('.');
    (digits > 0 && UNITS.iter().any(|u| u.eq_ignore_ascii_case(rest))).then_some(digits)
}

impl Iterator for Tokeniser<'_> {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        if self.pending.is_empty() && !self.step() {
            return None;
        }
        self.pending.pop().map(|span| self.raw(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> String {
        Tokeniser::new(text, 0..text.len()).map(|t| &text[t.span.range()]).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_written_apart_as_in_the_treebanks() {
        for (text, expected) in [
            ("They didn't say why.", "They did n't say why ."),
            ("“We’ll see,” she said", "“ We ’ll see , ” she said"),
            ("Kyiv's allies' pledge", "Kyiv 's allies ' pledge"),
            ("$5m, US$1.2bn and €40", "$ 5 m , US$ 1.2 bn and € 40"),
            ("up 12% to 1,200", "up 12 % to 1,200"),
            ("a rebel-held town, an ex-minister", "a rebel - held town , an ex-minister"),
            ("2014-2016 and 10–12", "2014 - 2016 and 10 – 12"),
            ("Lt. Gen. A. B. Stone of the U.S. Army", "Lt. Gen. A. B. Stone of the U.S. Army"),
            ("at 9:30pm (local)", "at 9:30 pm ( local )"),
            ("Is it No. 5? No.", "Is it No. 5 ? No ."),
            ("see https://example.org/a?b=c.", "see https://example.org/a?b=c ."),
            ("mail a.b@example.org, now", "mail a.b@example.org , now"),
            ("the '90s... cannot", "the '90s ... can not"),
            ("the talks.The minister", "the talks . The minister"),
            ("either/or on 9/11", "either / or on 9/11"),
            ("attack—the third", "attack — the third"),
            ("mid-1980s, call 212-555-0100 :-)", "mid-1980s , call 212-555-0100 :-)"),
            ("What?! He left... \u{200e}Now.", "What ?! He left ... Now ."),
            ("", ""),
        ] {
            assert_eq!(tokens(text), expected);
        }
    }

    #[test]
    fn strange_text_keeps_its_places() {
        for text in ["\u{301}a\u{301}b", "👩‍👩‍👧 ok", "שלום, עולם!", "’’’", "....", "@", "#", "a'", "'", "$", "-", "\u{feff}x\u{0}y"]
        {
            let mut last = 0;
            for token in Tokeniser::new(text, 0..text.len()) {
                assert!(token.span.start >= last && !token.span.is_empty());
                last = token.span.end;
            }
        }
    }
}
