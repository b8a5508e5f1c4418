//! How the account that was made compares with the one that must be.
//!
//! Everything is counted over pairs of tellings (Rand 1971; the pairwise scores of coreference and record linkage): a pair is right when
//! both tellings stand on one line of the account and should, missed when they should and do not, wrong when they do and should not. A
//! telling that the reader did not find stands alone, so that its pairs are missed; `found` leaves those out and thus measures the
//! account apart from the reader.

use super::found::{Found, Telling};
use super::gold::{Gold, Group};
use onrecord_account::Line;
use onrecord_record::Event;
use std::fmt;

/// Counts of pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Together, and should be.
    pub right: usize,
    /// Not together, and should be.
    pub missed: usize,
    /// Together, and should not be.
    pub wrong: usize,
}

impl Pairs {
    /// Share of the pairs together that should be, in per cent; 100 when there are none.
    pub fn precision(&self) -> f64 {
        percent(self.right, self.right + self.wrong)
    }

    /// Share of the pairs that should be together that are, in per cent; 100 when there are none.
    pub fn recall(&self) -> f64 {
        percent(self.right, self.right + self.missed)
    }

    /// Harmonic mean of both, in per cent; 100 when there is nothing to find and nothing was found.
    pub fn f1(&self) -> f64 {
        percent(2 * self.right, 2 * self.right + self.missed + self.wrong)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// Scores of one kind of record.
#[derive(Clone, Debug, Default)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// Tellings that the reader found, and all.
    pub tellings: (usize, usize),
    /// Over all tellings.
    pub all: Pairs,
    /// Over those that the reader found.
    pub found: Pairs,
}

/// Scores of one folder.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Reports that copy each other.
    pub copies: Pairs,
    /// Events, figures, positions, statements, actors.
    pub kinds: Vec<Kind>,
    /// Relations of values that are right, and all that must be.
    pub relations: (usize, usize),
    /// Pairs of `apart` that were merged, by name.
    pub merged: Vec<String>,
    /// What is wrong, in words.
    pub errors: Vec<String>,
}

/// Compares what was found with what must be.
pub fn score(gold: &Gold, found: &Found) -> Scores {
    let mut scores = Scores { copies: copies(gold, found), ..Scores::default() };
    let events = found.events(gold);
    let figures = found.figures(gold);
    for (name, groups, tellings) in [
        ("events", &gold.events, &events),
        ("figures", &gold.figures, &figures),
        ("positions", &gold.positions, &found.positions(gold)),
        ("statements", &gold.statements, &found.statements(gold)),
        ("actors", &gold.actors, &found.actors(gold)),
    ] {
        let shown = Shown { gold, found, groups };
        scores.kind(name, tellings, &shown);
    }
    scores.apart(gold, &events);
    scores.relations(gold, found, &figures);
    scores
}

fn copies(gold: &Gold, found: &Found) -> Pairs {
    let mut pairs = Pairs::default();
    let together = found.copies();
    for (i, a) in gold.documents.iter().enumerate() {
        for (j, b) in gold.documents.iter().enumerate().skip(i + 1) {
            let should = gold.copies.iter().any(|c| c.contains(&i) && c.contains(&j));
            let are = together.values().any(|ids| ids.contains(a.id.as_str()) && ids.contains(b.id.as_str()));
            pairs.add(should, are);
        }
    }
    pairs
}

impl Pairs {
    fn add(&mut self, should: bool, are: bool) {
        match (should, are) {
            (true, true) => self.right += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.wrong += 1,
            (false, false) => {}
        }
    }
}

impl Scores {
    fn kind(&mut self, name: &'static str, tellings: &[Telling], shown: &Shown) {
        let mut kind = Kind { name, ..Kind::default() };
        kind.tellings = (tellings.iter().filter(|t| t.record.is_some()).count(), tellings.len());
        for telling in tellings.iter().filter(|t| t.record.is_none()) {
            self.errors.push(format!("{name}: not found by the reader: {}", shown.telling(telling)));
        }
        for (i, a) in tellings.iter().enumerate() {
            for b in &tellings[i + 1..] {
                let (should, are) = (a.group == b.group, a.line.is_some() && a.line == b.line);
                kind.all.add(should, are);
                if a.record.is_none() || b.record.is_none() {
                    continue;
                }
                kind.found.add(should, are);
                if should != are {
                    let what = if should { "missed" } else { "wrong" };
                    self.errors.push(format!(
                        "{name}: {what}\n    {}\n    {}{}",
                        shown.telling(a),
                        shown.telling(b),
                        shown.weighed(a, b, should)
                    ));
                }
            }
        }
        self.kinds.push(kind);
    }

