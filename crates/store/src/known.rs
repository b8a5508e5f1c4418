//! Things as they are compared, and what people decided: remembered, so that the last days' need not be read again for every report.

use crate::db::{Db, DbError};
use crate::kept::load;
use crate::node::Node;
use crate::prepared::ready;
use crate::shelf::Shelf;
use onrecord_account::{Cast, Kind, Thing, name, parts_of_name};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Nodes remembered at the least; twice as many at the most.
const REMEMBERED: usize = 60_000;

/// Nodes remembered as they stand in the account: they take little room.
const NODES: usize = 200_000;

/// A thing as it is compared.
#[derive(Debug)]
pub(crate) struct Entry {
    pub document: i64,
    pub kind: Kind,
    pub code: i64,
    pub thing: Thing,
}

/// What was compared lately, and what people decided.
#[derive(Default)]
pub(crate) struct Cache {
    /// Used since the last change of generations, and those used before: what nobody asked for in a whole generation is let go.
    entries: HashMap<i64, Arc<Entry>>,
    older: HashMap<i64, Arc<Entry>>,
    /// Nodes as they lie in the database.
    nodes: HashMap<i64, Node>,
    /// Pairs of nodes that were grouped lately.
    pairs: HashMap<i64, Vec<(i64, f64)>>,
    /// Groups, by the node that stands for each, that are all that hangs together with them: no two of their nodes are apart.
    whole: HashMap<i64, Vec<i64>>,
    /// Groups, by the node that stands for each, with which too much hangs together to make all anew.
    giant: HashSet<i64>,
    decisions: Option<Arc<Decisions>>,
    /// What the transaction has still to do.
    pub pending: Pending,
}

/// What is put off to the end of a transaction, because many reports of one touch the same.
#[derive(Default)]
pub(crate) struct Pending {
    /// Nodes whose groups must be made anew, each with what touched it last.
    pub touched: BTreeMap<i64, String>,
    pub shelf: Shelf,
}

/// What a decision or a pair is about.
pub(crate) type Code = (Kind, i64);

/// Live decisions.
#[derive(Default)]
pub(crate) struct Decisions {
    pub merge: BTreeMap<Code, BTreeSet<Code>>,
    pub never: BTreeMap<Code, BTreeSet<Code>>,
}

impl Decisions {
    /// True when anything was decided at all.
    pub fn any(&self) -> bool {
        !self.merge.is_empty() || !self.never.is_empty()
    }

    /// True when something was decided about this thing.
    pub fn about(&self, thing: &Code) -> bool {
        [&self.merge, &self.never].iter().any(|table| table.get(thing).is_some_and(|others| !others.is_empty()))
    }
}

impl Cache {
    /// Decisions were made or undone.
    pub fn decided(&mut self) {
        self.decisions = None;
        self.whole.clear();
        self.giant.clear();
    }

    /// What was not committed must not be remembered.
    pub fn clear(&mut self) {
        *self = Cache::default();
    }

    /// A thing is gone or has another reading.
    pub fn forget(&mut self, id: i64) {
        self.entries.remove(&id);
        self.older.remove(&id);
    }

