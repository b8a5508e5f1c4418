//! Keeping reports.

use crate::Kept;
use crate::correct::Overlay;
use crate::db::{Db, DbError};
use crate::error::StoreError;
use crate::figures;
use crate::find;
use crate::group::Cause;
use crate::kept::{load, load_read};
use crate::known::Cache;
use crate::merge;
use crate::node::order;
use crate::open::Store;
use crate::prepared::{Prepared, Ready, all_ready};
use crate::queue;
use crate::renamed::Names;
use crate::withdraw::Standing;
use onrecord_account::Kind;
use onrecord_record::Record;
use onrecord_text::Document;
use std::collections::HashSet;
use std::sync::Arc;

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
    /// Keeps reports, in one transaction: all of them or none. `made` is when, ISO 8601: a store reads no clock. Many at once are kept
    /// faster than a few: what is written for each lies all over the store.
    ///
    /// # Errors
    /// When the database refuses; then nothing of the batch is kept.
    pub fn add(&mut self, batch: impl IntoIterator<Item = Prepared>, made: &str) -> Result<Vec<Added>, StoreError> {
        self.add_and(batch, made, |_| Ok(()))
    }

    /// As [`Store::add`], with something more in the same transaction.
    pub(crate) fn add_and(
        &mut self,
        batch: impl IntoIterator<Item = Prepared>,
        made: &str,
        more: impl FnOnce(&Db) -> Result<(), DbError>,
    ) -> Result<Vec<Added>, StoreError> {
        self.writing(|db, cache| {
            let mut keeper = Keeper::new(db, cache, made)?;
            let added = batch.into_iter().map(|prepared| keeper.keep(prepared)).collect::<Result<Vec<Added>, DbError>>()?;
            keeper.end()?;
            more(db).map(|()| added)
        })
    }

    /// Digests of all reports that this version of the program has read, so that they need not be read again.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn digests(&self, version: &str) -> Result<HashSet<String>, StoreError> {
        let mut found = HashSet::new();
        let all = self.db.each("SELECT digest FROM document WHERE version = ?1", &[version.into()], &mut |row| {
            found.insert(row.get(0)?);
            Ok(true)
        });
        all.map(|()| found).map_err(|source| self.failed(source))
    }
}

/// Keeps the reports of one transaction.
pub(crate) struct Keeper<'s> {
    pub db: &'s Db,
    cache: &'s mut Cache,
    made: &'s str,
    /// The number of the first thing of the transaction, and of the next.
    new: i64,
    next: i64,
    /// What reports that were read anew were first to tell, each with the cause.
    standing: Vec<(Standing, String)>,
    /// What hung together with them.
    names: Names,
}

/// A report as it was told before a change.
struct Before {
    standing: Standing,
    kept: Option<Kept>,
    /// The cause of the change.
    what: String,
}

impl<'s> Keeper<'s> {
    /// Begins; the transaction is the caller's.
    pub fn new(db: &'s Db, cache: &'s mut Cache, made: &'s str) -> Result<Self, DbError> {
        let new = db.number("SELECT max(id) FROM thing", &[])? + 1;
        Ok(Keeper { db, cache, made, new, next: new, standing: Vec::new(), names: Names::default() })
    }

    fn keep(&mut self, mut prepared: Prepared) -> Result<Added, DbError> {
        let query = "SELECT id, digest, version FROM document WHERE name = ?1";
        let before = self.db.first(query, &[(&prepared.document.id).into()], |row| {
            Ok((row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<String>(2)?))
        })?;
        let Some((id, digest, version)) = before else {
            return self.insert(prepared).map(|()| Added::New);
        };
        if digest == prepared.digest {
            return self.again(id, prepared, &version);
        }
        prepared.rename(&format!("{}~{}", prepared.document.id, &prepared.digest[..8]));
        let name = prepared.document.id.as_str();
        if self.db.first("SELECT id FROM document WHERE name = ?1", &[name.into()], |_| Ok(()))?.is_some() {
            return Ok(Added::Known);
        }
        self.insert(prepared).map(|()| Added::Changed)
    }

