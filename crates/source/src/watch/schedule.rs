use super::{Failure, FeedState, Outcome};
use crate::fetch::{LONGEST_WAIT, Validators, backoff};
use crate::{Entry, Link};
use jiff::Timestamp;
use std::collections::HashSet;
use std::time::Duration;

/// How often feeds are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Between the first two looks.
    pub first: Duration,
    /// Between two looks at a feed that always has news.
    pub shortest: Duration,
    /// Between two looks at a feed that never has.
    pub longest: Duration,
    /// After the first failure; twice as long after each that follows.
    pub failure: Duration,
    /// Ids remembered for each feed, at the least; never fewer than twice what the feed holds.
    pub memory: usize,
}

impl Default for Schedule {
    fn default() -> Self {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        Schedule { first: minutes(15), shortest: minutes(10), longest: minutes(4 * 60), failure: minutes(5), memory: 1000 }
    }
}

/// What follows from looking at a feed once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// To be kept in place of the state before.
    pub state: FeedState,
    /// Entries not seen before, the oldest first, as far as the feed's order tells.
    pub new: Vec<Entry>,
    /// Feeds not seen before, where it is a list of feeds.
    pub feeds: Vec<Link>,
}

/// How often an entry is handed out whose report cannot be read for a reason that may pass.
pub const TRIES: u32 = 3;

impl Step {
    /// The state to keep when the reports of some new entries could not be read for reasons that may pass: the next look hands those
    /// out again, until each was tried [`TRIES`] times.
    pub fn without(self, unread: &[String]) -> FeedState {
        let mut state = self.state;
        for id in unread {
            let tries = state.tried.entry(id.clone()).or_default();
            *tries += 1;
            if *tries < TRIES {
                state.seen.retain(|seen| seen != id);
                state.entries = state.entries.saturating_sub(1);
                // As it is the feed would be unchanged, and they would not come again.
                state.validators = Validators::default();
            } else {
                state.tried.remove(id);
            }
        }
        state
    }
}

/// The next state of a feed and what is new in it. The same for the same input; reads no clock.
///
/// Keep the new entries before the state, or both at once: whoever stops in between sees them again and misses none.
///
/// ```
/// use onrecord_source::watch::{FeedState, Outcome, Schedule, step};
/// let now = "2025-02-24T10:00:00Z".parse().unwrap();
/// let state = FeedState::new("https://d.example/feed", now);
/// let failed = Outcome::Failed { message: "no answer".into(), after: None, gone: false };
/// let next = step(&state, now, failed, &Schedule::default());
/// assert_eq!(next.state.failures, 1);
/// assert!(next.state.next_due > Some(now));
/// ```
pub fn step(state: &FeedState, now: Timestamp, outcome: Outcome, schedule: &Schedule) -> Step {
    let mut next = FeedState { last_checked: Some(now), ..state.clone() };
    let (mut new, mut feeds) = (Vec::new(), Vec::new());
    let wait = match outcome {
        Outcome::Failed { message, after, gone } => {
            next.failures = state.failures.saturating_add(1);
            next.last_failure = Some(Failure { at: now, why: message });
            (!gone).then(|| backoff(&state.url, next.failures, schedule.failure).max(after.unwrap_or_default()))
        }
        Outcome::Unchanged => Some(settle(&mut next, now, false, schedule)),
        Outcome::Read { feed, validators, moved } => {
            changed(&mut next, validators, moved);
            next.title = feed.title.or(next.title);
            new = unseen(&mut next, feed.entries, |entry| &entry.id, schedule);
            // Feeds have the latest first.
            new.reverse();
            next.entries += new.len() as u64;
            Some(settle(&mut next, now, !new.is_empty(), schedule).max(feed.ttl.unwrap_or_default()))
        }
        Outcome::Listed { feeds: listed, validators, moved } => {
            changed(&mut next, validators, moved);
            feeds = unseen(&mut next, listed, |link| &link.url, schedule);
            next.entries += feeds.len() as u64;
            Some(settle(&mut next, now, !feeds.is_empty(), schedule))
        }
    };
    next.next_due = wait.map(|wait| now.saturating_add(wait.min(LONGEST_WAIT)).unwrap_or(Timestamp::MAX));
    Step { state: next, new, feeds }
}

fn changed(state: &mut FeedState, validators: Validators, moved: Option<String>) {
    state.validators = validators;
    if let Some(moved) = moved {
        state.url = moved;
    }
}

