//! Keeping reports.

use crate::Kept;
use crate::error::StoreError;
use crate::merge::{self, Known};
use crate::open::Store;
use crate::pack::{unpack_record, unpack_text};
use crate::prepared::{Prepared, Ready};
use onrecord_text::Document;
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::HashSet;

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is kept now.
    New,
    /// It was kept before, the same in all.
    Known,
    /// A report of this id was kept before with other words; both are kept, this one under an id with a part of its digest.
    Changed,
    /// It was kept before and has a new reading now.
    Reread,
}

impl Store {
    /// Keeps reports, in one transaction: all of them or none.
    ///
    /// # Errors
    /// When the database refuses; then nothing of the batch is kept.
    pub fn add(&mut self, batch: Vec<Prepared>) -> Result<Vec<Added>, StoreError> {
        let place = self.place.clone();
        let failed = |source| StoreError::Database { place: place.clone(), source };
        let transaction = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
        let mut results = Vec::with_capacity(batch.len());
        let kept = batch
            .into_iter()
            .try_for_each(|prepared| keep(&transaction, &mut self.cache, prepared).map(|added| results.push(added)));
        let done = kept.and_then(|()| transaction.commit());
        if done.is_err() {
            // What was not committed must not be remembered.
            self.cache.clear();
        }
        done.map_err(failed)?;
        Ok(results)
    }

    /// Digests of all reports that this version of the program has read, so that they need not be read again.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn digests(&self, version: &str) -> Result<HashSet<String>, StoreError> {
        let read = || {
            let mut query = self.db.prepare_cached("SELECT digest FROM document WHERE version = ?1")?;
            query.query_map([version], |row| row.get(0))?.collect::<Result<HashSet<String>, rusqlite::Error>>()
        };
        read().map_err(|source| self.failed(source))
    }

    /// The report of this id with the record that counts.
    ///
    /// # Errors
    /// When there is none, or what is kept is damaged.
    pub fn kept(&self, name: &str) -> Result<Kept, StoreError> {
        let id: Option<i64> = self
            .db
            .query_row("SELECT id FROM document WHERE name = ?1", [name], |row| row.get(0))
            .optional()
            .map_err(|source| self.failed(source))?;
        let id = id.ok_or_else(|| StoreError::Unknown(name.to_owned()))?;
        load(&self.db, id)
            .map_err(|source| self.failed(source))?
            .ok_or_else(|| StoreError::Damaged(self.place.clone(), "record", name.to_owned()))
    }
}

