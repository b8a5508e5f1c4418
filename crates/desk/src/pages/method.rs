//! Method: what is recorded and how, with how well, by which version.

use crate::ask::Ask;
use crate::form::Form;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use onrecord_record::{Act, ActorKind, Bound, EventType, Factuality, Measure, Move, Precision, Status, modes};
use serde_json::{Value, json};

/// Scores, one a line: what was measured, figure, the command that gives it.
const SCORES: &str = include_str!("../../method/scores.tsv");
/// What each value of a closed list means, one a line: list, value, meaning.
const MEANINGS: &str = include_str!("../../method/meanings.tsv");

struct Score {
    what: &'static str,
    figure: &'static str,
    command: &'static str,
}

struct Named {
    name: &'static str,
    meaning: &'static str,
    modes: String,
}

struct List {
    name: &'static str,
    values: Vec<Named>,
}

#[derive(Template)]
#[template(path = "method.html")]
struct Page {
    shell: Shell,
    version: &'static str,
    scores: Vec<Score>,
    lists: Vec<List>,
    documents: usize,
    readings: Vec<(String, usize)>,
}

/// `/method`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only(&[])?;
    let version = env!("CARGO_PKG_VERSION");
    match ask.form {
        Form::Json => {
            let scores: Vec<Value> = scores()
                .iter()
                .map(|score| json!({"what": score.what, "figure": score.figure, "command": score.command}))
                .collect();
            let value = |value: &Named| json!({"name": value.name, "means": value.meaning});
            let lists: serde_json::Map<String, Value> =
                lists().iter().map(|list| (list.name.to_owned(), list.values.iter().map(value).collect())).collect();
            Reply::json(
                &json!({"ok": true, "version": version, "scores": scores, "codebook": lists, "readings": ask.store.versions()?}),
            )
        }
        Form::Csv => {
            let rows = scores().into_iter().map(|score| vec![score.what.into(), score.figure.into(), score.command.into()]);
            Reply::csv(&["what", "figure", "command"], rows)
        }
        Form::Html => Reply::page(&Page {
            shell: Shell::new(ask, "Method"),
            version,
            scores: scores(),
            lists: lists(),
            documents: ask.store.documents()?,
            readings: ask.store.versions()?,
        }),
    }
}

fn scores() -> Vec<Score> {
    let score = |line: &'static str| {
        let mut cells = line.split('\t');
        Some(Score { what: cells.next()?, figure: cells.next()?, command: cells.next()? })
    };
    rows(SCORES).filter_map(score).collect()
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

/// The codebook's lists with what their values mean.
fn lists() -> Vec<List> {
    let all: [(&'static str, Vec<&'static str>); 9] = [
        ("Types of events", names(EventType::ALL, EventType::as_str)),
        ("How something is put", names(Factuality::ALL, Factuality::as_str)),
        ("Moves of a position", names(Move::ALL, Move::as_str)),
        ("Status of a position", names(Status::ALL, Status::as_str)),
        ("Acts of a statement", names(Act::ALL, Act::as_str)),
        ("Measures of a figure", names(Measure::ALL, Measure::as_str)),
        ("Bounds of a figure", names(Bound::ALL, Bound::as_str)),
        ("Kinds of actors", names(ActorKind::ALL, ActorKind::as_str)),
        ("Precision of a place", names(Precision::ALL, Precision::as_str)),
    ];
    all.into_iter()
        .map(|(name, values)| List { name, values: values.into_iter().map(|value| meaning(name, value)).collect() })
        .collect()
}

fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| name(*one)).collect()
}

fn meaning(list: &'static str, name: &'static str) -> Named {
    let found = rows(MEANINGS).find_map(|row| {
        let mut cells = row.split('\t');
        (cells.next() == Some(list) && cells.next() == Some(name)).then(|| cells.next()).flatten()
    });
    let kind = EventType::ALL.iter().find(|kind| kind.as_str() == name);
    let modes = kind.map(|kind| modes(*kind).join(", ").replace('_', " ")).unwrap_or_default();
    Named { name, meaning: found.unwrap_or_default(), modes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_the_codebook_is_explained() {
        let bare: Vec<&str> =
            lists().iter().flat_map(|list| &list.values).filter(|value| value.meaning.is_empty()).map(|value| value.name).collect();
        assert!(bare.is_empty(), "no meaning: {bare:?}");
        assert!(rows(SCORES).count() > 5 && scores().len() == rows(SCORES).count());
    }
}