    /// What a node is the same as, and how surely.
    pub fn pairs(&mut self, db: &Db, id: i64) -> Result<&Vec<(i64, f64)>, DbError> {
        use std::collections::hash_map::Entry;
        if self.pairs.len() >= REMEMBERED {
            self.pairs.clear();
        }
        match self.pairs.entry(id) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                let query = "SELECT b, score FROM pair WHERE a = ?1 UNION ALL SELECT a, score FROM pair WHERE b = ?1";
                Ok(new.insert(db.all(query, &[id.into()], |row| Ok((row.get(0)?, row.get(1)?)))?))
            }
        }
    }

    /// Two nodes are the same: kept with what is known of either already.
    pub fn paired(&mut self, a: i64, b: i64, score: f64) {
        for (id, other) in [(a, b), (b, a)] {
            if let Some(known) = self.pairs.get_mut(&id) {
                match known.iter_mut().find(|(node, _)| *node == other) {
                    Some(pair) => pair.1 = score,
                    None => known.push((other, score)),
                }
            }
        }
    }

    /// Nodes and pairs were changed where they lie.
    pub fn unsettled(&mut self) {
        self.pairs.clear();
        self.nodes.clear();
        self.giant.clear();
    }

    /// True when too much hangs together with a group.
    pub fn is_giant(&self, root: i64) -> bool {
        self.giant.contains(&root)
    }

    /// Too much hangs together with this group.
    pub fn set_giant(&mut self, root: i64) {
        if self.giant.len() >= NODES {
            self.giant.clear();
        }
        self.giant.insert(root);
    }

    /// The nodes of a group that is whole.
    pub fn whole(&self, root: i64) -> Option<&Vec<i64>> {
        self.whole.get(&root)
    }

    /// All that hangs together is this group.
    pub fn set_whole(&mut self, root: i64, nodes: Vec<i64>) {
        if self.whole.len() >= REMEMBERED {
            self.whole.clear();
        }
        self.whole.insert(root, nodes);
    }

    /// Another node belongs to a whole group.
    pub fn attached(&mut self, root: i64, node: i64) {
        self.whole.entry(root).or_default().push(node);
    }

    /// A group is no more all that hangs together.
    pub fn split(&mut self, root: i64) {
        self.whole.remove(&root);
    }

    /// The node of this number.
    pub fn node(&mut self, db: &Db, id: i64) -> Result<Node, DbError> {
        if let Some(node) = self.nodes.get(&id) {
            return Ok(node.clone());
        }
        let node = Node::load(db, id)?;
        self.know(id, node.clone());
        Ok(node)
    }

    /// The node of this number is so now.
    pub fn put(&mut self, db: &Db, id: i64, node: Node) -> Result<(), DbError> {
        if self.node(db, id)? != node {
            node.save(db, id)?;
            self.know(id, node);
        }
        Ok(())
    }

    /// What lies in the database is known without looking.
    pub fn know(&mut self, id: i64, node: Node) {
        if self.nodes.len() >= NODES {
            self.nodes.clear();
        }
        self.nodes.insert(id, node);
    }

    pub fn remember(&mut self, id: i64, entry: Entry) -> Arc<Entry> {
        let entry = Arc::new(entry);
        self.keep(id, &entry);
        entry
    }

    fn keep(&mut self, id: i64, entry: &Arc<Entry>) {
        if self.entries.len() >= REMEMBERED {
            self.older = std::mem::take(&mut self.entries);
        }
        self.entries.insert(id, Arc::clone(entry));
    }

    /// The thing, from memory, or as it is kept.
    pub fn entry(&mut self, db: &Db, id: i64) -> Result<Option<Arc<Entry>>, DbError> {
        if let Some(entry) = self.entries.get(&id) {
            return Ok(Some(Arc::clone(entry)));
        }
        if let Some(entry) = self.older.remove(&id) {
            self.keep(id, &entry);
            return Ok(Some(entry));
        }
        let query = "SELECT t.document, t.kind, t.code, c.thing FROM thing t LEFT JOIN compared c ON c.node = t.id WHERE t.id = ?1";
        let row = db.first(query, &[id.into()], |row| {
            Ok((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?, row.get::<Option<Vec<u8>>>(3)?))
        })?;
        let Some((document, kind, code, bytes)) = row else { return Ok(None) };
        let Some(kind) = kind_of(kind) else { return Ok(None) };
        // What another version of the program kept, and what nobody could meet, is made of its report.
        let thing = match bytes.and_then(|bytes| Thing::from_bytes(&bytes)) {
            Some(thing) => Some(thing),
            None => read_again(db, document, kind, code)?,
        };
        Ok(thing.map(|thing| self.remember(id, Entry { document, kind, code, thing })))
    }

    pub fn decisions(&mut self, db: &Db) -> Result<Arc<Decisions>, DbError> {
        if let Some(decisions) = &self.decisions {
            return Ok(Arc::clone(decisions));
        }
        let mut decisions = Decisions::default();
        let rows = db.all("SELECT verb, a, b FROM decision WHERE undone = 0 ORDER BY id", &[], |row| {
            Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<String>(2)?))
        })?;
        for (verb, a, b) in rows {
            let (Some(a), Some(b)) = (code_of(&a), code_of(&b)) else { continue };
            let (add, other) = match verb.as_str() {
                "merge" => (&mut decisions.merge, &mut decisions.never),
                _ => (&mut decisions.never, &mut decisions.merge),
            };
            // The later word counts.
            for (x, y) in [(a, b), (b, a)] {
                if let Some(others) = other.get_mut(&x) {
                    others.remove(&y);
                }
                add.entry(x).or_default().insert(y);
            }
        }
        let decisions = Arc::new(decisions);
        self.decisions = Some(Arc::clone(&decisions));
        Ok(decisions)
    }
}

