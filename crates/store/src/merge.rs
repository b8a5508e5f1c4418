//! Tying what is new to what is known.
//!
//! A new thing whose identity is known joins the node of that identity; any other is a node of its own, is filed under its keys and looks
//! under those it finds by. Who is met there is compared, pairs that are the same are kept, and the nodes that hang together by pairs are
//! grouped anew (`group`).

use crate::Kept;
use crate::db::{Db, DbError};
use crate::group::{Cause, attach, regroup, rename};
use crate::known::{Cache, Entry, group_of, node_of};
use crate::names;
use crate::node::{Node, Order};
use crate::prepared::{Ready, all_ready};
use crate::shelf::Shelf;
use onrecord_account::{Item, Same};
use std::collections::HashMap;
use std::sync::Arc;

/// A new node is tied to so many others at the most: what is told a thousand times is one thing by then.
const PAIRS: usize = 8;
/// A new node is compared with so many others at the most.
const MET: usize = 48;

/// What a thing is the same as by its identity alone; none of what people decided about, which stands for itself.
fn identity(db: &Db, cache: &mut Cache, ready: &Ready) -> Result<Option<i64>, DbError> {
    let decided = cache.decisions(db)?.about(&(ready.kind, ready.code));
    Ok(ready.identity.filter(|_| !decided))
}

/// The node of an identity that is known.
pub(crate) fn home(db: &Db, cache: &mut Cache, ready: &Ready) -> Result<Option<i64>, DbError> {
    let Some(hash) = identity(db, cache, ready)? else { return Ok(None) };
    db.first("SELECT node FROM identity WHERE hash = ?1", &[hash.into()], |row| row.get(0))
}

/// Brings new nodes of one report into the account; [`settle`] does what is put off.
pub(crate) fn tie(db: &Db, cache: &mut Cache, new: Vec<(i64, i64, Ready)>, cause: &Cause) -> Result<(), DbError> {
    let mut same_as: Vec<(i64, Vec<i64>)> = Vec::new();
    let decisions = cache.decisions(db)?;
    for (id, document, ready) in new {
        let Ready { kind, code, thing, under, finds, compared, .. } = ready;
        let decided = decisions.about(&(kind, code));
        if decided {
            cache.pending.touched.insert(id, cause.what.clone());
        } else if under.is_empty() && finds.is_empty() {
            // Nobody will ever meet it.
            continue;
        }
        db.execute("INSERT INTO compared (node, thing) VALUES (?1, ?2)", &[id.into(), (&compared).into()])?;
        let entry = cache.remember(id, Entry { document, kind, code, thing });
        let mut same = Vec::new();
        for other in met(db, &mut cache.pending.shelf, &finds)?.into_iter().filter(|other| *other != id) {
            let Some(known) = cache.entry(db, other)? else { continue };
            if known.kind != kind || (known.document == document && !kind.repeats()) {
                continue;
            }
            if let Some(found) = entry.thing.same(&known.thing) {
                same.push((other, found));
            }
        }
        let others = surest(db, cache, id, same)?;
        if !others.is_empty() {
            same_as.push((id, others));
        }
        for hash in under {
            cache.pending.shelf.file(db, hash, id)?;
        }
    }
    for (id, others) in same_as {
        if !attach(db, cache, id, &others, cause)? {
            cache.pending.touched.insert(id, cause.what.clone());
        }
    }
    if cache.pending.shelf.is_full() { cache.pending.shelf.put_back(db) } else { Ok(()) }
}

/// Keeps the surest of what a new node is the same as, which is enough to bring all together; gives their numbers.
fn surest(db: &Db, cache: &mut Cache, id: i64, mut same: Vec<(i64, Same)>) -> Result<Vec<i64>, DbError> {
    if same.len() > PAIRS {
        let orders = same.iter().map(|(other, _)| Ok((*other, cache.node(db, *other)?.order)));
        let orders = orders.collect::<Result<HashMap<i64, Arc<Order>>, DbError>>()?;
        same.sort_by(|(a, x), (b, y)| y.score.total_cmp(&x.score).then_with(|| (&orders[a], a).cmp(&(&orders[b], b))));
        same.truncate(PAIRS);
    }
    for (other, found) in &same {
        keep_pair(db, cache, id, *other, found.score, &serde_json::to_string(&found.why).unwrap_or_default())?;
    }
    Ok(same.into_iter().map(|(other, _)| other).collect())
}

