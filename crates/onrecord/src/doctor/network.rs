//! What a desk and the fetcher need.

use super::finding::Finding;
use crate::output;
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};

/// The port of `onrecord serve` where none is named.
const PORT: u16 = 8808;

/// Whether a desk can be opened on this machine.
pub fn loopback() -> Finding {
    let through = || -> io::Result<()> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        TcpStream::connect(listener.local_addr()?)?;
        listener.accept().map(drop)
    };
    if let Err(error) = through() {
        let advice = "onrecord serve cannot work here: let this program open sockets on 127.0.0.1";
        return Finding::problem("desk", format!("no connection to this machine itself: {error}"), advice);
    }
    match TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)) {
        Ok(_) => Finding::ok("desk", format!("onrecord serve can open 127.0.0.1:{PORT}")),
        Err(error) => Finding::ok("desk", format!("sockets can be opened, but not port {PORT} ({error})"))
            .advised("a desk may be open already; onrecord serve --port 0 takes a free port"),
    }
}

/// Variables by which other programs find a way to the web, and this one does not: a proxy would connect to whatever it liked, behind
/// the guard that lets no address lead into the own network.
const NOT_USED: [&str; 8] =
    ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"];

/// Whether the environment names a way to the web that is not taken.
pub fn web() -> Finding {
    // Their values may hold passwords.
    let set: Vec<_> = NOT_USED.into_iter().filter(|name| output::variable(name).is_some_and(|value| !value.is_empty())).collect();
    let finding = match set.as_slice() {
        [] => {
            Finding::ok("web", "web addresses are read directly, with the certificates that were built in; nothing was asked now")
        }
        [one] => Finding::warning("web", format!("{one} is set, and is not used"), ADVICE),
        [all @ .., last] => Finding::warning("web", format!("{} and {last} are set, and are not used", all.join(", ")), ADVICE),
    };
    finding.with("not_used", set)
}

const ADVICE: &str = "web addresses are read directly, with the certificates that were built in; where only the proxy reaches the web, \
    save pages with another program (curl, wget --warc-file) and read the files";
