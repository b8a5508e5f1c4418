//! Coordinated actors taken apart.
//!
//! A row gives a sentence, some words of it, and every actor coordinated with what these words name, they included. It is right when
//! the narrowest phrase around or inside the words names just these parties, by the same words without article, in any order.
//! A row without actors or without given words asks nothing.

use anyhow::{Context, Result};
use onrecord_reader::{ActorPhrase, Reader};
use onrecord_text::{Document, Span};
use serde::Deserialize;
use std::fmt::{self, Write};

#[derive(Deserialize)]
struct Row {
    text: String,
    given: Option<String>,
    actors: Option<Vec<String>>,
}

/// How many rows are right.
#[derive(Default)]
pub struct Tally {
    asked: usize,
    right: usize,
    unasked: usize,
    wrong: String,
}

/// Reads every sentence of the file and compares its actors.
///
/// # Errors
/// When a line is no row of the set.
pub fn measure(reader: &Reader, lines: &str) -> Result<Tally> {
    let mut tally = Tally::default();
    for (i, line) in lines.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row: Row = serde_json::from_str(line)
            .with_context(|| format!("line {}: not a row: an object with `text`, `given` and `actors` is needed", i + 1))?;
        let (Some(given), Some(actors)) = (&row.given, &row.actors) else {
            tally.unasked += 1;
            continue;
        };
        let mut asked: Vec<String> = actors.iter().map(|a| plain(a)).collect();
        asked.sort();
        let found = parties(reader, &row.text, given);
        tally.asked += 1;
        tally.right += usize::from(found == asked);
        if found != asked {
            let _ = writeln!(tally.wrong, "  {given:?}: asked {asked:?}, got {found:?}");
        }
    }
    Ok(tally)
}

/// The parties of the narrowest phrase that has to do with the given words.
fn parties(reader: &Reader, text: &str, given: &str) -> Vec<String> {
    let Some(start) = text.find(given) else { return Vec::new() };
    let given = Span::new(start, start + given.len());
    let document = Document::new("sentence", text);
    let cast = reader.actors(&document);
    let near = |p: &&ActorPhrase| p.parties.iter().flat_map(|p| &p.words).any(|w| w.overlaps(given));
    let Some(phrase) = cast.phrases.iter().filter(near).min_by_key(|p| p.end() - p.start()) else { return Vec::new() };
    let words = |spans: &[Span]| spans.iter().map(|&s| document.slice(s)).collect::<Vec<_>>().join(" ");
    let mut found: Vec<String> = phrase.parties.iter().map(|p| plain(&words(&p.words))).collect();
    found.sort();
    found
}

fn plain(words: &str) -> String {
    let article = |w: &&str| !matches!(w.to_lowercase().as_str(), "the" | "a" | "an");
    words.split_whitespace().filter(article).collect::<Vec<_>>().join(" ")
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}right {} of {}, {} ask nothing", self.wrong, self.right, self.asked, self.unasked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_phrase_must_name_just_these() {
        let rows = r#"{"text": "Chadian and Nigerien soldiers met farmers.", "given": "Nigerien soldiers", "actors": ["Nigerien soldiers", "Chadian soldiers"]}
            {"text": "Chadian and Nigerien soldiers met farmers.", "given": "farmers", "actors": ["soldiers"]}
            {"text": "Chad and Niger met.", "given": null, "actors": null}"#;
        let tally = measure(&Reader::builtin(), rows).expect("rows");
        assert_eq!((tally.asked, tally.right, tally.unasked), (2, 1, 1));
    }
}
