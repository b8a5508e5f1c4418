//! Where found records and gold records part, in words: what everybody who works on the reader looks at.

use crate::entry::{ActorEntry, Entry, Kind, Loaded};
use crate::score::{Comparison, Judge, Pair};
use onrecord_text::Span;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What to list.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// Kind of record.
    pub kind: Kind,
    /// At most so many missed, so many spurious and so many wrong ones.
    pub limit: usize,
    /// Also those that count as full but have some field wrong.
    pub strict: bool,
}

/// The missed gold records, the spurious system records and the found ones with wrong fields, document by document,
/// then how often each thing went wrong.
pub fn list(listing: Listing, gold: &BTreeMap<String, Loaded>, system: &BTreeMap<String, Loaded>) -> String {
    let mut page = Page { listing, text: String::new(), tally: Tally::default() };
    for (id, record) in gold {
        page.document(record, system.get(id));
    }
    page.tally.write(&mut page.text);
    page.text
}

struct Page {
    listing: Listing,
    text: String,
    tally: Tally,
}

/// One side of a comparison, for showing.
#[derive(Clone, Copy)]
struct Side<'a> {
    text: &'a str,
    actors: &'a [ActorEntry],
}

impl Page {
    fn document(&mut self, gold: &Loaded, system: Option<&Loaded>) {
        let kind = self.listing.kind;
        let comparison = Judge::new(gold, system).compare(kind);
        let text = gold.document.text.as_str();
        let g = Side { text, actors: &gold.actors };
        let s = Side { text, actors: system.map_or(&[], |s| &s.actors) };
        let full = comparison.pairs.iter().filter(|p| p.is_full(kind)).count();
        let mut body = String::new();
        self.missed(&mut body, g, s, &comparison);
        self.wrong(&mut body, g, s, &comparison);
        self.spurious(&mut body, s, &comparison);
        if !body.is_empty() {
            let (of, found, right) = (comparison.gold.len(), comparison.system.len(), comparison.pairs.len());
            let title = gold.document.title.as_deref().unwrap_or("");
            let _ = writeln!(
                self.text,
                "── {} · {title}\n   {kind}: {of} gold, {found} system, {right} found, {full} full\n{body}",
                gold.document.id
            );
        }
    }

    fn missed(&mut self, body: &mut String, g: Side, s: Side, comparison: &Comparison) {
        let kind = self.listing.kind;
        for (i, candidate) in comparison.gold.iter().enumerate() {
            if comparison.pairs.iter().any(|p| p.gold == i) {
                continue;
            }
            self.tally.count("missed", class(kind, candidate.entry));
            if self.tally.total("missed") > self.listing.limit {
                continue;
            }
            let _ = writeln!(body, "  missed    {}", g.describe(kind, candidate.entry));
            g.show(body, candidate.entry);
            // What the system has on the same words and did not give to another gold record is the first thing to look at.
            let near = |j: &usize| {
                touches(candidate.entry, comparison.system[*j].entry) && comparison.pairs.iter().all(|p| p.system != *j)
            };
            for j in (0..comparison.system.len()).filter(near).take(3) {
                let _ = writeln!(body, "            near  {}", s.describe(kind, comparison.system[j].entry));
            }
        }
    }

    fn wrong(&mut self, body: &mut String, g: Side, s: Side, comparison: &Comparison) {
        let kind = self.listing.kind;
        let mut pairs: Vec<&Pair> = comparison.pairs.iter().collect();
        pairs.sort_by_key(|p| p.gold);
        for pair in pairs {
            let wrong: Vec<&str> = pair.fields.iter().filter(|(_, ok)| !ok).map(|(name, _)| *name).collect();
            for field in &wrong {
                self.tally.count("wrong fields of found ones", (*field).to_owned());
            }
            if if self.listing.strict { wrong.is_empty() } else { pair.is_full(kind) } {
                continue;
            }
            self.tally.count("found, not full", class(kind, comparison.gold[pair.gold].entry));
            if self.tally.total("found, not full") > self.listing.limit {
                continue;
            }
            let (gold, system) = (comparison.gold[pair.gold].entry, comparison.system[pair.system].entry);
            let _ = writeln!(body, "  wrong     {}\n       has  {}", g.describe(kind, gold), s.describe(kind, system));
            for field in wrong {
                let _ = writeln!(body, "            {field}: {} ≠ {}", g.field(field, gold), s.field(field, system));
            }
            g.show(body, gold);
        }
    }

