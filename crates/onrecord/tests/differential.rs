//! What must be the same by whichever way it is had. That reports give one account in any order is tested where it is made
//! (`crates/account/tests/order.rs`, `crates/store/tests/store.rs`), for any words in `crates/fuzz` (target `account`).

mod program;

use onrecord_reader::Reader;
use onrecord_record::json;
use onrecord_source::{Form, Given, pieces_in};
use program::within;
use serde_json::json;
use std::io::Cursor;
use std::path::Path;

/// All reports of `specs/`, an object a line.
fn specs() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let line = |path: &std::path::PathBuf| {
        let id = path.file_stem().unwrap().to_string_lossy();
        json!({ "id": id, "text": std::fs::read_to_string(path).unwrap(), "published": "2026-03-03" }).to_string() + "\n"
    };
    files.iter().map(line).collect()
}

fn read(folder: &Path, threads: &str) -> String {
    let done = within(folder, &["read", "--format", "jsonl", "--threads", threads, "all.jsonl"]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn one_thread_or_eight_and_a_report_alone_or_among_others() {
    let folder = tempfile::tempdir().unwrap();
    let all = specs();
    std::fs::write(folder.path().join("all.jsonl"), &all).unwrap();
    let many = read(folder.path(), "8");
    assert!(many == read(folder.path(), "1"), "eight threads give other bytes than one");
    assert!(many.lines().count() > 20);
    // Each a reader of its own that has read nothing before.
    for (line, among) in all.lines().zip(many.lines()).step_by(4) {
        let alone = Cursor::new(line.to_owned());
        let document = pieces_in("all.jsonl", alone, Form::Auto, &Given::default()).next().unwrap().unwrap().document().unwrap();
        let record = Reader::builtin().read(&document);
        assert!(json::to_line(&document, &record) == among, "{}: another record alone than among others", document.id);
    }
}
