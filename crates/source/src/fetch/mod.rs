//! Reading from the web: the one way out of this program.
//!
//! A [`Fetcher`] reads `http` and `https` and nothing else, connects to public addresses only (see [`Allow`]), asks `robots.txt`
//! first, keeps a pace for each host, waits as long as servers ask it to, and takes no more bytes and no more time than its
//! [`Limits`] say. Each step of a redirect goes through all of this again.

mod address;
mod clock;
mod error;
mod pace;
mod resolver;
mod retry;
mod robots;
mod rules;
mod transfer;

pub use address::Allow;
pub use clock::{Clock, Lookup};
pub use error::{FetchError, Why};
pub use retry::{LONGEST_WAIT, backoff, retry_after};
pub use robots::Robots;

use clock::SystemClock;
use encoding_rs::Encoding;
use pace::Pace;
use resolver::SystemLookup;
use rules::Rules;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use transfer::{Answer, Transfer};
use url::Url;

/// The name by which `robots.txt` calls this program.
pub const PROGRAM: &str = "onrecord";

/// How servers see this program.
pub const USER_AGENT: &str = concat!("onrecord/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")");

/// How much is taken, and how patiently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an answer as they come over the wire.
    pub bytes: u64,
    /// Bytes of an answer after unpacking.
    pub unpacked: u64,
    /// Time for one request, from the lookup of its host to the last byte, redirects included and waiting for our turn aside.
    pub time: Duration,
    /// Redirects that are followed.
    pub redirects: usize,
    /// How often an address is tried again after a failure that may pass.
    pub retries: u32,
    /// The longest wait for such another try; a server that asks for more is not asked again.
    pub patience: Duration,
    /// Time between two requests to a host, where its `robots.txt` asks for no longer.
    pub pace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 32 << 20,
            unpacked: 64 << 20,
            time: Duration::from_secs(30),
            redirects: 5,
            retries: 2,
            patience: Duration::from_secs(60),
            pace: Duration::from_secs(1),
        }
    }
}

/// What an answer may be recognised by the next time, to have it only when it has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// A page, feed or file as its server gave it, unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Where it was in the end.
    pub url: String,
    /// Where it has moved for good, when the first address only leads on.
    pub moved: Option<String>,
    /// As in `text/html`, in lower case; empty where the server says nothing.
    pub media_type: String,
    /// The encoding that the server names.
    pub charset: Option<&'static Encoding>,
    /// For the next time.
    pub validators: Validators,
    /// All of it.
    pub body: Vec<u8>,
}

/// What came of asking for something that may not have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// It is new or has changed.
    Changed(Response),
    /// It is as before.
    Unchanged,
}

/// Reads from the web. Clones share their memory of hosts, so that all threads together keep the pace.
///
/// ```no_run
/// use onrecord_source::fetch::Fetcher;
/// let response = Fetcher::default().get("https://example.org/").unwrap();
/// assert_eq!(response.media_type, "text/html");
/// ```
#[derive(Clone)]
pub struct Fetcher {
    inner: Arc<Inner>,
}

struct Inner {
    limits: Limits,
    transfer: Transfer,
    pace: Pace,
    rules: Rules,
    clock: Arc<dyn Clock>,
    stopped: AtomicBool,
}

impl Default for Fetcher {
    fn default() -> Self {
        Fetcher::new(Limits::default(), Allow::Public)
    }
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher").field("limits", &self.inner.limits).finish_non_exhaustive()
    }
}

impl Fetcher {
    /// One with the system's clock and lookup of hosts. Opens nothing yet.
    pub fn new(limits: Limits, allow: Allow) -> Self {
        Fetcher::with(limits, allow, Arc::new(SystemClock::default()), Arc::new(SystemLookup))
    }

    /// One with a clock and a lookup of the caller's, for tests.
    pub fn with(limits: Limits, allow: Allow, clock: Arc<dyn Clock>, lookup: Arc<dyn Lookup>) -> Self {
        let transfer = Transfer::new(allow, lookup);
        let (pace, rules, stopped) = (Pace::default(), Rules::default(), AtomicBool::new(false));
        Fetcher { inner: Arc::new(Inner { limits, transfer, pace, rules, clock, stopped }) }
    }

    /// Asks for nothing more: who waits for a turn waits no longer, and everything but the requests on their way ends in
    /// [`Why::Stopped`].
    pub fn stop(&self) {
        self.inner.stopped.store(true, Ordering::SeqCst);
        self.inner.clock.wake();
    }

