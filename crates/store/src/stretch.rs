//! A stretch of the timeline: what an answer tells of the latest days, and how much of each day it tells.

use crate::db::{DbError, Value};
use crate::error::StoreError;
use crate::open::Store;
use crate::sift::{Asked, Condition, Owned, Row, fitting_behind, tellings};
use crate::teller::Teller;
use onrecord_account::{Kind, Line};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// The lines of whole days, as far back as there was room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stretch {
    /// Events, each followed by its series; series of earlier events of which a report of these days tells; positions; statements.
    pub lines: Vec<Line>,
    /// The first of the days that are told whole (number of days since 1970-01-01); none where everything that fits is in it.
    pub since: Option<i32>,
    /// On the first day there was more than there was room for.
    pub cut: bool,
}

/// What an answer tells of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    /// Number of days since 1970-01-01.
    pub day: i32,
    /// Lines that begin on it.
    pub lines: usize,
    /// Times that reports tell them.
    pub tellings: usize,
}

/// What an answer tells of its days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Strip {
    /// Days on which something begins, in order.
    pub days: Vec<Day>,
    /// False where only the latest 20,000 tellings were counted.
    pub whole: bool,
}

impl Store {
    /// What fits of the latest days, with room for so many events, positions and statements each: days are told whole, unless one alone
    /// has more. The day before [`Stretch::since`] as [`Asked::until`] gives the stretch before.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn stretch(&self, asked: &Asked, room: usize) -> Result<Stretch, StoreError> {
        self.snapshot(|| {
            let failed = |source| self.failed(source);
            let mut kinds = Vec::new();
            for kind in [Kind::Event, Kind::Position, Kind::Statement] {
                let condition = Condition::new(&self.db, kind, asked).map_err(failed)?;
                let rows = fitting_behind(&self.db, &condition, None, Some(room + 1)).map_err(failed)?;
                kinds.push((kind, rows));
            }
            let reach = kinds.iter().filter_map(|(_, rows)| reach(rows, room)).max();
            let (since, cut) = reach.map_or((None, false), |(since, cut)| (Some(since), cut));
            let mut teller = Teller::new(self);
            let mut stretch = Stretch { since, cut, ..Stretch::default() };
            for (kind, mut rows) in kinds {
                rows.truncate(room);
                rows.retain(|row| since.is_none_or(|since| row.place.since.is_some_and(|day| day >= i64::from(since))));
                for row in &rows {
                    let members = teller.members(row.group)?;
                    stretch.lines.extend(teller.group(kind, row.group, &members)?);
                    if kind == Kind::Event {
                        stretch.lines.extend(teller.series(&members)?);
                    }
                }
                if let (Kind::Event, Some(since)) = (kind, since) {
                    for root in self.told_again(asked, since, room).map_err(failed)? {
                        stretch.lines.extend(teller.series(&teller.members(root)?)?);
                    }
                }
            }
            Ok(stretch)
        })
    }

    /// How many events, positions or statements that fit begin on each day, and how many times they are told.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn strip(&self, kind: Kind, asked: &Asked) -> Result<Strip, StoreError> {
        let run = || {
            let mut days: BTreeMap<i64, (HashSet<i64>, usize)> = BTreeMap::new();
            let whole = tellings(&self.db, kind, asked, "n.grp, t.since", "t.since IS NOT NULL", &mut |row| {
                let (lines, tellings) = days.entry(row.get(1)?).or_default();
                lines.insert(row.get(0)?);
                *tellings += 1;
                Ok(())
            })?;
            let day = |(day, (lines, tellings)): (i64, (HashSet<i64>, usize))| {
                Some(Day { day: i32::try_from(day).ok()?, lines: lines.len(), tellings })
            };
            Ok(Strip { days: days.into_iter().filter_map(day).collect(), whole })
        };
        run().map_err(|source| self.failed(source))
    }

    /// Events of before this day that a report published since tells, and another.
    fn told_again(&self, asked: &Asked, since: i32, room: usize) -> Result<Vec<i64>, DbError> {
        let mut values = Vec::new();
        let condition = Condition::new(&self.db, Kind::Event, asked)?;
        let fits = condition.led(&mut values);
        let next = values.len();
        let mut bounds = vec![Owned::Int(i64::from(since)), Owned::Text(iso(since))];
        // The reports of these days are few: they come first (SQLite leaves the order of a CROSS JOIN as it is).
        let mut published = format!("d.published >= ?{}", next + 2);
        if let Some(until) = asked.until {
            published.push_str(&format!(" AND d.published <= ?{}", next + 3));
            bounds.push(Owned::Text(iso(until)));
        }
        let query = format!(
            "SELECT n.grp FROM document d CROSS JOIN thing t JOIN thing n ON n.id = t.node WHERE t.document = d.id AND {fits} \
             AND {published} AND +t.since < ?{} AND (n.grp <> t.id OR EXISTS (SELECT 1 FROM thing o WHERE o.node = t.id AND o.node <> o.id) \
             OR EXISTS (SELECT 1 FROM thing o WHERE o.grp = t.id AND o.grp <> o.id AND o.node = o.id)) \
             ORDER BY d.published DESC, d.name DESC, t.number LIMIT {}",
            next + 1,
            4 * room
        );
        values.extend(bounds);
        let values: Vec<Value> = values.iter().map(Owned::value).collect();
        let (mut roots, mut seen) = (Vec::new(), HashSet::new());
        self.db.each(&query, &values, &mut |row| {
            let root: i64 = row.get(0)?;
            if seen.insert(root) {
                roots.push(root);
            }
            Ok(roots.len() < room)
        })?;
        Ok(roots)
    }
}

/// The first day that these rows, the latest first, tell whole, and whether it is cut because it alone has more than there is room for;
/// none where there are no others.
fn reach(rows: &[Row], room: usize) -> Option<(i32, bool)> {
    let beyond = rows.get(room)?.place.since?;
    let latest = rows.first()?.place.since?;
    let (since, cut) = if beyond < latest { (beyond + 1, false) } else { (latest, true) };
    Some((i32::try_from(since).ok()?, cut))
}

/// A number of days since 1970-01-01 as ISO 8601.
fn iso(day: i32) -> String {
    let span = jiff::Span::new().try_days(day);
    let date = span.and_then(|span| jiff::civil::date(1970, 1, 1).checked_add(span));
    date.map_or_else(|_| if day < 0 { "0000" } else { "9999" }.to_owned(), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Cursor;

    #[test]
    fn days_are_told_whole_unless_one_has_no_room() {
        let rows = |days: &[Option<i64>]| -> Vec<Row> {
            days.iter().map(|&since| Row { group: 1, place: Cursor { since, code: 0 } }).collect()
        };
        assert_eq!(reach(&rows(&[Some(9), Some(8)]), 2), None, "there is no more");
        assert_eq!(reach(&rows(&[Some(9), Some(8), Some(8)]), 2), Some((9, false)));
        assert_eq!(reach(&rows(&[Some(9), Some(8), Some(7)]), 2), Some((8, false)));
        assert_eq!(reach(&rows(&[Some(9), Some(9), Some(9)]), 2), Some((9, true)));
        assert_eq!(reach(&rows(&[Some(9), Some(8), None]), 2), None, "what has no day comes last and is on no day");
    }

    #[test]
    fn days_have_dates() {
        assert_eq!([0, 59, -1].map(iso), ["1970-01-01", "1970-03-01", "1969-12-31"]);
        assert_eq!((iso(i32::MAX).as_str(), iso(i32::MIN).as_str()), ("9999", "0000"));
    }
}