    fn insert(&mut self, prepared: Prepared) -> Result<(), DbError> {
        let document = &prepared.document;
        let published = document.published.map(|day| day.to_string());
        let query = "INSERT INTO document (name, digest, published, outlet, title, url, language, text, original, version, added) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id";
        let values = [
            (&document.id).into(),
            (&prepared.digest).into(),
            published.as_ref().into(),
            document.outlet.as_ref().into(),
            document.title.as_ref().into(),
            document.url.as_ref().into(),
            (&document.language).into(),
            (&prepared.text).into(),
            prepared.original.as_ref().into(),
            (&prepared.version).into(),
            self.made.into(),
        ];
        let id = self.db.number(query, &values)?;
        find::keep(self.db, id, &prepared.words)?;
        self.reading(id, &prepared)?;
        queue::keep(self.db, id, &prepared.document.id, &prepared.doubts)?;
        self.tell(id, &prepared.document, prepared.things, &prepared.figures, &self.cause(prepared.document.id.clone()))
    }

    /// A report that is kept comes again: with another reading, the old one stays and the new one counts.
    fn again(&mut self, id: i64, mut prepared: Prepared, version: &str) -> Result<Added, DbError> {
        if version == prepared.version {
            let query = "SELECT record FROM reading WHERE document = ?1 AND version = ?2";
            let record: Option<Vec<u8>> = self.db.first(query, &[id.into(), version.into()], |row| row.get(0))?;
            if record.as_ref() == Some(&prepared.record) {
                return Ok(Added::Known);
            }
        }
        let before = self.before(id, prepared.document.id.clone())?;
        self.db.execute("UPDATE document SET version = ?2 WHERE id = ?1", &[id.into(), (&prepared.version).into()])?;
        self.reading(id, &prepared)?;
        // What people put right holds of this reading too.
        if !Overlay::of(self.db, id)?.is_empty() {
            self.lay(id, &mut prepared)?;
        }
        self.otherwise(id, before, prepared)?;
        Ok(Added::Reread)
    }

    /// Makes a change of what people put right in a report. `what` is the cause.
    pub fn amend(&mut self, id: i64, what: String, change: impl FnOnce(&Db) -> Result<(), DbError>) -> Result<(), DbError> {
        let before = self.before(id, what)?;
        change(self.db)?;
        let Some(Kept { document, record, version }) = load_read(self.db, id)? else { return Ok(()) };
        let mut prepared = Prepared::new(document, &record, &version, None);
        let record = self.lay(id, &mut prepared)?;
        if before.kept.as_ref().map(|kept| &kept.record) == record.as_ref() {
            return queue::renew(self.db, id, &prepared.document.id, &prepared.doubts);
        }
        self.otherwise(id, before, prepared)
    }

    /// A report as it was told so far, to be told otherwise because of this.
    fn before(&mut self, id: i64, what: String) -> Result<Before, DbError> {
        // Names are looked at when everything is grouped.
        merge::settle(self.db, self.cache, self.made, self.new)?;
        Ok(Before { standing: Standing::of(self.db, id)?, kept: load(self.db, id)?, what })
    }

    /// What was told so goes, and comes in as it is told now.
    fn otherwise(&mut self, id: i64, before: Before, prepared: Prepared) -> Result<(), DbError> {
        let Before { standing, kept, what } = before;
        self.standing.push((standing, what.clone()));
        self.names.remember(self.db, self.cache, id, &what)?;
        merge::forget(self.db, self.cache, id, kept.as_ref(), &what)?;
        queue::renew(self.db, id, &prepared.document.id, &prepared.doubts)?;
        self.tell(id, &prepared.document, prepared.things, &prepared.figures, &self.cause(what))
    }

    /// Puts right what is prepared of the reading that counts; gives its record.
    fn lay(&self, id: i64, prepared: &mut Prepared) -> Result<Option<Record>, DbError> {
        let Some(Kept { document, mut record, .. }) = load_read(self.db, id)? else { return Ok(None) };
        let overlay = Overlay::of(self.db, id)?;
        let reviewed = overlay.reviewed(&document, &record);
        prepared.doubts = queue::doubts(&record, |seat| reviewed.contains_key(seat));
        overlay.lay(&document, &mut record);
        prepared.things = all_ready(&document, &record);
        prepared.figures = record.figures.iter().map(onrecord_account::figure_anchor).collect();
        Ok(Some(record))
    }

