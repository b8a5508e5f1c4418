use super::{FeedState, Step};
use crate::fetch::{Fetched, Fetcher, Response, Validators, Why};
use crate::form::Form;
use crate::list::{Origin, entries};
use crate::{Entry, Fault, Feed, Given, Input, Link, LinkTo, MAX_LIST, Piece, SourceError, decode};
use std::time::Duration;

/// What came of looking at a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It could be read.
    Read {
        /// What is in it now.
        feed: Feed,
        /// For the next time.
        validators: Validators,
        /// Where it has moved for good.
        moved: Option<String>,
    },
    /// It is no feed but a list of feeds (OPML).
    Listed {
        /// The feeds.
        feeds: Vec<Link>,
        /// For the next time.
        validators: Validators,
        /// Where it has moved for good.
        moved: Option<String>,
    },
    /// It is as it was.
    Unchanged,
    /// It could not be read.
    Failed {
        /// What happened and what to do.
        message: String,
        /// For how long its server wants to be left alone.
        after: Option<Duration>,
        /// Whether its server says that it will never come back.
        gone: bool,
    },
}

/// Looks at a feed, at a sitemap, of which each report is an entry, or at a list of feeds. Never fails: what went wrong is an [`Outcome`], too.
pub fn poll(fetcher: &Fetcher, state: &FeedState) -> Outcome {
    match fetcher.get_if_changed(&state.url, &state.validators) {
        Ok(Fetched::Unchanged) => Outcome::Unchanged,
        Ok(Fetched::Changed(response)) => read(response).unwrap_or_else(|fault| failed(fault.to_string(), None, false)),
        Err(error) => {
            let after = match error.why {
                Why::Busy { after, .. } => after,
                Why::Paused { after } => Some(after),
                _ => None,
            };
            failed(error.to_string(), after, error.why == Why::Status(410))
        }
    }
}

fn failed(message: String, after: Option<Duration>, gone: bool) -> Outcome {
    Outcome::Failed { message, after, gone }
}

fn read(response: Response) -> Result<Outcome, Fault> {
    let Response { url, moved, charset, validators, body, .. } = response;
    let feed = match Form::by_content(&body) {
        Some(Form::Outline) => return Ok(Outcome::Listed { feeds: crate::outline(body)?, validators, moved }),
        Some(Form::Sitemap) => reports(crate::sitemap(body)?)?,
        Some(Form::Html) => return Err(Fault::NoFeed(crate::extract::feed_of(&decode::page(body, charset)?, &url))),
        _ => crate::feed(body, Some(&url), charset)?,
    };
    Ok(Outcome::Read { feed, validators, moved })
}

fn reports(links: Vec<Link>) -> Result<Feed, Fault> {
    let (reports, others): (Vec<Link>, Vec<Link>) = links.into_iter().partition(|link| link.to == LinkTo::Report);
    match others.into_iter().next() {
        Some(other) if reports.is_empty() => Err(Fault::SitemapIndex(other.url)),
        _ => Ok(Feed { entries: reports.into_iter().map(entry).collect(), ..Feed::default() }),
    }
}

fn entry(link: Link) -> Entry {
    Entry { id: link.url.clone(), url: Some(link.url), title: link.title, published: link.published, body: None }
}

/// The new entries of a step as documents: from the feed itself where it has all of a report, else from the page it links to, which
/// is fetched when the document is asked for.
pub fn pieces(step: &Step, given: &Given, fetcher: &Fetcher) -> impl Iterator<Item = Result<Piece, SourceError>> + Send + use<> {
    let url = step.state.url.clone();
    let origin = Origin { url: Some(url.clone()), fetcher: Some(fetcher.clone()), ..Origin::new(url.clone(), url) };
    let feed = Feed { title: step.state.title.clone(), entries: step.new.clone(), ..Feed::default() };
    entries(origin, given, feed)
}

/// What somebody who names `input` wants watched: an address itself, whatever is there; of a file in OPML, the feeds it lists.
///
/// # Errors
/// When it is neither.
pub fn feeds(input: &Input) -> Result<Vec<Link>, SourceError> {
    let listed = || match input {
        Input::Address(url) => Ok(Vec::from_iter(Link::to(LinkTo::Feed, url))),
        _ => {
            let bytes = input.bytes(MAX_LIST)?;
            if Form::by_content(&bytes) == Some(Form::Outline) { crate::outline(bytes) } else { Err(Fault::NotWatchable) }
        }
    };
    listed().map_err(|fault: Fault| fault.at(input.place()))
}
