//! Does the program's record hold what a spec says?

use super::compile::{Item, ItemKind, Spec};
use crate::entry::{ActorEntry, Entry, Kind, Loaded};
use crate::score::{Cast, Comparison, Judge, days, f1, head, overlap, places, words};
use onrecord_reader::Reader;
use onrecord_record::{check, json};
use onrecord_text::{CodePoints, Span};
use serde_json::Value;

/// How an item fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It does not, and its mark says so.
    Todo,
    /// It does not.
    Fails,
    /// It holds, although its mark says that it does not.
    Done,
}

/// An item with its outcome.
pub struct Checked<'a> {
    /// The item.
    pub item: &'a Item,
    /// How it fared.
    pub outcome: Outcome,
    /// What differs; empty when it holds.
    pub differs: String,
    /// The words that it is about, as a place in the report.
    pub span: Option<Span>,
}

/// Reads the report and checks every item. The second part lists what the record's own gate has against it.
pub fn run<'a>(spec: &'a Spec, reader: &Reader) -> (Vec<Checked<'a>>, Vec<String>) {
    let document = &spec.record.document;
    let record = reader.read(document);
    let faults = check(document, &record).iter().map(ToString::to_string).collect();
    // Through its JSON, so that what is checked is what other programs get.
    let found = match Loaded::from_json(&json::to_line(document, &record), None) {
        Ok(found) => found,
        Err(error) => return (Vec::new(), vec![error.to_string()]),
    };
    let judge = Judge::new(&spec.record, Some(&found));
    let comparisons = Kind::ALL.map(|kind| judge.compare(kind));
    let bench = Bench { spec, found: &found, judge: &judge, comparisons: &comparisons };
    (spec.items.iter().map(|item| bench.check(item)).collect(), faults)
}

struct Bench<'a> {
    spec: &'a Spec,
    found: &'a Loaded,
    judge: &'a Judge<'a>,
    comparisons: &'a [Comparison<'a>; 4],
}

