//! How often a host is asked.

use super::Clock;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// When each host may be asked again.
#[derive(Default)]
pub(crate) struct Pace {
    free: Mutex<HashMap<String, Timestamp>>,
    /// Until when a host asked everybody to stay away.
    asked: Mutex<HashMap<String, Timestamp>>,
}

impl Pace {
    /// Waits until it is our turn with `host`, and keeps the next one waiting for `between`.
    pub(crate) fn wait(&self, host: &str, between: Duration, clock: &dyn Clock) {
        let now = clock.now();
        let turn = {
            let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
            // Hosts that may be asked at once need no entry.
            free.retain(|_, turn| *turn > now);
            let turn = free.get(host).map_or(now, |turn| (*turn).max(now));
            if !between.is_zero() {
                free.insert(host.to_owned(), turn.saturating_add(between).unwrap_or(turn));
            }
            turn
        };
        let wait = turn.duration_since(now).unsigned_abs();
        if !wait.is_zero() {
            clock.sleep(wait);
        }
    }

    /// Keeps everybody from `host` for `time`, as it asked.
    pub(crate) fn pause(&self, host: &str, time: Duration, clock: &dyn Clock) {
        let Ok(until) = clock.now().saturating_add(time) else { return };
        for times in [&self.free, &self.asked] {
            let mut times = times.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = times.entry(host.to_owned()).or_insert(until);
            *turn = (*turn).max(until);
        }
    }

    /// For how long `host` wants to be left alone from now on.
    pub(crate) fn paused(&self, host: &str, clock: &dyn Clock) -> Duration {
        let now = clock.now();
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|_, until| *until > now);
        asked.get(host).map_or(Duration::ZERO, |until| until.duration_since(now).unsigned_abs())
    }
}
