//! One document on its way from bytes to text.

use crate::extract::words;
use crate::fetch::Fetcher;
use crate::form::{Form, opens_as_html, opens_as_xml, reads_as_html, refuse_known_binary};
use crate::headline::headline;
use crate::json_lines::Line;
use crate::{Article, Fault, Link, LinkTo, MAX_DOCUMENT, SourceError, decode, extract};
use encoding_rs::Encoding;
use jiff::civil::Date;
use onrecord_text::Document;
use std::io::{self, Read};

/// What the caller knows about a document.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Identifier.
    pub id: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
}

/// What is known about a document besides its words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
}

impl From<Given> for Known {
    fn from(given: Given) -> Self {
        Known { published: given.published, outlet: given.outlet, ..Known::default() }
    }
}

/// One document, not yet decoded, or a link to one.
pub struct Piece {
    place: String,
    id: String,
    /// Goes before what the document says of itself.
    known: Known,
    /// Stands in for what neither says.
    fallback: Known,
    body: Body,
}

pub(crate) enum Body {
    Text(Box<dyn Read + Send>),
    Html {
        bytes: Box<dyn Read + Send>,
        /// The encoding that its server named.
        served: Option<&'static Encoding>,
    },
    Line(Vec<u8>),
    /// As [`Body::Text`], decoded.
    Plain(String),
    /// As [`Body::Html`], decoded.
    Page(String),
    /// Plain words that are known to be the report and nothing else.
    Words(String),
    /// The same in HTML.
    Fragment(String),
    Link {
        link: Link,
        /// To follow it, where the link itself came from the web.
        fetcher: Option<Fetcher>,
    },
}

impl Piece {
    /// A document on its own: what was `given` about it is surer than what it says.
    pub(crate) fn alone(place: String, id: String, known: Known, body: Body) -> Self {
        Piece { place, id, known, fallback: Known::default(), body }
    }

    /// One of several documents: what its container says of it (`known`) is surer than what was given for all of them.
    pub(crate) fn among(place: String, id: String, known: Known, given: &Given, body: Body) -> Self {
        Piece { place, id, known, fallback: given.clone().into(), body }
    }

    /// How messages name it.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The link, when this is one and no document.
    pub fn link(&self) -> Option<&Link> {
        match &self.body {
            Body::Link { link, .. } => Some(link),
            _ => None,
        }
    }

    /// Reads, decodes and, for a page, extracts. A link that came from the web is followed; one that stood in a file is not,
    /// because reading a file opens no connection.
    ///
    /// # Errors
    /// When the bytes cannot be read or are no document; the error names the place and says what to do.
    pub fn document(self) -> Result<Document, SourceError> {
        let Piece { place, id, known, fallback, body } = self;
        read(id, known, body).and_then(|document| with_words(stand_in(document, fallback))).map_err(|fault| fault.at(place))
    }
}

fn read(id: String, known: Known, body: Body) -> Result<Document, Fault> {
    match body {
        Body::Text(bytes) => from_text(id, known, decode::text(whole(bytes, MAX_DOCUMENT)?)?),
        Body::Html { bytes, served } => from_page(id, known, &decode::page(whole(bytes, MAX_DOCUMENT)?, served)?),
        Body::Line(bytes) => from_line(id, known, &bytes),
        Body::Plain(text) => from_text(id, known, text),
        Body::Page(page) => from_page(id, known, &page),
        Body::Words(text) => Ok(from_words(id, known, text)),
        Body::Fragment(html) => words(&html).map(|text| from_words(id, known, text)).ok_or(Fault::Empty),
        Body::Link { link, fetcher: Some(fetcher) } if link.to == LinkTo::Report => follow(id, known, &link, &fetcher),
        Body::Link { link, .. } => Err(Fault::Link(link)),
    }
}

/// All bytes, as long as they are not more than `limit`.
pub(crate) fn whole(bytes: Box<dyn Read + Send>, limit: usize) -> Result<Vec<u8>, Fault> {
    let mut all = Vec::new();
    // An interrupted read is retried by `read_to_end`; anything else is the caller's to know.
    let read: io::Result<usize> = bytes.take((limit as u64).saturating_add(1)).read_to_end(&mut all);
    read?;
    if all.len() > limit { Err(Fault::TooLong) } else { Ok(all) }
}

fn from_text(id: String, known: Known, text: String) -> Result<Document, Fault> {
    if opens_as_xml(text.as_bytes()) {
        return Err(Fault::Xml);
    }
    if reads_as_html(&text) {
        return Err(Fault::HtmlAsText);
    }
    let mut document = Document::new(id, text);
    document.title = headline(&document.text).map(str::to_owned);
    Ok(say(document, known))
}

fn from_page(id: String, known: Known, page: &str) -> Result<Document, Fault> {
    if !page.contains('<') {
        return Err(Fault::TextAsHtml);
    }
    if opens_as_xml(page.as_bytes()) && !opens_as_html(page.as_bytes()) {
        return Err(Fault::Xml);
    }
    let Article { title, published, outlet, url, language, text } = extract(page).ok_or(Fault::NoArticle)?;
    let mut document = Document::new(id, with_headline(title.as_deref(), text));
    document.title = title;
    document.published = published;
    document.outlet = outlet;
    document.url = url;
    document.language = language.unwrap_or(document.language);
    Ok(say(document, known))
}

fn from_words(id: String, known: Known, text: String) -> Document {
    say(Document::new(id, with_headline(known.title.as_deref(), text)), known)
}

fn from_line(id: String, known: Known, bytes: &[u8]) -> Result<Document, Fault> {
    let Line { id: own, known: said, body } = Line::parse(bytes)?;
    Ok(stand_in(read(own.unwrap_or(id), said, body)?, known))
}

/// The page behind a link. What the page says of itself is surer than what a feed says of it.
fn follow(id: String, known: Known, link: &Link, fetcher: &Fetcher) -> Result<Document, Fault> {
    let response = fetcher.get(&link.url)?;
    refuse_known_binary(&response.body)?;
    let url = Known { url: Some(response.url.clone()), ..Known::default() };
    let document = match Form::by_content(&response.body).or_else(|| Form::by_media_type(&response.media_type)) {
        Some(Form::Html) => from_page(id, url, &decode::page(response.body, response.charset)?)?,
        None | Some(Form::Text) => from_text(id, url, decode::text(response.body)?)?,
        Some(_) => return Err(Fault::NoArticle),
    };
    Ok(stand_in(document, known))
}

/// A page's headline stands outside its article; in the text it is the first line, as in a report that came as text.
fn with_headline(title: Option<&str>, text: String) -> String {
    match title {
        Some(title) if !text.trim_start().starts_with(title) => format!("{title}\n\n{text}"),
        _ => text,
    }
}

/// What is known goes before what the document says.
fn say(mut document: Document, known: Known) -> Document {
    document.title = known.title.or(document.title);
    document.published = known.published.or(document.published);
    document.outlet = known.outlet.or(document.outlet);
    document.url = known.url.or(document.url);
    document.language = known.language.unwrap_or(document.language);
    document
}

/// What is known goes where the document says nothing.
fn stand_in(mut document: Document, known: Known) -> Document {
    document.title = document.title.or(known.title);
    document.published = document.published.or(known.published);
    document.outlet = document.outlet.or(known.outlet);
    document.url = document.url.or(known.url);
    document
}

/// The last gate: a document has words.
fn with_words(document: Document) -> Result<Document, Fault> {
    if document.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(Fault::Empty);
    }
    Ok(document)
}
