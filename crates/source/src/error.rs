use crate::MAX_DOCUMENT;
use std::io;

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
    /// A folder where a file was expected.
    #[error("is a folder; name the files in it, as in {0}/*.txt")]
    Folder(String),
    /// A web address.
    #[error("web addresses cannot be read yet; save the page to a file and read that")]
    Address,
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
    /// A feed or other XML.
    #[error("is XML, perhaps a feed; only text, HTML and JSON lines can be read. Save the reports it links to and read those")]
    Xml,
    /// More than any report has.
    #[error("is longer than {} MB; split it, or give one document a line with --input jsonl", MAX_DOCUMENT >> 20)]
    TooLong,
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

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Fault::Missing,
            _ => Fault::Unreadable(error),
        }
    }
}
