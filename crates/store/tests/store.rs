//! The kept account against the one made in memory, and everything that must not change it.

use onrecord_account::{Decision, Kind, Line, Ref, Report, account, anchors};
use onrecord_reader::Reader;
use onrecord_record::Record;
use onrecord_store::{Added, Asked, Prepared, Store, StoreError, Verb};
use onrecord_text::Document;
use std::path::Path;

const VERSION: &str = "test";

fn reports() -> Vec<(Document, Record)> {
    let texts = [
        (
            "a1",
            "2026-03-03",
            "Herald",
            "Rebels attacked an army post near Gao in Mali on Monday, killing 12 soldiers, the army said. Colonel Issa Diarra said the attackers had come from the desert.",
        ),
        (
            "a2",
            "2026-03-03",
            "Radio Sahel",
            "At least 15 soldiers were killed on Monday when rebels attacked an army post near Gao, residents said. Mali's government promised a reply.",
        ),
        (
            "a3",
            "2026-03-05",
            "Herald",
            "The army said 14 soldiers had been killed in Monday's attack on its post near Gao. It had spoken of 12 before.",
        ),
        (
            "b1",
            "2026-03-04",
            "Herald",
            "Norway offered on Tuesday to host talks between Chad and Sudan. Norwegian Foreign Minister Kari Solberg said both had accepted.",
        ),
        (
            "b2",
            "2026-03-06",
            "Post",
            "Sudan refused to take part in talks in Norway. \"We will not sit at that table,\" Sudanese Foreign Minister Adil Omar said.",
        ),
        (
            "c1",
            "2026-03-03",
            "Wire",
            "Rebels attacked an army post near Gao in Mali on Monday, killing 12 soldiers, the army said. Colonel Issa Diarra said the attackers had come from the desert. More soon.",
        ),
        ("n0", "", "", "Calm."),
    ];
    let reader = Reader::builtin();
    texts
        .into_iter()
        .map(|(id, published, outlet, text)| {
            let mut document = Document::new(id, text);
            document.published = published.parse().ok();
            document.outlet = Some(outlet.to_owned()).filter(|o| !o.is_empty());
            let record = reader.read(&document);
            (document, record)
        })
        .collect()
}

fn prepared((document, record): &(Document, Record)) -> Prepared {
    Prepared::new(document.clone(), record, VERSION, None)
}

fn store(folder: &Path) -> Store {
    Store::create(&folder.join("x.db")).unwrap()
}

fn lines(store: &Store) -> Vec<String> {
    let mut lines = Vec::new();
    store
        .account::<StoreError>(|line| {
            lines.push(serde_json::to_string(&line).unwrap());
            Ok(())
        })
        .unwrap();
    lines
}

fn in_memory(reports: &[(Document, Record)], decisions: &[Decision]) -> Vec<String> {
    let reports: Vec<Report> = reports.iter().map(|(document, record)| Report { document, record }).collect();
    account(&reports, decisions).to_json_lines().lines().map(str::to_owned).collect()
}

/// The first line in which the two differ.
fn assert_same(found: &[String], expected: &[String], when: &str) {
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected, "{when}");
    }
    assert_eq!(found.len(), expected.len(), "{when}");
}

#[test]
fn the_kept_account_is_the_account_whatever_came_first() {
    let reports = reports();
    let expected = in_memory(&reports, &[]);
    for order in [[0, 1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1, 0], [5, 2, 6, 0, 4, 1, 3]] {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store(folder.path());
        for i in order {
            assert_eq!(store.add(vec![prepared(&reports[i])]).unwrap(), [Added::New]);
        }
        assert_same(&lines(&store), &expected, &format!("{order:?}"));
        assert_eq!(store.check().unwrap(), []);
    }
}

