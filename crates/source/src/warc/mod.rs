//! Web archives (WARC 0.17 to 1.1), as Common Crawl and others publish them.

mod members;
pub(crate) mod response;

pub(crate) use members::Members;

use crate::form::opens_as_html;
use crate::line::line;
use crate::piece::{Body, Given, Known, Piece};
use crate::{Fault, MAX_DOCUMENT, SourceError};
use encoding_rs::UTF_8;
use response::Response;
use std::io::{self, BufReader, Cursor, Read};

/// Bytes that a line of a record's head may have.
const LONGEST_LINE: usize = 1 << 16;

/// Lines that a record's head may have.
const MOST_LINES: usize = 256;

/// The pages of an archive: what was found (status 200) and is HTML or text. Records of requests, redirects, pictures and the like
/// are no documents and are passed over. A bad record is one error; what follows it is read.
pub(crate) struct Warc {
    place: String,
    id: String,
    given: Given,
    bytes: BufReader<Box<dyn Read + Send>>,
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

impl Warc {
    /// `bytes` are unpacked. `id` is what ids of records that have none begin with.
    pub(crate) fn new(place: String, id: String, given: Given, bytes: Box<dyn Read + Send>) -> Self {
        Warc { place, id, given, bytes: BufReader::new(bytes), number: 0, lost: false, ended: false }
    }

    /// The next record's page; `Ok(None)` at the end.
    fn page(&mut self) -> Result<Option<Piece>, Fault> {
        while let Some(head) = self.head()? {
            let length = head.length;
            // A page too long to be a report is an error; a film of that length is none, so its head is looked at first.
            let mut block = Vec::new();
            let wanted =
                if head.kind == "response" && head.media_type.starts_with("application/http") { MAX_DOCUMENT as u64 } else { 0 };
            (&mut self.bytes).take(length.min(wanted)).read_to_end(&mut block)?;
            let rest = io::copy(&mut (&mut self.bytes).take(length - block.len() as u64), &mut io::sink())?;
            if block.len() as u64 + rest < length {
                return Err(Fault::BadRecord("the archive ends in the middle of it"));
            }
            let response = match Response::parse(&block) {
                Some(Ok(response)) if response.status == 200 => response,
                Some(Err(fault)) => return Err(fault),
                _ => continue,
            };
            if let Some(body) = body(response) {
                return if rest > 0 { Err(Fault::TooLong) } else { Ok(Some(self.piece(head, body))) };
            }
        }
        Ok(None)
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
                "warc-record-id" => head.id = Some(bare()),
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
                Err(Fault::TooLong | Fault::Damaged { .. }) if self.lost => continue,
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

/// The document in a response, when it has one.
fn body(response: Response) -> Option<Body> {
    let Response { media_type, charset, body, .. } = response;
    let is_html = matches!(media_type.as_str(), "text/html" | "application/xhtml+xml");
    if is_html || media_type.is_empty() && opens_as_html(&body) {
        return Some(Body::Html { bytes: Box::new(Cursor::new(body)), served: charset });
    }
    (media_type == "text/plain").then(|| match charset {
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
                self.ended = matches!(fault, Fault::Unreadable(_) | Fault::Bomb { .. });
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
    fn bad_records_cost_themselves() {
        let bad_length = page(2).replace("Content-Length: ", "Content-Length: x");
        let lies = page(4).replace("Content-Length: ", "Content-Length: 1");
        let mut archive = [page(1), bad_length, page(3), lies, page(5)].concat();
        archive.truncate(archive.len() - 40);
        let read = read(Box::new(Cursor::new(archive)));
        assert_eq!(read[0], found(1));
        assert!(read[1].as_ref().unwrap_err().contains("record 2"), "{read:?}");
        assert_eq!(read[2], found(3));
        // The fourth claims to be longer than the rest of the file.
        assert!(read[3].as_ref().unwrap_err().contains("ends in the middle"), "{read:?}");
        assert_eq!(read.len(), 4);
    }

    #[test]
    fn damage_in_a_packed_archive_costs_one_record() {
        let gz = |text: &str| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
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
