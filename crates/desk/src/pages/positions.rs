//! Positions: a list with the history of each, and a table of who holds what on which matter, as of any day.

use crate::ask::Ask;
use crate::at_hand::AtHand;
use crate::calendar::iso;
use crate::filters::Filters;
use crate::form::Form;
use crate::lines::{self, Quote, Spoken};
use crate::links;
use crate::markup::Markup;
use crate::matrix::{Change, Matrix};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use onrecord_account::{Days, Kind, Line, Taken, as_of};
use onrecord_export::flat::Row;
use onrecord_export::known::Known;
use onrecord_export::thousands;
use onrecord_store::Asked;
use onrecord_view::{human_date, words};
use serde_json::json;
use std::collections::BTreeSet;

/// Positions of a table.
const SHOWN: usize = 200;
/// Moves of a history that are said; the rest is counted.
const MOVES: usize = 8;
/// Days that the slider runs over, the latest.
const DAYS: usize = 500;
const OTHERS: &str = "other matters";
/// One row a move.
const COLUMNS: [&str; 11] =
    ["position", "holder", "matter", "move", "date", "proposition", "conditions", "giver", "report", "published", "latest"];

#[derive(Template)]
#[template(path = "positions.html")]
struct Page {
    shell: Shell,
    filters: Filters,
    matrix: bool,
    list_href: String,
    matrix_href: String,
    as_of: String,
    diff: String,
    /// Days on which something changed, for the slider.
    days: String,
    /// What the forms send again.
    kept: Vec<(String, String)>,
    kept_diff: Vec<(String, String)>,
    changes: Option<Changes>,
    entries: Vec<Entry>,
    columns: Vec<String>,
    rows: Vec<MatrixRow>,
    /// How many are shown and left out, where the table does not have all.
    left_out: Option<(usize, String)>,
    next: Option<String>,
}

