//! `onrecord doctor`.

mod program;

use program::{Kept, Run, within};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

const REPORT: &str =
    r#"{"id":"r1","text":"The army said on Monday that rebels had killed at least twelve soldiers.","published":"2026-03-03"}"#;

/// The doctor in a folder, in an environment of its own.
fn doctor(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = within(folder, &[&["doctor"], arguments].concat());
    for name in ["NO_COLOR", "COLUMNS", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(name);
    }
    command.env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR").env_remove("ONRECORD_DB").env("LC_ALL", "C.UTF-8");
    command
}

fn run(command: &mut Command) -> Run {
    command.output().unwrap().into()
}

/// What one check found: its state, its words and what to do.
fn found(run: &Run, check: &str) -> (String, String, String) {
    let told: Value = serde_json::from_str(&run.out).unwrap();
    let all = told["checks"].as_array().unwrap();
    let one = all.iter().find(|finding| finding["check"] == check).unwrap_or_else(|| panic!("{check} in {}", run.out));
    let text = |field: &str| one[field].as_str().unwrap_or_default().to_owned();
    (text("state"), text("what"), text("do"))
}

#[test]
fn a_sound_machine_has_no_problem_and_every_check_its_line() {
    let kept = Kept::new(REPORT);
    let folder = kept.file("");
    let human = run(&mut doctor(&folder, &["--db", "x.db"])).fine();
    assert!(human.out.lines().next().unwrap().ends_with("0 problems"), "{}", human.out);
    let told = run(&mut doctor(&folder, &["--db", "x.db", "--json"])).fine();
    let checks: Value = serde_json::from_str(&told.out).unwrap();
    let names: Vec<&str> = checks["checks"].as_array().unwrap().iter().map(|one| one["check"].as_str().unwrap()).collect();
    let expected =
        "program models lexicon processor cores memory open-files terminal locale store store-pages store-writing disk desk web";
    assert_eq!(names.iter().map(|name| name.replace(' ', "-")).collect::<Vec<_>>().join(" "), format!("{expected} reading"));
    let lines: Vec<&str> = human.out.lines().skip(2).filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(lines.len(), names.len(), "{}", human.out);
    for (line, name) in lines.iter().zip(names) {
        assert!(line[9..].starts_with(name), "{line}");
    }
    assert!(found(&told, "store").1.contains("1 report"), "{}", told.out);
    assert_eq!(found(&told, "reading").0, "ok", "onrecord read of expected.json's text gives another record: {}", told.out);
    assert_eq!(checks["checks"][1]["facts"]["english.bin"].as_str().map(str::len), Some(64));
}

#[test]
fn a_store_that_is_not_there_is_made_by_add() {
    let folder = tempfile::tempdir().unwrap();
    let told = run(&mut doctor(folder.path(), &["--json"])).fine();
    let (state, _, advice) = found(&told, "store");
    assert!(state == "ok" && advice.contains("onrecord add makes one"), "{state} {advice}");
    let named = run(&mut doctor(folder.path(), &["--db", "sahel.db", "--json"])).fine();
    assert_eq!(found(&named, "store").0, "warning");
    let nowhere = run(&mut doctor(folder.path(), &["--db", "none/x.db", "--json"]));
    assert_eq!((nowhere.code, found(&nowhere, "store").0.as_str()), (Some(1), "problem"));
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "the doctor wrote something");
}

#[test]
fn what_is_wrong_with_a_store_is_told_and_left_as_it_is() {
    let kept = Kept::new(REPORT);
    let folder = kept.file("");
    std::fs::write(kept.file("text.db"), "no database, though long enough to be taken for one: ".repeat(90)).unwrap();
    let told = run(&mut doctor(&folder, &["--db", "text.db", "--json"]));
    assert_eq!(told.code, Some(1));
    assert!(found(&told, "store").1.contains("no SQLite file"), "{}", told.out);

    let foreign = rusqlite::Connection::open(kept.file("foreign.db")).unwrap();
    foreign.execute_batch("CREATE TABLE a (b)").unwrap();
    assert!(found(&run(&mut doctor(&folder, &["--db", "foreign.db", "--json"])), "store").1.contains("none that onrecord made"));

    let mut bytes = std::fs::read(kept.file("x.db")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0xA5);
    std::fs::write(kept.file("damaged.db"), &bytes).unwrap();
    let told = run(&mut doctor(&folder, &["--db", "damaged.db", "--json"]));
    assert_eq!(told.code, Some(1), "{}", told.out);
    let (state, what, advice) = found(&told, "store pages");
    assert!(state == "problem" && what.starts_with("damaged") && advice.contains("backup"), "{state} {what}");
    assert_eq!(std::fs::read(kept.file("damaged.db")).unwrap(), bytes);
}

#[test]
fn another_writer_is_seen() {
    let kept = Kept::new(REPORT);
    let writer = rusqlite::Connection::open(kept.file("x.db")).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ask = || found(&run(&mut doctor(&kept.file(""), &["--db", "x.db", "--json"])), "store writing");
    assert_eq!(ask().0, "warning");
    writer.execute_batch("ROLLBACK").unwrap();
    assert_eq!(ask().0, "ok");
}

#[test]
fn the_environment_is_told_without_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = doctor(folder.path(), &["--json"]);
    let told = run(command.env("HTTPS_PROXY", "http://ann:secret@proxy.example:3128").env("LC_ALL", "C")).fine();
    let (state, what, _) = found(&told, "web");
    assert!(state == "warning" && what.starts_with("HTTPS_PROXY is set") && !told.out.contains("secret"), "{}", told.out);
    assert_eq!(found(&told, "locale").0, "warning");
    let told = run(doctor(folder.path(), &["--json"]).env("NO_COLOR", "1")).fine();
    assert!(found(&told, "terminal").1.contains("NO_COLOR"), "{}", told.out);
}

#[test]
fn own_tables_are_looked_through() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("mine")).unwrap();
    let table = folder.path().join("mine/plurals.tsv");
    std::fs::write(&table, "plural\tsingular\nkmers\tkmer\n").unwrap();
    let ask = || run(&mut doctor(folder.path(), &["--lexicon", "mine", "--json"]));
    assert_eq!(found(&ask(), "own tables").0, "ok");
    std::fs::write(&table, "plurals\nkmers\n").unwrap();
    let told = ask();
    assert_eq!((told.code, found(&told, "own tables").0.as_str()), (Some(1), "problem"), "{}", told.out);
}
