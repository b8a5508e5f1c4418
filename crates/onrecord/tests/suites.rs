//! Other people's suites of hostile strings and of news items, where somebody has them: in the folder that `ONRECORD_SUITES` names, else
//! in `shared/suites` beside this repository. Run with `--nocapture` to see the figures.

mod program;

use dom_query::Document as Page;
use onrecord_store::{Asked, Store};
use program::within;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Words around a string, so that it stands in a report.
const REPORT: &str = "Rebels attacked a bridge near Gao on Monday, killing 12 soldiers, the army said.";

/// A file of a suite; says so where it is absent.
fn suite(name: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/suites");
    let path = std::env::var_os("ONRECORD_SUITES").map_or_else(|| PathBuf::from(beside), PathBuf::from).join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: no suite {name:?}; set ONRECORD_SUITES to the folder that has it");
    None
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    within(folder, arguments).output().unwrap()
}

fn json_of(path: &Path) -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// A report with the string in every field that is text.
fn report(number: usize, words: &str) -> Value {
    json!({ "id": format!("{number} {words}"), "text": format!("{REPORT}\n\n{words}\n\nCalm returned."), "title": words,
            "outlet": words, "url": words, "published": "2026-03-03" })
}

fn corpus(folder: &Path, strings: &[String]) {
    let lines = strings.iter().enumerate().map(|(number, words)| report(number, words).to_string() + "\n");
    std::fs::write(folder.join("corpus.jsonl"), lines.collect::<String>()).unwrap();
}

/// A field that has only blanks says nothing.
fn said(words: &str) -> Value {
    if words.trim().is_empty() { Value::Null } else { words.into() }
}

#[test]
fn naughty_strings_come_back_unchanged() {
    let Some(list) = suite("naughty/blns.json") else { return };
    let strings: Vec<String> = json_of(&list).iter().map(|words| words.as_str().unwrap().to_owned()).collect();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    corpus(folder, &strings);
    let added = run(folder, &["add", "corpus.jsonl"]);
    let told = String::from_utf8_lossy(&added.stderr).into_owned();
    assert!(added.status.success() && told.contains(&format!("{} reports kept", strings.len())), "{told}");
    let check = run(folder, &["check"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));

    let store = Store::open(folder.join("x.db").as_path()).unwrap();
    let exported = run(folder, &["export"]);
    assert!(exported.status.success());
    let documents: Vec<Value> = String::from_utf8(exported.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &Value| line["kind"] == "document")
        .collect();
    assert_eq!(documents.len(), strings.len());
    for (number, words) in strings.iter().enumerate() {
        let given = report(number, words);
        let id = given["id"].as_str().unwrap();
        let kept = store.kept(id).unwrap().document;
        assert_eq!(kept.text, given["text"].as_str().unwrap(), "{words:?}");
        assert_eq!(store.original(id).unwrap().unwrap(), given.to_string().as_bytes(), "{words:?}");
        let line = documents.iter().find(|line| line["id"] == id).unwrap_or_else(|| panic!("{words:?} is not exported"));
        for field in ["title", "outlet", "url"] {
            assert_eq!(line[field], said(words), "{field} of {words:?}");
        }
    }
    tables_and_questions(folder, &strings);
    println!("naughty: {} strings, each in six fields, back unchanged", strings.len());
}

/// Every form is written, and every string can be looked for: answered, or refused with a reason.
fn tables_and_questions(folder: &Path, strings: &[String]) {
    for form in [
        "csv",
        "parquet",
        "geojson",
        "gdelt",
        "gdelt-mentions",
        "polecat",
        "acled-like",
        "ucdp-like",
        "webanno",
        "claims",
        "ninjs",
        "md",
    ] {
        let done = run(folder, &["export", "--as", form, "-o", form]);
        assert!(done.status.success(), "{form}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let reports = std::fs::read_dir(folder.join("csv")).unwrap().map(|file| file.unwrap().path());
    let table =
        reports.into_iter().find(|path| path.file_stem().is_some_and(|name| name == "documents")).expect("a table of documents");
    let rows = csv::Reader::from_path(table).unwrap().into_records().map(Result::unwrap).count();
    assert_eq!(rows, strings.len());
    let store = Store::open(folder.join("x.db").as_path()).unwrap();
    let (mut found, mut refused) = (0, 0);
    for words in strings {
        match words.parse::<onrecord_store::Words>() {
            Ok(query) => {
                let asked = Asked { words: Some(query), limit: Some(3), ..Asked::default() };
                found += usize::from(!store.search(&asked).unwrap().is_empty());
            }
            Err(why) => {
                assert!(!why.to_string().is_empty());
                refused += 1;
            }
        }
    }
    println!("naughty: {found} found again by searching for them, {refused} are no search and say why");
    assert!(found > 300, "{found}");
}

/// Names of elements and of attributes that a page has.
fn vocabulary(page: &Page) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut elements, mut attributes) = (BTreeSet::new(), BTreeSet::new());
    for node in page.select("*").nodes() {
        elements.extend(node.node_name().map(|name| name.to_string()));
        attributes.extend(node.attrs().iter().map(|attribute| attribute.name.local.to_string()));
    }
    (elements, attributes)
}

