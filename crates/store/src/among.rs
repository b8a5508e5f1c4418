//! A report among the others: its line, and what its records and actors are called in the account.

use crate::error::StoreError;
use crate::known::{code_of, group_of, name_of_root, thing_of};
use crate::open::Store;
use crate::teller::Teller;
use onrecord_account::{Kind, Line, Ref, figure_anchor};
use onrecord_record::{Id, Record};

impl Store {
    /// The line of a report: what is known of it, and whether it is a copy of another.
    ///
    /// # Errors
    /// When there is no such report, the database refuses, or what is kept is damaged.
    pub fn report_line(&self, document: &str) -> Result<Line, StoreError> {
        self.snapshot(|| Teller::new(self).document(self.number_of(document)?))
    }

    /// What the line of each actor of a report is called, by the actor's id in the report.
    ///
    /// # Errors
    /// When there is no such report, or the database refuses.
    pub fn cast(&self, document: &str) -> Result<Vec<(Id, String)>, StoreError> {
        let failed = |source| self.failed(source);
        let things = "SELECT t.record, n.grp FROM thing t JOIN thing n ON n.id = t.node WHERE t.document = ?1 AND t.kind = ?2 ORDER BY t.number";
        let values = [self.number_of(document)?.into(), (Kind::Actor as i64).into()];
        let rows = self.db.all(things, &values, |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?))).map_err(failed)?;
        let mut cast = Vec::with_capacity(rows.len());
        for (record, root) in rows {
            cast.extend(name_of_root(&self.db, root).map_err(failed)?.map(|name| (record, name)));
        }
        Ok(cast)
    }

    /// The series of figures of the event of this name; none of what is no event.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged.
    pub fn series_of(&self, event: &str) -> Result<Vec<Line>, StoreError> {
        let Some(code) = code_of(event).filter(|(kind, _)| *kind == Kind::Event) else { return Ok(Vec::new()) };
        self.snapshot(|| {
            let found = || thing_of(&self.db, code)?.map(|thing| group_of(&self.db, thing)).transpose();
            let Some(root) = found().map_err(|source| self.failed(source))? else { return Ok(Vec::new()) };
            let mut teller = Teller::new(self);
            let members = teller.members(root)?;
            teller.series(&members)
        })
    }
}

/// Names that lead to the series of the figures of a report, by their ids in it.
pub fn figure_names(document: &str, record: &Record) -> Vec<(Id, String)> {
    let named = |figure: &onrecord_record::Figure| (figure.id.clone(), Ref::new(document, figure_anchor(figure)).name("figure"));
    record.figures.iter().map(named).collect()
}
