//! The book is right: its commands print what it says, in the order of each page, in a folder that looks like the repository.
//!
//! `ONRECORD_BOOK=write cargo test -p onrecord --test book` writes into the pages what the program prints now, and makes the page
//! about the interface anew. In what a command prints `...` stands for lines that are left out, `[..]` for words.
#![cfg(unix)]

mod page;

use arrow_schema::{DataType, Fields};
use onrecord_record::{CONTEXTS, EventType, Sector, modes};
use page::{Block, blocks};
use snapbox::{Assert, IntoData};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The program's own description of itself starts here in `interface.md`.
const GENERATED: &str = "<!-- Made by the test of the book from `--help`. -->\n";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The pages that the book's contents name, with where they stand.
fn pages() -> Vec<(PathBuf, String)> {
    let source = repository().join("docs/src");
    let contents = fs::read_to_string(source.join("SUMMARY.md")).unwrap();
    let named = contents.split("](").skip(1).map(|rest| source.join(rest.split(')').next().unwrap()));
    named.map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect()
}

fn writing() -> bool {
    std::env::var("ONRECORD_BOOK").is_ok_and(|what| what == "write")
}

/// Runs a command as a reader would, and gives all that it prints.
fn run(folder: &Path, command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_onrecord")).parent().unwrap();
    // The tools that read exports back (.ci/run), where they are.
    let tools = repository().join("target/readback/bin");
    let path = format!("{}:{}:{}", program.display(), tools.display(), std::env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(folder)
        .stdin(Stdio::null())
        .env("PATH", path)
        .env("USER", "ann");
    for variable in ["ONRECORD_DB", "COLUMNS", "CLICOLOR_FORCE"] {
        shell.env_remove(variable);
    }
    String::from_utf8(shell.output().unwrap().stdout).unwrap()
}

/// What a reader of the book has: the repository's folders, and room to write.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["samples", "specs", "lexicon"] {
        std::os::unix::fs::symlink(repository().join(name), folder.path().join(name)).unwrap();
    }
    folder
}

/// Whether what a block needs is here; says so where it is not.
fn possible(block: &Block, folder: &Path, page: &Path) -> bool {
    let Some(needed) = block.setting("needs") else { return true };
    let found = run(folder, &format!("python3 -c 'import {needed}' && echo found")) == "found\n";
    if !found {
        eprintln!("{}: no {needed} for Python: a block is not run", page.display());
    }
    found
}

/// Runs a page; what it should say, and what differs.
fn run_page(path: &Path, page: &str) -> (String, Vec<String>) {
    let (folder, compare) = (folder(), Assert::new().normalize_paths(false));
    let (mut corrected, mut faults, mut done) = (String::new(), Vec::new(), 0);
    for block in blocks(page) {
        if let Some(name) = block.setting("file") {
            fs::write(folder.path().join(name), block.text).unwrap();
        }
        if !block.is("console") || !possible(&block, folder.path(), path) {
            continue;
        }
        for step in block.steps() {
            let printed = run(folder.path(), &step.command);
            let at = block.at.start + step.at.start;
            corrected.push_str(&page[done..at]);
            done = block.at.start + step.at.end;
            let expected = step.expected.to_owned().into_data();
            corrected.push_str(&compare.normalize(printed.clone().into_data(), expected.clone()).0.to_string());
            if let Err(fault) = compare.try_eq(Some(&step.command.trim_end()), printed.into_data(), expected) {
                faults.push(format!("{}: {fault}", path.display()));
            }
        }
    }
    corrected.push_str(&page[done..]);
    (corrected, faults)
}

