//! Writing lines of the account, with what is needed for them in memory.

use crate::Kept;
use crate::db::DbError;
use crate::error::StoreError;
use crate::group::nodes_of;
use crate::kept::load;
use crate::known::{group_at, name_of_root};
use crate::names;
use crate::node::{Order, order};
use crate::open::Store;
use onrecord_account::{Called, Group, Kind, Line, Named, Report, Who, Writer, actor_line};
use onrecord_record::{Id, Record};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Bytes of reports kept in memory while lines are written, about: many lines of one page are told by the same hundreds of reports.
const REMEMBERED: usize = 64 << 20;
/// What a thing of a record takes, about.
const THING: usize = 1_200;
/// Names of actors kept in memory while lines are written.
const NAMED: usize = 200_000;

/// Members of a group: report and number there, in the order of the account.
pub(crate) type Members = Vec<(i64, usize)>;

/// A member with its place in the order of the account, its number and its id in its record.
type Placed = (Order, i64, String);

/// Writes lines, with the reports it needs in memory.
pub(crate) struct Teller<'s> {
    store: &'s Store,
    kept: HashMap<i64, Rc<Kept>>,
    /// Bytes of those.
    weight: usize,
    /// What each group of actors is called.
    names: RefCell<HashMap<i64, Who>>,
    /// The first of the copies that each report is one of: mostly itself.
    copies: HashMap<i64, i64>,
}

impl<'s> Teller<'s> {
    pub fn new(store: &'s Store) -> Self {
        Teller { store, kept: HashMap::new(), weight: 0, names: RefCell::default(), copies: HashMap::new() }
    }

    fn failed(&self, source: DbError) -> StoreError {
        self.store.failed(source)
    }

    /// The report with its record.
    pub fn kept(&mut self, document: i64) -> Result<Rc<Kept>, StoreError> {
        if let Some(kept) = self.kept.get(&document) {
            return Ok(Rc::clone(kept));
        }
        let kept = load(&self.store.db, document).map_err(|source| self.failed(source))?;
        let damaged = || StoreError::Damaged(self.store.place.clone(), "record", format!("report number {document}"));
        let kept = Rc::new(kept.ok_or_else(damaged)?);
        let weight = weight(&kept);
        if self.weight + weight > REMEMBERED {
            self.kept.clear();
            self.weight = 0;
        }
        self.weight += weight;
        self.kept.insert(document, Rc::clone(&kept));
        Ok(kept)
    }

    fn first_copy(&mut self, document: i64) -> Result<i64, StoreError> {
        if let Some(first) = self.copies.get(&document) {
            return Ok(*first);
        }
        let query = "SELECT f.document FROM thing t JOIN thing r ON r.id = t.grp JOIN thing f ON f.id = r.lead \
                     WHERE t.document = ?1 AND t.kind = ?2";
        let first = self.store.db.first(query, &[document.into(), (Kind::Document as i64).into()], |row| row.get(0));
        let first = first.map_err(|source| self.failed(source))?.unwrap_or(document);
        self.copies.insert(document, first);
        Ok(first)
    }

    pub fn document(&mut self, document: i64) -> Result<Line, StoreError> {
        self.write(&[(document, 0)], Vec::new(), |writer, _| vec![writer.document(0)]).map(|mut lines| lines.swap_remove(0))
    }

    pub fn loose_figures(&mut self, document: i64) -> Result<Vec<Line>, StoreError> {
        self.write(&[(document, 0)], Vec::new(), |writer, _| writer.loose_figures(0))
    }

    pub fn series(&mut self, members: &Members) -> Result<Vec<Line>, StoreError> {
        self.write(members, Vec::new(), |writer, group| writer.series(group))
    }

    /// The line of an actor: from what is said of it, without opening a report.
    pub fn actor(&mut self, root: i64) -> Result<Line, StoreError> {
        let run = || {
            let placed = self.placed(root)?.into_iter();
            let reports = placed.map(|((_, _, document, _), _, record)| Named { document, record }).collect();
            Ok(actor_line(self.id(root)?, &self.called(root)?, reports))
        };
        run().map_err(|source| self.failed(source))
    }

    /// All that is said of a group of actors.
    pub fn called(&self, root: i64) -> Result<Vec<Called>, DbError> {
        let mut called = Vec::new();
        for node in nodes_of(&self.store.db, root, usize::MAX)? {
            called.extend(names::of(&self.store.db, node)?);
        }
        Ok(called)
    }

    /// The lines of a group with these members.
    pub fn group(&mut self, kind: Kind, root: i64, members: &Members) -> Result<Vec<Line>, StoreError> {
        let why = if members.len() > 1 && kind == Kind::Event { self.why(root)? } else { Vec::new() };
        match kind {
            Kind::Document => Ok(Vec::new()),
            Kind::Actor => Ok(vec![self.actor(root)?]),
            Kind::Event => self.write(members, why, |writer, group| {
                let series = writer.series(group).iter().map(|line| line.id().to_owned()).collect();
                writer.event(group, series).into_iter().collect()
            }),
            Kind::Position => self.write(members, why, |writer, group| vec![writer.position(group)]),
            Kind::Statement => self.write(members, why, |writer, group| vec![writer.statement(group)]),
        }
    }

