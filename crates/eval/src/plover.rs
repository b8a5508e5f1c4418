//! Events in single sentences whose PLOVER type, and often whose parties, a person gave.

use anyhow::{Context, Result};
use onrecord_reader::Reader;
use onrecord_record::{Actor, Event, EventType, Factuality, Id, Record};
use onrecord_text::{CodePoints, Document, Span};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A sentence and the events that it must give, in order of weight: the first is the one scored.
#[derive(Deserialize)]
pub struct Item {
    id: String,
    text: String,
    events: Vec<Wanted>,
}

#[derive(Deserialize)]
struct Wanted {
    code: String,
    #[serde(default)]
    source: Vec<Party>,
    #[serde(default)]
    target: Vec<Party>,
    /// PLOVER's auxiliary modes, of the rule examples: future, hypothetical, negation, historical.
    aux: Option<String>,
    #[serde(default)]
    mode: Words,
    /// A type that the sentence must not give.
    not: Option<String>,
    /// Codes of the parties, of the rule examples.
    #[serde(default)]
    actor: Vec<String>,
    #[serde(default)]
    recipient: Vec<String>,
}

/// A word or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Many(Vec<String>),
}

impl Default for Words {
    fn default() -> Self {
        Words::Many(Vec::new())
    }
}

#[derive(Deserialize)]
struct Party {
    start: Option<usize>,
    end: Option<usize>,
}

impl Item {
    /// Reads a line of the set.
    ///
    /// # Errors
    /// When the line is no such item or wants no event.
    pub fn parse(line: &str) -> Result<Self> {
        let item: Item = serde_json::from_str(line).context("not a sentence with `id`, `text` and `events`")?;
        anyhow::ensure!(!item.events.is_empty(), "{}: no event is wanted", item.id);
        Ok(item)
    }
}

/// How far the events found are those wanted; `Display` prints it.
///
/// An event's party is right when one of its mentions shares a character with the words given. A party that is not in the words of the sentence is not asked for.
#[derive(Default)]
pub struct Scores {
    sentences: usize,
    events: usize,
    /// Without any event.
    none: usize,
    /// Some event has the type.
    typed: usize,
    /// Some event has type, actors and recipients.
    full: usize,
    /// Per type: right, wanted, given, of the one event chosen per sentence.
    chosen: BTreeMap<&'static str, [usize; 3]>,
    /// What the rule examples ask and do not get.
    broken: Vec<String>,
    asked: usize,
    /// One line a sentence whose type (or, with the type right, whose parties) are wrong.
    pub errors: Vec<String>,
}

/// Reads every sentence and scores its events.
pub fn score(reader: &Reader, items: &[Item]) -> Scores {
    let mut scores = Scores::default();
    for item in items {
        let document = Document::new(item.id.as_str(), item.text.as_str());
        let record = reader.read(&document);
        let read = Read { record: &record, points: CodePoints::new(&item.text) };
        scores.add(item, &read);
    }
    scores
}

struct Read<'r> {
    record: &'r Record,
    points: CodePoints<'r>,
}

impl<'r> Read<'r> {
    fn actor(&self, id: &Id) -> Option<&'r Actor> {
        self.record.actors.iter().find(|a| a.id == *id)
    }

    fn is_party(&self, ids: &[Id], party: &Party) -> bool {
        let (Some(start), Some(end)) = (party.start, party.end) else { return true };
        let actors = ids.iter().filter_map(|id| self.actor(id));
        actors.into_iter().any(|actor| {
            actor.mentions.iter().any(|&m| {
                let m = self.points.from_bytes(m);
                m.start < end && start < m.end
            })
        })
    }

    fn has_parties(&self, event: &Event, wanted: &Wanted) -> bool {
        let all = |ids: &[Id], parties: &[Party]| parties.iter().all(|p| self.is_party(ids, p));
        all(&event.actors, &wanted.source) && all(&event.recipients, &wanted.target)
    }

    /// The event that joins the pair given, else the first.
    fn chosen(&self, wanted: &Wanted) -> Option<&Event> {
        let any = |ids: &[Id], parties: &[Party]| parties.iter().any(|p| p.start.is_some() && self.is_party(ids, p));
        let events = &self.record.events;
        let joins = |e: &&Event| any(&e.actors, &wanted.source) && any(&e.recipients, &wanted.target);
        events.iter().find(joins).or(events.first())
    }

    fn codes(&self, ids: &[Id]) -> BTreeSet<String> {
        let code = |id: &Id| {
            let actor = self.actor(id)?;
            let country = actor.country.clone()?;
            Some(match actor.sector {
                Some(sector) if sector.as_str() != "GOV" => format!("{country} {sector}"),
                _ => country,
            })
        };
        ids.iter().filter_map(code).collect()
    }
}

impl Scores {
    fn add(&mut self, item: &Item, read: &Read) {
        let wanted = &item.events[0];
        let events = &read.record.events;
        self.sentences += 1;
        self.events += events.len();
        self.none += usize::from(events.is_empty());
        let same: Vec<&Event> = events.iter().filter(|e| is_type(e.kind, &wanted.code)).collect();
        let full = same.iter().any(|e| read.has_parties(e, wanted));
        self.typed += usize::from(!same.is_empty());
        self.full += usize::from(full);
        self.choose(wanted, read.chosen(wanted));
        self.rules(item, wanted, &same, read);
        if !full {
            let found: Vec<String> = events.iter().map(|e| describe(item, read, e)).collect();
            let kind = if same.is_empty() { "type" } else { "parties" };
            self.errors.push(format!("{kind} {} {}: {}\n    found {}", item.id, wanted.code, item.text, found.join("; ")));
        }
    }

