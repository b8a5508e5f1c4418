//! The answer of a web server as an archive keeps it: head and body as they went over the wire.

use crate::error::quoted;
use crate::unpack::{Packing, unpack};
use crate::{Fault, MAX_DOCUMENT, decode};
use encoding_rs::Encoding;
use std::io::{Cursor, Read};

/// What matters of the head, and the body as its author wrote it.
pub(crate) struct Response {
    pub(crate) status: u16,
    /// As in `text/html`; empty where the server said nothing.
    pub(crate) media_type: String,
    pub(crate) charset: Option<&'static Encoding>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A page that is kept without the head of an answer: the text made of one, or what came otherwise than over HTTP.
    pub(crate) fn kept(content_type: &str, body: Vec<u8>) -> Self {
        Response { status: 200, media_type: decode::media_type(content_type), charset: decode::charset(content_type), body }
    }

    /// Nothing when the bytes do not begin like an answer over HTTP.
    ///
    /// # Errors
    /// When the body is packed in a way that cannot be undone.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Result<Self, Fault>> {
        let (head, body) = split(bytes);
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let status = lines.next()?.strip_prefix("HTTP/")?.split_ascii_whitespace().nth(1)?.parse().ok()?;
        let fields: Vec<(String, &str)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()))
            .collect();
        let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value);
        let body = if field("transfer-encoding").eq_ignore_ascii_case("chunked") { unchunk(body) } else { body.to_vec() };
        let content_type = field("content-type");
        Some(plain(field("content-encoding"), body).map(|body| Response {
            status,
            media_type: decode::media_type(content_type),
            charset: decode::charset(content_type),
            body,
        }))
    }
}

/// Head and body, at the first empty line.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = |pattern: &[u8]| bytes.windows(pattern.len()).position(|window| window == pattern).map(|at| (at, at + pattern.len()));
    // Written by hand or by careless programs, lines end in a lone line feed.
    let end = [end(b"\r\n\r\n"), end(b"\n\n")].into_iter().flatten().min();
    end.map_or((bytes, &[]), |(head, body)| (&bytes[..head], &bytes[body..]))
}

/// The body without the lengths of its chunks. Archives keep the field after undoing it, or cut a body short: what is no chunk is
/// taken as it is.
fn unchunk(bytes: &[u8]) -> Vec<u8> {
    let (mut body, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some((length, data)) = chunk(rest) {
        if length == 0 {
            return body;
        }
        let Some(chunk) = data.get(..length) else {
            body.extend_from_slice(data);
            return body;
        };
        body.extend_from_slice(chunk);
        let after = &data[length..];
        rest = after.strip_prefix(b"\r\n").or(after.strip_prefix(b"\n")).unwrap_or(after);
    }
    body.extend_from_slice(rest);
    body
}

/// The length that a chunk begins with, and what follows.
fn chunk(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let line = bytes.iter().take(64).position(|&b| b == b'\n')?;
    let length = std::str::from_utf8(&bytes[..line]).ok()?.split(';').next()?.trim();
    Some((usize::from_str_radix(length, 16).ok()?, &bytes[line + 1..]))
}

/// The body as it was before the server packed it. Archives keep this field, too, after undoing it.
pub(crate) fn plain(encoding: &str, body: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let packing = match encoding.to_ascii_lowercase().as_str() {
        "" | "identity" => return Ok(body),
        "gzip" | "x-gzip" if Packing::of(&body) == Some(Packing::Gzip) => Packing::Gzip,
        "zstd" if Packing::of(&body) == Some(Packing::Zstd) => Packing::Zstd,
        "gzip" | "x-gzip" | "zstd" => return Ok(body),
        _ if body.trim_ascii_start().starts_with(b"<") => return Ok(body),
        other => return Err(Fault::ContentEncoding(quoted(other))),
    };
    let mut plain = Vec::new();
    unpack(packing, Box::new(Cursor::new(body)))?.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut plain)?;
    if plain.len() > MAX_DOCUMENT { Err(Fault::TooLong) } else { Ok(plain) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(bytes: &[u8]) -> Response {
        Response::parse(bytes).unwrap().unwrap()
    }

    #[test]
    fn heads_and_bodies() {
        let response = parse(b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=koi8-r\r\n\r\n<p>\xeb");
        assert_eq!((response.status, response.media_type.as_str()), (200, "text/html"));
        assert_eq!(response.charset.unwrap().name(), "KOI8-R");
        assert_eq!(response.body, b"<p>\xeb");
        assert!(Response::parse(b"GET / HTTP/1.1\r\n\r\n").is_none());
        assert!(Response::parse(b"").is_none());
    }

    #[test]
    fn chunks_good_wrong_and_absent() {
        let body = |chunks: &str| parse(format!("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n{chunks}").as_bytes()).body;
        assert_eq!(body("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), b"abcde");
        assert_eq!(body("<p>no chunks</p>"), b"<p>no chunks</p>");
        assert_eq!(body("3\r\nabc\r\nff\r\nshort"), b"abcshort");
        assert_eq!(body("3\r\nabc\r\nnonsense"), b"abcnonsense");
        assert_eq!(body("ffffffffffffffff\r\nabc"), b"abc");
    }

    #[test]
    fn unknown_packing_is_an_error() {
        let bytes = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x0b\x02\x80";
        assert!(matches!(Response::parse(bytes), Some(Err(Fault::ContentEncoding(name))) if name == "br"));
        assert_eq!(parse(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<p>undone").body, b"<p>undone");
    }
}
