//! Everything behind one line of the account.

use crate::Verb;
use crate::change::{Change, changes};
use crate::correct::{Corrected, corrections};
use crate::db::DbError;
use crate::decide::Decided;
use crate::error::StoreError;
use crate::figures;
use crate::known::{Code, code_of, group_at, group_of, thing_of};
use crate::open::Store;
use crate::source::{Source, source, source_of_figure};
use crate::teller::Teller;
use crate::withdraw::name_of_group;
use onrecord_account::{Kind, Line, parts_of_name};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Why a line of the account says what it says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Why {
    /// The name that was asked about.
    pub asked: String,
    /// What it is called now; none where nothing tells it any more.
    pub name: Option<String>,
    /// The line as it is now.
    pub line: Option<Line>,
    /// What every report says of it, in the order of the account.
    pub sources: Vec<Source>,
    /// Which of them were found to be the same.
    pub joined: Vec<Joined>,
    /// What people decided about any of them, also what they took back.
    pub decisions: Vec<Decided>,
    /// What people put right in any of them, also what they took back.
    pub corrections: Vec<Corrected>,
    /// What became of the name asked about and of those that are one with it, in order.
    pub changes: Vec<Change>,
}

/// Two that were found to be the same, by their places among the sources.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Joined {
    /// One.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// How surely, from 0 to 1.
    pub score: f64,
    /// For what reasons.
    pub why: Vec<String>,
}

/// Where a name leads.
pub(crate) enum Found {
    Group(Kind, i64),
    /// The report of a figure, and the figure's number.
    Figure(i64, i64),
    Nothing,
}

impl Store {
    /// Everything behind the line of this name, or behind what became of it.
    ///
    /// # Errors
    /// When nothing ever had this name, the database refuses, or what is kept is damaged.
    pub fn why(&self, name: &str) -> Result<Why, StoreError> {
        self.why_of_first(name, usize::MAX)
    }

    /// As [`Store::why`], with no more than this many sources: the first in the order of the account, and what joined these.
    ///
    /// # Errors
    /// As [`Store::why`].
    pub fn why_of_first(&self, name: &str, most: usize) -> Result<Why, StoreError> {
        self.snapshot(|| {
            let (found, known) = self.lead(name).map_err(|source| self.failed(source))?;
            let mut why = match found {
                Found::Group(kind, root) => self.why_group(kind, root, most)?,
                Found::Figure(document, number) => self.why_figure(document, number, most)?,
                Found::Nothing if known || self.is_corrected(name)? => Why::nothing(),
                Found::Nothing => return Err(StoreError::Unknown(name.to_owned())),
            };
            why.asked = name.to_owned();
            let names = [Some(name.to_owned()), why.name.clone()].into_iter().flatten();
            why.corrections = self.put_right(name, &why).map_err(|source| self.failed(source))?;
            why.changes = self.history(names.collect()).map_err(|source| self.failed(source))?;
            Ok(why)
        })
    }

    /// The line that this name, of today or of before, leads to; none where nothing tells it any more.
    ///
    /// # Errors
    /// As [`Store::why`].
    pub fn line(&self, name: &str) -> Result<Option<Line>, StoreError> {
        self.snapshot(|| match self.lead(name).map_err(|source| self.failed(source))? {
            (Found::Group(kind, root), _) => {
                let mut teller = Teller::new(self);
                let members = if kind == Kind::Actor { Vec::new() } else { teller.members(root)? };
                Ok(teller.group(kind, root, &members)?.into_iter().next())
            }
            (Found::Figure(document, number), _) => Ok(self.why_figure(document, number, 0)?.line),
            (Found::Nothing, true) => Ok(None),
            (Found::Nothing, false) => Err(StoreError::Unknown(name.to_owned())),
        })
    }

