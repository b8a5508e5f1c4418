//! Parquet files in a folder for each day of publication, in the layout that Hive, Spark, DuckDB and Polars take for a column:
//! `day=2026-03-04/part-00000.parquet`.

use super::Digest;
use super::ledger::Ledger;
use crate::kept::manifest::{self, Entry};
use crate::pool;
use anyhow::{Context, Result};
use arrow_array::RecordBatch;
use onrecord_export::records::{Parquet, Row, batch};
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Reports of one part, of all days together, and bytes of their columns: what a stop can cost, and what is in memory.
const REPORTS: usize = 4_096;
const BYTES: usize = 96 << 20;
/// Rows that become columns together, and bytes of their words.
const ROWS: usize = 64;
const WORDS: usize = 1 << 20;
/// As Hive writes a partition of what is not known.
const UNKNOWN: &str = "__HIVE_DEFAULT_PARTITION__";

/// The part that is being gathered.
pub struct Parts {
    folder: PathBuf,
    ledger: Ledger,
    threads: usize,
    rows: Vec<Row>,
    words: usize,
    batches: Vec<RecordBatch>,
    /// Of each row, those of the batches first.
    days: Vec<Option<String>>,
    bytes: usize,
    lines: Vec<Value>,
}

impl Parts {
    /// After the parts that the ledger knows; what is left of one that was under way goes.
    ///
    /// # Errors
    /// When the folder cannot be read or changed.
    pub fn new(folder: &Path, ledger: Ledger, threads: usize) -> Result<Self> {
        remove_unfinished(folder, ledger.part).with_context(|| format!("cannot tidy the folder {}", folder.display()))?;
        let folder = folder.to_owned();
        Ok(Parts {
            folder,
            ledger,
            threads,
            rows: Vec::new(),
            words: 0,
            batches: Vec::new(),
            days: Vec::new(),
            bytes: 0,
            lines: Vec::new(),
        })
    }

    /// Takes the row of a report.
    ///
    /// # Errors
    /// When the part is full and cannot be written.
    pub fn put(&mut self, entry: &Entry, digest: Digest, day: Option<String>, row: Row) -> Result<()> {
        let mut line = manifest::line(entry);
        line["digest"] = format!("{digest:032x}").into();
        self.lines.push(line);
        self.words += row.words();
        self.rows.push(row);
        self.days.push(day);
        if self.rows.len() >= ROWS || self.words >= WORDS {
            self.gather()?;
        }
        if self.days.len() >= REPORTS || self.bytes >= BYTES { self.commit() } else { Ok(()) }
    }

    /// Notes a report that could not be read.
    ///
    /// # Errors
    /// When the part is full and cannot be written.
    pub fn failed(&mut self, entry: &Entry) -> Result<()> {
        self.lines.push(manifest::line(entry));
        if self.lines.len() >= 2 * REPORTS { self.commit() } else { Ok(()) }
    }

    fn gather(&mut self) -> Result<()> {
        let batch = batch(&self.rows)?;
        self.bytes += batch.get_array_memory_size();
        self.batches.push(batch);
        self.rows.clear();
        self.words = 0;
        Ok(())
    }

    /// Writes the part, and begins the next.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn commit(&mut self) -> Result<()> {
        if self.lines.is_empty() {
            return Ok(());
        }
        if !self.rows.is_empty() {
            self.gather()?;
        }
        self.write_all()?;
        self.ledger.commit(&self.lines, self.days.len())?;
        (self.bytes, self.lines, self.batches, self.days) = (0, Vec::new(), Vec::new(), Vec::new());
        Ok(())
    }

    /// Writes the days with as many threads as read: a small archive has many days and, by then, nothing left to read.
    fn write_all(&self) -> Result<()> {
        let days: BTreeSet<_> = self.days.iter().collect();
        let threads = self.threads.min(days.len());
        pool::in_order(days.into_iter(), threads, |day| self.write(day.as_deref()), |written| written)
    }

    /// Writes the rows of a day. Under another name until it is whole, so that nobody reads half of it.
    fn write(&self, day: Option<&str>) -> Result<()> {
        let folder = self.folder.join(format!("day={}", day.unwrap_or(UNKNOWN)));
        let path = folder.join(format!("part-{:05}.parquet", self.ledger.part));
        let cannot = || format!("{} cannot be written; make room and run the same command again", path.display());
        fs::create_dir_all(&folder).with_context(cannot)?;
        let unfinished = path.with_extension("unfinished");
        let mut file = Parquet::new(BufWriter::new(File::create(&unfinished).with_context(cannot)?)).with_context(cannot)?;
        let mut first = 0;
        for batch in &self.batches {
            let days = &self.days[first..first + batch.num_rows()];
            first += batch.num_rows();
            let mut row = 0;
            for run in days.chunk_by(|a, b| a == b) {
                if run[0].as_deref() == day {
                    file.write(&batch.slice(row, run.len())).with_context(cannot)?;
                }
                row += run.len();
            }
        }
        file.end().map_err(anyhow::Error::from).and_then(|out| Ok(out.into_inner()?)).with_context(cannot)?;
        fs::rename(&unfinished, &path).with_context(cannot)
    }
}

/// Whether a folder's entry is one that this program makes.
fn is_ours(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with("day="))
}

/// Removes files of parts from this one on.
fn remove_unfinished(folder: &Path, part: usize) -> std::io::Result<()> {
    for day in folder.read_dir()? {
        let day = day?;
        if !is_ours(&day.file_name()) {
            continue;
        }
        for file in day.path().read_dir()? {
            let file = file?;
            if number(&file.file_name()).is_some_and(|number| number >= part) {
                fs::remove_file(file.path())?;
            }
        }
    }
    Ok(())
}

/// The part that a file belongs to.
fn number(name: &OsStr) -> Option<usize> {
    let name = name.to_str()?.strip_prefix("part-")?;
    name.strip_suffix(".parquet").or_else(|| name.strip_suffix(".unfinished"))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts() {
        let number = |name: &str| number(OsStr::new(name));
        assert_eq!(number("part-00012.parquet"), Some(12));
        assert_eq!(number("part-00012.unfinished"), Some(12));
        assert_eq!(number("part-x.parquet"), None);
        assert_eq!(number("notes.txt"), None);
    }
}
