//! Files of programs from before tables had their shape of today: their reports are carried over into a file of today's.
//!
//! What a report says was kept in one way from the first; how reports were tied was not, so they are tied anew.

use crate::db::{Db, DbError, Row, Sqlite, Value};
use crate::decide::{Decided, Verb};
use crate::error::StoreError;
use crate::known::name_of;
use crate::open::Store;
use crate::pack::{unpack_beside, unpack_record, unpack_text};
use crate::place::Place;
use crate::prepared::Prepared;
use onrecord_account::Kind;
use onrecord_text::Document;
use std::path::{Path, PathBuf};

/// Reports carried over in one transaction.
const BATCH: i64 = 200;

/// Puts a store of today's tables, with everything that was kept, in the place of an old one, which must be copied already.
pub(crate) fn carry(old: Sqlite, path: &Path) -> Result<(), StoreError> {
    let beside = beside(path);
    remove(&beside)?;
    let old = Old { db: Db::Sqlite(old), place: path.display().to_string() };
    {
        let mut new = Store::create(Place::File(beside.clone()))?;
        old.reports(&mut new)?;
        old.decisions(&mut new)?;
        old.rest(&new)?;
    }
    // Closed, neither has a journal beside it any more.
    drop(old);
    std::fs::rename(&beside, path).map_err(|error| StoreError::Io(path.to_owned(), error))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".carried");
    path.with_file_name(name)
}

/// What an earlier try left.
fn remove(path: &Path) -> Result<(), StoreError> {
    for end in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(end);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::Io(file.into(), error)),
            _ => {}
        }
    }
    Ok(())
}

struct Old {
    db: Db,
    place: String,
}

/// A report of an old file.
struct Report {
    name: String,
    added: String,
    /// None where what is kept is damaged.
    prepared: Option<Prepared>,
}

impl Old {
    /// The old program's tables are not what they are taken for, or a disk is full.
    fn failed(&self, source: DbError) -> StoreError {
        StoreError::TooOld(self.place.clone(), source)
    }

    fn has(&self, table: &str, column: &str) -> Result<bool, StoreError> {
        let query = "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2";
        let found = self.db.first(query, &[table.into(), column.into()], |_| Ok(()));
        found.map(|found| found.is_some()).map_err(|source| self.failed(source))
    }

    /// Reports with the reading that counts, in the order in which they came.
    fn reports(&self, new: &mut Store) -> Result<(), StoreError> {
        let added = if self.has("document", "added")? { "d.added" } else { "''" };
        let query = format!(
            "SELECT d.id, d.name, d.published, d.outlet, d.title, d.url, d.language, d.text, d.original, d.version, d.digest, {added}, \
             r.record FROM document d JOIN reading r ON r.document = d.id AND r.version = d.version WHERE d.id > ?1 ORDER BY d.id LIMIT ?2"
        );
        let mut last: i64 = 0;
        loop {
            let mut batch = Vec::new();
            let read = self.db.each(&query, &[last.into(), BATCH.into()], &mut |row| {
                last = row.get(0)?;
                batch.push(report(row)?);
                Ok(true)
            });
            read.map_err(|source| self.failed(source))?;
            if batch.is_empty() {
                return Ok(());
            }
            self.keep(new, batch)?;
        }
    }

    fn keep(&self, new: &mut Store, batch: Vec<Report>) -> Result<(), StoreError> {
        let (mut prepared, mut days) = (Vec::new(), Vec::new());
        for Report { name, added, prepared: report } in batch {
            let damaged = || StoreError::Damaged(self.place.clone(), "record", name.clone());
            prepared.push(report.ok_or_else(damaged)?);
            days.push((name, added));
        }
        let dated = |db: &Db| {
            for (name, added) in &days {
                db.execute("UPDATE document SET added = ?2 WHERE name = ?1", &[name.into(), added.into()])?;
            }
            // That they are tied again is no news.
            db.execute("DELETE FROM change", &[]).map(drop)
        };
        new.add_and(prepared, "", dated).map(drop)
    }

