//! Who said what, on reports that annotators marked: answers in the format of their scorer, and the model learnt from them.

mod network;

use anyhow::{Context, Result};
use onrecord_reader::{AttributionModel, Candidate, Reader};
use onrecord_text::{CodePoints, Document, Span};
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Share of the words of two contents that both have from which on they are the same statement.
const SAME: f32 = 0.5;
/// Tokens in a batch.
const BATCH: usize = 512;
/// One report in so many sets the threshold.
const HELD_OUT: usize = 6;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    #[serde(default)]
    attributions: Vec<Spans>,
    #[serde(default)]
    ignore: Vec<[usize; 2]>,
}

#[derive(Deserialize)]
struct Spans {
    #[serde(default)]
    source: Vec<[usize; 2]>,
    #[serde(default)]
    cue: Vec<[usize; 2]>,
    #[serde(default)]
    content: Vec<[usize; 2]>,
}

/// What the reader found in the report of a JSON line (`id`, `text`), as a JSON line: `id` and `attributions`, each with `source`,
/// `cue` and `content` in code points. A statement inside another's content is left out, as these annotations do.
///
/// # Errors
/// When the line is no such report.
pub fn answer(reader: &Reader, line: &str) -> Result<String> {
    let line: Line = serde_json::from_str(line).context("not a report: a JSON object with `id` and `text` is needed")?;
    let record = reader.read(&Document::new(line.id.as_str(), line.text.as_str()));
    let points = CodePoints::new(&line.text);
    let pair = |span: Span| {
        let span = points.from_bytes(span);
        [span.start, span.end]
    };
    let all: Vec<serde_json::Value> = record
        .statements
        .iter()
        .filter(|s| s.given_by.is_empty())
        .map(|s| {
            serde_json::json!({
                "source": s.source.iter().map(|&x| pair(x)).collect::<Vec<_>>(),
                "cue": s.cue.iter().map(|&x| pair(x)).collect::<Vec<_>>(),
                "content": s.content.iter().map(|&x| pair(x)).collect::<Vec<_>>(),
                "why": &s.why,
            })
        })
        .collect();
    Ok(serde_json::json!({ "id": line.id, "attributions": all }).to_string())
}

/// A report with what annotators marked in it, as the starts of words.
pub struct Annotated {
    document: Document,
    words: Vec<Span>,
    gold: Vec<Marked>,
    ignored: BTreeSet<usize>,
}

struct Marked {
    source: BTreeSet<usize>,
    cue: BTreeSet<usize>,
    content: BTreeSet<usize>,
}

