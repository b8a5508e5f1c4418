//! What nobody has looked at yet, the most doubtful first.

use crate::correct::{Seat, seats};
use crate::db::{Db, DbError};
use crate::error::StoreError;
use crate::kept::load_read;
use crate::known::group_at;
use crate::open::Store;
use crate::source::{Source, source, source_of_figure};
use crate::teller::Teller;
use onrecord_account::{Kind, Line, Ref, Relation};
use onrecord_record::{Record, RecordKind};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Doubt of what nothing speaks for.
const MOST: i64 = 1000;
/// Events looked at for one page of figures in conflict.
const LOOKED: i64 = 200;

/// A record that nobody has looked at yet.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unseen {
    /// What it is.
    pub kind: RecordKind,
    /// How doubtful, from 0 to 1.
    pub doubt: f64,
    /// True of a figure that cannot hold together with another report's.
    pub conflict: bool,
    /// What the report says.
    #[serde(flatten)]
    pub source: Source,
}

/// A part of the queue.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Queue {
    /// The next of it.
    pub unseen: Vec<Unseen>,
    /// What to ask the next part with; none where this is the last.
    pub next: Option<String>,
}

/// How doubtful a record is, before it has its report's name.
#[derive(Debug)]
pub(crate) struct Doubt {
    pub kind: RecordKind,
    pub anchor: String,
    pub doubt: i64,
}

/// Of every record but those that `seen` holds.
pub(crate) fn doubts(record: &Record, seen: impl Fn(&Seat) -> bool) -> Vec<Doubt> {
    let unseen = seats(record).into_iter().filter(|(_, seat)| !seen(seat));
    unseen.map(|((kind, anchor), (_, at))| Doubt { kind, anchor, doubt: doubt(record, (kind, at)) }).collect()
}

fn doubt(record: &Record, (kind, at): Seat) -> i64 {
    let (confidence, nobody) = match kind {
        RecordKind::Statement => (record.statements[at].confidence, record.statements[at].speaker.is_empty()),
        RecordKind::Event => (record.events[at].confidence, false),
        RecordKind::Position => (record.positions[at].confidence, record.positions[at].holder.is_empty()),
        RecordKind::Figure => (record.figures[at].confidence, false),
    };
    let doubt = ((1.0 - f64::from(confidence)) * MOST as f64).round() as i64;
    // Words that nobody is known to have said are in doubt whatever else is sure.
    let doubt = if nobody { (doubt + MOST) / 2 } else { doubt };
    doubt.clamp(0, MOST)
}

/// Keeps what is in doubt of a report.
pub(crate) fn keep(db: &Db, document: i64, name: &str, doubts: &[Doubt]) -> Result<(), DbError> {
    for Doubt { kind, anchor, doubt } in doubts {
        let thing = Ref::new(name, anchor.as_str()).name(kind.as_str());
        let query = "INSERT INTO unseen (doubt, thing, document) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        db.execute(query, &[(*doubt).into(), (&thing).into(), document.into()])?;
    }
    Ok(())
}

/// The same of a report of which something else was kept.
pub(crate) fn renew(db: &Db, document: i64, name: &str, doubts: &[Doubt]) -> Result<(), DbError> {
    db.execute("DELETE FROM unseen WHERE document = ?1", &[document.into()])?;
    keep(db, document, name, doubts)
}

/// In a store that an older program made nothing is waiting yet: then every record is.
pub(crate) fn fill(db: &Db) -> Result<(), DbError> {
    let any = |table: &str| db.first(&format!("SELECT 1 FROM {table} LIMIT 1"), &[], |_| Ok(())).map(|found| found.is_some());
    if any("unseen")? || any("correction")? || !any("document")? {
        return Ok(());
    }
    db.write(|| {
        for id in db.all("SELECT id FROM document ORDER BY id", &[], |row| row.get::<i64>(0))? {
            if let Some(kept) = load_read(db, id)? {
                renew(db, id, &kept.document.id, &doubts(&kept.record, |_| false))?;
            }
        }
        Ok(())
    })
}

/// Where a part of the queue begins: behind the figures in conflict of this event, or behind this record.
enum Cursor {
    Conflict(i64),
    Doubt(i64, i64, String),
}

impl std::str::FromStr for Cursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let read = || match text.split_once(':')? {
            ("conflict", root) => Some(Cursor::Conflict(root.parse().ok()?)),
            ("doubt", rest) => {
                let mut parts = rest.splitn(3, ':');
                let (doubt, document) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
                Some(Cursor::Doubt(doubt, document, parts.next()?.to_owned()))
            }
            _ => None,
        };
        read().ok_or_else(|| {
            StoreError::Refused(format!("{text:?} is no place in the queue; use what the part before it gave as next"))
        })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cursor::Conflict(root) => write!(f, "conflict:{root}"),
            Cursor::Doubt(doubt, document, thing) => write!(f, "doubt:{doubt}:{document}:{thing}"),
        }
    }
}

impl Store {
    /// Records that nobody has accepted, corrected or rejected yet, about `limit` of them: figures that cannot hold together first, then
    /// all by how doubtful they are. `after` is what the part before gave as `next`; a part may be empty and not the last.
    ///
    /// # Errors
    /// When `after` is nothing that was given, the database refuses, or what is kept is damaged.
    pub fn queue(&self, after: Option<&str>, limit: usize) -> Result<Queue, StoreError> {
        let from = after.map(str::parse).transpose()?.unwrap_or(Cursor::Conflict(0));
        self.snapshot(|| {
            let mut queue = Walk { store: self, teller: Teller::new(self), conflicts: BTreeMap::new() };
            match from {
                Cursor::Conflict(root) => queue.conflicts(root, limit.max(1)),
                Cursor::Doubt(doubt, document, thing) => queue.doubtful((doubt, document, &thing), limit.max(1)),
            }
        })
    }

