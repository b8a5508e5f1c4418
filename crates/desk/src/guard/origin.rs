//! Whether a request comes from a page of this desk.

use super::Hosts;
use axum::http::HeaderMap;
use axum::http::header::ORIGIN;

/// True when a browser says that a page of this desk sends it. Both headers are set by browsers alone, pages cannot change them
/// (Fetch standard, *Sec-Fetch-Site*; RFC 6454). Without either it is no browser, and needs a key.
pub fn is_own(headers: &HeaderMap, hosts: &Hosts) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let own_site = text("sec-fetch-site").map(|site| site == "same-origin");
    let origin = headers.get(ORIGIN).map(|_| {
        let origin = text("origin").unwrap_or_default();
        origin.split_once("://").is_some_and(|(scheme, host)| matches!(scheme, "http" | "https") && hosts.is_ours(host))
    });
    match (own_site, origin) {
        (Some(site), Some(origin)) => site && origin,
        (Some(site), None) => site,
        (None, Some(origin)) => origin,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_desk_are_own() {
        let hosts = Hosts::new("127.0.0.1:8808".parse().unwrap(), &[]);
        let own = |list: &[(&'static str, &'static str)]| {
            let headers = list.iter().map(|&(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            is_own(&headers, &hosts)
        };
        let (ours, theirs) = ("http://127.0.0.1:8808", "https://evil.example");
        assert!(own(&[("sec-fetch-site", "same-origin"), ("origin", ours)]));
        assert!(own(&[("origin", ours)]));
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(!own(&[]));
        assert!(!own(&[("origin", theirs)]));
        assert!(!own(&[("origin", "null")]));
        assert!(!own(&[("sec-fetch-site", "cross-site"), ("origin", ours)]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[("sec-fetch-site", "none")]));
        assert!(!own(&[("sec-fetch-site", "same-origin"), ("origin", theirs)]));
    }
}
