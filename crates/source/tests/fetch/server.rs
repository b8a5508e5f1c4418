//! A web server on 127.0.0.1 that says what a test wants, a clock that waits for nobody, and a lookup that answers as told.

use jiff::Timestamp;
use onrecord_source::fetch::{Allow, Clock, Fetcher, Limits, Lookup};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Gives the answer to a request, head and all.
type Handler = dyn Fn(&Request) -> Vec<u8> + Send + Sync;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    pub fields: Vec<(String, String)>,
}

impl Request {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

pub struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Answers until the test ends.
    pub fn start(handler: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (handler, log): (Arc<Handler>, _) = (Arc::new(handler), asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (handler, log) = (handler.clone(), log.clone());
                std::thread::spawn(move || serve(stream, &*handler, &log));
            }
        });
        Server { port, asked }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The paths asked for so far, that of the robots' rules aside.
    pub fn paths(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|request| request.path.clone()).filter(|path| path != "/robots.txt").collect()
    }

    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, handler: &Handler, log: &Mutex<Vec<Request>>) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let fields = lines.take_while(|line| !line.is_empty()).filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    });
    let request = Request { path, fields: fields.collect() };
    log.lock().unwrap().push(request.clone());
    let answer = handler(&request);
    // A client that has heard enough hangs up.
    if request.path == "/drip" {
        for byte in answer.chunks(1) {
            if (&stream).write_all(byte).is_err() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    } else {
        let _ = (&stream).write_all(&answer);
    }
}

/// An answer with a status, further fields, and a body.
pub fn answer(status: &str, fields: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let fields: String = fields.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{fields}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// A page; and no rules for robots.
pub fn page(request: &Request, body: &str) -> Vec<u8> {
    if request.path == "/robots.txt" {
        return answer("404 Not Found", &[], b"");
    }
    answer("200 OK", &[("Content-Type", "text/html; charset=utf-8")], body.as_bytes())
}

/// Time passes when somebody sleeps, and only then.
pub struct TestClock {
    now: Mutex<Timestamp>,
    pub slept: Mutex<Vec<Duration>>,
}

impl Default for TestClock {
    fn default() -> Self {
        TestClock { now: Mutex::new("2025-02-24T10:00:00Z".parse().unwrap()), slept: Mutex::default() }
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, time: Duration) {
        self.slept.lock().unwrap().push(time);
        let mut now = self.now.lock().unwrap();
        *now = now.saturating_add(time).unwrap();
    }
}

/// Answers with one address after another, whatever the host.
#[derive(Default)]
pub struct TestLookup {
    pub answers: Mutex<VecDeque<&'static str>>,
    pub asked: Mutex<Vec<String>>,
}

impl Lookup for TestLookup {
    fn lookup(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        self.asked.lock().unwrap().push(host.to_owned());
        let answer = self.answers.lock().unwrap().pop_front().ok_or(io::ErrorKind::NotFound)?;
        Ok(answer.split(' ').map(|address| address.parse().unwrap()).collect())
    }
}

/// A fetcher that may read from the tests' servers, with its clock and lookup.
pub struct Bench {
    pub fetcher: Fetcher,
    pub clock: Arc<TestClock>,
    pub lookup: Arc<TestLookup>,
}

pub fn bench(limits: Limits, answers: &[&'static str]) -> Bench {
    bench_allowing(Allow::Also(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]), limits, answers)
}

pub fn bench_allowing(allow: Allow, limits: Limits, answers: &[&'static str]) -> Bench {
    let clock = Arc::new(TestClock::default());
    let lookup = Arc::new(TestLookup::default());
    lookup.answers.lock().unwrap().extend(answers);
    let fetcher = Fetcher::with(limits, allow, clock.clone(), lookup.clone());
    Bench { fetcher, clock, lookup }
}
