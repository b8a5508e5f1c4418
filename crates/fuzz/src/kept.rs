//! What is kept: records in their JSON, the account of several, things as the store packs them.

use crate::read::{READER, is_sound, report, shown};
use crate::{choice, text, twice};
use onrecord_account::{Called, Days, Item, Report, Thing, account as tell, name, parts_of_name, range};
use onrecord_record::{check, json};

/// JSON of a record is refused with a reason; or read, written and read as the same, and where it is sound it can be shown and told.
pub fn record(bytes: &[u8]) {
    match json::from_str(&text(bytes)) {
        Ok((document, record)) => {
            if check(&document, &record).is_empty() {
                is_sound(&document, &record);
                shown(&document, &record);
                tell(&[Report { document: &document, record: &record }], &[]);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Between reports.
const BETWEEN: &str = "=====";

/// The account of several reports is the same in whatever order they come.
pub fn account(bytes: &[u8]) {
    let (day, bytes) = choice(bytes);
    let text = text(bytes);
    let reports: Vec<_> = text
        .split(BETWEEN)
        .take(4)
        .enumerate()
        .map(|(n, words)| report(&n.to_string(), day, words.as_bytes()))
        .map(|document| (READER.read(&document), document))
        .collect();
    let mut all: Vec<Report> = reports.iter().map(|(record, document)| Report { document, record }).collect();
    let forwards = twice(|| tell(&all, &[]).to_json_lines());
    all.reverse();
    assert_eq!(tell(&all, &[]).to_json_lines(), forwards, "backwards it is another account");
}

/// Days of a date go forwards.
pub fn days(bytes: &[u8]) {
    let text = text(bytes);
    for today in [None, "2026-03-03".parse().ok()] {
        if let Some(days) = Days::parse(&text, today) {
            assert!(days.first <= days.last && days.length() >= 0, "{text:?}: {days:?}");
        }
    }
    range(&text);
    if let Some((kind, code)) = parts_of_name(&text) {
        assert_eq!(name(kind, code), text);
    }
}

/// What the store packed is what it unpacks; anything else is refused.
pub fn thing(bytes: &[u8]) {
    if let Some(thing) = Thing::from_bytes(bytes) {
        let again = Thing::from_bytes(&thing.to_bytes()).expect("what was packed here");
        assert_eq!(again.to_bytes(), thing.to_bytes());
        assert_eq!((thing.keys(), thing.identity()), (again.keys(), again.identity()));
        assert_eq!(thing.same(&again), again.same(&thing));
        assert_eq!((thing.cannot_be(&again), thing.told_again(&again)), (again.cannot_be(&thing), again.told_again(&thing)));
        thing.weighed(&again);
    }
    if let Some(called) = Called::from_json(&text(bytes)) {
        assert!(Called::from_json(&called.to_json()).is_some());
    }
}
