//! Nodes: what stands for all things of one identity, and where it stands in the account.

use crate::db::{Db, DbError};
use std::sync::Arc;

/// Place in the account: reports without a day come last.
pub(crate) type Order = (bool, String, String, i64);

/// The place of the record of this number in a report of this day and name.
pub(crate) fn order(published: Option<String>, name: String, number: i64) -> Order {
    (published.is_none(), published.unwrap_or_default(), name, number)
}

/// A node as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// The node that stands for its group.
    pub grp: i64,
    /// Its first thing.
    pub first: i64,
    /// The first thing of the group that it stands for.
    pub lead: i64,
    /// Where its first thing stands.
    pub order: Arc<Order>,
}

impl Node {
    /// As it lies in the database.
    pub fn load(db: &Db, id: i64) -> Result<Self, DbError> {
        let query = "SELECT n.grp, n.first, n.lead, d.published, d.name, f.number FROM thing n JOIN thing f ON f.id = n.first \
                     JOIN document d ON d.id = f.document WHERE n.id = ?1";
        let found = db.first(query, &[id.into()], |row| {
            let order = order(row.get(3)?, row.get(4)?, row.get(5)?);
            Ok(Node { grp: row.get(0)?, first: row.get(1)?, lead: row.get(2)?, order: Arc::new(order) })
        })?;
        Ok(found.unwrap_or_else(|| Node { grp: id, first: id, lead: id, order: Arc::new(nowhere(id)) }))
    }

    /// Puts it into the database.
    pub fn save(&self, db: &Db, id: i64) -> Result<(), DbError> {
        let query = "UPDATE thing SET grp = ?2, first = ?3, lead = ?4 WHERE id = ?1";
        db.execute(query, &[id.into(), self.grp.into(), self.first.into(), self.lead.into()]).map(drop)
    }
}

fn nowhere(id: i64) -> Order {
    (true, String::new(), String::new(), id)
}

/// Where a thing stands in the order of the account.
pub(crate) fn order_of(db: &Db, id: i64) -> Result<Arc<Order>, DbError> {
    let query = "SELECT d.published, d.name, t.number FROM thing t JOIN document d ON d.id = t.document WHERE t.id = ?1";
    let found = db.first(query, &[id.into()], |row| Ok(order(row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(Arc::new(found.unwrap_or_else(|| nowhere(id))))
}
