//! How the fetcher treats the servers it reads from.

use crate::server::{Bench, Request, Server, answer, bench, page};
use onrecord_source::fetch::{Fetched, Limits, Validators, Why};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

fn slept(bench: &Bench) -> Vec<Duration> {
    bench.clock.slept.lock().unwrap().clone()
}

fn robots(request: &Request, rules: &str) -> Vec<u8> {
    if request.path == "/robots.txt" { answer("200 OK", &[], rules.as_bytes()) } else { page(request, "x") }
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::start(|request| match request.field("if-none-match") {
        Some("\"7\"") => answer("304 Not Modified", &[], b""),
        _ if request.path == "/feed" => {
            answer("200 OK", &[("ETag", "\"7\""), ("Last-Modified", "Mon, 24 Feb 2025 09:00:00 GMT")], b"x")
        }
        _ => page(request, "x"),
    });
    let fetcher = bench(Limits::default(), &[]).fetcher;
    let Fetched::Changed(first) = fetcher.get_if_changed(&server.url("/feed"), &Validators::default()).unwrap() else { panic!() };
    assert_eq!(first.validators.last_modified.as_deref(), Some("Mon, 24 Feb 2025 09:00:00 GMT"));
    assert_eq!(fetcher.get_if_changed(&server.url("/feed"), &first.validators).unwrap(), Fetched::Unchanged);
    let last = server.asked().pop().unwrap();
    assert_eq!(last.field("if-modified-since"), Some("Mon, 24 Feb 2025 09:00:00 GMT"));
    assert!(last.field("user-agent").unwrap().starts_with("onrecord/0."), "{last:?}");
}

#[test]
fn a_permanent_redirect_is_remembered_and_a_passing_one_is_not() {
    let server = Server::start(|request| match request.path.as_str() {
        "/old" => answer("301 Moved Permanently", &[("Location", "/new")], b""),
        "/today" => answer("307 Temporary Redirect", &[("Location", "new")], b""),
        "/round" => answer("302 Found", &[("Location", "/round")], b""),
        "/nowhere" => answer("302 Found", &[], b""),
        _ => page(request, "x"),
    });
    let fetcher = bench(Limits::default(), &[]).fetcher;
    let old = fetcher.get(&server.url("/old#part")).unwrap();
    assert_eq!((old.url, old.moved), (server.url("/new"), Some(server.url("/new"))));
    let today = fetcher.get(&server.url("/today")).unwrap();
    assert_eq!((today.url, today.moved), (server.url("/new"), None));
    assert_eq!(fetcher.get(&server.url("/round")).unwrap_err().why, Why::Redirects(5));
    assert_eq!(fetcher.get(&server.url("/nowhere")).unwrap_err().why, Why::NoLocation);
}

#[test]
fn rules_for_robots_are_kept() {
    let server = Server::start(|request| robots(request, "User-agent: onrecord\nDisallow: /private\nCrawl-delay: 7\n"));
    let bench = bench(Limits::default(), &[]);
    assert_eq!(bench.fetcher.get(&server.url("/private/1")).unwrap_err().why, Why::Robots);
    for path in ["/1", "/2", "/3"] {
        bench.fetcher.get(&server.url(path)).unwrap();
    }
    assert_eq!(server.paths(), ["/1", "/2", "/3"]);
    assert_eq!(slept(&bench), [Duration::from_secs(7); 2]);
    assert_eq!(server.asked().iter().filter(|request| request.path == "/robots.txt").count(), 1);
}

#[test]
fn a_site_that_cannot_give_its_rules_is_left_alone() {
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" => answer("503 Service Unavailable", &[], b""),
        _ => page(request, "x"),
    });
    let limits = Limits { retries: 0, ..Limits::default() };
    assert_eq!(bench(limits, &[]).fetcher.get(&server.url("/1")).unwrap_err().why, Why::RobotsUnknown);
    assert!(server.paths().is_empty());
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" => answer("301 Moved", &[("Location", "/rules")], b""),
        "/rules" => answer("200 OK", &[], b"User-agent: *\nDisallow: /"),
        _ => page(request, "x"),
    });
    assert_eq!(bench(Limits::default(), &[]).fetcher.get(&server.url("/1")).unwrap_err().why, Why::Robots);
}

#[test]
fn hosts_have_a_pace() {
    let server = Server::start(|request| page(request, "x"));
    let bench = bench(Limits { pace: Duration::from_secs(2), ..Limits::default() }, &["127.0.0.1", "127.0.0.1"]);
    bench.fetcher.get(&server.url("/1")).unwrap();
    // Another host does not wait for the first.
    bench.fetcher.get(&format!("http://other.example:{}/", server.port)).unwrap();
    assert!(slept(&bench).is_empty());
    bench.fetcher.get(&server.url("/2")).unwrap();
    assert_eq!(slept(&bench), [Duration::from_secs(2)]);
}

#[test]
fn busy_servers_are_given_the_time_they_ask_for() {
    let tries = AtomicUsize::new(0);
    let server = Server::start(move |request| match request.path.as_str() {
        "/soon" if tries.fetch_add(1, SeqCst) == 0 => answer("429 Too Many Requests", &[("Retry-After", "3")], b""),
        "/date" => answer("503 Unavailable", &[("Retry-After", "Mon, 24 Feb 2025 12:00:00 GMT")], b""),
        "/down" => answer("502 Bad Gateway", &[], b""),
        "/gone" => answer("410 Gone", &[], b""),
        _ => page(request, "x"),
    });
    let soon = bench(Limits::default(), &[]);
    soon.fetcher.get(&server.url("/soon")).unwrap();
    assert_eq!(slept(&soon), [Duration::from_secs(3)]);
    let date = bench(Limits::default(), &[]);
    let hours = Some(Duration::from_secs(2 * 60 * 60));
    assert_eq!(date.fetcher.get(&server.url("/date")).unwrap_err().why, Why::Busy { status: 503, after: hours });
    assert!(slept(&date).is_empty());
    // Without the pace of the host, which may make the first wait longer.
    let down = bench(Limits { pace: Duration::ZERO, ..Limits::default() }, &[]);
    assert_eq!(down.fetcher.get(&server.url("/down")).unwrap_err().why, Why::Busy { status: 502, after: None });
    let waits = slept(&down);
    assert_eq!(waits.len(), 2);
    assert!(waits[0] < waits[1], "{waits:?}");
    let gone = bench(Limits::default(), &[]);
    assert_eq!(gone.fetcher.get(&server.url("/gone")).unwrap_err().why, Why::Status(410));
    assert!(slept(&gone).is_empty());
}

#[test]
fn unchanged_is_no_answer_for_who_has_nothing() {
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" => answer("404 Not Found", &[], b""),
        _ => answer("304 Not Modified", &[], b""),
    });
    let why = bench(Limits::default(), &[]).fetcher.get_if_changed(&server.url("/feed"), &Validators::default()).unwrap_err().why;
    assert_eq!(why, Why::Status(304));
}
