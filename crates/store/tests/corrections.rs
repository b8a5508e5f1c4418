//! What people put right: the account is the one of reports that were so from the start, and taken back it leaves no trace.

mod places;
mod reports;

use onrecord_account::{Report, account};
use onrecord_record::{EventType, Factuality, Record, Value};
use onrecord_store::{Added, Prepared, Review, Signed, Store, StoreError, Target, Verb};
use onrecord_text::Document;
use places::fresh;
use reports::REPORTS;

const DAY: &str = "2026-03-07";
const ANN: Signed = Signed { who: "ann", why: "as printed", made: DAY };

fn prepared((document, record): &(Document, Record)) -> Prepared {
    Prepared::new(document.clone(), record, "test", None)
}

/// Runs a test on a store of the reports, in each database at hand.
fn everywhere(test: impl Fn(&mut Store, &[(Document, Record)])) {
    let reports = reports::read(&REPORTS);
    for place in fresh() {
        let mut store = Store::create(place.at.clone()).unwrap();
        store.add(reports.iter().map(prepared), DAY).unwrap();
        test(&mut store, &reports);
    }
}

fn lines(store: &Store) -> String {
    let mut lines = String::new();
    let done = store.account::<StoreError>(|line| {
        lines += &(serde_json::to_string(&line).unwrap() + "\n");
        Ok(())
    });
    done.unwrap();
    lines
}

/// The account of what is kept, made in memory.
fn in_memory(store: &Store) -> String {
    let kept: Vec<_> = REPORTS.iter().map(|(id, ..)| store.kept(id).unwrap()).collect();
    let reports: Vec<Report> = kept.iter().map(|k| Report { document: &k.document, record: &k.record }).collect();
    account(&reports, &[]).to_json_lines()
}

fn target(document: &str, record: &str) -> Target {
    Target { document: document.into(), record: record.into() }
}

/// Id of the attack in a report, and of its toll.
fn attack(reports: &[(Document, Record)], id: &str) -> (Target, Target) {
    let (_, record) = reports.iter().find(|(document, _)| document.id == id).unwrap();
    let attack = record.events.iter().find(|event| event.kind == EventType::Assault).unwrap();
    (target(id, &attack.id), target(id, &attack.figures[0]))
}

