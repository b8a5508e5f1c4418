//! Bytes as they come in: forms, archives, pages, lists, what servers say.

use crate::{choice, one_line, text, twice};
use flate2::{Compression, write::GzEncoder};
use onrecord_source::fetch::{Allow, LONGEST_WAIT, Robots, retry_after};
use onrecord_source::{Form, Given, Link, Piece, extract, feed_of, parse_date, pieces_in};
use onrecord_text::Document;
use std::io::{Cursor, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Names that say a form, and one that says none.
const NAMES: [&str; 8] = ["a", "a.txt", "a.html", "a.jsonl", "a.rss", "a.opml", "a.warc", "a.warc.gz"];

/// More documents than bytes no input holds.
fn documents(name: &str, bytes: &[u8], form: Form) -> Vec<Result<Document, String>> {
    let pieces = pieces_in(name, Cursor::new(bytes.to_vec()), form, &Given::default());
    let found: Vec<_> =
        pieces.take(bytes.len() + 2).map(|piece| piece.and_then(Piece::document).map_err(|e| e.to_string())).collect();
    assert!(found.len() <= bytes.len() + 1, "more documents than bytes");
    for one in &found {
        match one {
            Ok(document) => is_sound(document),
            Err(message) => one_line(message),
        }
    }
    found
}

/// A document has words, and no NUL, which no text has.
fn is_sound(document: &Document) {
    assert!(!document.text.trim().is_empty(), "no words in {document:?}");
    assert!(!document.id.trim().is_empty(), "no id: {document:?}");
    assert!(document.title.as_ref().is_none_or(|title| !title.trim().is_empty()), "an empty title: {document:?}");
}

/// Any file of any name gives documents or says why not, each time the same.
pub fn bytes(bytes: &[u8]) {
    let (name, bytes) = choice(bytes);
    let name = NAMES[usize::from(name) % NAMES.len()];
    twice(|| documents(name, bytes, Form::Auto));
}

/// A page gives an article or none; what it says of itself is one line each.
pub fn html(bytes: &[u8]) {
    documents("a.html", bytes, Form::Html);
    let page = text(bytes);
    if let Some(article) = twice(|| extract(&page)) {
        assert_eq!(article.text.trim(), article.text);
        assert!(!article.text.is_empty());
        [article.title, article.outlet].iter().flatten().for_each(|said| is_said(said));
        article.url.iter().for_each(|url| is_of_the_web(url));
        assert!(article.language.is_none_or(|language| language.chars().count() == 2));
    }
    if let Some(feed) = feed_of(&page, "https://daily.example/") {
        one_line(&feed);
    }
}

/// What a page or feed says of itself is a line of words.
fn is_said(words: &str) {
    assert!(!words.trim().is_empty() && !words.contains(['\n', '\r']), "{words:?}");
}

/// A feed's entries have ids, each once, and links that lead to the web.
pub fn feed(bytes: &[u8]) {
    let read =
        || onrecord_source::feed(bytes.to_vec(), Some("https://daily.example/feed"), None).map_err(|fault| fault.to_string());
    match twice(read) {
        Ok(feed) => {
            let mut ids: Vec<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
            assert!(ids.iter().all(|id| !id.trim().is_empty()));
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "an id twice");
            feed.entries.iter().filter_map(|entry| entry.url.as_deref()).for_each(is_of_the_web);
            feed.entries.iter().filter_map(|entry| entry.title.as_deref()).for_each(is_said);
        }
        Err(message) => one_line(&message),
    }
    documents("a.rss", bytes, Form::Feed);
}

fn is_of_the_web(url: &str) {
    let lower = url.to_ascii_lowercase();
    assert!(lower.starts_with("http://") || lower.starts_with("https://"), "{url:?}");
    assert!(!url.contains(char::is_control), "{url:?}");
}

fn links(found: Result<Vec<Link>, String>) {
    match found {
        Ok(links) => {
            assert!(!links.is_empty());
            links.iter().for_each(|link| is_of_the_web(&link.url));
        }
        Err(message) => one_line(&message),
    }
}

/// A list of feeds gives links to the web or says why not.
pub fn outline(bytes: &[u8]) {
    links(twice(|| onrecord_source::outline(bytes.to_vec()).map_err(|fault| fault.to_string())));
    documents("a.opml", bytes, Form::Outline);
}

/// A sitemap gives links to the web or says why not.
pub fn sitemap(bytes: &[u8]) {
    links(twice(|| onrecord_source::sitemap(bytes.to_vec()).map_err(|fault| fault.to_string())));
    documents("a.xml", bytes, Form::Sitemap);
}

