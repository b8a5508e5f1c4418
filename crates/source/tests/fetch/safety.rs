//! Where the fetcher must not go, and what it must not take.

use crate::server::{Server, answer, bench, bench_allowing, page};
use flate2::{Compression, write::GzEncoder};
use onrecord_source::fetch::{Allow, Fetcher, Limits, Why};
use std::io::Write;
use std::time::{Duration, Instant};

#[test]
fn tricks_with_addresses() {
    let bench = bench_allowing(Allow::Public, Limits::default(), &[]);
    for url in [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://017700000001/",
        "http://0177.0.0.01/",
        "http://0/",
        "http://10.0.0.1:8080/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.100.100.200/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:ffff:10.0.0.1]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://%31%32%37.0.0.1/",
        "http:\\\\127.0.0.1\\",
        "http:/127.0.0.1/",
        " http://127.0.0.1/ ",
    ] {
        let why = bench.fetcher.get(url).unwrap_err().why;
        assert!(matches!(why, Why::Refused { .. }), "{url}: {why:?}");
    }
    assert!(bench.lookup.asked.lock().unwrap().is_empty());
}

#[test]
fn only_the_web_and_no_passwords() {
    let fetcher = Fetcher::default();
    for url in [
        "file:///etc/passwd",
        "gopher://d.example/",
        "ftp://d.example/",
        "dict://d.example/",
        "javascript:alert(1)",
        "data:,x",
        "ws://d.example/",
    ] {
        assert!(matches!(fetcher.get(url).unwrap_err().why, Why::Scheme(_)), "{url}");
    }
    for url in
        ["http://user@127.0.0.1/", "http://user:word@d.example/", "http://d.example:80@127.0.0.1/", "https://:word@d.example/"]
    {
        assert_eq!(fetcher.get(url).unwrap_err().why, Why::Credentials, "{url}");
    }
    for url in [
        "",
        "d.example",
        "http://",
        "http:///",
        "http://exa mple/",
        "//d.example/",
        "http://[::1",
        "http://d.example:99999/",
        "http://1.2.3.256/",
    ] {
        assert!(matches!(fetcher.get(url).unwrap_err().why, Why::Address(_)), "{url}");
    }
}

#[test]
fn names_are_judged_by_their_addresses() {
    for (answer, what) in [
        ("127.0.0.1", "this machine"),
        ("10.1.1.1 192.168.1.1", "private"),
        ("::ffff:169.254.169.254", "cloud"),
        ("fe80::1", "link-local"),
    ] {
        let bench = bench_allowing(Allow::Public, Limits::default(), &[answer]);
        let message = bench.fetcher.get("http://daily.example/").unwrap_err().to_string();
        assert!(message.contains(what), "{answer}: {message}");
    }
    let bench = bench_allowing(Allow::Public, Limits::default(), &[]);
    assert_eq!(bench.fetcher.get("http://daily.example/").unwrap_err().why, Why::NoHost);
}

#[test]
fn redirects_do_not_lead_inside() {
    for target in [
        "http://127.0.0.2/",
        "http://10.0.0.1/x",
        "http://[::ffff:192.168.0.1]/",
        "http://169.254.169.254/",
        "//2130706434/",
        "http://0x7f.2/",
    ] {
        let server = Server::start(move |request| match request.path.as_str() {
            "/away" => answer("302 Found", &[("Location", target)], b""),
            _ => page(request, "x"),
        });
        let error = bench(Limits::default(), &[]).fetcher.get(&server.url("/away")).unwrap_err();
        assert!(matches!(error.why, Why::Refused { .. }) && error.redirected, "{target}: {error}");
        assert!(error.to_string().starts_with("it leads to http://"), "{error}");
    }
    for (target, why) in [("file:///etc/passwd", Why::Scheme("file".into())), ("http://a:b@d.example/", Why::Credentials)] {
        let server = Server::start(move |request| match request.path.as_str() {
            "/away" => answer("301 Moved", &[("Location", target)], b""),
            _ => page(request, "x"),
        });
        assert_eq!(bench(Limits::default(), &[]).fetcher.get(&server.url("/away")).unwrap_err().why, why);
    }
}

#[test]
fn what_was_checked_is_what_is_connected_to() {
    let server = Server::start(|request| page(request, "x"));
    let url = format!("http://flips.example:{}/page", server.port);
    // Every connection has one lookup of its own, which is the one that is checked: for the rules, for the page.
    let steady = bench(Limits::default(), &["127.0.0.1", "127.0.0.1"]);
    steady.fetcher.get(&url).unwrap();
    assert_eq!(steady.lookup.asked.lock().unwrap().len(), 2);
    let flips = bench(Limits::default(), &["127.0.0.1", "127.0.0.2"]);
    assert!(matches!(flips.fetcher.get(&url).unwrap_err().why, Why::Refused { .. }));
    assert_eq!(server.paths(), ["/page"]);
    // Of several addresses, only those that may be are tried.
    let mixed = bench(Limits::default(), &["10.0.0.1 127.0.0.1", "::1 127.0.0.1"]);
    mixed.fetcher.get(&url).unwrap();
}

#[test]
fn long_answers_and_bombs_are_cut_short() {
    let limits = Limits { bytes: 100_000, unpacked: 200_000, ..Limits::default() };
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b'x'; 10_000_000]).unwrap();
    let bomb = encoder.finish().unwrap();
    let server = Server::start(move |request| match request.path.as_str() {
        "/announced" => b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec(),
        "/endless" => [&b"HTTP/1.1 200 OK\r\n\r\n"[..], &vec![b'x'; 5_000_000]].concat(),
        "/bomb" => answer("200 OK", &[("Content-Encoding", "gzip")], &bomb),
        "/damaged" => answer("200 OK", &[("Content-Encoding", "gzip")], &bomb[..50]),
        "/br" => answer("200 OK", &[("Content-Encoding", "br")], b"x"),
        "/nonsense" => b"SSH-2.0-OpenSSH_9.6\r\n".to_vec(),
        "/long-head" => [b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'x'; 1 << 20]].concat(),
        _ => page(request, "x"),
    });
    let bench = bench(limits, &[]);
    let why = |path: &str| bench.fetcher.get(&server.url(path)).unwrap_err().why;
    assert_eq!(why("/announced"), Why::TooLong(100_000));
    assert_eq!(why("/endless"), Why::TooLong(100_000));
    assert_eq!(why("/bomb"), Why::TooLong(200_000));
    assert!(matches!(why("/damaged"), Why::Encoding(_)));
    assert!(matches!(why("/br"), Why::Encoding(_)));
    assert!(matches!(why("/nonsense"), Why::Protocol(_)));
    assert!(matches!(why("/long-head"), Why::Protocol(_)));
}

#[test]
fn slow_servers_are_left() {
    let server = Server::start(|request| {
        if request.path == "/slow" {
            std::thread::sleep(Duration::from_secs(5));
        }
        page(request, &"x".repeat(500))
    });
    for path in ["/slow", "/drip"] {
        let limits = Limits { time: Duration::from_millis(300), retries: 0, ..Limits::default() };
        let start = Instant::now();
        let why = bench(limits, &[]).fetcher.get(&server.url(path)).unwrap_err().why;
        assert!(matches!(why, Why::Timeout(_)), "{path}: {why:?}");
        assert!(start.elapsed() < Duration::from_secs(2), "{path}");
    }
}
