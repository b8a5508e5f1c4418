//! Tying what is new to what is known.
//!
//! A new thing whose identity is known joins the node of that identity; any other is a node of its own, is filed under its keys and looks
//! under those it finds by. Who is met there is compared, pairs that are the same are kept, and the nodes that hang together by pairs are
//! grouped anew. A group is called by its first member in the order of the account (day of publication, report, place in the report),
//! so it does not matter which report was kept first.

use crate::add::load;
use crate::prepared::{Ready, ready};
use onrecord_account::{Item, Kind, Pair, Thing, groups};
use onrecord_text::Document;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Things kept in memory, so that the last days' need not be read again for every new report.
const REMEMBERED: usize = 60_000;
/// Under one key no more than so many are compared with a new thing, the latest first: a key of thousands says nothing.
const MET: usize = 200;

/// Place in the account: reports without a day come last.
type Order = (bool, String, String, usize);

/// A thing as it is compared.
#[derive(Debug)]
pub struct Entry {
    document: i64,
    kind: Kind,
    order: Order,
    name: String,
    thing: Thing,
}

/// What was compared lately, and what people decided.
#[derive(Default)]
pub struct Cache {
    entries: HashMap<i64, Arc<Entry>>,
    decisions: Option<Arc<Decisions>>,
}

/// Live decisions, by the names of things.
#[derive(Default)]
struct Decisions {
    merge: BTreeMap<String, BTreeSet<String>>,
    never: BTreeMap<String, BTreeSet<String>>,
}

impl Decisions {
    /// True when something was decided about the thing of this name.
    fn names(&self, name: &str) -> bool {
        let decided = |table: &BTreeMap<String, BTreeSet<String>>| table.get(name).is_some_and(|others| !others.is_empty());
        decided(&self.merge) || decided(&self.never)
    }
}

impl Cache {
    /// Decisions were made or undone.
    pub fn decided(&mut self) {
        self.decisions = None;
    }

    /// What was not committed must not be remembered.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.decisions = None;
    }

    fn remember(&mut self, id: i64, entry: Entry) -> Arc<Entry> {
        if self.entries.len() >= REMEMBERED {
            self.entries.clear();
        }
        let entry = Arc::new(entry);
        self.entries.insert(id, Arc::clone(&entry));
        entry
    }

    /// The thing, from memory or from its report, whose other things of this kind are remembered with it.
    fn entry(&mut self, db: &Connection, id: i64) -> Result<Option<Arc<Entry>>, rusqlite::Error> {
        if let Some(entry) = self.entries.get(&id) {
            return Ok(Some(Arc::clone(entry)));
        }
        let row = db
            .prepare_cached("SELECT document, kind FROM thing WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
            .optional()?;
        let Some((document, kind)) = row.and_then(|(document, kind)| Some((document, kind_of(kind)?))) else { return Ok(None) };
        let Some(kept) = load(db, document)? else { return Ok(None) };
        let ids = db
            .prepare_cached("SELECT id, number FROM thing WHERE document = ?1 AND kind = ?2")?
            .query_map(params![document, kind as i64], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        let mut things: HashMap<i64, Ready> =
            ready(kind, &kept.document, &kept.record).into_iter().map(|r| (r.number as i64, r)).collect();
        for (thing, number) in ids {
            if let Some(ready) = things.remove(&number) {
                let known = Known::new(thing, document, &kept.document, ready);
                self.remember(thing, known.entry);
            }
        }
        Ok(self.entries.get(&id).cloned())
    }

    fn decisions(&mut self, db: &Connection) -> Result<Arc<Decisions>, rusqlite::Error> {
        if let Some(decisions) = &self.decisions {
            return Ok(Arc::clone(decisions));
        }
        let mut decisions = Decisions::default();
        let mut query = db.prepare_cached("SELECT verb, a, b FROM decision WHERE undone = 0 ORDER BY id")?;
        let rows = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)))?;
        for row in rows {
            let (verb, a, b) = row?;
            let (add, other) = match verb.as_str() {
                "merge" => (&mut decisions.merge, &mut decisions.never),
                _ => (&mut decisions.never, &mut decisions.merge),
            };
            // The later word counts.
            for (x, y) in [(&a, &b), (&b, &a)] {
                if let Some(names) = other.get_mut(x) {
                    names.remove(y);
                }
                add.entry(x.clone()).or_default().insert(y.clone());
            }
        }
        let decisions = Arc::new(decisions);
        self.decisions = Some(Arc::clone(&decisions));
        Ok(decisions)
    }
}

