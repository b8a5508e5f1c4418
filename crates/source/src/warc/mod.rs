//! Web archives (WARC 0.17 to 1.1), as Common Crawl and others publish them.

mod again;
mod members;
pub(crate) mod response;

pub(crate) use members::Members;

use crate::decode::media_type;
use crate::form::{Form, opens_as_html};
use crate::line::line;
use crate::piece::{Body, Given, Known, Piece};
use crate::{Fault, MAX_DOCUMENT, SourceError};
use again::Again;
use encoding_rs::UTF_8;
use response::Response;
use std::io::{self, BufRead, Cursor, Read};

/// Bytes that a line of a record's head may have.
const LONGEST_LINE: usize = 1 << 16;

/// Lines that a record's head may have.
const MOST_LINES: usize = 256;

/// The pages of an archive: what was found (status 200) and is HTML or text, as it was answered, as a resource, or as the text that somebody
/// made of it. Records of requests, redirects, pictures and the like are no documents and are passed over. A bad record is one error;
/// what follows it is read.
pub(crate) struct Warc {
    place: String,
    id: String,
    given: Given,
    bytes: Again,
    /// Records begun so far.
    number: usize,
    /// Inside something that is no record: everything up to the next one belongs to one error.
    lost: bool,
    ended: bool,
}

/// The fields of a record's head that matter.
#[derive(Default)]
struct Head {
    kind: String,
    url: Option<String>,
    id: Option<String>,
    media_type: String,
    length: u64,
}

impl Head {
    /// A page without the head of an answer. What programs keep of themselves, such as their settings, has no address of the web.
    fn is_page(&self) -> bool {
        let of_the_web = self.url.as_deref().is_some_and(|url| url.starts_with("http://") || url.starts_with("https://"));
        let has_words = || matches!(Form::by_media_type(&media_type(&self.media_type)), Some(Form::Html | Form::Text));
        of_the_web && matches!(self.kind.as_str(), "resource" | "conversion") && has_words()
    }
}

impl Warc {
    /// `bytes` are unpacked. `id` is what ids of records that have none begin with.
    pub(crate) fn new(place: String, id: String, given: Given, bytes: Box<dyn Read + Send>) -> Self {
        Warc { place, id, given, bytes: Again::new(bytes), number: 0, lost: false, ended: false }
    }

    /// The next record's page; `Ok(None)` at the end.
    fn page(&mut self) -> Result<Option<Piece>, Fault> {
        while let Some(head) = self.head()? {
            // A page too long to be a report is an error; a film of that length is none, so its head is looked at first.
            let is_response = head.kind == "response" && head.media_type.starts_with("application/http");
            let is_page = head.is_page();
            let block = self.block(head.length, if is_response || is_page { MAX_DOCUMENT as u64 } else { 0 })?;
            let too_long = head.length > block.len() as u64;
            let response = if is_page { Some(Ok(Response::kept(&head.media_type, block))) } else { Response::parse(&block) };
            let response = match response {
                Some(Ok(response)) if response.status == 200 => response,
                Some(Err(fault)) => return Err(fault),
                _ => continue,
            };
            if let Some(body) = body(response) {
                return if too_long { Err(Fault::TooLong) } else { Ok(Some(self.piece(head, body))) };
            }
        }
        Ok(None)
    }

    /// The first `wanted` bytes of a record's block, which is read to its end. Where its length is wrong, and another record begins in
    /// what was taken for it, that one is read next.
    fn block(&mut self, length: u64, wanted: u64) -> Result<Vec<u8>, Fault> {
        let mut block = Vec::new();
        (&mut self.bytes).take(length.min(wanted)).read_to_end(&mut block)?;
        let wrong = if length > block.len() as u64 {
            (wanted > 0).then(|| next_record(&block)).flatten().is_some()
        } else {
            // After a block there is an empty line; some programs leave it out.
            wanted > 0 && !matches!(self.bytes.fill_buf()?, [] | [b'\r' | b'\n' | b'W', ..])
        };
        if wrong {
            if let Some(at) = next_record(&block) {
                self.bytes.put_back(&block[at..]);
            }
            return Err(Fault::BadRecord("its Content-Length is wrong"));
        }
        let rest = length - block.len() as u64;
        let skipped = io::copy(&mut (&mut self.bytes).take(rest), &mut io::sink())?;
        if skipped < rest { Err(Fault::BadRecord("the archive ends in the middle of it")) } else { Ok(block) }
    }

    fn piece(&self, head: Head, body: Body) -> Piece {
        let place = match &head.url {
            Some(url) => format!("{}, {url}", self.place),
            None => format!("{}, record {}", self.place, self.number),
        };
        let id = head.id.unwrap_or_else(|| format!("{}:{}", self.id, self.number));
        Piece::among(place, id, Known { url: head.url, ..Known::default() }, &self.given, body)
    }

