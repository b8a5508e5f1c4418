//! Groups of nodes that are the same, made anew where something changed.
//!
//! A group is called by its first member in the order of the account (day of publication, report, place in the report), so it does not
//! matter which report was kept first. What a group was called before is kept in the table of changes when the name goes elsewhere.

use crate::db::{Db, DbError, Row};
use crate::known::{Cache, Code, Decisions, Entry, group_of, kind_of, name_of, node_of, thing_of};
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

/// A node has an earlier first: it may come before the first of its group.
pub(crate) fn rename(db: &Db, node: i64) -> Result<(), DbError> {
    let number = |column: &str, id: i64| db.number(&format!("SELECT {column} FROM thing WHERE id = ?1"), &[id.into()]);
    let (root, first) = (number("grp", node)?, number("first", node)?);
    if root == node || order_of(db, first)? < order_of(db, number("lead", root)?)? {
        db.execute("UPDATE thing SET lead = ?2 WHERE id = ?1", &[root.into(), first.into()])?;
    }
    Ok(())
}

/// Adds a new node to the group of the nodes it is the same as, where that is all that hangs together with them and none of it is apart
/// from the new one: then there is nothing to decide between. False when it was not done and all must be grouped anew.
pub(crate) fn attach(db: &Db, cache: &mut Cache, id: i64, others: &[i64], cause: &Cause) -> Result<bool, DbError> {
    let decisions = cache.decisions(db)?;
    let Some(entry) = cache.entry(db, id)? else { return Ok(false) };
    let roots = others.iter().map(|other| group_of(db, *other)).collect::<Result<BTreeSet<i64>, _>>()?;
    let (Some(&root), 1) = (roots.first(), roots.len()) else { return Ok(false) };
    if decisions.about(&(entry.kind, entry.code)) {
        return Ok(false);
    }
    let nodes = match cache.whole(root).cloned() {
        Some(nodes) => nodes,
        // Nothing was the same as it before.
        None if others == [root] && cache.pairs(db, root)?.len() == 1 && !decisions.any() => vec![root],
        None => return Ok(false),
    };
    for node in &nodes {
        let Some(other) = cache.entry(db, *node)? else { return Ok(false) };
        if apart(&decisions, &entry, &other) {
            cache.split(root);
            return Ok(false);
        }
    }
    db.execute("UPDATE thing SET grp = ?2 WHERE id = ?1", &[id.into(), root.into()])?;
    if nodes.len() == 1 {
        cache.set_whole(root, nodes);
    }
    cache.attached(root, id);
    lead(db, root, id, cause).map(|()| true)
}

/// A new node may come before the first of its group, which is called by it then.
fn lead(db: &Db, root: i64, id: i64, cause: &Cause) -> Result<(), DbError> {
    let before = db.number("SELECT lead FROM thing WHERE id = ?1", &[root.into()])?;
    if order_of(db, id)? < order_of(db, before)? {
        db.execute("UPDATE thing SET lead = ?2 WHERE id = ?1", &[root.into(), id.into()])?;
        if root < cause.new {
            changed(db, "merged", &name_of(code(db, before)?), Some(&name_of(code(db, id)?)), cause)?;
        }
    }
    Ok(())
}