/// What changed between two days.
struct Changes {
    from: String,
    to: String,
    changed: Vec<(&'static str, Markup)>,
    same: usize,
}

/// A position in the list.
struct Entry {
    line: Spoken,
    history: History,
    change: Option<Change>,
}

struct History {
    moves: Vec<Moved>,
    /// Earlier ones that are not said.
    more: usize,
}

/// A move with its words.
struct Moved {
    sentence: Markup,
    giver: Option<String>,
    quote: Quote,
}

struct MatrixRow {
    name: String,
    href: String,
    cells: Vec<Vec<Cell>>,
}

/// A position in the table.
struct Cell {
    href: String,
    stance: &'static str,
    conditions: usize,
    date: String,
    reports: usize,
    /// Earlier moves, the first first.
    before: Vec<&'static str>,
    change: Option<Change>,
    history: History,
}

/// `/positions`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only_questions_and(&["view", "as_of", "diff"])?;
    let matrix = match ask.one("view") {
        None | Some("list") => false,
        Some("matrix") => true,
        Some(other) => return Err(Problem::wrong(format!("view={other}: there are view=list and view=matrix"))),
    };
    let (last, before) = (date(ask, "as_of")?, date(ask, "diff")?);
    if let (Some(last), Some(before)) = (last, before)
        && before >= last
    {
        return Err(Problem::wrong("diff: compares as_of with an earlier day; give an earlier one, or a later as_of"));
    }
    let asked = ask.question()?;
    asked.fits(Kind::Position)?;
    let narrowed = Asked {
        // What came later than the day is not asked for.
        until: asked.until.into_iter().chain(last).min(),
        limit: if matrix { Some(ask.limit(SHOWN)?.min(SHOWN)) } else { asked.limit },
        ..asked.clone()
    };
    let page = ask.store.page(Kind::Position, &narrowed, ask.after()?.as_ref())?;
    let lines: Vec<Line> =
        page.lines.into_iter().filter_map(|line| last.map_or(Some(line.clone()), |last| as_of(line, last))).collect();
    let next = page.next.as_ref().map(|next| ask.next(next));
    let at_hand = AtHand::new(ask.store);
    let mut known = at_hand.words();
    let table = Matrix::new(&lines, &mut known)?;
    match ask.form {
        Form::Json => {
            let change = |line: &Line| before.and_then(|before| Change::since(line, before)).map(Change::word);
            let changes: serde_json::Map<_, _> =
                lines.iter().filter_map(|line| Some((line.id().to_owned(), change(line)?.into()))).collect();
            let matters: Vec<_> =
                lines.iter().zip(&table.of).map(|(line, of)| json!({"position": line.id(), "matter": of})).collect();
            Reply::json(&json!({
                "ok": true, "lines": lines, "matters": table.matters, "matter_of": matters, "changes": changes, "next": next,
            }))
        }
        Form::Csv => Ok(Reply::csv(&COLUMNS, rows(&lines, &table, &mut known)?)?.next(next.as_ref())),
        Form::Html => {
            let filters = Filters::new(ask, ask.store.facets(Kind::Position, &narrowed)?);
            let strip = ask.store.strip(Kind::Position, &asked)?;
            let (mut entries, mut columns, mut rows) = (Vec::new(), Vec::new(), Vec::new());
            if matrix {
                columns.clone_from(&table.matters);
                if table.has_others() {
                    columns.push(OTHERS.to_owned());
                }
                rows = table.rows.iter().map(|row| matrix_row(row, columns.len(), before, &mut known)).collect::<Result<_, _>>()?;
            } else {
                for line in &lines {
                    let change = before.and_then(|before| Change::since(line, before));
                    entries.push(Entry { line: lines::spoken(line, &mut known)?, history: history(line, &mut known)?, change });
                }
            }
            let left = thousands(filters.lines.saturating_sub(lines.len()));
            let left = if filters.whole { left } else { format!("more than {left}") };
            Reply::page(&Page {
                matrix,
                list_href: ask.set("view", "list"),
                matrix_href: ask.set("view", "matrix"),
                as_of: last.map(iso).unwrap_or_default(),
                diff: before.map(iso).unwrap_or_default(),
                days: days(&strip),
                kept: kept(ask, "as_of"),
                kept_diff: kept(ask, "diff"),
                changes: before.map(|before| changes(&lines, before, last, &mut known)).transpose()?,
                entries,
                columns,
                rows,
                left_out: (matrix && next.is_some()).then_some((lines.len(), left)),
                next: next.filter(|_| !matrix),
                shell: Shell::new(ask, "Positions"),
                filters,
            })
        }
    }
}

/// The last day of a date that a parameter gives.
fn date(ask: &Ask, name: &str) -> Result<Option<i32>, Problem> {
    let Some(text) = ask.one(name) else { return Ok(None) };
    match Days::parse(text, None).filter(|_| !text.contains('/')) {
        Some(days) => Ok(Some(days.last)),
        None => {
            Err(Problem::wrong(format!("{name}={text}: no date; write a day (2026-03-01), a month (2026-03) or a year (2026)")))
        }
    }
}

/// The days of the slider, with spaces between.
fn days(strip: &onrecord_store::Strip) -> String {
    let first = strip.days.len().saturating_sub(DAYS);
    strip.days[first..].iter().map(|day| iso(day.day)).collect::<Vec<_>>().join(" ")
}

fn kept(ask: &Ask, without: &str) -> Vec<(String, String)> {
    ask.query.iter().filter(|(name, _)| name != without && name != "after").cloned().collect()
}

fn changes(lines: &[Line], before: i32, last: Option<i32>, known: &mut Known) -> Result<Changes, Problem> {
    let mut changed = Vec::new();
    let mut same = 0;
    for line in lines {
        match (Change::since(line, before), line) {
            (Some(change), Line::Position { history, .. }) => {
                let mut sentence = lines::position(line, history.len().saturating_sub(1), known)?;
                sentence.element("span", "soft", " · ").link(&links::record(line.id()), "small", line.id());
                changed.push((change.word(), sentence));
            }
            _ => same += 1,
        }
    }
    let to = last.map_or_else(|| "now".to_owned(), |last| human_date(&iso(last)));
    Ok(Changes { from: human_date(&iso(before)), to, changed, same })
}

