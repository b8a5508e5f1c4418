//! Actors: everybody who speaks, acts or is acted on, those named last first.

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

/// `/actors`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only_questions_and(&[])?;
    let asked = ask.question()?;
    asked.fits(Kind::Actor)?;
    let page = ask.store.page(Kind::Actor, &asked, ask.after()?.as_ref())?;
    let next = page.next.as_ref().map(|next| ask.next(next));
    match ask.form {
        Form::Json => Reply::json(&json!({"ok": true, "lines": page.lines, "next": next})),
        Form::Csv => Ok(Reply::csv(flat::columns("actor"), page.lines.iter().map(flat::row))?.next(next.as_ref())),
        Form::Html => {
            let mut filters = Filters::new(ask, ask.store.facets(Kind::Actor, &asked)?);
            filters.facets.iter_mut().filter(|facet| facet.title == "Type").for_each(|facet| facet.title = "Kind");
            let mut known = ask.reports();
            let lines = page.lines.iter().map(|line| lines::spoken(line, &mut known)).collect::<Result<_, _>>()?;
            Reply::page(&Page {
                shell: Shell::new(ask, "Actors"),
                heading: "Actors",
                one: "actor",
                many: "actors",
                filters,
                lines,
                next,
            })
        }
    }
}