    /// The head of the next record.
    fn head(&mut self) -> Result<Option<Head>, Fault> {
        let Some(first) = self.version()? else { return Ok(None) };
        if !first.starts_with(b"WARC/") {
            return Err(Fault::BadRecord("it does not begin with WARC/ and a version"));
        }
        self.number += 1;
        let (mut head, mut length) = (Head::default(), None);
        for _ in 0..MOST_LINES {
            let line = line(&mut self.bytes, LONGEST_LINE)?.ok_or(Fault::BadRecord("the archive ends in its head"))?;
            let line = String::from_utf8_lossy(&line);
            if line.trim().is_empty() {
                head.length = length.ok_or(Fault::BadRecord("its Content-Length is missing or no number"))?;
                return Ok(Some(head));
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            // wget puts brackets around addresses, too.
            let bare = || value.trim_start_matches('<').trim_end_matches('>').to_owned();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => head.url = Some(bare().replace(' ', "%20")).filter(|url| !url.contains(char::is_control)),
                "warc-record-id" => head.id = Some(bare()).filter(|id| !id.trim().is_empty()),
                "content-type" => head.media_type = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        Err(Fault::BadRecord("its head does not end"))
    }

    /// The first line that is not blank; after an error, the first that begins a record.
    fn version(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        loop {
            let first = match line(&mut self.bytes, LONGEST_LINE) {
                // Whatever it is, it is no record, and has been reported.
                Err(Fault::TooLong | Fault::Damaged { .. } | Fault::Bomb { .. }) if self.lost => continue,
                other => other?,
            };
            match first {
                Some(line) if self.lost && !line.starts_with(b"WARC/") => {}
                Some(line) if line.trim_ascii().is_empty() => {}
                found => {
                    self.lost = false;
                    return Ok(found);
                }
            }
        }
    }
}

/// Where in a block the head of another record begins, be it cut off.
fn next_record(block: &[u8]) -> Option<usize> {
    let head = b"\r\n\r\nWARC/1.";
    let begins = |&at: &usize| block[at..].starts_with(head) || at + 4 < block.len() && head.starts_with(&block[at..]);
    (0..block.len()).find(begins).map(|at| at + 4)
}

/// The document in a response, when it has one.
fn body(response: Response) -> Option<Body> {
    let Response { media_type, charset, body, .. } = response;
    let form = Form::by_media_type(&media_type);
    if form == Some(Form::Html) || media_type.is_empty() && opens_as_html(&body) {
        return Some(Body::Html { bytes: Box::new(Cursor::new(body)), served: charset });
    }
    (form == Some(Form::Text)).then(|| match charset {
        Some(encoding) if encoding != UTF_8 => Body::Encoded { bytes: body, encoding },
        _ => Body::Text(Box::new(Cursor::new(body))),
    })
}

impl Iterator for Warc {
    type Item = Result<Piece, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.page() {
            Ok(piece) => piece.map(Ok),
            Err(fault) => {
                // Where a record was read to its end after all, the next one follows at once and nothing is lost.
                self.lost = true;
                // A disk that fails once will fail again.
                self.ended = matches!(fault, Fault::Unreadable(_));
                Some(Err(fault.at(format!("{}, record {}", self.place, self.number))))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn record(n: usize, kind: &str, response: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Target-URI: <https://d.example/a {n}>\r\n\
             Content-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n",
            response.len()
        )
    }

    fn page(n: usize) -> String {
        let html = format!("<html><body><article><p>Report {n} of the two sides that met in Oslo.</p></article></body></html>");
        record(n, "response", &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}"))
    }

    fn read(bytes: Box<dyn Read + Send>) -> Vec<Result<String, String>> {
        Warc::new("a.warc".into(), "a".into(), Given::default(), bytes)
            .map(|piece| piece.and_then(Piece::document))
            .map(|document| document.map(|d| format!("{} {}", d.id, d.url.unwrap())).map_err(|e| e.to_string()))
            .collect()
    }

    fn found(n: usize) -> Result<String, String> {
        Ok(format!("urn:uuid:{n} https://d.example/a%20{n}"))
    }

    #[test]
    fn pages_that_were_found_and_nothing_else() {
        let archive = [
            record(1, "request", "GET / HTTP/1.1\r\n\r\n"),
            record(2, "response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>gone</p>"),
            record(3, "response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u{1}"),
            page(4),
            record(5, "response", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nWords."),
        ];
        assert_eq!(read(Box::new(Cursor::new(archive.concat()))), [found(4), found(5)]);
    }

    #[test]
    fn pages_kept_without_an_answer() {
        let kept = |n: usize, kind: &str, content_type: &str, words: &str| {
            record(n, kind, words).replace(&format!("application/http; msgtype={kind}"), content_type)
        };
        let page = "<html><body><article><p>The two sides met in Oslo on Sunday.</p></article></body></html>";
        let archive = [
            kept(1, "resource", "text/html; charset=utf-8", page),
            kept(2, "resource", "image/png", "\u{1}"),
            kept(3, "metadata", "text/plain", "fetched in 3 ms"),
            kept(4, "conversion", "text/plain", "The two sides met in Oslo on Sunday."),
        ];
        assert_eq!(read(Box::new(Cursor::new(archive.concat()))), [found(1), found(4)]);
    }

    #[test]
    fn a_page_without_an_id_is_called_by_its_number() {
        let blank = page(1).replace("<urn:uuid:1>", "< >");
        assert_eq!(read(Box::new(Cursor::new(blank))), [Ok("a:1 https://d.example/a%201".to_owned())]);
    }

    #[test]
    fn bad_records_cost_themselves() {
        let bad_length = page(2).replace("Content-Length: ", "Content-Length: x");
        let lies = page(4).replace("Content-Length: ", "Content-Length: 1");
        let mut archive = [page(1), bad_length, page(3), lies, page(5)].concat();
        archive.truncate(archive.len() - 40);
        let read = read(Box::new(Cursor::new(archive)));
        assert_eq!(read[0], found(1));
        assert!(read[1].as_ref().unwrap_err().contains("record 2"), "{read:?}");
        assert_eq!(read[2], found(3));
        // The fourth claims to be longer than the rest of the file, which begins the fifth and is cut off.
        assert!(read[3].as_ref().unwrap_err().contains("Content-Length is wrong"), "{read:?}");
        assert!(read[4].as_ref().unwrap_err().contains("ends in the middle"), "{read:?}");
        assert_eq!(read.len(), 5);
    }

    fn gz(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// A page with more words, so that its packed part is long enough to be cut.
    fn long_page(n: usize) -> String {
        let words: String = (0..400).map(|word| format!("<p>{} {}</p>", word * 7919 % 1009, word * n)).collect();
        record(n, "response", &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>{words}</html>"))
    }

    #[test]
    fn wrong_lengths_cost_no_neighbour() {
        let lie = |n: usize, by: i64| {
            let page = page(n);
            let length: i64 = page.split("Content-Length: ").nth(1).unwrap().split('\r').next().unwrap().parse().unwrap();
            page.replace(&format!("Content-Length: {length}"), &format!("Content-Length: {}", length + by))
        };
        for by in [-20, 7, 50, 300, 100_000, 1 << 60] {
            let read = read(Box::new(Cursor::new([page(1), lie(2, by), page(3), page(4)].concat())));
            assert_eq!((&read[0], &read[2], &read[3]), (&found(1), &found(3), &found(4)), "{by}: {read:?}");
            let wrong = read[1].as_ref().unwrap_err();
            assert!(wrong.contains("record 2: bad record: its Content-Length is wrong"), "{by}: {wrong}");
            assert_eq!(read.len(), 4, "{by}");
        }
        // Many of them end, too.
        let many = (0..3_000).map(|n| lie(n, 1 << 60)).collect::<String>();
        assert!(read(Box::new(Cursor::new(many))).iter().all(Result::is_err));
    }

    #[test]
    fn a_part_cut_short_costs_no_neighbour() {
        let cut = gz(&long_page(2));
        for left in [12, 40, cut.len() / 2, cut.len() - 200, cut.len() - 1] {
            let archive = [gz(&page(1)), cut[..left].to_vec(), gz(&page(3)), vec![0; 600], gz(&page(4))].concat();
            let read = read(Box::new(Members::new(Box::new(Cursor::new(archive)))));
            let (good, bad): (Vec<_>, Vec<_>) = read.into_iter().partition(Result::is_ok);
            // Where only the check at its end is gone, all of its words were there.
            let whole = if left == cut.len() - 1 {
                vec![found(1), found(2), found(3), found(4)]
            } else {
                vec![found(1), found(3), found(4)]
            };
            assert_eq!((good, bad.len()), (whole, 1), "{left}: {bad:?}");
        }
    }

    #[test]
    fn a_bomb_costs_itself() {
        let zeros = "\0".repeat(100 << 20);
        let bomb = gz(&record(2, "response", &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{zeros}")));
        let read = read(Box::new(Members::new(Box::new(Cursor::new([gz(&page(1)), bomb, gz(&page(3))].concat())))));
        assert_eq!((&read[0], &read[2], read.len()), (&found(1), &found(3), 3), "{read:?}");
        assert!(read[1].as_ref().unwrap_err().contains("record 2: its gzip data swell"), "{read:?}");
    }

    #[test]
    fn damage_in_a_packed_archive_costs_one_record() {
        let mut bad = gz(&page(2));
        let middle = bad.len() / 2;
        bad[middle..middle + 20].fill(0xFF);
        let archive = [gz(&page(1)), bad, gz(&page(3)), b"trailing words".to_vec()].concat();
        let read = read(Box::new(Members::new(Box::new(Cursor::new(archive)))));
        assert_eq!(read[0], found(1));
        assert!(read[1].is_err(), "{read:?}");
        assert_eq!(read[2], found(3));
        assert!(read[3].as_ref().unwrap_err().contains("gzip"), "{read:?}");
        assert_eq!(read.len(), 4);
    }
}