/// Whether two nodes are in different groups whatever a third says.
fn apart(decisions: &Decisions, x: &Entry, y: &Entry) -> bool {
    let decided = |table: &BTreeMap<Code, BTreeSet<Code>>| {
        table.get(&(x.kind, x.code)).is_some_and(|others| others.contains(&(y.kind, y.code)))
    };
    if decided(&decisions.never) {
        return true;
    }
    let one_report = x.document == y.document && !x.kind.repeats();
    !decided(&decisions.merge) && (x.kind != y.kind || one_report || x.thing.cannot_be(&y.thing))
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
        let mut next: Vec<i64> = cache.pairs(db, id)?.iter().map(|(other, _)| *other).collect();
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

/// A node before it is grouped anew.
struct Before {
    grp: i64,
    first: i64,
    lead: i64,
}

fn group(db: &Db, cache: &mut Cache, component: &BTreeSet<i64>, cause: &Cause) -> Result<(), DbError> {
    let decisions = cache.decisions(db)?;
    let mut nodes: BTreeMap<Key, Arc<Entry>> = BTreeMap::new();
    let mut before: BTreeMap<i64, Before> = BTreeMap::new();
    for &id in component {
        let Some(entry) = cache.entry(db, id)? else { continue };
        let query = "SELECT grp, first, lead FROM thing WHERE id = ?1";
        let read = |row: &Row| Ok(Before { grp: row.get(0)?, first: row.get(1)?, lead: row.get(2)? });
        let Some(node) = db.first(query, &[id.into()], read)? else { continue };
        let order = match cache.first(id) {
            Some(order) => order,
            None => order_of(db, node.first)?,
        };
        cache.set_first(id, order.clone());
        nodes.insert((order, id), entry);
        before.insert(id, node);
    }
    let pairs = pairs(db, cache, &nodes, &decisions)?;
    let was = called(db, &before, cause)?;
    let mut now = BTreeMap::new();
    let groups = groups(nodes.keys().cloned(), pairs, |a, b| apart(&decisions, &nodes[a], &nodes[b]));
    let whole = groups.len() == 1;
    before.values().for_each(|node| cache.split(node.grp));
    for members in groups {
        let (Some((_, first)), Some(root)) = (members.first(), members.iter().map(|(_, id)| *id).min()) else { continue };
        let lead = before[first].first;
        cache.split(root);
        if before[&root].lead != lead {
            db.execute("UPDATE thing SET lead = ?2 WHERE id = ?1", &[root.into(), lead.into()])?;
        }
        for (_, id) in &members {
            if before[id].grp != root {
                db.execute("UPDATE thing SET grp = ?2 WHERE id = ?1", &[(*id).into(), root.into()])?;
            }
            now.insert(*id, lead);
        }
        if whole {
            cache.set_whole(root, members.into_iter().map(|(_, id)| id).collect());
        }
    }
    note(db, &was, &now, cause)
}

fn pairs(db: &Db, cache: &mut Cache, nodes: &BTreeMap<Key, Arc<Entry>>, decisions: &Decisions) -> Result<Vec<Pair<Key>>, DbError> {
    let keys: HashMap<i64, &Key> = nodes.keys().map(|key| (key.1, key)).collect();
    let mut pairs = Vec::new();
    let mut pair = |a: &Key, b: &Key, score: f64| pairs.push(Pair { a: a.min(b).clone(), b: a.max(b).clone(), score });
    for key in nodes.keys() {
        // Each pair is known to both of its nodes.
        for (other, score) in cache.pairs(db, key.1)?.iter().filter(|(other, _)| *other > key.1) {
            if let Some(other) = keys.get(other) {
                pair(key, other, *score);
            }
        }
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

/// The first things of the groups of nodes that are not new.
fn called(db: &Db, before: &BTreeMap<i64, Before>, cause: &Cause) -> Result<BTreeMap<i64, i64>, DbError> {
    let mut was = BTreeMap::new();
    for (&id, node) in before.iter().filter(|(id, _)| **id < cause.new) {
        let lead = match before.get(&node.grp) {
            Some(root) => root.lead,
            None => db.number("SELECT lead FROM thing WHERE id = ?1", &[node.grp.into()])?,
        };
        was.insert(id, lead);
    }
    Ok(was)
}

/// Keeps what became of names that are no group's any more, or of a part of one: names are those of the first things of groups.
fn note(db: &Db, was: &BTreeMap<i64, i64>, now: &BTreeMap<i64, i64>, cause: &Cause) -> Result<(), DbError> {
    let mut became: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for (id, old) in was {
        became.entry(*old).or_default().extend(now.get(id));
    }
    for (old, new) in became {
        let stays = new.contains(&old);
        for (i, lead) in new.iter().filter(|lead| **lead != old).enumerate() {
            let verb = if !stays && i == 0 { "merged" } else { "split" };
            changed(db, verb, &name_of(code(db, old)?), Some(&name_of(code(db, *lead)?)), cause)?;
        }
    }
    Ok(())
}

/// Keeps one change of a name.
pub(crate) fn changed(db: &Db, verb: &str, was: &str, becomes: Option<&str>, cause: &Cause) -> Result<(), DbError> {
    let query = "INSERT INTO change (made, verb, was, becomes, cause) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.execute(query, &[(&cause.made).into(), verb.into(), was.into(), becomes.into(), (&cause.what).into()]).map(drop)
}
