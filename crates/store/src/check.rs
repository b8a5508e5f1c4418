//! Whether everything kept is whole.

use crate::add::load;
use crate::error::StoreError;
use crate::open::Store;
use crate::pack::digest;
use onrecord_account::{Kind, Thing};

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
        self.each("PRAGMA integrity_check(20)", |row| row.get::<_, String>(0))?
            .into_iter()
            .filter(|line| line != "ok")
            .for_each(|line| fault(&self.place, line));
        let documents = self.each("SELECT id, name, digest FROM document ORDER BY id", |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?;
        for (id, name, kept_digest) in documents {
            let Some(kept) = load(&self.db, id).map_err(|source| self.failed(source))? else {
                fault(&name, "its text or its record cannot be unpacked".into());
                continue;
            };
            // A report kept beside another of its id has a part of its digest in its name.
            let mut document = kept.document.clone();
            if let Some((plain, _)) = name.rsplit_once('~').filter(|(_, part)| kept_digest.starts_with(part)) {
                document.id = plain.to_owned();
            }
            if digest(&document) != kept_digest {
                fault(&name, "its text is not the one that was kept".into());
            }
            for wrong in onrecord_record::check(&kept.document, &kept.record) {
                fault(&name, wrong.to_string());
            }
            let things: usize = Kind::ALL.iter().map(|&kind| Thing::of_kind(kind, &kept.document, &kept.record).len()).sum();
            let rows = self.number(&format!("SELECT count(*) FROM thing WHERE document = {id}"))?;
            if rows != things as i64 {
                fault(&name, format!("{rows} of its {things} things stand in the account"));
            }
        }
        let lost = self.number("SELECT count(*) FROM thing t WHERE NOT EXISTS (SELECT 1 FROM thing f WHERE f.id = t.grp)")?;
        if lost > 0 {
            fault(&self.place, format!("{lost} things belong to groups that are not there"));
        }
        Ok(faults)
    }

    pub(crate) fn each<T>(
        &self,
        query: &str,
        read: impl FnMut(&rusqlite::Row) -> Result<T, rusqlite::Error>,
    ) -> Result<Vec<T>, StoreError> {
        let run = || self.db.prepare_cached(query)?.query_map([], read)?.collect::<Result<Vec<T>, _>>();
        run().map_err(|source| self.failed(source))
    }
}
