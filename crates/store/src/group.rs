//! Groups of nodes that are the same, made anew where something changed.
//!
//! A group is called by its first member in the order of the account (day of publication, report, place in the report), so it does not
//! matter which report was kept first. Where more than 300 nodes hang together (a boilerplate, a story of a whole year) nothing is
//! made anew: a new node joins the group of what it is surest to be. What a group was called before is kept in the table of changes when the name goes elsewhere.

use crate::db::{Db, DbError};
use crate::known::{Cache, Code, Decisions, Entry, kind_of, name_of, node_of, thing_of};
use crate::node::{Node, order_of};
use onrecord_account::{Item, Pair, grouped};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Nodes that hang together and are still grouped anew.
const GIANT: usize = 300;
/// Nodes of a large group that are asked whether they are apart from a new one.
const ASKED: usize = 64;

/// Why the account changes.
pub(crate) struct Cause {
    /// When, ISO 8601.
    pub made: String,
    /// The report that came in, or the decision that was made.
    pub what: String,
    /// Things from here on are new: what they were called before nobody knows.
    pub new: i64,
}

/// A node has an earlier first: it may come before the first of its group.
pub(crate) fn rename(db: &Db, cache: &mut Cache, node: i64) -> Result<(), DbError> {
    let Node { grp, first, order, .. } = cache.node(db, node)?;
    let root = cache.node(db, grp)?;
    if grp == node || order < order_of(db, root.lead)? {
        cache.put(db, grp, Node { lead: first, ..root })?;
    }
    Ok(())
}

/// Adds a new node to the group of the nodes it is the same as, where that is all that hangs together with them and none of it is apart
/// from the new one: then there is nothing to decide between. False when it was not done and all must be grouped anew.
pub(crate) fn attach(db: &Db, cache: &mut Cache, id: i64, others: &[i64], cause: &Cause) -> Result<bool, DbError> {
    let roots = others.iter().map(|other| Ok(cache.node(db, *other)?.grp)).collect::<Result<BTreeSet<i64>, DbError>>()?;
    let whole = match roots.first() {
        Some(&root) if roots.len() == 1 => all_of(db, cache, id, others, root)?.map(|nodes| (root, nodes)),
        _ => None,
    };
    let Some((root, nodes)) = whole else {
        // What hangs together with the new one is more than their groups now.
        roots.iter().for_each(|root| cache.split(*root));
        if roots.iter().any(|root| cache.is_giant(*root)) {
            return join_surest(db, cache, id, cause).map(|()| true);
        }
        return Ok(false);
    };
    let node = cache.node(db, id)?;
    cache.put(db, id, Node { grp: root, ..node })?;
    if nodes.len() == 1 {
        cache.set_whole(root, nodes);
    }
    cache.attached(root, id);
    lead(db, cache, root, id, cause).map(|()| true)
}

/// The nodes of a group that is all that hangs together with them, where none of them is apart from the new one.
fn all_of(db: &Db, cache: &mut Cache, id: i64, others: &[i64], root: i64) -> Result<Option<Vec<i64>>, DbError> {
    let decisions = cache.decisions(db)?;
    let Some(entry) = cache.entry(db, id)?.filter(|entry| !decisions.about(&(entry.kind, entry.code))) else { return Ok(None) };
    let nodes = match cache.whole(root).cloned() {
        Some(nodes) => nodes,
        // Nothing was the same as it before.
        None if others == [root] && cache.pairs(db, root)?.len() == 1 && !decisions.any() => vec![root],
        None => return Ok(None),
    };
    for node in nodes.iter().take(GIANT) {
        let other = cache.entry(db, *node)?;
        if other.is_none_or(|other| apart(&decisions, &entry, &other)) {
            return Ok(None);
        }
    }
    Ok(Some(nodes))
}

/// A new node may come before the first of its group, which is called by it then.
fn lead(db: &Db, cache: &mut Cache, root: i64, id: i64, cause: &Cause) -> Result<(), DbError> {
    let (known, new) = (cache.node(db, root)?, cache.node(db, id)?);
    let before = known.lead;
    if new.order < order_of(db, before)? {
        cache.put(db, root, Node { lead: new.first, ..known })?;
        if root < cause.new {
            renamed(db, "merged", before, new.first, cause)?;
        }
    }
    Ok(())
}

