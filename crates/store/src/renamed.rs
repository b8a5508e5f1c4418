//! What names became where reports are told otherwise.
//!
//! Their things go before they come in again, so that for a moment others stand alone which are one with them before and after. What that
//! moment notes is no news: the names before and after all of it are compared instead.

use crate::db::{Db, DbError};
use crate::group::{Cause, changed, code, component};
use crate::known::{Cache, Code, group_of, name_of, thing_of};
use std::collections::{BTreeMap, BTreeSet};

/// What hangs together with reports, each thing that stands for a node with the first of its group and the cause.
#[derive(Default)]
pub(crate) struct Names {
    was: BTreeMap<Code, (Code, String)>,
    /// The last change that was noted before.
    noted: Option<i64>,
}

impl Names {
    /// Remembers what a report's things hang together with, before they go.
    pub fn remember(&mut self, db: &Db, cache: &mut Cache, document: i64, what: &str) -> Result<(), DbError> {
        if self.noted.is_none() {
            self.noted = Some(db.number("SELECT max(id) FROM change", &[])?);
        }
        let mut seen = BTreeSet::new();
        for node in db.all("SELECT DISTINCT node FROM thing WHERE document = ?1", &[document.into()], |row| row.get::<i64>(0))? {
            if seen.contains(&node) {
                continue;
            }
            // Where too much hangs together nothing is grouped anew but the node itself.
            seen.extend(component(db, cache, node)?.unwrap_or_else(|| BTreeSet::from([node])));
            seen.insert(node);
        }
        for id in seen {
            let node = cache.node(db, id)?;
            let lead = cache.node(db, node.grp)?.lead;
            if let (Some(first), Some(lead)) = (code(db, node.first)?, code(db, lead)?) {
                self.was.entry(first).or_insert_with(|| (lead, what.to_owned()));
            }
        }
        Ok(())
    }

    /// Keeps what became of them, when everything is grouped. What nothing is called any more is told elsewhere (`withdraw`).
    pub fn note(self, db: &Db, made: &str) -> Result<(), DbError> {
        let Some(noted) = self.noted else { return Ok(()) };
        let mut became: BTreeMap<Code, (BTreeSet<Code>, String)> = BTreeMap::new();
        for (first, (lead, what)) in self.was {
            // What was the name of nothing before cannot be withdrawn either.
            let (name, kept) = (name_of(first), if first == lead { "withdrawn" } else { "" });
            let query = "DELETE FROM change WHERE id > ?1 AND was = ?2 AND verb <> ?3";
            db.execute(query, &[noted.into(), (&name).into(), kept.into()])?;
            let now = thing_of(db, first)?.map(|thing| lead_of(db, thing)).transpose()?.flatten();
            if thing_of(db, lead)?.is_some() {
                became.entry(lead).or_insert_with(|| (BTreeSet::new(), what)).0.extend(now);
            }
        }
        for (old, (new, what)) in became {
            let stays = new.contains(&old);
            let cause = Cause { made: made.to_owned(), what, new: 0 };
            for (i, lead) in new.iter().filter(|lead| **lead != old).enumerate() {
                let verb = if !stays && i == 0 { "merged" } else { "split" };
                changed(db, verb, &name_of(old), Some(&name_of(*lead)), &cause)?;
            }
        }
        Ok(())
    }
}

/// The first of a thing's group.
fn lead_of(db: &Db, thing: i64) -> Result<Option<Code>, DbError> {
    let lead = db.first("SELECT lead FROM thing WHERE id = ?1", &[group_of(db, thing)?.into()], |row| row.get(0))?;
    Ok(lead.map(|lead| code(db, lead)).transpose()?.flatten())
}
