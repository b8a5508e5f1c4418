//! Files of the first programs: copied, carried over, tied anew.

mod reports;

use onrecord_account::{Decision, Kind, Ref, Report, account, anchors};
use onrecord_store::{Store, StoreError, Verb, digest};
use reports::REPORTS;
use rusqlite::{Connection, params};
use std::path::Path;

/// The tables as the first program made them.
const TABLES: &str = "
    CREATE TABLE document (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, published TEXT, outlet TEXT, title TEXT,
      url TEXT, language TEXT NOT NULL, text BLOB NOT NULL, original BLOB, version TEXT NOT NULL);
    CREATE TABLE reading (document INTEGER NOT NULL, version TEXT NOT NULL, record BLOB NOT NULL, PRIMARY KEY (document, version));
    CREATE TABLE thing (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, kind INTEGER NOT NULL, number INTEGER NOT NULL,
      record TEXT NOT NULL, anchor TEXT NOT NULL, name TEXT NOT NULL UNIQUE, grp INTEGER NOT NULL, type TEXT, first INTEGER, last INTEGER,
      place TEXT, country TEXT, factuality TEXT);
    CREATE TABLE pair (a INTEGER NOT NULL, b INTEGER NOT NULL, score REAL NOT NULL, why TEXT NOT NULL, PRIMARY KEY (a, b));
    CREATE TABLE decision (id INTEGER PRIMARY KEY, made TEXT NOT NULL, who TEXT NOT NULL, verb TEXT NOT NULL, a TEXT NOT NULL,
      b TEXT NOT NULL, why TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0);
    PRAGMA application_id = 1869509219; PRAGMA user_version = 1;";

/// Names had twelve digits then.
fn short(name: &str) -> &str {
    &name[..name.len() - 4]
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 3).unwrap()
}

#[test]
fn what_the_first_program_kept_is_carried_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let reports = reports::read(&REPORTS);
    let attack = |i: usize| Ref::new(reports[i].0.id.as_str(), anchors(Kind::Event, &reports[i].1)[0].as_str());
    let names = [attack(0).name("event"), attack(1).name("event")];
    {
        let old = Connection::open(&path).unwrap();
        old.execute_batch(TABLES).unwrap();
        for (document, record) in &reports {
            let published = document.published.map(|day| day.to_string());
            let original = packed(b"<p>as it came</p>");
            old.execute(
                "INSERT INTO document (name, digest, published, outlet, language, text, original, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '0.1.0')",
                params![document.id, digest(document), published, document.outlet, document.language, packed(document.text.as_bytes()), original],
            )
            .unwrap();
            let record = packed(&serde_json::to_vec(record).unwrap());
            old.execute("INSERT INTO reading VALUES (last_insert_rowid(), '0.1.0', ?1)", [record]).unwrap();
        }
        let decided =
            "INSERT INTO decision (made, who, verb, a, b, why) VALUES ('2026-03-08', 'ann', 'never', ?1, ?2, 'another post')";
        old.execute(decided, [short(&names[0]), short(&names[1])]).unwrap();
        old.execute(decided, ["event-0123456789ab", short(&names[1])]).unwrap();
    }
    let before = std::fs::read(&path).unwrap();
    let store = Store::open(path.as_path()).unwrap();
    let told: Vec<Report> = reports.iter().map(|(document, record)| Report { document, record }).collect();
    let expected = account(&told, &[Decision::Never { a: attack(0), b: attack(1) }]).to_json_lines();
    let mut lines = String::new();
    let done = store.account::<StoreError>(|line| {
        lines += &(serde_json::to_string(&line).unwrap() + "\n");
        Ok(())
    });
    done.unwrap();
    assert_eq!(lines, expected);
    assert_eq!(store.check().unwrap(), []);
    assert_eq!(store.original("a1").unwrap().as_deref(), Some(b"<p>as it came</p>".as_slice()));
    let decisions = store.decisions().unwrap();
    assert_eq!((decisions.len(), decisions[0].verb, &decisions[0].a), (2, Verb::Never, &names[0]));
    assert!(store.changes(0).unwrap().iter().all(|change| change.cause.starts_with("decision")));
    // What it was lies beside it, as it was.
    let copy = Connection::open(folder.path().join("x.db.version-1")).unwrap();
    assert_eq!(copy.query_row("SELECT count(*) FROM reading", [], |row| row.get::<_, i64>(0)).unwrap(), reports.len() as i64);
    assert_eq!(names_in(folder.path()), ["x.db", "x.db.version-1"], "with the journals of what is open left out");
    assert_ne!(std::fs::read(&path).unwrap(), before);
}

fn names_in(folder: &Path) -> Vec<String> {
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = all.filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm")).collect();
    names.sort();
    names
}

#[test]
fn what_cannot_be_read_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE document (id INTEGER); PRAGMA application_id = 1869509219; PRAGMA user_version = 1;")
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = Store::open(path.as_path()).err().expect("these are no tables of ours");
    assert!(
        matches!(error, StoreError::TooOld(..)) && error.to_string().contains("export its reports with that program"),
        "{error}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);
}
