//! Documents and the spans that point into them.
//!
//! A [`Document`]'s text never changes after it was made. Inside the program a [`Span`] counts bytes of that text;
//! whatever leaves the program counts Unicode code points (W3C `TextPositionSelector`, codebook, *Common to statements, events, positions and figures*).
//! [`CodePoints`] converts between the two.

mod code_points;
mod diagnostic;
mod span;

pub use code_points::CodePoints;
pub use diagnostic::{Diagnostic, Level};
pub use span::Span;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A report as it came in, with its text final.
///
/// ```
/// use onrecord_text::{Document, Span};
/// let doc = Document::new("d1", "Kyiv – 23 dead.");
/// assert_eq!(doc.slice(Span::new(0, 4)), "Kyiv");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Identifier given by the caller, or derived from the text.
    pub id: String,
    /// Headline, when known. It may also stand as the first line of `text`.
    pub title: Option<String>,
    /// Day of publication; relative dates are resolved against it.
    pub published: Option<Date>,
    /// ISO 639-1 language code; the reader knows `en`.
    pub language: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The text that all spans point into.
    pub text: String,
}

impl Document {
    /// An English document with nothing known but its text.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Document { id: id.into(), title: None, published: None, language: "en".into(), url: None, outlet: None, text: text.into() }
    }

    /// The words at `span`.
    ///
    /// # Panics
    /// When the span is outside the text or cuts a character; spans made by this program never are.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }
}
