//! The program as people and scripts call it.

mod program;

use program::Run;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const REPORT: &str = "Bridge talks resume\n\nForeign Minister Ana Ruiz said on Monday that 40 soldiers had crossed the border. \
    “We will not wait,” she told reporters in Oslo.\n";

/// A folder of its own for a test, gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.0.join(name), bytes).unwrap();
        self
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, b"")
    }

    fn run_with(&self, arguments: &[&str], stdin: &[u8]) -> Run {
        let mut child = self.command(arguments).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let stdin = stdin.to_vec();
        let feeder = std::thread::spawn(move || drop(input.write_all(&stdin)));
        let output = child.wait_with_output().unwrap();
        feeder.join().unwrap();
        Run::from(output)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.current_dir(&self.0).args(arguments).env_remove("NO_COLOR").env_remove("COLUMNS").env("LC_ALL", "C.UTF-8");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn help_version_and_wrong_use() {
    let folder = Folder::new("help");
    for arguments in [&["--help"][..], &["read", "--help"], &["parse", "-h"], &["--version"]] {
        let run = folder.run(arguments);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(run.out.contains("onrecord"), "{arguments:?}");
    }
    folder.file("a.txt", REPORT);
    for arguments in [
        &[][..],
        &["reed"],
        &["read", "--format", "xml", "a.txt"],
        &["read", "--threads", "0", "a.txt"],
        &["read", "--published", "24 February", "a.txt"],
        &["read", "--id", "x", "a.txt", "a.txt"],
        &["read", "-", "-"],
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {run:?}");
        assert!(run.out.is_empty() && !run.err.is_empty(), "{arguments:?}: {run:?}");
    }
}

#[test]
fn what_is_bad_is_named_and_the_rest_is_read() {
    let folder = Folder::new("bad");
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(REPORT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let page = format!("<!DOCTYPE html><title>Bridge talks resume</title><p>{}</p>", REPORT.lines().last().unwrap());
    folder.file("good.txt", REPORT).file("wide.txt", utf16).file("page.html", &page);
    folder
        .file("empty.txt", "")
        .file("blank.txt", " \n\u{feff}\n\t")
        .file("binary", b"\x7fELF\x02\x01\0\0\0")
        .file("nul.txt", b"a\0b");
    folder.file("latin.txt", b"Der Pr\xe4sident sagte nichts.").file("named.txt", &page).file("scan.pdf", b"%PDF-1.7\n%\xe2\xe3");
    folder.file("long.txt", "word ".repeat(10 << 20)).file("feed.xml", "<?xml version=\"1.0\"?><rss></rss>");
    folder.file("nothing.html", "<html><body></body></html>").file("cut.txt", b"\xff\xfea\0b");
    fs::create_dir(folder.0.join("reports")).unwrap();
    let bad = [
        ("gone.txt", "no such file"),
        ("reports", "has no files"),
        ("empty.txt", "is empty"),
        ("blank.txt", "is empty"),
        ("binary", "is a binary file"),
        ("nul.txt", "is a binary file"),
        ("latin.txt", "not valid UTF-8 at byte 6 (perhaps windows-1252)"),
        ("named.txt", "use --input html"),
        ("scan.pdf", "is a PDF"),
        ("long.txt", "longer than"),
        ("feed.xml", "cannot be read as a feed"),
        ("nothing.html", "no article"),
        ("cut.txt", "is a binary file"),
        ("http://127.0.0.1:9/report", "this machine itself"),
    ];
    let mut arguments = vec!["read", "good.txt"];
    arguments.extend(bad.iter().map(|(name, _)| *name));
    arguments.extend(["page.html", "wide.txt"]);
    for threads in ["1", "3"] {
        let run = folder.run(&[&arguments[..], &["--threads", threads]].concat());
        assert_eq!(run.code, Some(1));
        assert_eq!(run.ids(), ["good", "page", "wide"]);
        let lines: Vec<&str> = run.err.lines().collect();
        assert_eq!(lines.len(), bad.len(), "{}", run.err);
        for (line, (name, words)) in lines.iter().zip(bad) {
            assert!(line.starts_with(&format!("onrecord: {name}: ")) && line.contains(words), "{line}");
        }
    }
    let announced = folder.run(&["read", "--input", "text", "page.html"]);
    assert!(announced.code == Some(1) && announced.err.contains("use --input html"), "{announced:?}");
    let announced = folder.run(&["read", "--input", "html", "good.txt"]);
    assert!(announced.code == Some(1) && announced.err.contains("use --input text"), "{announced:?}");
}

#[test]
fn folders_patterns_packed_files_and_feeds() {
    let folder = Folder::new("many");
    fs::create_dir_all(folder.0.join("reports/2025")).unwrap();
    let feed = "<rss version='2.0'><channel><title>The Daily</title><item><guid>d1</guid><title>Talks resume</title>\
        <description>The two sides met in Oslo on Monday, the mission said.</description></item>\
        <item><guid>d2</guid><link>https://daily.example/2</link></item></channel></rss>";
    folder.file("reports/b.txt", REPORT).file("reports/2025/a.txt", REPORT).file("reports/.hidden", REPORT).file("feed.xml", feed);
    let run = folder.run(&["read", "reports"]);
    assert_eq!((run.code, run.ids()), (Some(0), vec!["2025/a".to_owned(), "b".to_owned()]), "{run:?}");
    let run = folder.run(&["read", "reports/**/*.txt"]);
    assert_eq!(run.ids(), ["a", "b"], "{run:?}");
    let run = folder.run(&["read", "feed.xml"]);
    assert_eq!((run.code, run.ids()), (Some(1), vec!["d1".to_owned()]), "{run:?}");
    assert!(run.err.contains("onrecord read https://daily.example/2"), "{run:?}");
    let run = folder.run(&["read", "none/*.txt"]);
    assert!(run.code == Some(1) && run.err.contains("no file is called like this"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("locked");
    folder.file("locked.txt", REPORT).file("good.txt", REPORT);
    fs::set_permissions(folder.0.join("locked.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(folder.0.join("locked.txt")).is_ok() {
        return; // root may read everything
    }
    let run = folder.run(&["read", "locked.txt", "good.txt"]);
    assert_eq!((run.code, run.ids()), (Some(1), vec!["good".to_owned()]));
    assert!(run.err.contains("locked.txt: cannot be read"), "{}", run.err);
}

#[test]
fn json_lines_from_standard_input() {
    let folder = Folder::new("lines");
    let lines = "{\"id\": \"x\", \"text\": \"One said no.\", \"published\": \"2025-02-24T10:00:00Z\", \"outlet\": \"The Post\"}\n\
        {broken\n{\"html\": \"<p>Two said yes.</p>\", \"title\": \"Two\"}\n";
    let run = folder.run_with(&["read", "-"], lines.as_bytes());
    assert_eq!((run.code, run.ids()), (Some(1), vec!["x".to_owned(), "stdin:3".to_owned()]));
    assert!(run.err.starts_with("onrecord: standard input, line 2: not a JSON object"), "{}", run.err);
    let (document, _) = onrecord_record::json::from_str(run.out.lines().next().unwrap()).unwrap();
    assert_eq!(document.published.unwrap().to_string(), "2025-02-24");
    assert_eq!(document.outlet.as_deref(), Some("The Post"));
}

#[test]
fn what_is_given_goes_into_the_record() {
    let folder = Folder::new("given");
    folder.file("a.b.txt", format!("\u{feff}{}", REPORT.replace('\n', "\r\n")));
    let run = folder.run(&["read", "a.b.txt", "--published", "2025-02-24", "--outlet", "The Post", "--format", "json"]);
    let (document, _) = onrecord_record::json::from_str(&run.out).unwrap();
    assert_eq!((document.id.as_str(), document.title.as_deref()), ("a.b", Some("Bridge talks resume")));
    assert_eq!((document.published.unwrap().to_string().as_str(), document.outlet.as_deref()), ("2025-02-24", Some("The Post")));
    assert_eq!(document.text, REPORT.replace('\n', "\r\n"));
    let run = folder.run_with(&["read", "--id", "mine"], REPORT.as_bytes());
    assert_eq!(run.ids(), ["mine"]);
}

#[test]
fn spans_count_code_points() {
    let folder = Folder::new("points");
    let text = format!("Peace 🕊️ talks e\u{301} שלום\n\n{}", REPORT.lines().last().unwrap().replace("Ana", "Ána"));
    folder.file("a.txt", &text);
    let run = folder.run(&["read", "a.txt"]);
    let (document, record) = onrecord_record::json::from_str(&run.out).unwrap();
    assert_eq!(onrecord_record::check(&document, &record), []);
    let points: Vec<char> = text.chars().collect();
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let mut spans = 0;
    for (raw, actor) in json["actors"].as_array().unwrap().iter().zip(&record.actors) {
        for (raw, bytes) in raw["mentions"].as_array().unwrap().iter().zip(&actor.mentions) {
            let range = raw[0].as_u64().unwrap() as usize..raw[1].as_u64().unwrap() as usize;
            assert_eq!(points[range].iter().collect::<String>(), document.slice(*bytes));
            spans += 1;
        }
    }
    assert!(spans > 0);
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let folder = Folder::new("threads");
    let lines: String = (0..20).map(|n| format!("{}\n", serde_json::json!({"id": n, "text": REPORT.repeat(1 + n % 7)}))).collect();
    folder.file("all.jsonl", lines);
    let one = folder.run(&["read", "all.jsonl", "--threads", "1"]);
    assert_eq!(one.ids(), (0..20).map(|n| n.to_string()).collect::<Vec<_>>());
    for format in ["jsonl", "html", "human", "json"] {
        let one = folder.run(&["read", "all.jsonl", "--format", format, "--threads", "1"]);
        let many = folder.run(&["read", "all.jsonl", "--format", format, "--threads", "5"]);
        assert_eq!((one.code, many.code), (Some(0), Some(0)));
        assert!(one.out == many.out, "{format} differs");
    }
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let folder = Folder::new("pipe");
    let lines: String = (0..600).map(|n| format!("{}\n", serde_json::json!({"id": n, "text": REPORT}))).collect();
    folder.file("all.jsonl", lines);
    let mut child = folder.command(&["read", "all.jsonl"]).spawn().unwrap();
    let mut first = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"onrecord\""));
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn forms_for_people() {
    let folder = Folder::new("people");
    folder.file("a.txt", REPORT).file("b.txt", REPORT);
    let plain = folder.run(&["read", "a.txt", "--format", "human"]);
    assert!(plain.out.contains("\nBridge talks resume\n") && !plain.out.contains('\u{1b}'), "{}", plain.out);
    assert!(!plain.out.contains(" s\n"), "the time taken is for terminals: {}", plain.out);
    let coloured = folder.run(&["read", "a.txt", "--format", "human", "--color", "always"]);
    assert!(coloured.out.contains("\u{1b}["), "{}", coloured.out);
    let narrow = folder.command(&["read", "a.txt", "--format", "human"]).env("COLUMNS", "50").output().map(Run::from).unwrap();
    assert!(narrow.out.lines().all(|line| line.chars().count() <= 50), "{}", narrow.out);
    let ascii = folder.command(&["read", "a.txt", "--format", "human"]).env("LC_ALL", "C").output().map(Run::from).unwrap();
    assert!(ascii.out.is_ascii(), "{}", ascii.out);
    let page = folder.run(&["read", "a.txt", "b.txt", "--format", "html"]);
    assert!(page.out.starts_with("<!DOCTYPE html>") && page.out.matches("</html>").count() == 1, "{}", page.out);
    assert_eq!(page.out.matches("<article class=\"doc\">").count(), 2);
}

#[test]
fn parse_prints_conllu() {
    let folder = Folder::new("parse");
    let run = folder.run_with(&["parse"], "The talks — failed.".as_bytes());
    let rows: Vec<Vec<&str>> =
        run.out.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 10), "{}", run.out);
    let dash = rows.iter().find(|row| row[1] == "—").unwrap();
    assert!(dash[9].starts_with("TokenRange=10:11"), "{dash:?}");
    // Its own output, pretokenized, keeps sentences and tokens.
    let again = folder.run_with(&["parse", "--pretokenized", "-"], run.out.as_bytes());
    let forms = |out: &str| out.lines().filter_map(|l| l.split('\t').nth(1).map(str::to_owned)).collect::<Vec<_>>();
    assert_eq!((again.code, forms(&again.out)), (Some(0), forms(&run.out)));
    let bad = folder.run_with(&["parse", "--pretokenized", "-"], b"1\tThe\n");
    assert!(bad.code == Some(1) && bad.err.starts_with("onrecord: standard input: line 1"), "{bad:?}");
    assert_eq!(folder.run(&["parse", "gone.txt"]).code, Some(1));
}

#[test]
fn own_tables_are_exported_checked_and_read() {
    let folder = Folder::new("lexicon");
    assert_eq!(folder.run(&["lexicon", "export", "all"]).code, Some(0));
    assert_eq!(fs::read_dir(folder.0.join("all")).unwrap().count(), 25);
    let again = folder.run(&["lexicon", "export", "all"]);
    assert_eq!(again.code, Some(1));
    assert!(again.err.contains("is there already; --force overwrites"), "{}", again.err);
    assert_eq!(folder.run(&["lexicon", "export", "all", "--force"]).code, Some(0));
    let checked = folder.run(&["lexicon", "check", "all"]);
    assert_eq!((checked.code, checked.err.as_str()), (Some(0), ""));

    // The built-in tables as one's own change nothing.
    folder.file("r.txt", REPORT);
    let plain = folder.run(&["read", "r.txt"]).out;
    assert_eq!(folder.run(&["read", "r.txt", "--lexicon", "all"]).out, plain);

    let start = folder.run(&["lexicon", "export", "mine", "titles", "events.tsv", "--empty"]);
    assert_eq!(start.code, Some(0));
    let titles = fs::read_to_string(folder.0.join("mine/titles.tsv")).unwrap();
    assert!(titles.starts_with("# ") && titles.lines().all(|l| l.starts_with('#') || l.starts_with("title\t")));
    let unknown = folder.run(&["lexicon", "export", "mine", "words"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("no table \"words\"; the tables are actor_nouns.tsv"), "{}", unknown.err);
}

#[test]
fn own_rows_are_read_with_the_built_in_ones() {
    let folder = Folder::new("own-rows");
    fs::create_dir(folder.0.join("mine")).unwrap();
    folder.file("mine/notes.txt", "no table");
    folder.file("mine/organisations.tsv", "name\tkind\tcountry\tsector\nNorthern Bloc\tarmed_group\tNOR\tREB\n");
    folder.file("mine/events.tsv", "word\tpos\ttype\tmode\nattack\tverb\tPROTEST\tdemo\n");
    let report = "Northern Bloc attacked the army on Monday.";
    let read = |arguments: &[&str]| {
        let run = folder.run_with(&[&["read", "-"], arguments].concat(), report.as_bytes());
        onrecord_record::json::from_str(&run.out).unwrap().1
    };
    let (plain, own) = (read(&[]), read(&["--lexicon", "mine"]));
    let kinds = |record: &onrecord_record::Record| record.events.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>().join(" ");
    assert_eq!((kinds(&plain), kinds(&own)), ("ASSAULT".into(), "PROTEST".into()));
    assert!(own.actors.iter().any(|a| a.name == "Northern Bloc" && a.country.as_deref() == Some("NOR")), "{:?}", own.actors);
}

#[test]
fn mistakes_in_own_tables_are_all_told() {
    let folder = Folder::new("lexicon-mistakes");
    fs::create_dir(folder.0.join("mine")).unwrap();
    folder.file("mine/events.tsv", "word\tpos\ttype\nzap\tverb\tATTACK\nzip\tnoun\tAID\nzup\tpronoun\tAID\n");
    folder.file("mine/event.tsv", "word\n");
    folder.file("mine/titles.tsv", "title\thaed\n");
    for arguments in [&["lexicon", "check", "mine"][..], &["read", "-", "--lexicon", "mine"]] {
        let run = folder.run_with(arguments, REPORT.as_bytes());
        assert_eq!(run.code, Some(if arguments[0] == "read" { 2 } else { 1 }));
        assert_eq!(run.out, "");
        let told: Vec<&str> = run.err.lines().collect();
        assert_eq!(told.len(), 4, "{}", run.err);
        assert!(told[0].starts_with("onrecord: mine/event.tsv, line 1: there is no table \"event.tsv\""), "{}", told[0]);
        assert!(told[1].starts_with("onrecord: mine/events.tsv, line 2: column type: \"ATTACK\": none of AGREE"), "{}", told[1]);
        assert!(told[2].starts_with("onrecord: mine/events.tsv, line 4: column pos: \"pronoun\" is none of verb"), "{}", told[2]);
        assert!(told[3].starts_with("onrecord: mine/titles.tsv, line 1: \"haed\" is no column of titles.tsv"), "{}", told[3]);
    }
    fs::remove_file(folder.0.join("mine/event.tsv")).unwrap();
    folder.file("mine/titles.tsv", b"title\thead\nx\t\xff\n");
    let run = folder.run(&["lexicon", "check", "mine"]);
    assert!(run.err.contains("mine/titles.tsv, line 2: not UTF-8"), "{}", run.err);
    for (path, error) in
        [("none", "cannot read the folder none"), ("bare", "no table in bare; tables are files such as events.tsv")]
    {
        fs::create_dir_all(folder.0.join("bare")).unwrap();
        let run = folder.run_with(&["read", "-", "--lexicon", path], REPORT.as_bytes());
        assert_eq!(run.code, Some(1));
        assert!(run.err.contains(error), "{}", run.err);
    }
}

#[test]
fn records_are_explained() {
    let folder = Folder::new("explain");
    folder.file("r.txt", "Russian forces shelled Kharkiv on Monday, the governor said.");
    let human = folder.run(&["explain", "r.txt", "--format", "human"]);
    assert_eq!((human.code, human.err.as_str()), (Some(0), ""));
    let text = human.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "statement s1 (state), because “said” (cues.tsv, line",
        "event e1 ASSAULT/heavy-weapons, because “shelled” (events.tsv, line",
        "actor “Russian forces” is its subject",
        "reported by “the governor” (statement s1) [event.verb]",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    // One line of JSON a record, in a pipe; spans in code points.
    let lines = folder.run(&["explain", "r.txt"]).out;
    let parsed: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let event = parsed.iter().find(|e| e["id"] == "e1").unwrap();
    assert_eq!((&event["document"], &event["word"]), (&"r".into(), &serde_json::json!([15, 22])));
    assert_eq!(event["words"][0], serde_json::json!({"part": "actor", "span": [0, 14], "path": "is its subject"}));

    let one = folder.run(&["explain", "r.txt", "--record", "s1"]);
    assert_eq!((one.code, one.out.lines().count()), (Some(0), 1));
    let none = folder.run(&["explain", "r.txt", "--record", "e9"]);
    assert_eq!(none.code, Some(1));
    assert!(none.err.contains("there is no record e9"), "{}", none.err);
    assert_eq!(folder.run(&["explain", "no.txt"]).code, Some(1));
}

#[test]
fn rows_of_ones_own_are_explained_as_such() {
    let folder = Folder::new("explain-own");
    fs::create_dir(folder.0.join("mine")).unwrap();
    folder.file("mine/events.tsv", "# mine\nword\tpos\ttype\nattack\tverb\tPROTEST\n");
    let run = folder.run_with(&["explain", "-", "--lexicon", "mine", "--format", "human"], b"Rebels attacked the army on Monday.");
    assert!(run.out.contains("(your events.tsv, line 3: attack PROTEST)"), "{}", run.out);
}

#[test]
fn the_page_about_tables_and_rules_is_the_one_that_is_made() {
    let folder = Folder::new("document");
    let run = folder.run(&["lexicon", "document"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let kept = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/lexicon.md")).unwrap_or_default();
    let differ = run.out.lines().zip(kept.lines().chain(std::iter::repeat(""))).find(|(made, kept)| made != kept);
    let again = "docs/lexicon.md is old; onrecord lexicon document > docs/lexicon.md makes it new";
    assert!(run.out == kept, "{again}; first difference: {differ:?}");
}

#[test]
fn dictionaries_of_petrarch_become_tables_that_are_read() {
    let folder = Folder::new("import");
    folder.file("my.actors.txt", "THE_NORTHERN_BLOC_ [NORREB]\nNORWAY_ [NOR]\n");
    folder.file("my.agents.txt", "!PERSON! = MAN, MEN\nFERRY!PERSON! [~BUS]\n");
    folder.file("my.verbs.txt", "--- STRAND [190] ---\nSTRAND\nMAROON [181]\n- * FERRY [171]\n- NOT * [112]\n");
    let import = ["lexicon", "import", "--from", "petrarch", "--out", "mine", "my.actors.txt", "my.agents.txt", "my.verbs.txt"];
    let run = folder.run(&import);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    for told in ["5 of 7 entries taken: 1 row of actor_nouns.tsv", "not taken, 1: a country", "  my.verbs.txt:5: - NOT * [112]"] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
    assert_eq!(folder.run(&["lexicon", "check", "mine"]).err, "");

    let again = folder.run(&import);
    assert_eq!(again.code, Some(1));
    assert!(again.err.contains("is there already; --force overwrites"), "{}", again.err);

    let read = ["explain", "-", "--lexicon", "mine", "--format", "human"];
    let run = folder.run_with(&read, b"Northern Bloc marooned three soldiers in the north on Monday.");
    let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("event e1 ASSAULT/abduct, because \u{201c}marooned\u{201d} (your events.tsv, line"), "{text}");
    assert!(text.contains("actor \u{201c}Northern Bloc\u{201d} is its subject"), "{text}");
    let none = folder.run(&["lexicon", "import", "--from", "petrarch", "--out", "x", "none.actors.txt"]);
    assert_eq!(none.code, Some(1));
    assert!(none.err.contains("cannot read none.actors.txt"), "{}", none.err);
}