#[test]
fn the_account_is_that_of_reports_which_were_so_from_the_start() {
    everywhere(|store, reports| {
        let before = lines(store);
        let (event, toll) = attack(reports, "a2");
        let mut numbers = Vec::new();
        for (target, field, value) in [
            (&event, "type", "protest"),
            (&event, "mode", "riot"),
            (&event, "date", "2026-03-01"),
            (&event, "place", r#"{"name":"Ansongo","country":"MLI","lat":15.66,"lon":0.5,"geonames":2461122,"precision":"city"}"#),
            (&event, "factuality", "Uncertain"),
            (&event, "recipients", ""),
            (&toll, "value", "13-15"),
            (&toll, "measure", "injured"),
            (&toll, "bound", "about"),
        ] {
            numbers.extend(store.correct(std::slice::from_ref(target), field, value, ANN).unwrap());
            assert_eq!(lines(store), in_memory(store), "{field}");
            assert_eq!(store.check().unwrap(), [], "{field}");
        }
        let record = store.kept("a2").unwrap().record;
        let event = record.events.iter().find(|e| e.id == event.record).unwrap();
        assert_eq!(
            (event.kind, event.mode.as_deref(), event.factuality),
            (EventType::Protest, Some("riot"), Factuality::Uncertain)
        );
        assert!(event.recipients.is_empty() && event.place.as_ref().is_some_and(|place| place.name == "Ansongo"));
        let toll = record.figures.iter().find(|f| f.id == toll.record).unwrap();
        assert_eq!(toll.value, Value::Range(13.0, 15.0));
        assert!(lines(store).contains("Ansongo") && lines(store) != before);
        // In any order.
        for number in numbers.iter().skip(1).step_by(2).chain(numbers.iter().step_by(2)) {
            store.undo(*number, DAY).unwrap();
            assert_eq!(lines(store), in_memory(store), "without {number}");
        }
        assert_eq!(lines(store), before);
        assert_eq!(store.check().unwrap(), []);
        assert!(store.corrections().unwrap().iter().all(|one| one.undone && one.who == "ann" && one.why == "as printed"));
    });
}

#[test]
fn a_store_that_knew_it_from_the_start_is_the_same() {
    let reports = reports::read(&REPORTS);
    let mut all = Vec::new();
    for order in [[0, 1, 2, 3, 4], [4, 2, 1, 0, 3]] {
        for place in fresh() {
            let mut store = Store::create(place.at.clone()).unwrap();
            // The correction comes when only its own report is there, or when all are.
            for i in order {
                store.add([prepared(&reports[i])], DAY).unwrap();
                if i == 1 {
                    let (event, toll) = attack(&reports, "a2");
                    store.correct(&[toll], "value", "12", ANN).unwrap();
                    store.correct(&[event], "date", "2026-02", ANN).unwrap();
                }
            }
            assert_eq!(lines(&store), in_memory(&store));
            all.push(lines(&store));
        }
    }
    assert!(all.iter().all(|lines| *lines == all[0]));
}

#[test]
fn names_stay_and_decisions_hold() {
    everywhere(|store, reports| {
        let (event, _) = attack(reports, "a1");
        let (name, other) = (store.told_name(&event), store.told_name(&attack(reports, "a2").0));
        assert_eq!(store.decide(Verb::Merge, &name, &other, "ann", "one raid", DAY).unwrap(), 1);
        assert_eq!(store.correct(std::slice::from_ref(&event), "type", "coerce", ANN).unwrap(), [2]);
        assert_eq!(store.told_name(&event), name);
        assert!(store.told(&name).unwrap().iter().any(|target| target.document == "a2"), "one raid still");
        let why = store.why(&name).unwrap();
        assert_eq!((why.corrections.len(), why.corrections[0].before.as_str()), (1, Some("ASSAULT")));
        assert_eq!(why.corrections[0].after.as_str(), Some("COERCE"));
        assert!(store.changes(0).unwrap().iter().all(|change| change.was != name || change.verb != "withdrawn"));
    });
}

#[test]
fn what_a_report_does_not_say_goes_and_comes_back() {
    everywhere(|store, reports| {
        let before = lines(store);
        let (event, toll) = attack(reports, "a3");
        let name = store.told_name(&event);
        let numbers = store.review(&[event.clone(), toll.clone()], Review::Rejected, ANN).unwrap();
        assert_eq!(numbers.len(), 2);
        let record = store.kept("a3").unwrap().record;
        assert!(record.events.iter().all(|e| e.id != event.record && !e.figures.contains(&toll.record)));
        assert_eq!(lines(store), in_memory(store));
        assert_eq!(store.check().unwrap(), []);
        assert_eq!(store.reviewed(&event).unwrap(), Some(Review::Rejected));
        // Its own name leads to it still.
        assert_eq!(store.told(&name).unwrap(), std::slice::from_ref(&event));
        store.review(std::slice::from_ref(&event), Review::Accepted, ANN).unwrap();
        assert_eq!(store.kept("a3").unwrap().record.events.len(), reports[2].1.events.len());
        for entry in store.log().unwrap() {
            store.undo(entry.id(), DAY).unwrap();
        }
        assert_eq!(lines(store), before);
        assert_eq!(store.reviewed(&event).unwrap(), None);
    });
}

#[test]
fn another_reading_is_put_right_too_and_what_has_no_place_is_said() {
    everywhere(|store, reports| {
        let (event, toll) = attack(reports, "a1");
        store.correct(&[event], "factuality", "negated", ANN).unwrap();
        store.correct(&[toll], "value", "11", ANN).unwrap();
        let newer = |record: &Record| Prepared::new(reports[0].0.clone(), record, "newer", None);
        let mut other = reports[0].1.clone();
        other.figures.clear();
        other.events.iter_mut().for_each(|event| event.figures.clear());
        assert_eq!(store.add([newer(&other)], DAY).unwrap(), [Added::Reread]);
        assert_eq!(lines(store), in_memory(store));
        let record = store.kept("a1").unwrap().record;
        assert!(record.events.iter().any(|event| event.factuality == Factuality::Negated));
        let faults = store.check().unwrap();
        assert!(faults.len() == 1 && faults[0].what.contains("correction 2 has nothing to stand on"), "{faults:?}");
        let overlay = store.overlay("a1").unwrap();
        assert_eq!(overlay.lay(&reports[0].0, &mut other.clone()).iter().map(|lost| lost.id).collect::<Vec<_>>(), [2]);
        store.add([prepared(&reports[0])], DAY).unwrap();
        assert!(store.kept("a1").unwrap().record.figures.iter().any(|figure| figure.value == Value::One(11.0)));
        assert_eq!(store.check().unwrap(), []);
    });
}

#[test]
fn values_are_those_of_the_codebook_and_the_report() {
    everywhere(|store, reports| {
        let before = lines(store);
        let (event, toll) = attack(reports, "a1");
        for (target, field, value, says) in [
            (&event, "type", "war", "is none of AGREE, CONSULT"),
            (&event, "mode", "phone", "is none of abduct"),
            (&event, "colour", "red", "there are type, mode"),
            (&event, "date", "soon", "2026-03-01"),
            (&event, "actors", "Norway", "it names Rebels"),
            (&event, "place", "{}", "is no place"),
            (&event, "type", "ASSAULT", "so already"),
            (&toll, "value", "many", "24-99"),
            (&toll, "value", "9-3", "24-99"),
            (&toll, "value", "inf", "24-99"),
            (&toll, "of", " ", "empty"),
            (&target("a1", "e99"), "type", "aid", "no record e99"),
        ] {
            let error = store.correct(std::slice::from_ref(target), field, value, ANN).unwrap_err();
            assert!(matches!(error, StoreError::Refused(_)) && error.to_string().contains(says), "{field} {value}: {error}");
        }
        assert!(matches!(store.correct(&[target("zz", "e1")], "type", "aid", ANN), Err(StoreError::Unknown(_))));
        assert_eq!(lines(store), before);
        assert!(store.log().unwrap().is_empty());
        // By id or by name, in whatever letters.
        let rebels = &reports[0].1.actors.iter().find(|actor| actor.name == "Rebels").unwrap().id;
        store.correct(std::slice::from_ref(&event), "recipients", &format!("{rebels}; REBELS"), ANN).unwrap();
        assert_eq!(store.corrections().unwrap()[0].after, serde_json::json!(["Rebels"]));
    });
}

#[test]
fn what_nobody_looked_at_waits_the_most_doubtful_first() {
    everywhere(|store, reports| {
        let all: usize =
            reports.iter().map(|(_, r)| r.statements.len() + r.events.len() + r.positions.len() + r.figures.len()).sum();
        assert_eq!(store.waiting().unwrap(), all);
        let queue = |store: &Store, limit: usize| {
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let page = store.queue(after.as_deref(), limit).unwrap();
                found.extend(page.unseen);
                after = page.next;
                if after.is_none() {
                    return found;
                }
            }
        };
        let whole = queue(store, 1000);
        assert_eq!(whole.len(), all);
        assert_eq!(queue(store, 2), whole);
        let split = whole.iter().take_while(|one| one.conflict).count();
        assert!(split >= 2, "the tolls of the raid cannot hold together");
        assert!(whole[split..].windows(2).all(|two| two[0].doubt >= two[1].doubt && !two[1].conflict));
        let first = target(&whole[0].source.document, &whole[0].source.record);
        store.review(std::slice::from_ref(&first), Review::Accepted, ANN).unwrap();
        assert_eq!(store.waiting().unwrap(), all - 1);
        assert!(queue(store, 3).iter().all(|one| one.source.name != whole[0].source.name));
        store.undo(1, DAY).unwrap();
        assert_eq!(queue(store, 1000), whole);
        assert!(matches!(store.queue(Some("here"), 5), Err(StoreError::Refused(_))));
    });
}

