//! What decided about each record, in words.

use crate::{Id, Origin, Part};
use onrecord_text::{CodePoints, Document, Span};
use serde::Serialize;

/// Why there is a record, and why it says what it says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The record's id in its document.
    pub id: Id,
    /// The rule that made it, then those that changed it.
    pub rules: Vec<&'static str>,
    /// The table row that the first rule went by.
    pub row: Option<Origin>,
    /// The word that decided; none where none did.
    pub word: Option<Span>,
    /// The words that fill the record's places.
    pub words: Vec<Filled>,
    /// All this as a sentence.
    pub sentence: String,
}

/// Words in a place of a record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Filled {
    /// The place.
    pub part: Part,
    /// The words.
    pub span: Span,
    /// How they hang on the word that decided: *its object*.
    pub path: String,
}

/// One line of JSON; spans in code points.
pub fn to_line(document: &Document, explanation: &Explanation) -> String {
    #[derive(Serialize)]
    struct Printed<'a> {
        document: &'a str,
        #[serde(flatten)]
        explanation: Explanation,
    }
    let points = CodePoints::new(&document.text);
    let mut explanation = explanation.clone();
    explanation.word.iter_mut().chain(explanation.words.iter_mut().map(|w| &mut w.span)).for_each(|s| *s = points.from_bytes(*s));
    serde_json::to_string(&Printed { document: &document.id, explanation }).expect("an explanation has string keys")
}
