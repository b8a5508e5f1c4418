//! The feeds that are watched, and how they are; the searches that are saved, each with feeds that follow it.

use crate::ask::Ask;
use crate::follow::FOLLOWED;
use crate::form::Form;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use jiff::Timestamp;
use onrecord_source::watch::FeedState;
use onrecord_store::{Saved, Store};
use serde::Serialize;
use serde_json::json;

/// A feed as it is shown.
#[derive(Serialize)]
pub struct Shown {
    pub address: String,
    pub title: Option<String>,
    /// `well`, `new`, `quiet`, `failing`, `gone`, or `damaged` where what is known of it cannot be read.
    pub health: &'static str,
    pub entries: u64,
    pub last_success: Option<String>,
    pub quiet_since: Option<String>,
    pub next_due: Option<String>,
    pub failures: u32,
    pub why: Option<String>,
}

#[derive(Template)]
#[template(path = "feeds.html")]
struct Page {
    shell: Shell,
    feeds: Vec<Shown>,
    saved: Vec<Search>,
    back: &'static str,
}

/// A saved search with the feeds that follow it.
struct Search {
    name: String,
    address: String,
    /// The same as Atom and JSON Feed, of pages that can be followed.
    atom: Option<String>,
    json: Option<String>,
}

const COLUMNS: [&str; 9] = ["address", "title", "health", "entries", "last_success", "quiet_since", "next_due", "failures", "why"];

/// `/feeds`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only(&[])?;
    let feeds = all(ask.store, &(ask.desk.now)())?;
    let saved = ask.store.saved()?;
    match ask.form {
        Form::Json => Reply::json(&json!({"ok": true, "feeds": feeds, "saved": saved})),
        Form::Csv => {
            let row = |feed: &Shown| {
                vec![
                    feed.address.as_str().into(),
                    feed.title.as_deref().into(),
                    feed.health.into(),
                    feed.entries.into(),
                    feed.last_success.as_deref().into(),
                    feed.quiet_since.as_deref().into(),
                    feed.next_due.as_deref().into(),
                    feed.failures.into(),
                    feed.why.as_deref().into(),
                ]
            };
            Reply::csv(&COLUMNS, feeds.iter().map(row))
        }
        Form::Html => {
            let saved = saved.into_iter().map(search).collect();
            Reply::page(&Page { shell: Shell::new(ask, "Feeds"), feeds, saved, back: "/feeds" })
        }
    }
}

fn search(saved: Saved) -> Search {
    let (path, query) = saved.address.split_once('?').unwrap_or((&saved.address, ""));
    let follows = FOLLOWED.iter().any(|(known, _)| *known == path);
    let feed = |end: &str| follows.then(|| if query.is_empty() { format!("{path}{end}") } else { format!("{path}{end}?{query}") });
    Search { atom: feed(".atom"), json: feed(".feed.json"), name: saved.name, address: saved.address }
}

/// All feeds at a moment, those that want looking after first.
pub fn all(store: &Store, now: &str) -> Result<Vec<Shown>, Problem> {
    let now: Timestamp = now.parse().unwrap_or_default();
    let time = |time: Option<Timestamp>| time.map(|time| time.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let shown = |feed: onrecord_store::Feed| {
        let state: Option<FeedState> = serde_json::from_str(&feed.state).ok();
        let health = state.as_ref().map_or("damaged", |state| state.health(now));
        let state = state.unwrap_or_default();
        Shown {
            address: feed.address,
            title: state.title,
            health,
            entries: state.entries,
            last_success: time(state.last_success),
            quiet_since: time(state.quiet_since),
            next_due: time(state.next_due),
            failures: state.failures,
            why: state.last_failure.filter(|_| state.failures > 0).map(|failure| failure.why),
        }
    };
    let mut feeds: Vec<Shown> = store.feeds()?.into_iter().map(shown).collect();
    feeds
        .sort_by_key(|feed| ["gone", "damaged", "failing", "quiet", "new"].iter().position(|bad| *bad == feed.health).unwrap_or(9));
    Ok(feeds)
}

impl Shown {
    /// It wants looking after.
    pub fn is_unwell(&self) -> bool {
        !matches!(self.health, "well" | "new")
    }
}
