//! Where paragraphs lie: usually a line each; in hard-wrapped text, lines up to a blank one.

use std::ops::Range;

/// Wider lines are not wrapped by hand or by a mail program.
const WIDEST_WRAP: usize = 100;

/// Ranges of the paragraphs of `text`, without the blank ones.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let wrap = wrap_width(text, &lines);
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (i, line) in lines.iter().enumerate() {
        if text[line.clone()].trim().is_empty() {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(last) if open => last.end = line.end,
            _ => out.push(line.clone()),
        }
        open = wrap.is_some_and(|width| lines.get(i + 1).is_some_and(|next| is_full(text, line, next, width)));
    }
    out
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    // Besides the line feed: carriage return, form feed, vertical tab, and Unicode's own separators.
    for (at, c) in
        text.char_indices().filter(|(_, c)| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'))
    {
        // "\r\n" gives an empty line that is not there.
        if !(c == '\n' && at > 0 && text.as_bytes()[at - 1] == b'\r') {
            lines.push(start..at);
        }
        start = at + c.len_utf8();
    }
    lines.push(start..text.len());
    lines
}

/// The first word of the next line would not have fitted on this one.
fn is_full(text: &str, line: &Range<usize>, next: &Range<usize>, width: usize) -> bool {
    let word = text[next.clone()].split_whitespace().next().map_or(0, |w| w.chars().count());
    word > 0 && text[line.clone()].trim_end().chars().count() + 1 + word > width
}

/// Width at which the text was wrapped, if it was: nearly every line that has a line after it is full.
fn wrap_width(text: &str, lines: &[Range<usize>]) -> Option<usize> {
    let width = lines
        .iter()
        .map(|l| if l.len() > 4 * WIDEST_WRAP { usize::MAX } else { text[l.clone()].trim_end().chars().count() })
        .max()?;
    if !(40..=WIDEST_WRAP).contains(&width) {
        return None;
    }
    let blank = |l: &Range<usize>| text[l.clone()].trim().is_empty();
    let inner = lines.windows(2).filter(|w| !blank(&w[0]) && !blank(&w[1]));
    let (mut count, mut full) = (0, 0);
    for pair in inner {
        count += 1;
        full += usize::from(is_full(text, &pair[0], &pair[1], width));
    }
    (count >= 3 && full * 10 >= count * 7).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn a_line_is_a_paragraph() {
        assert_eq!(of("A heading\r\n\r\nOne line.\nAnother.\n\n"), ["A heading", "One line.", "Another."]);
        assert!(of(" \n\n").is_empty());
    }

    #[test]
    fn wrapped_lines_are_joined_up_to_a_blank_line() {
        let text = "The ministers of the four countries met in the old town hall for\n\
                    talks that were meant to last an hour and went on until late in\n\
                    the evening, when they told reporters that they had agreed to\n\
                    meet again.\n\nA second round is planned for next month in the same place and\nwith the same people.";
        assert_eq!(of(text).len(), 2);
    }
}
