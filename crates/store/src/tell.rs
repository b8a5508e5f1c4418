//! The account's lines from what is kept.

use crate::Kept;
use crate::add::load;
use crate::error::StoreError;
use crate::open::Store;
use onrecord_account::{Group, Kind, Line, Report, Who, Writer};
use onrecord_record::Id;
use rusqlite::params;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Reports kept in memory while lines are written.
const REMEMBERED: usize = 400;

/// Members of a group: report and number there, in the order of the account.
pub(crate) type Members = Vec<(i64, usize)>;

/// The order of the account: the first members of groups, then members, by day of publication, report, place in the report.
const ORDER: &str =
    "fd.published IS NULL, fd.published, fd.name, f.number, t.grp, d.published IS NULL, d.published, d.name, t.number";

impl Store {
    /// Hands out every line of the account, in its order.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged, or with what `take` gives.
    pub fn account<E: From<StoreError>>(&self, mut take: impl FnMut(Line) -> Result<(), E>) -> Result<(), E> {
        let mut teller = Teller::new(self)?;
        for document in self.each_document()? {
            take(teller.document(document)?)?;
        }
        for kind in [Kind::Actor, Kind::Event] {
            for (grp, members) in self.groups(kind, None)? {
                for line in teller.group(kind, grp, &members)? {
                    take(line)?;
                }
            }
        }
        for (_, members) in self.groups(Kind::Event, None)? {
            for line in teller.series(&members)? {
                take(line)?;
            }
        }
        self.rest(&mut teller, take)
    }

    /// As [`Store::account`], but each event is followed by its own series: for whoever writes both together and holds no lines.
    ///
    /// # Errors
    /// As [`Store::account`].
    pub fn account_by_event<E: From<StoreError>>(&self, mut take: impl FnMut(Line) -> Result<(), E>) -> Result<(), E> {
        let mut teller = Teller::new(self)?;
        for document in self.each_document()? {
            take(teller.document(document)?)?;
        }
        for (grp, members) in self.groups(Kind::Actor, None)? {
            for line in teller.group(Kind::Actor, grp, &members)? {
                take(line)?;
            }
        }
        for (grp, members) in self.groups(Kind::Event, None)? {
            for line in teller.group(Kind::Event, grp, &members)? {
                take(line)?;
            }
            for line in teller.series(&members)? {
                take(line)?;
            }
        }
        self.rest(&mut teller, take)
    }

    /// Figures of no event, positions, statements.
    fn rest<E: From<StoreError>>(&self, teller: &mut Teller, mut take: impl FnMut(Line) -> Result<(), E>) -> Result<(), E> {
        for document in self.each_document()? {
            for line in teller.loose_figures(document)? {
                take(line)?;
            }
        }
        for kind in [Kind::Position, Kind::Statement] {
            for (grp, members) in self.groups(kind, None)? {
                for line in teller.group(kind, grp, &members)? {
                    take(line)?;
                }
            }
        }
        Ok(())
    }

    pub(crate) fn each_document(&self) -> Result<Vec<i64>, StoreError> {
        self.each("SELECT id FROM document ORDER BY published IS NULL, published, name", |row| row.get(0))
    }

    /// Groups of a kind with their members, all or those of `only`, in the order of the account.
    pub(crate) fn groups(&self, kind: Kind, only: Option<&[i64]>) -> Result<Vec<(i64, Members)>, StoreError> {
        let some = only.map_or_else(String::new, |grps| {
            format!("AND t.grp IN ({})", grps.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
        });
        let query = format!(
            "SELECT t.grp, t.document, t.number FROM thing t JOIN document d ON d.id = t.document JOIN thing f ON f.id = t.grp \
             JOIN document fd ON fd.id = f.document WHERE t.kind = {} {some} ORDER BY {ORDER}",
            kind as i64
        );
        let rows = self.each(&query, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))?;
        let mut groups: Vec<(i64, Members)> = Vec::new();
        for (grp, document, number) in rows {
            let member = (document, usize::try_from(number).unwrap_or(0));
            match groups.last_mut().filter(|(last, _)| *last == grp) {
                Some((_, members)) => members.push(member),
                None => groups.push((grp, vec![member])),
            }
        }
        Ok(groups)
    }
}

/// Writes lines, with the reports it needs in memory.
pub(crate) struct Teller<'s> {
    store: &'s Store,
    kept: HashMap<i64, Rc<Kept>>,
    /// What each group of actors is called.
    names: HashMap<i64, Who>,
    /// The first of the copies of each report that is one.
    copies: HashMap<i64, i64>,
}