/// Each line that is not blank gives one document or one error, and a good line behind it is read whatever stands before.
pub fn json_lines(bytes: &[u8]) {
    let found = twice(|| documents("a.jsonl", bytes, Form::JsonLines));
    let lines = bytes.split(|&b| b == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    // A head that no text has, or no words at all, is told once for the whole input, not for a line.
    if matches!(&found[..], [Err(message)] if !message.contains(", line ")) {
        return;
    }
    assert_eq!(found.len(), lines, "{found:?}");
    let behind = [bytes, b"\n{\"id\": \"last\", \"text\": \"Calm returned.\"}"].concat();
    let last = documents("a.jsonl", &behind, Form::JsonLines).pop();
    assert!(matches!(&last, Some(Ok(document)) if document.id == "last"), "{last:?}");
}

/// News items, one or a list.
pub fn ninjs(bytes: &[u8]) {
    twice(|| documents("a.json", bytes, Form::Ninjs));
}

/// Between the parts of an archive that are packed each for itself.
const BETWEEN: &[u8] = b"|||";

/// An archive, plain, and with its parts packed: where all parts are whole, the same pages; where one is damaged, the other parts' pages.
pub fn warc(bytes: &[u8]) {
    let (damage, bytes) = choice(bytes);
    let parts: Vec<&[u8]> = split(bytes).collect();
    let plain = parts.concat();
    let expected = twice(|| documents("a", &plain, Form::Warc));
    let mut packed: Vec<Vec<u8>> = parts.iter().map(|part| gz(part)).collect();
    let head = packed[0].len() > 2 && plain.starts_with(b"WARC/");
    let found = documents("a", &packed.concat(), Form::Auto);
    if head {
        assert_eq!(found, expected, "packed and plain differ");
    }
    let part = usize::from(damage) % packed.len();
    let place = usize::from(damage) % packed[part].len();
    packed[part][place] ^= 0x55;
    documents("a.warc.gz", &packed.concat(), Form::Warc);
}

fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let now = rest?;
        let at = now.windows(BETWEEN.len()).position(|window| window == BETWEEN);
        rest = at.map(|at| &now[at + BETWEEN.len()..]);
        Some(&now[..at.unwrap_or(now.len())])
    })
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes what it is given")
}

/// A date is read or not; written out, it is read as the same.
pub fn date(bytes: &[u8]) {
    let text = text(bytes);
    if let Some(date) = parse_date(&text) {
        assert_eq!(parse_date(&date.to_string()), Some(date), "{text:?}");
        assert_eq!(parse_date(&format!(" {text} ")), Some(date), "{text:?} between blanks");
    }
}

/// Rules of any quality: the file itself may always be read, a pause ends, and case and escapes of a path change nothing.
pub fn robots(bytes: &[u8]) {
    let text = text(bytes);
    let robots = twice(|| Robots::parse(&text, "onrecord"));
    assert!(robots.allows("/robots.txt"));
    assert!(robots.delay().is_none_or(|delay| delay.as_secs() <= 60));
    let path = text.lines().last().unwrap_or_default();
    if path.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'/') {
        let escaped: String = path.bytes().map(|b| if b == b'a' { "%61".into() } else { char::from(b).to_string() }).collect();
        assert_eq!(robots.allows(path), robots.allows(&escaped), "{path:?} and {escaped:?}");
    }
    assert_eq!(Robots::parse(&format!("\u{feff}{text}"), "onrecord"), robots, "a byte order mark changes the rules");
}

/// The head of an answer as archives keep it, and when a server wants to be asked again.
pub fn headers(bytes: &[u8]) {
    let now = jiff::Timestamp::UNIX_EPOCH;
    if let Some(wait) = retry_after(&text(bytes), now) {
        assert!(wait <= LONGEST_WAIT);
    }
    let record = [
        format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n", bytes.len())
            .as_bytes(),
        bytes,
        b"\r\n\r\n",
    ]
    .concat();
    let found = twice(|| documents("a.warc", &record, Form::Warc));
    assert!(found.len() <= 1, "one record, several documents: {found:?}");
}

/// An address of four numbers is refused or not in whatever form it is written, and what is not public is refused.
pub fn address(bytes: &[u8]) {
    let mut all = [0; 16];
    all[..bytes.len()].copy_from_slice(bytes);
    let [a, b, c, d, ..] = all;
    let v4 = Ipv4Addr::new(a, b, c, d);
    let refused = |address: IpAddr| Allow::Public.refusal(address).is_some();
    if v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_multicast() || v4.is_unspecified() || v4.is_broadcast() {
        assert!(refused(v4.into()), "{v4}");
    }
    let [high, low] = [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])];
    for other in
        [v4.to_ipv6_mapped(), Ipv6Addr::new(0x64, 0xFF9B, 0, 0, 0, 0, high, low), Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1)]
    {
        assert_eq!(refused(other.into()), refused(v4.into()), "{v4} as {other}");
    }
    let v6 = Ipv6Addr::from(all);
    if v6.is_loopback() || v6.is_unspecified() || v6.is_multicast() || v6.is_unique_local() || v6.is_unicast_link_local() {
        assert!(refused(v6.into()), "{v6}");
    }
    // Who lets private addresses in still lets nobody ask a cloud for its secrets.
    assert!(Allow::Private.refusal("169.254.169.254".parse().expect("an address")).is_some());
}
