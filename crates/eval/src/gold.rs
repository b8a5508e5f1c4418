//! Gold records of a folder, and what the reader finds in their documents.

use crate::entry::{self, Loaded};
use anyhow::{Context, Result, bail};
use onrecord_reader::Reader;
use onrecord_record::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Every gold record (`*.json` with a `document.text`) of a folder, by document id.
///
/// # Errors
/// When the folder or a file cannot be read, or none of its files is a record.
pub fn load(folder: &Path) -> Result<BTreeMap<String, Loaded>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    paths.sort();
    let mut gold = BTreeMap::new();
    for path in paths {
        gold.extend(load_file(&path, &BTreeMap::new())?.into_iter().filter(|(_, record)| !record.document.text.is_empty()));
    }
    if gold.is_empty() {
        bail!("no gold record in {}: expected *.json files with a document and its text", folder.display());
    }
    Ok(gold)
}

/// Records of one file, for documents whose text is known from `texts`.
///
/// # Errors
/// When the file cannot be read or holds no records.
pub fn load_file(path: &Path, texts: &BTreeMap<String, Loaded>) -> Result<BTreeMap<String, Loaded>> {
    let file = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    entry::load(&file, texts).with_context(|| format!("{} holds no records", path.display()))
}

/// The ids that a file names, one a line; a name without a folder may also stand in the gold folder.
///
/// # Errors
/// When the file cannot be read.
pub fn load_ids(path: &Path, folder: &Path) -> Result<BTreeSet<String>> {
    let beside = folder.join(path);
    let path = if !path.exists() && beside.exists() { &beside } else { path };
    let file = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned).collect())
}

/// What the reader finds in each document, as lines of JSON by document id. Uses every core.
pub fn read_all(gold: &BTreeMap<String, Loaded>) -> BTreeMap<String, String> {
    let reader = Reader::builtin();
    let documents: Vec<_> = gold.values().map(|record| &record.document).collect();
    let (next, lines) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
            let line = json::to_line(document, &reader.read(document));
            // The lock is only ever held for this insertion, so a poisoned one still holds a whole map.
            lines.lock().unwrap_or_else(|held| held.into_inner()).insert(document.id.clone(), line);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    lines.into_inner().unwrap_or_else(|held| held.into_inner())
}