pub(crate) fn kind_of(number: i64) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| *kind as i64 == number)
}

/// A new thing.
pub struct Known {
    id: i64,
    entry: Entry,
    under: Vec<i64>,
    finds: Vec<i64>,
    identity: Option<i64>,
}

impl Known {
    /// Of this report.
    pub(crate) fn new(id: i64, document: i64, report: &Document, ready: Ready) -> Self {
        let published = report.published.map(|day| day.to_string()).unwrap_or_default();
        let order = (report.published.is_none(), published, report.id.clone(), ready.number);
        let entry = Entry { document, kind: ready.kind, order, name: ready.name, thing: ready.thing };
        Known { id, entry, under: ready.under, finds: ready.finds, identity: ready.identity }
    }
}

/// Brings new things of one report into the account.
pub fn tie(db: &Connection, cache: &mut Cache, new: Vec<Known>) -> Result<(), rusqlite::Error> {
    let mut touched = BTreeSet::new();
    for Known { id, entry, under, finds, identity } in new {
        let entry = cache.remember(id, entry);
        let decided = cache.decisions(db)?.names(&entry.name);
        if let Some(hash) = identity.filter(|_| !decided) {
            let node: Option<i64> =
                db.prepare_cached("SELECT node FROM identity WHERE hash = ?1")?.query_row([hash], |row| row.get(0)).optional()?;
            if let Some(node) = node {
                join(db, cache, id, node)?;
                continue;
            }
            db.prepare_cached("INSERT INTO identity (hash, node) VALUES (?1, ?2)")?.execute([hash, id])?;
        }
        for other in met(db, &finds)? {
            let Some(known) = cache.entry(db, other)? else { continue };
            let twice = entry.kind.repeats();
            if other == id || known.kind != entry.kind || (known.document == entry.document && !twice) {
                continue;
            }
            if let Some(same) = entry.thing.same(&known.thing) {
                let (a, b) = (id.min(other), id.max(other));
                let why = serde_json::to_string(&same.why).unwrap_or_default();
                db.prepare_cached("INSERT OR REPLACE INTO pair (a, b, score, why) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![a, b, same.score, why])?;
                touched.insert(id);
            }
        }
        for hash in under {
            db.prepare_cached("INSERT OR IGNORE INTO filed (hash, thing) VALUES (?1, ?2)")?.execute([hash, id])?;
        }
        if decided {
            touched.insert(id);
        }
    }
    regroup(db, cache, touched)
}

/// Puts a thing into the node of its identity; it may come before the first of the group.
fn join(db: &Connection, cache: &mut Cache, id: i64, node: i64) -> Result<(), rusqlite::Error> {
    let grp: i64 = db.prepare_cached("SELECT grp FROM thing WHERE id = ?1")?.query_row([node], |row| row.get(0))?;
    db.prepare_cached("UPDATE thing SET node = ?2, grp = ?3 WHERE id = ?1")?.execute([id, node, grp])?;
    let (new, first) = (cache.entry(db, id)?, cache.entry(db, grp)?);
    if new.zip(first).is_some_and(|(new, first)| new.order < first.order) {
        db.prepare_cached("UPDATE thing SET grp = ?2 WHERE grp = ?1")?.execute([grp, id])?;
    }
    Ok(())
}

fn met(db: &Connection, finds: &[i64]) -> Result<BTreeSet<i64>, rusqlite::Error> {
    let mut found = BTreeSet::new();
    for hash in finds {
        let mut query = db.prepare_cached("SELECT thing FROM filed WHERE hash = ?1 ORDER BY thing DESC LIMIT ?2")?;
        for row in query.query_map(params![hash, MET as i64], |row| row.get::<_, i64>(0))? {
            found.insert(row?);
        }
    }
    Ok(found)
}

/// Takes a report's things out of the account before another reading of it comes in.
pub fn forget(db: &Connection, cache: &mut Cache, document: i64) -> Result<(), rusqlite::Error> {
    let ids: Vec<i64> = db
        .prepare_cached("SELECT id FROM thing WHERE document = ?1")?
        .query_map([document], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut touched = BTreeSet::new();
    for &id in &ids {
        touched.extend(release(db, id)?);
        cache.entries.remove(&id);
        db.prepare_cached("DELETE FROM part WHERE thing = ?1")?.execute([id])?;
    }
    db.execute("DELETE FROM thing WHERE document = ?1", [document])?;
    let gone: BTreeSet<i64> = ids.into_iter().collect();
    regroup(db, cache, touched.difference(&gone).copied().collect())
}

/// Takes a thing out of its node, which another of the node then stands for; gives the nodes to be grouped anew.
fn release(db: &Connection, id: i64) -> Result<Vec<i64>, rusqlite::Error> {
    let node: i64 = db.prepare_cached("SELECT node FROM thing WHERE id = ?1")?.query_row([id], |row| row.get(0))?;
    db.prepare_cached("UPDATE thing SET node = id, grp = id WHERE id = ?1")?.execute([id])?;
    if node != id {
        // It may have been the first of its group.
        return Ok(vec![node]);
    }
    let mut touched = neighbours(db, id)?;
    let heir: Option<i64> =
        db.prepare_cached("SELECT min(id) FROM thing WHERE node = ?1 AND id <> ?1")?.query_row([id], |row| row.get(0))?;
    match heir {
        Some(heir) => {
            db.prepare_cached("UPDATE thing SET node = ?2 WHERE node = ?1 AND id <> ?1")?.execute([id, heir])?;
            db.prepare_cached("UPDATE identity SET node = ?2 WHERE node = ?1")?.execute([id, heir])?;
            db.prepare_cached("UPDATE filed SET thing = ?2 WHERE thing = ?1")?.execute([id, heir])?;
            let pairs = db
                .prepare_cached("SELECT a, b, score, why FROM pair WHERE a = ?1 OR b = ?1")?
                .query_map([id], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, f64>(2)?, row.get::<_, String>(3)?))
                })?
                .collect::<Result<Vec<_>, _>>()?;
            for (a, b, score, why) in pairs {
                let other = if a == id { b } else { a };
                db.prepare_cached("INSERT OR REPLACE INTO pair (a, b, score, why) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
                    heir.min(other),
                    heir.max(other),
                    score,
                    why
                ])?;
            }
            touched.push(heir);
        }
        None => {
            db.prepare_cached("DELETE FROM identity WHERE node = ?1")?.execute([id])?;
            db.prepare_cached("DELETE FROM filed WHERE thing = ?1")?.execute([id])?;
        }
    }
    db.prepare_cached("DELETE FROM pair WHERE a = ?1 OR b = ?1")?.execute([id])?;
    Ok(touched)
}

