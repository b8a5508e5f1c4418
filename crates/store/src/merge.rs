//! Tying what is new to what is known.
//!
//! A new thing whose identity is known joins the node of that identity; any other is a node of its own, is filed under its keys and looks
//! under those it finds by. Who is met there is compared, pairs that are the same are kept, and the nodes that hang together by pairs are
//! grouped anew (`group`).

use crate::db::{Db, DbError};
use crate::group::{Cause, order_of, regroup, rename};
use crate::add::load;
use crate::known::{Cache, Entry, node_of};
use crate::names;
use crate::prepared::Ready;
use onrecord_account::{Called, Item, Kind};
use std::collections::BTreeSet;

/// Under one key no more than so many are compared with a new thing, the latest first: a key of thousands says nothing.
const MET: i64 = 200;

/// The node of an identity that is known.
pub(crate) fn identified(db: &Db, ready: &Ready) -> Result<Option<i64>, DbError> {
    let Some(hash) = ready.identity else { return Ok(None) };
    db.first("SELECT node FROM identity WHERE hash = ?1", &[hash.into()], |row| row.get(0))
}

/// Brings new nodes of one report into the account.
pub(crate) fn tie(db: &Db, cache: &mut Cache, new: Vec<(i64, i64, Ready)>, cause: &Cause) -> Result<(), DbError> {
    let mut touched = BTreeSet::new();
    let decisions = cache.decisions(db)?;
    for (id, document, ready) in new {
        let Ready { kind, code, thing, under, finds, .. } = ready;
        let decided = decisions.about(&(kind, code));
        let entry = cache.remember(id, Entry { document, kind, code, thing });
        for other in met(db, &finds)? {
            if other == id {
                continue;
            }
            let Some(known) = cache.entry(db, other)? else { continue };
            if known.kind != kind || (known.document == document && !kind.repeats()) {
                continue;
            }
            if let Some(same) = entry.thing.same(&known.thing) {
                keep_pair(db, id, other, same.score, &serde_json::to_string(&same.why).unwrap_or_default())?;
                touched.insert(id);
            }
        }
        for hash in under {
            db.execute("INSERT INTO filed (hash, thing) VALUES (?1, ?2) ON CONFLICT DO NOTHING", &[hash.into(), id.into()])?;
        }
        if decided {
            touched.insert(id);
        }
    }
    regroup(db, cache, touched, cause)
}

fn keep_pair(db: &Db, a: i64, b: i64, score: f64, why: &str) -> Result<(), DbError> {
    let query = "INSERT INTO pair (a, b, score, why) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (a, b) DO UPDATE SET score = excluded.score, why = excluded.why";
    db.execute(query, &[a.min(b).into(), a.max(b).into(), score.into(), why.into()]).map(drop)
}

fn met(db: &Db, finds: &[i64]) -> Result<BTreeSet<i64>, DbError> {
    let mut found = BTreeSet::new();
    for hash in finds {
        let query = "SELECT thing FROM filed WHERE hash = ?1 ORDER BY thing DESC LIMIT ?2";
        db.each(query, &[(*hash).into(), MET.into()], &mut |row| {
            found.insert(row.get(0)?);
            Ok(true)
        })?;
    }
    Ok(found)
}

/// A thing has come to a node; it may come before the first that was there.
pub(crate) fn joined(db: &Db, id: i64, node: i64) -> Result<(), DbError> {
    let first = db.number("SELECT first FROM thing WHERE id = ?1", &[node.into()])?;
    if order_of(db, id)? < order_of(db, first)? {
        db.execute("UPDATE thing SET first = ?2 WHERE id = ?1", &[node.into(), id.into()])?;
        rename(db, node)?;
    }
    Ok(())
}

