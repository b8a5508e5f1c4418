//! One report with its records beside their words, and how each stands to all others.

use crate::ask::Ask;
use crate::form::Form;
use crate::links;
use crate::problem::Problem;
use crate::reading::{Beside, rows};
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use onrecord_record::json;
use onrecord_store::{Kept, StoreError};
use onrecord_view::page::{article_with, legend};

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    shell: Shell,
    /// What the report is called that has no headline.
    untitled: Option<String>,
    rules: String,
    body: String,
    legend: String,
}

/// `/report/{id}`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only(&[])?;
    let (kept, form) = named(ask)?;
    let id = &kept.document.id;
    let standing = ask.store.standing(id)?;
    match form {
        Form::Json => {
            // The record in its own form, with one more member at its end.
            let record = json::to_line(&kept.document, &kept.record);
            let record = record.strip_suffix('}').unwrap_or(&record);
            let standing = serde_json::to_string(&standing).map_err(|error| Problem::wrong(error.to_string()))?;
            Ok(Reply::new("application/json", format!("{record},\"standing\":{standing}}}\n")))
        }
        Form::Csv => Reply::csv(&rows::COLUMNS, rows::all(&kept, &standing)),
        Form::Html => {
            let line = ask.store.report_line(id)?;
            let cast = ask.store.cast(id)?;
            let beside = Beside::new(&kept, &line, &standing, &cast);
            let article = article_with(&kept.document, &kept.record, 1, &beside);
            let address = links::report(id);
            let shell = Shell {
                json: Some(format!("{address}.json")),
                csv: Some(format!("{address}.csv")),
                ..Shell::new(ask, article.title())
            };
            let untitled = kept.document.title.is_none().then(|| id.clone());
            Reply::page(&Page {
                shell,
                untitled,
                rules: article.rules().to_owned(),
                body: article.body().to_owned(),
                legend: legend(),
            })
        }
    }
}

/// The report that the address names, and the form that is wanted of it: an id may itself end like a form.
fn named(ask: &Ask) -> Result<(Kept, Form), Problem> {
    let name = ask.name()?;
    let kept = |name: &str| match ask.store.kept(name) {
        Ok(kept) => Ok(Some(kept)),
        Err(StoreError::Unknown(_)) => Ok(None),
        Err(error) => Err(Problem::from(error)),
    };
    if let Some(kept) = kept(name)? {
        return Ok((kept, ask.form));
    }
    if ask.form == Form::Html {
        return Err(missing(name));
    }
    kept(&format!("{name}{}", ask.form.end()))?.map(|kept| (kept, Form::Html)).ok_or_else(|| missing(name))
}

fn missing(name: &str) -> Problem {
    Problem::missing(format!("{name}: no report of this record is called so; /reports finds them by their words"))
}
