//! Groups of nodes that are the same, made anew where something changed.
//!
//! A group is called by its first member in the order of the account (day of publication, report, place in the report), so it does not
//! matter which report was kept first. What a group was called before is kept in the table of changes when the name goes elsewhere.

use crate::db::{Db, DbError};
use crate::known::{Cache, Code, Decisions, Entry, kind_of, name_of, node_of, thing_of};
use crate::merge::neighbours;
use onrecord_account::{Item, Pair, groups};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Why the account changes.
pub(crate) struct Cause {
    /// When, ISO 8601.
    pub made: String,
    /// The report that came in, or the decision that was made.
    pub what: String,
    /// Things from here on are new: what they were called before nobody knows.
    pub new: i64,
}

/// Place in the account: reports without a day come last.
pub(crate) type Order = (bool, String, String, i64);

/// A node of a component: by its first member's place.
type Key = (Order, i64);

/// Where a thing stands in the order of the account.
pub(crate) fn order_of(db: &Db, id: i64) -> Result<Order, DbError> {
    let query = "SELECT d.published, d.name, t.number FROM thing t JOIN document d ON d.id = t.document WHERE t.id = ?1";
    let found = db.first(query, &[id.into()], |row| {
        let published: Option<String> = row.get(0)?;
        Ok((published.is_none(), published.unwrap_or_default(), row.get(1)?, row.get(2)?))
    })?;
    Ok(found.unwrap_or((true, String::new(), String::new(), id)))
}

/// The node of a group whose first member comes before all others stands for it, so that its first is the group's.
pub(crate) fn rename(db: &Db, node: i64) -> Result<(), DbError> {
    let root = db.number("SELECT grp FROM thing WHERE id = ?1", &[node.into()])?;
    if root == node {
        return Ok(());
    }
    let first = |node: i64| order_of(db, db.number("SELECT first FROM thing WHERE id = ?1", &[node.into()])?);
    if first(node)? < first(root)? {
        let query = "UPDATE thing SET grp = ?2 WHERE id = ?1 OR (grp = ?1 AND grp <> id AND node = id)";
        db.execute(query, &[root.into(), node.into()])?;
    }
    Ok(())
}

/// Groups anew everything that hangs together with these.
pub(crate) fn regroup(db: &Db, cache: &mut Cache, touched: BTreeSet<i64>, cause: &Cause) -> Result<(), DbError> {
    let mut done: BTreeSet<i64> = BTreeSet::new();
    for seed in touched {
        if done.contains(&seed) {
            continue;
        }
        let component = component(db, cache, seed)?;
        group(db, cache, &component, cause)?;
        done.extend(component);
    }
    Ok(())
}

/// All nodes that hang together by pairs and decisions.
fn component(db: &Db, cache: &mut Cache, seed: i64) -> Result<BTreeSet<i64>, DbError> {
    let decisions = cache.decisions(db)?;
    let seed = node_of(db, seed)?;
    let mut found = BTreeSet::from([seed]);
    let mut open = vec![seed];
    while let Some(id) = open.pop() {
        let mut next = neighbours(db, id)?;
        if !decisions.merge.is_empty() {
            let entry = cache.entry(db, id)?;
            for &code in entry.iter().filter_map(|e| decisions.merge.get(&(e.kind, e.code))).flatten() {
                if let Some(thing) = thing_of(db, code)? {
                    next.push(node_of(db, thing)?);
                }
            }
        }
        open.extend(next.into_iter().filter(|&id| found.insert(id)));
    }
    Ok(found)
}