/// Things that people decided about stand for themselves; those about which a decision was taken back go to their identity again.
pub fn restand(db: &Connection, cache: &mut Cache, things: &BTreeSet<i64>) -> Result<(), rusqlite::Error> {
    let mut touched = BTreeSet::new();
    for &id in things {
        touched.insert(id);
        let Some(entry) = cache.entry(db, id)? else { continue };
        let Some(kept) = load(db, entry.document)? else { continue };
        touched.extend(release(db, id)?);
        let known = ready(entry.kind, &kept.document, &kept.record).into_iter().find(|r| r.name == entry.name);
        if let Some(ready) = known {
            tie(db, cache, vec![Known::new(id, entry.document, &kept.document, ready)])?;
        }
    }
    regroup(db, cache, touched)
}

fn neighbours(db: &Connection, id: i64) -> Result<Vec<i64>, rusqlite::Error> {
    let mut query = db.prepare_cached("SELECT b FROM pair WHERE a = ?1 UNION ALL SELECT a FROM pair WHERE b = ?1")?;
    query.query_map([id], |row| row.get(0))?.collect()
}

/// Groups anew everything that hangs together with these.
pub fn regroup(db: &Connection, cache: &mut Cache, touched: BTreeSet<i64>) -> Result<(), rusqlite::Error> {
    let mut done: BTreeSet<i64> = BTreeSet::new();
    for seed in touched {
        if done.contains(&seed) {
            continue;
        }
        let component = component(db, cache, seed)?;
        group(db, cache, &component)?;
        done.extend(component);
    }
    Ok(())
}

