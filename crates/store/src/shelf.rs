//! Hashes under which nodes that may be the same find each other, with the latest nodes filed under each.
//!
//! A hash of thousands says nothing, so that only the latest are kept. Lists are written as numbers of eight bytes, behind an integer key:
//! what both databases look up fastest.

use crate::db::{Db, DbError};
use std::collections::{BTreeSet, HashMap};

/// Nodes kept under one hash.
const MOST: usize = 100;
/// Lists held before they are written.
const FULL: usize = 200_000;

/// Lists that are looked at in one transaction, read once and written once.
#[derive(Default)]
pub(crate) struct Shelf {
    lists: HashMap<i64, Vec<i64>>,
    /// In order, so that the same is written in the same order everywhere.
    changed: BTreeSet<i64>,
}

impl Shelf {
    /// The nodes under a hash, the earliest filed first.
    pub fn under(&mut self, db: &Db, hash: i64) -> Result<&mut Vec<i64>, DbError> {
        use std::collections::hash_map::Entry;
        match self.lists.entry(hash) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                let list = db.first("SELECT things FROM filed WHERE hash = ?1", &[hash.into()], |row| row.get::<Vec<u8>>(0))?;
                Ok(new.insert(list.map(|bytes| numbers(&bytes)).unwrap_or_default()))
            }
        }
    }

    /// Files a node under a hash.
    pub fn file(&mut self, db: &Db, hash: i64, node: i64) -> Result<(), DbError> {
        let list = self.under(db, hash)?;
        if !list.contains(&node) {
            list.push(node);
            let over = list.len().saturating_sub(MOST);
            list.drain(..over);
            self.changed.insert(hash);
        }
        Ok(())
    }

    /// Takes a node away, with another in its place where there is one.
    pub fn replace(&mut self, db: &Db, hash: i64, node: i64, by: Option<i64>) -> Result<(), DbError> {
        let list = self.under(db, hash)?;
        if let Some(at) = list.iter().position(|known| *known == node) {
            match by.filter(|by| !list.contains(by)) {
                Some(by) => list[at] = by,
                None => drop(list.remove(at)),
            }
            self.changed.insert(hash);
        }
        Ok(())
    }

    /// True when it is time to write what changed, though the transaction goes on.
    pub fn is_full(&self) -> bool {
        self.lists.len() >= FULL
    }

    /// Writes what changed.
    pub fn put_back(&mut self, db: &Db) -> Result<(), DbError> {
        for hash in std::mem::take(&mut self.changed) {
            let list = &self.lists[&hash];
            if list.is_empty() {
                db.execute("DELETE FROM filed WHERE hash = ?1", &[hash.into()])?;
                continue;
            }
            let bytes: Vec<u8> = list.iter().flat_map(|node| node.to_le_bytes()).collect();
            let query =
                "INSERT INTO filed (hash, things) VALUES (?1, ?2) ON CONFLICT (hash) DO UPDATE SET things = excluded.things";
            db.execute(query, &[hash.into(), (&bytes).into()])?;
        }
        self.lists.clear();
        Ok(())
    }
}

fn numbers(bytes: &[u8]) -> Vec<i64> {
    bytes.chunks_exact(8).map(|chunk| i64::from_le_bytes(chunk.try_into().expect("eight bytes"))).collect()
}
