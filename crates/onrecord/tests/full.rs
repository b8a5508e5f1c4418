//! A full disk: a file system of a few megabytes, in a mount namespace of its own, so that no root is needed where the system lets
//! users have one, and nothing stays mounted.
#![cfg(target_os = "linux")]

mod corpus;

use corpus::corpus;
use std::path::Path;
use std::process::{Command, Output};

/// Adds on a disk that is too small, looks at what is there, gets more room, and finishes. Every step says its exit status.
const STEPS: &str = r#"
mount -t tmpfs -o size=2m none "$DISK" || { echo "no mount"; exit 9; }
"$ONRECORD" add corpus.jsonl 2> full.err; echo "add $?"
"$ONRECORD" check > check.out 2>&1; echo "check $?"
"$ONRECORD" export > some.jsonl 2> some.err; echo "export $?"
mount -o remount,size=200m none "$DISK"
"$ONRECORD" add corpus.jsonl 2> rest.err; echo "add $?"
"$ONRECORD" check >> check.out 2>&1; echo "check $?"
"$ONRECORD" export > whole.jsonl; echo "export $?"
"#;

fn namespace(folder: &Path, steps: &str) -> Output {
    let disk = folder.join("disk");
    std::fs::create_dir_all(&disk).unwrap();
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", steps]).current_dir(folder);
    command.env("DISK", &disk).env("ONRECORD", env!("CARGO_BIN_EXE_onrecord")).env("ONRECORD_DB", disk.join("x.db"));
    command.output().unwrap_or_else(|error| panic!("unshare: {error}"))
}

/// Whether this machine lets us mount something.
fn can_mount(folder: &Path) -> bool {
    if Command::new("unshare").arg("--version").output().is_err() {
        return false;
    }
    namespace(folder, "mount -t tmpfs none \"$DISK\"").status.success()
}

#[test]
fn a_full_disk_is_told_and_what_was_kept_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    if !can_mount(folder) {
        eprintln!("NOT RUN: a small file system cannot be mounted here (unshare --map-root-user --mount)");
        return;
    }
    corpus(folder);
    let done = namespace(folder, STEPS);
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    let all = format!("{told}\n{}\n{}\n{}", read("full.err"), read("check.out"), read("rest.err"));
    assert_eq!(told, "add 1\ncheck 0\nexport 0\nadd 0\ncheck 0\nexport 0\n", "{all}");
    assert!(read("full.err").contains("free some space and run the same command again"), "{all}");
    let undisturbed = folder.join("undisturbed.db");
    let onrecord = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.args(arguments).current_dir(folder).env("ONRECORD_DB", &undisturbed).output().unwrap()
    };
    assert!(onrecord(&["add", "corpus.jsonl"]).status.success());
    assert!(onrecord(&["export"]).stdout == read("whole.jsonl").into_bytes(), "another record than without the full disk");
    let reports = |text: &str| text.lines().filter(|line| line.contains("\"kind\":\"document\"")).count();
    assert!(reports(&read("some.jsonl")) < 240 && reports(&read("whole.jsonl")) == 240, "{all}");
}