fn matrix_row(row: &crate::matrix::Row, columns: usize, before: Option<i32>, known: &mut Known) -> Result<MatrixRow, Problem> {
    let mut cells = Vec::with_capacity(columns);
    for positions in row.cells.iter().take(columns) {
        cells.push(
            positions.iter().map(|line| cell(line, before, known)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect(),
        );
    }
    Ok(MatrixRow { name: row.name.to_owned(), href: links::record(row.id), cells })
}

fn cell(line: &Line, before: Option<i32>, known: &mut Known) -> Result<Option<Cell>, Problem> {
    let Line::Position { id, holder, history: moves, .. } = line else { return Ok(None) };
    let Some(last) = moves.last() else { return Ok(None) };
    let [one, many, _] = words::moves(last.stance);
    let reports: BTreeSet<&str> = moves.iter().map(|taken| taken.document.as_str()).collect();
    let mut earlier: Vec<&'static str> = moves[..moves.len() - 1].iter().map(|taken| taken.stance.as_str()).collect();
    earlier.dedup();
    if earlier.last() == Some(&last.stance.as_str()) {
        earlier.pop();
    }
    Ok(Some(Cell {
        href: links::record(id),
        stance: if holder.len() > 1 { many } else { one },
        conditions: last.conditions.len(),
        date: last.day().map(human_date).unwrap_or_default(),
        reports: reports.len(),
        before: earlier,
        change: before.and_then(|before| Change::since(line, before)),
        history: history(line, known)?,
    }))
}

fn history(line: &Line, known: &mut Known) -> Result<History, Problem> {
    let Line::Position { history, .. } = line else { return Ok(History { moves: Vec::new(), more: 0 }) };
    let more = history.len().saturating_sub(MOVES);
    let mut moves = Vec::new();
    for (at, taken) in history.iter().enumerate().skip(more) {
        let Taken { document, record, proposition, conditions, given_by, .. } = taken;
        let passages: Vec<_> = [*proposition].into_iter().chain(conditions.iter().copied()).collect();
        moves.push(Moved {
            sentence: lines::position(line, at, known)?,
            giver: given_by.last().cloned(),
            quote: lines::quote(known, document, record, &passages, onrecord_record::Factuality::Actual)?,
        });
    }
    Ok(History { moves, more })
}

/// One row a move.
fn rows(lines: &[Line], table: &Matrix, known: &mut Known) -> Result<Vec<Row>, Problem> {
    let mut rows = Vec::new();
    for (line, of) in lines.iter().zip(&table.of) {
        let Line::Position { id, holder, history, .. } = line else { continue };
        let holders: Vec<&str> = holder.iter().map(|who| who.name.as_str()).collect();
        for (at, taken) in history.iter().enumerate() {
            let report = known.report(&taken.document)?;
            let conditions: Vec<String> =
                taken.conditions.iter().map(|&span| onrecord_view::one_line(report.words(span))).collect();
            rows.push(vec![
                id.as_str().into(),
                holders.join("; ").into(),
                of.map_or(OTHERS, |of| table.matters[of].as_str()).into(),
                taken.stance.as_str().into(),
                taken.date.as_deref().unwrap_or_default().into(),
                onrecord_view::one_line(report.words(taken.proposition)).into(),
                conditions.join("; ").into(),
                taken.given_by.last().map(String::as_str).unwrap_or_default().into(),
                taken.document.as_str().into(),
                taken.published.as_deref().unwrap_or_default().into(),
                (at + 1 == history.len()).into(),
            ]);
        }
    }
    Ok(rows)
}