/// What the account calls the line that a record tells.
trait Named {
    fn told_name(&self, target: &Target) -> String;
}

impl Named for Store {
    fn told_name(&self, target: &Target) -> String {
        let kept = self.kept(&target.document).unwrap();
        let number = kept.record.events.iter().position(|event| event.id == target.record).unwrap();
        let anchor = &onrecord_account::anchors(onrecord_account::Kind::Event, &kept.record)[number];
        onrecord_account::Ref::new(target.document.as_str(), anchor.as_str()).name("event")
    }
}

#[test]
fn conditions_are_words_of_the_report() {
    everywhere(|store, reports| {
        let (document, record) =
            reports.iter().find(|(_, record)| !record.positions.is_empty()).expect("somebody takes a position");
        let position = target(&document.id, &record.positions[0].id);
        let words = document.text.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
        store.correct(std::slice::from_ref(&position), "conditions", &words, ANN).unwrap();
        let kept = store.kept(&document.id).unwrap();
        let span = kept.record.positions[0].conditions[0];
        assert_eq!(document.slice(span), words);
        assert_eq!(lines(store), in_memory(store));
        assert!(store.correct(&[position], "conditions", "never said", ANN).unwrap_err().to_string().contains("not the words"));
    });
}

/// While a report's things are out, others stand alone that are one with them before and after: that is no news.
#[test]
fn only_names_that_stood_in_the_account_become_others() {
    everywhere(|store, reports| {
        let names = |store: &Store| -> Vec<String> {
            let ids = lines(store)
                .lines()
                .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].clone())
                .collect::<Vec<_>>();
            ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
        };
        let before = names(store);
        let (event, toll) = attack(reports, "a1");
        store.correct(std::slice::from_ref(&event), "factuality", "uncertain", ANN).unwrap();
        store.correct(&[toll], "bound", "about", ANN).unwrap();
        assert_eq!(names(store), before, "nothing moved");
        assert_eq!(store.changes(0).unwrap(), []);
        store.correct(&[event], "type", "protest", ANN).unwrap();
        let (after, changes) = (names(store), store.changes(0).unwrap());
        assert_ne!(after, before, "it stands for itself");
        for change in &changes {
            assert!(before.contains(&change.was), "{change:?}");
            assert!(change.becomes.iter().all(|name| after.contains(name)), "{change:?}");
        }
        let tellings = after.iter().filter(|name| name.starts_with("event-")).map(|name| (name, store.told(name).unwrap()));
        let (name, all) = tellings.max_by_key(|(_, all)| all.len()).unwrap();
        assert!(all.len() > 1, "several reports tell one event");
        store.review(&all, Review::Rejected, ANN).unwrap();
        let gone: Vec<String> = store.changes(0).unwrap().drain(changes.len()..).map(|change| change.was).collect();
        assert_eq!(gone.iter().collect::<Vec<_>>(), [name], "one line of the account goes, with all that told it");
    });
}