    fn cause(&self, what: String) -> Cause {
        Cause { made: self.made.to_owned(), what, new: self.new }
    }

    /// Does what was put off.
    pub fn end(mut self) -> Result<(), DbError> {
        merge::settle(self.db, self.cache, self.made, self.new)?;
        for (standing, what) in std::mem::take(&mut self.standing) {
            standing.note(self.db, &self.cause(what))?;
        }
        std::mem::take(&mut self.names).note(self.db, self.made)
    }

    fn reading(&self, document: i64, prepared: &Prepared) -> Result<(), DbError> {
        let query = "INSERT INTO reading (document, version, record) VALUES (?1, ?2, ?3) \
                     ON CONFLICT (document, version) DO UPDATE SET record = excluded.record";
        self.db.execute(query, &[document.into(), (&prepared.version).into(), (&prepared.record).into()]).map(drop)
    }

    /// What a report tells comes into the account.
    fn tell(&mut self, id: i64, document: &Document, things: Vec<Ready>, figures: &[String], cause: &Cause) -> Result<(), DbError> {
        let mut places = Vec::with_capacity(things.len());
        for ready in &things {
            places.push(self.thing(id, document, ready)?);
        }
        parts(self.db, &places, &things)?;
        figures::keep(self.db, id, &document.id, figures)?;
        let new = places.into_iter().zip(things).filter(|((id, node), _)| id == node);
        merge::tie(self.db, self.cache, new.map(|((thing, _), ready)| (thing, id, ready)).collect(), cause)
    }

    /// Keeps a thing; gives its number and that of its node.
    fn thing(&mut self, id_of_document: i64, document: &Document, ready: &Ready) -> Result<(i64, i64), DbError> {
        let id = self.next;
        self.next += 1;
        let home = merge::home(self.db, self.cache, ready)?;
        insert(self.db, id, home.unwrap_or(id), id_of_document, ready)?;
        let published = document.published.map(|day| day.to_string());
        let order = order(published, document.id.clone(), ready.number as i64);
        merge::seat(self.db, self.cache, id, Arc::new(order), ready, home)?;
        Ok((id, home.unwrap_or(id)))
    }
}

fn insert(db: &Db, id: i64, node: i64, document: i64, ready: &Ready) -> Result<(), DbError> {
    let facets = &ready.facets;
    let query = "INSERT INTO thing (id, document, kind, number, code, node, grp, first, lead, record, type, since, until, place, country, factuality) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?1, ?1, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    let values = [
        id.into(),
        document.into(),
        (ready.kind as i64).into(),
        (ready.number as i64).into(),
        ready.code.into(),
        node.into(),
        (&ready.record).into(),
        facets.what.as_ref().into(),
        facets.days.map(|d| i64::from(d.first)).into(),
        facets.days.map(|d| i64::from(d.last)).into(),
        facets.place.as_ref().into(),
        facets.country.as_ref().into(),
        facets.factuality.as_ref().into(),
    ];
    db.execute(query, &values).map(drop)
}

/// Who has which part in the things of a report: `places` has each one's number and that of its node.
pub(crate) fn parts(db: &Db, places: &[(i64, i64)], things: &[Ready]) -> Result<(), DbError> {
    let of_actors = |(_, ready): &(&(i64, i64), &Ready)| ready.kind == Kind::Actor;
    let actors: Vec<i64> = places.iter().zip(things).filter(of_actors).map(|((_, node), _)| *node).collect();
    for ((id, _), ready) in places.iter().zip(things) {
        for (role, number) in &ready.parts {
            let query = "INSERT INTO part (node, thing, role) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
            db.execute(query, &[actors[*number].into(), (*id).into(), (*role).into()])?;
        }
    }
    Ok(())
}
