//! Today: what is new since the last visit.
//!
//! What somebody has seen is remembered by their browser, in two cookies: how far the record was when this visit began (`since`, forgotten
//! after half an hour without a look), and how far it was at the last look (`seen`), from which the next visit begins.

use crate::ask::Ask;
use crate::form::Form;
use crate::lines::{self, Spoken};
use crate::links;
use crate::markup::Markup;
use crate::pages::feeds::{self, Shown};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use axum::http::header;
use onrecord_export::flat;
use onrecord_export::known::Known;
use onrecord_export::thousands;
use onrecord_store::{Fresh, News, Seen, Touched};
use serde_json::json;

/// Seconds without a look after which a visit is over.
const VISIT: u32 = 30 * 60;
/// Seconds that a browser remembers how far somebody has seen.
const YEAR: u32 = 365 * 24 * 60 * 60;

/// Lines of one kind under a head.
struct Part {
    id: &'static str,
    head: &'static str,
    /// What would stand here.
    empty: &'static str,
    lines: Vec<Spoken>,
    more: Option<String>,
    href: &'static str,
}

#[derive(Template)]
#[template(path = "today.html")]
struct Page {
    shell: Shell,
    /// It is the first look, or everything was asked for: the latest reports are shown.
    is_first: bool,
    reports: String,
    looked_through: Option<String>,
    changes: usize,
    parts: Vec<Part>,
    unwell: Vec<Shown>,
    /// Address of all this as it is now, to come back to.
    now: String,
    documents: usize,
}

/// `/`, as data `/today.json`: the parameter `since` names a moment, as the answer before gave it in `now`.
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only(&["since"])?;
    let now = ask.store.seen()?;
    let remembered = ask.visitor.cookie("since").or(ask.visitor.cookie("seen")).and_then(|seen| seen.parse().ok());
    let since: Option<Seen> = match ask.one("since") {
        Some(since) => Some(since.parse()?),
        None => remembered,
    };
    let from = since.map_or_else(|| ask.store.lately(), Ok)?;
    let news = ask.store.news(&from)?;
    match ask.form {
        Form::Json => Reply::json(&json!({"ok": true, "since": from.to_string(), "now": now.to_string(), "news": news})),
        Form::Csv => csv(&news),
        Form::Html => {
            let page = page_of(ask, &news, &now, since.is_none())?;
            let cookie =
                |name: &str, value: &Seen, age: u32| format!("{name}={value}; Path=/; Max-Age={age}; SameSite=Strict; HttpOnly");
            Ok(Reply::page(&page)?
                .header(header::SET_COOKIE, cookie("since", &from, VISIT))
                .header(header::SET_COOKIE, cookie("seen", &now, YEAR)))
        }
    }
}

fn page_of(ask: &Ask, news: &News, now: &Seen, is_first: bool) -> Result<Page, Problem> {
    let mut known = ask.reports();
    let parts = vec![
        part(
            "figures",
            "Figures revised or in conflict",
            "No figure told before has another value now.",
            "/figures",
            &news.figures,
            &mut known,
        )?,
        part(
            "positions",
            "Positions new or changed",
            "Nobody offers, demands or refuses anything new.",
            "/positions",
            &news.positions,
            &mut known,
        )?,
        part("events", "Events", "No event is told.", "/events", &news.events, &mut known)?,
        part("statements", "Statements", "Nobody is quoted with anything new.", "/statements", &news.statements, &mut known)?,
    ];
    let moment = (ask.desk.now)();
    Ok(Page {
        shell: Shell::new(ask, "Today"),
        is_first,
        reports: lines_of(news.reports, "new report"),
        looked_through: (news.looked_through < news.reports).then(|| thousands(news.looked_through)),
        changes: news.changes,
        parts,
        unwell: feeds::all(ask.store, &moment)?.into_iter().filter(Shown::is_unwell).collect(),
        now: links::address("/", [("since", now.to_string().as_str())]),
        documents: ask.store.documents()?,
    })
}

fn part(
    id: &'static str,
    head: &'static str,
    empty: &'static str,
    href: &'static str,
    touched: &Touched,
    known: &mut Known,
) -> Result<Part, Problem> {
    let lines = touched.lines.iter().map(|fresh| spoken(fresh, known)).collect::<Result<Vec<_>, Problem>>()?;
    let more = touched.all.saturating_sub(lines.len());
    Ok(Part { id, head, empty, lines, more: (more > 0 && touched.lines.len() >= 20).then(|| thousands(more)), href })
}

/// The line at what is new of it, and whether it was told before.
fn spoken(fresh: &Fresh, known: &mut Known) -> Result<Spoken, Problem> {
    let mut spoken = lines::spoken_at(&fresh.line, fresh.at.last().copied(), known)?;
    if !fresh.is_new {
        let mut small = Markup::new();
        small.element("em", "", "told again").text(" · ").markup(&spoken.small);
        spoken.small = small;
    }
    Ok(spoken)
}

/// One row a line: which kind, whether it was told before, then what the kind's own table has in one cell.
fn csv(news: &News) -> Result<Reply, Problem> {
    let row = |fresh: &Fresh| {
        let cells: Vec<String> = flat::row(&fresh.line).iter().skip(1).map(flat::cell).collect();
        vec![lines::kind(&fresh.line).2.into(), fresh.line.id().into(), fresh.is_new.to_string().into(), cells.join(" | ").into()]
    };
    let all = [&news.figures, &news.positions, &news.events, &news.statements];
    Reply::csv(&["kind", "id", "new", "says"], all.into_iter().flat_map(|touched| &touched.lines).map(row))
}

fn lines_of(count: usize, one: &str) -> String {
    format!("{} {one}{}", thousands(count), if count == 1 { "" } else { "s" })
}
