//! Questions at the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Small reports of our own, one a line: a raid with three tolls, a copy, an offer that is refused.
const REPORTS: &str = r#"{"id":"a1","published":"2026-03-03","outlet":"Herald","title":"Army post attacked near Gao","text":"Rebels attacked an army post near Gao in Mali on Monday, killing 12 soldiers, the army said. Colonel Issa Diarra said the attackers had come from the desert."}
{"id":"a2","published":"2026-03-03","outlet":"Radio Sahel","title":"Soldiers killed","text":"At least 15 soldiers were killed on Monday when rebels attacked an army post near Gao, residents said. Mali's government promised a reply."}
{"id":"a3","published":"2026-03-05","outlet":"Herald","title":"Toll rises to 14","text":"The army said 14 soldiers had been killed in Monday's attack on its post near Gao. It had spoken of 12 before."}
{"id":"b1","published":"2026-03-04","outlet":"Herald","title":"Norway offers talks","text":"Norway offered on Tuesday to host talks between Chad and Sudan. Norwegian Foreign Minister Kari Solberg said both had accepted. Sudan accepted the offer of talks in Norway."}
{"id":"b2","published":"2026-03-06","outlet":"Post","title":"Sudan refuses","text":"Sudan refused to take part in talks in Norway. \"We will not sit at that table,\" Sudanese Foreign Minister Adil Omar said."}
{"id":"c1","published":"2026-03-03","outlet":"Wire","title":"Attack near Gao","text":"Rebels attacked an army post near Gao in Mali on Monday, killing 12 soldiers, the army said. Colonel Issa Diarra said the attackers had come from the desert. More soon."}
"#;

/// A store of these reports, gone when the test is.
struct Kept {
    folder: tempfile::TempDir,
}

#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Run {
    /// What was printed, an object a line.
    fn objects(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// A field of each object.
    fn each(&self, field: &str) -> Vec<String> {
        let text = |object: &serde_json::Value| object[field].as_str().map_or_else(|| object[field].to_string(), str::to_owned);
        self.objects().iter().map(text).collect()
    }

    fn fine(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }
}

impl Kept {
    fn new() -> Self {
        let kept = Kept { folder: tempfile::tempdir().unwrap() };
        std::fs::write(kept.file("reports.jsonl"), REPORTS).unwrap();
        kept.run(&["add", kept.file("reports.jsonl").to_str().unwrap()]).fine();
        kept
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let command = |db: &Path| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
            command.args(arguments).env("ONRECORD_DB", db).stdin(Stdio::null());
            command
        };
        command(&self.file("x.db")).output().unwrap().into()
    }
}

#[test]
fn one_language_asks_for_everything() {
    let kept = Kept::new();
    assert_eq!(kept.run(&["search", "type:assault outlet:Herald"]).fine().each("id"), ["a3", "a1"]);
    assert_eq!(kept.run(&["search", "\"sit at that table\""]).fine().each("title"), ["Sudan refuses"]);
    let events = kept.run(&["events", "type:assault", "since:2026-03"]).fine();
    assert_eq!(events.each("type"), ["ASSAULT"]);
    assert_eq!(kept.run(&["events", "--type", "assault", "--since", "2026-03"]).fine().out, events.out, "the same as flags");
    assert_eq!(kept.run(&["events", "since:2026-03", "--type", "ASSAULT"]).fine().out, events.out, "both together");
    assert!(kept.run(&["statements", "who:solberg"]).fine().objects().len() == 1);
    assert!(kept.run(&["figures", "type:assault", "--conflicts"]).fine().objects().len() == 1);
    assert_eq!(kept.run(&["actors", "who:solberg"]).fine().each("name"), ["Kari Solberg"]);
    let nothing = kept.run(&["events", "who:nobody"]).fine();
    assert!(nothing.out.is_empty() && nothing.err.contains("no events fit"), "{nothing:?}");
}

#[test]
fn what_is_wrongly_asked_is_said_with_what_to_do() {
    let kept = Kept::new();
    for (question, says) in [
        (["search", "whom:Norway"], "who:, to:, type:"),
        (["events", "type:offer"], "no event is that"),
        (["statements", "place:MLI"], "leave it out"),
        (["search", "type:aid OR talks"], "whole question"),
        (["search", "(talks"], "not closed"),
        (["events", "since:soon"], "2026-03-01"),
    ] {
        let run = kept.run(&question);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.err.contains(says), "{run:?}");
    }
}

#[test]
fn every_format_holds_all_of_it() {
    let kept = Kept::new();
    let rows = kept.run(&["search", "Gao"]).fine().objects().len();
    let json: serde_json::Value = serde_json::from_str(&kept.run(&["search", "Gao", "--format", "json"]).fine().out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), rows);
    let csv = kept.run(&["search", "Gao", "--format", "csv"]).fine().out;
    assert_eq!(csv.lines().count(), rows + 1);
    assert!(csv.starts_with("id,published,outlet,title,words\n"), "{csv}");
    let table = kept.run(&["search", "Gao", "--format", "table"]).fine().out;
    assert!(["a1", "a2", "a3", "c1"].iter().all(|id| table.contains(id)), "{table}");
    assert!(kept.run(&["search", "--help"]).fine().out.contains("single quotes"));
}
