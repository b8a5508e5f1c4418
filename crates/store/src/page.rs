//! Answers a page at a time, in the order of [`Store::ask`].

use crate::db::DbError;
use crate::error::StoreError;
use crate::group::nodes_of;
use crate::open::Store;
use crate::sift::{Asked, Condition, Owned, Row, fitting_behind};
use crate::teller::Teller;
use onrecord_account::{Kind, Line, Relation};
use std::fmt;
use std::str::FromStr;

/// Lines where nobody says how many.
const PAGE: usize = 50;
/// Events looked through for figures before a page ends, full or not.
const LOOKED_THROUGH: usize = 2_000;

/// Where a page ended: the next begins behind it, whatever was added meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Day of the last line, none where it has none.
    pub(crate) since: Option<i64>,
    pub(crate) code: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.since {
            Some(since) => write!(f, "{since}.{:016x}", self.code),
            None => write!(f, ".{:016x}", self.code),
        }
    }
}

impl FromStr for Cursor {
    type Err = StoreError;

    /// ```
    /// use onrecord_store::Cursor;
    /// let cursor: Cursor = "20512.00000000000000ff".parse().unwrap();
    /// assert_eq!(cursor.to_string(), "20512.00000000000000ff");
    /// assert!("page 2".parse::<Cursor>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, StoreError> {
        let parse = || {
            let (since, code) = text.split_once('.')?;
            let since = if since.is_empty() { None } else { Some(since.parse().ok()?) };
            // Codes are the bits of a name, signed as databases have them.
            let code = i64::from_ne_bytes(u64::from_str_radix(code, 16).ok()?.to_ne_bytes());
            Some(Cursor { since, code })
        };
        parse()
            .ok_or_else(|| StoreError::Refused(format!("{text}: no place in an answer; take the one that the page before gives")))
    }
}

/// A part of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its lines.
    pub lines: Vec<Line>,
    /// Where the next part begins; none where this is the last.
    pub next: Option<Cursor>,
}

impl Store {
    /// The events, statements, positions or actors that fit, as many as `asked` says (50 where it does not), behind those up to `after`.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn page(&self, kind: Kind, asked: &Asked, after: Option<&Cursor>) -> Result<Page, StoreError> {
        let wanted = asked.limit.unwrap_or(PAGE);
        self.snapshot(|| {
            let mut teller = Teller::new(self);
            let mut lines = Vec::with_capacity(wanted);
            let next = self.rows(kind, asked, after, wanted, |root| {
                let members = if kind == Kind::Actor { Vec::new() } else { teller.members(root)? };
                lines.extend(teller.group(kind, root, &members)?);
                Ok(lines.len() < wanted)
            })?;
            Ok(Page { lines, next })
        })
    }

    /// Series of figures of events that fit, page by page; all series of an event stand on one page. With `conflicts` only those whose values
    /// cannot all hold: a page ends behind 2,000 events though it be not full.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn page_of_figures(&self, asked: &Asked, conflicts: bool, after: Option<&Cursor>) -> Result<Page, StoreError> {
        let wanted = asked.limit.unwrap_or(PAGE);
        let fits = |line: &Line| {
            !conflicts || matches!(line, Line::Figure { relations, .. } if relations.iter().any(|r| r.is == Relation::Conflict))
        };
        self.snapshot(|| {
            let mut teller = Teller::new(self);
            let mut lines = Vec::with_capacity(wanted);
            let mut left = LOOKED_THROUGH;
            let next = self.rows(Kind::Event, asked, after, wanted, |root| {
                let members = teller.members(root)?;
                if !(conflicts && members.len() < 2) {
                    lines.extend(teller.series(&members)?.into_iter().filter(fits));
                }
                left -= 1;
                Ok(lines.len() < wanted && left > 0)
            })?;
            Ok(Page { lines, next })
        })
    }

    /// Hands out the groups that fit behind a place until `take` has enough; gives the place behind the last, none where there are no more.
    fn rows(
        &self,
        kind: Kind,
        asked: &Asked,
        after: Option<&Cursor>,
        wanted: usize,
        mut take: impl FnMut(i64) -> Result<bool, StoreError>,
    ) -> Result<Option<Cursor>, StoreError> {
        let failed = |source| self.failed(source);
        let condition = Condition::new(&self.db, kind, asked).map_err(failed)?;
        let (mut behind, mut ahead) = (after.copied(), wanted + 1);
        loop {
            let rows = fitting_behind(&self.db, &condition, behind, Some(ahead)).map_err(failed)?;
            let last = rows.len() < ahead;
            // The latest member of a group is its place; where that lies before these rows the group was shown there.
            let shown_before = behind.is_some();
            let mut rows = rows.into_iter().peekable();
            while let Some(Row { group, place }) = rows.next() {
                behind = Some(place);
                if shown_before && self.has_before(&condition, group, &place).map_err(failed)? {
                    continue;
                }
                if !take(group)? {
                    return Ok((!last || rows.peek().is_some()).then_some(place));
                }
            }
            if last {
                return Ok(None);
            }
            ahead = (ahead * 2).min(1_000);
        }
    }

    /// Whether a thing of the group that fits stands before this place.
    fn has_before(&self, condition: &Condition, root: i64, place: &Cursor) -> Result<bool, DbError> {
        for node in nodes_of(&self.db, root, usize::MAX)? {
            for members in ["t.id = ?1", "t.node = ?1 AND t.node <> t.id"] {
                let mut values = vec![Owned::Int(node), Owned::Int(place.code)];
                let before = match place.since {
                    Some(since) => {
                        values.push(Owned::Int(since));
                        "(t.since, t.code) > (?3, ?2)"
                    }
                    None => "(t.since IS NOT NULL OR t.code > ?2)",
                };
                // The members come first: the condition's own indexes would look through everything.
                let fits = condition.led(&mut values);
                let query = format!(
                    "SELECT t.id FROM thing t JOIN thing n ON n.id = t.node WHERE {members} AND {before} AND {fits} LIMIT 1"
                );
                let values: Vec<_> = values.iter().map(Owned::value).collect();
                if self.db.first(&query, &values, |row| row.get::<i64>(0))?.is_some() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