/// Whether two nodes are in different groups whatever a third says.
fn apart(decisions: &Decisions, x: &Entry, y: &Entry) -> bool {
    let decided = |table: &BTreeMap<Code, BTreeSet<Code>>| {
        !table.is_empty() && table.get(&(x.kind, x.code)).is_some_and(|others| others.contains(&(y.kind, y.code)))
    };
    if decided(&decisions.never) {
        return true;
    }
    let one_report = x.document == y.document && !x.kind.repeats();
    !decided(&decisions.merge) && (x.kind != y.kind || x.thing.apart(&y.thing, one_report))
}

/// Groups anew everything that hangs together with these nodes, each with what touched it. What is `new` had no name before.
pub(crate) fn regroup(db: &Db, cache: &mut Cache, touched: BTreeMap<i64, String>, made: &str, new: i64) -> Result<(), DbError> {
    let mut done: BTreeSet<i64> = BTreeSet::new();
    for (seed, what) in touched {
        if done.contains(&seed) {
            continue;
        }
        let cause = Cause { made: made.to_owned(), what, new };
        match component(db, cache, seed)? {
            Some(component) => {
                group(db, cache, &component, &cause)?;
                done.extend(component);
            }
            None => join_surest(db, cache, seed, &cause)?,
        }
    }
    Ok(())
}

/// All nodes that hang together by pairs and decisions; none when they are too many.
pub(crate) fn component(db: &Db, cache: &mut Cache, seed: i64) -> Result<Option<BTreeSet<i64>>, DbError> {
    let decisions = cache.decisions(db)?;
    let seed = node_of(db, seed)?;
    let mut found = BTreeSet::from([seed]);
    let mut open = vec![seed];
    while let Some(id) = open.pop() {
        if found.len() > GIANT {
            return Ok(None);
        }
        let paired = cache.pairs(db, id)?.iter().map(|(other, _)| *other);
        open.extend(paired.filter(|&id| found.insert(id)));
        if !decisions.merge.is_empty() {
            let entry = cache.entry(db, id)?;
            for &code in entry.iter().filter_map(|e| decisions.merge.get(&(e.kind, e.code))).flatten() {
                if let Some(thing) = thing_of(db, code)? {
                    open.extend(Some(node_of(db, thing)?).filter(|&id| found.insert(id)));
                }
            }
        }
    }
    Ok(Some(found))
}

/// A node with which too much hangs together joins the group of what it is surest to be, if nothing there is apart from it.
fn join_surest(db: &Db, cache: &mut Cache, id: i64, cause: &Cause) -> Result<(), DbError> {
    let decisions = cache.decisions(db)?;
    let (Some(entry), node) = (cache.entry(db, id)?, cache.node(db, id)?) else { return Ok(()) };
    let mut others = cache.pairs(db, id)?.clone();
    for code in decisions.merge.get(&(entry.kind, entry.code)).into_iter().flatten() {
        let thing = thing_of(db, *code)?.map(|thing| node_of(db, thing)).transpose()?;
        others.extend(thing.map(|node| (node, f64::INFINITY)));
    }
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    if node.grp != id || nodes_of(db, id, 2)?.len() > 1 {
        // It stands in a group, or for one.
        cache.set_giant(node.grp);
        return Ok(());
    }
    for (other, _) in others {
        let root = cache.node(db, other)?.grp;
        let mut free = root != id;
        for member in if free { nodes_of(db, root, ASKED)? } else { Vec::new() } {
            let member = cache.entry(db, member)?;
            free &= member.is_some_and(|member| !apart(&decisions, &entry, &member));
        }
        if free {
            cache.put(db, id, Node { grp: root, ..node })?;
            cache.set_giant(root);
            return lead(db, cache, root, id, cause);
        }
    }
    cache.set_giant(id);
    Ok(())
}

/// Nodes of a group, at most so many.
pub(crate) fn nodes_of(db: &Db, root: i64, most: usize) -> Result<Vec<i64>, DbError> {
    let query = "SELECT id FROM thing WHERE grp = ?1 AND grp <> id AND node = id ORDER BY id LIMIT ?2";
    let others = i64::try_from(most).unwrap_or(i64::MAX) - 1;
    let mut nodes = db.all(query, &[root.into(), others.into()], |row| row.get(0))?;
    nodes.push(root);
    Ok(nodes)
}

/// A node of a component, in the order of the account.
struct Part {
    id: i64,
    node: Node,
    entry: Arc<Entry>,
}