/// A thing as its report tells it.
fn read_again(db: &Db, document: i64, kind: Kind, code: i64) -> Result<Option<Thing>, DbError> {
    let Some(kept) = load(db, document)? else { return Ok(None) };
    let cast = Cast::new(&kept.document, &kept.record.actors);
    let all = ready(kind, &kept.document, &kept.record, &cast);
    Ok(all.into_iter().find(|ready| ready.code == code).map(|ready| ready.thing))
}

pub(crate) fn kind_of(number: i64) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| *kind as i64 == number)
}

/// What a name says: `event-0123456789abcdef`.
pub(crate) fn code_of(name: &str) -> Option<Code> {
    let (kind, code) = parts_of_name(name)?;
    Some((Kind::ALL.into_iter().find(|k| k.as_str() == kind)?, code))
}

pub(crate) fn name_of((kind, code): Code) -> String {
    name(kind.as_str(), code)
}

/// The thing of this kind and number.
pub(crate) fn thing_of(db: &Db, (kind, code): Code) -> Result<Option<i64>, DbError> {
    db.first("SELECT id FROM thing WHERE code = ?1 AND kind = ?2 ORDER BY id", &[code.into(), (kind as i64).into()], |row| {
        row.get(0)
    })
}

/// The node that stands for a thing's identity.
pub(crate) fn node_of(db: &Db, id: i64) -> Result<i64, DbError> {
    Ok(db.first("SELECT node FROM thing WHERE id = ?1", &[id.into()], |row| row.get(0))?.unwrap_or(id))
}

/// The node that stands for the group of the record at this place of a report.
pub(crate) fn group_at(db: &Db, document: i64, kind: Kind, number: usize) -> Result<Option<i64>, DbError> {
    let query = "SELECT n.grp FROM thing t JOIN thing n ON n.id = t.node WHERE t.document = ?1 AND t.kind = ?2 AND t.number = ?3";
    db.first(query, &[document.into(), (kind as i64).into(), (number as i64).into()], |row| row.get(0))
}

/// What the group that a node stands for is called: by its first thing.
pub(crate) fn name_of_root(db: &Db, root: i64) -> Result<Option<String>, DbError> {
    let query = "SELECT f.kind, f.code FROM thing r JOIN thing f ON f.id = r.lead WHERE r.id = ?1";
    let found = db.first(query, &[root.into()], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))?;
    Ok(found.and_then(|(kind, code)| Some(name_of((kind_of(kind)?, code)))))
}

/// The node that stands for a thing's group.
pub(crate) fn group_of(db: &Db, id: i64) -> Result<i64, DbError> {
    let query = "SELECT n.grp FROM thing t JOIN thing n ON n.id = t.node WHERE t.id = ?1";
    Ok(db.first(query, &[id.into()], |row| row.get(0))?.unwrap_or(id))
}
