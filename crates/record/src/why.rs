//! Why a record was made: the rule, the table row and the words that decided.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A rule by which a reader makes records or changes them.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name: the kind of record, a full stop, and what is looked for.
    pub id: &'static str,
    /// What it says.
    pub says: &'static str,
    /// The same of the word that decided, as the end of a sentence: *said* ... *stands next to a quotation*.
    pub because: &'static str,
    /// A report of our own in which it makes or changes a record.
    pub example: &'static str,
}

/// Where a table's row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// File name of the table.
    pub table: &'static str,
    /// Line number from 1.
    pub line: usize,
    /// True for a table of the user's.
    pub own: bool,
}

/// A token: sentence and place in it, from 0.
pub type At = (usize, usize);

/// What a word is to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // the codebook's words for them
pub enum Part {
    Source,
    Addressee,
    Content,
    Actor,
    Recipient,
    Holder,
    Counterpart,
    Proposition,
    Number,
}

impl Part {
    /// As written in an explanation.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Source => "source",
            Part::Addressee => "addressee",
            Part::Content => "content",
            Part::Actor => "actor",
            Part::Recipient => "recipient",
            Part::Holder => "holder",
            Part::Counterpart => "counterpart",
            Part::Proposition => "proposition",
            Part::Number => "number",
        }
    }
}

/// Why a record was made. In JSON the text alone; the rest is there while the record is at hand that a reader made, so that it can
/// explain it. Two are equal when their texts are.
#[derive(Clone, Debug, Default)]
pub struct Why {
    text: String,
    /// The rule that made the record; none for one that was read from JSON.
    pub rule: Option<&'static Rule>,
    /// The table row that it went by.
    pub row: Option<Origin>,
    /// The word that decided.
    pub at: Option<At>,
    /// Heads of the words that fill the record's places.
    pub words: Vec<(Part, At)>,
    /// Rules that changed it later.
    pub also: Vec<&'static Rule>,
    /// What names the record in its report as it was read, where a person put right what that is made of.
    pub anchor: Option<String>,
}

impl Why {
    /// By this rule; `text` is what JSON says.
    pub fn by(rule: &'static Rule, text: impl Into<String>) -> Self {
        Why { text: text.into(), rule: Some(rule), ..Why::default() }
    }

    /// By this row of a table.
    #[must_use]
    pub fn row(self, row: Origin) -> Self {
        Why { row: Some(row), ..self }
    }

    /// By this word, with these in the record's places.
    #[must_use]
    pub fn words(self, at: Option<At>, words: impl IntoIterator<Item = (Part, At)>) -> Self {
        Why { at, words: words.into_iter().collect(), ..self }
    }

    /// Notes a rule that changed the record later, and what JSON says of it.
    pub fn also(&mut self, rule: &'static Rule, text: &str) {
        if !self.also.contains(&rule) {
            self.also.push(rule);
        }
        self.text.push_str(text);
    }

    /// Takes over, by `rule`, the words of another mention of the same that fill places which this one left open.
    pub fn told_again(&mut self, rule: &'static Rule, mention: &Why) {
        self.also(rule, "");
        let filled: Vec<Part> = self.words.iter().map(|(part, _)| *part).collect();
        self.words.extend(mention.words.iter().filter(|(part, _)| !filled.contains(part)));
    }
}

impl std::ops::Deref for Why {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text)
    }
}

impl<T: Into<String>> From<T> for Why {
    fn from(text: T) -> Self {
        Why { text: text.into(), ..Why::default() }
    }
}

impl PartialEq for Why {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Serialize for Why {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Why {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input).map(Why::from)
    }
}
