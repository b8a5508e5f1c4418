//! Whose turn it is: which feed may be looked at now, by one of several who look.

use jiff::Timestamp;
use onrecord_source::watch::FeedState;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The longest sleep: clocks are put right, and machines sleep too.
const NAP: Duration = Duration::from_secs(30);

/// The feeds, and who is being looked at. Of one host only one is at a time, so that a slow host holds up nobody but itself.
pub struct Board {
    inner: Mutex<Inner>,
    changed: Condvar,
    once: bool,
}

#[derive(Default)]
struct Inner {
    feeds: BTreeMap<String, FeedState>,
    /// Addresses being looked at, each with the host that is busy with it.
    busy: BTreeMap<String, String>,
    looked: BTreeSet<String>,
    stopped: bool,
}

/// How things stand, for people.
pub struct Standing {
    pub feeds: usize,
    pub busy: usize,
    pub next: Option<Timestamp>,
}

impl Board {
    /// With `once`, each feed has one turn; else, one whenever it is due.
    pub fn new(feeds: BTreeMap<String, FeedState>, once: bool) -> Self {
        Board { inner: Mutex::new(Inner { feeds, ..Inner::default() }), changed: Condvar::new(), once }
    }

    /// Waits for a feed whose turn it is; nothing when there will be none any more.
    pub fn take(&self) -> Option<(String, FeedState)> {
        let mut inner = self.lock();
        loop {
            let now = Timestamp::now();
            if inner.stopped {
                return None;
            }
            if let Some(address) = inner.turn(self.once, now) {
                let state = inner.feeds[&address].clone();
                inner.busy.insert(address.clone(), state.host());
                inner.looked.insert(address.clone());
                return Some((address, state));
            }
            let next = inner.next(self.once);
            if inner.busy.is_empty() && next.is_none() {
                self.changed.notify_all();
                return None;
            }
            let nap = next.map_or(NAP, |next| next.duration_since(now).unsigned_abs().min(NAP));
            // One that is due and has to wait for its host is woken by the end of that.
            let nap = if next.is_some_and(|next| next <= now) { NAP } else { nap };
            inner = self.changed.wait_timeout(inner, nap).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Ends the turn of a feed, of which this is known now; nothing where the look came to no end.
    pub fn put(&self, address: &str, state: Option<FeedState>) {
        let mut inner = self.lock();
        inner.busy.remove(address);
        if let Some(state) = state {
            inner.feeds.insert(address.to_owned(), state);
        }
        self.changed.notify_all();
    }

    /// Watches another one; false when it is watched already.
    pub fn add(&self, address: &str, state: FeedState) -> bool {
        let mut inner = self.lock();
        let new = !inner.feeds.contains_key(address);
        if new {
            inner.feeds.insert(address.to_owned(), state);
            self.changed.notify_all();
        }
        new
    }

    /// There are no more turns.
    pub fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    pub fn standing(&self) -> Standing {
        let inner = self.lock();
        Standing { feeds: inner.feeds.len(), busy: inner.busy.len(), next: inner.next(self.once) }
    }

    /// Feeds that had no turn, with the time until which they are left alone; none where they are gone for good.
    pub fn waiting(&self) -> Vec<(String, Option<Timestamp>)> {
        let inner = self.lock();
        let waiting = inner.feeds.iter().filter(|(address, _)| !inner.looked.contains(*address));
        waiting.map(|(address, state)| (address.clone(), state.next_due)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing is changed in steps under this lock.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// The feed that is longest overdue, of those whose host is free.
    fn turn(&self, once: bool, now: Timestamp) -> Option<String> {
        let due = self.feeds.iter().filter_map(|(address, state)| Some((self.due(once, address, state)?, address, state)));
        let due = due.filter(|(due, address, state)| {
            *due <= now && !self.busy.contains_key(*address) && !self.busy.values().any(|host| *host == state.host())
        });
        due.min_by_key(|(due, address, _)| (*due, *address)).map(|(_, address, _)| address.clone())
    }

    /// When a feed may be looked at; nothing when never again.
    fn due(&self, once: bool, address: &str, state: &FeedState) -> Option<Timestamp> {
        let due = state.next_due?;
        match (once, self.looked.contains(address)) {
            (false, _) => Some(due),
            (true, true) => None,
            // Whoever runs this by the clock wants a look each time; one that failed wants to be left alone.
            (true, false) if state.failures == 0 => Some(Timestamp::MIN),
            (true, false) => (due <= Timestamp::now()).then_some(due),
        }
    }

    /// When the next feed is due that nobody looks at.
    fn next(&self, once: bool) -> Option<Timestamp> {
        let idle = self.feeds.iter().filter(|(address, _)| !self.busy.contains_key(*address));
        idle.filter_map(|(address, state)| self.due(once, address, state)).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(url: &str, minutes: i64) -> (String, FeedState) {
        let due = Timestamp::now() + jiff::SignedDuration::from_mins(minutes);
        (url.to_owned(), FeedState::new(url, due))
    }

    #[test]
    fn one_at_a_time_of_each_host_and_the_longest_overdue_first() {
        let feeds = [feed("http://a/1", -1), feed("http://a/2", -2), feed("http://b/1", -3), feed("http://c/", 60)];
        let board = Board::new(BTreeMap::from(feeds), false);
        assert_eq!(board.take().unwrap().0, "http://b/1");
        assert_eq!(board.take().unwrap().0, "http://a/2");
        // The other feed of that host has its turn when this one has had it.
        std::thread::scope(|scope| {
            let other = scope.spawn(|| board.take().unwrap().0);
            std::thread::sleep(Duration::from_millis(30));
            assert!(!other.is_finished());
            board.put("http://a/2", Some(feed("http://a/2", 60).1));
            assert_eq!(other.join().unwrap(), "http://a/1");
            let stopped = scope.spawn(|| board.take());
            board.stop();
            assert_eq!(stopped.join().unwrap(), None);
        });
    }

    #[test]
    fn once_is_once_even_for_feeds_that_are_not_due() {
        let failing = FeedState { failures: 1, ..feed("http://b/", 60).1 };
        let gone = FeedState { next_due: None, ..feed("http://c/", 0).1 };
        let feeds = [feed("http://a/", 60), ("http://b/".into(), failing), ("http://c/".into(), gone)];
        let board = Board::new(BTreeMap::from(feeds), true);
        let (address, state) = board.take().unwrap();
        assert_eq!(address, "http://a/");
        assert!(board.add("http://d/", feed("http://d/", 0).1) && !board.add("http://a/", feed("http://a/", 0).1));
        board.put(&address, Some(state));
        assert_eq!(board.take().unwrap().0, "http://d/");
        board.put("http://d/", None);
        assert_eq!(board.take(), None);
        assert_eq!(board.waiting().iter().map(|(address, _)| address.as_str()).collect::<Vec<_>>(), ["http://b/", "http://c/"]);
    }
}