    fn choose(&mut self, wanted: &Wanted, chosen: Option<&Event>) {
        let name = |code: &str| {
            if code == "YIELD" { "CONCEDE" } else { EventType::ALL.iter().map(|t| t.as_str()).find(|t| *t == code).unwrap_or("?") }
        };
        let right = chosen.is_some_and(|e| is_type(e.kind, &wanted.code));
        let tally = self.chosen.entry(name(&wanted.code)).or_default();
        tally[0] += usize::from(right);
        tally[1] += 1;
        if let Some(event) = chosen {
            let given = if right { name(&wanted.code) } else { event.kind.as_str() };
            self.chosen.entry(given).or_default()[2] += 1;
        }
    }

    /// The requirements of a rule example, each of which one event of the type must meet.
    fn rules(&mut self, item: &Item, wanted: &Wanted, same: &[&Event], read: &Read) {
        let mut ask = |what: String, met: bool| {
            self.asked += 1;
            if !met {
                self.broken.push(format!("{}: {what}", item.id));
            }
        };
        if let Some(aux) = &wanted.aux {
            let is = |e: &&&Event| match aux.as_str() {
                "future" => e.factuality == Factuality::Planned,
                "hypothetical" => matches!(e.factuality, Factuality::Conditional | Factuality::Uncertain),
                "negation" => e.factuality == Factuality::Negated,
                // PLOVER's historical mode is no factuality: what happened long ago happened.
                _ => e.factuality == Factuality::Actual,
            };
            // PLOVER makes a meeting to come AGREE; the codebook keeps it CONSULT, planned.
            let meeting = |e: &Event| aux == "future" && e.kind == EventType::Consult && e.factuality == Factuality::Planned;
            ask(format!("{} is {aux}", wanted.code), same.iter().any(|e| is(&e)) || read.record.events.iter().any(meeting));
        }
        let modes = match &wanted.mode {
            Words::One(mode) => std::slice::from_ref(mode),
            Words::Many(modes) => modes,
        };
        for mode in modes {
            ask(format!("mode {mode}"), same.iter().any(|e| e.mode.as_deref() == Some(mode)));
        }
        if let Some(not) = &wanted.not {
            ask(format!("no {not}"), !read.record.events.iter().any(|e| is_type(e.kind, not)));
        }
        for (what, codes) in [("actor", &wanted.actor), ("recipient", &wanted.recipient)] {
            let ids = |e: &Event| if what == "actor" { e.actors.clone() } else { e.recipients.clone() };
            let codes: BTreeSet<String> = codes.iter().cloned().collect();
            if !codes.is_empty() {
                ask(format!("{what} {codes:?}"), same.iter().any(|e| read.codes(&ids(e)) == codes));
            }
        }
    }

    /// Mean over the types of the F1 of the one event chosen per sentence, in per cent.
    pub fn macro_f1(&self) -> f64 {
        let wanted = self.chosen.values().filter(|[_, wanted, _]| *wanted > 0);
        let f1: Vec<f64> = wanted.map(|&[right, wanted, given]| 200.0 * right as f64 / (wanted + given) as f64).collect();
        f1.iter().sum::<f64>() / f1.len().max(1) as f64
    }
}

/// The early data joined what PLOVER now parts in two.
fn is_type(kind: EventType, code: &str) -> bool {
    match code {
        "YIELD" => matches!(kind, EventType::Concede | EventType::Retreat),
        _ => kind.as_str() == code,
    }
}

fn describe(item: &Item, read: &Read, event: &Event) -> String {
    let words = |span: Span| item.text.get(span.start..span.end).unwrap_or_default();
    let names = |ids: &[Id]| ids.iter().filter_map(|id| read.actor(id)).map(|a| a.name.as_str()).collect::<Vec<_>>().join(" & ");
    format!("{} {:?} ({} -> {})", event.kind, words(event.trigger), names(&event.actors), names(&event.recipients))
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |n: usize| 100.0 * n as f64 / self.sentences.max(1) as f64;
        writeln!(
            f,
            "{} sentences, {:.2} events a sentence, without any {:.1} %",
            self.sentences,
            self.events as f64 / self.sentences.max(1) as f64,
            share(self.none)
        )?;
        writeln!(f, "type right {:.1} %, with actors and recipients {:.1} %", share(self.typed), share(self.full))?;
        let right: usize = self.chosen.values().map(|t| t[0]).sum();
        writeln!(f, "one event a sentence: macro-F1 {:.1}, right {:.1} %", self.macro_f1(), share(right))?;
        for (name, [right, wanted, given]) in &self.chosen {
            writeln!(f, "  {name}: right {right}, wanted {wanted}, given {given}")?;
        }
        write!(f, "rules asked {}, kept {}", self.asked, self.asked - self.broken.len())?;
        self.broken.iter().try_for_each(|rule| write!(f, "\n  {rule}"))
    }
}
