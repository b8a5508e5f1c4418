//! What a report was first to tell, so that names which another reading does not give any more lead somewhere.

use crate::db::{Db, DbError};
use crate::group::{Cause, changed};
use crate::known::{Code, group_of, kind_of, name_of, name_of_root, thing_of};

/// Groups called by things of one report, each with a member that another report tells.
pub(crate) struct Standing {
    groups: Vec<(Code, Option<i64>)>,
}

impl Standing {
    /// Of this report, before its things are forgotten.
    pub fn of(db: &Db, document: i64) -> Result<Self, DbError> {
        let query = "SELECT t.id, t.kind, t.code, n.grp FROM thing t JOIN thing n ON n.id = t.node JOIN thing r ON r.id = n.grp \
                     WHERE t.document = ?1 AND r.lead = t.id AND t.kind > 0";
        let firsts = db.all(query, &[document.into()], |row| Ok((row.get::<i64>(1)?, row.get::<i64>(2)?, row.get::<i64>(3)?)))?;
        let mut groups = Vec::new();
        for (kind, code, root) in firsts {
            let Some(kind) = kind_of(kind) else { continue };
            groups.push(((kind, code), survivor(db, root, document)?));
        }
        Ok(Standing { groups })
    }

    /// Keeps which of the names nothing has any more.
    pub fn note(self, db: &Db, cause: &Cause) -> Result<(), DbError> {
        for (code, survivor) in self.groups {
            if thing_of(db, code)?.is_some() {
                continue;
            }
            let heir = survivor.map(|thing| name_of_group(db, thing)).transpose()?.flatten();
            changed(db, "withdrawn", &name_of(code), heir.as_deref(), cause)?;
        }
        Ok(())
    }
}

/// A member of the group that another report tells.
fn survivor(db: &Db, root: i64, document: i64) -> Result<Option<i64>, DbError> {
    let nodes = "SELECT id FROM thing WHERE id = ?1 OR (grp = ?1 AND grp <> id AND node = id) ORDER BY id";
    for node in db.all(nodes, &[root.into()], |row| row.get::<i64>(0))? {
        let members = "SELECT id FROM thing WHERE (id = ?1 OR (node = ?1 AND node <> id)) AND document <> ?2 ORDER BY id LIMIT 1";
        if let Some(found) = db.first(members, &[node.into(), document.into()], |row| row.get(0))? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// What the group of a thing is called.
pub(crate) fn name_of_group(db: &Db, thing: i64) -> Result<Option<String>, DbError> {
    name_of_root(db, group_of(db, thing)?)
}
