//! The names of this desk.

use axum::http::HeaderMap;
use axum::http::header::HOST;
use std::net::{IpAddr, SocketAddr};

/// Names and port by which the desk may be asked for.
#[derive(Clone, Debug)]
pub struct Hosts {
    names: Vec<String>,
    address: SocketAddr,
}

impl Hosts {
    pub fn new(address: SocketAddr, names: &[String]) -> Self {
        Hosts { names: names.iter().map(|name| name.to_ascii_lowercase()).collect(), address }
    }

    /// Whether a request asks for this desk.
    pub fn are_asked(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(HOST).iter();
        match (hosts.next().and_then(|host| host.to_str().ok()), hosts.next()) {
            (Some(host), None) => self.is_ours(host),
            _ => false,
        }
    }

    /// A name with its port, as in `Host` or behind the scheme in `Origin`.
    pub fn is_ours(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        if self.names.contains(&host) {
            return true;
        }
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (host.as_str(), Some(80)),
        };
        if self.names.iter().any(|known| known == name) {
            return true;
        }
        if port != Some(self.address.port()) {
            return false;
        }
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        match bare.parse::<IpAddr>() {
            // Numbers cannot be made to lead elsewhere.
            Ok(ip) => {
                self.address.ip().is_unspecified()
                    || ip == self.address.ip()
                    || (ip.is_loopback() && self.address.ip().is_loopback())
            }
            Err(_) => name == "localhost" && (self.address.ip().is_loopback() || self.address.ip().is_unspecified()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_desk_are_ours() {
        let hosts = Hosts::new("127.0.0.1:8808".parse().unwrap(), &["desk.example".into()]);
        for ours in ["127.0.0.1:8808", "localhost:8808", "LOCALHOST:8808", "[::1]:8808", "desk.example", "desk.example:443"] {
            assert!(hosts.is_ours(ours), "{ours}");
        }
        for other in [
            "",
            "evil.example",
            "evil.example:8808",
            "127.0.0.1",
            "127.0.0.1:80",
            "localhost:8809",
            "10.0.0.1:8808",
            "localhost.evil.example:8808",
        ] {
            assert!(!hosts.is_ours(other), "{other}");
        }
        let open = Hosts::new("0.0.0.0:80".parse().unwrap(), &[]);
        assert!(open.is_ours("192.168.1.5") && open.is_ours("localhost") && !open.is_ours("evil.example"));
    }

    #[test]
    fn one_host_is_asked_for() {
        let hosts = Hosts::new("127.0.0.1:8808".parse().unwrap(), &[]);
        let mut headers = HeaderMap::new();
        assert!(!hosts.are_asked(&headers));
        headers.append(HOST, "127.0.0.1:8808".parse().unwrap());
        assert!(hosts.are_asked(&headers));
        headers.append(HOST, "evil.example".parse().unwrap());
        assert!(!hosts.are_asked(&headers));
    }
}