#[test]
fn no_payload_survives_in_a_page() {
    let Some(list) = suite("xss/dompurify.json") else { return };
    let payloads: Vec<String> = json_of(&list).iter().map(|test| test["payload"].as_str().unwrap().to_owned()).collect();
    let folder = tempfile::tempdir().unwrap();
    let page = |strings: &[String]| {
        let in_fields = |(number, words): (usize, &String)| {
            let all = report(number, words);
            json!({ "text": REPORT, "title": words, "outlet": words, "url": words, "id": all["id"] }).to_string()
                + "\n"
                + &all.to_string()
                + "\n"
        };
        std::fs::write(folder.path().join("corpus.jsonl"), strings.iter().enumerate().map(in_fields).collect::<String>()).unwrap();
        let done = run(folder.path(), &["read", "corpus.jsonl", "--format", "html"]);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        // A text full of tags is not taken for one.
        assert!(told.lines().all(|line| line.contains(": is HTML, but was to be read as text")), "{told}");
        println!("xss: {} lines refused as HTML of {}", told.lines().count(), 2 * strings.len());
        Page::from(String::from_utf8(done.stdout).unwrap())
    };
    let harmless = page(&["words".to_owned()]);
    let hostile = page(&payloads);
    let (elements, attributes) = vocabulary(&hostile);
    let usual = vocabulary(&harmless);
    let scripts = |page: &Page| page.select("script, iframe, object, embed, base, link, svg, math, form").nodes().len();
    assert_eq!(scripts(&hostile), scripts(&harmless));
    assert!(!attributes.iter().any(|name| name.starts_with("on")), "{attributes:?}");
    for node in hostile.select("[href], [src], [action], [xlink\\:href]").nodes() {
        for attribute in node.attrs() {
            let value: String = attribute.value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            assert!(!value.to_ascii_lowercase().starts_with("javascript:"), "{value}");
        }
    }
    println!("xss: {} payloads; elements {elements:?}, attributes {attributes:?}", payloads.len());
    let more: Vec<&String> = elements.difference(&usual.0).chain(attributes.difference(&usual.1)).collect();
    // Marks and lists that the one harmless report has no use for.
    assert!(more.len() <= 6, "{more:?}");
}

/// Checks a line each against the schema; GeoJSON's own, which it refers to, is not at hand and not used here.
const VALIDATE: &str = "
import json, sys
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
schema = json.load(open(sys.argv[1]))
anything = Resource.from_contents({'$schema': 'https://json-schema.org/draft/2020-12/schema'})
registry = Registry(retrieve=lambda uri: anything)
validator = Draft202012Validator(schema, registry=registry)
bad = 0
for number, line in enumerate(open(sys.argv[2], encoding='utf-8')):
    for error in validator.iter_errors(json.loads(line)):
        bad += 1
        print(number, list(error.path), error.message[:200])
sys.exit(1 if bad else 0)
";

#[test]
fn news_items_are_valid_ninjs() {
    let Some(schema) = suite("ninjs/ninjs-schema_3.1.json") else { return };
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/readback/bin/python");
    let python = if own.exists() { own } else { "python3".into() };
    if !Command::new(&python).args(["-c", "import jsonschema, referencing"]).output().is_ok_and(|done| done.status.success()) {
        eprintln!("SKIPPED: no Python with jsonschema");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let strings = ["words", "<b>", "javascript:x", "https://daily.example/1?a=\"b\"", "שלום 🕊"].map(str::to_owned);
    corpus(folder.path(), &strings);
    assert!(run(folder.path(), &["add", "corpus.jsonl"]).status.success());
    assert!(run(folder.path(), &["export", "--as", "ninjs", "-o", "items.jsonl"]).status.success());
    let validate = |lines: &Path| Command::new(&python).args(["-c", VALIDATE]).arg(&schema).arg(lines).output().unwrap();
    let items = folder.path().join("items.jsonl");
    let done = validate(&items);
    assert!(done.status.success(), "{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert_eq!(std::fs::read_to_string(&items).unwrap().lines().count(), strings.len());
    // The check can fail: an item without its name does.
    let broken = folder.path().join("broken.jsonl");
    std::fs::write(&broken, "{\"standard\": {\"name\": \"ninjs\"}, \"urgency\": 99}\n").unwrap();
    assert!(!validate(&broken).status.success());
}
