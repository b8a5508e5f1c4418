//! `_manifest.jsonl`: what became of each report, and up to where the files are whole.
//!
//! The first line says by which program and which of its settings the reports are read: rows of two readings do not mix. The lines of a part's
//! reports stand before the line that says it is written, `{"part": 3, "reports": 4096}`. Whatever comes after the last
//! such line was under way when the program was stopped: it is cut off, and its reports are read again.

use super::Digest;
use anyhow::{Context, Result, bail};
use onrecord_text::Document;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const NAME: &str = "_manifest.jsonl";

#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    file: BufWriter<File>,
    /// The next part.
    pub part: usize,
}

/// What a manifest says when the work goes on.
#[derive(Debug, Default, PartialEq)]
struct Told {
    /// None where the first line is something else.
    settings: Option<Value>,
    /// Up to which byte it is whole.
    whole: u64,
    /// The next part.
    part: usize,
    /// Digests of what is in the parts before it.
    known: HashSet<Digest>,
}

/// As much of a line as matters.
#[derive(Deserialize)]
struct Line {
    digest: Option<String>,
    part: Option<usize>,
}

impl Ledger {
    /// The manifest of a folder, and what its files hold.
    ///
    /// # Errors
    /// When it cannot be read or written, when another process writes it, when it is not one of ours or was made with other settings.
    pub fn open(folder: &Path, settings: &Value) -> Result<(Self, HashSet<Digest>)> {
        let path = folder.join(NAME);
        let cannot = || format!("{}: the manifest cannot be opened; name another folder", path.display());
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).with_context(cannot)?;
        // Not every file system has locks.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            bail!("{}: another onrecord writes into this folder; let it end, or name another folder", folder.display());
        }
        let Told { settings: told, whole, part, known } = read(BufReader::new(&file)).with_context(cannot)?;
        if whole == 0 && is_used(folder)? {
            bail!("{}: this folder has something else in it; name another, or empty it", folder.display());
        }
        if whole > 0 && told.as_ref() != Some(settings) {
            let told = told.map_or_else(|| "no manifest of this program".to_owned(), |told| format!("of other settings, {told}"));
            bail!("{}: this is {told}; name another folder (now it would be {settings})", path.display());
        }
        file.set_len(whole).and_then(|()| file.seek(SeekFrom::End(0))).with_context(cannot)?;
        if whole == 0 {
            writeln!(file, "{settings}").with_context(cannot)?;
        }
        Ok((Ledger { path, file: BufWriter::new(file), part }, known))
    }

    /// Writes down a part that is written.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn commit(&mut self, lines: &[Value], reports: usize) -> Result<()> {
        let end = json!({"part": self.part, "reports": reports});
        let written = lines.iter().chain([&end]).try_for_each(|line| writeln!(self.file, "{line}"));
        let written = written.and_then(|()| self.file.flush());
        written.with_context(|| {
            format!("{}: the manifest cannot be written; make room and run the same command again", self.path.display())
        })?;
        self.part += 1;
        Ok(())
    }
}

fn read(mut lines: impl BufRead) -> std::io::Result<Told> {
    let (mut told, mut waiting, mut bytes) = (Told::default(), Vec::new(), Vec::new());
    let mut at = lines.read_until(b'\n', &mut bytes)? as u64;
    if !bytes.ends_with(b"\n") {
        return Ok(told);
    }
    told.whole = at;
    told.settings = serde_json::from_slice(&bytes).ok().filter(|line: &Value| line.get("onrecord").is_some());
    loop {
        bytes.clear();
        at += lines.read_until(b'\n', &mut bytes)? as u64;
        let Ok(line) = serde_json::from_slice::<Line>(&bytes) else { return Ok(told) };
        waiting.extend(line.digest.and_then(|digest| Digest::from_str_radix(&digest, 16).ok()));
        if let (Some(number), Some(b'\n')) = (line.part, bytes.last()) {
            (told.whole, told.part) = (at, number + 1);
            told.known.extend(waiting.drain(..));
        }
    }
}

/// Whether there is anything in it besides.
fn is_used(folder: &Path) -> Result<bool> {
    let mut entries = folder.read_dir().with_context(|| format!("cannot look into {}", folder.display()))?;
    Ok(entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() != NAME)))
}

/// What tells a report from others.
pub fn digest(document: &Document) -> Digest {
    let digest = onrecord_store::digest(document);
    Digest::from_str_radix(&digest[..32], 16).expect("a digest is hexadecimal")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_was_under_way_is_cut_off() {
        let head = "{\"onrecord\":\"1\"}\n";
        let whole = format!("{head}{}", "{\"source\":\"a\",\"digest\":\"ff\"}\n{\"part\":0,\"reports\":1}\n");
        for rest in ["", "{\"source\":\"b\",\"digest\":\"fe\"}\n", "{\"part\":1,\"reports\":1}", "{\"sou", "\u{0}"] {
            let read = read(format!("{whole}{rest}").as_bytes()).unwrap();
            let settings = Some(json!({"onrecord": "1"}));
            assert_eq!(read, Told { settings, whole: whole.len() as u64, part: 1, known: HashSet::from([255]) }, "{rest}");
        }
        assert_eq!(read(&b""[..]).unwrap(), Told::default());
        assert_eq!(read(head.trim_end().as_bytes()).unwrap(), Told::default());
        assert_eq!(read(&b"something else\n"[..]).unwrap(), Told { whole: 15, ..Told::default() });
    }

    #[test]
    fn a_folder_is_one_process_and_one_reading() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (json!({"onrecord": "1"}), json!({"onrecord": "2"}));
        let opened =
            |settings| Ledger::open(folder.path(), settings).map(|(ledger, _)| ledger).map_err(|error| format!("{error:#}"));
        let first = opened(&one).unwrap();
        assert!(opened(&one).unwrap_err().contains("another onrecord writes"));
        drop(first);
        assert!(opened(&other).unwrap_err().contains("other settings"));
        fs::create_dir(folder.path().join("day=2026-03-04")).unwrap();
        assert!(opened(&one).is_ok());
        fs::remove_file(folder.path().join(NAME)).unwrap();
        assert!(opened(&one).unwrap_err().contains("something else in it"));
    }
}
