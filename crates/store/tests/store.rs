//! The kept account against the one made in memory, and everything that must not change it.

mod places;
mod reports;

use onrecord_account::{Decision, Kind, Line, Ref, Report, account, anchors};
use onrecord_record::Record;
use onrecord_store::{Added, Asked, Place, Prepared, Store, StoreError, Verb};
use onrecord_text::Document;
use places::fresh;
use reports::{REPORTS, Told};

const VERSION: &str = "test";
const DAY: &str = "2026-03-07";

/// A copy, and one that tells nothing.
const MORE: [Told; 2] = [
    (
        "c1",
        "2026-03-03",
        "Wire",
        "Rebels attacked an army post near Gao in Mali on Monday, killing 12 soldiers, the army said. Colonel Issa Diarra said the attackers had come from the desert. More soon.",
    ),
    ("n0", "", "", "Calm."),
];

fn reports() -> Vec<(Document, Record)> {
    reports::read(&[&REPORTS[..], &MORE].concat())
}

fn prepared((document, record): &(Document, Record)) -> Prepared {
    Prepared::new(document.clone(), record, VERSION, None)
}

/// Runs a test on an empty store in each database at hand.
fn everywhere(test: impl Fn(&mut Store)) {
    for place in fresh() {
        test(&mut Store::create(place.at.clone()).unwrap());
    }
}

fn add(store: &mut Store, reports: &[(Document, Record)]) -> Vec<Added> {
    store.add(reports.iter().map(prepared), DAY).unwrap()
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
        everywhere(|store| {
            for i in order {
                assert_eq!(add(store, &reports[i..=i]), [Added::New]);
            }
            assert_same(&lines(store), &expected, &format!("{order:?}"));
            assert_eq!(store.check().unwrap(), []);
        });
    }
}

#[test]
fn adding_again_changes_nothing_and_other_words_under_one_id_are_kept_beside() {
    let reports = reports();
    everywhere(|store| {
        add(store, &reports);
        let before = lines(store);
        assert!(add(store, &reports).iter().all(|added| *added == Added::Known));
        assert!(store.digests(VERSION).unwrap().contains(&onrecord_store::digest(&reports[0].0)));
        assert_same(&lines(store), &before, "as before");
        let changed = (Document::new("a1", "Rain."), Record::default());
        assert_eq!(add(store, &[changed.clone(), changed]), [Added::Changed, Added::Known]);
        assert_eq!(store.documents().unwrap(), reports.len() + 1);
        assert_eq!(store.check().unwrap(), []);
    });
}

#[test]
fn another_reading_replaces_the_first_and_names_that_are_gone_lead_on() {
    let reports = reports();
    everywhere(|store| {
        add(store, &reports);
        let before = lines(store);
        // A reader that finds nothing in the first report, then the old one again.
        let mut blind = reports.clone();
        blind[0].1 = Record { diagnostics: Vec::new(), ..Record::default() };
        let newer = |report| Prepared::new(report, &Record::default(), "newer", None);
        assert_eq!(store.add(vec![newer(reports[0].0.clone())], DAY).unwrap(), [Added::Reread]);
        assert_same(&lines(store), &in_memory(&blind, &[]), "read anew");
        assert_eq!(store.check().unwrap(), []);
        let changes = store.changes(0).unwrap();
        let attack = anchor(&reports[0], Kind::Event).name("event");
        let gone = changes.iter().find(|change| change.verb == "withdrawn" && change.was == attack).expect("it is said");
        assert!(gone.becomes.as_ref().is_some_and(|name| name.starts_with("event-")), "{gone:?}");
        add(store, &reports[..1]);
        assert_same(&lines(store), &before, "read as at first");
        assert_eq!(store.check().unwrap(), []);
    });
}

