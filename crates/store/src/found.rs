//! Reports that were found, a page at a time, and what published them.

use crate::db::{DbError, Value};
use crate::error::StoreError;
use crate::find;
use crate::open::Store;
use crate::search::{conditions, union};
use crate::sift::{Asked, Owned};
use onrecord_account::Line;
use serde::Serialize;

/// Reports that can be gone through page by page; who wants those behind asks more narrowly.
const REACHED: usize = 10_000;
/// Reports whose outlets are counted.
const COUNTED: usize = 20_000;
/// Outlets that are looked up for how they are written.
const SPELT: usize = 24;

/// A part of what [`Store::search`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Reports, each with words around what was looked for.
    pub hits: Vec<(Line, String)>,
    /// How many stand before the next part; none where this is the last, or the last that can be had.
    pub next: Option<usize>,
}

/// How many of the reports found each outlet published, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outlets {
    /// Outlets as one of their reports writes them.
    pub outlets: Vec<(String, usize)>,
    /// All reports found, also those without an outlet.
    pub reports: usize,
    /// False where more than 20,000 reports were found: the rest is not counted.
    pub whole: bool,
}

impl Store {
    /// What [`Store::search`] finds behind the first `skip` reports, as many as `asked` says.
    ///
    /// # Errors
    /// As [`Store::search`], and when more than 10,000 are to be skipped.
    pub fn search_behind(&self, asked: &Asked, skip: usize) -> Result<Found, StoreError> {
        if skip > REACHED {
            return Err(StoreError::Refused(format!(
                "only the first {REACHED} reports can be gone through; more words or days find fewer"
            )));
        }
        let wanted = asked.limit.unwrap_or(50);
        self.snapshot(|| {
            let mut hits = self.hits(asked, skip, wanted.saturating_add(1))?;
            let more = hits.len() > wanted;
            hits.truncate(wanted);
            let next = Some(skip + wanted).filter(|next| more && *next <= REACHED);
            Ok(Found { hits, next })
        })
    }

    /// Outlets of the reports that [`Store::search`] finds.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn outlets(&self, asked: &Asked) -> Result<Outlets, StoreError> {
        let run = || {
            let mut values = Vec::new();
            let found = match &asked.words {
                Some(words) if asked.is_words_only() => {
                    let (query, words) = find::holding(&self.db, words);
                    values.push(Owned::Text(words));
                    Some(query.to_owned())
                }
                None if asked.is_words_only() => None,
                _ => {
                    let things = union(&conditions(&self.db, asked)?, &mut values);
                    Some(format!("SELECT DISTINCT u.document FROM ({things}) AS u"))
                }
            };
            let query = match found {
                // Of all reports the index says it, however many they are.
                None => "SELECT lower(outlet), count(*) FROM document GROUP BY lower(outlet)".to_owned(),
                Some(found) => format!(
                    "WITH f(id) AS ({found} LIMIT {}) SELECT lower(d.outlet), count(*) FROM f JOIN document d ON d.id = f.id \
                     GROUP BY lower(d.outlet)",
                    COUNTED + 1
                ),
            };
            let counted = !values.is_empty();
            let values: Vec<Value> = values.iter().map(Owned::value).collect();
            let rows = self.db.all(&query, &values, |row| Ok((row.get::<Option<String>>(0)?, row.get::<i64>(1)?)))?;
            let all: i64 = rows.iter().map(|(_, count)| count).sum();
            let whole = !counted || all <= i64::try_from(COUNTED).unwrap_or(i64::MAX);
            let mut outlets: Vec<(String, i64)> = rows.into_iter().filter_map(|(name, count)| Some((name?, count))).collect();
            outlets.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let reports = usize::try_from(all).unwrap_or(0);
            let reports = if whole { reports } else { reports.min(COUNTED) };
            Ok(Outlets { outlets: self.spelt(outlets)?, reports, whole })
        };
        run().map_err(|source: DbError| self.failed(source))
    }

    /// The most frequent outlets as one of their reports writes them; the rest in small letters.
    fn spelt(&self, outlets: Vec<(String, i64)>) -> Result<Vec<(String, usize)>, DbError> {
        let spelling = "SELECT outlet FROM document WHERE lower(outlet) = ?1 ORDER BY id LIMIT 1";
        let spelt = outlets.into_iter().enumerate().map(|(i, (name, count))| {
            let written = match i < SPELT {
                true => self.db.first(spelling, &[name.as_str().into()], |row| row.get(0))?,
                false => None,
            };
            Ok((written.unwrap_or(name), usize::try_from(count).unwrap_or(0)))
        });
        spelt.collect()
    }
}
