//! A report and its record as they are kept.

use crate::correct::Overlay;
use crate::db::{Db, DbError};
use crate::error::StoreError;
use crate::open::Store;
use crate::pack::{unpack_beside, unpack_record, unpack_text};
use onrecord_record::Record;
use onrecord_text::Document;

/// A report with the record that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The report.
    pub document: Document,
    /// What it says, as far as people put it right.
    pub record: Record,
    /// Version of the program that read it.
    pub version: String,
}

impl Store {
    /// Ids of all reports in the order of the account, each with the version of the program that read it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn readings(&self) -> Result<Vec<(String, String)>, StoreError> {
        let query = "SELECT name, version FROM document ORDER BY published IS NULL, published, name";
        let all = self.db.all(query, &[], |row| Ok((row.get(0)?, row.get(1)?)));
        all.map_err(|source| self.failed(source))
    }

    /// Versions of the program by which the reports were read, with how many of them.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn versions(&self) -> Result<Vec<(String, usize)>, StoreError> {
        let query = "SELECT version, count(*) FROM document GROUP BY version";
        let row = |row: &crate::db::Row| Ok((row.get(0)?, usize::try_from(row.get::<i64>(1)?).unwrap_or(0)));
        let mut versions = self.db.all(query, &[], row).map_err(|source| self.failed(source))?;
        versions.sort();
        Ok(versions)
    }

    /// The report of this id with the record that counts.
    ///
    /// # Errors
    /// When there is none, or what is kept is damaged.
    pub fn kept(&self, name: &str) -> Result<Kept, StoreError> {
        let read = || {
            let id = self.db.first("SELECT id FROM document WHERE name = ?1", &[name.into()], |row| row.get(0))?;
            id.map(|id| load(&self.db, id)).transpose()
        };
        let kept = read().map_err(|source| self.failed(source))?.ok_or_else(|| StoreError::Unknown(name.to_owned()))?;
        kept.ok_or_else(|| StoreError::Damaged(self.place.clone(), "record", name.to_owned()))
    }

    /// The bytes that a report came as, where they were not its text.
    ///
    /// # Errors
    /// When there is no such report, or what is kept is damaged.
    pub fn original(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let query = "SELECT original, text FROM document WHERE name = ?1";
        let found = self.db.first(query, &[name.into()], |row| Ok((row.get::<Option<Vec<u8>>>(0)?, row.get::<Vec<u8>>(1)?)));
        let (bytes, text) = found.map_err(|source| self.failed(source))?.ok_or_else(|| StoreError::Unknown(name.to_owned()))?;
        let damaged = || StoreError::Damaged(self.place.clone(), "original", name.to_owned());
        let whole = |bytes: Vec<u8>| unpack_beside(&unpack_text(&text)?, &bytes);
        bytes.map(|bytes| whole(bytes).ok_or_else(damaged)).transpose()
    }
}

/// The report and the reading that counts, with what people put right in it; none when what is kept is damaged.
pub(crate) fn load(db: &Db, id: i64) -> Result<Option<Kept>, DbError> {
    let found = load_marked(db, id)?;
    let laid = |(mut kept, corrected): (Kept, bool)| {
        if corrected {
            Overlay::of(db, id)?.lay(&kept.document, &mut kept.record);
        }
        Ok(kept)
    };
    found.map(laid).transpose()
}

/// The report and the reading that counts, as the program made it.
pub(crate) fn load_read(db: &Db, id: i64) -> Result<Option<Kept>, DbError> {
    Ok(load_marked(db, id)?.map(|(kept, _)| kept))
}

/// The same, and whether people put something right.
fn load_marked(db: &Db, id: i64) -> Result<Option<(Kept, bool)>, DbError> {
    let query = "SELECT d.name, d.published, d.outlet, d.title, d.url, d.language, d.text, d.version, r.record, \
                 (SELECT count(*) FROM correction c WHERE c.document = d.id AND c.undone = 0) FROM document d JOIN reading r ON r.document = d.id AND r.version = d.version WHERE d.id = ?1";
    let row = db.first(query, &[id.into()], |row| {
        let published: Option<String> = row.get(1)?;
        let (text, record): (Vec<u8>, Vec<u8>) = (row.get(6)?, row.get(8)?);
        let document = Document {
            id: row.get(0)?,
            title: row.get(3)?,
            published: published.and_then(|day| day.parse().ok()),
            language: row.get(5)?,
            url: row.get(4)?,
            outlet: row.get(2)?,
            text: String::new(),
        };
        let version: String = row.get(7)?;
        let whole = unpack_text(&text).zip(unpack_record(&record));
        let corrected = row.get::<i64>(9)? > 0;
        Ok(whole.map(|(text, record)| (Kept { document: Document { text, ..document }, record, version }, corrected)))
    })?;
    Ok(row.flatten())
}
