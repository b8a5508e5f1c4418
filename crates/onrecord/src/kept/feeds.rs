//! `onrecord feeds`.

use super::table::{Printer, Row};
use super::watch_cli::Feeds;
use super::{format, out};
use crate::output;
use anyhow::Result;
use jiff::Timestamp;
use onrecord_source::watch::FeedState;
use onrecord_store::{Feed, Store};
use std::process::ExitCode;

/// Lists the feeds, or forgets some.
pub fn run(arguments: &Feeds) -> Result<ExitCode> {
    let store = Store::open(arguments.db.db.clone())?;
    let feeds = store.feeds()?;
    if arguments.remove.is_empty() {
        let now = Timestamp::now();
        let rows: Vec<Row> = feeds.iter().map(|feed| row(feed, now)).collect();
        if rows.is_empty() {
            output::report("no feed is watched; begin with: onrecord watch ADDRESS");
        }
        Printer::print(&mut out(), &COLUMNS, rows, format(arguments.format))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut code = ExitCode::SUCCESS;
    for address in &arguments.remove {
        if store.remove_feed(address)? {
            output::report(&format!("{address}: is watched no more; its reports stay"));
        } else {
            output::report(&format!("{address}: is not watched; onrecord feeds lists those that are"));
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

/// Columns of a feed.
const COLUMNS: [&str; 11] = [
    "address",
    "title",
    "health",
    "entries",
    "last_success",
    "quiet_since",
    "next_due",
    "failures",
    "last_failure",
    "why",
    "moved_to",
];

fn row(feed: &Feed, now: Timestamp) -> Row {
    let state: Option<FeedState> = serde_json::from_str(&feed.state).ok();
    let health = state.as_ref().map_or("damaged", |state| state.health(now));
    let state = state.unwrap_or_default();
    let time = |time: Option<Timestamp>| time.map(|time| format!("{time:.0}")).into();
    let moved = (!state.url.is_empty() && state.url != feed.address).then_some(state.url);
    vec![
        feed.address.as_str().into(),
        state.title.into(),
        health.into(),
        state.entries.into(),
        time(state.last_success),
        time(state.quiet_since),
        time(state.next_due),
        state.failures.into(),
        time(state.last_failure.as_ref().map(|failure| failure.at)),
        state.last_failure.map(|failure| failure.why).into(),
        moved.into(),
    ]
}