/// Does what was put off. `new` is the first thing of the transaction.
pub(crate) fn settle(db: &Db, cache: &mut Cache, made: &str, new: i64) -> Result<(), DbError> {
    cache.pending.shelf.put_back(db)?;
    let touched = std::mem::take(&mut cache.pending.touched);
    regroup(db, cache, touched, made, new)
}

fn keep_pair(db: &Db, cache: &mut Cache, a: i64, b: i64, score: f64, why: &str) -> Result<(), DbError> {
    cache.paired(a, b, score);
    let query = "INSERT INTO pair (a, b, score, why) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (a, b) DO UPDATE SET score = excluded.score, why = excluded.why";
    db.execute(query, &[a.min(b).into(), a.max(b).into(), score.into(), why.into()]).map(drop)
}

/// Those that are found under most of the hashes, of equals the latest.
fn met(db: &Db, shelf: &mut Shelf, finds: &[i64]) -> Result<Vec<i64>, DbError> {
    let mut hits: HashMap<i64, usize> = HashMap::new();
    for hash in finds {
        shelf.under(db, *hash)?.iter().for_each(|node| *hits.entry(*node).or_default() += 1);
    }
    let mut found: Vec<(usize, i64)> = hits.into_iter().map(|(node, hits)| (hits, node)).collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.truncate(MET);
    Ok(found.into_iter().map(|(_, node)| node).collect())
}

/// A thing at this place of the account takes its seat: in the node that its identity leads to, or as a node to which its identity leads
/// from now on. What is said of an actor is kept with its node.
pub(crate) fn seat(
    db: &Db,
    cache: &mut Cache,
    id: i64,
    order: Arc<Order>,
    ready: &Ready,
    home: Option<i64>,
) -> Result<(), DbError> {
    match home {
        Some(node) => joined(db, cache, id, order, node)?,
        None => {
            cache.know(id, Node { grp: id, first: id, lead: id, order });
            if let Some(hash) = identity(db, cache, ready)? {
                db.execute("INSERT INTO identity (hash, node) VALUES (?1, ?2)", &[hash.into(), id.into()])?;
            }
        }
    }
    ready.told.as_ref().map_or(Ok(()), |told| names::told(db, home.unwrap_or(id), told))
}

/// A thing at this place of the account has come to a node; it may come before the first that was there.
fn joined(db: &Db, cache: &mut Cache, id: i64, order: Arc<Order>, node: i64) -> Result<(), DbError> {
    let known = cache.node(db, node)?;
    if order < known.order {
        cache.put(db, node, Node { first: id, order, ..known })?;
        rename(db, cache, node)?;
    }
    Ok(())
}

/// Takes a report's things out of the account before another reading of it comes in. `kept` is how it was told so far.
pub(crate) fn forget(db: &Db, cache: &mut Cache, document: i64, kept: Option<&Kept>, what: &str) -> Result<(), DbError> {
    let all = kept.iter().flat_map(|kept| all_ready(&kept.document, &kept.record));
    let known: HashMap<i64, Ready> = all.map(|ready| (ready.code, ready)).collect();
    let query = "SELECT id, code FROM thing WHERE document = ?1";
    let things = db.all(query, &[document.into()], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))?;
    for (id, code) in &things {
        release(db, cache, *id, known.get(code), what)?;
        db.execute("DELETE FROM part WHERE thing = ?1", &[(*id).into()])?;
    }
    db.execute("DELETE FROM thing WHERE document = ?1", &[document.into()])?;
    things.iter().for_each(|(id, _)| drop(cache.pending.touched.remove(id)));
    Ok(())
}

