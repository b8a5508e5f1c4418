//! One request and its answer.

use super::resolver::{Guarded, Refused};
use super::retry::retry_after;
use super::{Allow, Limits, Lookup, Response, USER_AGENT, Validators, Why};
use crate::decode::{charset, media_type};
use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::http::{HeaderMap, StatusCode};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

const ACCEPT: &str = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, \
                      application/xml;q=0.9, text/plain;q=0.9, */*;q=0.5";

/// What a server answered.
pub(crate) enum Answer {
    Page(Response),
    Unchanged,
    Elsewhere { location: Option<String>, for_good: bool },
    Busy { status: u16, after: Option<Duration> },
    Refused(u16),
}

/// Sends requests over connections to checked addresses.
pub(crate) struct Transfer {
    agent: Agent,
}

impl Transfer {
    pub(crate) fn new(allow: Allow, lookup: Arc<dyn Lookup>) -> Self {
        let config = Agent::config_builder()
            // Redirects go through the same checks as addresses, one by one; and a proxy would connect to whatever it liked.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            // Unpacked here and not by the library, to see how much comes out.
            .accept_encoding("gzip")
            .build();
        Transfer { agent: Agent::with_parts(config, DefaultConnector::default(), Guarded { allow, lookup }) }
    }

    /// Sends one request, and takes the time it took from what is `left`.
    pub(crate) fn send(
        &self,
        url: &Url,
        validators: &Validators,
        limits: &Limits,
        left: &mut Duration,
        now: Timestamp,
    ) -> Result<Answer, Why> {
        let start = Instant::now();
        let answer = self.ask(url, validators, limits, *left, now);
        *left = left.saturating_sub(start.elapsed());
        answer
    }

    fn ask(&self, url: &Url, validators: &Validators, limits: &Limits, left: Duration, now: Timestamp) -> Result<Answer, Why> {
        if left.is_zero() {
            return Err(Why::Timeout(limits.time));
        }
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &validators.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(date) = &validators.last_modified {
            request = request.header("If-Modified-Since", date);
        }
        let why = |error| why(error, limits);
        let response = request.config().timeout_global(Some(left)).build().call().map_err(why)?;
        let (head, body) = response.into_parts();
        let field = |name: &str| field(&head.headers, name);
        match head.status {
            StatusCode::NOT_MODIFIED => Ok(Answer::Unchanged),
            StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT => {
                Ok(Answer::Elsewhere { location: field("location"), for_good: true })
            }
            StatusCode::FOUND | StatusCode::SEE_OTHER | StatusCode::TEMPORARY_REDIRECT => {
                Ok(Answer::Elsewhere { location: field("location"), for_good: false })
            }
            status if matches!(status.as_u16(), 429 | 500 | 502 | 503 | 504) => {
                let after = field("retry-after").and_then(|value| retry_after(&value, now));
                Ok(Answer::Busy { status: status.as_u16(), after })
            }
            status if !status.is_success() => Ok(Answer::Refused(status.as_u16())),
            _ => {
                if body.content_length().is_some_and(|length| length > limits.bytes) {
                    return Err(Why::TooLong(limits.bytes));
                }
                let packed = whole(body.into_with_config().reader(), limits.bytes, limits)?;
                let content_type = field("content-type").unwrap_or_default();
                Ok(Answer::Page(Response {
                    url: url.to_string(),
                    moved: None,
                    charset: charset(&content_type),
                    media_type: media_type(&content_type),
                    validators: Validators { etag: field("etag"), last_modified: field("last-modified") },
                    body: unpacked(field("content-encoding").as_deref(), packed, limits)?,
                }))
            }
        }
    }
}

fn field(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get(name)?.as_bytes()).trim().to_owned();
    (!value.is_empty()).then_some(value)
}

fn whole(bytes: impl Read, limit: u64, limits: &Limits) -> Result<Vec<u8>, Why> {
    let mut all = Vec::new();
    bytes.take(limit.saturating_add(1)).read_to_end(&mut all).map_err(|error| why(ureq::Error::from(error), limits))?;
    if all.len() as u64 > limit { Err(Why::TooLong(limit)) } else { Ok(all) }
}

fn unpacked(encoding: Option<&str>, body: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, Why> {
    match encoding.map(str::to_ascii_lowercase).as_deref() {
        None | Some("identity") => Ok(body),
        Some("gzip" | "x-gzip") => {
            let mut plain = Vec::new();
            let unpack = MultiGzDecoder::new(body.as_slice()).take(limits.unpacked.saturating_add(1)).read_to_end(&mut plain);
            unpack.map_err(|_| Why::Encoding("packed with gzip, and damaged".into()))?;
            if plain.len() as u64 > limits.unpacked { Err(Why::TooLong(limits.unpacked)) } else { Ok(plain) }
        }
        Some(other) => Err(Why::Encoding(format!("packed as {other}, which nobody asked for"))),
    }
}

fn why(error: ureq::Error, limits: &Limits) -> Why {
    use ureq::Error;
    match error {
        Error::HostNotFound => Why::NoHost,
        Error::Timeout(_) => Why::Timeout(limits.time),
        Error::Io(error) => match error.kind() {
            io::ErrorKind::TimedOut => Why::Timeout(limits.time),
            io::ErrorKind::InvalidData => Why::Tls(error.to_string()),
            _ => Why::Connection(error.to_string()),
        },
        Error::Other(other) => match other.downcast::<Refused>() {
            Ok(refused) => Why::Refused { address: refused.address, what: refused.what },
            Err(other) => Why::Connection(other.to_string()),
        },
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) | Error::TlsRequired => Why::Tls(error.to_string()),
        Error::ConnectionFailed => Why::Connection("no connection".into()),
        Error::BadUri(_) | Error::Http(_) => Why::Address(error.to_string()),
        _ => Why::Protocol(error.to_string()),
    }
}
