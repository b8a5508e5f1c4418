//! `_manifest.jsonl`: what became of each report, and up to where the files are whole.
//!
//! The lines of a part's reports stand before the line that says it is written, `{"part": 3, "reports": 4096}`. Whatever comes after the last
//! such line was under way when the program was stopped: it is cut off, and its reports are read again.

use super::Digest;
use anyhow::{Context, Result, bail};
use onrecord_text::Document;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const NAME: &str = "_manifest.jsonl";

pub struct Ledger {
    path: PathBuf,
    file: BufWriter<File>,
    /// The next part.
    pub part: usize,
}

/// As much of a line as matters when the work goes on.
#[derive(Deserialize)]
struct Line {
    digest: Option<String>,
    part: Option<usize>,
}

impl Ledger {
    /// The manifest of a folder, and what its files hold.
    ///
    /// # Errors
    /// When it cannot be read or written, or when it is not one of ours.
    pub fn open(folder: &Path) -> Result<(Self, HashSet<Digest>)> {
        let path = folder.join(NAME);
        let cannot = || format!("{}: the manifest cannot be opened; name another folder", path.display());
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).with_context(cannot)?;
        let (whole, part, known) = read(BufReader::new(&file)).with_context(cannot)?;
        if part == 0 && is_used(folder)? {
            bail!("{}: this folder has something else in it; name another, or empty it", folder.display());
        }
        file.set_len(whole).and_then(|()| file.seek(SeekFrom::End(0))).with_context(cannot)?;
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

/// Up to which byte it is whole, the next part, and the digests of what is in the parts before it.
fn read(mut lines: impl BufRead) -> std::io::Result<(u64, usize, HashSet<Digest>)> {
    let (mut whole, mut at, mut part) = (0, 0, 0);
    let (mut known, mut waiting) = (HashSet::new(), Vec::new());
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        at += lines.read_until(b'\n', &mut bytes)? as u64;
        let Ok(line) = serde_json::from_slice::<Line>(&bytes) else { return Ok((whole, part, known)) };
        waiting.extend(line.digest.and_then(|digest| Digest::from_str_radix(&digest, 16).ok()));
        if let (Some(number), Some(b'\n')) = (line.part, bytes.last()) {
            (whole, part) = (at, number + 1);
            known.extend(waiting.drain(..));
        }
    }
}

/// Whether there are Parquet files in it that no manifest tells of.
fn is_used(folder: &Path) -> Result<bool> {
    let mut entries = folder.read_dir().with_context(|| format!("cannot look into {}", folder.display()))?;
    Ok(entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() != NAME && !super::parts::is_ours(&entry.file_name()))))
}

/// What tells a report from others.
pub fn digest(document: &Document) -> Digest {
    let digest = onrecord_store::digest(document);
    Digest::from_str_radix(&digest[..32], 16).expect("a digest is hexadecimal")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_under_way_is_cut_off() {
        let whole = "{\"source\":\"a\",\"digest\":\"ff\"}\n{\"part\":0,\"reports\":1}\n";
        for rest in ["", "{\"source\":\"b\",\"digest\":\"fe\"}\n", "{\"part\":1,\"reports\":1}", "{\"sou", "\u{0}"] {
            let read = read(format!("{whole}{rest}").as_bytes()).unwrap();
            assert_eq!(read, (whole.len() as u64, 1, HashSet::from([255])), "{rest}");
        }
        assert_eq!(read(&b""[..]).unwrap(), (0, 0, HashSet::new()));
    }
}
