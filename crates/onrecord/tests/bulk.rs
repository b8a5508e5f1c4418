//! Many reports into Parquet: the rows that are printed otherwise, stopped and gone on with.

mod corpus;
mod program;

use corpus::corpus;
use onrecord_export::records::reports;
use onrecord_record::json;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use program::{Run, within};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

fn run(folder: &Path, arguments: &[&str]) -> Run {
    within(folder, arguments).output().unwrap().into()
}

/// Every file of a part, by its path below the folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = glob(folder).into_iter().map(|path| path.strip_prefix(folder).unwrap().to_owned()).collect();
    found.sort();
    found
}

fn glob(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { glob(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|e| e != "jsonl"))
        .collect()
}

/// The rows of all files as they are printed, in the order of their ids.
fn lines(folder: &Path) -> BTreeSet<String> {
    let batches = files(folder).into_iter().flat_map(|path| {
        let bytes = bytes::Bytes::from(fs::read(folder.join(path)).unwrap());
        ParquetRecordBatchReader::try_new(bytes, 1_000).unwrap().map(Result::unwrap)
    });
    batches.flat_map(|batch| reports(&batch).unwrap()).map(|(document, record)| json::to_line(&document, &record)).collect()
}

#[test]
fn parquet_has_what_is_printed_by_day() {
    let folder = tempfile::tempdir().unwrap();
    corpus(folder.path());
    fs::write(folder.path().join("empty.txt"), " ").unwrap();
    let found =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>();
    let inputs: Vec<&str> = found.iter().map(String::as_str).collect();
    let printed = run(folder.path(), &[&["read"][..], &inputs].concat());
    let written = run(folder.path(), &[&["read", "--format", "parquet", "-o", "rows", "--threads", "3"][..], &inputs].concat());
    assert_eq!((printed.code, written.code), (Some(1), Some(1)), "{written:?}");
    assert!(written.err.contains("empty.txt") && written.err.contains("240 reports written, 1 failed"), "{written:?}");
    let rows = folder.path().join("rows");
    assert_eq!(lines(&rows), printed.out.lines().map(str::to_owned).collect());
    let days = fs::read_dir(&rows).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    assert!(days > 1 && files(&rows).len() == days, "{:?}", files(&rows));

    // Again: nothing is read twice, what failed is tried again.
    let before = files(&rows);
    let again = run(folder.path(), &[&["read", "--format", "parquet", "-o", "rows"][..], &inputs].concat());
    assert!(again.err.contains("0 reports written, 240 known before, 1 failed"), "{again:?}");
    assert_eq!(files(&rows), before);
    let manifest = fs::read_to_string(rows.join("_manifest.jsonl")).unwrap();
    assert_eq!(manifest.matches("\"outcome\":\"new\"").count(), 240);
    assert_eq!(manifest.matches("\"outcome\":\"failed\"").count(), 2);
    // Rows of two readings do not mix.
    let other =
        run(folder.path(), &[&["read", "--format", "parquet", "-o", "rows", "--statements", "every"][..], &inputs].concat());
    assert!(other.code == Some(1) && other.err.contains("of other settings"), "{other:?}");
    // Any number of threads gives the same bytes.
    run(folder.path(), &[&["read", "--format", "parquet", "-o", "one", "--threads", "1"][..], &inputs].concat());
    let one = folder.path().join("one");
    assert_eq!(files(&one), before);
    assert!(before.iter().all(|path| fs::read(one.join(path)).unwrap() == fs::read(rows.join(path)).unwrap()));
}

#[test]
fn a_run_that_is_killed_can_be_finished() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = corpus(folder.path());
    let corpus = corpus.file_name().unwrap().to_str().unwrap();
    let arguments = ["read", corpus, "--format", "parquet", "-o", "rows"];
    for wait in [10, 150, 400, 700] {
        let mut reading = within(folder.path(), &arguments).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ = reading.kill();
        reading.wait().unwrap();
    }
    // As a stop leaves it that comes between a file and the line that tells of it.
    let stray = folder.path().join("rows/day=2020-01-01");
    fs::create_dir_all(&stray).unwrap();
    fs::write(stray.join("part-00007.parquet"), "half").unwrap();
    run(folder.path(), &arguments).fine();
    let printed = run(folder.path(), &["read", corpus]).fine();
    assert_eq!(lines(&folder.path().join("rows")), printed.out.lines().map(str::to_owned).collect());
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "The two sides met in Oslo.").unwrap();
    let refused = run(folder.path(), &["read", "a.txt", "--format", "parquet", "-o", "."]);
    assert!(refused.code == Some(1) && refused.err.contains("has something else in it"), "{refused:?}");
    let nowhere = run(folder.path(), &["read", "a.txt", "--format", "parquet"]);
    assert!(nowhere.code == Some(2) && nowhere.err.contains("-o records"), "{nowhere:?}");
    let twice = run(folder.path(), &["read", "a.txt", "--format", "parquet", "-o", "rows", "--manifest", "m.jsonl"]);
    assert!(twice.code == Some(2) && twice.err.contains("_manifest.jsonl"), "{twice:?}");
}

#[test]
fn records_go_to_a_file_and_their_fate_to_a_manifest() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "The two sides met in Oslo.").unwrap();
    fs::write(folder.path().join("b.txt"), "").unwrap();
    let run = run(folder.path(), &["read", "a.txt", "b.txt", "-o", "r.jsonl", "--manifest", "m.jsonl"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(fs::read_to_string(folder.path().join("r.jsonl")).unwrap().starts_with("{\"onrecord\""));
    let manifest = fs::read_to_string(folder.path().join("m.jsonl")).unwrap();
    assert!(
        manifest.contains("{\"source\":\"a.txt\",\"id\":\"a\",\"outcome\":\"new\"}") && manifest.contains("\"outcome\":\"failed\""),
        "{manifest}"
    );
}
