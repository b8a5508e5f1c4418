//! `--manifest`: what became of each thing that was to be read, one JSON object a line.

use anyhow::{Context, Result};
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// What became of one of them.
pub struct Entry<'e> {
    /// Where it came from.
    pub source: &'e str,
    /// Id of the report, where there is one.
    pub id: Option<&'e str>,
    /// `new`, `known`, `changed`, `reread`, `skipped`, `failed`.
    pub outcome: &'static str,
    /// Why it was skipped or failed.
    pub why: Option<&'e str>,
}

pub struct Manifest {
    name: String,
    file: BufWriter<File>,
}

impl Manifest {
    pub fn create(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let file = File::create(path).with_context(|| format!("{name}: the manifest cannot be written; name another file"))?;
        Ok(Manifest { name, file: BufWriter::new(file) })
    }

    /// Writes the lines, and lets go of them.
    pub fn write<'e>(&mut self, entries: impl Iterator<Item = Entry<'e>>) -> Result<()> {
        let mut all = entries.map(|entry| line(&entry));
        let written = all.try_for_each(|line| writeln!(self.file, "{line}")).and_then(|()| self.file.flush());
        written.with_context(|| format!("{}: the manifest cannot be written; what was kept so far is kept", self.name))
    }
}

/// As written.
pub fn line(entry: &Entry) -> Value {
    let said = [("source", Some(entry.source)), ("id", entry.id), ("outcome", Some(entry.outcome)), ("why", entry.why)];
    let fields = said.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into())));
    Value::Object(fields.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_not_written() {
        let entry = Entry { source: "a \"b\".txt", id: None, outcome: "failed", why: Some("is empty") };
        assert_eq!(line(&entry).to_string(), r#"{"source":"a \"b\".txt","outcome":"failed","why":"is empty"}"#);
    }
}
