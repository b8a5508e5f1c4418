//! Lists of lines of one kind, with facets; one line is one event, statement or actor, however many reports tell it.

use crate::ask::Ask;
use crate::filters::Filters;
use crate::form::Form;
use crate::lines::{self, Spoken};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use onrecord_account::Kind;
use onrecord_export::flat;
use serde_json::json;

#[derive(Template)]
#[template(path = "lines.html")]
struct Page {
    shell: Shell,
    heading: &'static str,
    one: &'static str,
    many: &'static str,
    filters: Filters,
    lines: Vec<Spoken>,
    next: Option<String>,
}

/// `/events`
pub fn events(ask: &mut Ask) -> Result<Reply, Problem> {
    list(ask, Kind::Event, "Events", ["event", "events"])
}

/// `/statements`
pub fn statements(ask: &mut Ask) -> Result<Reply, Problem> {
    list(ask, Kind::Statement, "Statements", ["statement", "statements"])
}

/// `/actors`: everybody who speaks, acts or is acted on, those named last first.
pub fn actors(ask: &mut Ask) -> Result<Reply, Problem> {
    list(ask, Kind::Actor, "Actors", ["actor", "actors"])
}

fn list(ask: &mut Ask, kind: Kind, heading: &'static str, [one, many]: [&'static str; 2]) -> Result<Reply, Problem> {
    ask.only_questions_and(&[])?;
    let asked = ask.question()?;
    asked.fits(kind)?;
    let page = ask.store.page(kind, &asked, ask.after()?.as_ref())?;
    let next = page.next.as_ref().map(|next| ask.next(next));
    match ask.form {
        Form::Json => Reply::json(&json!({"ok": true, "lines": page.lines, "next": next})),
        Form::Csv => Ok(Reply::csv(flat::columns(kind.as_str()), page.lines.iter().map(flat::row))?.next(next.as_ref())),
        Form::Html => {
            let mut filters = Filters::new(ask, ask.store.facets(kind, &asked)?);
            if kind == Kind::Actor {
                filters.facets.iter_mut().filter(|facet| facet.title == "Type").for_each(|facet| facet.title = "Kind");
            }
            let mut known = ask.reports();
            let lines = page.lines.iter().map(|line| lines::spoken(line, &mut known)).collect::<Result<_, _>>()?;
            Reply::page(&Page { shell: Shell::new(ask, heading), heading, one, many, filters, lines, next })
        }
    }
}
