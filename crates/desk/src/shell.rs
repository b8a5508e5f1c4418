//! What stands around every page.

use crate::ask::Ask;
use crate::assets;
use crate::follow::FOLLOWED;
use crate::links::address;
use askama::Template;
use axum::http::StatusCode;

/// The pages: name, path, the letter that goes there behind `g`.
pub const PAGES: [(&str, &str, &str); 12] = [
    ("Today", "/", "t"),
    ("Events", "/events", "e"),
    ("Statements", "/statements", "s"),
    ("Positions", "/positions", "p"),
    ("Figures", "/figures", "f"),
    ("Timeline", "/timeline", "l"),
    ("Map", "/map", "m"),
    ("Actors", "/actors", "a"),
    ("Reports", "/reports", "d"),
    ("Review", "/review", "r"),
    ("Feeds", "/feeds", "w"),
    ("Method", "/method", "h"),
];

/// A page in the head line.
pub struct Tab {
    pub name: &'static str,
    pub href: &'static str,
    pub key: &'static str,
    pub is_here: bool,
}

/// What stands around a page.
pub struct Shell {
    pub title: String,
    pub tabs: Vec<Tab>,
    /// What was looked for, to stand in the field again.
    pub q: String,
    /// The same answer as data.
    pub json: Option<String>,
    pub csv: Option<String>,
    /// The same as a feed, where it can be followed.
    pub atom: Option<String>,
    /// The address of this page with its filters.
    pub here: String,
    /// Lets the page's own style act (Content Security Policy, *nonce*).
    pub nonce: String,
    pub style: &'static str,
    pub script: &'static str,
    /// Decisions can be made here.
    pub may_write: bool,
}

impl Shell {
    /// Of the page at a path, with the same answer as data at its own address.
    pub fn new(ask: &Ask, title: impl Into<String>) -> Self {
        Shell {
            json: Some(ask.in_form(".json")),
            csv: Some(ask.in_form(".csv")),
            atom: FOLLOWED.iter().any(|(path, _)| *path == ask.path).then(|| ask.at(&format!("{}.atom", ask.path))),
            here: ask.here(),
            q: ask.one("q").unwrap_or_default().to_owned(),
            nonce: ask.visitor.nonce.clone(),
            may_write: ask.visitor.may_write,
            ..Shell::bare(ask.path, title)
        }
    }

    /// Of a page that is no answer.
    pub fn without_data(self) -> Self {
        Shell { json: None, csv: None, ..self }
    }

    fn bare(path: &str, title: impl Into<String>) -> Self {
        let here = |href: &str| href == path || (href != "/" && path.starts_with(&format!("{href}/")));
        Shell {
            title: title.into(),
            tabs: PAGES.iter().map(|&(name, href, key)| Tab { name, href, key, is_here: here(href) }).collect(),
            q: String::new(),
            json: None,
            csv: None,
            atom: None,
            here: path.to_owned(),
            nonce: String::new(),
            style: assets::style_address(),
            script: assets::script_address(),
            may_write: false,
        }
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    shell: Shell,
    status: u16,
    message: &'a str,
    search: String,
}

/// The page that says what went wrong.
pub fn problem(status: StatusCode, message: &str) -> String {
    let title = status.canonical_reason().unwrap_or("Problem");
    let page = ProblemPage { shell: Shell::bare("", title), status: status.as_u16(), message, search: address("/reports", []) };
    page.render().unwrap_or_else(|_| message.to_owned())
}
