//! Reads the tables of names of `lexicon/` into a gazetteer.

use super::TrainError;
use crate::gazetteer::{Gazetteer, Listed, keys_of};
use crate::tokenise::Tokeniser;
use std::collections::BTreeMap;
use std::path::Path;

/// Which columns of which tables hold names of what.
const SOURCES: &[(&str, &[&str], Listed)] = &[
    ("countries.tsv", &["name", "aliases"], Listed::COUNTRY),
    ("countries.tsv", &["demonyms"], Listed::DEMONYM),
    ("countries.tsv", &["capital"], Listed::PLACE),
    ("cities.tsv", &["name", "aliases"], Listed::PLACE),
    ("first_names.tsv", &["name"], Listed::GIVEN_NAME),
    ("organisations.tsv", &["name", "aliases"], Listed::ORGANISATION),
];

pub(crate) fn gazetteer(folder: &Path, wide: Option<&Path>) -> Result<Gazetteer, TrainError> {
    let mut entries: BTreeMap<u32, u8> = BTreeMap::new();
    for (file, columns, list) in SOURCES {
        let path = folder.join(file);
        let text = std::fs::read_to_string(&path).map_err(|source| TrainError::Read { path: path.clone(), source })?;
        let mut lines = text.lines().filter(|l| !l.starts_with('#'));
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        for column in *columns {
            let at = header.iter().position(|h| h == column);
            let missing = || TrainError::Format { path: path.clone(), line: 1, what: format!("no column {column}") };
            let at = at.ok_or_else(missing)?;
            let cells = lines.clone().filter_map(|line| line.split('\t').nth(at));
            for name in cells.flat_map(|cell| cell.split('|')).map(str::trim).filter(|name| name.starts_with(char::is_uppercase)) {
                add(name, *list, &mut entries);
            }
        }
    }
    if let Some(path) = wide {
        add_wide(path, &mut entries)?;
    }
    Ok(Gazetteer::new(entries.into_iter().collect()))
}

/// Names of the wide lists that the tables do not have: `name <tab> given | surname | place`.
fn add_wide(path: &Path, entries: &mut BTreeMap<u32, u8>) -> Result<(), TrainError> {
    let text = std::fs::read_to_string(path).map_err(|source| TrainError::Read { path: path.to_owned(), source })?;
    let known = entries.clone();
    for (number, line) in text.lines().enumerate() {
        let (name, list) = match line.split_once('\t') {
            Some((name, "given")) => (name, Listed::GIVEN_NAME | Listed::WIDE),
            Some((name, "surname")) => (name, Listed::WIDE),
            Some((name, "place")) => (name, Listed::PLACE | Listed::WIDE),
            _ => {
                let what = "a name, a tab, and given, surname or place are needed".to_owned();
                return Err(TrainError::Format { path: path.to_owned(), line: number + 1, what });
            }
        };
        let key = keys_of(Tokeniser::new(name, 0..name.len()).map(|t| &name[t.span.range()])).pop();
        if key.is_some_and(|key| known.get(&key).is_none_or(|lists| *lists == 0)) {
            add(name, list, entries);
        }
    }
    Ok(())
}

fn add(name: &str, list: Listed, entries: &mut BTreeMap<u32, u8>) {
    let keys = keys_of(Tokeniser::new(name, 0..name.len()).map(|t| &name[t.span.range()]));
    for (i, &key) in keys.iter().enumerate() {
        *entries.entry(key).or_default() |= if i + 1 == keys.len() { list.0 } else { 0 };
    }
}
