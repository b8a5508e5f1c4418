//! Whether everything kept is whole.

use crate::correct::{Lost, Overlay};
use crate::db::{Db, DbError};
use crate::error::StoreError;
use crate::kept::{load, load_read};
use crate::open::Store;
use crate::pack::digest;
use onrecord_account::{Kind, anchors};

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The report, or the file.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

impl Store {
    /// Looks at every page of the file, every kept text and record: that each text is what its digest says, each record points into its
    /// text, and each of its things stands in the account.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn check(&self) -> Result<Vec<Fault>, StoreError> {
        let mut faults = Vec::new();
        let mut fault = |place: &str, what: String| faults.push(Fault { place: place.to_owned(), what });
        let failed = |source| self.failed(source);
        if let Db::Sqlite(_) = self.db {
            let lines = self.db.all("PRAGMA integrity_check(20)", &[], |row| row.get::<String>(0)).map_err(failed)?;
            lines.into_iter().filter(|line| line != "ok").for_each(|line| fault(&self.place, line));
        }
        let documents = self.db.all("SELECT id, name, digest FROM document ORDER BY id", &[], |row| {
            Ok((row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<String>(2)?))
        });
        let documents = documents.map_err(failed)?;
        for (id, name, kept_digest) in documents {
            let Some(kept) = load(&self.db, id).map_err(failed)? else {
                fault(&name, "its text or its record cannot be unpacked".into());
                continue;
            };
            // A report kept beside another of its id has a part of its digest in its name.
            let mut document = kept.document.clone();
            if let Some((plain, _)) = name.rsplit_once('~').filter(|(_, part)| part.len() == 8 && kept_digest.starts_with(part)) {
                document.id = plain.to_owned();
            }
            if digest(&document) != kept_digest {
                fault(&name, "its text is not the one that was kept".into());
            }
            if matches!(self.original(&name), Err(StoreError::Damaged(..))) {
                fault(&name, "the bytes it came as cannot be unpacked".into());
            }
            for wrong in onrecord_record::check(&kept.document, &kept.record) {
                fault(&name, wrong.to_string());
            }
            let overlay = Overlay::of(&self.db, id).map_err(failed)?;
            for Lost { id, why } in self.lost(&overlay, id).map_err(failed)? {
                fault(&name, format!("correction {id} has nothing to stand on: {why}; `onrecord undo {id}` takes it back"));
            }
            let things: usize = Kind::ALL.iter().map(|&kind| anchors(kind, &kept.record).len()).sum();
            let rows = self.db.number("SELECT count(*) FROM thing WHERE document = ?1", &[id.into()]).map_err(failed)?;
            if rows != things as i64 {
                fault(&name, format!("{rows} of its {things} things stand in the account"));
            }
        }
        for (what, query) in LOST {
            let lost = self.db.number(query, &[]).map_err(failed)?;
            if lost > 0 {
                fault(&self.place, format!("{lost} {what}"));
            }
        }
        Ok(faults)
    }

    /// Corrections of a report that its reading has no place for.
    fn lost(&self, overlay: &Overlay, document: i64) -> Result<Vec<Lost>, DbError> {
        let read = if overlay.is_empty() { None } else { load_read(&self.db, document)? };
        Ok(read.map(|mut kept| overlay.lay(&kept.document, &mut kept.record)).unwrap_or_default())
    }
}

/// What must not be there.
const LOST: &[(&str, &str)] = &[
    (
        "things have a node that is not there",
        "SELECT count(*) FROM thing t WHERE NOT EXISTS (SELECT 1 FROM thing n WHERE n.id = t.node AND n.node = n.id)",
    ),
    (
        "groups are not there",
        "SELECT count(*) FROM thing n WHERE n.node = n.id \
         AND NOT EXISTS (SELECT 1 FROM thing r WHERE r.id = n.grp AND r.grp = r.id AND r.node = r.id)",
    ),
    (
        "groups have a first that is not theirs",
        "SELECT count(*) FROM thing n WHERE n.node = n.id AND NOT EXISTS (SELECT 1 FROM thing f WHERE f.id = n.first AND f.node = n.id)",
    ),
    (
        "groups are called by a thing that is not theirs",
        "SELECT count(*) FROM thing r WHERE r.node = r.id AND r.grp = r.id AND NOT EXISTS \
         (SELECT 1 FROM thing f JOIN thing n ON n.id = f.node WHERE f.id = r.lead AND n.grp = r.id)",
    ),
    (
        "parts are of actors that are not there",
        "SELECT count(*) FROM part p WHERE NOT EXISTS (SELECT 1 FROM thing n WHERE n.id = p.node AND n.node = n.id)",
    ),
];
