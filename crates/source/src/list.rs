//! The pieces of inputs that hold more than one document.

use crate::feed::{Entry, EntryBody, Feed};
use crate::fetch::Fetcher;
use crate::json_lines::JsonLines;
use crate::piece::{Body, Given, Known, Piece, whole};
use crate::{Fault, Link, LinkTo, MAX_LIST, SourceError};
use encoding_rs::Encoding;
use std::io::{BufRead, Read};

type Pieces = Box<dyn Iterator<Item = Result<Piece, SourceError>> + Send>;

/// Where bytes came from.
pub(crate) struct Origin {
    pub(crate) place: String,
    /// The id of a document on its own, and what ids of those among others begin with that have none themselves.
    pub(crate) id: String,
    /// Address, where it came from the web.
    pub(crate) url: Option<String>,
    /// Encoding that the server named.
    pub(crate) served: Option<&'static Encoding>,
    /// What it was fetched with.
    pub(crate) fetcher: Option<Fetcher>,
}

impl Origin {
    pub(crate) fn new(place: String, id: String) -> Self {
        Origin { place, id, url: None, served: None, fetcher: None }
    }

    /// The only document of this origin.
    pub(crate) fn alone(&self, given: &Given, body: Body) -> Piece {
        let known = Known { url: self.url.clone(), ..given.clone().into() };
        Piece::alone(self.place.clone(), self.id.clone(), known, body)
    }

    fn link(&self, number: usize, link: Link, given: &Given) -> Piece {
        let known = Known {
            title: link.title.clone(),
            published: link.published,
            outlet: given.outlet.clone().or(link.outlet.clone()),
            url: Some(link.url.clone()),
            language: None,
        };
        let id = link.url.clone();
        Piece::among(format!("{}, link {number}", self.place), id, known, given, Body::Link { link, fetcher: self.fetcher.clone() })
    }

    fn links(self, links: Vec<Link>, given: &Given) -> Pieces {
        let given = given.clone();
        Box::new(links.into_iter().zip(1..).map(move |(link, number)| Ok(self.link(number, link, &given))))
    }
}

pub(crate) fn lines(origin: Origin, given: &Given, bytes: Box<dyn BufRead + Send>) -> Pieces {
    Box::new(JsonLines::new(origin.place, origin.id, given.clone(), bytes))
}

pub(crate) fn feed(origin: Origin, given: &Given, bytes: Box<dyn Read + Send>) -> Result<Pieces, Fault> {
    let feed = crate::feed(whole(bytes, MAX_LIST)?, origin.url.as_deref(), origin.served)?;
    if feed.entries.is_empty() {
        return Err(Fault::Empty);
    }
    Ok(entries(origin, given, feed))
}

/// The entries of a feed: those with a report in them, and links to the others.
pub(crate) fn entries(origin: Origin, given: &Given, feed: Feed) -> Pieces {
    // The name of a feed is most often that of its outlet.
    let (outlet, given, language) = (given.outlet.clone().or(feed.title), given.clone(), feed.language);
    Box::new(feed.entries.into_iter().zip(1..).map(move |(entry, number)| {
        let place = format!("{}, entry {number}", origin.place);
        let Entry { id, url, title, published, body } = entry;
        let body = match body {
            Some(EntryBody::Text(text)) => Body::Words(text),
            Some(EntryBody::Html(html)) => Body::Fragment(html),
            None => {
                let Some(link) = url.as_deref().and_then(|url| Link::to(LinkTo::Report, url)) else {
                    return Err(Fault::Empty.at(place));
                };
                return Ok(origin.link(number, Link { title, published, outlet: outlet.clone(), ..link }, &given));
            }
        };
        let known = Known { title, published, outlet: outlet.clone(), url, language: language.clone() };
        Ok(Piece::among(place, id, known, &given, body))
    }))
}

pub(crate) fn outline(origin: Origin, given: &Given, bytes: Box<dyn Read + Send>) -> Result<Pieces, Fault> {
    let links = crate::outline(whole(bytes, MAX_LIST)?)?;
    Ok(origin.links(links, given))
}

pub(crate) fn sitemap(origin: Origin, given: &Given, bytes: Box<dyn Read + Send>) -> Result<Pieces, Fault> {
    let links = crate::sitemap(whole(bytes, MAX_LIST)?)?;
    Ok(origin.links(links, given))
}

pub(crate) fn ninjs(origin: Origin, given: &Given, bytes: Box<dyn Read + Send>) -> Result<Pieces, Fault> {
    let items = crate::ninjs::items(&whole(bytes, MAX_LIST)?)?;
    let given = given.clone();
    Ok(Box::new(items.zip(1..).map(move |(item, number)| {
        let place = format!("{}, item {number}", origin.place);
        match item {
            Ok(item) => Ok(Piece::among(place, item.uri, item.known, &given, item.body).came_as(item.json)),
            Err(fault) => Err(fault.at(place)),
        }
    })))
}
