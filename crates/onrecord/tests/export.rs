//! Exports from the command line: every form from one store, read back by other people's programs.

mod program;

use program::onrecord;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FORMS: [&str; 10] =
    ["geojson", "gdelt", "gdelt-mentions", "polecat", "acled-like", "ucdp-like", "webanno", "claims", "ninjs", "md"];
/// Forms of many files.
const FOLDERS: [&str; 2] = ["csv", "parquet"];

/// Reports in our own words, with what breaks tables.
const HOSTILE: &str = r#"{"id": "=1+1", "outlet": "Harbour \"Daily\", the", "published": "2026-02-04", "title": "Raid\ton Port Amber", "text": "Raid\ton Port Amber\n\nNorthland's army attacked Kharkiv with drones on Tuesday, killing at least five people, the mayor said. “We will not stop,” the minister said.\n\n=cmd|' /C calc'!A0, שלום 🕊, said Russian forces shelled\tthe \"old\" village near Kherson."}
{"id": "p/2", "outlet": "Post", "published": "2026-02-05", "url": "https://post.example/2?a=1&b=2", "text": "Northland's army attacked Kharkiv with drones on Tuesday. Seven people were killed, the ministry of health said. Poland denied that its soldiers had attacked protesters in Warsaw. Police arrested 40 protesters in Berlin."}
"#;

fn run(db: &Path, arguments: &[&str]) -> Output {
    onrecord(db, arguments).output().unwrap()
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files
}

/// A store of the samples and the hostile reports.
fn store(folder: &Path) -> PathBuf {
    let db = folder.join("x.db");
    let hostile = folder.join("hostile.jsonl");
    std::fs::write(&hostile, HOSTILE).unwrap();
    let mut arguments = vec!["add".to_owned(), hostile.display().to_string()];
    arguments.extend(samples().iter().map(|file| file.display().to_string()));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert!(run(&db, &arguments).status.success());
    db
}

fn export_all(db: &Path, folder: &Path) {
    let to = |name: &str| folder.join(name).display().to_string();
    assert!(run(db, &["export", "-o", &to("account.jsonl")]).status.success());
    for form in FORMS.iter().chain(&FOLDERS) {
        let done = run(db, &["export", "--as", form, "-o", &to(form)]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{form}: {said}");
        assert!(said.contains("events") && said.contains(": wrote "), "{form}: {said}");
        if !FOLDERS.contains(form) {
            assert_eq!(std::fs::read(to(form)).unwrap(), run(db, &["export", "--as", form]).stdout, "{form}");
        }
    }
}

/// The Python that `.ci/run` gives the tools people read exports with: `target/readback`.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/readback/bin/python");
    let ready = Command::new(&python).args(["-c", "import pandas, duckdb, pyarrow, jsonschema, shapely"]).output();
    ready.is_ok_and(|done| done.status.success()).then_some(python)
}

#[test]
fn what_is_exported_is_read_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let db = store(folder.path());
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    export_all(&db, &out);
    let Some(python) = python() else {
        eprintln!(
            "not read back: target/readback has no Python with pandas, duckdb, pyarrow, jsonschema and shapely (.ci/run makes it)"
        );
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../export/tests/readback.py");
    let done = Command::new(python).arg(script).arg(&out).output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn an_empty_store_is_read_back_too() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("x.db");
    let empty = folder.path().join("empty.jsonl");
    File::create(&empty).unwrap();
    run(&db, &["add", &empty.display().to_string()]);
    let done = run(&db, &["export", "--as", "geojson"]);
    assert!(done.status.success());
    let map: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(map["features"], serde_json::json!([]));
}

#[test]
fn tables_want_a_folder_and_errors_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let db = store(folder.path());
    for form in FOLDERS {
        let done = run(&db, &["export", "--as", form]);
        assert_eq!(done.status.code(), Some(2));
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(said.contains(&format!("{form} is seven tables: name a folder")), "{said}");
    }
    if Path::new("/dev/full").exists() {
        for form in FORMS.iter().chain(&["jsonl"]) {
            let done = run(&db, &["export", "--as", form, "-o", "/dev/full"]);
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            assert_eq!(done.status.code(), Some(1), "{form}: {said}");
            assert!(said.contains("cannot write the"), "{form}: {said}");
        }
    }
}
