//! One document on its way from bytes to text.

use crate::extract::words;
use crate::fetch::Fetcher;
use crate::form::{Form, opens_as_html, opens_as_xml, reads_as_html, refuse_known_binary};
use crate::headline::headline;
use crate::json_lines::Line;
use crate::{Article, Fault, Link, LinkTo, MAX_DOCUMENT, MAX_WORDS, SourceError, decode, extract};
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
    pub(crate) body: Body,
    /// What it came as, where the body is only a part of that.
    original: Option<Vec<u8>>,
}

/// The bytes that a document came as, on their way to whoever wants them.
struct Original {
    wanted: bool,
    bytes: Option<Vec<u8>>,
}

impl Original {
    /// Of bytes in bytes (a page in a line) the outer ones, which are noted first, are what came.
    fn note(&mut self, bytes: &[u8]) {
        if self.wanted && self.bytes.is_none() {
            self.bytes = Some(bytes.to_vec());
        }
    }
}

pub(crate) enum Body {
    Text(Box<dyn Read + Send>),
    Html {
        bytes: Box<dyn Read + Send>,
        /// The encoding that its server named.
        served: Option<&'static Encoding>,
    },
    Line(Vec<u8>),
    /// As [`Body::Text`], in the encoding that its server named.
    Encoded {
        bytes: Vec<u8>,
        encoding: &'static Encoding,
    },
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
        Piece { place, id, known, fallback: Known::default(), body, original: None }
    }

    /// One of several documents: what its container says of it (`known`) is surer than what was given for all of them.
    pub(crate) fn among(place: String, id: String, known: Known, given: &Given, body: Body) -> Self {
        Piece { place, id, known, fallback: given.clone().into(), body, original: None }
    }

    /// As it is, a part of these bytes, which are one document's.
    pub(crate) fn came_as(self, bytes: Vec<u8>) -> Self {
        Piece { original: Some(bytes), ..self }
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
        self.read(false).map(|(document, _)| document)
    }

    /// As [`Piece::document`], with the bytes it came as, where they are not its text: the page in its own encoding, the line of JSON,
    /// the news item. They are no more than a document may come as ([`MAX_DOCUMENT`]).
    ///
    /// # Errors
    /// As for [`Piece::document`].
    pub fn document_and_original(self) -> Result<(Document, Option<Vec<u8>>), SourceError> {
        self.read(true)
    }

    fn read(self, wanted: bool) -> Result<(Document, Option<Vec<u8>>), SourceError> {
        let Piece { place, id, known, fallback, body, original } = self;
        let mut original = Original { wanted, bytes: original.filter(|_| wanted) };
        let document = read(id, known, body, &mut original).and_then(|document| with_words(stand_in(document, fallback)));
        document.map(|document| (document, original.bytes)).map_err(|fault| fault.at(place))
    }
}

fn read(id: String, known: Known, body: Body, original: &mut Original) -> Result<Document, Fault> {
    match body {
        Body::Text(bytes) => {
            let bytes = whole(bytes, MAX_DOCUMENT)?;
            // Anything else is the text, byte for byte.
            if Encoding::for_bom(&bytes).is_some() {
                original.note(&bytes);
            }
            from_text(id, known, decode::text(bytes)?)
        }
        Body::Html { bytes, served } => {
            let bytes = whole(bytes, MAX_DOCUMENT)?;
            original.note(&bytes);
            from_page(id, known, &decode::page(bytes, served)?)
        }
        Body::Line(bytes) => {
            original.note(bytes.trim_ascii_end());
            from_line(id, known, &bytes, original)
        }
        Body::Encoded { bytes, encoding } => {
            original.note(&bytes);
            from_text(id, known, encoding.decode(&bytes).0.into_owned())
        }
        Body::Plain(text) => from_text(id, known, text),
        Body::Page(page) => from_page(id, known, &page),
        Body::Words(text) => Ok(from_words(id, known, text)),
        Body::Fragment(html) => {
            within(html.len())?;
            original.note(html.as_bytes());
            words(&html).map(|text| from_words(id, known, text)).ok_or(Fault::Empty)
        }
        Body::Link { link, fetcher: Some(fetcher) } if link.to == LinkTo::Report => follow(id, known, &link, &fetcher, original),
        Body::Link { link, .. } => Err(Fault::Link(link)),
    }
}

/// What came with others, in a feed or over the web, is held to the same length as a file.
fn within(length: usize) -> Result<(), Fault> {
    if length > MAX_DOCUMENT { Err(Fault::TooLong) } else { Ok(()) }
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

fn from_line(id: String, known: Known, bytes: &[u8], original: &mut Original) -> Result<Document, Fault> {
    let Line { id: own, known: said, body } = Line::parse(bytes)?;
    Ok(stand_in(read(own.unwrap_or(id), said, body, original)?, known))
}

/// The page behind a link. What the page says of itself is surer than what a feed says of it.
fn follow(id: String, known: Known, link: &Link, fetcher: &Fetcher, original: &mut Original) -> Result<Document, Fault> {
    let response = fetcher.get(&link.url)?;
    refuse_known_binary(&response.body)?;
    within(response.body.len())?;
    original.note(&response.body);
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

/// The last gate: a document has words, and not too many to be read.
fn with_words(document: Document) -> Result<Document, Fault> {
    if document.text.len() > MAX_WORDS {
        return Err(Fault::TooManyWords);
    }
    if document.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(Fault::Empty);
    }
    Ok(document)
}
