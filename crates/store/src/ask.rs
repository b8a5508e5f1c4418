//! Questions.

use crate::error::StoreError;
use crate::open::Store;
use crate::sift::{self, Asked, fitting};
use crate::teller::Teller;
use onrecord_account::{Kind, Line, Relation, first_day};

impl Store {
    /// Events, statements, positions or actors that fit, the latest first.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged.
    pub fn ask(&self, kind: Kind, asked: &Asked) -> Result<Vec<Line>, StoreError> {
        self.snapshot(|| {
            let roots = fitting(&self.db, kind, asked, asked.limit).map_err(|source| self.failed(source))?;
            let mut teller = Teller::new(self);
            let mut lines = Vec::with_capacity(roots.len());
            for root in roots {
                let members = if kind == Kind::Actor { Vec::new() } else { teller.members(root)? };
                lines.extend(teller.group(kind, root, &members)?);
            }
            Ok(lines)
        })
    }

    /// Series of figures of events that fit; with `conflicts` only those whose values cannot all hold.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn figures(&self, asked: &Asked, conflicts: bool) -> Result<Vec<Line>, StoreError> {
        let conflict =
            |line: &Line| matches!(line, Line::Figure { relations, .. } if relations.iter().any(|r| r.is == Relation::Conflict));
        let enough = asked.limit.unwrap_or(usize::MAX);
        self.snapshot(|| {
            let mut teller = Teller::new(self);
            let mut lines = Vec::new();
            // Not every event has figures: more are looked at until there are enough.
            let (mut seen, mut ahead) = (0, asked.limit.map(|limit| 4 * limit + 16));
            loop {
                let roots = fitting(&self.db, Kind::Event, asked, ahead).map_err(|source| self.failed(source))?;
                let all = ahead.is_none_or(|ahead| roots.len() < ahead);
                for root in roots.into_iter().skip(seen) {
                    seen += 1;
                    let members = teller.members(root)?;
                    if conflicts && members.len() < 2 {
                        continue;
                    }
                    lines.extend(teller.series(&members)?.into_iter().filter(|line| !conflicts || conflict(line)));
                    if lines.len() >= enough {
                        break;
                    }
                }
                if all || lines.len() >= enough {
                    break;
                }
                ahead = ahead.map(|ahead| ahead * 8);
            }
            lines.truncate(enough);
            Ok(lines)
        })
    }

    /// Everything that fits, the earliest first: events, each followed by its series, then positions, then statements.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn story(&self, asked: &Asked) -> Result<Vec<Line>, StoreError> {
        self.snapshot(|| {
            let mut teller = Teller::new(self);
            let mut lines = Vec::new();
            for kind in [Kind::Event, Kind::Position, Kind::Statement] {
                let roots = fitting(&self.db, kind, asked, asked.limit).map_err(|source| self.failed(source))?;
                let mut told = Vec::with_capacity(roots.len());
                for root in roots.into_iter().rev() {
                    let members = teller.members(root)?;
                    let mut together = teller.group(kind, root, &members)?;
                    let day = together.iter().find_map(first_day);
                    if kind == Kind::Event {
                        together.extend(teller.series(&members)?);
                    }
                    told.push(((day.is_none(), day), together));
                }
                told.sort_by_key(|(day, _)| *day);
                lines.extend(told.into_iter().flat_map(|(_, together)| together));
            }
            Ok(lines)
        })
    }

    /// How many events, statements, positions or actors fit.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count(&self, kind: Kind, asked: &Asked) -> Result<usize, StoreError> {
        let count = sift::count(&self.db, kind, asked).map_err(|source| self.failed(source))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }
}