    fn apart(&mut self, gold: &Gold, events: &[Telling]) {
        for &(a, b) in &gold.apart {
            let lines = |g: usize| events.iter().filter(move |t| t.group == g).filter_map(|t| t.line);
            if lines(a).any(|line| lines(b).any(|other| line == other)) {
                self.merged.push(format!("{} with {}", gold.events[a].id, gold.events[b].id));
            }
        }
    }

    fn relations(&mut self, gold: &Gold, found: &Found, figures: &[Telling]) {
        for (g, series) in gold.figures.iter().enumerate() {
            let name = |nth: usize| {
                let telling = figures.iter().find(|t| t.group == g && t.nth == nth)?;
                Some((found.ids[telling.document].as_str(), telling.record.as_deref()?))
            };
            for &(a, b, is) in &series.relations {
                let made = name(a).zip(name(b)).and_then(|(a, b)| found.relation(a, b));
                self.relations.0 += usize::from(made == Some(is));
                self.relations.1 += 1;
                if made != Some(is) {
                    let words = |nth: usize| gold.words(&series.told[nth]);
                    self.errors.push(format!("relations: {} and {}: must be {is:?}, is {made:?}", words(a), words(b)));
                }
            }
        }
    }
}

/// What errors are told with.
struct Shown<'g> {
    gold: &'g Gold,
    found: &'g Found,
    groups: &'g [Group],
}

impl Shown<'_> {
    fn telling(&self, telling: &Telling) -> String {
        let group = &self.groups[telling.group];
        let record = &self.found.records[telling.document];
        let event = record.events.iter().find(|e| Some(&e.id) == telling.record.as_ref());
        let event = event.map(|e| format!(" {}", self.event(telling.document, e))).unwrap_or_default();
        format!("{} {}{event}", group.id, self.gold.words(&group.told[telling.nth]))
    }

    fn event(&self, document: usize, event: &Event) -> String {
        let record = &self.found.records[document];
        let names = |ids: &[String]| {
            let names = ids.iter().filter_map(|id| record.actors.iter().find(|a| a.id == *id)).map(|a| a.name.as_str());
            names.collect::<Vec<_>>().join(" & ")
        };
        let place = event.place.as_ref().map_or("nowhere", |p| p.name.as_str());
        let date = event.date.as_deref().unwrap_or("undated");
        let kind = event.kind;
        let mode = event.mode.as_deref().unwrap_or("-");
        format!(
            "[{} {kind} {mode} {:?} {} -> {}, {date}, {place}, {}]",
            event.id,
            self.gold.documents[document].slice(event.trigger),
            names(&event.actors),
            names(&event.recipients),
            event.factuality
        )
    }

    /// Why two tellings are not together, or are.
    fn weighed(&self, a: &Telling, b: &Telling, should: bool) -> String {
        match self.found.weighed(self.gold, a, b) {
            Some(weighed) => format!("\n    {weighed}{}", if should { String::new() } else { self.why(a) }),
            None => self.why(a),
        }
    }

    fn why(&self, telling: &Telling) -> String {
        match telling.line.map(|line| &self.found.account.lines[line]) {
            Some(Line::Event { why_merged, .. }) if !why_merged.is_empty() => format!("\n    merged: {}", why_merged.join("; ")),
            _ => String::new(),
        }
    }
}

impl Gold {
    /// Report and words of a telling.
    fn words(&self, told: &super::Told) -> String {
        let document = &self.documents[told.document];
        format!("{}: {:?}", document.id, told.spans.first().map_or("", |&span| document.slice(span)))
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |p: &Pairs| {
            let (precision, recall, f1) = (p.precision(), p.recall(), p.f1());
            format!("P {precision:5.1} R {recall:5.1} F1 {f1:5.1} ({} right, {} missed, {} wrong)", p.right, p.missed, p.wrong)
        };
        writeln!(f, "copies {}", line(&self.copies))?;
        for kind in &self.kinds {
            writeln!(f, "  {:10} found {} of {}", kind.name, kind.tellings.0, kind.tellings.1)?;
            writeln!(f, "    all   {}", line(&kind.all))?;
            writeln!(f, "    found {}", line(&kind.found))?;
        }
        write!(f, "  relations of values {} of {}", self.relations.0, self.relations.1)?;
        self.merged.iter().try_for_each(|pair| write!(f, "\n  merged what is apart: {pair}"))
    }
}
