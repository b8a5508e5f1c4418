//! Reports: found by their words and by what they tell, with words around what was looked for.

use crate::ask::Ask;
use crate::filters::{Choice, Facet, Filters};
use crate::form::Form;
use crate::links;
use crate::markup::Markup;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use onrecord_account::{Line, tokens};
use onrecord_export::flat;
use onrecord_export::thousands;
use onrecord_store::{Asked, Facets, Found, Outlets};
use onrecord_view::human_date;
use serde_json::json;

/// Outlets that are shown; the rest is counted.
const OUTLETS: usize = 20;

#[derive(Template)]
#[template(path = "reports.html")]
struct Page {
    shell: Shell,
    filters: Filters,
    /// *1,204 reports*, and in which order they stand.
    summary: String,
    order: &'static str,
    hits: Vec<Hit>,
    next: Option<String>,
}

/// A report that was found.
struct Hit {
    id: String,
    href: String,
    title: String,
    about: Markup,
    words: Markup,
}

/// `/reports`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only_questions_and(&[])?;
    let asked = ask.question()?;
    let skip = skipped(ask)?;
    let Found { hits, next } = ask.store.search_behind(&asked, skip)?;
    let end = ask.form.end();
    let next = next.map(|next| behind(ask, end, next));
    match ask.form {
        Form::Json => {
            let reports: Vec<_> = hits.iter().map(|(line, words)| json!({"report": line, "words": words})).collect();
            let Outlets { reports: count, whole, .. } = ask.store.outlets(&asked)?;
            Reply::json(&json!({"ok": true, "count": count, "whole": whole, "reports": reports, "next": next}))
        }
        Form::Csv => Ok(Reply::csv(&flat::HIT, hits.iter().map(|(line, words)| flat::hit(line, words)))?.next(next.as_ref())),
        Form::Html => {
            let outlets = ask.store.outlets(&asked)?;
            let wanted = wanted(ask.one("q").unwrap_or_default());
            Reply::page(&Page {
                shell: Shell::new(ask, "Reports"),
                summary: counted(&outlets),
                filters: filters(ask, outlets),
                order: order(&asked),
                hits: hits.iter().map(|(line, words)| hit(line, words, &wanted)).collect(),
                next,
            })
        }
    }
}

/// How many reports stand before this page.
fn skipped(ask: &Ask) -> Result<usize, Problem> {
    match ask.one("after") {
        None => Ok(0),
        Some(text) => text
            .parse()
            .map_err(|_| Problem::wrong(format!("after={text}: a number of reports; take the one that the page before gives"))),
    }
}

/// The address of the page behind so many reports.
fn behind(ask: &Ask, end: &str, next: usize) -> String {
    let next = next.to_string();
    let others = ask.query.iter().filter(|(name, _)| name != "after").map(|(name, value)| (name.as_str(), value.as_str()));
    links::address(&format!("{}{end}", ask.path), others.chain([("after", next.as_str())]))
}

/// *1,204 reports*.
fn counted(found: &Outlets) -> String {
    let more = if found.whole { "" } else { "more than " };
    format!("{more}{} {}", thousands(found.reports), if found.reports == 1 { "report" } else { "reports" })
}

fn order(asked: &Asked) -> &'static str {
    match asked.words {
        Some(_) if asked.is_words_only() => "best first",
        _ => "latest first",
    }
}

fn filters(ask: &Ask, found: Outlets) -> Filters {
    let counts = Facets { lines: found.reports, reports: found.reports, whole: found.whole, ..Facets::default() };
    let mut filters = Filters::new(ask, counts);
    let on: Vec<&str> = ask.query.iter().filter(|(name, _)| name == "outlet").map(|(_, value)| value.as_str()).collect();
    let mut values: Vec<Choice> = found
        .outlets
        .into_iter()
        .filter(|(outlet, _)| !on.iter().any(|on| on.eq_ignore_ascii_case(outlet)))
        .map(|(outlet, count)| Choice { href: ask.set("outlet", &outlet), value: outlet, count: thousands(count) })
        .collect();
    let more = values.len().saturating_sub(OUTLETS);
    values.truncate(OUTLETS);
    if !values.is_empty() {
        filters.facets.push(Facet { title: "Outlet", values, more });
    }
    filters
}

/// Words of a question that stand in texts: those of its filters do not.
fn wanted(q: &str) -> Vec<String> {
    let words =
        q.split_whitespace().filter(|word| !word.contains(':') && !word.starts_with('-') && !matches!(*word, "OR" | "AND" | "NOT"));
    words.flat_map(tokens).collect()
}

fn hit(line: &Line, words: &str, wanted: &[String]) -> Hit {
    let mut about = Markup::new();
    let (mut id, mut title) = (String::new(), String::new());
    if let Line::Document { id: name, outlet, published, title: headline, copy_of, .. } = line {
        id.clone_from(name);
        title = headline.clone().unwrap_or_else(|| name.clone());
        let parts = [outlet.clone(), published.as_deref().map(human_date), headline.as_ref().map(|_| name.clone())];
        for (i, part) in parts.into_iter().flatten().enumerate() {
            about.text(if i == 0 { "" } else { " · " }).element("bdi", "", &part);
        }
        if let Some(first) = copy_of {
            about.text(" · a copy of ").link(&links::report(first), "", first);
        }
    }
    Hit { href: links::report(&id), id, title, about, words: marked(words, wanted) }
}

/// Words in which those that were looked for stand out.
fn marked(words: &str, wanted: &[String]) -> Markup {
    let mut marked = Markup::new();
    for (i, word) in words.split(' ').enumerate() {
        marked.text(if i == 0 { "" } else { " " });
        if tokens(word).iter().any(|token| wanted.iter().any(|wanted| token.starts_with(wanted.as_str()))) {
            marked.element("mark", "", word);
        } else {
            marked.text(word);
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_of_texts_are_marked() {
        assert_eq!(wanted("Gao -gold outlet:Herald OR \"army post\""), ["gao", "army", "post"]);
        let marked = marked("near Gao, <b> posts", &wanted("gao post"));
        assert_eq!(marked.to_string(), "near <mark>Gao,</mark> &lt;b&gt; <mark>posts</mark>");
    }
}
