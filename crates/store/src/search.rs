//! Reports that hold words, or in which a record fits.

use crate::db::{Db, DbError, Value};
use crate::error::StoreError;
use crate::find;
use crate::open::Store;
use crate::sift::{Asked, Condition, Owned};
use crate::teller::Teller;
use onrecord_account::{Kind, Line, tokens};
use onrecord_record::Record;

/// Which records a report is found by.
const RECORDS: [Kind; 3] = [Kind::Event, Kind::Statement, Kind::Position];

impl Store {
    /// Reports that hold the words and in which some event, statement or position fits all the filters together, each with the words
    /// that were looked for, or that show the record, and some around them. With words alone the best come first, with filters the latest.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged.
    pub fn search(&self, asked: &Asked) -> Result<Vec<(Line, String)>, StoreError> {
        self.snapshot(|| self.hits(asked, 0, asked.limit.unwrap_or(usize::MAX)))
    }

    /// Hits behind the first `skip` of them, at most so many.
    pub(crate) fn hits(&self, asked: &Asked, skip: usize, most: usize) -> Result<Vec<(Line, String)>, StoreError> {
        let conditions = self.conditions(asked)?;
        let ahead = skip.saturating_add(most);
        let found = match asked.words.as_ref().filter(|_| asked.is_words_only()) {
            Some(words) => find::best(&self.db, words, ahead),
            None => latest(&self.db, &conditions, ahead),
        };
        let mut teller = Teller::new(self);
        let mut hits = Vec::new();
        for id in found.map_err(|source| self.failed(source))?.into_iter().skip(skip) {
            let kept = teller.kept(id)?;
            let text = &kept.document.text;
            let at = match &asked.words {
                Some(words) => place_of(text, &words.wanted()),
                None => self.shown(id, &conditions, &kept.record)?,
            };
            hits.push((teller.document(id)?, around(text, at)));
        }
        Ok(hits)
    }

    /// How many reports [`Store::search`] finds without a limit.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count_reports(&self, asked: &Asked) -> Result<usize, StoreError> {
        let run = || match asked.words.as_ref().filter(|_| asked.is_words_only()) {
            Some(words) => find::count(&self.db, words),
            None => {
                let mut values = Vec::new();
                let things = union(&conditions(&self.db, asked)?, &mut values);
                let values: Vec<Value> = values.iter().map(Owned::value).collect();
                self.db.number(&format!("SELECT count(DISTINCT found.document) FROM ({things}) AS found"), &values)
            }
        };
        let count = run().map_err(|source| self.failed(source))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    fn conditions(&self, asked: &Asked) -> Result<Vec<Condition>, StoreError> {
        conditions(&self.db, asked).map_err(|source| self.failed(source))
    }

    /// Where the words of the first record that fits begin.
    fn shown(&self, document: i64, conditions: &[Condition], record: &Record) -> Result<usize, StoreError> {
        let mut first: Option<usize> = None;
        for condition in conditions {
            let mut values = vec![Owned::Int(document)];
            let condition = condition.behind(&mut values);
            let query =
                format!("SELECT t.kind, t.number FROM thing t WHERE t.document = ?1 AND {condition} ORDER BY t.number LIMIT 1");
            let values: Vec<Value> = values.iter().map(Owned::value).collect();
            let found = self.db.first(&query, &values, |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)));
            let found = found.map_err(|source| self.failed(source))?;
            let start = found.and_then(|(kind, number)| start(record, kind, usize::try_from(number).ok()?));
            first = [first, start].into_iter().flatten().min();
        }
        Ok(first.unwrap_or(0))
    }
}

impl Asked {
    /// Nothing but words is asked for: then those that fit best come first.
    pub fn is_words_only(&self) -> bool {
        self.is_of_reports() && self.outlet.is_empty() && self.since.is_none() && self.until.is_none()
    }

    /// Nothing is asked of records but when they are: a report without any can fit by its day.
    fn is_of_reports(&self) -> bool {
        [&self.who, &self.to, &self.what, &self.place, &self.factuality].iter().all(|filter| filter.is_empty())
    }
}

