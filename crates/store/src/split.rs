//! Taking what one report tells out of a line of the account.

use crate::decide::Verb;
use crate::error::StoreError;
use crate::known::{code_of, group_of, name_of, thing_of};
use crate::node::order_of;
use crate::open::Store;
use crate::teller::Teller;
use onrecord_account::Kind;

impl Store {
    /// Takes what this report tells out of the line of this name, by decisions that the two are not the same, and never will be: against
    /// the first of the rest, and where that is not enough, since others of the rest are the same as it too, against these. Gives the
    /// numbers of the decisions; each can be undone. `made` is when, ISO 8601.
    ///
    /// # Errors
    /// When nothing has this name, it is no line that reports can share, the report does not tell it, or no other report does.
    pub fn split(&mut self, name: &str, report: &str, who: &str, why: &str, made: &str) -> Result<Vec<i64>, StoreError> {
        let refused = |why: String| Err(StoreError::Refused(why));
        let Some(code) = code_of(name).filter(|(kind, _)| *kind != Kind::Document) else {
            return refused(format!(
                "{name}: only events, statements, positions and actors are told by several reports; a figure follows its event"
            ));
        };
        let thing = thing_of(&self.db, code).map_err(|source| self.failed(source))?;
        let thing = thing.ok_or_else(|| StoreError::Unknown(name.to_owned()))?;
        let (out, rest) = self.told_by(thing, report)?;
        if out.is_empty() {
            let reports = self.reports_of(&rest)?.join(", ");
            return refused(format!("{report} does not tell {name}; it is told by {reports}"));
        }
        if rest.is_empty() {
            return refused(format!("{name} is told by {report} alone: there is nothing to take it out of"));
        }
        let mut made_up = Vec::new();
        for thing in out {
            // Each decision takes one away of those it can be with.
            for _ in 0..rest.len() {
                let Some(other) = self.first_with(thing, &rest)? else { break };
                let (a, b) = (self.name_of_thing(thing)?, self.name_of_thing(other)?);
                made_up.push(self.decide(Verb::Never, &a, &b, who, why, made)?);
            }
        }
        Ok(made_up)
    }

    /// Things of the group that this report tells, and the others.
    fn told_by(&self, thing: i64, report: &str) -> Result<(Vec<i64>, Vec<i64>), StoreError> {
        let root = group_of(&self.db, thing).map_err(|source| self.failed(source))?;
        let (mut out, mut rest) = (Vec::new(), Vec::new());
        for thing in Teller::new(self).things(root)? {
            if self.reports_of(&[thing])?.iter().any(|name| name == report) { out.push(thing) } else { rest.push(thing) }
        }
        Ok((out, rest))
    }

    fn reports_of(&self, things: &[i64]) -> Result<Vec<String>, StoreError> {
        let query = "SELECT d.name FROM thing t JOIN document d ON d.id = t.document WHERE t.id = ?1";
        let mut names: Vec<String> = Vec::new();
        for &thing in things {
            let name = self.db.first(query, &[thing.into()], |row| row.get(0)).map_err(|source| self.failed(source))?;
            names.extend(name);
        }
        names.dedup();
        Ok(names)
    }

    /// The first of these, in the order of the account, that is in the group of this thing.
    fn first_with(&self, thing: i64, others: &[i64]) -> Result<Option<i64>, StoreError> {
        let run = || {
            let root = group_of(&self.db, thing)?;
            let mut found = Vec::new();
            for &other in others {
                if group_of(&self.db, other)? == root {
                    found.push((order_of(&self.db, other)?, other));
                }
            }
            Ok(found.into_iter().min().map(|(_, other)| other))
        };
        run().map_err(|source| self.failed(source))
    }

    fn name_of_thing(&self, thing: i64) -> Result<String, StoreError> {
        let code = crate::group::code(&self.db, thing).map_err(|source| self.failed(source))?;
        Ok(code.map(name_of).unwrap_or_default())
    }
}
