//! A report and its record as they are kept.

use onrecord_record::Record;
use onrecord_text::Document;

/// A report with the record that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The report.
    pub document: Document,
    /// What it says.
    pub record: Record,
    /// Version of the program that read it.
    pub version: String,
}

impl crate::Store {
    /// Ids of all reports in the order of the account, each with the version of the program that read it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn readings(&self) -> Result<Vec<(String, String)>, crate::StoreError> {
        let query = "SELECT name, version FROM document ORDER BY published IS NULL, published, name";
        let all = self.db.all(query, &[], |row| Ok((row.get(0)?, row.get(1)?)));
        all.map_err(|source| self.failed(source))
    }
}
