//! A person's word on what is the same, and taking it back.

use crate::add::parts;
use crate::correct::next;
use crate::db::{Db, DbError, Row};
use crate::error::StoreError;
use crate::group::{Cause, component, nodes_of, note};
use crate::kept::load;
use crate::known::{Cache, Code, code_of, group_of, thing_of};
use crate::merge;
use crate::node::order_of;
use crate::open::Store;
use crate::prepared::{Ready, all_ready};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a person says of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Verb {
    /// They are one.
    Merge,
    /// They are not, and never will be.
    Never,
}

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decided {
    /// Its number.
    pub id: i64,
    /// When, ISO 8601.
    pub made: String,
    /// By whom.
    pub who: String,
    /// What.
    pub verb: Verb,
    /// Of which.
    pub a: String,
    /// And which.
    pub b: String,
    /// For what reason.
    pub why: String,
    /// It was taken back.
    pub undone: bool,
}

impl Store {
    /// Keeps a person's word on two things by their names, and groups anew. `made` is when, ISO 8601: a store reads no clock.
    ///
    /// # Errors
    /// When a name is unknown, or the two are of different kinds.
    pub fn decide(&mut self, verb: Verb, a: &str, b: &str, who: &str, why: &str, made: &str) -> Result<i64, StoreError> {
        let both = code_of(a).zip(code_of(b)).filter(|(a, b)| a != b && a.0 == b.0);
        let Some((x, y)) = both else {
            return Err(StoreError::Refused(format!(
                "{a} and {b}: only two different things of one kind can be merged or kept apart"
            )));
        };
        for (name, code) in [(a, x), (b, y)] {
            let found = thing_of(&self.db, code).map_err(|source| self.failed(source))?;
            found.ok_or_else(|| StoreError::Unknown(name.to_owned()))?;
        }
        let word = match verb {
            Verb::Merge => "merge",
            Verb::Never => "never",
        };
        let query = "INSERT INTO decision (id, made, who, verb, a, b, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.change([x, y], made, |db| {
            let id = next(db)?;
            let values = [id.into(), made.into(), who.into(), word.into(), a.into(), b.into(), why.into()];
            db.execute(query, &values).map(|_| id)
        })
    }

    /// Takes a decision back; it stays in the log.
    pub(crate) fn undecide(&mut self, decided: &Decided, made: &str) -> Result<(), StoreError> {
        let id = decided.id;
        let codes: Vec<Code> = [&decided.a, &decided.b].into_iter().filter_map(|name| code_of(name)).collect();
        let query = "UPDATE decision SET undone = 1 WHERE id = ?1";
        self.change(codes, made, |db| db.execute(query, &[id.into()]).map(|_| id)).map(drop)
    }

    /// All decisions, in order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn decisions(&self) -> Result<Vec<Decided>, StoreError> {
        let query = "SELECT id, made, who, verb, a, b, why, undone FROM decision ORDER BY id";
        let read = |row: &Row| {
            let verb = if row.get::<String>(3)? == "merge" { Verb::Merge } else { Verb::Never };
            Ok(Decided {
                id: row.get(0)?,
                made: row.get(1)?,
                who: row.get(2)?,
                verb,
                a: row.get(4)?,
                b: row.get(5)?,
                why: row.get(6)?,
                undone: row.get::<i64>(7)? != 0,
            })
        };
        self.db.all(query, &[], read).map_err(|source| self.failed(source))
    }

    /// One change of the decisions, with everything it touches, in one transaction.
    fn change(
        &mut self,
        codes: impl IntoIterator<Item = Code>,
        made: &str,
        change: impl FnOnce(&Db) -> Result<i64, DbError>,
    ) -> Result<i64, StoreError> {
        self.writing(|db, cache| {
            let id = change(db)?;
            cache.decided();
            let mut touched = BTreeSet::new();
            for code in codes {
                touched.extend(thing_of(db, code)?);
            }
            let cause = Cause { made: made.to_owned(), what: format!("decision {id}"), new: i64::MAX };
            // Everything stands alone for a moment before it is grouped anew; what that moment noted is no news.
            let noted = db.number("SELECT max(id) FROM change", &[])?;
            let was = standing(db, cache, &touched)?;
            restand(db, cache, &touched, &cause)?;
            merge::settle(db, cache, made, cause.new)?;
            db.execute("DELETE FROM change WHERE id > ?1", &[noted.into()])?;
            note(db, &was, &leads(db, was.keys())?, &cause)?;
            Ok(id)
        })
    }
}

