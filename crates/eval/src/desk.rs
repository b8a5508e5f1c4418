//! How fast an open desk answers: page by page alone, and to many readers at once while reports are added.

use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Pages that every desk has.
const PAGES: [&str; 16] = [
    "/",
    "/events",
    "/events?type=ASSAULT",
    "/events?q=workers",
    "/events.json?limit=100",
    "/statements",
    "/positions",
    "/figures",
    "/figures?conflicts=1",
    "/timeline",
    "/map",
    "/actors",
    "/reports?q=workers",
    "/review",
    "/events.atom",
    "/method",
];
/// Reports that are opened.
const REPORTS: usize = 5;
/// Looks at a page for its figures.
const LOOKS: usize = 9;
/// Longer than any answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// One answer: status, bytes, how long it took.
struct Answer {
    status: u16,
    body: Vec<u8>,
    took: Duration,
}

/// Times each page alone, after one look that is not counted: the median and the slowest of nine.
///
/// # Errors
/// When nobody answers at the address, or a page gives no answer.
pub fn pages(address: SocketAddr) -> Result<String> {
    let mut out = format!("{:<44} {:>9} {:>9} {:>10}\n", "page", "median ms", "worst ms", "bytes");
    for path in paths(address)? {
        get(address, &path)?;
        let answers = (0..LOOKS).map(|_| get(address, &path)).collect::<Result<Vec<_>>>()?;
        if let Some(bad) = answers.iter().find(|answer| answer.status >= 400) {
            bail!("{path}: status {}", bad.status);
        }
        let mut took: Vec<Duration> = answers.iter().map(|answer| answer.took).collect();
        took.sort_unstable();
        let _ =
            writeln!(out, "{:<44} {:>9.1} {:>9.1} {:>10}", path, ms(took[LOOKS / 2]), ms(took[LOOKS - 1]), answers[0].body.len());
    }
    Ok(out)
}

/// So many readers ask for one page after the other for so long, with a pause between two in which they read; says how many answers there were, how many failed, and how long they took.
///
/// # Errors
/// When nobody answers at the address.
pub fn load(address: SocketAddr, readers: usize, time: Duration, pause: Duration) -> Result<String> {
    let paths = paths(address)?;
    let end = Instant::now() + time;
    let read = |reader: usize| {
        let (mut took, mut failed) = (Vec::new(), Vec::new());
        let mut at = reader;
        // Readers do not all ask at the same moment.
        std::thread::sleep(pause * u32::try_from(reader).unwrap_or(0) / u32::try_from(readers).unwrap_or(1).max(1));
        while Instant::now() < end {
            let path = &paths[at % paths.len()];
            match get(address, path) {
                Ok(answer) if answer.status < 400 => took.push(answer.took),
                Ok(answer) => failed.push(format!("{path}: status {}", answer.status)),
                Err(error) => failed.push(format!("{path}: {error:#}")),
            }
            at += 1;
            // A person reads what came before asking again.
            std::thread::sleep(pause);
        }
        (took, failed)
    };
    let all = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..readers).map(|reader| scope.spawn(move || read(reader))).collect();
        threads.into_iter().map(|thread| thread.join().expect("a reader does not panic")).collect::<Vec<_>>()
    });
    let mut took: Vec<Duration> = all.iter().flat_map(|(took, _)| took.iter().copied()).collect();
    let failed: Vec<&String> = all.iter().flat_map(|(_, failed)| failed).collect();
    took.sort_unstable();
    let at = |share: f64| took.get(((took.len() as f64 - 1.0) * share) as usize).map_or(0.0, |took| ms(*took));
    let mut out = format!(
        "{readers} readers, each with {} s between two pages, for {} s: {} answers, {} failed; median {:.0} ms, p90 {:.0} ms, p99 {:.0} ms, worst {:.0} ms\n",
        pause.as_secs_f64(),
        time.as_secs(),
        took.len(),
        failed.len(),
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
    for failed in failed.iter().take(10) {
        let _ = writeln!(out, "failed: {failed}");
    }
    Ok(out)
}

/// Every page, and the latest reports.
fn paths(address: SocketAddr) -> Result<Vec<String>> {
    let mut paths: Vec<String> = PAGES.iter().map(|path| (*path).to_owned()).collect();
    let events = get(address, &format!("/events.json?limit={REPORTS}"))?;
    let events: serde_json::Value = serde_json::from_slice(&events.body).context("/events.json is no JSON; is this a desk?")?;
    for line in events["lines"].as_array().into_iter().flatten() {
        let report = line["reports"][0]["document"].as_str().unwrap_or_default();
        paths.push(format!("/report/{}", report.replace('%', "%25").replace('/', "%2F").replace(' ', "%20")));
        paths.push(format!("/record/{}", line["id"].as_str().unwrap_or_default()));
    }
    Ok(paths)
}

fn get(address: SocketAddr, path: &str) -> Result<Answer> {
    let begun = Instant::now();
    let mut stream =
        TcpStream::connect(address).with_context(|| format!("nobody answers at {address}; open a desk with onrecord serve"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let took = begun.elapsed();
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n").context("half an answer")?;
    let status = std::str::from_utf8(&bytes[..head]).ok().and_then(|head| head.split(' ').nth(1)?.parse().ok());
    Ok(Answer { status: status.context("an answer without a status")?, body: bytes.split_off(head + 4), took })
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}