/// Notes that the feed could be read, and says how long to leave it alone: less each time there is news, more each time there is
/// none.
fn settle(state: &mut FeedState, now: Timestamp, news: bool, schedule: &Schedule) -> Duration {
    state.failures = 0;
    state.last_success = Some(now);
    state.quiet_since = if news { None } else { state.quiet_since.or(Some(now)) };
    let before = Duration::from_secs(state.interval);
    let wait = match (before.is_zero(), news) {
        (true, _) => schedule.first,
        (false, true) => before / 2,
        (false, false) => before * 3 / 2,
    };
    let wait = wait.clamp(schedule.shortest, schedule.longest.max(schedule.shortest));
    state.interval = wait.as_secs();
    wait
}

/// Those of `present` not seen before, noted as seen.
fn unseen<T>(state: &mut FeedState, present: Vec<T>, id: impl Fn(&T) -> &String, schedule: &Schedule) -> Vec<T> {
    let memory = schedule.memory.max(2 * present.len());
    let before = std::mem::take(&mut state.seen);
    let known: HashSet<&str> = before.iter().map(String::as_str).collect();
    let held: HashSet<&str> = present.iter().map(|item| id(item).as_str()).collect();
    // What the feed still holds is remembered before what it has let go: it would come back as new.
    let gone = before.iter().filter(|id| !held.contains(id.as_str())).cloned();
    state.seen = present.iter().map(|item| id(item).clone()).chain(gone).take(memory).collect();
    state.tried.retain(|id, _| held.contains(id.as_str()));
    present.into_iter().filter(|item| !known.contains(id(item).as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Feed;

    const START: &str = "2025-02-24T10:00:00Z";

    fn at(minutes: i64) -> Timestamp {
        START.parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_mins(minutes)
    }

    fn read(ids: &[&str]) -> Outcome {
        let entry = |id: &&str| Entry { id: (*id).into(), url: None, title: None, published: None, body: None };
        let feed = Feed { title: Some("The Daily".into()), entries: ids.iter().map(entry).collect(), ..Feed::default() };
        let validators = Validators { etag: Some("\"1\"".into()), last_modified: None };
        Outcome::Read { feed, validators, moved: None }
    }

    fn failed(after: Option<Duration>, gone: bool) -> Outcome {
        Outcome::Failed { message: "no answer".into(), after, gone }
    }

    fn new(step: &Step) -> Vec<&str> {
        step.new.iter().map(|entry| entry.id.as_str()).collect()
    }

    #[test]
    fn news_once_and_the_oldest_first() {
        let schedule = Schedule::default();
        let first = step(&FeedState::new("https://d.example/", at(0)), at(0), read(&["2", "1"]), &schedule);
        assert_eq!(new(&first), ["1", "2"]);
        assert_eq!((first.state.next_due, first.state.quiet_since), (Some(at(15)), None));
        // A program that stops and starts again goes on from the state as JSON.
        let kept: FeedState = serde_json::from_str(&serde_json::to_string(&first.state).unwrap()).unwrap();
        assert_eq!(kept, first.state);
        let second = step(&kept, at(15), read(&["3", "2"]), &schedule);
        assert_eq!(new(&second), ["3"]);
        assert_eq!(second.state.seen, ["3", "2", "1"]);
        assert_eq!(second.state.next_due, Some(at(25)));
        let third = step(&second.state, at(25), read(&["3", "2", "1"]), &schedule);
        assert_eq!(new(&third), [""; 0]);
        assert_eq!((third.state.quiet_since, third.state.next_due), (Some(at(25)), Some(at(40))));
        let fourth = step(&third.state, at(40), Outcome::Unchanged, &schedule);
        assert_eq!(fourth.state.quiet_since, Some(at(25)));
        assert_eq!(fourth.state.validators.etag.as_deref(), Some("\"1\""));
    }

    #[test]
    fn quiet_feeds_are_looked_at_ever_less_up_to_a_limit() {
        let schedule = Schedule::default();
        let mut state = FeedState::new("https://d.example/", at(0));
        for _ in 0..30 {
            let now = state.next_due.unwrap();
            state = step(&state, now, Outcome::Unchanged, &schedule).state;
        }
        assert_eq!(Duration::from_secs(state.interval), schedule.longest);
    }

    #[test]
    fn failures_wait_longer_each_time_and_one_success_forgives_them() {
        let schedule = Schedule::default();
        let mut state = FeedState::new("https://d.example/", at(0));
        let mut waits = Vec::new();
        for _ in 0..12 {
            let now = state.next_due.unwrap();
            state = step(&state, now, failed(None, false), &schedule).state;
            waits.push(state.next_due.unwrap().duration_since(now).unsigned_abs());
        }
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
        assert_eq!(waits.last(), Some(&LONGEST_WAIT));
        assert_eq!((state.failures, state.last_failure.as_ref().map(|f| f.why.as_str())), (12, Some("no answer")));
        let well = step(&state, at(9999), read(&["1"]), &schedule);
        assert_eq!((well.state.failures, well.state.last_success), (0, Some(at(9999))));
        // What happened stays known.
        assert_eq!(well.state.last_failure, state.last_failure);
    }

    #[test]
    fn servers_are_obeyed() {
        let schedule = Schedule::default();
        let state = FeedState::new("https://d.example/", at(0));
        let hour = Duration::from_secs(3600);
        assert_eq!(step(&state, at(0), failed(Some(hour), false), &schedule).state.next_due, Some(at(60)));
        assert_eq!(step(&state, at(0), failed(None, true), &schedule).state.next_due, None);
        let Outcome::Read { mut feed, validators, .. } = read(&["1"]) else { unreachable!() };
        feed.ttl = Some(hour * 2);
        let moved = Some("https://new.example/".to_owned());
        let next = step(&state, at(0), Outcome::Read { feed, validators, moved }, &schedule).state;
        assert_eq!((next.next_due, next.url.as_str()), (Some(at(120)), "https://new.example/"));
    }

    #[test]
    fn memory_is_bounded_and_never_forgets_what_is_still_there() {
        let schedule = Schedule { memory: 3, ..Schedule::default() };
        let mut state = FeedState::new("https://d.example/", at(0));
        state.seen = ["9", "8", "7", "6", "5"].map(str::to_owned).to_vec();
        let next = step(&state, at(0), read(&["10", "5"]), &schedule);
        assert_eq!(new(&next), ["10"]);
        assert_eq!(next.state.seen, ["10", "5", "9", "8"]);
    }

    #[test]
    fn what_could_not_be_read_comes_again_a_few_times() {
        let schedule = Schedule::default();
        let mut state = FeedState::new("https://d.example/", at(0));
        for round in 1..=TRIES {
            let step = step(&state, at(i64::from(round)), read(&["2", "1"]), &schedule);
            assert!(new(&step).contains(&"2"), "{round}");
            state = step.without(&["2".to_owned()]);
            assert_eq!(state.validators.etag.is_none(), round < TRIES);
        }
        assert_eq!((state.seen.len(), state.entries, state.tried.len()), (2, 2, 0));
        assert_eq!(new(&step(&state, at(9), read(&["2", "1"]), &schedule)), [""; 0]);
    }

    #[test]
    fn a_stop_in_the_middle_costs_nothing_and_doubles_nothing() {
        let schedule = Schedule::default();
        let before = FeedState::new("https://d.example/", at(0));
        let mut half = before.clone();
        assert_eq!(new(&step(&before, at(0), read(&["3", "2", "1"]), &schedule)), ["1", "2", "3"]);
        half.saw("1");
        let again = step(&half, at(1), read(&["3", "2", "1"]), &schedule);
        assert_eq!((new(&again), again.state.entries), (vec!["2", "3"], 3));
    }

    #[test]
    fn a_list_of_feeds_gives_each_once() {
        let listed = |urls: &[&str]| Outcome::Listed {
            feeds: urls.iter().filter_map(|url| Link::to(crate::LinkTo::Feed, url)).collect(),
            validators: Validators::default(),
            moved: None,
        };
        let urls = |step: &Step| step.feeds.iter().map(|feed| feed.url.clone()).collect::<Vec<_>>();
        let schedule = Schedule::default();
        let first = step(&FeedState::new("https://d.example/opml", at(0)), at(0), listed(&["http://a/", "http://b/"]), &schedule);
        assert_eq!(urls(&first), ["http://a/", "http://b/"]);
        assert_eq!(urls(&step(&first.state, at(9), listed(&["http://b/", "http://c/"]), &schedule)), ["http://c/"]);
    }
}