    /// Things of a group in the order of the account.
    fn placed(&self, root: i64) -> Result<Vec<Placed>, DbError> {
        const PLACE: &str =
            "SELECT d.published, d.name, t.number, t.id, t.record FROM thing t JOIN document d ON d.id = t.document WHERE";
        let itself = format!("{PLACE} t.id = ?1");
        let others = format!("{PLACE} t.node = ?1 AND t.node <> t.id");
        let mut placed = Vec::new();
        for node in nodes_of(&self.store.db, root, usize::MAX)? {
            for query in [&itself, &others] {
                self.store.db.each(query, &[node.into()], &mut |row| {
                    placed.push((order(row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?, row.get(4)?));
                    Ok(true)
                })?;
            }
        }
        placed.sort();
        Ok(placed)
    }

    /// Members of a group, in the order of the account.
    pub fn members(&self, root: i64) -> Result<Members, StoreError> {
        self.places(&self.things(root)?)
    }

    /// Report and number there of each of these things.
    pub fn places(&self, things: &[i64]) -> Result<Members, StoreError> {
        let query = "SELECT document, number FROM thing WHERE id = ?1";
        let run = || {
            let mut members = Members::new();
            for &id in things {
                let member = self.store.db.first(query, &[id.into()], |row| Ok((row.get(0)?, row.get::<i64>(1)?)))?;
                members.extend(member.map(|(document, number)| (document, usize::try_from(number).unwrap_or(0))));
            }
            Ok(members)
        };
        run().map_err(|source| self.failed(source))
    }

    /// Things of a group, in the order of the account.
    pub fn things(&self, root: i64) -> Result<Vec<i64>, StoreError> {
        let placed = self.placed(root).map_err(|source| self.failed(source))?;
        Ok(placed.into_iter().map(|(_, id, _)| id).collect())
    }

    /// What a group is called in the account.
    pub fn id(&self, root: i64) -> Result<String, DbError> {
        Ok(name_of_root(&self.store.db, root)?.unwrap_or_default())
    }

    /// Why the members of a group were joined, in the order of the members, without repeats.
    fn why(&self, root: i64) -> Result<Vec<String>, StoreError> {
        let things = self.things(root)?;
        let joined = self.store.joined(&things).map_err(|source| self.failed(source))?;
        let mut reasons: BTreeMap<(usize, usize), Vec<String>> =
            joined.into_iter().map(|pair| ((pair.a, pair.b), pair.why)).collect();
        let place: HashMap<i64, usize> = things.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        for decided in self.store.decisions()?.into_iter().filter(|d| !d.undone && d.verb == crate::Verb::Merge) {
            if let (Some(a), Some(b)) = (self.place(&place, &decided.a)?, self.place(&place, &decided.b)?) {
                reasons.insert((a.min(b), a.max(b)), vec!["decided by a person".to_owned()]);
            }
        }
        let mut all: Vec<String> = Vec::new();
        for reason in reasons.into_values().flatten() {
            if !all.contains(&reason) {
                all.push(reason);
            }
        }
        Ok(all)
    }

    fn place(&self, place: &HashMap<i64, usize>, name: &str) -> Result<Option<usize>, StoreError> {
        let thing = crate::known::code_of(name).map(|code| crate::known::thing_of(&self.store.db, code)).transpose();
        Ok(thing.map_err(|source| self.failed(source))?.flatten().and_then(|id| place.get(&id).copied()))
    }

    fn write(
        &mut self,
        members: &[(i64, usize)],
        why: Vec<String>,
        write: impl FnOnce(&Writer, &Group) -> Vec<Line>,
    ) -> Result<Vec<Line>, StoreError> {
        // Members of one report stand together, whatever the order of the rest; a first copy stands in though it is no member.
        let mut documents: Vec<i64> = Vec::new();
        for &(document, _) in members {
            if !documents.contains(&document) {
                documents.push(document);
            }
        }
        let local: HashMap<i64, usize> = documents.iter().enumerate().map(|(i, d)| (*d, i)).collect();
        let group = Group { members: members.iter().map(|(d, n)| (local[d], *n)).collect(), why };
        for i in 0..documents.len() {
            let first = self.first_copy(documents[i])?;
            if !documents.contains(&first) {
                documents.push(first);
            }
        }
        let kept = documents.iter().map(|&d| self.kept(d)).collect::<Result<Vec<_>, _>>()?;
        let reports: Vec<Report> = kept.iter().map(|k| Report { document: &k.document, record: &k.record }).collect();
        let place = |d: &i64| documents.iter().position(|other| other == d);
        let witness: Vec<usize> =
            documents.iter().enumerate().map(|(i, d)| self.copies.get(d).and_then(place).unwrap_or(i)).collect();
        let failed = RefCell::new(None);
        let who = |r: usize, id: &Id| {
            let number = kept[r].record.actors.iter().position(|actor| actor.id == *id)?;
            self.who(documents[r], number).unwrap_or_else(|error| {
                failed.borrow_mut().get_or_insert(error);
                None
            })
        };
        let lines = write(&Writer::new(&reports, &witness, &who), &group);
        failed.into_inner().map_or(Ok(lines), |error| Err(self.failed(error)))
    }

    /// The account's actor for an actor of a report.
    fn who(&self, document: i64, number: usize) -> Result<Option<Who>, DbError> {
        let Some(root) = group_at(&self.store.db, document, Kind::Actor, number)? else { return Ok(None) };
        if let Some(who) = self.names.borrow().get(&root) {
            return Ok(Some(who.clone()));
        }
        let who = onrecord_account::who(self.id(root)?, &self.called(root)?);
        let mut names = self.names.borrow_mut();
        if names.len() >= NAMED {
            names.clear();
        }
        names.insert(root, who.clone());
        Ok(Some(who))
    }
}

/// Bytes of a report and its record, about.
fn weight(kept: &Kept) -> usize {
    let Record { actors, events, statements, positions, figures, .. } = &kept.record;
    let things = actors.len() + events.len() + statements.len() + positions.len() + figures.len();
    kept.document.text.len() + THING * things
}
