//! What the account of a folder of reports must be: `account.json`.

use crate::specs::occurrences;
use onrecord_account::Relation;
use onrecord_record::{EventType, Measure};
use onrecord_text::{Document, Span};
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Reports and what they tell together. Reports are numbered in the order of the file.
pub struct Gold {
    /// The reports.
    pub documents: Vec<Document>,
    /// Those that copy each other.
    pub copies: Vec<Vec<usize>>,
    /// Events with every report that tells them.
    pub events: Vec<Group>,
    /// Quantities of an event, value after value.
    pub figures: Vec<Group>,
    /// Stances of one party on one matter.
    pub positions: Vec<Group>,
    /// Statements that are repeated, and some that are not.
    pub statements: Vec<Group>,
    /// Actors by all their names.
    pub actors: Vec<Group>,
    /// Events, by number, that look alike and must not be merged.
    pub apart: Vec<(usize, usize)>,
}

/// One thing and the reports that tell it.
pub struct Group {
    /// Its name in the file.
    pub id: String,
    /// Of an event.
    pub kind: Option<EventType>,
    /// Of a quantity.
    pub measure: Option<Measure>,
    /// By whom and in what words.
    pub told: Vec<Told>,
    /// Of a quantity: how two values, by their numbers in `told`, stand to each other.
    pub relations: Vec<(usize, usize, Relation)>,
}

/// A place that tells it.
pub struct Told {
    /// The report.
    pub document: usize,
    /// The words, then others of the same report that could be taken for it. Bytes.
    pub spans: Vec<Span>,
    /// Of a figure.
    pub value: Option<f64>,
}

/// Why a folder cannot be used.
#[derive(Debug)]
pub enum StoryError {
    /// A file cannot be read, or its form is wrong.
    Unreadable(PathBuf, String),
    /// The account does not fit its reports.
    Faulty(PathBuf, Vec<String>),
}

impl fmt::Display for StoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoryError::Unreadable(path, why) => write!(f, "cannot read {}: {why}", path.display()),
            StoryError::Faulty(path, faults) => write!(f, "{}:\n  {}", path.display(), faults.join("\n  ")),
        }
    }
}

