use crate::fetch::{FetchError, Why};
use crate::{Link, LinkTo, MAX_DOCUMENT, MAX_WORDS};
use std::io;

/// Characters of a stranger's words in a message, at most.
const QUOTED: usize = 200;

/// An input, or one document in it, that could not be read: what happened, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct SourceError {
    /// The input as the caller named it, with the line where one document is one line.
    pub place: String,
    /// What happened and what to do.
    pub fault: Fault,
}

/// What is wrong with an input. Every message ends in what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing is there.
    #[error("no such file; check the path")]
    Missing,
    /// The system refuses to open or read it.
    #[error("cannot be read ({0}); check its permissions and that the disk is well")]
    Unreadable(io::Error),
    /// A folder where a single file was expected.
    #[error("is a folder; name the files in it, as in {0}/*.txt")]
    Folder(String),
    /// A folder without files.
    #[error("has no files; check the path (hidden files are left out)")]
    EmptyFolder,
    /// A pattern that is none.
    #[error("is no pattern ({0}); write it as in reports/**/*.txt")]
    Pattern(&'static str),
    /// A pattern that means no file.
    #[error("no file is called like this; check the pattern")]
    NoMatch,
    /// An address where only a file will do.
    #[error("is a web address; save what is there to a file and give that")]
    Address,
    /// An address that could not be read.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A file that is to be watched and lists no feeds.
    #[error(
        "is no list of feeds; watch the address of a feed (RSS, Atom, JSON Feed) or of a news sitemap, or a list of feeds (OPML)"
    )]
    NotWatchable,
    /// A page where a feed was expected.
    #[error("is a page and no feed; {}", feed_of_page(.0.as_deref()))]
    NoFeed(Option<String>),
    /// A sitemap of sitemaps where one of reports was expected.
    #[error("lists sitemaps, which may be years of reports; give those you want, such as {0}")]
    SitemapIndex(String),
    /// A link where a report was expected.
    #[error("{}", advice(.0))]
    Link(Link),
    /// No byte, or nothing but blanks.
    #[error("is empty; nothing to read")]
    Empty,
    /// Bytes of something that is not text.
    #[error("is {what}, not text; {remedy}")]
    Binary {
        /// What it seems to be, with its article.
        what: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// Text in another encoding, or damaged.
    #[error("not valid UTF-8 at byte {byte} (perhaps {guess}); convert it first, as in: iconv -f {guess} -t UTF-8")]
    NotUtf8 {
        /// Offset of the first bad byte.
        byte: usize,
        /// The encoding it looks like.
        guess: &'static str,
    },
    /// A web page announced as text.
    #[error("is HTML, but was to be read as text; use --input html")]
    HtmlAsText,
    /// No tag in what was announced as a web page.
    #[error("has no HTML tag; use --input text")]
    TextAsHtml,
    /// XML of another form.
    #[error("is XML, but no feed, outline or sitemap; save the report as text or HTML")]
    Xml,
    /// XML that breaks off.
    #[error("is not well-formed XML ({0}); fetch or export it again")]
    BadXml(String),
    /// Neither RSS, Atom nor JSON Feed, or too broken.
    #[error("cannot be read as a feed ({0}); fetch it again, or read the reports it links to")]
    BadFeed(String),
    /// A list of links without any.
    #[error("has no link to the web; check that it is the right file")]
    NoLinks,
    /// JSON that is no news item with words.
    #[error("is no news item in ninjs that can be read: {0}; give items with \"uri\" and \"bodies\"")]
    NoNewsItem(&'static str),
    /// A news item that its agency took back.
    #[error("is marked {0} by its publisher and was left out")]
    NotForUse(String),
    /// A record of a web archive that is none.
    #[error("bad record: {0}; what could be read of the archive was kept. If it was cut off, fetch it again")]
    BadRecord(&'static str),
    /// A page that its server packed in a way nobody here unpacks.
    #[error("was sent packed as {0}, which cannot be undone; fetch the page again")]
    ContentEncoding(String),
    /// Compressed data that cannot be unpacked.
    #[error("its {packing} data are damaged or end too early; what came before was kept. Fetch the file again")]
    Damaged {
        /// How it is compressed.
        packing: &'static str,
    },
    /// Compressed data made to fill the disk.
    #[error("its {packing} data swell to hundreds of times their size, as no report does; unpack it yourself if you trust it")]
    Bomb {
        /// How it is compressed.
        packing: &'static str,
    },
    /// More than any report has.
    #[error("is longer than {} MB; split it, or give one document a line with --input jsonl", MAX_DOCUMENT >> 20)]
    TooLong,
    /// A book, or no words at all.
    #[error("has more than {} MB of words, a book and no report; split it, or give one document a line with --input jsonl", MAX_WORDS >> 20)]
    TooManyWords,
    /// A page of which nothing reads like a report.
    #[error("no article found in this page; copy its text to a file and use --input text")]
    NoArticle,
    /// A line that is no JSON object.
    #[error("not a JSON object ({0}); write one document a line, as in {{\"id\": \"1\", \"text\": \"…\"}}")]
    Json(String),
    /// JSON over several lines.
    #[error("is JSON, but not one document a line; make it so, as in: jq -c .")]
    JsonPretty,
    /// An object without a document's words.
    #[error("has neither \"text\" nor \"html\"; give one of them as a string")]
    JsonNoText,
    /// A day of publication that cannot be understood.
    #[error("\"published\": {0:?} is no date; write it as in 2025-02-24")]
    Date(String),
}

impl Fault {
    pub(crate) fn at(self, place: impl Into<String>) -> SourceError {
        SourceError { place: place.into(), fault: self }
    }
}

impl SourceError {
    /// Whether the same may go well an hour later: its server was busy, out of reach or in trouble.
    pub fn may_pass(&self) -> bool {
        let Fault::Fetch(error) = &self.fault else { return false };
        error.why.passes() || matches!(error.why, Why::RobotsUnknown | Why::Paused { .. } | Why::NoHost | Why::Status(500..))
    }

    /// Whether it was only not asked for, because the program is to stop.
    pub fn was_stopped(&self) -> bool {
        matches!(&self.fault, Fault::Fetch(error) if error.why == Why::Stopped)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Fault::Missing,
            // Readers in between wrap what they find.
            _ => error.downcast().unwrap_or_else(Fault::Unreadable),
        }
    }
}

/// Of what a stranger wrote, as much as a message may quote: one line that commands no terminal.
pub(crate) fn quoted(words: &str) -> String {
    let mut quoted: String = words.chars().take(QUOTED).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if words.chars().nth(QUOTED).is_some() {
        quoted.push('…');
    }
    quoted
}

fn advice(link: &Link) -> String {
    let url = &link.url;
    match link.to {
        LinkTo::Report => format!("has only a link to the report; read that, as in: onrecord read {url}"),
        LinkTo::Feed => format!("is a link to a feed; read that, as in: onrecord read {url}"),
        LinkTo::Sitemap => format!("is a link to a sitemap; read that, as in: onrecord read {url}"),
    }
}

fn feed_of_page(feed: Option<&str>) -> String {
    feed.map_or("look on it for RSS or Atom".into(), |feed| format!("it names this one: {feed}"))
}
