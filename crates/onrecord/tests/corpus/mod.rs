//! Reports for tests that keep many.

use std::path::{Path, PathBuf};

/// Reports enough for an addition of some hundred milliseconds, made of the samples' paragraphs.
pub fn corpus(folder: &Path) -> PathBuf {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut paragraphs: Vec<String> = Vec::new();
    let mut files: Vec<PathBuf> = std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "txt")) {
        paragraphs.extend(std::fs::read_to_string(file).unwrap().split("\n\n").map(str::to_owned));
    }
    let line = |i: usize| {
        let text = (0..4).map(|k| paragraphs[(i * 7 + k * 11) % paragraphs.len()].as_str()).collect::<Vec<_>>().join("\n\n");
        let outlet = if i.is_multiple_of(2) { "Herald" } else { "Post" };
        let published = format!("2026-{:02}-{:02}", i % 12 + 1, i % 28 + 1);
        serde_json::json!({ "id": format!("d{i}"), "text": text, "published": published, "outlet": outlet }).to_string()
    };
    let path = folder.join("corpus.jsonl");
    std::fs::write(&path, (0..240).map(|i| line(i) + "\n").collect::<String>()).unwrap();
    path
}
