//! How the records of one report stand to those of all others: what it adds, what it repeats, what it contradicts.

use crate::error::StoreError;
use crate::known::name_of_root;
use crate::open::Store;
use crate::teller::Teller;
use onrecord_account::{Kind, Line, Relation};
use onrecord_record::{Bound, Id, Record, Value};
use serde::Serialize;
use std::collections::BTreeSet;

/// Other reports that are opened to compare figures with theirs; of what is told more often only that is said.
const OPENED: usize = 60;

/// A record of a report among those of others.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Standing {
    /// Its id in the report.
    pub record: Id,
    /// What the line of the account is called that it belongs to.
    pub name: String,
    /// No report told it earlier.
    pub is_first: bool,
    /// Other reports that tell it.
    pub others: usize,
    /// Other reports whose value is another, and how they stand to this one; of figures only.
    pub differs: Vec<Differs>,
}

/// A value of another report that is not this one's.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Differs {
    /// The other report.
    pub document: String,
    /// The figure in it.
    pub record: Id,
    /// Its value.
    pub value: Value,
    /// How exact that is put.
    pub bound: Bound,
    /// `update`, `correction` or `conflict`.
    pub is: Relation,
}

impl Store {
    /// How each event, statement, position and figure of a report stands to the rest of the record, in the order of the report's record.
    ///
    /// # Errors
    /// When there is no such report, the database refuses, or what is kept is damaged.
    pub fn standing(&self, document: &str) -> Result<Vec<Standing>, StoreError> {
        self.snapshot(|| {
            let failed = |source| self.failed(source);
            let query = "SELECT id FROM document WHERE name = ?1";
            let id: Option<i64> = self.db.first(query, &[document.into()], |row| row.get(0)).map_err(failed)?;
            let Some(id) = id else { return Err(StoreError::Unknown(document.to_owned())) };
            let mut teller = Teller::new(self);
            let kept = teller.kept(id)?;
            let things = "SELECT t.kind, t.number, n.grp, l.document FROM thing t JOIN thing n ON n.id = t.node \
                          JOIN thing r ON r.id = n.grp JOIN thing l ON l.id = r.lead WHERE t.document = ?1 AND t.kind >= ?2 \
                          ORDER BY t.kind, t.number";
            type Row = (i64, i64, i64, i64);
            let rows: Vec<Row> = self
                .db
                .all(things, &[id.into(), (Kind::Event as i64).into()], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })
                .map_err(failed)?;
            let (mut all, mut opened) = (Vec::with_capacity(rows.len()), 0);
            for (kind, number, root, lead) in rows {
                let Some(record) = record_at(&kept.record, kind, usize::try_from(number).unwrap_or(usize::MAX)) else { continue };
                let members = teller.members(root)?;
                let reports: BTreeSet<i64> = members.iter().map(|(report, _)| *report).collect();
                let name = name_of_root(&self.db, root).map_err(failed)?.unwrap_or_default();
                let others = reports.len().saturating_sub(1);
                all.push(Standing { record, name, is_first: lead == id, others, differs: Vec::new() });
                if kind == Kind::Event as i64 && others > 0 && opened + others <= OPENED {
                    opened += others;
                    for line in teller.series(&members)? {
                        all.extend(figure(&line, document));
                    }
                }
            }
            Ok(all)
        })
    }
}

/// The record of this kind at this place.
fn record_at(record: &Record, kind: i64, number: usize) -> Option<Id> {
    match kind {
        kind if kind == Kind::Event as i64 => record.events.get(number).map(|r| r.id.clone()),
        kind if kind == Kind::Position as i64 => record.positions.get(number).map(|r| r.id.clone()),
        _ => record.statements.get(number).map(|r| r.id.clone()),
    }
}

/// How a report's values in a series stand to the others.
fn figure(line: &Line, document: &str) -> Vec<Standing> {
    let Line::Figure { id, series, relations, .. } = line else { return Vec::new() };
    let ours = series.iter().enumerate().filter(|(_, told)| told.document == document);
    ours.map(|(at, told)| {
        let other = |related: &onrecord_account::Related| match related {
            related if related.a == at => Some((related.b, related.is)),
            related if related.b == at => Some((related.a, related.is)),
            _ => None,
        };
        let differs = relations
            .iter()
            .filter(|related| matches!(related.is, Relation::Update | Relation::Correction | Relation::Conflict))
            .filter_map(other)
            .map(|(other, is)| (&series[other], is))
            .map(|(told, is)| Differs {
                document: told.document.clone(),
                record: told.record.clone(),
                value: told.value,
                bound: told.bound,
                is,
            })
            .collect();
        let reports: BTreeSet<&str> = series.iter().map(|told| told.document.as_str()).collect();
        Standing {
            record: told.record.clone(),
            name: id.clone(),
            is_first: series.first().is_some_and(|first| first.document == document),
            others: reports.len() - 1,
            differs,
        }
    })
    .collect()
}
