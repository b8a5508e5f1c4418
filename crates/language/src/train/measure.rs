//! How good an engine is: on given tokens, on raw text, on names.

use super::TrainError;
use super::data::{self, Example};
use crate::conllu;
use crate::decode::NAME_TAGS;
use crate::{Analysis, Engine, NameKind};
use onrecord_text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Scores `engine` on a treebank (`.conllu`) or a name corpus (anything else), as lines to print.
///
/// # Errors
/// When the file cannot be read or is malformed.
pub fn measure(engine: &Engine, path: &Path) -> Result<String, TrainError> {
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    if path.extension().is_some_and(|e| e == "conllu") {
        let given = on_given_tokens(engine, &data::treebank(path)?);
        let raw = on_raw_text(engine, path)?;
        Ok(format!("{name}, given tokens: {given}\n{name}, raw text: {raw}"))
    } else {
        Ok(format!("{name}, names: {}", on_names(engine, &data::names(path)?)))
    }
}

/// The examples as one text, a sentence a line, and the places of their words.
fn lay_out(examples: &[Example]) -> (String, Vec<Vec<Span>>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for example in examples {
        let mut sentence = Vec::new();
        for word in &example.words {
            sentence.push(Span::new(text.len(), text.len() + word.form.len()));
            text.push_str(&word.form);
            if word.space_after {
                text.push(' ');
            }
        }
        text.push('\n');
        spans.push(sentence);
    }
    (text, spans)
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn on_given_tokens(engine: &Engine, examples: &[Example]) -> String {
    let (text, spans) = lay_out(examples);
    let analysis = engine.analyse_tokens(&text, &spans);
    let mut right = [0usize; 6];
    let mut words = 0;
    for (example, sentence) in examples.iter().zip(&analysis.sentences) {
        for (gold, token) in example.tree.iter().flatten().zip(&sentence.tokens) {
            let tags: Vec<&str> = gold.tag.split('\t').collect();
            let attached = token.head.map_or(0, |h| h + 1) == gold.head;
            let hits = [
                token.upos.as_str() == tags[0],
                token.xpos == tags[1],
                token.feats == tags[2],
                *token.lemma == *gold.lemma,
                attached,
                attached && token.deprel == gold.relation,
            ];
            words += 1;
            right.iter_mut().zip(hits).for_each(|(n, hit)| *n += usize::from(hit));
        }
    }
    let names = ["UPOS", "XPOS", "feats", "lemma", "UAS", "LAS"];
    let parts: Vec<String> = names.iter().zip(right).map(|(n, r)| format!("{n} {:.2}", percent(r, words))).collect();
    format!("{} ({words} words)", parts.join("  "))
}

/// Tokens and sentences of raw text, a paragraph a line.
fn on_raw_text(engine: &Engine, path: &Path) -> Result<String, TrainError> {
    let read = |source| TrainError::Read { path: path.to_owned(), source };
    let file = std::fs::read_to_string(path).map_err(read)?;
    let bad = |e: conllu::ConlluError| TrainError::Format { path: path.to_owned(), line: e.line, what: e.what };
    let mut text = String::new();
    let (mut gold_words, mut gold_ends) = (Vec::new(), BTreeSet::new());
    let blocks = conllu::parse(&file).map_err(bad)?;
    let any_paragraphs = blocks.iter().any(|b| b.comments.iter().any(|c| c.starts_with("# newpar")));
    for block in &blocks {
        let new = block.comments.iter().any(|c| c.starts_with("# newpar") || c.starts_with("# newdoc"));
        if !text.is_empty() {
            // A treebank of single sentences (PUD) has no paragraphs; each sentence then is one.
            text.push(if new || !any_paragraphs { '\n' } else { ' ' });
        }
        let spans = block.lay_out(&mut text);
        gold_ends.extend(spans.last().map(|s| s.end));
        gold_words.extend(spans);
    }
    let analysis = engine.analyse(&text);
    let words: Vec<Span> = analysis.sentences.iter().flat_map(|s| s.tokens.iter().map(|t| t.span)).collect();
    let ends: BTreeSet<usize> = analysis.sentences.iter().map(|s| s.span.end).collect();
    let shared_words = shared(&gold_words, &words);
    let shared_ends = ends.intersection(&gold_ends).count();
    Ok(format!(
        "words F1 {:.2}  sentence ends F1 {:.2}",
        percent(2 * shared_words, gold_words.len() + words.len()),
        percent(2 * shared_ends, gold_ends.len() + ends.len())
    ))
}

fn shared(gold: &[Span], found: &[Span]) -> usize {
    let mut counts: BTreeMap<Span, usize> = BTreeMap::new();
    gold.iter().for_each(|&s| *counts.entry(s).or_default() += 1);
    found.iter().filter(|&&s| counts.get_mut(&s).is_some_and(|n| std::mem::replace(n, n.saturating_sub(1)) > 0)).count()
}

fn on_names(engine: &Engine, examples: &[Example]) -> String {
    let (text, spans) = lay_out(examples);
    let analysis: Analysis = engine.analyse_tokens(&text, &spans);
    // For each kind, and for all: found and right, found, gold.
    let mut counts = [[0usize; 3]; 4];
    for (example, sentence) in examples.iter().zip(&analysis.sentences) {
        let gold = gold_names(example.names.as_deref().unwrap_or_default());
        let found: BTreeSet<(NameKind, usize, usize)> =
            sentence.names.iter().map(|n| (n.kind, n.tokens.start, n.tokens.end)).collect();
        for (set, column) in
            [(gold.intersection(&found).collect::<Vec<_>>(), 0), (found.iter().collect(), 1), (gold.iter().collect(), 2)]
        {
            for (kind, ..) in set {
                counts[*kind as usize][column] += 1;
                counts[3][column] += 1;
            }
        }
    }
    let f1 = |[right, found, gold]: [usize; 3]| percent(2 * right, found + gold);
    let kinds: Vec<String> = NameKind::ALL.iter().map(|k| format!("{} {:.1}", k.as_str(), f1(counts[*k as usize]))).collect();
    let [right, found, gold] = counts[3];
    format!("P {:.1} R {:.1} F1 {:.1}  ({})", percent(right, found), percent(right, gold), f1(counts[3]), kinds.join(", "))
}

fn gold_names(tags: &[u8]) -> BTreeSet<(NameKind, usize, usize)> {
    let mut scores = vec![0f32; tags.len() * NAME_TAGS];
    tags.iter().enumerate().for_each(|(i, &tag)| scores[i * NAME_TAGS + tag as usize] = 1.0);
    crate::decode::names(tags.len(), &scores).into_iter().map(|(k, s, e)| (NameKind::ALL[k], s, e)).collect()
}