#[test]
fn commands_print_what_the_book_says() {
    let pages = pages();
    let runs: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = pages.iter().map(|(path, page)| scope.spawn(move || run_page(path, page))).collect();
        threads.into_iter().map(|thread| thread.join().expect("a page runs")).collect()
    });
    let mut faults = Vec::new();
    for ((path, page), (corrected, wrong)) in pages.iter().zip(runs) {
        if writing() && corrected != *page {
            fs::write(path, corrected).unwrap();
        } else {
            faults.extend(wrong);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every command, as the words behind `onrecord`, with its `--help`.
fn commands() -> BTreeMap<Vec<String>, String> {
    let (mut found, mut left) = (BTreeMap::new(), vec![Vec::new()]);
    while let Some(words) = left.pop() {
        let help = run(Path::new("."), &format!("USER= onrecord {} --help", words.join(" ")));
        let listed = help.split_once("\nCommands:\n").map_or("", |(_, list)| list.split("\n\n").next().unwrap());
        for name in listed.lines().filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next()) {
            if name != "help" {
                left.push([&words[..], &[name.to_owned()]].concat());
            }
        }
        found.insert(words, help);
    }
    found
}

#[test]
fn the_page_about_the_interface_has_every_command() {
    let path = repository().join("docs/src/interface.md");
    let page = fs::read_to_string(&path).unwrap();
    let (introduction, kept) = page.split_once(GENERATED).expect("the place where the commands begin");
    let tidy = |help: &str| help.lines().map(|line| line.trim_end().to_owned() + "\n").collect::<String>();
    let title = |words: &[String]| [&["onrecord".to_owned()], words].concat().join(" ");
    let section = |(words, help): (&Vec<String>, &String)| format!("\n## {}\n\n```text\n{}```\n", title(words), tidy(help));
    let made: String = commands().iter().map(section).collect();
    if writing() {
        fs::write(&path, format!("{introduction}{GENERATED}{made}")).unwrap();
    } else {
        Assert::new().normalize_paths(false).eq(kept.to_owned(), made.raw());
    }
}

/// The codebook has every field of a record and every word that may stand in a closed list, as they are written in JSON.
#[test]
fn the_codebook_has_every_field_and_word() {
    let page = fs::read_to_string(repository().join("docs/src/codebook.md")).unwrap();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    let schema = onrecord_export::records::schema();
    let mut open: Vec<Fields> = vec![schema.fields().clone()];
    while let Some(fields) = open.pop() {
        for field in &fields {
            wanted.insert(field.name().clone());
            let inner = if let DataType::List(item) = field.data_type() { item.data_type() } else { field.data_type() };
            open.extend(if let DataType::Struct(fields) = inner { Some(fields.clone()) } else { None });
        }
    }
    // What Arrow calls otherwise than JSON: the id of the document, the ends of a span and of a value.
    for other in ["document_id", "start", "end", "low", "high"] {
        assert!(wanted.remove(other), "{other}");
    }
    let listed =
        [EventType::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(), Sector::ALL.iter().map(|s| s.as_str()).collect()];
    wanted.extend(listed.into_iter().flatten().map(str::to_owned));
    wanted.extend(EventType::ALL.iter().flat_map(|kind| modes(*kind)).chain(CONTEXTS).map(|&word| word.to_owned()));
    let missing: Vec<_> = wanted.iter().filter(|word| !page.contains(&format!("`{word}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Commands that cannot be run here (servers, the network) are at least ones that the program has.
#[test]
fn commands_that_are_not_run_exist_with_their_options() {
    let commands = commands();
    let mut faults = Vec::new();
    for (path, page) in pages() {
        for line in blocks(&page).iter().filter(|block| block.is("sh")).flat_map(|block| block.text.lines()) {
            let Some((_, call)) =
                line.split_once("onrecord ").filter(|(before, _)| !before.contains('#') && !before.starts_with("cargo"))
            else {
                continue;
            };
            let words: Vec<&str> = call.split_whitespace().take_while(|word| !["|", ">", "&&", "#"].contains(word)).collect();
            let known = (1..=2).rev().find_map(|n| commands.get(&words.iter().take(n).map(|w| w.to_string()).collect::<Vec<_>>()));
            let Some(help) = known else {
                faults.push(format!("{}: {line}: no such command", path.display()));
                continue;
            };
            let options = words.iter().filter(|word| word.starts_with("--")).map(|word| word.split('=').next().unwrap());
            faults.extend(
                options.filter(|option| !help.contains(*option)).map(|option| format!("{}: {line}: no {option}", path.display())),
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