fn group(db: &Db, cache: &mut Cache, component: &BTreeSet<i64>, cause: &Cause) -> Result<(), DbError> {
    let decisions = cache.decisions(db)?;
    let mut parts: Vec<Part> = Vec::with_capacity(component.len());
    for &id in component {
        if let Some(entry) = cache.entry(db, id)? {
            parts.push(Part { id, node: cache.node(db, id)?, entry });
        }
    }
    parts.sort_by(|a, b| (&a.node.order, a.id).cmp(&(&b.node.order, b.id)));
    let pairs = pairs(db, cache, &parts, &decisions)?;
    let was = called(db, cache, &parts, cause)?;
    let groups = grouped(parts.len(), pairs, |x, y| apart(&decisions, &parts[x].entry, &parts[y].entry));
    let whole = groups.len() == 1;
    parts.iter().for_each(|part| cache.split(part.node.grp));
    let mut now = BTreeMap::new();
    for members in groups {
        let members: Vec<&Part> = members.into_iter().map(|place| &parts[place]).collect();
        let (Some(first), Some(root)) = (members.first(), members.iter().map(|part| part.id).min()) else { continue };
        let lead = first.node.first;
        cache.split(root);
        for part in &members {
            let lead = if part.id == root { lead } else { part.node.lead };
            cache.put(db, part.id, Node { grp: root, lead, ..part.node.clone() })?;
            now.insert(part.id, first.node.first);
        }
        if whole {
            cache.set_whole(root, members.iter().map(|part| part.id).collect());
        }
    }
    note(db, &was, &now, cause)
}

fn pairs(db: &Db, cache: &mut Cache, parts: &[Part], decisions: &Decisions) -> Result<Vec<Pair<usize>>, DbError> {
    let places: HashMap<i64, usize> = parts.iter().enumerate().map(|(place, part)| (part.id, place)).collect();
    let mut pairs = Vec::new();
    for (a, part) in parts.iter().enumerate() {
        // Each pair is known to both of its nodes.
        let others = cache.pairs(db, part.id)?.iter().filter(|(other, _)| *other > part.id);
        pairs.extend(others.filter_map(|&(other, score)| Some(Pair { a, b: *places.get(&other)?, score })));
    }
    if !decisions.merge.is_empty() {
        let codes: HashMap<Code, usize> =
            parts.iter().enumerate().map(|(place, part)| ((part.entry.kind, part.entry.code), place)).collect();
        for (code, a) in &codes {
            let others = decisions.merge.get(code).into_iter().flatten();
            let others = others.filter_map(|other| codes.get(other)).filter(|b| *b > a);
            pairs.extend(others.map(|b| Pair { a: *a, b: *b, score: f64::INFINITY }));
        }
    }
    Ok(pairs)
}

/// What names a thing; none of one that is gone.
pub(crate) fn code(db: &Db, thing: i64) -> Result<Option<Code>, DbError> {
    let query = "SELECT kind, code FROM thing WHERE id = ?1";
    let found = db.first(query, &[thing.into()], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))?;
    Ok(found.and_then(|(kind, code)| Some((kind_of(kind)?, code))))
}

/// The first things of the groups of nodes that are not new.
fn called(db: &Db, cache: &mut Cache, parts: &[Part], cause: &Cause) -> Result<BTreeMap<i64, i64>, DbError> {
    let old = parts.iter().filter(|part| part.id < cause.new);
    old.map(|part| Ok((part.id, cache.node(db, part.node.grp)?.lead))).collect()
}

/// Keeps what became of names that are no group's any more, or of a part of one: names are those of the first things of groups.
pub(crate) fn note(db: &Db, was: &BTreeMap<i64, i64>, now: &BTreeMap<i64, i64>, cause: &Cause) -> Result<(), DbError> {
    let mut became: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for (id, old) in was {
        became.entry(*old).or_default().extend(now.get(id));
    }
    for (old, new) in became {
        let stays = new.contains(&old);
        for (i, lead) in new.iter().filter(|lead| **lead != old).enumerate() {
            let verb = if !stays && i == 0 { "merged" } else { "split" };
            renamed(db, verb, old, *lead, cause)?;
        }
    }
    Ok(())
}

/// Keeps that what was called by one thing is called by another. Of a thing that is gone `withdraw` tells.
fn renamed(db: &Db, verb: &str, was: i64, becomes: i64, cause: &Cause) -> Result<(), DbError> {
    let (Some(was), Some(becomes)) = (code(db, was)?, code(db, becomes)?) else { return Ok(()) };
    changed(db, verb, &name_of(was), Some(&name_of(becomes)), cause)
}

/// Keeps one change of a name.
pub(crate) fn changed(db: &Db, verb: &str, was: &str, becomes: Option<&str>, cause: &Cause) -> Result<(), DbError> {
    let query = "INSERT INTO change (made, verb, was, becomes, cause) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.execute(query, &[(&cause.made).into(), verb.into(), was.into(), becomes.into(), (&cause.what).into()]).map(drop)
}
