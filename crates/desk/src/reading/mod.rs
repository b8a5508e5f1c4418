//! What the desk adds to a report as it is read: how each record stands to those of all others.

pub mod rows;
mod said;
mod summary;

use crate::links;
use crate::markup::Markup;
use onrecord_account::{Line, Relation};
use onrecord_export::amount;
use onrecord_store::{Kept, Standing, figure_names};
use onrecord_view::page::Additions;
use onrecord_view::words;
use std::collections::HashMap;

/// Values of other reports that stand beside a figure; how many more there are is said.
const SHOWN: usize = 3;

/// What stands beside the records of one report.
pub struct Beside<'a> {
    standing: HashMap<&'a str, &'a Standing>,
    /// Where the series of figures are that stand alone.
    figures: HashMap<String, String>,
    actors: HashMap<&'a str, &'a str>,
    head: Markup,
}

impl<'a> Beside<'a> {
    /// Of a report with its line, the standing of its records, and the names of its actors in the account.
    pub fn new(kept: &Kept, line: &Line, standing: &'a [Standing], cast: &'a [(String, String)]) -> Self {
        let mut head = facts(kept, line);
        head.markup(&summary::of(kept, standing));
        Beside {
            standing: standing.iter().map(|one| (one.record.as_str(), one)).collect(),
            figures: figure_names(&kept.document.id, &kept.record).into_iter().collect(),
            actors: cast.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect(),
            head,
        }
    }
}

impl Additions for Beside<'_> {
    fn head(&self) -> String {
        self.head.to_string()
    }

    fn beside(&self, record: &str) -> String {
        let mut beside = Markup::new();
        match (self.standing.get(record), self.figures.get(record)) {
            (Some(standing), _) => {
                // What only this report has needs no line of its own.
                let alone = standing.others == 0 && standing.differs.is_empty();
                let element = if alone { "span" } else { "p" };
                beside.open(element, "stands").link(&links::record(&standing.name), "to-line", &how(standing));
                differs(&mut beside, standing);
                beside.close(element);
            }
            // A figure that no other report counts is a line of its own.
            (None, Some(name)) => {
                beside.open("span", "stands").link(&links::record(name), "to-line", "its series").close("span");
            }
            (None, None) => {}
        }
        beside.to_string()
    }

    fn actor_address(&self, actor: &str) -> Option<String> {
        self.actors.get(actor).map(|name| links::record(name))
    }
}

/// *new here*, *also in 3 other reports*.
pub fn how(standing: &Standing) -> String {
    match (standing.others, standing.is_first) {
        (0, _) => "new here".to_owned(),
        (others, true) => format!("first here, also in {}", words::count(others, "other report")),
        (others, false) => format!("also in {}", words::count(others, "other report")),
    }
}

/// *conflict with a2 (at least 15)*.
fn differs(beside: &mut Markup, standing: &Standing) {
    for other in standing.differs.iter().take(SHOWN) {
        beside.element("span", "soft", " · ").element("em", "", relation(other.is)).text(" with ");
        beside.open("bdi", "").link(&links::record_in(&other.document, &other.record), "", &other.document).close("bdi");
        beside.text(&format!(" ({})", amount(other.value, other.bound)));
    }
    let more = standing.differs.len().saturating_sub(SHOWN);
    if more > 0 {
        beside.element("span", "soft", &format!(" · and {more} more"));
    }
}

/// How a value stands to another, in a word.
pub fn relation(is: Relation) -> &'static str {
    match is {
        Relation::Same => "same",
        Relation::Repeat => "repeat",
        Relation::Update => "update",
        Relation::Correction => "correction",
        Relation::Conflict => "conflict",
    }
}

/// What is known of the report beside outlet and day, which the article says.
fn facts(kept: &Kept, line: &Line) -> Markup {
    let mut facts = Markup::new();
    facts.open("p", "soft facts-line").text(&format!("read by onrecord {}", kept.version));
    if let Some(url) = &kept.document.url {
        facts.text(" · ").element("bdi", "address", url);
    }
    if let Line::Document { copy_of: Some(first), .. } = line {
        facts.text(" · a copy of ").link(&links::report(first), "", first);
    }
    facts.close("p");
    facts
}