    /// What the line is called now that this name, of today or of before, leads to; none where it leads nowhere. Not of figures.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn called(&self, name: &str) -> Result<Option<String>, StoreError> {
        let run = || match self.lead(name)?.0 {
            Found::Group(_, root) => name_of_group(&self.db, root),
            Found::Figure(..) | Found::Nothing => Ok(None),
        };
        run().map_err(|source| self.failed(source))
    }

    /// Follows a name to what it means now; true when anything ever had it.
    pub(crate) fn lead(&self, name: &str) -> Result<(Found, bool), DbError> {
        let db = &self.db;
        if let Some(("figure", number)) = parts_of_name(name) {
            let document = figures::document_of(db, number)?;
            return Ok(document.map_or((Found::Nothing, false), |document| (Found::Figure(document, number), true)));
        }
        let (mut name, mut seen) = (name.to_owned(), BTreeSet::new());
        while seen.insert(name.clone()) {
            let Some(code) = code_of(&name) else { break };
            if let Some(thing) = thing_of(db, code)? {
                return Ok((Found::Group(code.0, group_of(db, thing)?), true));
            }
            let query = "SELECT becomes FROM change WHERE was = ?1 ORDER BY id DESC LIMIT 1";
            match db.first(query, &[(&name).into()], |row| row.get::<Option<String>>(0))? {
                Some(Some(becomes)) => name = becomes,
                Some(None) => return Ok((Found::Nothing, true)),
                None => return Ok((Found::Nothing, seen.len() > 1)),
            }
        }
        Ok((Found::Nothing, seen.len() > 1))
    }

    /// Changes of these names and of all that became them.
    fn history(&self, mut names: Vec<String>) -> Result<Vec<Change>, DbError> {
        let mut found: BTreeMap<i64, Change> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        while let Some(name) = names.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            for change in changes(&self.db, "was = ?1 OR becomes = ?1", &[(&name).into()])? {
                // What was split off is another's history.
                if change.becomes.as_deref() == Some(&name) && change.verb != "split" {
                    names.push(change.was.clone());
                }
                found.insert(change.id, change);
            }
        }
        Ok(found.into_values().collect())
    }

    /// Whether somebody put right what is called so: it may be out of the account since.
    fn is_corrected(&self, name: &str) -> Result<bool, StoreError> {
        let count = self.db.number("SELECT count(*) FROM correction WHERE thing = ?1", &[name.into()]);
        count.map(|count| count > 0).map_err(|source| self.failed(source))
    }

    /// Corrections of the records behind a line, and of the one that has this name, which may be out of the account by now.
    fn put_right(&self, name: &str, why: &Why) -> Result<Vec<Corrected>, DbError> {
        let told = |one: &Corrected| why.sources.iter().any(|source| source.name == one.name);
        let all = corrections(&self.db, "1 = 1", &[])?;
        Ok(all.into_iter().filter(|one| one.name == name || told(one)).collect())
    }

    fn why_group(&self, kind: Kind, root: i64, most: usize) -> Result<Why, StoreError> {
        let failed = |source| self.failed(source);
        let mut teller = Teller::new(self);
        let mut things = teller.things(root)?;
        // The line of an actor is made of what is said of it, that of anything else of all its members.
        let members = teller.places(if kind == Kind::Actor { &things[..things.len().min(most)] } else { &things })?;
        things.truncate(most);
        let mut sources = Vec::with_capacity(members.len().min(most));
        for &(document, number) in members.iter().take(most) {
            sources.push(source(&*teller.kept(document)?, kind, number));
        }
        let line = teller.group(kind, root, if kind == Kind::Actor { const { &Vec::new() } } else { &members })?.into_iter().next();
        Ok(Why {
            asked: String::new(),
            name: name_of_group(&self.db, root).map_err(failed)?,
            line,
            sources,
            joined: self.joined(&things).map_err(failed)?,
            decisions: self.about(&things)?,
            corrections: Vec::new(),
            changes: Vec::new(),
        })
    }

    /// Pairs among these things.
    pub(crate) fn joined(&self, things: &[i64]) -> Result<Vec<Joined>, DbError> {
        let place: BTreeMap<i64, usize> = things.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        let mut joined = Vec::new();
        for (i, id) in things.iter().enumerate() {
            self.db.each("SELECT b, score, why FROM pair WHERE a = ?1", &[(*id).into()], &mut |row| {
                if let Some(&other) = place.get(&row.get::<i64>(0)?) {
                    let why = serde_json::from_str(&row.get::<String>(2)?).unwrap_or_default();
                    joined.push(Joined { a: i.min(other), b: i.max(other), score: row.get(1)?, why });
                }
                Ok(true)
            })?;
        }
        joined.sort_by_key(|pair| (pair.a, pair.b));
        Ok(joined)
    }

    /// Decisions about any of these things.
    fn about(&self, things: &[i64]) -> Result<Vec<Decided>, StoreError> {
        let things: BTreeSet<i64> = things.iter().copied().collect();
        let mut about = Vec::new();
        for decided in self.decisions()? {
            let codes: Vec<Code> = [&decided.a, &decided.b].into_iter().filter_map(|name| code_of(name)).collect();
            let found = codes.into_iter().map(|code| thing_of(&self.db, code)).collect::<Result<Vec<_>, _>>();
            if found.map_err(|source| self.failed(source))?.into_iter().flatten().any(|thing| things.contains(&thing)) {
                about.push(decided);
            }
        }
        Ok(about)
    }

    /// A figure is what its event's reports tell of it.
    fn why_figure(&self, document: i64, number: i64, most: usize) -> Result<Why, StoreError> {
        let failed = |source| self.failed(source);
        let mut teller = Teller::new(self);
        let kept = teller.kept(document)?;
        let (name, record) = (&kept.document.id, &kept.record);
        // As it is read now the report may not tell it.
        let Some(figure) = figures::find(name, record, number) else { return Ok(Why::nothing()) };
        let event = record.events.iter().position(|event| event.figures.contains(&figure.id));
        let root = event.map(|event| group_at(&self.db, document, Kind::Event, event)).transpose().map_err(failed)?.flatten();
        let (lines, mut why) = match root {
            Some(root) => {
                let members = teller.members(root)?;
                let event = self.why_group(Kind::Event, root, most)?;
                // Why the tellings of the event are one is why their figures are one series.
                (teller.series(&members)?, Why { line: None, sources: Vec::new(), joined: Vec::new(), ..event })
            }
            None => (teller.loose_figures(document)?, Why::nothing()),
        };
        let told = |line: &Line| match line {
            Line::Figure { series, .. } => series.iter().any(|told| told.document == *name && told.record == figure.id),
            _ => false,
        };
        let Some(line) = lines.into_iter().find(told) else { return Ok(Why::nothing()) };
        if let Line::Figure { series, .. } = &line {
            for told in series.iter().take(most) {
                let kept = self.kept(&told.document)?;
                let number = kept.record.figures.iter().position(|figure| figure.id == told.record).unwrap_or(0);
                why.sources.push(source_of_figure(&kept, number));
            }
        }
        why.name = Some(line.id().to_owned());
        why.line = Some(line);
        Ok(why)
    }
}

impl Why {
    fn nothing() -> Self {
        Why {
            asked: String::new(),
            name: None,
            line: None,
            sources: Vec::new(),
            joined: Vec::new(),
            decisions: Vec::new(),
            corrections: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// Decisions that hold: that two are one, or that they are not.
    pub fn standing(&self, verb: Verb) -> impl Iterator<Item = &Decided> {
        self.decisions.iter().filter(move |decided| decided.verb == verb && !decided.undone)
    }
}