#[test]
fn copies_are_no_second_witness_and_tolls_stand_side_by_side() {
    everywhere(|store| {
        add(store, &reports());
        let events = store.ask(Kind::Event, &Asked { what: vec!["assault".into()], ..Asked::default() }).unwrap();
        let told = events.iter().find_map(|line| match line {
            Line::Event { reports, witnesses, .. } if reports.iter().any(|r| r.document == "c1") => {
                Some((reports.len(), *witnesses))
            }
            _ => None,
        });
        let (reports, witnesses) = told.expect("the copy tells the attack");
        assert!(reports > 2);
        assert_eq!(witnesses, reports - 1);
        let figures = store.figures(&Asked::default(), true).unwrap();
        assert!(figures.iter().any(|line| matches!(line, Line::Figure { series, .. } if series.len() > 2)), "{figures:?}");
    });
}

/// The first of its kind in a report.
fn anchor((document, record): &(Document, Record), kind: Kind) -> Ref {
    Ref::new(document.id.as_str(), anchors(kind, record)[0].as_str())
}

#[test]
fn a_decision_stands_and_undone_it_leaves_no_trace() {
    let reports = reports();
    everywhere(|store| {
        add(store, &reports);
        let before = lines(store);
        let (a, b) = (anchor(&reports[0], Kind::Event), anchor(&reports[1], Kind::Event));
        let (x, y) = (a.name("event"), b.name("event"));
        let never = store.decide(Verb::Never, &x, &y, "ann", "another post", DAY).unwrap();
        assert_ne!(lines(store), before);
        assert_same(&lines(store), &in_memory(&reports, &[Decision::Never { a: a.clone(), b: b.clone() }]), "decided");
        store.undo(never, DAY).unwrap();
        assert_same(&lines(store), &before, "as before");
        assert!(matches!(store.undo(never, DAY), Err(StoreError::Refused(_))));
        let far = anchor(&reports[3], Kind::Event);
        let merge = store.decide(Verb::Merge, &x, &far.name("event"), "ann", "", DAY).unwrap();
        assert_same(&lines(store), &in_memory(&reports, &[Decision::Merge { a, b: far }]), "decided");
        assert!(store.changes(0).unwrap().iter().any(|change| change.cause == format!("decision {merge}")));
        // It survives another reading by a newer program.
        let newer = reports.iter().map(|(d, r)| Prepared::new(d.clone(), r, "newer", None));
        assert!(store.add(newer, DAY).unwrap().iter().all(|added| *added == Added::Reread));
        store.undo(merge, DAY).unwrap();
        assert_same(&lines(store), &before, "as before");
        assert_eq!(store.check().unwrap(), []);
    });
}

#[test]
fn actors_of_one_identity_are_kept_apart_and_brought_together() {
    let reports = reports();
    let army = |i: usize| {
        let (document, record) = &reports[i];
        let number = record.actors.iter().position(|actor| actor.name.contains("army")).expect("an army");
        Ref::new(document.id.as_str(), anchors(Kind::Actor, record)[number].as_str())
    };
    let (a, b) = (army(0), army(2));
    everywhere(|store| {
        add(store, &reports);
        let before = lines(store);
        for verb in [Verb::Never, Verb::Merge] {
            let made = store.decide(verb, &a.name("actor"), &b.name("actor"), "ann", "", DAY).unwrap();
            let decision = match verb {
                Verb::Never => Decision::Never { a: a.clone(), b: b.clone() },
                Verb::Merge => Decision::Merge { a: a.clone(), b: b.clone() },
            };
            assert_same(&lines(store), &in_memory(&reports, &[decision]), "decided");
            assert_eq!(store.check().unwrap(), []);
            store.undo(made, DAY).unwrap();
            assert_same(&lines(store), &before, "as before");
            assert_eq!(store.check().unwrap(), []);
        }
    });
}

