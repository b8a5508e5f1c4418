//! Figures by their names. They are no things (nothing is compared with them alone), so that it is only kept which report told them; the
//! report then says the rest.

use crate::db::{Db, DbError};
use onrecord_account::{Ref, figure_anchor};
use onrecord_record::{Figure, Record};

/// The number in the name of a figure of this report.
pub(crate) fn code(document: &str, anchor: &str) -> i64 {
    Ref::new(document, anchor).code("figure")
}

/// The figure of a record with this number.
pub(crate) fn find<'r>(document: &str, record: &'r Record, number: i64) -> Option<&'r Figure> {
    record.figures.iter().find(|figure| code(document, &figure_anchor(figure)) == number)
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
