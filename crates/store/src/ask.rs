//! Questions.

use crate::error::StoreError;
use crate::open::Store;
use crate::tell::Teller;
use onrecord_account::{Kind, Line, Relation, fold};
use rusqlite::params_from_iter;
use rusqlite::types::Value;

/// What is asked for: everything that fits all of it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Words that the report must hold (FTS5 syntax: words, "phrases", AND, OR, NOT, prefix*).
    pub words: Option<String>,
    /// Parts of the name of one who takes part in it, in any role but as a giver.
    pub who: Option<String>,
    /// Parts of the name of one whom it is done or said to.
    pub to: Option<String>,
    /// PLOVER type, act, move or kind of actor.
    pub what: Option<String>,
    /// Name of the place, or ISO code of its country.
    pub place: Option<String>,
    /// Not before this day (number of days since 1970-01-01).
    pub since: Option<i32>,
    /// Not after this day.
    pub until: Option<i32>,
    /// Who published it.
    pub outlet: Option<String>,
    /// How it is put.
    pub factuality: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
}

impl Store {
    /// Events, statements, positions or actors that fit, the latest first.
    ///
    /// # Errors
    /// When the words are no query or the database refuses.
    pub fn ask(&self, kind: Kind, asked: &Asked) -> Result<Vec<Line>, StoreError> {
        let grps = self.fitting(kind, asked)?;
        let mut groups = self.groups(kind, Some(&grps))?;
        let place: std::collections::HashMap<i64, usize> = grps.iter().enumerate().map(|(i, g)| (*g, i)).collect();
        groups.sort_by_key(|(grp, _)| place.get(grp).copied());
        let mut teller = Teller::new(self)?;
        let mut lines = Vec::new();
        for (grp, members) in &groups {
            lines.extend(teller.group(kind, *grp, members)?);
        }
        Ok(lines)
    }

    /// Series of figures of events that fit; with `conflicts` only those whose values cannot all hold.
    ///
    /// # Errors
    /// As [`Store::ask`].
    pub fn figures(&self, asked: &Asked, conflicts: bool) -> Result<Vec<Line>, StoreError> {
        let unlimited = Asked { limit: None, ..asked.clone() };
        let grps = self.fitting(Kind::Event, &unlimited)?;
        let mut teller = Teller::new(self)?;
        let mut lines = Vec::new();
        for (_, members) in self.groups(Kind::Event, Some(&grps))? {
            if conflicts && members.len() < 2 {
                continue;
            }
            let conflict = |line: &Line| matches!(line, Line::Figure { relations, .. } if relations.iter().any(|r| r.is == Relation::Conflict));
            lines.extend(teller.series(&members)?.into_iter().filter(|line| !conflicts || conflict(line)));
            if asked.limit.is_some_and(|limit| lines.len() >= limit) {
                break;
            }
        }
        lines.truncate(asked.limit.unwrap_or(usize::MAX));
        Ok(lines)
    }

    /// Reports that hold the words, best first, with a piece of the text around them.
    ///
    /// # Errors
    /// When the words are no query or the database refuses.
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<(Line, String)>, StoreError> {
        let ids = self.matching(words, limit)?;
        let mut teller = Teller::new(self)?;
        ids.into_iter()
            .map(|id| {
                let line = teller.document(id)?;
                let text = crate::add::load(&self.db, id)
                    .map_err(|source| self.failed(source))?
                    .map(|k| k.document.text)
                    .unwrap_or_default();
                Ok((line, around(&text, words)))
            })
            .collect()
    }

    fn matching(&self, words: &str, limit: usize) -> Result<Vec<i64>, StoreError> {
        let run = || {
            let mut query = self.db.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rank, rowid LIMIT ?2")?;
            let rows = query.query_map(rusqlite::params![words, limit as i64], |row| row.get(0))?;
            rows.collect::<Result<Vec<i64>, rusqlite::Error>>()
        };
        run().map_err(|source| match &source {
            // What FTS5 cannot parse is the only thing wrong with a statement that is otherwise fixed.
            rusqlite::Error::SqliteFailure(error, Some(message)) if error.extended_code == rusqlite::ffi::SQLITE_ERROR => {
                StoreError::Refused(format!(
                    "{words:?}: no search ({message}); put phrases and words with signs in them in double quotes"
                ))
            }
            _ => self.failed(source),
        })
    }