impl Annotated {
    /// Reads one line.
    ///
    /// # Errors
    /// When it is no annotated report or a span lies outside its text.
    pub fn parse(line: &str) -> Result<Self> {
        static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\w+(?:['’\-]\w+)*").expect("a fixed pattern"));
        let line: Line = serde_json::from_str(line).context("not an annotated report")?;
        let points = CodePoints::new(&line.text);
        let words: Vec<Span> = WORD.find_iter(&line.text).map(|m| Span::new(m.start(), m.end())).collect();
        let set = |pairs: &[[usize; 2]]| -> Result<BTreeSet<usize>> {
            let mut set = BTreeSet::new();
            for &[start, end] in pairs {
                let span =
                    points.to_bytes(Span::new(start, end)).with_context(|| format!("{}: no span {start}..{end}", line.id))?;
                set.extend(words_in(&words, span));
            }
            Ok(set)
        };
        let gold = line
            .attributions
            .iter()
            .map(|a| Ok(Marked { source: set(&a.source)?, cue: set(&a.cue)?, content: set(&a.content)? }))
            .collect::<Result<_>>()?;
        let ignored = set(&line.ignore)?;
        drop(points);
        Ok(Annotated { document: Document::new(line.id, line.text), words, gold, ignored })
    }

    fn set(&self, spans: &[Span]) -> BTreeSet<usize> {
        spans.iter().flat_map(|&s| words_in(&self.words, s)).collect()
    }
}

/// Indexes of the words that touch the span.
fn words_in(words: &[Span], span: Span) -> std::ops::Range<usize> {
    words.partition_point(|w| w.end <= span.start)..words.partition_point(|w| w.start < span.end)
}

impl Marked {
    /// 0 unless the cues touch; else how alike the contents are, and 1 more when the sources touch or both are empty.
    fn likeness(&self, gold: &Marked) -> f32 {
        let same_source = !self.source.is_disjoint(&gold.source) || self.source.is_empty() && gold.source.is_empty();
        let content = share(&self.content, &gold.content);
        let same_cue = !self.cue.is_disjoint(&gold.cue) || self.cue.is_empty() && gold.cue.is_empty();
        match content >= SAME && same_cue {
            true if same_source => 1.0 + content,
            true => content,
            false => 0.0,
        }
    }
}

fn share(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f32 {
    let both = a.intersection(b).count();
    if both == 0 { 0.0 } else { both as f32 / (a.len() + b.len() - both) as f32 }
}

/// The offers of one token, and which one annotators marked.
struct Choice {
    offers: Vec<Vec<u32>>,
    right: Option<usize>,
}

/// The choices of one report, with what listed words already find.
struct Lesson {
    choices: Vec<Choice>,
    listed: usize,
    listed_right: usize,
    gold: usize,
    reachable: usize,
}

fn lesson(reader: &Reader, report: &Annotated) -> Lesson {
    let found = reader.candidates(&report.document);
    let listed: Vec<BTreeSet<usize>> = found.listed.iter().map(|c| report.set(c)).collect();
    let nested = |set: &BTreeSet<usize>| listed.iter().any(|l| l.len() > set.len() && set.is_subset(l));
    let outer: Vec<&BTreeSet<usize>> = listed.iter().filter(|l| !nested(l)).collect();
    let mut covered = vec![false; report.gold.len()];
    let mut listed_right = 0;
    for set in &outer {
        let open = |g: &usize| !covered[*g] && share(set, &report.gold[*g].content) >= SAME;
        if let Some(g) = (0..report.gold.len()).find(open) {
            covered[g] = true;
            listed_right += 1;
        }
    }
    let sets = |c: &Candidate| Marked {
        source: report.set(&c.source.into_iter().collect::<Vec<_>>()),
        cue: report.set(&[c.cue]),
        content: report.set(&c.content),
    };
    let groups: Vec<Vec<Marked>> = found.groups.iter().map(|g| g.iter().map(sets).collect()).collect();
    let mut right: Vec<Option<usize>> = vec![None; groups.len()];
    let mut reachable = 0;
    for (gold, _) in report.gold.iter().zip(&covered).filter(|(_, covered)| !**covered) {
        let mut best: Option<(f32, usize, usize)> = None;
        for (g, group) in groups.iter().enumerate().filter(|(g, _)| right[*g].is_none()) {
            for (k, offer) in group.iter().enumerate() {
                let value = offer.likeness(gold);
                if value >= SAME && best.is_none_or(|(b, ..)| value > b) {
                    best = Some((value, g, k));
                }
            }
        }
        if let Some((_, g, k)) = best {
            right[g] = Some(k);
            reachable += 1;
        }
    }
    let mut choices = Vec::new();
    for ((group, sets), right) in found.groups.iter().zip(&groups).zip(&right) {
        let cue = &sets[0].cue;
        // What is said inside something said is not annotated: nothing is to be learnt there.
        let inside = outer.iter().any(|l| cue.is_subset(l)) || report.gold.iter().any(|g| cue.is_subset(&g.content));
        if right.is_none() && (inside || cue.is_subset(&report.ignored)) {
            continue;
        }
        choices.push(Choice { offers: group.iter().map(|c| c.features.clone()).collect(), right: *right });
    }
    Lesson { choices, listed: outer.len(), listed_right, gold: report.gold.len(), reachable }
}

/// Learns the model: see [`network`]. The threshold is set for the best F1 of
/// statements found on a part of the reports that another model, learnt on the rest, has not seen.
pub fn learn(reader: &Reader, reports: &[Annotated], epochs: usize, log: &mut dyn FnMut(&str)) -> AttributionModel {
    let lessons: Vec<Lesson> = reports.iter().map(|r| lesson(reader, r)).collect();
    let sum = |f: fn(&Lesson) -> usize| lessons.iter().map(f).sum::<usize>();
    log(&format!(
        "{} reports, {} attributions: listed words give {}, {} of them right; proposals reach {} more",
        lessons.len(),
        sum(|l| l.gold),
        sum(|l| l.listed),
        sum(|l| l.listed_right),
        sum(|l| l.reachable)
    ));
    let part = |held: bool| -> Vec<&Lesson> {
        lessons.iter().enumerate().filter(|(i, _)| (i % HELD_OUT == 0) == held).map(|(_, lesson)| lesson).collect()
    };
    let (held, rest) = (part(true), part(false));
    let trial = fit(&rest, epochs);
    let (threshold, line) = best_threshold(&trial, &held);
    log(&line);
    let mut model = fit(&lessons.iter().collect::<Vec<_>>(), epochs);
    model.threshold = threshold;
    model
}

/// A softmax over the offers of each token and *none*, learnt on batches of tokens.
fn fit(lessons: &[&Lesson], epochs: usize) -> AttributionModel {
    let choices: Vec<&Choice> = lessons.iter().flat_map(|l| &l.choices).collect();
    let networks = [1, 2, 3].map(|seed| {
        let mut network = network::Network::new(seed);
        let mut order = choices.clone();
        for _ in 0..epochs {
            network.shuffle(&mut order);
            for batch in order.chunks(BATCH) {
                network.learn(batch.iter().map(|c| (c.offers.as_slice(), c.right)));
            }
        }
        network
    });
    network::together(&networks, 0.5)
}

/// The threshold with the best F1 over what listed words and the model find, and a line that says so.
fn best_threshold(model: &AttributionModel, lessons: &[&Lesson]) -> (f32, String) {
    let sum = |f: fn(&Lesson) -> usize| lessons.iter().map(|l| f(l)).sum::<usize>();
    let (gold, listed, listed_right) = (sum(|l| l.gold), sum(|l| l.listed), sum(|l| l.listed_right));
    let mut answers: Vec<(f32, bool)> = Vec::new();
    for choice in lessons.iter().flat_map(|l| &l.choices) {
        let offers: Vec<&[u32]> = choice.offers.iter().map(Vec::as_slice).collect();
        if let Some((best, probability)) = model.best(&offers) {
            answers.push((probability, choice.right == Some(best)));
        }
    }
    let f1 = |threshold: f32| {
        let taken = answers.iter().filter(|a| a.0 >= threshold);
        let (found, right) = taken.fold((listed, listed_right), |(n, r), a| (n + 1, r + usize::from(a.1)));
        (200.0 * right as f32 / (gold + found) as f32, right as f32 / found as f32, right as f32 / gold as f32)
    };
    let thresholds = (10..90).map(|t| t as f32 / 100.0);
    let best = thresholds.max_by(|&a, &b| f1(a).0.total_cmp(&f1(b).0)).unwrap_or(0.5);
    let (f, p, r) = f1(best);
    (
        best,
        format!(
            "held out: statements found F1 {f:.1} (precision {:.1}, recall {:.1}) from probability {best:.2}",
            p * 100.0,
            r * 100.0
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_reader::Attribution;

    #[test]
    fn an_unseen_verb_is_learnt() {
        let reader = Reader::builtin().attributing(Attribution::Every);
        let verbs = ["blarged", "left"];
        let mut reports = Vec::new();
        for (i, name) in ["Anna Berg", "John Miller", "Mary Stone", "Peter Hill", "Lisa Wood", "Tom Field"].iter().enumerate() {
            for verb in verbs {
                let text = format!("{name} {verb} the harbour plan.");
                let start = name.len() + 1;
                let attributions = if verb == "left" {
                    String::new()
                } else {
                    format!(r#"{{"cue": [[{start}, {}]], "content": [[{}, {}]]}}"#, start + 7, start + 8, start + 24)
                };
                reports.push(
                    Annotated::parse(&format!(r#"{{"id": "{i}{verb}", "text": "{text}", "attributions": [{attributions}]}}"#))
                        .unwrap(),
                );
            }
        }
        let model = learn(&reader, &reports, 60, &mut |_| {});
        let reader = reader.with_attribution_model(model);
        let found = |text: &str| answer(&reader, &format!(r#"{{"id": "x", "text": "{text}"}}"#)).unwrap();
        assert!(
            found("Susan Brook blarged the harbour plan.").contains("[[20,36]]"),
            "{}",
            found("Susan Brook blarged the harbour plan.")
        );
        assert!(found("Susan Brook left the harbour plan.").contains("\"attributions\":[]"));
    }
}
