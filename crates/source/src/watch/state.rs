use crate::fetch::Validators;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

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
    /// Failures in a row.
    pub failures: u32,
    /// What the last look failed with; nothing when it went well.
    pub last_error: Option<String>,
    /// When it was last looked at.
    pub last_checked: Option<Timestamp>,
    /// Since when nothing new has come, though it could be read; nothing while it is lively or has never been read.
    pub quiet_since: Option<Timestamp>,
    /// Seconds between two looks, as they have settled.
    pub interval: u64,
    /// When to look again; nothing when it is gone for good.
    pub next_due: Option<Timestamp>,
}

impl FeedState {
    /// A feed never looked at, due at once.
    pub fn new(url: impl Into<String>, now: Timestamp) -> Self {
        FeedState { url: url.into(), next_due: Some(now), ..FeedState::default() }
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
