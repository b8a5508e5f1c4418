//! What people ask the record for.

use crate::text;
use onrecord_account::Kind;
use onrecord_store::{Asked, Cursor, Prepared, Store, StoreError, Words};
use std::cell::OnceCell;

const REPORTS: [(&str, &str); 3] = [
    ("a", "Rebels attacked an army post near Gao in Mali on Monday, killing 12 soldiers, the army said."),
    ("b", "Norway offered on Tuesday to host talks between Chad and Sudan. Foreign Minister Kari Solberg said both had accepted."),
    ("c", "Sudan refused to take part. \"We will not sit at that table,\" Foreign Minister Adil Omar said."),
];

/// Asks a store in memory that holds some reports.
fn with_store<T>(ask: impl FnOnce(&Store) -> T) -> T {
    thread_local!(static STORE: OnceCell<Store> = const { OnceCell::new() });
    STORE.with(|store| ask(store.get_or_init(filled)))
}

fn filled() -> Store {
    let prepared = |(id, text): (&str, &str)| {
        let document = crate::read::report(id, 1, text.as_bytes());
        let record = crate::read::READER.read(&document);
        Prepared::new(document, &record, "fuzz", None)
    };
    let mut store = Store::create(":memory:").expect("a store in memory");
    store.add(REPORTS.into_iter().map(prepared).collect::<Vec<_>>(), "2026-03-09T12:00:00Z").expect("reports are kept");
    store
}

/// A question that was understood is answered; one that was not is told what to do.
fn answered<T>(answer: Result<T, StoreError>) {
    match answer {
        Ok(_) => {}
        Err(StoreError::Refused(why)) => assert!(!why.is_empty()),
        Err(other) => panic!("{other}"),
    }
}

/// A search for words: every one that is accepted can be answered by the database.
pub fn words(bytes: &[u8]) {
    match text(bytes).parse::<Words>() {
        Ok(words) => answered(with_store(|store| store.search(&Asked { words: Some(words), limit: Some(3), ..Asked::default() }))),
        Err(error) => answered::<()>(Err(error)),
    }
}

/// A question with filters, asked of each kind of record.
pub fn question(bytes: &[u8]) {
    let asked = match text(bytes).parse::<Asked>() {
        Ok(asked) => Asked { limit: Some(3), ..asked },
        Err(error) => return answered::<()>(Err(error)),
    };
    with_store(|store| {
        for kind in [Kind::Event, Kind::Statement, Kind::Position, Kind::Actor] {
            answered(asked.fits(kind).and_then(|()| store.ask(kind, &asked)));
        }
        answered(store.search(&asked));
        answered(store.count_reports(&asked));
    });
}

/// A place in an answer is written as it is read.
pub fn cursor(bytes: &[u8]) {
    match text(bytes).parse::<Cursor>() {
        Ok(cursor) => assert_eq!(cursor.to_string().parse::<Cursor>().ok(), Some(cursor)),
        Err(error) => answered::<()>(Err(error)),
    }
}
