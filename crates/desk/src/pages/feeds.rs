//! The feeds that are watched, and how they are.

use crate::ask::Ask;
use crate::form::Form;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use jiff::Timestamp;
use onrecord_source::watch::FeedState;
use onrecord_store::Store;
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
}

const COLUMNS: [&str; 9] = ["address", "title", "health", "entries", "last_success", "quiet_since", "next_due", "failures", "why"];

/// `/feeds`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only(&[])?;
    let feeds = all(ask.store, &(ask.desk.now)())?;
    match ask.form {
        Form::Json => Reply::json(&json!({"ok": true, "feeds": feeds})),
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
        Form::Html => Reply::page(&Page { shell: Shell::new(ask, "Feeds"), feeds }),
    }
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
