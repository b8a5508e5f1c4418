//! Questions as people type them, of both databases.

mod places;
mod reports;

use onrecord_account::{Kind, Line};
use onrecord_store::{Answer, Asked, Cell, Cursor, Prepared, Store, StoreError};
use places::fresh;
use reports::{REPORTS, Told};
use std::time::Duration;

const VERSION: &str = "test";
const DAY: &str = "2026-03-09T12:00:00Z";

/// One that tells nothing.
const CALM: Told = ("n0", "", "", "Calm near Gao.");

/// Runs a test on a store of these reports in each database at hand.
fn everywhere(test: impl Fn(&mut Store)) {
    let reports = reports::read(&[&REPORTS[..], &[CALM]].concat());
    for place in fresh() {
        let mut store = Store::create(place.at.clone()).unwrap();
        let prepared = reports.iter().map(|(document, record)| Prepared::new(document.clone(), record, VERSION, None));
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

/// The name of the one attack that all reports near Gao tell.
fn attack(store: &Store) -> String {
    store.ask(Kind::Event, &asked("type:assault")).unwrap()[0].id().to_owned()
}

fn tellers(store: &Store, name: &str) -> Vec<String> {
    store.why(name).unwrap().sources.into_iter().map(|source| source.document).collect()
}

#[test]
fn why_tells_the_words_the_rule_and_the_reasons() {
    everywhere(|store| {
        let why = store.why(&attack(store)).unwrap();
        assert_eq!(why.name.as_deref(), Some(why.asked.as_str()));
        assert!(why.sources.len() > 2 && why.joined.iter().all(|pair| pair.a < pair.b && !pair.why.is_empty()), "{why:?}");
        for source in &why.sources {
            let text = store.kept(&source.document).unwrap().document.text;
            assert!(source.words.split(" … ").all(|words| text.contains(words)), "{source:?}");
            assert!(!source.why.is_empty() && source.version == VERSION);
        }
        for line in store.figures(&asked(""), false).unwrap() {
            let why = store.why(line.id()).unwrap();
            assert_eq!(why.line.as_ref(), Some(&line));
            assert!(matches!(&line, Line::Figure { series, .. } if series.len() == why.sources.len()), "{why:?}");
        }
        // The figures of every report lead to the series they are in.
        let kept = store.kept("a3").unwrap();
        let figure = &kept.record.figures[0];
        let name = onrecord_account::Ref::new("a3", format!("{}@{}", figure.measure, figure.span.start)).name("figure");
        assert_eq!(store.why(&name).unwrap().name, Some(store.figures(&asked("type:assault"), false).unwrap()[0].id().to_owned()));
        assert!(store.why("event-0000000000000000").is_err() && store.why("figure-0000000000000000").is_err());
        assert!(store.why("nonsense").is_err());
    });
}

#[test]
fn a_report_is_taken_out_of_a_line_and_put_back() {
    everywhere(|store| {
        let name = attack(store);
        let before = tellers(store, &name);
        assert!(before.contains(&"a2".to_owned()) && before.len() > 2);
        let decisions = store.split(&name, "a2", "ann", "another post", DAY).unwrap();
        assert_eq!(tellers(store, &name).iter().filter(|id| *id == "a2").count(), 0);
        assert_eq!(tellers(store, &name).len(), before.len() - 1, "the rest stays together");
        let changes = store.changes(0).unwrap();
        let split = changes.iter().find(|change| change.verb == "split" && change.was == name).expect("the feed says so");
        assert_eq!(tellers(store, split.becomes.as_ref().unwrap()), ["a2"]);
        assert!(store.why(&name).unwrap().decisions.len() == decisions.len());
        for number in decisions {
            store.undo(number, DAY).unwrap();
        }
        assert_eq!(tellers(store, &name), before);
        assert_eq!(store.why(split.becomes.as_ref().unwrap()).unwrap().name, Some(name.clone()), "the other name leads back");
        assert!(
            store.split(&name, "b1", "", "", DAY).is_err() && store.split("event-0000000000000000", "a1", "", "", DAY).is_err()
        );
        assert_eq!(store.check().unwrap(), []);
    });
}

#[test]
fn a_name_that_nothing_tells_any_more_says_so() {
    everywhere(|store| {
        let refusal = store.ask(Kind::Position, &asked("type:refusal")).unwrap()[0].id().to_owned();
        let figure = store.figures(&asked("outlet:\"Radio Sahel\""), false).unwrap()[0].clone();
        for id in ["a1", "a2", "a3", "b2"] {
            let document = store.kept(id).unwrap().document;
            store.add([Prepared::new(document, &onrecord_record::Record::default(), "newer", None)], DAY).unwrap();
        }
        for name in [refusal.as_str(), figure.id()] {
            let why = store.why(name).unwrap();
            assert_eq!((why.name, why.line), (None, None), "{name}");
        }
        assert!(store.why(&refusal).unwrap().changes.iter().any(|change| change.verb == "withdrawn"));
    });
}

#[test]
fn a_story_is_told_from_the_beginning() {
    everywhere(|store| {
        let lines = store.story(&asked("")).unwrap();
        let days: Vec<Option<i32>> =
            lines.iter().filter(|line| matches!(line, Line::Event { .. })).map(onrecord_account::first_day).collect();
        assert!(days.len() > 3 && days.is_sorted(), "{days:?}");
        let events = lines.iter().position(|line| line.id() == attack(store)).unwrap();
        assert!(matches!(&lines[events + 1], Line::Figure { event: Some(event), .. } if *event == attack(store)));
    });
}

#[test]
fn sql_asks_and_changes_nothing() {
    everywhere(|store| {
        let ask = |query: &str| {
            let mut answer = Vec::new();
            store.sql::<StoreError>(query, Some(Duration::from_secs(20)), |part| {
                answer.push(part);
                Ok(())
            })?;
            Ok::<_, StoreError>(answer)
        };
        let events = store.ask(Kind::Event, &asked("")).unwrap();
        let mut names: Vec<&str> = events.iter().map(Line::id).collect();
        names.sort_unstable();
        let mut expected = vec![Answer::Columns(vec!["id".into()])];
        expected.extend(names.iter().map(|name| Answer::Row(vec![Cell::Text((*name).to_owned())])));
        assert_eq!(ask("SELECT id FROM event ORDER BY id").unwrap(), expected);
        for (view, count) in [("statement", Kind::Statement), ("position", Kind::Position), ("actor", Kind::Actor)] {
            let count = i64::try_from(store.count(count, &asked("")).unwrap()).unwrap();
            assert_eq!(ask(&format!("SELECT count(*) FROM {view};")).unwrap()[1], Answer::Row(vec![Cell::Int(count)]), "{view}");
        }
        let solberg = "SELECT DISTINCT a.name FROM party p JOIN actor a ON a.id = p.actor WHERE p.report = 'b1' AND p.role = 'speaker' \
                       AND a.name LIKE 'Kari%'";
        assert_eq!(ask(solberg).unwrap()[1], Answer::Row(vec![Cell::Text("Kari Solberg".into())]));
        let day = ask("SELECT since FROM telling WHERE kind = 'event' AND report = 'a1'").unwrap();
        assert_eq!(day[1], Answer::Row(vec![Cell::Text("2026-03-02".into())]));
        assert!(
            matches!(&ask("SELECT text FROM document").unwrap()[1], Answer::Row(row) if matches!(row[0], Cell::Binary(n) if n > 0))
        );
        assert_eq!(ask("SELECT NULL, 1.5").unwrap()[1], Answer::Row(vec![Cell::Null, Cell::Real(1.5)]));
        assert_eq!(ask("SELECT count(*) FROM words").unwrap().len(), 2);
        let before = store.documents().unwrap();
        for query in [
            "DELETE FROM document",
            "WITH gone AS (SELECT 1) DELETE FROM decision",
            "SELECT 1; DELETE FROM decision",
            "COMMIT",
            "ATTACH 'other.db' AS other",
            "PRAGMA query_only = OFF",
            "SELECT nothing FROM nowhere",
            "",
        ] {
            assert!(matches!(ask(query), Err(StoreError::Refused(_))), "{query}");
        }
        assert_eq!(store.documents().unwrap(), before);
        let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        let stopped = store.sql::<StoreError>(endless, Some(Duration::from_secs(1)), |_| Ok(())).unwrap_err().to_string();
        assert!(stopped.contains("--timeout"), "{stopped}");
        // The store is as it was before.
        assert_eq!(store.ask(Kind::Event, &asked("")).unwrap().len(), events.len());
        assert_eq!(store.check().unwrap(), []);
    });
}

#[test]
fn pages_give_what_the_whole_answer_has() {
    everywhere(|store| {
        for kind in [Kind::Actor, Kind::Event, Kind::Position, Kind::Statement] {
            for query in ["", "since:2026-03-01", "Gao", "outlet:herald"] {
                let whole: Vec<String> = store.ask(kind, &asked(query)).unwrap().iter().map(|line| line.id().to_owned()).collect();
                for limit in [1, 2, 3, 50] {
                    let asked = Asked { limit: Some(limit), ..asked(query) };
                    let (mut paged, mut after) = (Vec::new(), None);
                    loop {
                        let page = store.page(kind, &asked, after.as_ref()).unwrap();
                        assert!(page.lines.len() <= limit);
                        paged.extend(page.lines.iter().map(|line| line.id().to_owned()));
                        // The place is what an address keeps of it.
                        after = page.next.map(|next| next.to_string().parse::<Cursor>().unwrap());
                        if after.is_none() {
                            break;
                        }
                        assert_eq!(page.lines.len(), limit, "a page with others behind it is full");
                    }
                    assert_eq!(paged, whole, "{kind:?} {query:?} {limit}");
                }
            }
        }
        let series = store.figures(&asked(""), false).unwrap();
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = store.page_of_figures(&Asked { limit: Some(1), ..asked("") }, false, after.as_ref()).unwrap();
            paged.extend(page.lines);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert!(!series.is_empty());
        assert_eq!(paged, series);
    });
}

#[test]
fn an_answer_is_counted_by_its_lines() {
    everywhere(|store| {
        let events = store.ask(Kind::Event, &asked("")).unwrap();
        let facets = store.facets(Kind::Event, &asked("")).unwrap();
        assert_eq!(facets.lines, events.len());
        assert!(facets.whole);
        let assaults = store.ask(Kind::Event, &asked("type:assault")).unwrap().len();
        assert_eq!(facets.types.iter().find(|(name, _)| name == "ASSAULT").map(|(_, count)| *count), Some(assaults));
        assert_eq!(store.facets(Kind::Event, &asked("type:assault outlet:herald")).unwrap().reports, 2);
        let places = store.places(&asked(""), 100).unwrap();
        assert_eq!(places.events, events.len());
        let somewhere = events.iter().filter(|line| matches!(line, Line::Event { place: Some(_), .. })).count();
        assert!(somewhere > 0 && places.events - places.nowhere >= 1, "{places:?}");
        assert!(store.places(&asked(""), 0).unwrap().more >= 1);
    });
}

#[test]
fn an_actor_is_asked_for_by_its_line() {
    everywhere(|store| {
        let actors = store.ask(Kind::Actor, &asked("who:solberg")).unwrap();
        let [solberg] = &actors[..] else { panic!("{actors:?}") };
        let by_name = store.ask(Kind::Statement, &asked("who:solberg")).unwrap();
        assert!(!by_name.is_empty());
        assert_eq!(store.ask(Kind::Statement, &asked(&format!("who:{}", solberg.id()))).unwrap(), by_name);
        assert_eq!(store.ask(Kind::Actor, &asked(&format!("who:{}", solberg.id()))).unwrap(), actors);
        assert_eq!(store.line(solberg.id()).unwrap().as_ref(), Some(solberg));
        assert!(store.line("actor-0000000000000000").is_err());
    });
}

#[test]
fn what_is_new_is_what_came_after_a_moment() {
    let reports = reports::read(&[&REPORTS[..], &[CALM]].concat());
    for place in fresh() {
        let mut store = Store::create(place.at.clone()).unwrap();
        let prepared = |from: usize, to: usize| {
            reports[from..to]
                .iter()
                .map(|(document, record)| Prepared::new(document.clone(), record, VERSION, None))
                .collect::<Vec<_>>()
        };
        store.add(prepared(0, 1), DAY).unwrap();
        let seen = store.seen().unwrap();
        assert_eq!(store.news(&seen).unwrap(), Default::default());
        store.add(prepared(1, reports.len()), DAY).unwrap();
        let seen = seen.to_string().parse().unwrap();
        let news = store.news(&seen).unwrap();
        assert_eq!((news.reports, news.looked_through), (reports.len() - 1, reports.len() - 1));
        // The attack was known from the first report: it is told again, and its toll is another now.
        assert!(news.events.lines.iter().any(|fresh| !fresh.is_new), "{news:#?}");
        assert!(news.statements.lines.iter().all(|fresh| fresh.is_new));
        assert!(news.positions.lines.iter().any(|fresh| fresh.is_new));
        assert!(!news.figures.lines.is_empty());
        assert_eq!(store.news(&store.lately().unwrap()).unwrap().reports, reports.len());
    }
}

#[test]
fn a_report_knows_what_it_adds_and_what_others_have() {
    everywhere(|store| {
        let standing = |id: &str| store.standing(id).unwrap();
        let first = standing("a1");
        assert!(first.iter().any(|record| record.others > 0 && record.is_first), "{first:#?}");
        let second = standing("a2");
        assert!(second.iter().any(|record| record.others > 0 && !record.is_first), "{second:#?}");
        let differs = first.iter().chain(&second).chain(&standing("a3")).any(|record| !record.differs.is_empty());
        assert!(differs, "their tolls are not the same");
        for record in &second {
            assert_eq!(store.called(&record.name).unwrap().unwrap_or_else(|| record.name.clone()), record.name);
        }
        assert!(store.standing("none").is_err());
    });
}