impl<'a> Bench<'a> {
    fn check<'i>(&self, item: &'i Item) -> Checked<'i> {
        let differs = match item.kind {
            ItemKind::Actor => self.actor(item),
            ItemKind::Record(kind) => self.record(kind, item),
            ItemKind::Complete(kind) => self.complete(kind),
            ItemKind::Never(kind) => self.never(kind, item),
        };
        let outcome = match (differs.is_empty(), item.todo.is_some()) {
            (true, false) => Outcome::Holds,
            (false, true) => Outcome::Todo,
            (false, false) => Outcome::Fails,
            (true, true) => Outcome::Done,
        };
        let span = match item.kind {
            ItemKind::Record(kind) => self.spec.entry(kind, &item.id).and_then(|e| e.core().into_iter().reduce(Span::cover)),
            _ => None,
        };
        Checked { item, outcome, differs: differs.join("; "), span }
    }

    fn actor(&self, item: &Item) -> Vec<String> {
        let Some(wanted) = self.spec.record.actors.iter().find(|a| a.id == item.id) else { return vec!["not in the spec".into()] };
        let same = self.found.actors.iter().filter(|a| self.judge.gold_cast.same(&item.id, &self.judge.system_cast, &a.id));
        let best = same.map(|a| self.actor_differs(item, wanted, a)).min_by_key(Vec::len);
        best.unwrap_or_else(|| vec!["not found".into()])
    }

    fn actor_differs(&self, item: &Item, wanted: &ActorEntry, has: &ActorEntry) -> Vec<String> {
        let mut differs = Vec::new();
        let mut must = |field: &str, same: bool, found: &Option<String>| {
            if item.stated.contains_key(field) && !same {
                differs.push(format!("{field} is {}", found.as_deref().unwrap_or("none")));
            }
        };
        let plain = |name: &Option<String>| {
            let mut name = words(name.as_deref().unwrap_or(""));
            name.retain(|word| !matches!(word.as_str(), "the" | "a" | "an"));
            name
        };
        let (ours, theirs) = (plain(&wanted.name), plain(&has.name));
        // A group is called by as many of its words as one likes, a person by the full name.
        let person = wanted.kind.as_deref() == Some("person");
        must("name", ours == theirs || (!person && (within(&ours, &theirs) || within(&theirs, &ours))), &has.name);
        must("kind", wanted.kind == has.kind, &has.kind);
        must("country", wanted.country == has.country, &has.country);
        must("sector", wanted.sector == has.sector, &has.sector);
        let role = |role: &String| has.roles.iter().any(|r| within(&words(role), &words(r)));
        must("roles", wanted.roles.iter().all(role), &Some(has.roles.join(", ")));
        let missing = wanted.mentions.iter().find(|m| !has.mentions.iter().any(|h| self.near(&[**m], &[*h])));
        if let Some(mention) = missing {
            differs.push(format!("{:?} is no mention of it", self.words(*mention)));
        }
        differs
    }

    fn words(&self, span: Span) -> &str {
        self.spec.record.document.slice(span)
    }

    fn record(&self, kind: Kind, item: &Item) -> Vec<String> {
        let Some((wanted, has)) = self.pair(kind, &item.id) else { return vec!["not found".into()] };
        let defaults = ["factuality", "given_by"].into_iter().chain((kind == Kind::Positions).then_some("status"));
        let stated = item.stated.keys().map(String::as_str);
        let unstated = defaults.filter(|f| !item.stated.contains_key(*f));
        stated.chain(unstated).filter_map(|field| self.differs(field, wanted, has)).collect()
    }

    /// The spec's record and the one that was found for it. A repeated figure goes by its first telling.
    fn pair(&self, kind: Kind, id: &str) -> Option<(&'a Entry, &'a Entry)> {
        let comparison = &self.comparisons[kind as usize];
        let pair = comparison.pairs.iter().find(|p| comparison.gold[p.gold].entry.id == id)?;
        Some((comparison.gold[pair.gold].entry, comparison.system[pair.system].entry))
    }

    /// What differs in one field; `None` when nothing does.
    fn differs(&self, field: &str, wanted: &Entry, has: &Entry) -> Option<String> {
        if self.agrees(field, wanted, has) {
            return None;
        }
        let found = self.found_value(field, has);
        Some(if found.is_empty() { format!("no {field}") } else { format!("{field} is {found}") })
    }

    fn agrees(&self, field: &str, wanted: &Entry, has: &Entry) -> bool {
        let text = self.spec.record.document.text.as_str();
        let one = |a: Option<Span>, b: Option<Span>| match (a, b) {
            (Some(a), Some(b)) => a.overlaps(b),
            (a, b) => a == b,
        };
        match field {
            "speaker" => self.everyone(&wanted.speaker, &has.speaker),
            "to" => self.everyone(&wanted.to, &has.to),
            "actors" => self.everyone(&wanted.actors, &has.actors),
            "recipients" => self.everyone(&wanted.recipients, &has.recipients),
            "holder" => self.everyone(&wanted.holder, &has.holder),
            "toward" => self.everyone(&wanted.toward, &has.toward),
            "by" => self.everyone(&wanted.by, &has.by),
            "against" => self.everyone(&wanted.against, &has.against),
            "given_by" => {
                let same = |(a, b): (&String, &String)| self.judge.gold_cast.same(a, &self.judge.system_cast, b);
                wanted.given_by.len() == has.given_by.len() && wanted.given_by.iter().zip(&has.given_by).all(same)
            }
            "source" => one(wanted.source, has.source),
            "cue" => one(wanted.cue, has.cue),
            "trigger" => one(wanted.trigger, has.trigger),
            "span" => one(wanted.span, has.span),
            "proposition" => self.near(wanted.proposition.as_slice(), has.proposition.as_slice()),
            "content" => places(text, &wanted.content) == places(text, &has.content),
            "conditions" => self.judge.same_conditions(wanted, has),
            "evidence" => wanted.evidence.iter().all(|e| overlap(&[*e], &has.evidence)),
            "type" => wanted.kind == has.kind,
            "move" => wanted.stance == has.stance,
            "mode" => wanted.mode == has.mode,
            "act" => wanted.act == has.act,
            "cameo" => wanted.cameo == has.cameo,
            "measure" => wanted.measure == has.measure,
            "bound" => wanted.bound == has.bound,
            "of" => head(wanted.of.as_deref()) == head(has.of.as_deref()),
            "factuality" => wanted.factuality.as_deref().unwrap_or("actual") == has.factuality.as_deref().unwrap_or("actual"),
            "status" => wanted.status.as_deref().unwrap_or("standing") == has.status.as_deref().unwrap_or("standing"),
            "date" => days(wanted.date.as_deref()) == days(has.date.as_deref()),
            "value" => wanted.bounds() == has.bounds(),
            "unaccounted" => wanted.unaccounted == has.unaccounted,
            "contexts" => wanted.contexts.iter().all(|c| has.contexts.contains(c)),
            "place" => same_place(&wanted.place, &has.place),
            "part_of" => self.linked(wanted.part_of.as_slice(), has.part_of.as_slice()),
            "figures" => self.linked(&wanted.figures, &has.figures),
            _ => true,
        }
    }

    /// Each on one side is someone on the other.
    fn everyone(&self, wanted: &[String], has: &[String]) -> bool {
        let (ours, theirs): (&Cast, &Cast) = (&self.judge.gold_cast, &self.judge.system_cast);
        wanted.iter().all(|a| has.iter().any(|b| ours.same(a, theirs, b)))
            && has.iter().all(|b| wanted.iter().any(|a| ours.same(a, theirs, b)))
    }

    fn near(&self, a: &[Span], b: &[Span]) -> bool {
        let text = self.spec.record.document.text.as_str();
        f1(&places(text, a), &places(text, b)) >= 0.5
    }

    /// The figures that the spec names are those that the record names.
    fn linked(&self, wanted: &[String], has: &[String]) -> bool {
        let found: Vec<_> = wanted.iter().map(|id| self.pair(Kind::Figures, id).map(|(_, f)| f.id.clone())).collect();
        found.iter().all(|id| id.as_ref().is_some_and(|id| has.contains(id))) && found.len() == has.len()
    }

    /// Records that nothing in the spec accounts for.
    fn complete(&self, kind: Kind) -> Vec<String> {
        let comparison = &self.comparisons[kind as usize];
        let extra = (0..comparison.system.len()).filter(|j| comparison.pairs.iter().all(|p| p.system != *j));
        extra.map(|j| self.extra(comparison.system[j].entry)).collect()
    }

    fn extra(&self, entry: &Entry) -> String {
        let label = [&entry.kind, &entry.stance, &entry.act, &entry.measure].into_iter().flatten().next();
        let words: Vec<&str> = entry.core().into_iter().map(|s| self.words(s)).collect();
        format!("extra {} {:?}", label.map_or("", String::as_str), words.join(" … "))
    }

    fn never(&self, kind: Kind, item: &Item) -> Vec<String> {
        let json = Value::Object(item.stated.clone());
        let Ok(mut unwanted) = serde_json::from_value::<Entry>(json) else {
            return vec!["the spec's record cannot be read".into()];
        };
        let points = CodePoints::new(&self.spec.record.document.text);
        unwanted.spans_mut().for_each(|span| *span = points.to_bytes(*span).unwrap_or_default());
        let same = |entry: &&Entry| {
            item.stated.keys().all(|field| match field.as_str() {
                "content" => self.near(&unwanted.content, &entry.content),
                field => self.agrees(field, &unwanted, entry),
            })
        };
        self.found.list(kind).iter().filter(same).map(|entry| self.extra(entry)).collect()
    }

    /// A field of a found record as a person reads it.
    fn found_value(&self, field: &str, e: &Entry) -> String {
        let name =
            |id: &String| self.found.actors.iter().find(|a| a.id == *id).and_then(|a| a.name.clone()).unwrap_or_else(|| id.clone());
        let names = |ids: &[String]| ids.iter().map(name).collect::<Vec<_>>().join(" + ");
        let said = |spans: &[Span]| spans.iter().map(|s| format!("{:?}", self.words(*s))).collect::<Vec<_>>().join(" ");
        let plain = |field: &Option<String>| field.clone().unwrap_or_default();
        match field {
            "speaker" => names(&e.speaker),
            "to" => names(&e.to),
            "actors" => names(&e.actors),
            "recipients" => names(&e.recipients),
            "holder" => names(&e.holder),
            "toward" => names(&e.toward),
            "by" => names(&e.by),
            "against" => names(&e.against),
            "given_by" => names(&e.given_by),
            "source" => said(e.source.as_slice()),
            "cue" => said(e.cue.as_slice()),
            "trigger" => said(e.trigger.as_slice()),
            "span" => said(e.span.as_slice()),
            "proposition" => said(e.proposition.as_slice()),
            "content" => said(&e.content),
            "conditions" => said(&e.conditions),
            "evidence" => said(&e.evidence),
            "mode" => plain(&e.mode),
            "act" => plain(&e.act),
            "cameo" => plain(&e.cameo),
            "measure" => plain(&e.measure),
            "bound" => plain(&e.bound),
            "of" => plain(&e.of),
            "factuality" => plain(&e.factuality),
            "status" => plain(&e.status),
            "date" => plain(&e.date),
            "type" => plain(&e.kind),
            "move" => plain(&e.stance),
            "part_of" => plain(&e.part_of),
            "value" => e.value.to_string(),
            "unaccounted" => e.unaccounted.map(|n| n.to_string()).unwrap_or_default(),
            "contexts" => e.contexts.join(" + "),
            "figures" => e.figures.join(" + "),
            "place" => {
                if e.place.is_null() {
                    String::new()
                } else {
                    e.place.to_string()
                }
            }
            _ => String::new(),
        }
    }
}

/// True when the words of `part` stand in `whole` one after the other.
fn within(part: &[String], whole: &[String]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|w| w == part)
}

/// By name, and by what else the spec says of the place.
fn same_place(wanted: &Value, has: &Value) -> bool {
    match wanted {
        Value::Null => has.is_null(),
        Value::String(name) => has["name"].as_str().is_some_and(|h| words(h) == words(name)),
        wanted => wanted.as_object().into_iter().flatten().all(|(field, value)| match (value.as_f64(), has[field].as_f64()) {
            // A town's coordinates differ between gazetteers by its own size.
            (Some(a), Some(b)) if field != "geonames" => (a - b).abs() < 0.2,
            _ => *value == has[field],
        }),
    }
}
