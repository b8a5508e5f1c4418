use super::{FeedState, Step};
use crate::fetch::{Fetched, Fetcher, Response, Validators, Why};
use crate::form::Form;
use crate::list::{Origin, entries};
use crate::{Entry, Fault, Feed, Given, Link, LinkTo, Piece, SourceError};
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

/// Looks at a feed, or at a sitemap, of which each report is an entry. Never fails: what went wrong is an [`Outcome`], too.
pub fn poll(fetcher: &Fetcher, state: &FeedState) -> Outcome {
    match fetcher.get_if_changed(&state.url, &state.validators) {
        Ok(Fetched::Unchanged) => Outcome::Unchanged,
        Ok(Fetched::Changed(response)) => read(response).unwrap_or_else(|fault| failed(fault.to_string(), None, false)),
        Err(error) => {
            let after = if let Why::Busy { after, .. } = error.why { after } else { None };
            failed(error.to_string(), after, error.why == Why::Status(410))
        }
    }
}

fn failed(message: String, after: Option<Duration>, gone: bool) -> Outcome {
    Outcome::Failed { message, after, gone }
}

fn read(response: Response) -> Result<Outcome, Fault> {
    let Response { url, moved, charset, validators, body, .. } = response;
    let feed = if Form::by_content(&body) == Some(Form::Sitemap) {
        let links = crate::sitemap(body)?.into_iter().filter(|link| link.to == LinkTo::Report);
        Feed { entries: links.map(entry).collect(), ..Feed::default() }
    } else {
        crate::feed(body, Some(&url), charset)?
    };
    Ok(Outcome::Read { feed, validators, moved })
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