/// All things that hang together with these, each with the first of its group.
fn standing(db: &Db, cache: &mut Cache, things: &BTreeSet<i64>) -> Result<BTreeMap<i64, i64>, DbError> {
    let mut found = BTreeSet::new();
    for &thing in things {
        let nodes = match component(db, cache, thing)? {
            Some(nodes) => nodes.into_iter().collect(),
            // So much hangs together that only its own group is looked at.
            None => nodes_of(db, group_of(db, thing)?, usize::MAX)?,
        };
        for node in nodes {
            found.insert(node);
            let members = db.all("SELECT id FROM thing WHERE node = ?1 AND node <> id", &[node.into()], |row| row.get::<i64>(0))?;
            found.extend(members);
        }
    }
    leads(db, &found)
}

fn leads<'t>(db: &Db, things: impl IntoIterator<Item = &'t i64>) -> Result<BTreeMap<i64, i64>, DbError> {
    let query = "SELECT r.lead FROM thing t JOIN thing n ON n.id = t.node JOIN thing r ON r.id = n.grp WHERE t.id = ?1";
    let mut leads = BTreeMap::new();
    for &thing in things {
        leads.extend(db.first(query, &[thing.into()], |row| row.get(0))?.map(|lead: i64| (thing, lead)));
    }
    Ok(leads)
}

/// Things that people decided about stand for themselves; those about which a decision was taken back go to their identity again.
fn restand(db: &Db, cache: &mut Cache, things: &BTreeSet<i64>, cause: &Cause) -> Result<(), DbError> {
    for &id in things {
        cache.pending.touched.insert(id, cause.what.clone());
        let Some(entry) = cache.entry(db, id)? else { continue };
        let Some(kept) = load(db, entry.document)? else { continue };
        let known = all_ready(&kept.document, &kept.record).into_iter().find(|r| r.kind == entry.kind && r.code == entry.code);
        let Some(ready) = known else { continue };
        merge::release(db, cache, id, Some(&ready), &cause.what)?;
        let node = rehouse(db, cache, id, entry.document, ready, cause)?;
        cache.pending.touched.insert(node, cause.what.clone());
    }
    Ok(())
}

/// Gives a released thing its node: that of its identity, or itself. Parts it has in things of its report go with it.
fn rehouse(db: &Db, cache: &mut Cache, id: i64, document: i64, ready: Ready, cause: &Cause) -> Result<i64, DbError> {
    let home = merge::home(db, cache, &ready)?;
    let node = home.unwrap_or(id);
    if home.is_some() {
        db.execute("UPDATE thing SET node = ?2, grp = ?2 WHERE id = ?1", &[id.into(), node.into()])?;
    }
    merge::seat(db, cache, id, order_of(db, id)?, &ready, home)?;
    if home.is_none() {
        merge::tie(db, cache, vec![(id, document, ready)], cause)?;
    }
    repart(db, document)?;
    Ok(node)
}

/// Who has which part in a report whose actors have other nodes now.
fn repart(db: &Db, document: i64) -> Result<(), DbError> {
    let Some(kept) = load(db, document)? else { return Ok(()) };
    let query = "SELECT id, node FROM thing WHERE document = ?1 AND kind = ?2 AND number = ?3";
    let mut places = Vec::new();
    let mut things = Vec::new();
    for ready in all_ready(&kept.document, &kept.record) {
        let at = [document.into(), (ready.kind as i64).into(), (ready.number as i64).into()];
        let Some(place) = db.first(query, &at, |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))? else { continue };
        db.execute("DELETE FROM part WHERE thing = ?1", &[place.0.into()])?;
        places.push(place);
        things.push(ready);
    }
    parts(db, &places, &things)
}