    fn spurious(&mut self, body: &mut String, s: Side, comparison: &Comparison) {
        let kind = self.listing.kind;
        for (j, candidate) in comparison.system.iter().enumerate() {
            if comparison.pairs.iter().any(|p| p.system == j) {
                continue;
            }
            self.tally.count("spurious", class(kind, candidate.entry));
            self.tally.count("spurious, by rule", candidate.entry.why.clone());
            if self.tally.total("spurious") > self.listing.limit {
                continue;
            }
            let _ = writeln!(body, "  spurious  {}  why: {}", s.describe(kind, candidate.entry), candidate.entry.why);
            s.show(body, candidate.entry);
        }
    }
}

/// What a record is counted under in the summary.
fn class(kind: Kind, entry: &Entry) -> String {
    let name = match kind {
        Kind::Statements => &entry.act,
        Kind::Events => &entry.kind,
        Kind::Positions => &entry.stance,
        Kind::Figures => &entry.measure,
    };
    name.clone().unwrap_or_default()
}

fn touches(a: &Entry, b: &Entry) -> bool {
    let (a, b) = (a.core(), b.core());
    a.iter().any(|x| b.iter().any(|y| x.overlaps(*y)))
}

impl Side<'_> {
    fn names(&self, ids: &[String]) -> String {
        let name =
            |id: &String| self.actors.iter().find(|a| a.id == *id).and_then(|a| a.name.clone()).unwrap_or_else(|| id.clone());
        if ids.is_empty() { "–".into() } else { ids.iter().map(name).collect::<Vec<_>>().join(" + ") }
    }

    fn words(&self, spans: &[Span]) -> String {
        let parts: Vec<String> = spans.iter().filter_map(|s| self.text.get(s.range())).map(one_line).collect();
        if parts.is_empty() { "–".into() } else { parts.iter().map(|p| format!("[{p}]")).collect::<Vec<_>>().join(" ") }
    }

    /// One line with everything that matters about a record.
    fn describe(&self, kind: Kind, e: &Entry) -> String {
        let given = if e.given_by.is_empty() { String::new() } else { format!(" · given by {}", self.names(&e.given_by)) };
        let put = e.factuality.as_deref().filter(|f| *f != "actual").map(|f| format!(" · {f}")).unwrap_or_default();
        let date = e.date.as_ref().map(|d| format!(" · {d}")).unwrap_or_default();
        let name = |field: &Option<String>| field.clone().unwrap_or_else(|| "–".into());
        let what = match kind {
            Kind::Statements => {
                format!(
                    "{} {} ({}) {}: {}",
                    self.names(&e.speaker),
                    self.words(e.cue.as_slice()),
                    name(&e.act),
                    name(&e.mode),
                    self.words(&e.content)
                )
            }
            Kind::Events => {
                let mode = e.mode.as_ref().map(|m| format!(" ({m})")).unwrap_or_default();
                format!(
                    "{}{mode} {} · {} → {}",
                    name(&e.kind),
                    self.words(e.trigger.as_slice()),
                    self.names(&e.actors),
                    self.names(&e.recipients)
                )
            }
            Kind::Positions => {
                let terms = if e.conditions.is_empty() { String::new() } else { format!(" if {}", self.words(&e.conditions)) };
                format!(
                    "{} of {} → {}: {}{terms}",
                    name(&e.stance),
                    self.names(&e.holder),
                    self.names(&e.toward),
                    self.words(e.proposition.as_slice())
                )
            }
            Kind::Figures => {
                let part = e.part_of.as_ref().map(|p| format!(" · part of {p}")).unwrap_or_default();
                format!(
                    "{} {} {} ({}) {}{part}",
                    e.value,
                    name(&e.bound),
                    name(&e.of),
                    name(&e.measure),
                    self.words(e.span.as_slice())
                )
            }
        };
        format!("{:<4} {what}{date}{put}{given}", e.id)
    }

    /// The value of a field of the score, for showing.
    fn field(&self, field: &str, e: &Entry) -> String {
        let name = |field: &Option<String>| field.clone().unwrap_or_else(|| "–".into());
        match field {
            "speaker" => self.names(&e.speaker),
            "actor" => self.names(&e.actors),
            "recipient" => self.names(&e.recipients),
            "holder" => self.names(&e.holder),
            "toward" => self.names(&e.toward),
            "given_by" => self.names(&e.given_by),
            "cue" => self.words(e.cue.as_slice()),
            "exact" => self.words(&e.content),
            "conditions" => self.words(&e.conditions),
            "mode" => name(&e.mode),
            "act" => name(&e.act),
            "move" => name(&e.stance),
            "factuality" => name(&e.factuality),
            "date" => name(&e.date),
            "of" => name(&e.of),
            "measure" => name(&e.measure),
            "bound" => name(&e.bound),
            "part_of" => name(&e.part_of),
            other => format!("({other})"),
        }
    }

    /// The sentence around a record's words, those marked.
    fn show(&self, body: &mut String, e: &Entry) {
        let mut core = e.core();
        core.sort();
        let Some((first, last)) = core.first().zip(core.iter().max_by_key(|s| s.end)) else { return };
        let around = sentence_around(self.text, first.cover(*last));
        let (mut shown, mut at) = (String::new(), around.start);
        for span in core {
            // Spans may overlap: only what lies behind the one before is marked.
            if span.start >= at {
                let _ = write!(shown, "{}«{}»", &self.text[at..span.start], &self.text[span.range()]);
                at = span.end;
            }
        }
        shown.push_str(&self.text[at..around.end.max(at)]);
        let _ = writeln!(body, "            in    {}", one_line(&shown));
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// From the end of the sentence before to the end of this one, roughly, and no further than 240 bytes on either side.
pub(crate) fn sentence_around(text: &str, span: Span) -> Span {
    const REACH: usize = 240;
    const ENDS: [&str; 7] = [". ", "? ", "! ", ".” ", ".\" ", ".\n", "\n"];
    let floor = (span.start.saturating_sub(REACH)..).find(|&i| text.is_char_boundary(i)).unwrap_or(span.start);
    let before = &text[floor..span.start];
    let start = ENDS.iter().filter_map(|end| before.rfind(end).map(|i| i + end.len())).max().unwrap_or(0);
    let ceiling = ((span.end + REACH).min(text.len())..).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    let after = &text[span.end..ceiling];
    let end = ENDS.iter().filter_map(|end| after.find(end).map(|i| i + end.trim_end().len())).min().unwrap_or(after.len());
    Span::new(floor + start, span.end + end)
}

/// How often what went wrong, under headings in the order they were first met.
#[derive(Default)]
struct Tally(Vec<(&'static str, BTreeMap<String, usize>)>);

impl Tally {
    fn count(&mut self, heading: &'static str, name: String) {
        let at = self.0.iter().position(|(h, _)| *h == heading).unwrap_or_else(|| {
            self.0.push((heading, BTreeMap::new()));
            self.0.len() - 1
        });
        *self.0[at].1.entry(name).or_default() += 1;
    }

    fn total(&self, heading: &str) -> usize {
        self.0.iter().find(|(h, _)| *h == heading).map_or(0, |(_, counts)| counts.values().sum())
    }

    fn write(&self, text: &mut String) {
        for (heading, counts) in &self.0 {
            let mut sorted: Vec<_> = counts.iter().collect();
            sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
            let line: Vec<String> = sorted.iter().map(|(name, n)| format!("{name} {n}")).collect();
            let _ = writeln!(text, "{heading} ({}): {}", self.total(heading), line.join(" · "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_wrong_is_shown_with_its_sentence() {
        let text = "It rained. Ana warned Bo. Bo left.";
        let record = |speaker: &str, content: [usize; 2]| {
            let json = serde_json::json!({
                "document": {"id": "d", "text": text},
                "actors": [{"id": "a", "name": "Ana"}, {"id": "b", "name": "Bo"}],
                "statements": [{"id": "s", "speaker": [speaker], "content": [content], "act": "warn", "why": "some rule"}],
            });
            BTreeMap::from([("d".to_owned(), Loaded::from_json(&json.to_string(), None).expect("a record"))])
        };
        let listing = Listing { kind: Kind::Statements, limit: 5, strict: false };
        let wrong = list(listing, &record("a", [11, 24]), &record("b", [11, 24]));
        assert!(wrong.contains("speaker: Ana ≠ Bo") && wrong.contains("in    «Ana warned Bo».\n"), "{wrong}");
        let apart = list(listing, &record("a", [11, 24]), &record("a", [26, 33]));
        assert!(
            apart.contains("missed    s") && apart.contains("why: some rule") && apart.contains("spurious (1): warn 1"),
            "{apart}"
        );
        assert_eq!(list(listing, &record("a", [11, 24]), &record("a", [11, 24])), "");
    }
}