    /// How many records nobody has accepted, corrected or rejected yet.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn waiting(&self) -> Result<usize, StoreError> {
        let count = self.db.number("SELECT count(*) FROM unseen", &[]).map_err(|source| self.failed(source))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }
}

struct Walk<'s> {
    store: &'s Store,
    teller: Teller<'s>,
    /// Figures of an event that cannot hold together: report and id there.
    conflicts: BTreeMap<i64, BTreeSet<(String, String)>>,
}

impl Walk<'_> {
    fn conflicts(&mut self, after: i64, limit: usize) -> Result<Queue, StoreError> {
        let query = "SELECT DISTINCT m.grp FROM thing m JOIN thing r ON r.id = m.grp \
                     WHERE m.grp <> m.id AND m.node = m.id AND r.kind = ?1 AND m.grp > ?2 ORDER BY m.grp LIMIT ?3";
        let values = [(Kind::Event as i64).into(), after.into(), LOOKED.into()];
        let roots: Vec<i64> = self.store.db.all(query, &values, |row| row.get(0)).map_err(|source| self.store.failed(source))?;
        let mut unseen = Vec::new();
        for root in &roots {
            for (document, record) in self.of(*root)? {
                let id = self.store.number_of(&document)?;
                let kept = self.teller.kept(id)?;
                let Some(number) = kept.record.figures.iter().position(|figure| figure.id == record) else { continue };
                let source = source_of_figure(&kept, number);
                let query = "SELECT doubt FROM unseen WHERE document = ?1 AND thing = ?2";
                let doubt = self.store.db.first(query, &[id.into(), (&source.name).into()], |row| row.get::<i64>(0));
                let doubt = doubt.map_err(|source| self.store.failed(source))?;
                unseen.extend(doubt.map(|doubt| Unseen { kind: RecordKind::Figure, doubt: share(doubt), conflict: true, source }));
            }
            if unseen.len() >= limit {
                return Ok(Queue { unseen, next: Some(Cursor::Conflict(*root).to_string()) });
            }
        }
        if let Some(last) = roots.last().filter(|_| roots.len() as i64 == LOOKED) {
            return Ok(Queue { unseen, next: Some(Cursor::Conflict(*last).to_string()) });
        }
        // So few are in conflict that there is room for others.
        let rest = self.doubtful((MOST + 1, 0, ""), limit - unseen.len())?;
        unseen.extend(rest.unseen);
        Ok(Queue { unseen, next: rest.next })
    }

    fn doubtful(&mut self, (doubt, document, thing): (i64, i64, &str), limit: usize) -> Result<Queue, StoreError> {
        let query = "SELECT doubt, thing, document FROM unseen WHERE (doubt, document, thing) < (?1, ?2, ?3) \
                     ORDER BY doubt DESC, document DESC, thing DESC LIMIT ?4";
        let rows = self.store.db.all(query, &[doubt.into(), document.into(), thing.into(), (limit as i64).into()], |row| {
            Ok((row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?))
        });
        let rows = rows.map_err(|source| self.store.failed(source))?;
        let next = rows
            .last()
            .filter(|_| rows.len() == limit)
            .map(|(doubt, thing, document)| Cursor::Doubt(*doubt, *document, thing.clone()).to_string());
        let mut unseen = Vec::new();
        for (doubt, thing, document) in rows {
            let kept = self.teller.kept(document)?;
            let named = |kind: RecordKind, anchor: &str| Ref::new(kept.document.id.as_str(), anchor).name(kind.as_str()) == thing;
            let found = seats(&kept.record).into_iter().find(|((kind, anchor), _)| named(*kind, anchor));
            let Some((_, (kind, at))) = found else { continue };
            let source = match kind {
                RecordKind::Statement => source(&kept, Kind::Statement, at),
                RecordKind::Event => source(&kept, Kind::Event, at),
                RecordKind::Position => source(&kept, Kind::Position, at),
                RecordKind::Figure => source_of_figure(&kept, at),
            };
            // Those in conflict came first.
            if kind != RecordKind::Figure || !self.in_conflict(document, &source)? {
                unseen.push(Unseen { kind, doubt: share(doubt), conflict: false, source });
            }
        }
        Ok(Queue { unseen, next })
    }

    fn in_conflict(&mut self, document: i64, figure: &Source) -> Result<bool, StoreError> {
        let kept = self.teller.kept(document)?;
        let Some(event) = kept.record.events.iter().position(|event| event.figures.contains(&figure.record)) else {
            return Ok(false);
        };
        let root = group_at(&self.store.db, document, Kind::Event, event).map_err(|source| self.store.failed(source))?;
        let Some(root) = root else { return Ok(false) };
        Ok(self.of(root)?.contains(&(figure.document.clone(), figure.record.clone())))
    }

    /// Figures of an event that cannot hold together with others; none where one report tells it.
    fn of(&mut self, root: i64) -> Result<BTreeSet<(String, String)>, StoreError> {
        if let Some(known) = self.conflicts.get(&root) {
            return Ok(known.clone());
        }
        let members = self.teller.members(root)?;
        let lines = if members.len() > 1 { self.teller.series(&members)? } else { Vec::new() };
        let mut found = BTreeSet::new();
        for line in lines {
            let Line::Figure { series, relations, .. } = line else { continue };
            for at in relations.iter().filter(|one| one.is == Relation::Conflict).flat_map(|one| [one.a, one.b]) {
                found.extend(series.get(at).map(|told| (told.document.clone(), told.record.clone())));
            }
        }
        self.conflicts.insert(root, found.clone());
        Ok(found)
    }
}

fn share(doubt: i64) -> f64 {
    doubt as f64 / MOST as f64
}