    /// Groups that fit, the latest first.
    fn fitting(&self, kind: Kind, asked: &Asked) -> Result<Vec<i64>, StoreError> {
        let mut sql =
            String::from("SELECT t.grp, max(t.first) AS day FROM thing t JOIN document d ON d.id = t.document WHERE t.kind = ?");
        let mut args = vec![Value::Integer(kind as i64)];
        let mut must = |clause: &str, values: Vec<Value>| {
            sql.push_str(" AND ");
            sql.push_str(clause);
            args.extend(values);
        };
        let text = |s: &str| Value::Text(s.to_owned());
        if let Some(words) = &asked.words {
            let ids = self.matching(words, usize::MAX >> 1)?;
            let list = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
            must(&format!("t.document IN ({list})"), Vec::new());
        }
        const PART: &str =
            "EXISTS (SELECT 1 FROM part p JOIN thing a ON a.id = p.actor JOIN thing n ON n.grp = a.grp WHERE p.thing = t.id AND";
        if let Some(who) = asked.who.as_deref().filter(|_| kind != Kind::Actor) {
            must(&format!("{PART} p.role <> 'giver' AND n.anchor LIKE ? ESCAPE '\\')"), vec![Value::Text(like(who))]);
        }
        if let Some(who) = asked.who.as_deref().filter(|_| kind == Kind::Actor) {
            must("t.anchor LIKE ? ESCAPE '\\'", vec![Value::Text(like(who))]);
        }
        if let Some(to) = &asked.to {
            must(
                &format!("{PART} p.role IN ('recipient', 'toward', 'to') AND n.anchor LIKE ? ESCAPE '\\')"),
                vec![Value::Text(like(to))],
            );
        }
        if let Some(what) = &asked.what {
            must("lower(t.type) = ?", vec![Value::Text(what.to_lowercase())]);
        }
        if let Some(place) = &asked.place {
            must(
                "(t.country = ? OR t.place LIKE ? ESCAPE '\\')",
                vec![Value::Text(place.to_uppercase()), Value::Text(like(&fold(place)))],
            );
        }
        if let Some(since) = asked.since {
            must("t.last >= ?", vec![Value::Integer(i64::from(since))]);
        }
        if let Some(until) = asked.until {
            must("t.first <= ?", vec![Value::Integer(i64::from(until))]);
        }
        if let Some(outlet) = &asked.outlet {
            must("d.outlet = ? COLLATE NOCASE", vec![text(outlet)]);
        }
        if let Some(factuality) = &asked.factuality {
            must("t.factuality = ?", vec![text(factuality)]);
        }
        sql.push_str(" GROUP BY t.grp ORDER BY day IS NULL, day DESC, t.grp LIMIT ?");
        args.push(Value::Integer(asked.limit.map_or(-1, |limit| limit as i64)));
        let run = || {
            let mut query = self.db.prepare_cached(&sql)?;
            let rows = query.query_map(params_from_iter(&args), |row| row.get(0))?;
            rows.collect::<Result<Vec<i64>, rusqlite::Error>>()
        };
        run().map_err(|source| self.failed(source))
    }
}

fn like(part: &str) -> String {
    let escaped: String = part.chars().flat_map(|c| if matches!(c, '%' | '_' | '\\') { vec!['\\', c] } else { vec![c] }).collect();
    format!("%{escaped}%")
}

/// The words of the text around the first word of the query.
fn around(text: &str, query: &str) -> String {
    const BEFORE: usize = 60;
    const BEHIND: usize = 120;
    let words = query
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 2 && !matches!(*w, "AND" | "OR" | "NOT" | "NEAR"));
    let lower = text.to_lowercase();
    let at = words.filter_map(|w| lower.find(&w.to_lowercase())).min().unwrap_or(0).min(text.len());
    let boundary = |mut i: usize| {
        i = i.min(text.len());
        while !text.is_char_boundary(i) {
            i -= 1;
        }
        i
    };
    let (start, end) = (boundary(at.saturating_sub(BEFORE)), boundary(at + BEHIND));
    text[start..end].split_whitespace().collect::<Vec<_>>().join(" ")
}
