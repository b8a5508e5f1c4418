//! scrapinghub/article-extraction-benchmark: how much of an article is found, and how little else.

use crate::suite;
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::io::Read;

/// Rows of four words, with how often each occurs; words as the benchmark's own program cuts them.
fn shingles(text: &str) -> HashMap<Vec<&str>, f64> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut counts = HashMap::new();
    for row in words.windows(4.min(words.len().max(1))) {
        *counts.entry(row.to_vec()).or_default() += 1.0;
    }
    counts
}

#[test]
fn most_of_the_article_and_little_else() {
    let Some(folder) = suite("articles") else { return };
    let truth: HashMap<String, Value> = serde_json::from_slice(&fs::read(folder.join("ground-truth.json")).unwrap()).unwrap();
    let (mut hits, mut extra, mut missed, mut empty) = (0.0, 0.0, 0.0, 0);
    for (name, page) in &truth {
        let mut bytes = Vec::new();
        let file = fs::File::open(folder.join(format!("html/{name}.html.gz"))).unwrap();
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
        let article = onrecord_source::extract(&String::from_utf8_lossy(&bytes));
        let text = article.map(|article| article.text).unwrap_or_default();
        empty += usize::from(text.is_empty());
        let (wanted, found) = (shingles(page["articleBody"].as_str().unwrap()), shingles(&text));
        let shared: f64 = wanted.iter().map(|(row, n)| n.min(*found.get(row).unwrap_or(&0.0))).sum();
        let (more, less) = (found.values().sum::<f64>() - shared, wanted.values().sum::<f64>() - shared);
        let all = shared + more + less;
        // Long articles weigh no more than short ones.
        if all > 0.0 {
            (hits, extra, missed) = (hits + shared / all, extra + more / all, missed + less / all);
        }
    }
    let (precision, recall) = (hits / (hits + extra), hits / (hits + missed));
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!(
        "articles: {} pages, F1 {f1:.3} (precision {precision:.3}, recall {recall:.3}), nothing found in {empty}",
        truth.len()
    );
    assert!(f1 > 0.94, "F1 {f1:.3}");
}
