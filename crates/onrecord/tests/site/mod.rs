//! A web server on 127.0.0.1 that says what a test wants.
// Each test uses a part of it.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What is at a path.
#[derive(Clone, Default)]
pub struct Answer {
    pub status: &'static str,
    pub fields: Vec<(&'static str, String)>,
    pub body: String,
    pub delay: Duration,
}

#[derive(Default)]
struct Inner {
    answers: BTreeMap<String, Answer>,
    /// Path, and validator sent with it.
    asked: Vec<(String, Option<String>)>,
}

#[derive(Clone)]
pub struct Site {
    port: u16,
    inner: Arc<Mutex<Inner>>,
}

impl Site {
    /// Answers until the test ends.
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let inner = Arc::new(Mutex::new(Inner::default()));
        let site = Site { port, inner: inner.clone() };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let inner = inner.clone();
                std::thread::spawn(move || serve(stream, &inner));
            }
        });
        site
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The same by the name of another host, with a pace of its own.
    pub fn other(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    pub fn put(&self, path: &str, answer: Answer) {
        self.inner.lock().unwrap().answers.insert(path.to_owned(), answer);
    }

    /// Something found; a feed or list gets an `ETag` that depends on what is in it.
    pub fn found(&self, path: &str, body: &str) {
        let etag = format!("\"{}-{}\"", body.len(), body.bytes().map(u64::from).sum::<u64>());
        self.put(path, Answer { status: "200 OK", fields: vec![("ETag", etag)], body: body.to_owned(), delay: Duration::ZERO });
    }

    /// How often a path was asked for.
    pub fn times(&self, path: &str) -> usize {
        self.inner.lock().unwrap().asked.iter().filter(|(asked, _)| asked == path).count()
    }

    /// How often a path was asked for by somebody who had it already.
    pub fn conditional(&self, path: &str) -> usize {
        self.inner.lock().unwrap().asked.iter().filter(|(asked, etag)| asked == path && etag.is_some()).count()
    }

    /// Waits until `enough`, for as long as a busy machine may take.
    pub fn until(&self, what: &str, enough: impl Fn(&Site) -> bool) {
        let end = Instant::now() + Duration::from_secs(60);
        while !enough(self) {
            assert!(Instant::now() < end, "waited in vain until {what}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn serve(stream: TcpStream, inner: &Mutex<Inner>) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let fields: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let sent = |name: &str| fields.iter().find_map(|field| field.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)));
    let validator = sent("if-none-match").map(|(_, etag)| etag.to_owned());
    let answer = {
        let mut inner = inner.lock().unwrap();
        inner.asked.push((path.clone(), validator.clone()));
        inner.answers.get(&path).cloned()
    };
    let mut answer = answer.unwrap_or(Answer { status: "404 Not Found", ..Answer::default() });
    std::thread::sleep(answer.delay);
    if validator.is_some() && answer.fields.iter().any(|(name, value)| *name == "ETag" && Some(value) == validator.as_ref()) {
        answer = Answer { status: "304 Not Modified", ..Answer::default() };
    }
    let fields: String = answer.fields.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!("HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: {}\r\n{fields}\r\n", answer.status, answer.body.len());
    let _ = (&stream).write_all((head + &answer.body).as_bytes());
}

/// A feed of entries that hold their reports.
pub fn rss(entries: &[(&str, &str)]) -> String {
    let item = |(id, words): &(&str, &str)| {
        format!("<item><guid isPermaLink='false'>{id}</guid><title>{id}</title><description>{words}</description></item>")
    };
    format!("<rss version='2.0'><channel><title>The Daily</title>{}</channel></rss>", entries.iter().map(item).collect::<String>())
}

/// A feed of links.
pub fn links(urls: &[String]) -> String {
    let item = |url: &String| format!("<item><title>{url}</title><link>{url}</link></item>");
    format!("<rss version='2.0'><channel><title>The Daily</title>{}</channel></rss>", urls.iter().map(item).collect::<String>())
}

/// A page with an article of its own.
pub fn page(subject: &str) -> String {
    format!(
        "<html><head><title>Talks on {subject}</title></head><body><nav>Home</nav><article><h1>Talks on {subject}</h1>\
         <p>The two sides met in Oslo on Monday to speak about {subject}, the mission said in its daily report.</p></article></body></html>"
    )
}

/// A list of feeds.
pub fn opml(urls: &[String]) -> String {
    let outline = |url: &String| format!("<outline type='rss' xmlUrl='{url}'/>");
    format!("<opml version='2.0'><body>{}</body></opml>", urls.iter().map(outline).collect::<String>())
}