/// All nodes that hang together by pairs and decisions.
fn component(db: &Connection, cache: &mut Cache, seed: i64) -> Result<BTreeSet<i64>, rusqlite::Error> {
    let decisions = cache.decisions(db)?;
    let seed = node_of(db, seed)?;
    let mut found = BTreeSet::from([seed]);
    let mut open = vec![seed];
    while let Some(id) = open.pop() {
        let mut next = neighbours(db, id)?;
        if let Some(entry) = cache.entry(db, id)? {
            for name in decisions.merge.get(&entry.name).into_iter().flatten() {
                if let Some(thing) = thing_of(db, name)? {
                    next.push(node_of(db, thing)?);
                }
            }
        }
        open.extend(next.into_iter().filter(|&id| found.insert(id)));
    }
    Ok(found)
}

pub(crate) fn thing_of(db: &Connection, name: &str) -> Result<Option<i64>, rusqlite::Error> {
    db.prepare_cached("SELECT id FROM thing WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()
}

fn node_of(db: &Connection, id: i64) -> Result<i64, rusqlite::Error> {
    let node: Option<i64> =
        db.prepare_cached("SELECT node FROM thing WHERE id = ?1")?.query_row([id], |row| row.get(0)).optional()?;
    Ok(node.unwrap_or(id))
}

fn group(db: &Connection, cache: &mut Cache, component: &BTreeSet<i64>) -> Result<(), rusqlite::Error> {
    let decisions = cache.decisions(db)?;
    let mut entries: BTreeMap<(Order, i64), Arc<Entry>> = BTreeMap::new();
    let mut keys: HashMap<i64, (Order, i64)> = HashMap::new();
    for &id in component {
        if let Some(entry) = cache.entry(db, id)? {
            let key = (entry.order.clone(), id);
            keys.insert(id, key.clone());
            entries.insert(key, entry);
        }
    }
    let decided = |table: &BTreeMap<String, BTreeSet<String>>, a: &Entry, b: &Entry| {
        table.get(&a.name).is_some_and(|names| names.contains(&b.name))
    };
    let mut pairs = Vec::new();
    let mut query = db.prepare_cached("SELECT b, score FROM pair WHERE a = ?1")?;
    for &id in component {
        for row in query.query_map([id], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?)))? {
            let (other, score) = row?;
            if let (Some(a), Some(b)) = (keys.get(&id), keys.get(&other)) {
                pairs.push(Pair { a: a.min(b).clone(), b: a.max(b).clone(), score });
            }
        }
    }
    for (key, entry) in &entries {
        for name in decisions.merge.get(&entry.name).into_iter().flatten() {
            if let Some(other) = entries.iter().find(|(other, e)| e.name == *name && *other > key) {
                pairs.push(Pair { a: key.clone(), b: other.0.clone(), score: f64::INFINITY });
            }
        }
    }
    let apart = |a: &(Order, i64), b: &(Order, i64)| {
        let (x, y) = (&entries[a], &entries[b]);
        if decided(&decisions.never, x, y) {
            return true;
        }
        let together = decided(&decisions.merge, x, y);
        !together && (x.kind != y.kind || (x.document == y.document && !x.kind.repeats()) || x.thing.cannot_be(&y.thing))
    };
    for nodes in groups(entries.keys().cloned(), pairs, apart) {
        let nodes = nodes.iter().map(|(_, id)| id.to_string()).collect::<Vec<_>>().join(",");
        let first: i64 = db.query_row(
            &format!(
                "SELECT t.id FROM thing t JOIN document d ON d.id = t.document WHERE t.node IN ({nodes}) \
                 ORDER BY d.published IS NULL, d.published, d.name, t.number LIMIT 1"
            ),
            [],
            |row| row.get(0),
        )?;
        db.execute(&format!("UPDATE thing SET grp = ?1 WHERE node IN ({nodes}) AND grp <> ?1"), [first])?;
    }
    Ok(())
}