#[test]
fn questions_find_by_words_people_places_and_days() {
    everywhere(|store| {
        add(store, &reports());
        let ask = |kind: Kind, asked: Asked| store.ask(kind, &asked).unwrap().len();
        let who = |name: &str| Asked { who: vec![name.into()], ..Asked::default() };
        assert!(ask(Kind::Statement, who("solberg")) >= 1);
        assert!(ask(Kind::Statement, who("kari solb")) >= 1);
        assert_eq!(ask(Kind::Statement, who("nobody%")), 0);
        assert_eq!(ask(Kind::Statement, who("%")), 0);
        assert_eq!(ask(Kind::Actor, who("Solberg")), 1);
        let words = |words: &str| Asked { words: Some(words.parse().unwrap()), ..Asked::default() };
        assert!(ask(Kind::Statement, words("\"sit at that table\"")) >= 1);
        assert_eq!(ask(Kind::Statement, words("\"at sit that table\"")), 0);
        assert_eq!(ask(Kind::Event, words("sold* -Gao -Norway")), 0);
        let all = ask(Kind::Event, Asked::default());
        let limited = ask(Kind::Event, Asked { limit: Some(2), ..Asked::default() });
        assert!(all > 2);
        assert_eq!(limited, 2);
        let in_mali = Asked { place: vec!["MLI".into(), "nowhere".into()], ..Asked::default() };
        assert!((1..all).contains(&ask(Kind::Event, in_mali)));
        let in_gao = Asked { place: vec!["Gao".into()], what: vec!["assault".into()], ..Asked::default() };
        assert!(ask(Kind::Event, in_gao) >= 1);
        let of_post = Asked { outlet: vec!["post".into()], ..Asked::default() };
        assert!((1..all).contains(&ask(Kind::Event, of_post)));
        let long_ago = Asked { until: Some(1_000), ..Asked::default() };
        assert_eq!(ask(Kind::Event, long_ago), 0);
        assert_eq!(store.search(&"Gao AND soldiers".parse().unwrap()).unwrap().len(), 4);
    });
}

#[test]
fn no_store_is_opened_by_mistake() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open(folder.path().join("none.db").as_path()), Err(StoreError::Missing(_))));
    let text = folder.path().join("notes.txt");
    let prose = "not a database, though long enough to be taken for the head of one if nobody looks at what it says";
    std::fs::write(&text, prose.repeat(20)).unwrap();
    assert!(matches!(Store::create(text.as_path()), Err(StoreError::Database { .. })));
    for place in fresh() {
        if matches!(place.at, Place::Server(_)) {
            assert!(matches!(Store::open(place.at.clone()), Err(StoreError::Missing(_))));
        }
    }
}

#[test]
fn two_that_write_by_turns_give_the_account_of_one() {
    let reports = reports();
    for (place, single) in fresh().into_iter().zip(fresh()) {
        let mut one = Store::create(place.at.clone()).unwrap();
        let mut other = Store::open(place.at.clone()).unwrap();
        let mut alone = Store::create(single.at.clone()).unwrap();
        for (i, report) in reports[..3].iter().enumerate() {
            add(if i % 2 == 0 { &mut one } else { &mut other }, std::slice::from_ref(report));
        }
        add(&mut alone, &reports[..3]);
        let told_twice = one.ask(Kind::Event, &Asked::default()).unwrap().into_iter().find_map(|line| match line {
            Line::Event { id, reports, .. } if reports.len() > 1 => Some((id, reports[1].document.clone())),
            _ => None,
        });
        let (name, report) = told_twice.expect("some event is told twice");
        // What the one remembers must not outlive what the other decides.
        other.split(&name, &report, "ann", "they are two", DAY).unwrap();
        alone.split(&name, &report, "ann", "they are two", DAY).unwrap();
        add(&mut one, &reports[3..]);
        add(&mut alone, &reports[3..]);
        add(&mut other, &reports);
        assert_same(&lines(&one), &lines(&alone), "by turns");
        assert!(one.check().unwrap().is_empty());
    }
}
