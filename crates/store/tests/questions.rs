//! Questions as people type them, of both databases.

mod places;

use onrecord_account::{Kind, Line};
use onrecord_reader::Reader;
use onrecord_store::{Asked, Prepared, Store};
use onrecord_text::Document;
use places::fresh;

const VERSION: &str = "test";
const DAY: &str = "2026-03-09T12:00:00Z";

/// Id, day, outlet, text.
const REPORTS: [(&str, &str, &str, &str); 6] = [
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
    ("n0", "", "", "Calm near Gao."),
];

/// Runs a test on a store of these reports in each database at hand.
fn everywhere(test: impl Fn(&mut Store)) {
    let reader = Reader::builtin();
    for place in fresh() {
        let mut store = Store::create(place.at.clone()).unwrap();
        let prepared = REPORTS.iter().map(|(id, published, outlet, text)| {
            let mut document = Document::new(*id, *text);
            document.published = published.parse().ok();
            document.outlet = Some((*outlet).to_owned()).filter(|outlet| !outlet.is_empty());
            let record = reader.read(&document);
            Prepared::new(document, &record, VERSION, None)
        });
        store.add(prepared, DAY).unwrap();
        test(&mut store);
    }
}

fn asked(query: &str) -> Asked {
    query.parse().unwrap()
}

#[test]
fn reports_are_found_by_their_words_and_by_one_record_that_fits_all() {
    everywhere(|store| {
        let found = |query: &str| {
            let hits = store.search(&asked(query)).unwrap();
            assert_eq!(store.count_reports(&asked(query)).unwrap(), hits.len(), "{query}");
            hits.iter().map(|(line, _)| line.id().to_owned()).collect::<Vec<_>>()
        };
        let mut gao = found("Gao");
        gao.sort();
        assert_eq!(gao, ["a1", "a2", "a3", "n0"]);
        assert_eq!(found("Gao since:2026-03-01"), ["a3", "a2", "a1"], "the latest first");
        assert_eq!(found("outlet:herald"), ["a3", "b1", "a1"]);
        assert_eq!(found("outlet:Herald,Post -Gao talks"), ["b2", "b1"]);
        assert_eq!(found("type:assault"), ["a3", "a2", "a1"]);
        assert_eq!(
            found("type:assault place:MLI outlet:Herald"),
            ["a3", "a1"].into_iter().filter(|id| place_is_told(store, id)).collect::<Vec<_>>()
        );
        assert_eq!(found("who:solberg"), ["b1"]);
        // The offer is Norway's, the words are Solberg's: no record is both.
        assert_eq!(found("who:solberg type:offer"), Vec::<&str>::new());
        assert_eq!(found("who:norway type:offer"), ["b1"]);
        assert_eq!(found("until:2026-02"), Vec::<&str>::new());
        assert_eq!(store.search(&Asked { limit: Some(1), ..asked("type:assault") }).unwrap().len(), 1);
    });
}

fn place_is_told(store: &Store, id: &str) -> bool {
    let events = store.kept(id).unwrap().record.events;
    events.iter().any(|event| event.place.as_ref().is_some_and(|place| place.country.as_deref() == Some("MLI")))
}

#[test]
fn a_report_shows_the_words_that_were_asked_for_or_those_of_its_record() {
    everywhere(|store| {
        let shown = |query: &str| store.search(&asked(query)).unwrap().into_iter().map(|(_, words)| words).collect::<Vec<_>>();
        assert!(shown("\"sit at that table\"")[0].contains("We will not sit"), "{:?}", shown("\"sit at that table\""));
        assert!(shown("type:refusal")[0].contains("take part"), "{:?}", shown("type:refusal"));
    });
}

#[test]
fn counts_are_those_of_the_answers() {
    everywhere(|store| {
        for kind in [Kind::Event, Kind::Statement, Kind::Position, Kind::Actor] {
            for query in ["", "Gao", "since:2026-03-04", "who:army", "outlet:Herald"] {
                let all = store.ask(kind, &asked(query)).unwrap();
                assert_eq!(store.count(kind, &asked(query)).unwrap(), all.len(), "{kind:?} {query}");
            }
        }
        assert!(store.ask(Kind::Event, &asked("")).unwrap().iter().all(|line| matches!(line, Line::Event { .. })));
    });
}
