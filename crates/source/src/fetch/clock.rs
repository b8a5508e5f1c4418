use jiff::Timestamp;
use std::io;
use std::net::IpAddr;
use std::time::Duration;

/// The time and the passing of it, so that tests need not wait.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Returns when `time` has passed.
    fn sleep(&self, time: Duration);
}

/// The clock on the wall.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
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
