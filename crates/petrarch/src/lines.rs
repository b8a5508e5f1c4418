//! The lines of a dictionary without its comments.

use super::Dictionary;

/// A line that says something.
#[derive(Clone, Debug)]
pub struct Line<'d> {
    /// What its dictionary is called.
    pub place: &'d str,
    /// Number from 1.
    pub number: usize,
    /// Without comments and blanks at its end; blanks at its beginning mean something in dictionaries of actors.
    pub text: String,
}

/// All lines but empty ones. Comments are `<!-- ... -->`, over several lines too, and whatever follows `#` or `;`.
pub fn of(dictionary: &Dictionary) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut inside = false;
    for (i, line) in dictionary.text.trim_start_matches('\u{feff}').lines().enumerate() {
        let text = without_comments(line, &mut inside);
        let text = text.split(['#', ';']).next().unwrap_or_default().trim_end();
        if !text.trim().is_empty() {
            lines.push(Line { place: &dictionary.place, number: i + 1, text: text.into() });
        }
    }
    lines
}

fn without_comments(line: &str, inside: &mut bool) -> String {
    let (mut text, mut rest) = (String::new(), line);
    loop {
        let mark = if *inside { "-->" } else { "<!--" };
        let Some((before, after)) = rest.split_once(mark) else { break };
        if !*inside {
            text.push_str(before);
        }
        *inside = !*inside;
        rest = after;
    }
    if !*inside {
        text.push_str(rest);
    }
    text
}

/// A phrase without its marks for stemming and adjacency: blanks and underscores separate words.
pub fn words(phrase: &str) -> Vec<&str> {
    phrase.split(|c: char| c.is_whitespace() || c == '_').filter(|w| !w.is_empty()).collect()
}

/// What stands in brackets, in order, and the text before the first; none when one is not closed.
pub fn bracketed(text: &str) -> Option<(&str, Vec<&str>)> {
    let (before, mut rest) = text.split_at(text.find('[').unwrap_or(text.len()));
    let mut all = Vec::new();
    while let Some(open) = rest.find('[') {
        let inner = &rest[open + 1..];
        // Some entries close with the wrong bracket.
        let close = inner.find([']', '}'])?;
        all.push(inner[..close].trim());
        rest = &inner[close + 1..];
    }
    Some((before.trim(), all))
}