    /// Reads what is at `url`.
    ///
    /// # Errors
    /// When the address is none of the web or not public, the site forbids it, or no whole answer comes within the limits.
    pub fn get(&self, url: &str) -> Result<Response, FetchError> {
        match self.get_if_changed(url, &Validators::default())? {
            Fetched::Changed(response) => Ok(response),
            Fetched::Unchanged => Err(FetchError { url: url.into(), redirected: false, why: Why::Status(304) }),
        }
    }

    /// Reads what is at `url` if it has changed since it gave these validators.
    ///
    /// # Errors
    /// As for [`Fetcher::get`].
    pub fn get_if_changed(&self, url: &str, validators: &Validators) -> Result<Fetched, FetchError> {
        let limits = &self.inner.limits;
        let mut failures = 0;
        loop {
            let error = match self.follow(url, validators) {
                Err(error) if error.why.passes() => error,
                other => return other,
            };
            failures += 1;
            let wait = match error.why {
                Why::Busy { after: Some(after), .. } => after,
                _ => backoff(url, failures, Duration::from_secs(1)),
            };
            if failures > limits.retries || wait > limits.patience {
                return Err(error);
            }
            self.inner.clock.sleep(wait);
        }
    }

    /// Goes where redirects lead. Each address on the way is held to the same rules.
    fn follow(&self, address: &str, validators: &Validators) -> Result<Fetched, FetchError> {
        let inner = &*self.inner;
        let fail = |url: &Url, hops: usize, why| FetchError { url: url.to_string(), redirected: hops > 0, why };
        let mut url = web(address).map_err(|why| FetchError { url: address.into(), redirected: false, why })?;
        let (mut left, mut moved) = (inner.limits.time, true);
        let mut moved_to = None;
        for hops in 0..=inner.limits.redirects {
            let after = inner.pace.paused(&host(&url), &*inner.clock);
            if after > inner.limits.patience {
                return Err(fail(&url, hops, Why::Paused { after }));
            }
            let delay = self.permission(&url, &mut left).map_err(|why| fail(&url, hops, why))?;
            inner.pace.wait(&host(&url), delay, &*inner.clock);
            self.going().map_err(|why| fail(&url, hops, why))?;
            let answer = inner.transfer.send(&url, validators, &inner.limits, &mut left, inner.clock.now());
            match answer.map_err(|why| fail(&url, hops, why))? {
                Answer::Page(response) => return Ok(Fetched::Changed(Response { moved: moved_to, ..response })),
                // Nobody asked whether it has changed.
                Answer::Unchanged if *validators == Validators::default() => return Err(fail(&url, hops, Why::Status(304))),
                Answer::Unchanged => return Ok(Fetched::Unchanged),
                Answer::Busy { status, after } => {
                    inner.pace.pause(&host(&url), after.unwrap_or_default(), &*inner.clock);
                    return Err(fail(&url, hops, Why::Busy { status, after }));
                }
                Answer::Refused(status) => return Err(fail(&url, hops, Why::Status(status))),
                Answer::Elsewhere { location, for_good } => {
                    let next =
                        location.and_then(|location| url.join(&location).ok()).ok_or_else(|| fail(&url, hops, Why::NoLocation))?;
                    url = web(next.as_str()).map_err(|why| fail(&next, hops + 1, why))?;
                    // Only a chain that is permanent from its beginning says where the first address has gone.
                    moved &= for_good;
                    if moved {
                        moved_to = Some(url.to_string());
                    }
                }
            }
        }
        Err(fail(&url, 0, Why::Redirects(inner.limits.redirects)))
    }

    fn going(&self) -> Result<(), Why> {
        if self.inner.stopped.load(Ordering::SeqCst) { Err(Why::Stopped) } else { Ok(()) }
    }

    /// The pause that the site wants after this request, if it wants such requests at all.
    fn permission(&self, url: &Url, left: &mut Duration) -> Result<Duration, Why> {
        self.going()?;
        let inner = &*self.inner;
        let robots = inner.rules.of(url, &inner.transfer, &inner.limits, left, &*inner.clock)?;
        if robots.allows(&url[url::Position::BeforePath..url::Position::AfterQuery]) {
            Ok(robots.delay().unwrap_or_default().max(inner.limits.pace))
        } else {
            Err(Why::Robots)
        }
    }
}

/// An address of the web as it is sent: hosts in lower case, numbers for hosts in their usual form (`0x7f.1` is `127.0.0.1`), no
/// part that is for the reader alone.
fn web(address: &str) -> Result<Url, Why> {
    let mut url = Url::parse(address.trim()).map_err(|error| Why::Address(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Why::Scheme(url.scheme().into()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Why::Credentials);
    }
    url.set_fragment(None);
    Ok(url)
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}
