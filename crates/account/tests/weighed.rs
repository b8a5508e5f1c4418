//! What two events say of each other, and what rules out that they are one.

use onrecord_account::{Cast, Kind, Report, Thing, account};
use onrecord_record::{Actor, ActorKind, Event, EventType, Place, Precision, Record};
use onrecord_text::{Document, Span};

/// A report of one kidnapping in a town: who did it, when, and the words that name it.
fn report(id: &str, text: &str, published: &str, town: &str, date: Option<&str>) -> (Document, Record) {
    let mut document = Document::new(id, text);
    document.published = published.parse().ok();
    let at = |words: &str| text.find(words).map(|start| Span::new(start, start + words.len())).expect("the text has these words");
    let nurses = Actor {
        id: "a1".into(),
        name: "three nurses".into(),
        kind: ActorKind::Population,
        mentions: vec![at("three nurses")],
        ..Actor::default()
    };
    let place = Place { name: town.into(), country: Some("COD".into()), precision: Some(Precision::City), ..Place::default() };
    let event = Event {
        id: "e1".into(),
        kind: EventType::Assault,
        mode: Some("abduct".into()),
        trigger: at("kidnapping"),
        recipients: vec!["a1".into()],
        place: Some(place),
        date: date.map(str::to_owned),
        evidence: vec![Span::new(0, text.len())],
        ..Event::default()
    };
    (document, Record { actors: vec![nurses], events: vec![event], ..Record::default() })
}

fn weighed((document, record): &(Document, Record), (other, told): &(Document, Record)) -> String {
    let thing = |document: &Document, record: &Record| {
        let cast = Cast::new(document, &record.actors);
        Thing::of_kind(Kind::Event, document, record, &cast).remove(0).1
    };
    thing(document, record).weighed(&thing(other, told)).expect("two events are weighed")
}

fn lines(reports: &[&(Document, Record)]) -> usize {
    let reports: Vec<Report> = reports.iter().map(|(document, record)| Report { document, record }).collect();
    account(&reports, &[]).lines.iter().filter(|line| matches!(line, onrecord_account::Line::Event { .. })).count()
}

#[test]
fn what_is_recalled_may_lie_longer_back_than_news() {
    let first = report("first", "A kidnapping of three nurses near Beni", "2026-03-02", "Beni", Some("2026-03-01"));
    let known = report("known", "Police know who planned the kidnapping of three nurses near Beni", "2026-03-11", "Beni", None);
    let news = report("news", "Police report a kidnapping of three nurses near Beni", "2026-03-11", "Beni", None);
    assert_eq!(lines(&[&first, &known]), 1, "{}", weighed(&first, &known));
    assert!(weighed(&first, &news).ends_with("another date"), "{}", weighed(&first, &news));
    assert_eq!(lines(&[&first, &news]), 2);
}

#[test]
fn what_rules_it_out_is_said() {
    let beni = report("beni", "A kidnapping of three nurses near Beni", "2026-03-02", "Beni", Some("2026-03-01"));
    let later = report("later", "A kidnapping of three nurses near Beni", "2026-03-09", "Beni", Some("2026-03-08"));
    assert!(weighed(&beni, &later).ends_with("another date"), "{}", weighed(&beni, &later));
    let again = report("again", "Gunmen are blamed for a kidnapping of three nurses", "2026-03-03", "Beni", Some("2026-03-01"));
    assert!(weighed(&beni, &again).contains("same date"), "{}", weighed(&beni, &again));
}

#[test]
fn damaged_days_are_refused() {
    let (document, record) = report("beni", "A kidnapping of three nurses near Beni", "2026-03-02", "Beni", Some("2026-03-01"));
    let cast = Cast::new(&document, &record.actors);
    let whole = Thing::of_kind(Kind::Event, &document, &record, &cast).remove(0).1.to_bytes();
    assert!(Thing::from_bytes(&whole).is_some());
    // The first and last day of the date, and a last day that no calendar has: looking under each of them would take all memory.
    let (day, never) = ([0xC2, 0xC0, 0x02], [0xFE, 0xFF, 0xFF, 0xFF, 0x0F]);
    let at = whole.windows(6).position(|bytes| bytes == [day, day].concat()).expect("a date of one day") + day.len();
    let damaged = [&whole[..at], &never, &whole[at + day.len()..]].concat();
    assert!(Thing::from_bytes(&damaged).is_none());
}
