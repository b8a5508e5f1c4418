//! From a host to the addresses that are connected to, and to no other.

use super::{Allow, Lookup};
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::thread;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// As many addresses of a host as are tried.
const MOST_ADDRESSES: usize = 16;

/// The operating system's way from names to addresses.
#[derive(Debug)]
pub(crate) struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        Ok((host, 0).to_socket_addrs()?.map(|address| address.ip()).collect())
    }
}

/// A host all of whose addresses are refused.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) address: IpAddr,
    pub(crate) what: &'static str,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}", self.address, self.what)
    }
}

impl std::error::Error for Refused {}

/// Looks a host up once and hands over what may be connected to. The check is made here and nowhere else, because these very
/// addresses are connected to: a name that means something else a moment later changes nothing.
pub(crate) struct Guarded {
    pub(crate) allow: Allow,
    pub(crate) lookup: Arc<dyn Lookup>,
}

impl fmt::Debug for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guarded").field("allow", &self.allow).finish_non_exhaustive()
    }
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, _: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let addresses = match host.parse() {
            Ok(address) => vec![address],
            Err(_) => self.within(host.to_owned(), timeout)?,
        };
        let mut allowed = self.empty();
        let mut refused = None;
        for address in addresses.into_iter().take(MOST_ADDRESSES) {
            match self.allow.refusal(address) {
                None => allowed.push(SocketAddr::new(address, port)),
                Some(what) => refused = refused.or(Some(Refused { address, what })),
            }
        }
        match refused {
            _ if !allowed.is_empty() => Ok(allowed),
            Some(refused) => Err(ureq::Error::Other(Box::new(refused))),
            None => Err(ureq::Error::HostNotFound),
        }
    }
}

impl Guarded {
    /// A lookup cannot be stopped, only not waited for.
    fn within(&self, host: String, timeout: NextTimeout) -> Result<Vec<IpAddr>, ureq::Error> {
        if timeout.after.is_not_happening() {
            return self.lookup.lookup(&host).map_err(|_| ureq::Error::HostNotFound);
        }
        let (answer, answered) = mpsc::sync_channel(1);
        let lookup = self.lookup.clone();
        thread::spawn(move || answer.send(lookup.lookup(&host)));
        match answered.recv_timeout(*timeout.after) {
            Ok(addresses) => addresses.map_err(|_| ureq::Error::HostNotFound),
            Err(_) => Err(ureq::Error::Timeout(timeout.reason)),
        }
    }
}
