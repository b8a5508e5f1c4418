//! Full text: the same words found by both databases, since the store divides texts itself.

use crate::db::{Db, DbError};
use crate::words::Words;
use onrecord_account::tokens;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Words longer than this are no words and are not searched.
const LONGEST: usize = 100;
/// PostgreSQL keeps no place behind this one.
const LAST_PLACE: usize = 16_383;
/// PostgreSQL keeps no more places than this of one word.
const PLACES: usize = 255;

/// Title and text as they are searched: words in lower case without accents, spaces between them.
pub(crate) fn searched(title: Option<&str>, text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in title.iter().flat_map(|title| tokens(title)).chain(tokens(text)).filter(|word| word.len() <= LONGEST) {
        words.push_str(&word);
        words.push(' ');
    }
    words
}

/// Keeps the words of a report.
pub(crate) fn keep(db: &Db, document: i64, words: &str) -> Result<(), DbError> {
    match db {
        Db::Sqlite(_) => db.execute("INSERT INTO words (rowid, found) VALUES (?1, ?2)", &[document.into(), words.into()]),
        Db::Postgres(_) => {
            let query = "INSERT INTO words (document, found) VALUES (?1, CAST(CAST(?2 AS text) AS tsvector))";
            db.execute(query, &[document.into(), vector(words).as_str().into()])
        }
    }
    .map(drop)
}

/// PostgreSQL's own form of words and their places: `'gao':3,9 'post':5`. Words are letters and digits, nothing needs to be escaped.
fn vector(words: &str) -> String {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, word) in words.split(' ').filter(|w| !w.is_empty()).enumerate() {
        let known = places.entry(word).or_default();
        if known.len() < PLACES {
            known.push((i + 1).min(LAST_PLACE));
        }
    }
    let mut vector = String::new();
    for (word, mut places) in places {
        places.dedup();
        let places: Vec<String> = places.iter().map(usize::to_string).collect();
        let _ = write!(vector, "'{word}':{} ", places.join(","));
    }
    vector
}

/// The query for the reports that hold the words, with its argument.
pub(crate) fn holding(db: &Db, words: &Words) -> (&'static str, String) {
    match db {
        Db::Sqlite(_) => ("SELECT rowid FROM words WHERE words MATCH ?1", words.fts5()),
        Db::Postgres(_) => ("SELECT document FROM words WHERE found @@ CAST(CAST(?1 AS text) AS tsquery)", words.tsquery()),
    }
}

/// Numbers of the reports that hold the words, those that fit best first.
pub(crate) fn best(db: &Db, words: &Words, limit: usize) -> Result<Vec<i64>, DbError> {
    let (query, asked) = holding(db, words);
    let order = match db {
        Db::Sqlite(_) => "rank, rowid",
        Db::Postgres(_) => "ts_rank_cd(found, CAST(CAST(?1 AS text) AS tsquery)) DESC, document",
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    db.all(&format!("{query} ORDER BY {order} LIMIT ?2"), &[asked.as_str().into(), limit.into()], |row| row.get(0))
}

/// How many reports hold the words.
pub(crate) fn count(db: &Db, words: &Words) -> Result<i64, DbError> {
    let (query, asked) = holding(db, words);
    db.number(&format!("SELECT count(*) FROM ({query}) AS found"), &[asked.as_str().into()])
}