/// Takes a thing out of its node, which another of the node then stands for. `ready` is what the thing came as, `what` the cause.
pub(crate) fn release(db: &Db, cache: &mut Cache, id: i64, ready: Option<&Ready>, what: &str) -> Result<(), DbError> {
    let node = node_of(db, id)?;
    cache.forget(id);
    cache.forget(node);
    cache.split(group_of(db, node)?);
    if let Some(told) = ready.and_then(|ready| ready.told.as_deref()) {
        names::taken_back(db, node, told)?;
    }
    if node != id {
        db.execute("UPDATE thing SET node = id, grp = id, first = id, lead = id WHERE id = ?1", &[id.into()])?;
        cache.unsettled();
        if renew(db, node, id)? {
            cache.pending.touched.insert(node, what.to_owned());
        }
        return Ok(());
    }
    let mut touched: Vec<i64> = cache.pairs(db, id)?.iter().map(|(other, _)| *other).collect();
    // Whoever had this node as the one of its group stands alone until it is grouped anew.
    let led = db.all("SELECT id FROM thing WHERE grp = ?1 AND grp <> id AND node = id", &[id.into()], |row| row.get(0))?;
    db.execute("UPDATE thing SET grp = id, lead = first WHERE grp = ?1 AND grp <> id AND node = id", &[id.into()])?;
    touched.extend::<Vec<i64>>(led);
    let heir: Option<i64> =
        db.first("SELECT id FROM thing WHERE node = ?1 AND node <> id ORDER BY id", &[id.into()], |row| row.get(0))?;
    // What is filed under its keys is as good for another of its identity.
    for hash in ready.into_iter().flat_map(|ready| &ready.under) {
        cache.pending.shelf.replace(db, *hash, id, heir)?;
    }
    match heir {
        Some(heir) => {
            inherit(db, cache, id, heir)?;
            touched.push(heir);
        }
        None => {
            for table in ["identity", "name", "name_word"] {
                db.execute(&format!("DELETE FROM {table} WHERE node = ?1"), &[id.into()])?;
            }
        }
    }
    db.execute("UPDATE thing SET node = id, grp = id, first = id, lead = id WHERE id = ?1", &[id.into()])?;
    db.execute("DELETE FROM compared WHERE node = ?1", &[id.into()])?;
    db.execute("DELETE FROM pair WHERE a = ?1 OR b = ?1", &[id.into()])?;
    cache.unsettled();
    cache.pending.touched.extend(touched.into_iter().map(|node| (node, what.to_owned())));
    Ok(())
}

/// Everything that a node stood for goes to another thing of it.
fn inherit(db: &Db, cache: &mut Cache, id: i64, heir: i64) -> Result<(), DbError> {
    let first = db.number("SELECT first FROM thing WHERE id = ?1", &[id.into()])?;
    let both = [id.into(), heir.into()];
    db.execute("UPDATE thing SET node = ?2 WHERE node = ?1 AND node <> id", &both)?;
    db.execute("UPDATE thing SET grp = ?1, first = ?2, lead = ?2 WHERE id = ?1", &[heir.into(), first.into()])?;
    for table in ["identity", "part", "name", "name_word", "compared"] {
        db.execute(&format!("UPDATE {table} SET node = ?2 WHERE node = ?1"), &both)?;
    }
    renew(db, heir, id)?;
    let pairs = db.all("SELECT a, b, score, why FROM pair WHERE a = ?1 OR b = ?1", &[id.into()], |row| {
        Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<f64>(2)?, row.get::<String>(3)?))
    })?;
    for (a, b, score, why) in pairs {
        keep_pair(db, cache, heir, if a == id { b } else { a }, score, &why)?;
    }
    Ok(())
}

/// The first of a node that `gone` has left; false when it was another.
fn renew(db: &Db, node: i64, gone: i64) -> Result<bool, DbError> {
    if db.number("SELECT first FROM thing WHERE id = ?1", &[node.into()])? != gone {
        return Ok(false);
    }
    let query = "SELECT t.id FROM thing t JOIN document d ON d.id = t.document WHERE t.id = ?1 OR (t.node = ?1 AND t.node <> t.id) \
                 ORDER BY d.published IS NULL, d.published, d.name, t.number LIMIT 1";
    let first: i64 = db.first(query, &[node.into()], |row| row.get(0))?.unwrap_or(node);
    db.execute("UPDATE thing SET first = ?2 WHERE id = ?1", &[node.into(), first.into()])?;
    Ok(true)
}