impl<'s> Teller<'s> {
    pub fn new(store: &'s Store) -> Result<Self, StoreError> {
        let query = "SELECT t.document, f.document FROM thing t JOIN thing f ON f.id = t.grp WHERE t.kind = 0 AND t.grp <> t.id";
        let copies = store.each(query, |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect();
        Ok(Teller { store, kept: HashMap::new(), names: HashMap::new(), copies })
    }

    fn kept(&mut self, document: i64) -> Result<Rc<Kept>, StoreError> {
        if let Some(kept) = self.kept.get(&document) {
            return Ok(Rc::clone(kept));
        }
        let kept = load(&self.store.db, document).map_err(|source| self.store.failed(source))?;
        let damaged = || StoreError::Damaged(self.store.place.clone(), "record", format!("report number {document}"));
        let kept = Rc::new(kept.ok_or_else(damaged)?);
        if self.kept.len() >= REMEMBERED {
            self.kept.clear();
        }
        self.kept.insert(document, Rc::clone(&kept));
        Ok(kept)
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

    pub fn group(&mut self, kind: Kind, grp: i64, members: &Members) -> Result<Vec<Line>, StoreError> {
        let why = if members.len() > 1 && kind == Kind::Event { self.why(grp)? } else { Vec::new() };
        let lines = self.write(members, why, |writer, group| match kind {
            Kind::Document => Vec::new(),
            Kind::Actor => writer.actor(group).into_iter().collect(),
            Kind::Event => {
                let series = writer.series(group).iter().map(|line| line.id().to_owned()).collect();
                writer.event(group, series).into_iter().collect()
            }
            Kind::Position => vec![writer.position(group)],
            Kind::Statement => vec![writer.statement(group)],
        })?;
        if let Some(Line::Actor { id, name, .. }) = lines.first() {
            self.names.insert(grp, Who { id: id.clone(), name: name.clone() });
        }
        Ok(lines)
    }

    /// Why the members of a group were joined, in the order of the members, without repeats.
    fn why(&self, grp: i64) -> Result<Vec<String>, StoreError> {
        let store = self.store;
        let query = format!(
            "SELECT p.a, p.b, p.why FROM pair p JOIN thing x ON x.id = p.a JOIN thing y ON y.id = p.b WHERE x.grp = {grp} AND y.grp = {grp}"
        );
        let pairs = store.each(&query, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?)))?;
        let query = format!(
            "SELECT t.id, t.name FROM thing t JOIN document d ON d.id = t.document WHERE t.grp = {grp} \
             ORDER BY d.published IS NULL, d.published, d.name, t.number"
        );
        let members = store.each(&query, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let place: HashMap<i64, usize> = members.iter().enumerate().map(|(i, (id, _))| (*id, i)).collect();
        let by_name: HashMap<&str, usize> = members.iter().enumerate().map(|(i, (_, name))| (name.as_str(), i)).collect();
        let mut reasons: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
        for (a, b, why) in pairs {
            if let (Some(a), Some(b)) = (place.get(&a), place.get(&b)) {
                reasons.insert((*a.min(b), *a.max(b)), serde_json::from_str(&why).unwrap_or_default());
            }
        }
        for decided in store.decisions()?.into_iter().filter(|d| !d.undone && d.verb == crate::Verb::Merge) {
            if let (Some(a), Some(b)) = (by_name.get(decided.a.as_str()), by_name.get(decided.b.as_str())) {
                reasons.insert((*a.min(b), *a.max(b)), vec!["decided by a person".to_owned()]);
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
            let first = self.copies.get(&documents[i]).copied().filter(|first| !documents.contains(first));
            documents.extend(first);
        }
        let kept = documents.iter().map(|&d| self.kept(d)).collect::<Result<Vec<_>, _>>()?;
        let reports: Vec<Report> = kept.iter().map(|k| Report { document: &k.document, record: &k.record }).collect();
        let place = |d: &i64| documents.iter().position(|other| other == d);
        let witness: Vec<usize> =
            documents.iter().enumerate().map(|(i, d)| self.copies.get(d).and_then(place).unwrap_or(i)).collect();
        let who = self.who(&documents, &kept)?;
        Ok(write(&Writer::new(&reports, &witness, who), &group))
    }

    fn who(&mut self, documents: &[i64], kept: &[Rc<Kept>]) -> Result<HashMap<(usize, Id), Who>, StoreError> {
        let mut who = HashMap::new();
        for (r, (&document, kept)) in documents.iter().zip(kept).enumerate() {
            let query = "SELECT number, grp FROM thing WHERE document = ?1 AND kind = ?2";
            let rows = (|| {
                let mut query = self.store.db.prepare_cached(query)?;
                let rows = query
                    .query_map(params![document, Kind::Actor as i64], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
                rows.collect::<Result<Vec<_>, rusqlite::Error>>()
            })()
            .map_err(|source| self.store.failed(source))?;
            for (number, grp) in rows {
                let Some(actor) = usize::try_from(number).ok().and_then(|n| kept.record.actors.get(n)) else { continue };
                who.insert((r, actor.id.clone()), self.name(grp)?);
            }
        }
        Ok(who)
    }

    /// What a group of actors is called.
    fn name(&mut self, grp: i64) -> Result<Who, StoreError> {
        if let Some(who) = self.names.get(&grp) {
            return Ok(who.clone());
        }
        let store = self.store;
        let members = format!(
            "SELECT t.name, t.anchor FROM thing t JOIN document d ON d.id = t.document WHERE t.grp = {grp} \
             ORDER BY d.published IS NULL, d.published, d.name, t.number"
        );
        let rows = store.each(&members, |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let id = rows.first().map(|(name, _)| name.clone()).unwrap_or_default();
        let names: Vec<&str> = rows.iter().map(|(_, anchor)| without_number(anchor)).collect();
        let who = Who { id, name: onrecord_account::fullest(&names).unwrap_or_default().to_owned() };
        self.names.insert(grp, who.clone());
        Ok(who)
    }
}

/// An actor's anchor is its name; a second of one name in a report has a number behind it.
fn without_number(anchor: &str) -> &str {
    let numbered = anchor.rsplit_once('#').filter(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    numbered.map_or(anchor, |(name, _)| name)
}
