//! Tables of words: a user's own, and those made of other programs' dictionaries.

use crate::read::is_sound;
use crate::{choice, one_line, text, twice};
use onrecord_petrarch::{Dictionary, import};
use onrecord_reader::{Lexicon, OwnTable, Reader, TABLES};
use onrecord_text::Document;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::builtin);

/// Read with a user's tables that have no fault.
const REPORT: &str = "Talks resume\n\nForeign Minister Ana Ruiz of Norway said on Monday, 2 March 2026, that rebels had shelled a bridge near \
    Gao, killing at least 12 soldiers and five civilians. “We will not wait unless the siege ends,” she told reporters.";

/// A user's table has faults, each with its line, or is read with, and the record is sound.
pub fn lexicon(bytes: &[u8]) {
    let (table, rows) = choice(bytes);
    let schema = &TABLES[usize::from(table) % TABLES.len()];
    // Rows alone are tried under the table's own heading.
    let rows = text(rows);
    let text = rows.strip_prefix('!').map_or_else(|| format!("{}\n{rows}", schema.heading()), str::to_owned);
    let own = [OwnTable { name: schema.name.into(), place: format!("mine/{}", schema.name), text }];
    let faults = Lexicon::faults(&own);
    for fault in &faults {
        one_line(&fault.to_string());
        assert!((1..=own[0].text.lines().count().max(1)).contains(&fault.line), "{fault}");
    }
    match Lexicon::with(&own) {
        Ok(lexicon) => {
            assert_eq!(faults, [], "with faults, and read all the same");
            let document = Document { published: "2026-03-03".parse().ok(), ..Document::new("d", REPORT) };
            is_sound(&document, &Reader::with_lexicon(lexicon).read(&document));
        }
        Err(fault) => assert!(!faults.is_empty(), "{fault}: not told"),
    }
}

/// Names by which dictionaries are told apart, and one that says nothing.
const NAMES: [&str; 4] = ["actors.txt", "agents.txt", "verbs.txt", "a"];

/// Of any dictionary, tables without a fault.
pub fn petrarch(bytes: &[u8]) {
    let (name, bytes) = choice(bytes);
    let dictionary = || Dictionary::new(NAMES[usize::from(name) % NAMES.len()], bytes.to_vec());
    let (tables, summary) = twice(|| {
        let imported = import(&[dictionary()], &LEXICON);
        (imported.tables(), imported.summary())
    });
    assert!(!summary.is_empty());
    let own = |(name, text): (&str, String)| OwnTable { name: name.into(), place: name.into(), text };
    let own: Vec<OwnTable> = tables.into_iter().map(own).collect();
    assert_eq!(Lexicon::faults(&own), [], "{own:?}");
}
