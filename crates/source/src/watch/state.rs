use crate::fetch::Validators;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Without news for so long, a feed is quiet.
const QUIET: SignedDuration = SignedDuration::from_hours(7 * 24);

/// All that is remembered of a feed between two looks at it. As JSON it keeps its meaning from version to version: unknown fields
/// are passed over and missing ones are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedState {
    /// Where it is; changes when its server says that it has moved for good.
    pub url: String,
    /// What it calls itself.
    pub title: Option<String>,
    /// To have it only when it has changed.
    pub validators: Validators,
    /// Ids of entries that were handed out, the latest first; as many as [`Schedule::memory`](super::Schedule::memory) says.
    pub seen: Vec<String>,
    /// Ids of entries whose reports could not be read for a reason that may pass, with how often that was tried. They are not
    /// among those seen.
    pub tried: BTreeMap<String, u32>,
    /// How many entries were handed out so far.
    pub entries: u64,
    /// Failures in a row.
    pub failures: u32,
    /// The last look that failed, however long ago.
    pub last_failure: Option<Failure>,
    /// When it could last be read.
    pub last_success: Option<Timestamp>,
    /// When it was last looked at.
    pub last_checked: Option<Timestamp>,
    /// Since when nothing new has come, though it could be read; nothing while it is lively or has never been read.
    pub quiet_since: Option<Timestamp>,
    /// Seconds between two looks, as they have settled.
    pub interval: u64,
    /// When to look again; nothing when it is gone for good.
    pub next_due: Option<Timestamp>,
}

/// A look that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// When.
    pub at: Timestamp,
    /// What happened and what to do.
    pub why: String,
}

impl FeedState {
    /// A feed never looked at, due at once.
    pub fn new(url: impl Into<String>, now: Timestamp) -> Self {
        FeedState { url: url.into(), next_due: Some(now), ..FeedState::default() }
    }

    /// How it is, in a word: `new`, `well`, `quiet` (a week without news), `failing`, or `gone` (it is looked at no more).
    pub fn health(&self, now: Timestamp) -> &'static str {
        if self.last_checked.is_none() {
            return "new";
        }
        match self.quiet_since {
            _ if self.next_due.is_none() => "gone",
            _ if self.failures > 0 => "failing",
            Some(since) if now.duration_since(since) > QUIET => "quiet",
            _ => "well",
        }
    }

    /// Its host, of which only one thing should be asked at a time; its whole address where that is none.
    pub fn host(&self) -> String {
        let host = |url: url::Url| url.host_str().map(str::to_owned);
        url::Url::parse(&self.url).ok().and_then(host).unwrap_or_else(|| self.url.clone())
    }

    /// Notes that an entry was kept, or never can be, while others of the same look are still being read. Whoever stops in between
    /// and goes on from this state gets those others and not this one.
    pub fn saw(&mut self, id: &str) {
        self.tried.remove(id);
        if !self.seen.iter().any(|seen| seen == id) {
            self.seen.insert(0, id.to_owned());
            self.entries += 1;
        }
    }
}

/// The places of the feeds that are due, the longest overdue first; feeds equally due in the order of their addresses.
///
/// ```
/// use onrecord_source::watch::{FeedState, due};
/// let now = "2025-02-24T10:00:00Z".parse().unwrap();
/// let later = "2025-02-24T11:00:00Z".parse().unwrap();
/// let states = [FeedState::new("https://b.example/", now), FeedState::new("https://a.example/", now), FeedState::new("https://c.example/", later)];
/// assert_eq!(due(&states, now), [1, 0]);
/// ```
pub fn due(states: &[FeedState], now: Timestamp) -> Vec<usize> {
    let mut places: Vec<usize> = (0..states.len()).filter(|&place| states[place].next_due.is_some_and(|due| due <= now)).collect();
    places.sort_by_key(|&place| (states[place].next_due, &states[place].url));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn health_in_a_word() {
        let now: Timestamp = "2026-03-10T10:00:00Z".parse().unwrap();
        let ago = |days: i64| Some(now - SignedDuration::from_hours(24 * days));
        let new = FeedState::new("http://a/", now);
        let well = FeedState { last_checked: ago(1), quiet_since: ago(2), ..new.clone() };
        assert_eq!(new.health(now), "new");
        assert_eq!(well.health(now), "well");
        assert_eq!(FeedState { quiet_since: ago(8), ..well.clone() }.health(now), "quiet");
        assert_eq!(FeedState { failures: 1, ..well.clone() }.health(now), "failing");
        assert_eq!(FeedState { next_due: None, failures: 1, ..well }.health(now), "gone");
    }
}
