//! Records as files hold them: any field may be missing, and gold files have fields of their own (`aliases`).
//!
//! The scorer judges files of other programs and other versions too, so it reads leniently what
//! [`onrecord_record::json`] reads strictly. Spans are bytes from here on.

use onrecord_text::{CodePoints, Document, Span};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// The four kinds of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Who said what.
    Statements,
    /// Who did what to whom.
    Events,
    /// Where a party stands.
    Positions,
    /// What was counted.
    Figures,
}

impl Kind {
    /// All four, in the order of a record.
    pub const ALL: [Kind; 4] = [Kind::Statements, Kind::Events, Kind::Positions, Kind::Figures];

    /// Its key in a record.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Statements => "statements",
            Kind::Events => "events",
            Kind::Positions => "positions",
            Kind::Figures => "figures",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for Kind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Kind::ALL
            .into_iter()
            .find(|k| k.as_str() == text)
            .ok_or_else(|| format!("{text:?} is none of statements, events, positions, figures"))
    }
}

/// One record of any kind; a field that its kind does not have is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)] // the codebook's fields by their names
pub struct Entry {
    pub id: String,
    #[serde(deserialize_with = "nullable")]
    pub speaker: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub to: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub actors: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub recipients: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub holder: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub toward: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub by: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub against: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub given_by: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub figures: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub contexts: Vec<String>,
    pub source: Option<Span>,
    pub cue: Option<Span>,
    pub trigger: Option<Span>,
    pub span: Option<Span>,
    pub proposition: Option<Span>,
    #[serde(deserialize_with = "nullable")]
    pub content: Vec<Span>,
    #[serde(deserialize_with = "nullable")]
    pub conditions: Vec<Span>,
    #[serde(deserialize_with = "nullable")]
    pub evidence: Vec<Span>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    #[serde(rename = "move")]
    pub stance: Option<String>,
    pub mode: Option<String>,
    pub act: Option<String>,
    pub cameo: Option<String>,
    pub status: Option<String>,
    pub bound: Option<String>,
    pub of: Option<String>,
    pub measure: Option<String>,
    pub factuality: Option<String>,
    pub date: Option<String>,
    pub part_of: Option<String>,
    /// A number, `[low, high]`, or a range open at one end (`[5, null]`).
    pub value: Value,
    pub unaccounted: Option<f64>,
    /// A name, or an object that has one.
    pub place: Value,
    pub why: String,
}

fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(input: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(input)?.unwrap_or_default())
}

impl Entry {
    /// The place's name, if any.
    pub fn place_name(&self) -> Option<&str> {
        self.place.as_str().or_else(|| self.place.get("name")?.as_str())
    }

    /// Lowest and highest value meant; `None` when there is none.
    pub fn bounds(&self) -> Option<(f64, f64)> {
        match &self.value {
            Value::Number(n) => n.as_f64().map(|n| (n, n)),
            Value::Array(ends) => match ends.as_slice() {
                [low, high] => Some((low.as_f64().unwrap_or(f64::NEG_INFINITY), high.as_f64().unwrap_or(f64::INFINITY))),
                _ => None,
            },
            _ => None,
        }
    }

    /// The words that carry its meaning, for showing: content, trigger, proposition with conditions, or number.
    pub fn core(&self) -> Vec<Span> {
        let single = [self.trigger, self.proposition, self.span].into_iter().flatten();
        single.chain(self.content.iter().copied()).chain(self.conditions.iter().copied()).collect()
    }

    pub(crate) fn spans_mut(&mut self) -> impl Iterator<Item = &mut Span> {
        let single = [&mut self.source, &mut self.cue, &mut self.trigger, &mut self.span, &mut self.proposition];
        single.into_iter().flatten().chain(&mut self.content).chain(&mut self.conditions).chain(&mut self.evidence)
    }
}

/// An actor with all the forms it is known by.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct ActorEntry {
    pub id: String,
    pub name: Option<String>,
    #[serde(deserialize_with = "nullable")]
    pub aliases: Vec<String>,
    pub kind: Option<String>,
    pub country: Option<String>,
    pub sector: Option<String>,
    #[serde(deserialize_with = "nullable")]
    pub roles: Vec<String>,
    #[serde(deserialize_with = "nullable")]
    pub mentions: Vec<Span>,
}

/// What a file says about one document.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The document, as far as the file tells.
    pub document: Document,
    /// Its actors.
    pub actors: Vec<ActorEntry>,
    lists: [Vec<Entry>; 4],
}

#[derive(Deserialize)]
struct Form {
    document: Header,
    #[serde(default)]
    actors: Vec<ActorEntry>,
    #[serde(default)]
    statements: Vec<Entry>,
    #[serde(default)]
    events: Vec<Entry>,
    #[serde(default)]
    positions: Vec<Entry>,
    #[serde(default)]
    figures: Vec<Entry>,
}

#[derive(Deserialize)]
struct Header {
    id: String,
    title: Option<String>,
    published: Option<String>,
    language: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
    #[serde(default)]
    text: String,
}

impl Loaded {
    /// Reads one record; spans are moved to bytes of `text`, by default the document's own.
    ///
    /// # Errors
    /// When the JSON is no record.
    pub fn from_json(json: &str, text: Option<&str>) -> Result<Loaded, serde_json::Error> {
        let form: Form = serde_json::from_str(json)?;
        Ok(Loaded::new(form, text))
    }

    fn new(form: Form, text: Option<&str>) -> Loaded {
        let Header { id, title, published, language, url, outlet, text: own } = form.document;
        let document = Document {
            id,
            title,
            published: published.and_then(|day| day.parse().ok()),
            language: language.unwrap_or_else(|| "en".into()),
            url,
            outlet,
            text: text.map_or(own, str::to_owned),
        };
        let mut actors = form.actors;
        let mut lists = [form.statements, form.events, form.positions, form.figures];
        let points = CodePoints::new(&document.text);
        let end = points.from_bytes(Span::new(0, document.text.len())).end;
        let spans = lists.iter_mut().flatten().flat_map(Entry::spans_mut);
        for span in spans.chain(actors.iter_mut().flat_map(|a| &mut a.mentions)) {
            // A span past the end means what is left of it, as slicing does in the scripts that write these files.
            let inside = Span::new(span.start.min(end), span.end.min(end));
            *span = points.to_bytes(inside).unwrap_or_default();
        }
        Loaded { document, actors, lists }
    }

    /// Its records of one kind.
    pub fn list(&self, kind: Kind) -> &[Entry] {
        &self.lists[kind as usize]
    }
}

/// Records by document id, from the text of a file that holds one record, a list, or one a line. Spans of a document that
/// `texts` knows are moved to bytes of that text, since systems need not repeat it.
///
/// # Errors
/// When the JSON is of none of these forms.
pub fn load(file: &str, texts: &BTreeMap<String, Loaded>) -> Result<BTreeMap<String, Loaded>, serde_json::Error> {
    let values: Vec<Value> = match serde_json::from_str(file) {
        Ok(Value::Array(list)) => list,
        Ok(one) => vec![one],
        Err(_) => file.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?,
    };
    let mut records = BTreeMap::new();
    for value in values {
        let form: Form = serde_json::from_value(value)?;
        let text = texts.get(&form.document.id).map(|known| known.document.text.as_str());
        let loaded = Loaded::new(form, text);
        records.insert(loaded.document.id.clone(), loaded);
    }
    Ok(records)
}
