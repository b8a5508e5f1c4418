//! The program as tests run it.
// Each test uses a part of it.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program on a store, with nothing on standard input.
pub fn onrecord(db: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(arguments).env("ONRECORD_DB", db).stdin(Stdio::null());
    command
}

/// The same in a folder, on the store that the folder has.
pub fn within(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = onrecord(Path::new("x.db"), arguments);
    command.current_dir(folder);
    command
}

/// How a run ended and what it said.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Run {
    /// The ids of the documents printed as JSON lines, in order.
    pub fn ids(&self) -> Vec<String> {
        self.out.lines().map(|line| onrecord_record::json::from_str(line).unwrap().0.id).collect()
    }

    /// What was printed, an object a line.
    pub fn objects(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// A field of each object.
    pub fn each(&self, field: &str) -> Vec<String> {
        let text = |object: &serde_json::Value| object[field].as_str().map_or_else(|| object[field].to_string(), str::to_owned);
        self.objects().iter().map(text).collect()
    }

    pub fn fine(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }
}

/// A store of some reports, gone when the test is.
pub struct Kept {
    folder: tempfile::TempDir,
}

impl Kept {
    /// Of these reports, a JSON line each.
    pub fn new(reports: &str) -> Self {
        let kept = Kept { folder: tempfile::tempdir().unwrap() };
        std::fs::write(kept.file("reports.jsonl"), reports).unwrap();
        kept.run(&["add", kept.file("reports.jsonl").to_str().unwrap()]).fine();
        kept
    }

    /// A file beside the store.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program on the store in the name of *ann*.
    pub fn run(&self, arguments: &[&str]) -> Run {
        onrecord(&self.file("x.db"), arguments).env("USER", "ann").output().unwrap().into()
    }
}
