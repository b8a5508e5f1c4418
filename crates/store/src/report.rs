//! A report without its record, for whoever wants its words alone.

use crate::error::StoreError;
use crate::open::Store;
use crate::pack::unpack_text;
use onrecord_text::Document;

impl Store {
    /// The report of this id: as [`Store::kept`] has it, without the time it takes to read its record.
    ///
    /// # Errors
    /// When there is no such report, or it is damaged.
    pub fn report(&self, name: &str) -> Result<Document, StoreError> {
        let query = "SELECT published, outlet, title, url, language, text FROM document WHERE name = ?1";
        let row = self.db.first(query, &[name.into()], |row| {
            let (published, text): (Option<String>, Vec<u8>) = (row.get(0)?, row.get(5)?);
            let document = Document {
                id: name.to_owned(),
                title: row.get(2)?,
                published: published.and_then(|day| day.parse().ok()),
                language: row.get(4)?,
                url: row.get(3)?,
                outlet: row.get(1)?,
                text: String::new(),
            };
            Ok(unpack_text(&text).map(|text| Document { text, ..document }))
        });
        let found = row.map_err(|source| self.failed(source))?.ok_or_else(|| StoreError::Unknown(name.to_owned()))?;
        found.ok_or_else(|| StoreError::Damaged(self.place.clone(), "text", name.to_owned()))
    }
}
