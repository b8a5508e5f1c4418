//! What actors are called, by their nodes, and the words by which they are looked for.

use crate::db::{Db, DbError};
use onrecord_account::{Called, tokens};
use std::collections::BTreeSet;

/// A report says this of an actor.
pub(crate) fn told(db: &Db, node: i64, told: &str) -> Result<(), DbError> {
    let again = db.execute("UPDATE name SET times = times + 1 WHERE node = ?1 AND told = ?2", &[node.into(), told.into()])?;
    if again > 0 {
        return Ok(());
    }
    db.execute("INSERT INTO name (node, told, times) VALUES (?1, ?2, 1)", &[node.into(), told.into()])?;
    let name = Called::from_json(told).map(|called| called.name).unwrap_or_default();
    words(db, node, &tokens(&name).into_iter().collect())
}

/// A report says it no more.
pub(crate) fn taken_back(db: &Db, node: i64, told: &str) -> Result<(), DbError> {
    db.execute("UPDATE name SET times = times - 1 WHERE node = ?1 AND told = ?2", &[node.into(), told.into()])?;
    if db.execute("DELETE FROM name WHERE node = ?1 AND told = ?2 AND times < 1", &[node.into(), told.into()])? > 0 {
        db.execute("DELETE FROM name_word WHERE node = ?1", &[node.into()])?;
        let left = of(db, node)?.iter().flat_map(|called| tokens(&called.name)).collect();
        words(db, node, &left)?;
    }
    Ok(())
}

fn words(db: &Db, node: i64, words: &BTreeSet<String>) -> Result<(), DbError> {
    for word in words {
        let query = "INSERT INTO name_word (word, node) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        db.execute(query, &[word.as_str().into(), node.into()])?;
    }
    Ok(())
}

/// All that is said of a node.
pub(crate) fn of(db: &Db, node: i64) -> Result<Vec<Called>, DbError> {
    let all = db.all("SELECT told FROM name WHERE node = ?1", &[node.into()], |row| row.get::<String>(0))?;
    Ok(all.iter().filter_map(|told| Called::from_json(told)).collect())
}

/// All that is said of a node, each with how often it is said.
pub(crate) fn counted(db: &Db, node: i64) -> Result<Vec<(Called, usize)>, DbError> {
    let query = "SELECT told, times FROM name WHERE node = ?1";
    let all = db.all(query, &[node.into()], |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)))?;
    let one = |(told, times): (String, i64)| Some((Called::from_json(&told)?, usize::try_from(times).unwrap_or(0)));
    Ok(all.into_iter().filter_map(one).collect())
}
