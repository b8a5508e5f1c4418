use jiff::Timestamp;
use std::io;
use std::net::IpAddr;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The time and the passing of it, so that tests need not wait.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Returns when `time` has passed, or after [`Clock::wake`].
    fn sleep(&self, time: Duration);
    /// Ends every sleep, now and to come.
    fn wake(&self) {}
}

/// The clock on the wall.
#[derive(Default)]
pub(crate) struct SystemClock {
    awake: Mutex<bool>,
    woken: Condvar,
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, time: Duration) {
        let awake = self.awake.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.woken.wait_timeout_while(awake, time, |awake| !*awake));
    }

    fn wake(&self) {
        *self.awake.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.woken.notify_all();
    }
}

/// From the name of a host to its addresses. What comes out is checked before it is connected to.
pub trait Lookup: Send + Sync {
    /// All addresses of `host`, which is no address itself.
    ///
    /// # Errors
    /// When it has none.
    fn lookup(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}