/// Takes a report's things out of the account before another reading of it comes in; gives what must be grouped anew.
pub(crate) fn forget(db: &Db, cache: &mut Cache, document: i64) -> Result<BTreeSet<i64>, DbError> {
    let actors = load(db, document)?.map(|kept| kept.record.actors).unwrap_or_default();
    let query = "SELECT id, kind, number FROM thing WHERE document = ?1";
    let things = db.all(query, &[document.into()], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?)))?;
    let mut touched = BTreeSet::new();
    for &(id, kind, number) in &things {
        let actor = usize::try_from(number).ok().filter(|_| kind == Kind::Actor as i64).and_then(|number| actors.get(number));
        touched.extend(release(db, cache, id, actor.map(|actor| Called::from(actor).to_json()).as_deref())?);
        db.execute("DELETE FROM part WHERE thing = ?1", &[id.into()])?;
    }
    db.execute("DELETE FROM thing WHERE document = ?1", &[document.into()])?;
    let gone: BTreeSet<i64> = things.into_iter().map(|(id, _, _)| id).collect();
    Ok(touched.difference(&gone).copied().collect())
}

/// Takes a thing out of its node, which another of the node then stands for; gives the nodes to be grouped anew. `told` is what was said
/// of an actor.
pub(crate) fn release(db: &Db, cache: &mut Cache, id: i64, told: Option<&str>) -> Result<Vec<i64>, DbError> {
    let node = node_of(db, id)?;
    cache.forget(id);
    if let Some(told) = told {
        names::taken_back(db, node, told)?;
    }
    if node != id {
        db.execute("UPDATE thing SET node = id, grp = id, first = id WHERE id = ?1", &[id.into()])?;
        return Ok(if renew(db, node, id)? { vec![node] } else { Vec::new() });
    }
    let mut touched = neighbours(db, id)?;
    // Whoever had this node as the one of its group stands alone until it is grouped anew.
    let led = db.all("SELECT id FROM thing WHERE grp = ?1 AND grp <> id AND node = id", &[id.into()], |row| row.get(0))?;
    db.execute("UPDATE thing SET grp = id WHERE grp = ?1 AND grp <> id AND node = id", &[id.into()])?;
    touched.extend::<Vec<i64>>(led);
    let heir: Option<i64> = db.first("SELECT id FROM thing WHERE node = ?1 AND node <> id ORDER BY id", &[id.into()], |row| row.get(0))?;
    match heir {
        Some(heir) => {
            inherit(db, id, heir)?;
            touched.push(heir);
        }
        None => {
            for table in ["identity WHERE node", "filed WHERE thing", "name WHERE node", "name_word WHERE node"] {
                db.execute(&format!("DELETE FROM {table} = ?1"), &[id.into()])?;
            }
        }
    }
    db.execute("UPDATE thing SET node = id, grp = id, first = id WHERE id = ?1", &[id.into()])?;
    db.execute("DELETE FROM pair WHERE a = ?1 OR b = ?1", &[id.into()])?;
    Ok(touched)
}

/// Everything that a node stood for goes to another thing of it.
fn inherit(db: &Db, id: i64, heir: i64) -> Result<(), DbError> {
    let first = db.number("SELECT first FROM thing WHERE id = ?1", &[id.into()])?;
    let both = [id.into(), heir.into()];
    db.execute("UPDATE thing SET node = ?2 WHERE node = ?1 AND node <> id", &both)?;
    db.execute("UPDATE thing SET grp = ?1, first = ?2 WHERE id = ?1", &[heir.into(), first.into()])?;
    for (table, column) in [("identity", "node"), ("filed", "thing"), ("part", "node"), ("name", "node"), ("name_word", "node")] {
        db.execute(&format!("UPDATE {table} SET {column} = ?2 WHERE {column} = ?1"), &both)?;
    }
    renew(db, heir, id)?;
    let pairs = db.all("SELECT a, b, score, why FROM pair WHERE a = ?1 OR b = ?1", &[id.into()], |row| {
        Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<f64>(2)?, row.get::<String>(3)?))
    })?;
    for (a, b, score, why) in pairs {
        keep_pair(db, heir, if a == id { b } else { a }, score, &why)?;
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

pub(crate) fn neighbours(db: &Db, id: i64) -> Result<Vec<i64>, DbError> {
    db.all("SELECT b FROM pair WHERE a = ?1 UNION ALL SELECT a FROM pair WHERE b = ?1", &[id.into()], |row| row.get(0))
}