fn group(db: &Db, cache: &mut Cache, component: &BTreeSet<i64>, cause: &Cause) -> Result<(), DbError> {
    let decisions = cache.decisions(db)?;
    let mut nodes: BTreeMap<Key, Arc<Entry>> = BTreeMap::new();
    let mut before: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for &id in component {
        let Some(entry) = cache.entry(db, id)? else { continue };
        let query = "SELECT grp, first FROM thing WHERE id = ?1";
        let Some((grp, first)) = db.first(query, &[id.into()], |row| Ok((row.get(0)?, row.get(1)?)))? else { continue };
        before.insert(id, (grp, first));
        nodes.insert((order_of(db, first)?, id), entry);
    }
    let pairs = pairs(db, &nodes, &decisions)?;
    let apart = |a: &Key, b: &Key| {
        let (x, y) = (&nodes[a], &nodes[b]);
        let decided = |table: &BTreeMap<Code, BTreeSet<Code>>| {
            table.get(&(x.kind, x.code)).is_some_and(|others| others.contains(&(y.kind, y.code)))
        };
        if decided(&decisions.never) {
            return true;
        }
        let one_report = x.document == y.document && !x.kind.repeats();
        !decided(&decisions.merge) && (x.kind != y.kind || one_report || x.thing.cannot_be(&y.thing))
    };
    let was = called(db, &before, cause)?;
    let mut now = BTreeMap::new();
    for members in groups(nodes.keys().cloned(), pairs, apart) {
        let Some(root) = members.first().map(|(_, id)| *id) else { continue };
        for (_, id) in members {
            if before[&id].0 != root {
                db.execute("UPDATE thing SET grp = ?2 WHERE id = ?1", &[id.into(), root.into()])?;
            }
            now.insert(id, code(db, before[&root].1)?);
        }
    }
    note(db, &was, &now, cause)
}

fn pairs(db: &Db, nodes: &BTreeMap<Key, Arc<Entry>>, decisions: &Decisions) -> Result<Vec<Pair<Key>>, DbError> {
    let keys: HashMap<i64, &Key> = nodes.keys().map(|key| (key.1, key)).collect();
    let mut pairs = Vec::new();
    let mut pair = |a: &Key, b: &Key, score: f64| pairs.push(Pair { a: a.min(b).clone(), b: a.max(b).clone(), score });
    for key in nodes.keys() {
        db.each("SELECT b, score FROM pair WHERE a = ?1", &[key.1.into()], &mut |row| {
            if let Some(other) = keys.get(&row.get::<i64>(0)?) {
                pair(key, other, row.get(1)?);
            }
            Ok(true)
        })?;
    }
    if !decisions.merge.is_empty() {
        for (key, entry) in nodes {
            let others = decisions.merge.get(&(entry.kind, entry.code)).into_iter().flatten();
            for code in others {
                if let Some((other, _)) = nodes.iter().find(|(other, e)| (e.kind, e.code) == *code && *other > key) {
                    pair(key, other, f64::INFINITY);
                }
            }
        }
    }
    Ok(pairs)
}

fn code(db: &Db, thing: i64) -> Result<Code, DbError> {
    let query = "SELECT kind, code FROM thing WHERE id = ?1";
    let found = db.first(query, &[thing.into()], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))?;
    Ok(found.and_then(|(kind, code)| Some((kind_of(kind)?, code))).unwrap_or((onrecord_account::Kind::Document, 0)))
}

/// What the groups of nodes that are not new were called.
fn called(db: &Db, before: &BTreeMap<i64, (i64, i64)>, cause: &Cause) -> Result<BTreeMap<i64, Code>, DbError> {
    let mut was = BTreeMap::new();
    for (&id, &(root, first)) in before.iter().filter(|(id, _)| **id < cause.new) {
        let first = match before.get(&root) {
            _ if root == id => first,
            Some((_, first)) => *first,
            None => db.number("SELECT first FROM thing WHERE id = ?1", &[root.into()])?,
        };
        was.insert(id, code(db, first)?);
    }
    Ok(was)
}

/// Keeps what became of names that are no group's any more, or of a part of one.
fn note(db: &Db, was: &BTreeMap<i64, Code>, now: &BTreeMap<i64, Code>, cause: &Cause) -> Result<(), DbError> {
    let mut became: BTreeMap<Code, BTreeSet<Code>> = BTreeMap::new();
    for (id, old) in was {
        became.entry(*old).or_default().extend(now.get(id));
    }
    for (old, new) in became {
        let stays = new.contains(&old);
        for (i, name) in new.iter().filter(|name| **name != old).enumerate() {
            let verb = if !stays && i == 0 { "merged" } else { "split" };
            changed(db, verb, &name_of(old), Some(&name_of(*name)), cause)?;
        }
    }
    Ok(())
}

/// Keeps one change of a name.
pub(crate) fn changed(db: &Db, verb: &str, was: &str, becomes: Option<&str>, cause: &Cause) -> Result<(), DbError> {
    let query = "INSERT INTO change (made, verb, was, becomes, cause) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.execute(query, &[(&cause.made).into(), verb.into(), was.into(), becomes.into(), (&cause.what).into()]).map(drop)
}
