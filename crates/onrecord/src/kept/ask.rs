//! Asking: what is asked for, and the answers in every format.

use super::cli::Db;
use super::cli_ask::{Ask, Figures, Filters, Positions, Search, TableFormat};
use super::table::{self, Printer};
use super::{format, out};
use crate::output;
use anyhow::Result;
use onrecord_account::{Days, Kind, Line, as_of};
use onrecord_store::{Asked, Store, StoreError};
use serde::Serialize;
use std::io::{self, IsTerminal};

/// Rows that a terminal is given where nobody asked for a number.
const SHOWN: usize = 50;

/// A question of words and filters, as it was typed.
pub fn typed(query: &[String]) -> Result<Asked, StoreError> {
    query.join(" ").parse()
}

/// A question with the same filters as flags.
pub fn asked(query: &[String], filters: &Filters) -> Result<Asked, StoreError> {
    let mut asked = typed(query)?;
    let lists = [
        ("who", &filters.who),
        ("to", &filters.to),
        ("type", &filters.what),
        ("place", &filters.place),
        ("outlet", &filters.outlet),
        ("factuality", &filters.factuality),
    ];
    for (name, values) in lists {
        values.iter().try_for_each(|value| asked.filter(name, value))?;
    }
    for (name, day) in [("since", &filters.since), ("until", &filters.until)] {
        day.iter().try_for_each(|day| asked.filter(name, day))?;
    }
    if let Some(words) = &filters.words {
        asked.also(words.clone());
    }
    Ok(asked)
}

/// How many rows to show: those asked for, all in a file or a pipe, a screenful and a half on a terminal.
pub struct Cut {
    asked: Option<usize>,
    pub limit: Option<usize>,
}

impl Cut {
    pub fn new(asked: Option<usize>, format: TableFormat) -> Self {
        let terminal = format == TableFormat::Table && io::stdout().is_terminal();
        Cut { asked, limit: asked.or(terminal.then_some(SHOWN)) }
    }

    /// Says how many were not shown, and where they are. `all` is asked only if there may be more.
    pub fn tell(&self, shown: usize, what: &str, all: impl FnOnce() -> Result<Option<usize>, StoreError>) -> Result<()> {
        if shown == 0 {
            output::report(&format!("no {what} fit"));
        }
        if self.asked.is_some() || self.limit.is_none_or(|limit| shown < limit) {
            return Ok(());
        }
        let rest = match all()? {
            Some(all) if all <= shown => return Ok(()),
            Some(all) => format!("{} more", all - shown),
            None => "perhaps more".to_owned(),
        };
        output::report(&format!("{shown} {what} shown, there are {rest}: --limit N shows N, --format csv (json, jsonl) gives all"));
        Ok(())
    }
}

/// Events, statements, positions or actors that fit.
pub fn answer(kind: Kind, ask: &Ask) -> Result<()> {
    let mut asked = asked(&ask.query, &ask.filters)?;
    asked.fits(kind)?;
    let format = format(ask.format);
    let cut = Cut::new(ask.limit, format);
    asked.limit = cut.limit;
    let store = open(&ask.db)?;
    let lines = store.ask(kind, &asked)?;
    print_lines(&lines, kind.as_str(), format)?;
    cut.tell(lines.len(), &format!("{}s", kind.as_str()), || store.count(kind, &asked).map(Some))
}

/// Positions that fit, as they are or as they were.
pub fn positions(positions: &Positions) -> Result<()> {
    let Some(date) = &positions.as_of else { return answer(Kind::Position, &positions.ask) };
    let ask = &positions.ask;
    let mut asked = asked(&ask.query, &ask.filters)?;
    asked.fits(Kind::Position)?;
    asked.filter("until", date)?;
    let last = Days::parse(date, None).map_or(i32::MAX, |days| days.last);
    let format = format(ask.format);
    let cut = Cut::new(ask.limit, format);
    asked.limit = cut.limit;
    let store = open(&ask.db)?;
    let lines: Vec<Line> = store.ask(Kind::Position, &asked)?.into_iter().filter_map(|line| as_of(line, last)).collect();
    print_held(&lines, date, format)?;
    cut.tell(lines.len(), "positions", || store.count(Kind::Position, &asked).map(Some))
}

/// Positions with the stance that held then; as JSON the whole line with it.
fn print_held(lines: &[Line], date: &str, format: TableFormat) -> Result<()> {
    let held = |line: &Line| match line {
        Line::Position { history, .. } => history.last().map(|taken| taken.stance.as_str()).unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    if matches!(format, TableFormat::Json | TableFormat::Jsonl) {
        let object = |line: &Line| {
            let mut object = serde_json::to_value(line)?;
            object["as_of"] = date.into();
            object["held"] = held(line).into();
            anyhow::Ok(object)
        };
        let objects = lines.iter().map(object).collect::<Result<Vec<_>>>()?;
        return print(&objects, &[], format, |_| Vec::new());
    }
    let with_held = |line: &Line| {
        let mut row = table::row(line);
        row.insert(3, held(line).into());
        row
    };
    print(lines, &["id", "holder", "issue", "held", "moves", "latest", "reports"], format, with_held)
}

/// Series of figures of events that fit.
pub fn figures(figures: &Figures) -> Result<()> {
    let ask = &figures.ask;
    let mut asked = asked(&ask.query, &ask.filters)?;
    asked.fits(Kind::Event)?;
    let format = format(ask.format);
    let cut = Cut::new(ask.limit, format);
    asked.limit = cut.limit;
    let lines = open(&ask.db)?.figures(&asked, figures.conflicts)?;
    print_lines(&lines, "figure", format)?;
    cut.tell(lines.len(), "figures", || Ok(None))
}

/// Reports that hold the words.
pub fn search(search: &Search) -> Result<()> {
    let mut asked = typed(&search.query)?;
    let format = format(search.format);
    let cut = Cut::new(search.limit, format);
    asked.limit = cut.limit;
    let store = open(&search.db)?;
    let hits = store.search(&asked)?;
    let rows: Vec<table::Row> = hits.iter().map(|(line, words)| table::hit(line, words)).collect();
    Printer::print(&mut out(), &table::HIT, rows, format)?;
    cut.tell(hits.len(), "reports", || store.count_reports(&asked).map(Some))
}

pub fn open(db: &Db) -> Result<Store, StoreError> {
    Store::open(db.db.clone())
}

/// Lines of one kind: whole as JSON, as rows in tables.
fn print_lines(lines: &[Line], kind: &str, format: TableFormat) -> Result<()> {
    print(lines, table::columns(kind), format, table::row)
}

/// Whole as JSON; in tables as the row that `row` makes.
pub fn print<T: Serialize>(all: &[T], columns: &[&str], format: TableFormat, row: impl Fn(&T) -> table::Row) -> Result<()> {
    let mut out = out();
    match format {
        TableFormat::Jsonl => all.iter().try_for_each(|one| output::write(&mut out, &(serde_json::to_string(one)? + "\n"))),
        TableFormat::Json => output::write(&mut out, &(serde_json::to_string_pretty(all)? + "\n")),
        flat => Printer::print(&mut out, columns, all.iter().map(row), flat),
    }
}
