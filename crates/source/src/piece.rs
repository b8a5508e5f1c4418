//! One document on its way from bytes to text.

use crate::form::{opens_as_html, opens_as_xml, reads_as_html};
use crate::headline::headline;
use crate::json_lines::Line;
use crate::{Article, Fault, MAX_DOCUMENT, SourceError, decode, extract};
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

/// One document, not yet decoded.
pub struct Piece {
    place: String,
    id: String,
    given: Given,
    body: Body,
}

pub(crate) enum Body {
    Text(Box<dyn Read + Send>),
    Html(Box<dyn Read + Send>),
    Line(Vec<u8>),
}

impl Piece {
    pub(crate) fn new(place: String, id: String, given: Given, body: Body) -> Self {
        Piece { place, id, given, body }
    }

    /// How messages name it.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Reads, decodes and, for a page, extracts.
    ///
    /// # Errors
    /// When the bytes cannot be read or are no document; the error names the place and says what to do.
    pub fn document(self) -> Result<Document, SourceError> {
        let Piece { place, id, given, body } = self;
        let document = match body {
            Body::Text(bytes) => whole(bytes).and_then(decode::text).and_then(|text| from_text(id, given, text)),
            Body::Html(bytes) => whole(bytes).and_then(decode::page).and_then(|page| from_page(id, given, &page)),
            Body::Line(bytes) => from_line(id, given, &bytes),
        };
        document.and_then(with_words).map_err(|fault| fault.at(place))
    }
}

fn whole(bytes: Box<dyn Read + Send>) -> Result<Vec<u8>, Fault> {
    let mut all = Vec::new();
    // An interrupted read is retried by `read_to_end`; anything else is the caller's to know.
    let read: io::Result<usize> = bytes.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut all);
    read?;
    if all.len() > MAX_DOCUMENT { Err(Fault::TooLong) } else { Ok(all) }
}

fn from_text(id: String, given: Given, text: String) -> Result<Document, Fault> {
    if opens_as_xml(text.as_bytes()) {
        return Err(Fault::Xml);
    }
    if reads_as_html(&text) {
        return Err(Fault::HtmlAsText);
    }
    let mut document = Document::new(id, text);
    document.title = headline(&document.text).map(str::to_owned);
    document.published = given.published;
    document.outlet = given.outlet;
    Ok(document)
}

fn from_page(id: String, given: Given, page: &str) -> Result<Document, Fault> {
    if !page.contains('<') {
        return Err(Fault::TextAsHtml);
    }
    if opens_as_xml(page.as_bytes()) && !opens_as_html(page.as_bytes()) {
        return Err(Fault::Xml);
    }
    let Article { title, published, outlet, url, language, text } = extract(page).ok_or(Fault::NoArticle)?;
    let mut document = Document::new(id, with_headline(title.as_deref(), text));
    document.title = title;
    document.published = given.published.or(published);
    document.outlet = given.outlet.or(outlet);
    document.url = url;
    document.language = language.unwrap_or(document.language);
    Ok(document)
}

/// A page's headline stands outside its article; in the text it is the first line, as in a report that came as text.
fn with_headline(title: Option<&str>, text: String) -> String {
    match title {
        Some(title) if !text.trim_start().starts_with(title) => format!("{title}\n\n{text}"),
        _ => text,
    }
}

fn from_line(id: String, given: Given, bytes: &[u8]) -> Result<Document, Fault> {
    let line = Line::parse(bytes)?;
    let id = line.id.unwrap_or(id);
    let mut document = match (line.text, line.html) {
        (Some(text), _) => from_text(id, Given::default(), text)?,
        (None, Some(page)) => from_page(id, Given::default(), &page)?,
        (None, None) => return Err(Fault::JsonNoText),
    };
    document.title = line.title.or(document.title);
    document.published = line.published.or(document.published).or(given.published);
    document.outlet = line.outlet.or(document.outlet).or(given.outlet);
    document.url = line.url.or(document.url);
    document.language = line.language.unwrap_or(document.language);
    Ok(document)
}

/// The last gate: a document has words.
fn with_words(document: Document) -> Result<Document, Fault> {
    if document.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(Fault::Empty);
    }
    Ok(document)
}
