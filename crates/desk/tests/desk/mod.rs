//! A desk with a few reports, opened for a test and asked over the network as any client asks.
#![allow(dead_code)]

/// The reports that the store is tested with.
#[path = "../../../store/tests/reports/mod.rs"]
mod reports;

use onrecord_desk::{Desk, serve};
use onrecord_store::{Place, Prepared, Store};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use reports::REPORTS as TOLD;
pub use reports::Told;

/// When everything is kept.
pub const DAY: &str = "2026-03-09T12:00:00Z";

/// A raid with three tolls, an offer that is refused, one report with hostile words.
pub const REPORTS: [Told<'static>; 6] = [
    TOLD[0],
    TOLD[1],
    TOLD[2],
    TOLD[3],
    TOLD[4],
    (
        "x/1?<script>alert(1)</script>\"'&.json",
        "2026-03-07",
        "\"><img src=x onerror=alert(2)>",
        "President <script>alert(3)</script> Marek Holub said on Friday that Poland would send \"50 <b>generators</b>\" to Kharkiv. שלום עולם, he added.",
    ),
];

/// A desk that is open while the test runs.
pub struct Opened {
    /// Where it answers.
    pub address: SocketAddr,
    /// Its store.
    pub place: Place,
    _folder: tempfile::TempDir,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Opens a desk with these reports.
pub fn open(reports: &[Told]) -> Opened {
    open_as(reports, |_| {})
}

/// Opens a desk with these reports and other settings.
pub fn open_as(reports: &[Told], change: impl FnOnce(&mut Desk)) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::File(folder.path().join("x.db"));
    let mut store = Store::create(place.clone()).unwrap();
    store.add(prepared(reports), DAY).unwrap();
    let mut desk = Desk {
        place: place.clone(),
        by: "ann".into(),
        read_only: false,
        needs_key: false,
        hosts: Vec::new(),
        now: || "2026-03-10T12:00:00Z".into(),
    };
    change(&mut desk);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || serve(desk, listener).unwrap());
    Opened { address, place, _folder: folder }
}

/// Reports with their records, ready to be kept.
pub fn prepared(reports: &[Told]) -> Vec<Prepared> {
    let read = reports::read(reports).into_iter();
    read.map(|(document, record)| Prepared::new(document, &record, "test", None)).collect()
}

impl Opened {
    /// Asks for a path.
    pub fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    /// Sends a form as a page of this desk does.
    pub fn post(&self, path: &str, form: &str) -> Answer {
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}",
            host = self.address,
            length = form.len(),
        ))
    }

    /// Sends a request as it is.
    pub fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
        Answer { status, headers, body: body.to_owned() }
    }
}
