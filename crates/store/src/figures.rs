//! Figures by their names. They are no things (nothing is compared with them alone), so that it is only kept which report told them; the
//! report then says the rest.

use crate::add::load;
use crate::db::{Db, DbError};
use onrecord_account::Ref;
use onrecord_record::{Figure, Record};

/// What names a figure within its report.
pub(crate) fn anchor(figure: &Figure) -> String {
    format!("{}@{}", figure.measure, figure.span.start)
}

/// The number in the name of a figure of this report.
pub(crate) fn code(document: &str, anchor: &str) -> i64 {
    Ref::new(document, anchor).code("figure")
}

/// The figure of a record with this number.
pub(crate) fn find<'r>(document: &str, record: &'r Record, number: i64) -> Option<&'r Figure> {
    record.figures.iter().find(|figure| code(document, &anchor(figure)) == number)
}

/// Keeps which report tells these; what another reading told of it stays.
pub(crate) fn keep(db: &Db, document: i64, name: &str, anchors: &[String]) -> Result<(), DbError> {
    for anchor in anchors {
        let query = "INSERT INTO figure (code, document) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        db.execute(query, &[code(name, anchor).into(), document.into()])?;
    }
    Ok(())
}

/// The report that ever told the figure of this number.
pub(crate) fn document_of(db: &Db, number: i64) -> Result<Option<i64>, DbError> {
    db.first("SELECT document FROM figure WHERE code = ?1", &[number.into()], |row| row.get(0))
}

/// Writes what an older program did not keep. Looked at whenever a store is opened, so that an interruption does no harm.
pub(crate) fn complete(db: &Db) -> Result<(), DbError> {
    let some = |table: &str| db.first(&format!("SELECT 1 FROM {table} LIMIT 1"), &[], |_| Ok(()));
    if some("figure")?.is_some() || some("document")?.is_none() {
        return Ok(());
    }
    let missing: Vec<i64> = db.all("SELECT id FROM document ORDER BY id", &[], |row| row.get(0))?;
    db.write(|| {
        for document in missing {
            let Some(kept) = load(db, document)? else { continue };
            let anchors: Vec<String> = kept.record.figures.iter().map(anchor).collect();
            keep(db, document, &kept.document.id, &anchors)?;
        }
        Ok(())
    })
}
