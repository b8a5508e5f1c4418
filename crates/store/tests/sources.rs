//! Where reports come from, as it is kept: the feeds that are watched, the bytes that came; in both databases.

mod places;

use onrecord_reader::Reader;
use onrecord_store::{Added, Feed, Prepared, Store};
use onrecord_text::Document;
use places::fresh;

const DAY: &str = "2026-03-07";

fn feed(address: &str, state: &str) -> Feed {
    Feed { address: address.into(), state: state.into() }
}

fn report(id: &str) -> Prepared {
    let document = Document::new(id, "Rebels attacked an army post near Gao in Mali on Monday, the army said.");
    let record = Reader::builtin().read(&document);
    Prepared::new(document, &record, "test", None)
}

#[test]
fn feeds_are_kept_replaced_and_forgotten() {
    for place in fresh() {
        let store = Store::create(place.at.clone()).unwrap();
        assert_eq!(store.feeds().unwrap(), []);
        for (address, state) in [("http://b.example/", "{}"), ("http://B.example/", "{}"), ("http://a.example/", "{\"é\": 1}")] {
            store.keep_feed(&feed(address, state)).unwrap();
        }
        store.keep_feed(&feed("http://b.example/", "{\"seen\": [\"1\"]}")).unwrap();
        let feeds = store.feeds().unwrap();
        let addresses: Vec<&str> = feeds.iter().map(|feed| feed.address.as_str()).collect();
        assert_eq!(addresses, ["http://B.example/", "http://a.example/", "http://b.example/"]);
        assert_eq!((feeds[1].state.as_str(), feeds[2].state.as_str()), ("{\"é\": 1}", "{\"seen\": [\"1\"]}"));
        assert!(store.remove_feed("http://b.example/").unwrap());
        assert!(!store.remove_feed("http://b.example/").unwrap());
        assert_eq!(Store::open(place.at.clone()).unwrap().feeds().unwrap().len(), 2);
    }
}

#[test]
fn reports_and_their_feeds_come_together() {
    for place in fresh() {
        let mut store = Store::create(place.at.clone()).unwrap();
        assert!(!store.holds("http://a.example/1").unwrap());
        let added = store.add_from([report("http://a.example/1")], || vec![feed("http://a.example/", "{}")], DAY).unwrap();
        assert_eq!(added, [Added::New]);
        assert!(store.holds("http://a.example/1").unwrap());
        assert_eq!(store.feeds().unwrap().len(), 1);
        assert_eq!(store.add_from([], || vec![feed("http://a.example/", "{\"failures\": 1}")], DAY).unwrap(), []);
        assert_eq!(store.feeds().unwrap()[0].state, "{\"failures\": 1}");
        assert_eq!(store.check().unwrap(), []);
    }
}

#[test]
fn what_a_report_came_as_comes_back_byte_for_byte() {
    let text = "Rebels attacked an army post near Gao in Mali on Monday, the army said.";
    for place in fresh() {
        let mut store = Store::create(place.at.clone()).unwrap();
        let page = [b"<html>\xe9\0<p>".as_slice(), text.as_bytes(), b"</p>"].concat();
        let kept = |id: &str, text: &str, original: Option<&[u8]>| {
            let document = Document::new(id, text);
            let record = Reader::builtin().read(&document);
            Prepared::new(document, &record, "test", original)
        };
        let batch = [
            kept("page", text, Some(&page)),
            kept("text", text, Some(text.as_bytes())),
            kept("short", "Calm.", Some(b"<p>Calm.</p>")),
            kept("none", text, None),
        ];
        store.add(batch, DAY).unwrap();
        assert_eq!(store.original("page").unwrap(), Some(page));
        assert_eq!(store.original("text").unwrap(), None);
        assert_eq!(store.original("short").unwrap().as_deref(), Some(b"<p>Calm.</p>".as_slice()));
        assert_eq!(store.original("none").unwrap(), None);
        assert!(store.original("absent").is_err());
        assert_eq!(store.check().unwrap(), []);
    }
}
