//! The test cases of Duckling and Recognizers-Text, scored by kind.

use super::kinds::Kind;
use super::truth::{Gold, Raw};
use anyhow::{Context, Result};
use onrecord_reader::{Reader, TimeExpression};
use onrecord_text::{CodePoints, Document, Span};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

#[derive(Deserialize)]
struct Line {
    id: String,
    source: String,
    text: String,
    reference_date: Option<String>,
    #[serde(default)]
    unsupported: Option<serde_json::Value>,
    expressions: Vec<Raw>,
}

/// What came of the cases.
#[derive(Default)]
pub struct Tally {
    kinds: BTreeMap<Kind, (usize, usize)>,
    /// Cases that were answered wrongly: kind, words, what they must come to, what they came to.
    pub wrong: Vec<(Kind, String, String, String)>,
}

impl Tally {
    /// Adds the cases of one JSON line. A phrase that stands alone is read in a clause about what is to come, since the programs
    /// that these cases test look ahead.
    ///
    /// # Errors
    /// When the line is no case.
    pub fn add(&mut self, reader: &Reader, line: &str) -> Result<()> {
        let line: Line =
            serde_json::from_str(line).context("not a case: a JSON object with `id`, `text` and `expressions` is needed")?;
        let alone = line.source.starts_with("Duckling");
        let (before, after) = if alone { ("They will come ", ".") } else { ("", "") };
        let text = format!("{before}{}{after}", line.text);
        let mut document = Document::new(line.id.as_str(), text.as_str());
        document.published = line.reference_date.as_deref().and_then(|date| date.get(..10)?.parse().ok());
        let answers = reader.times(&document);
        let unsupported = line.unsupported.is_some() || (!alone && !line.source.ends_with("DateTimeModel"));
        if line.expressions.is_empty() {
            let gold = Gold::nothing(unsupported);
            let found = answers.iter().map(|a| a.value.as_str()).collect::<Vec<_>>().join(" ");
            self.count(Kind::of(&gold, &line.text), answers.is_empty(), (&line.text, "", &found));
        }
        let offset = line.reference_date.as_deref().and_then(|date| date.get(19..22)?.parse::<i32>().ok()).map(|hours| hours * 60);
        let points = CodePoints::new(&text);
        for raw in &line.expressions {
            let gold = Gold { offset, ..Gold::new(raw, unsupported) };
            let shift = before.len();
            let Some(span) = points.to_bytes(Span::new(raw.start + shift, raw.end + shift)) else { continue };
            let words = document.slice(span);
            let answer = best(&answers, span, gold.is_finer_than_a_day());
            let right = answer.is_some_and(|answer| gold.is_met_by(words, answer));
            let found = answer.map_or(String::new(), |a| format!("{} {:?}", a.value, a.interval));
            self.count(Kind::of(&gold, words), right, (words, &format!("{gold:?}"), &found));
        }
        Ok(())
    }

    fn count(&mut self, kind: Kind, right: bool, (words, gold, found): (&str, &str, &str)) {
        let (all, good) = self.kinds.entry(kind).or_default();
        *all += 1;
        *good += usize::from(right);
        if !right {
            self.wrong.push((kind, words.to_owned(), gold.to_owned(), found.to_owned()));
        }
    }

    fn sum(&self, of: impl Fn(Kind) -> bool) -> (usize, usize) {
        let kinds = self.kinds.iter().filter(|(kind, _)| of(**kind));
        kinds.fold((0, 0), |(all, good), (_, (a, g))| (all + a, good + g))
    }
}

/// The answer that shares most with the words; for an hour, one with an hour where there is one.
fn best(answers: &[TimeExpression], span: Span, hours: bool) -> Option<&TimeExpression> {
    let shared = |a: &TimeExpression| a.span.end.min(span.end).saturating_sub(a.span.start.max(span.start));
    answers.iter().filter(|a| shared(a) > 0).max_by_key(|a| {
        (hours && a.value.contains(':'), hours && a.value.contains('T'), shared(a), std::cmp::Reverse(a.span.start))
    })
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut row = |name: &str, (all, good): (usize, usize)| {
            let percent = 100.0 * good as f64 / all.max(1) as f64;
            writeln!(f, "{name:16} {all:5} cases {good:5} right {percent:5.1} %")
        };
        for kind in Kind::ALL {
            let side = if kind.is_of_news() { "in " } else { "out" };
            row(&format!("{side} {kind:?}"), self.kinds.get(&kind).copied().unwrap_or_default())?;
        }
        row("what news uses", self.sum(Kind::is_of_news))?;
        row("left out", self.sum(|kind| !kind.is_of_news()))?;
        row("all", self.sum(|_| true))
    }
}