#[test]
fn adding_again_changes_nothing_and_other_words_under_one_id_are_kept_beside() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path());
    let reports = reports();
    store.add(reports.iter().map(prepared).collect()).unwrap();
    let before = lines(&store);
    let again = store.add(reports.iter().map(prepared).collect()).unwrap();
    assert!(again.iter().all(|added| *added == Added::Known));
    assert!(store.digests(VERSION).unwrap().contains(&onrecord_store::digest(&reports[0].0)));
    assert_same(&lines(&store), &before, "as before");
    let changed = (Document::new("a1", "Rain."), Record::default());
    assert_eq!(store.add(vec![prepared(&changed), prepared(&changed)]).unwrap(), [Added::Changed, Added::Known]);
    assert_eq!(store.documents().unwrap(), reports.len() + 1);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn copies_are_no_second_witness_and_tolls_stand_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path());
    store.add(reports().iter().map(prepared).collect()).unwrap();
    let events = store.ask(Kind::Event, &Asked { what: Some("assault".into()), ..Asked::default() }).unwrap();
    let told = events.iter().find_map(|line| match line {
        Line::Event { reports, witnesses, .. } if reports.iter().any(|r| r.document == "c1") => Some((reports.len(), *witnesses)),
        _ => None,
    });
    let (reports, witnesses) = told.expect("the copy tells the attack");
    assert!(reports > 2);
    assert_eq!(witnesses, reports - 1);
    let figures = store.figures(&Asked::default(), true).unwrap();
    assert!(figures.iter().any(|line| matches!(line, Line::Figure { series, .. } if series.len() > 2)), "{figures:?}");
}

#[test]
fn a_decision_stands_and_undone_it_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path());
    let reports = reports();
    store.add(reports.iter().map(prepared).collect()).unwrap();
    let before = lines(&store);
    let event = |i: usize| Ref::new(reports[i].0.id.as_str(), anchors(Kind::Event, &reports[i].1)[0].as_str());
    let (a, b) = (event(0), event(1));
    let (x, y) = (a.name("event"), b.name("event"));
    let never = store.decide(Verb::Never, &x, &y, "ann", "another post", "2026-03-07").unwrap();
    assert_ne!(lines(&store), before);
    assert_same(&lines(&store), &in_memory(&reports, &[Decision::Never { a: a.clone(), b: b.clone() }]), "decided");
    store.undo(never).unwrap();
    assert_same(&lines(&store), &before, "as before");
    assert!(matches!(store.undo(never), Err(StoreError::Refused(_))));
    let far = event(3);
    let merge = store.decide(Verb::Merge, &x, &far.name("event"), "ann", "", "2026-03-07").unwrap();
    assert_same(&lines(&store), &in_memory(&reports, &[Decision::Merge { a, b: far }]), "decided");
    // It survives another reading by a newer program.
    let reread = store.add(reports.iter().map(|(d, r)| Prepared::new(d.clone(), r, "newer", None)).collect()).unwrap();
    assert!(reread.iter().all(|added| *added == Added::Reread));
    store.undo(merge).unwrap();
    assert_same(&lines(&store), &before, "as before");
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn questions_find_by_words_people_places_and_days() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path());
    store.add(reports().iter().map(prepared).collect()).unwrap();
    let found = |asked: Asked| store.ask(Kind::Statement, &asked).unwrap().len();
    assert!(found(Asked { who: Some("solberg".into()), ..Asked::default() }) >= 1);
    assert_eq!(found(Asked { who: Some("nobody%".into()), ..Asked::default() }), 0);
    assert!(found(Asked { words: Some("\"sit at that table\"".into()), ..Asked::default() }) >= 1);
    let hits = store.search("Gao AND soldiers", 10).unwrap();
    assert_eq!(hits.len(), 4);
    assert!(matches!(store.search("\"", 10), Err(StoreError::Refused(_))));
}

#[test]
fn no_store_is_opened_by_mistake() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open(&folder.path().join("none.db")), Err(StoreError::Missing(_))));
    let text = folder.path().join("notes.txt");
    std::fs::write(
        &text,
        "not a database, though long enough to be taken for the head of one if nobody looks at what it says".repeat(20),
    )
    .unwrap();
    assert!(matches!(Store::create(&text), Err(StoreError::Database { .. })));
}