impl std::error::Error for StoryError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    documents: Vec<FileDocument>,
    copies: Vec<Vec<String>>,
    events: Vec<FileGroup>,
    figures: Vec<FileSeries>,
    positions: Vec<FileGroup>,
    statements: Vec<FileGroup>,
    actors: Vec<FileGroup>,
    apart: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileDocument {
    id: String,
    file: String,
    published: Option<jiff::civil::Date>,
    outlet: Option<String>,
    title: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileGroup {
    id: String,
    #[serde(rename = "type")]
    kind: Option<EventType>,
    told: Vec<FileTold>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSeries {
    event: String,
    measure: Measure,
    values: Vec<FileTold>,
    relations: Vec<FileRelation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRelation {
    a: usize,
    b: usize,
    is: Relation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTold {
    document: String,
    #[serde(alias = "trigger", alias = "proposition", alias = "content", alias = "name", alias = "span")]
    words: Words,
    #[serde(default)]
    or: Vec<Words>,
    value: Option<f64>,
}

/// Words that stand once, or with the number of the place where they stand.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Words {
    Once(String),
    Nth(String, usize),
}

impl Gold {
    /// Reads `account.json` of a folder and the reports that it names.
    ///
    /// # Errors
    /// When a file cannot be read, or when words do not stand in their report or a name is unknown; every fault is named.
    pub fn load(folder: &Path) -> Result<Gold, StoryError> {
        let path = folder.join("account.json");
        let read = |path: &Path| std::fs::read_to_string(path).map_err(|e| StoryError::Unreadable(path.to_owned(), e.to_string()));
        let file: File = serde_json::from_str(&read(&path)?).map_err(|e| StoryError::Unreadable(path.clone(), e.to_string()))?;
        let mut documents = Vec::new();
        for given in &file.documents {
            let document = Document::new(given.id.as_str(), read(&folder.join(&given.file))?);
            let (title, outlet) = (given.title.clone(), given.outlet.clone());
            documents.push(Document { published: given.published, title, outlet, ..document });
        }
        let numbers = documents.iter().enumerate().map(|(i, d)| (d.id.clone(), i)).collect();
        let mut compiler = Compiler { documents: &documents, numbers, faults: Vec::new() };
        let events = compiler.groups(&file.events, "event");
        let figures = compiler.series(&file.figures, &file.events);
        let positions = compiler.groups(&file.positions, "position");
        let statements = compiler.groups(&file.statements, "statement");
        let actors = compiler.groups(&file.actors, "actor");
        let copies = file.copies.iter().map(|ids| ids.iter().filter_map(|id| compiler.document(id)).collect()).collect();
        let apart = compiler.apart(&file);
        if !compiler.faults.is_empty() {
            return Err(StoryError::Faulty(path, compiler.faults));
        }
        Ok(Gold { documents, copies, events, figures, positions, statements, actors, apart })
    }
}

/// Turns words into spans and notes what does not fit.
struct Compiler<'d> {
    documents: &'d [Document],
    numbers: HashMap<String, usize>,
    faults: Vec<String>,
}

impl Compiler<'_> {
    fn document(&mut self, id: &str) -> Option<usize> {
        let number = self.numbers.get(id).copied();
        if number.is_none() {
            self.faults.push(format!("no document {id}"));
        }
        number
    }

    fn groups(&mut self, groups: &[FileGroup], what: &str) -> Vec<Group> {
        let mut compile = |group: &FileGroup| {
            if (what == "event") != group.kind.is_some() {
                self.faults.push(format!("{what} {}: events have a type, and nothing else has", group.id));
            }
            let told = self.told(&group.told, &format!("{what} {}", group.id));
            Group { id: group.id.clone(), kind: group.kind, measure: None, told, relations: Vec::new() }
        };
        groups.iter().map(&mut compile).collect()
    }

    fn series(&mut self, series: &[FileSeries], events: &[FileGroup]) -> Vec<Group> {
        let mut compile = |series: &FileSeries| {
            let id = format!("{} {}", series.event, series.measure);
            if !events.iter().any(|e| e.id == series.event) {
                self.faults.push(format!("figure {id}: no such event"));
            }
            if series.relations.iter().any(|r| r.a >= r.b || r.b >= series.values.len()) {
                self.faults.push(format!("figure {id}: a relation is of an earlier value to a later one"));
            }
            let told = self.told(&series.values, &format!("figure {id}"));
            let relations = series.relations.iter().map(|r| (r.a, r.b, r.is)).collect();
            Group { id, kind: None, measure: Some(series.measure), told, relations }
        };
        series.iter().map(&mut compile).collect()
    }

    fn told(&mut self, told: &[FileTold], place: &str) -> Vec<Told> {
        let mut found = Vec::new();
        for telling in told {
            let Some(document) = self.document(&telling.document) else { continue };
            let words = std::iter::once(&telling.words).chain(&telling.or);
            let spans = words.filter_map(|w| self.span(document, w, place)).collect();
            found.push(Told { document, spans, value: telling.value });
        }
        found
    }

    fn span(&mut self, document: usize, words: &Words, place: &str) -> Option<Span> {
        let (text, nth) = match words {
            Words::Once(text) => (text, None),
            Words::Nth(text, nth) => (text, Some(*nth)),
        };
        let starts = occurrences(&self.documents[document].text, text);
        let start = match nth {
            None if starts.len() == 1 => Some(starts[0]),
            None => None,
            Some(nth) => nth.checked_sub(1).and_then(|i| starts.get(i).copied()),
        };
        if start.is_none() {
            let (id, times) = (&self.documents[document].id, starts.len());
            self.faults.push(format!("{place}: {words:?} stands {times} times in {id}"));
        }
        start.map(|start| Span::new(start, start + text.len()))
    }

    fn apart(&mut self, file: &File) -> Vec<(usize, usize)> {
        let number = |id: &str| file.events.iter().position(|e| e.id == id);
        let both = |(a, b): &(String, String)| {
            let pair = number(a).zip(number(b));
            if pair.is_none() {
                self.faults.push(format!("apart: no events {a} and {b}"));
            }
            pair
        };
        file.apart.iter().filter_map(both).collect()
    }
}
