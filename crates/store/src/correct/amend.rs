//! Making corrections and taking them back.

use super::field::{Context, sort};
use super::overlay::{Overlay, Seat, seats, value_of};
use super::{Corrected, REVIEW, Read, Review, Target, cause, next};
use crate::add::Keeper;
use crate::db::{Db, DbError};
use crate::error::StoreError;
use crate::kept::Kept;
use crate::open::Store;
use onrecord_account::Ref;
use serde_json::Value;
use std::collections::BTreeMap;

/// Whose word it is, for what reason, and when (ISO 8601): a store reads no clock.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// Whose.
    pub who: &'a str,
    /// For what reason.
    pub why: &'a str,
    /// When.
    pub made: &'a str,
}

/// What a field was and what it is to be.
struct Change {
    field: String,
    before: Value,
    after: Value,
}

/// A correction before it has a number.
struct Draft {
    name: String,
    anchor: String,
    change: Change,
}

impl Store {
    /// Puts a field of these records right, in one transaction, and ties their reports anew. `value` is as people type it: a name of the
    /// codebook's list, a date, a number or range; names of actors of the report with `;` between; a place by its name or as JSON. Empty,
    /// it says that there is none. Gives the numbers of the corrections; records that have the value already get none.
    ///
    /// # Errors
    /// When a record is not there, has no such field, or the value is none that the codebook or the report allows; or all have it already.
    pub fn correct(&mut self, targets: &[Target], field: &str, value: &str, signed: Signed) -> Result<Vec<i64>, StoreError> {
        self.amend(targets, signed, &|read, seat| {
            let sort = sort(seat.0, field)?;
            let context = Context { document: &read.document, record: &read.record, at: seat.1 };
            let before = value_of(&read.document, &read.record, seat, field)?;
            Ok(Change { field: field.to_owned(), before, after: context.typed(sort, value)? })
        })
    }

    /// Says of these records that they are as their reports have them, or that their reports do not say this: then they are taken out of
    /// the account. Gives the numbers of the corrections.
    ///
    /// # Errors
    /// When a record is not there, or of all the same was said before.
    pub fn review(&mut self, targets: &[Target], review: Review, signed: Signed) -> Result<Vec<i64>, StoreError> {
        if review == Review::Corrected {
            return Err(StoreError::Refused("a record is corrected by one of its fields".to_owned()));
        }
        self.amend(targets, signed, &|read, seat| {
            let before = read.reviewed.get(&seat).filter(|review| **review != Review::Corrected);
            let before = before.map_or(Value::Null, |review| review.as_str().into());
            Ok(Change { field: REVIEW.to_owned(), before, after: review.as_str().into() })
        })
    }

    /// Takes a correction back; it stays in the log.
    pub(crate) fn uncorrect(&mut self, correction: &Corrected, made: &str) -> Result<(), StoreError> {
        let id = correction.id;
        let document = self.number_of(&correction.document)?;
        self.keeping(made, |keeper| {
            keeper.amend(document, cause(id), |db| {
                db.execute("UPDATE correction SET undone = 1 WHERE id = ?1", &[id.into()]).map(drop)
            })
        })
    }

    /// Makes a change in each record: `change` is given its report with what was put right before, and its place there.
    fn amend(
        &mut self,
        targets: &[Target],
        signed: Signed,
        change: &dyn Fn(&Read, Seat) -> Result<Change, String>,
    ) -> Result<Vec<i64>, StoreError> {
        let mut drafts: BTreeMap<&str, Vec<Draft>> = BTreeMap::new();
        for target in targets {
            let read = self.read_as(&target.document)?;
            let seat = target.seat(&read.record)?;
            let refused = |why: String| StoreError::Refused(format!("{} in {}: {why}", target.record, target.document));
            let change = change(&read, seat).map_err(refused)?;
            if change.before == change.after {
                continue;
            }
            let anchor = seats(&read.record).into_iter().find(|(_, other)| *other == seat).map(|((_, anchor), _)| anchor);
            let anchor = anchor.unwrap_or_default();
            let name = Ref::new(target.document.as_str(), anchor.as_str()).name(seat.0.as_str());
            let new = Draft { name, anchor, change };
            self.allowed(&target.document, &new).map_err(refused)?;
            drafts.entry(&target.document).or_default().push(new);
        }
        if drafts.is_empty() {
            return Err(StoreError::Refused("it is so already: nothing was changed".to_owned()));
        }
        let mut all = Vec::new();
        for (name, drafts) in drafts {
            all.push((self.number_of(name)?, drafts));
        }
        self.keeping(signed.made, |keeper| {
            let mut numbers = Vec::new();
            for (document, drafts) in &all {
                let first = next(keeper.db)?;
                keeper.amend(*document, cause(first), |db| {
                    for draft in drafts {
                        numbers.push(insert(db, *document, draft, signed)?);
                    }
                    Ok(())
                })?;
            }
            Ok(numbers)
        })
    }

    /// Whether a record may be so: what it would break must be broken already.
    fn allowed(&self, document: &str, draft: &Draft) -> Result<(), String> {
        let run = || -> Result<(Kept, Overlay), StoreError> { Ok((self.as_read(document)?, self.overlay(document)?)) };
        let (kept, mut overlay) = run().map_err(|error| error.to_string())?;
        let (mut before, mut after) = (kept.record.clone(), kept.record);
        overlay.lay(&kept.document, &mut before);
        overlay.corrections.push(Corrected {
            id: i64::MAX,
            made: String::new(),
            who: String::new(),
            verb: String::new(),
            name: draft.name.clone(),
            document: document.to_owned(),
            anchor: draft.anchor.clone(),
            field: draft.change.field.clone(),
            before: draft.change.before.clone(),
            after: draft.change.after.clone(),
            why: String::new(),
            undone: false,
        });
        if let Some(lost) = overlay.lay(&kept.document, &mut after).into_iter().find(|lost| lost.id == i64::MAX) {
            return Err(lost.why);
        }
        let known = onrecord_record::check(&kept.document, &before);
        let new = onrecord_record::check(&kept.document, &after).into_iter().find(|fault| !known.contains(fault));
        new.map_or(Ok(()), |fault| Err(format!("{} cannot be so: {fault}", draft.change.field)))
    }

    /// One transaction of a keeper of reports.
    fn keeping<T>(&mut self, made: &str, work: impl FnOnce(&mut Keeper) -> Result<T, DbError>) -> Result<T, StoreError> {
        self.writing(|db, cache| {
            let mut keeper = Keeper::new(db, cache, made)?;
            let done = work(&mut keeper)?;
            keeper.end()?;
            Ok(done)
        })
    }
}

fn insert(db: &Db, document: i64, draft: &Draft, signed: Signed) -> Result<i64, DbError> {
    let query = "INSERT INTO correction (id, made, who, document, thing, anchor, field, before, after, why) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let (id, before, after) = (next(db)?, draft.change.before.to_string(), draft.change.after.to_string());
    let values = [
        id.into(),
        signed.made.into(),
        signed.who.into(),
        document.into(),
        (&draft.name).into(),
        (&draft.anchor).into(),
        (&draft.change.field).into(),
        (&before).into(),
        (&after).into(),
        signed.why.into(),
    ];
    db.execute(query, &values).map(|_| id)
}