    /// Decisions hold of what has the same name today; others stand in the log.
    fn decisions(&self, new: &mut Store) -> Result<(), StoreError> {
        let query = "SELECT made, who, verb, a, b, why, undone FROM decision ORDER BY id";
        let all = self.db.all(query, &[], |row| {
            let verb = if row.get::<String>(2)? == "merge" { Verb::Merge } else { Verb::Never };
            let (made, who, a, b) = (row.get(0)?, row.get(1)?, row.get(3)?, row.get(4)?);
            Ok(Decided { id: 0, made, who, verb, a, b, why: row.get(5)?, undone: row.get::<i64>(6)? != 0 })
        });
        for Decided { made, who, verb, a, b, why, undone, .. } in all.map_err(|source| self.failed(source))? {
            let names = new.whole_name(&a)?.zip(new.whole_name(&b)?).filter(|_| !undone);
            match names {
                Some((a, b)) => drop(new.decide(verb, &a, &b, &who, &why, &made)?),
                None => {
                    let verb = if verb == Verb::Merge { "merge" } else { "never" };
                    let query = "INSERT INTO decision (made, who, verb, a, b, why, undone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
                    let values = [
                        (&made).into(),
                        (&who).into(),
                        verb.into(),
                        (&a).into(),
                        (&b).into(),
                        (&why).into(),
                        i64::from(undone).into(),
                    ];
                    new.db.execute(query, &values).map_err(|source| new.failed(source))?;
                }
            }
        }
        Ok(())
    }

    /// What became of names, and feeds, where there were any yet.
    fn rest(&self, new: &Store) -> Result<(), StoreError> {
        for (table, columns) in [("change", &["made", "verb", "was", "becomes", "cause"][..]), ("feed", &["address", "state"])] {
            if !self.has(table, columns[0])? {
                continue;
            }
            let listed = columns.join(", ");
            let rows = self.db.all(&format!("SELECT {listed} FROM {table} ORDER BY rowid"), &[], |row| {
                (0..columns.len()).map(|at| row.get::<Option<String>>(at)).collect::<Result<Vec<_>, _>>()
            });
            let marks = (1..=columns.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
            for row in rows.map_err(|source| self.failed(source))? {
                let values: Vec<Value> = row.iter().map(|text| text.as_deref().into()).collect();
                let done = new.db.execute(&format!("INSERT INTO {table} ({listed}) VALUES ({marks})"), &values);
                done.map_err(|source| new.failed(source))?;
            }
        }
        Ok(())
    }
}

fn report(row: &Row) -> Result<Report, DbError> {
    let published: Option<String> = row.get(2)?;
    let document = Document {
        id: row.get(1)?,
        title: row.get(4)?,
        published: published.and_then(|day| day.parse().ok()),
        language: row.get(6)?,
        url: row.get(5)?,
        outlet: row.get(3)?,
        text: String::new(),
    };
    let (text, original, record): (Vec<u8>, Option<Vec<u8>>, Vec<u8>) = (row.get(7)?, row.get(8)?, row.get(12)?);
    let (name, version, digest) = (document.id.clone(), row.get::<String>(9)?, row.get(10)?);
    let prepared = unpack_text(&text).zip(unpack_record(&record)).map(|(text, record)| {
        let original = original.and_then(|bytes| unpack_beside(&text, &bytes));
        // One kept beside another of its id has the digest of what it came as.
        Prepared { digest, ..Prepared::new(Document { text, ..document }, &record, &version, original.as_deref()) }
    });
    Ok(Report { name, added: row.get(11)?, prepared })
}

impl Store {
    /// The name of today for one that may have fewer digits; none where nothing has it.
    fn whole_name(&self, name: &str) -> Result<Option<String>, StoreError> {
        let Some((kind, digits)) = name.split_once('-') else { return Ok(None) };
        let Some(kind) = Kind::ALL.into_iter().find(|known| known.as_str() == kind) else { return Ok(None) };
        let ends = [format!("{digits:0<16}"), format!("{digits:f<16}")].map(|digits| u64::from_str_radix(&digits, 16).ok());
        let [Some(first), Some(last)] = ends.map(|end| end.map(|end| end as i64)) else { return Ok(None) };
        let query = "SELECT code FROM thing WHERE kind = ?1 AND code BETWEEN ?2 AND ?3 ORDER BY code";
        let code = self.db.first(query, &[(kind as i64).into(), first.into(), last.into()], |row| row.get(0));
        Ok(code.map_err(|source| self.failed(source))?.map(|code| name_of((kind, code))))
    }
}