fn keep(db: &Transaction, cache: &mut merge::Cache, prepared: Prepared) -> Result<Added, rusqlite::Error> {
    let name = prepared.document.id.clone();
    let before: Option<(i64, String, String)> = db
        .prepare_cached("SELECT id, digest, version FROM document WHERE name = ?1")?
        .query_row([&name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    match before {
        None => {
            insert(db, cache, prepared, &name)?;
            Ok(Added::New)
        }
        Some((_, digest, version)) if digest == prepared.digest && version == prepared.version => Ok(Added::Known),
        Some((id, digest, _)) if digest == prepared.digest => {
            reread(db, cache, id, prepared)?;
            Ok(Added::Reread)
        }
        Some(_) => {
            let other = format!("{name}~{}", &prepared.digest[..8]);
            let known = db.prepare_cached("SELECT 1 FROM document WHERE name = ?1")?.query_row([&other], |_| Ok(())).optional()?;
            if known.is_some() {
                return Ok(Added::Known);
            }
            let mut prepared = prepared;
            prepared.rename(&other);
            insert(db, cache, prepared, &other)?;
            Ok(Added::Changed)
        }
    }
}

fn insert(db: &Transaction, cache: &mut merge::Cache, prepared: Prepared, name: &str) -> Result<(), rusqlite::Error> {
    let document = &prepared.document;
    db.prepare_cached(
        "INSERT INTO document (name, digest, published, outlet, title, url, language, text, original, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        name,
        prepared.digest,
        document.published.map(|day| day.to_string()),
        document.outlet,
        document.title,
        document.url,
        document.language,
        prepared.text,
        prepared.original,
        prepared.version
    ])?;
    let id = db.last_insert_rowid();
    db.prepare_cached("INSERT INTO words (rowid, title, text) VALUES (?1, ?2, ?3)")?.execute(params![
        id,
        document.title,
        document.text
    ])?;
    read(db, cache, id, prepared)
}

/// Another reading of a report that is kept: the old one stays, the new one counts.
fn reread(db: &Transaction, cache: &mut merge::Cache, id: i64, prepared: Prepared) -> Result<(), rusqlite::Error> {
    db.prepare_cached("UPDATE document SET version = ?2 WHERE id = ?1")?.execute(params![id, prepared.version])?;
    merge::forget(db, cache, id)?;
    read(db, cache, id, prepared)
}

fn read(db: &Transaction, cache: &mut merge::Cache, document: i64, prepared: Prepared) -> Result<(), rusqlite::Error> {
    db.prepare_cached("INSERT OR REPLACE INTO reading (document, version, record) VALUES (?1, ?2, ?3)")?.execute(params![
        document,
        prepared.version,
        prepared.record
    ])?;
    let mut ids = Vec::with_capacity(prepared.things.len());
    for ready in &prepared.things {
        ids.push(insert_thing(db, document, ready)?);
    }
    let actors: Vec<i64> =
        ids.iter().zip(&prepared.things).filter(|(_, r)| r.kind == onrecord_account::Kind::Actor).map(|(id, _)| *id).collect();
    for (id, ready) in ids.iter().zip(&prepared.things) {
        for (role, number) in &ready.parts {
            db.prepare_cached("INSERT OR IGNORE INTO part (thing, role, actor) VALUES (?1, ?2, ?3)")?.execute(params![
                id,
                role,
                actors[*number]
            ])?;
        }
    }
    let known: Vec<Known> =
        ids.into_iter().zip(prepared.things).map(|(id, ready)| Known::new(id, document, &prepared.document, ready)).collect();
    merge::tie(db, cache, known)
}

fn insert_thing(db: &Transaction, document: i64, ready: &Ready) -> Result<i64, rusqlite::Error> {
    let facets = &ready.facets;
    db.prepare_cached(
        "INSERT INTO thing (document, kind, number, record, anchor, name, grp, node, type, first, last, place, country, factuality) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        document,
        ready.kind as i64,
        ready.number as i64,
        ready.record,
        ready.anchor,
        ready.name,
        facets.what,
        facets.days.map(|d| d.first),
        facets.days.map(|d| d.last),
        facets.place,
        facets.country,
        facets.factuality
    ])?;
    let id = db.last_insert_rowid();
    db.prepare_cached("UPDATE thing SET grp = ?1, node = ?1 WHERE id = ?1")?.execute([id])?;
    Ok(id)
}

/// The report and the reading that counts; none when what is kept is damaged.
pub(crate) fn load(db: &rusqlite::Connection, id: i64) -> Result<Option<Kept>, rusqlite::Error> {
    let query = "SELECT d.name, d.published, d.outlet, d.title, d.url, d.language, d.text, d.version, r.record \
                 FROM document d JOIN reading r ON r.document = d.id AND r.version = d.version WHERE d.id = ?1";
    let row = db.prepare_cached(query)?.query_row([id], |row| {
        let published: Option<String> = row.get(1)?;
        let text = row.get_ref(6)?.as_blob().ok().and_then(unpack_text);
        let record = row.get_ref(8)?.as_blob().ok().and_then(unpack_record);
        let document = Document {
            id: row.get(0)?,
            title: row.get(3)?,
            published: published.and_then(|day| day.parse().ok()),
            language: row.get(5)?,
            url: row.get(4)?,
            outlet: row.get(2)?,
            text: String::new(),
        };
        let version: String = row.get(7)?;
        Ok(text.zip(record).map(|(text, record)| Kept { document: Document { text, ..document }, record, version }))
    });
    row.optional().map(Option::flatten)
}