/// What must hold of some thing of a report, for each kind of things that it may be found by.
pub(crate) fn conditions(db: &Db, asked: &Asked) -> Result<Vec<Condition>, DbError> {
    let of_reports = asked.is_of_reports().then_some(Kind::Document);
    let dated = asked.since.is_some() || asked.until.is_some();
    let records = RECORDS.into_iter().filter(|_| of_reports.is_none() || dated);
    of_reports.into_iter().chain(records).map(|kind| Condition::new(db, kind, asked)).collect()
}

pub(crate) fn union(conditions: &[Condition], values: &mut Vec<Owned>) -> String {
    let things = |condition: &Condition| format!("SELECT t.document FROM thing t WHERE {}", condition.behind(values));
    conditions.iter().map(things).collect::<Vec<_>>().join(" UNION ALL ")
}

/// Reports of which a thing fits, the latest first, those without a day last.
fn latest(db: &Db, conditions: &[Condition], limit: usize) -> Result<Vec<i64>, DbError> {
    let mut values = Vec::new();
    let fits = if conditions.iter().all(Condition::few) {
        format!("d.id IN ({})", union(conditions, &mut values))
    } else {
        let exists = |condition: &Condition| {
            format!("EXISTS (SELECT 1 FROM thing t WHERE t.document = d.id AND {})", condition.behind(&mut values))
        };
        format!("({})", conditions.iter().map(exists).collect::<Vec<_>>().join(" OR "))
    };
    let mut found = Vec::new();
    for (dated, order) in [("IS NOT NULL", "d.published DESC, d.name DESC"), ("IS NULL", "d.name DESC")] {
        let left = i64::try_from(limit - found.len()).unwrap_or(i64::MAX);
        let query = format!(
            "SELECT d.id FROM document d WHERE d.published {dated} AND {fits} ORDER BY {order} LIMIT ?{}",
            values.len() + 1
        );
        let mut arguments: Vec<Value> = values.iter().map(Owned::value).collect();
        arguments.push(left.into());
        found.extend(db.all(&query, &arguments, |row| row.get::<i64>(0))?);
    }
    Ok(found)
}

/// Where the words of a record begin.
fn start(record: &Record, kind: i64, number: usize) -> Option<usize> {
    match crate::known::kind_of(kind)? {
        Kind::Event => record.events.get(number).map(|event| event.trigger.start),
        Kind::Position => record.positions.get(number).map(|position| position.proposition.start),
        Kind::Statement => {
            let statement = record.statements.get(number)?;
            statement.content.first().or(statement.cue.as_ref()).map(|span| span.start)
        }
        Kind::Document | Kind::Actor => None,
    }
}

/// Where the first of the words stands.
fn place_of(text: &str, wanted: &[&str]) -> usize {
    let is_wanted = |word: &str| tokens(word).iter().any(|word| wanted.iter().any(|wanted| word.starts_with(wanted)));
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if is_wanted(word) {
            return start;
        }
        start += word.len();
    }
    0
}

/// The text around a place, in whole words, on one line; an ellipsis where it goes on.
fn around(text: &str, at: usize) -> String {
    const BEFORE: usize = 60;
    const BEHIND: usize = 120;
    let boundary = |i: usize, forwards: bool| {
        let mut i = i.min(text.len());
        while !text.is_char_boundary(i) {
            i = if forwards { i + 1 } else { i - 1 };
        }
        i
    };
    let (at, early, late) = (boundary(at, false), boundary(at.saturating_sub(BEFORE), true), boundary(at + BEHIND, false));
    let start = match early {
        0 => 0,
        early => text[early..at].find(char::is_whitespace).map_or(at, |space| early + space),
    };
    let end = match late {
        late if late >= text.len() => text.len(),
        late => text[at..late].rfind(char::is_whitespace).map_or(late, |space| at + space),
    };
    let words = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}{words}{}", if start > 0 { "… " } else { "" }, if end < text.len() { " …" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_text_is_of_whole_words() {
        assert_eq!(around("Short.", 0), "Short.");
        let long = "äöü ".repeat(100) + "here it stands " + &"xyz ".repeat(100);
        let at = place_of(&long, &["stand"]);
        assert_eq!(&long[at..at + 6], "stands");
        let piece = around(&long, at);
        assert!(piece.starts_with("… äöü ") && piece.ends_with("xyz …") && piece.contains("here it stands"), "{piece}");
        assert_eq!(around("", 0), "");
    }
}
