use super::address::METADATA;
use std::net::IpAddr;
use std::time::Duration;

/// An address that could not be read: what happened, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{why}", via(url, *.redirected))]
pub struct FetchError {
    /// The address at which it happened.
    pub url: String,
    /// Whether another address led there.
    pub redirected: bool,
    /// What happened.
    pub why: Why,
}

fn via(url: &str, redirected: bool) -> String {
    if redirected { format!("it leads to {url}, which ") } else { String::new() }
}

/// What happened to a request. Every message ends in what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Why {
    /// No address.
    #[error("is no web address ({0}); write it as in https://example.org/report")]
    Address(String),
    /// Another scheme than `http` and `https`.
    #[error("is to be read by {0}; only http and https are")]
    Scheme(String),
    /// A user's name or password in the address.
    #[error("has a name or password in it, which would end up in records; take it out, or save the page to a file and read that")]
    Credentials,
    /// An address that must not be connected to.
    #[error("is at {address}, {what}; {}", private(what))]
    Refused {
        /// Where the host is.
        address: IpAddr,
        /// What that is.
        what: &'static str,
    },
    /// The name leads nowhere.
    #[error("has a host that cannot be found; check the address and the connection")]
    NoHost,
    /// Nobody answers, or the line broke.
    #[error("cannot be reached ({0}); try again later")]
    Connection(String),
    /// The certificate is wrong, or encryption failed.
    #[error("has no safe connection ({0}); check its certificate in a browser")]
    Tls(String),
    /// It took too long.
    #[error("did not answer in full within {} seconds; try again later", .0.as_secs())]
    Timeout(Duration),
    /// What came was no HTTP.
    #[error("gave an answer that is no HTTP ({0}); check the address")]
    Protocol(String),
    /// More than is ever wanted.
    #[error("is longer than {} MB; save it to a file, and read what of it is reports", .0 >> 20)]
    TooLong(u64),
    /// It was packed in a way nobody here unpacks, or damaged.
    #[error("was sent {0}; try again later")]
    Encoding(String),
    /// One redirect after another.
    #[error("leads on and on, {0} times; check the address in a browser")]
    Redirects(usize),
    /// A redirect to nowhere.
    #[error("leads to no address; check it in a browser")]
    NoLocation,
    /// The site does not want programs to read this.
    #[error("must not be read by programs, says the site's robots.txt; read it in a browser, and save it if you may")]
    Robots,
    /// The site's rules cannot be had, and may forbid it.
    #[error("belongs to a site whose robots.txt cannot be had now, which may forbid reading it; try again later")]
    RobotsUnknown,
    /// The server says no.
    #[error("was answered with status {0} ({meaning}); {advice}", meaning = status(*.0).0, advice = status(*.0).1)]
    Status(u16),
    /// Another request to the same host was answered so.
    #[error("is on a host that asked to be left alone; try again in {} seconds", .after.as_secs())]
    Paused {
        /// For how long.
        after: Duration,
    },
    /// Whoever asked has been told to stop ([`Fetcher::stop`](crate::fetch::Fetcher::stop)).
    #[error("was not asked for: the program was stopped; run it again to go on")]
    Stopped,
    /// The server asks for time.
    #[error("was answered with status {status}: its server is busy; try again {}", later(*.after))]
    Busy {
        /// 429 or 503, most often.
        status: u16,
        /// For how long it wants to be left alone.
        after: Option<Duration>,
    },
}

impl Why {
    /// Whether the same request may go well a few seconds later.
    pub fn passes(&self) -> bool {
        matches!(self, Why::Connection(_) | Why::Timeout(_) | Why::Busy { .. })
    }
}

fn status(status: u16) -> (&'static str, &'static str) {
    match status {
        401 | 402 | 403 | 407 => ("not allowed", "save the page to a file, if you may, and read that"),
        404 => ("not found", "check the address"),
        410 => ("gone for good", "take the address off your list"),
        451 => ("withheld by law", "read another source"),
        500..=599 => ("trouble at the server", "try again later"),
        _ => ("no page", "check the address in a browser"),
    }
}

fn private(what: &str) -> &'static str {
    if what == METADATA {
        "there is no report to be read there"
    } else {
        "only public addresses are read. If this is your own network, use --allow-private"
    }
}

fn later(after: Option<Duration>) -> String {
    after.map_or("later".into(), |after| format!("in {} seconds", after.as_secs()))
}
