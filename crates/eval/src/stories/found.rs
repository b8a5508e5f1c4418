//! What the program makes of the reports, beside what it must make of them.

use super::gold::{Gold, Group};
use onrecord_account::{Account, Cast, Kind, Line, Relation, Report, Thing, account};
use onrecord_reader::Reader;
use onrecord_record::{Id, Record};
use onrecord_text::Span;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reports that were read, and their account.
pub struct Found {
    /// Ids of the reports.
    pub ids: Vec<String>,
    /// Of every report of the folder, in its order.
    pub records: Vec<Record>,
    /// What they tell together.
    pub account: Account,
}

/// One telling of a gold group and where the program put it.
pub struct Telling {
    /// Number of the gold group.
    pub group: usize,
    /// Number of the telling in that group.
    pub nth: usize,
    /// Number of the report.
    pub document: usize,
    /// The record that the reader found for it.
    pub record: Option<Id>,
    /// Number of the account's line that holds that record.
    pub line: Option<usize>,
}

/// Reads the reports and makes their account.
pub fn read(gold: &Gold, reader: &Reader) -> Found {
    let records: Vec<Record> = gold.documents.iter().map(|d| reader.read(d)).collect();
    let reports: Vec<Report> = gold.documents.iter().zip(&records).map(|(document, record)| Report { document, record }).collect();
    let account = account(&reports, &[]);
    Found { ids: gold.documents.iter().map(|d| d.id.clone()).collect(), records, account }
}

/// What of a record can be a telling: its id and the words it points at.
type Candidates<'r> = Vec<(&'r Id, Vec<Span>)>;

impl Found {
    /// Tellings of events: an event of the same type whose trigger is among the words.
    pub fn events(&self, gold: &Gold) -> Vec<Telling> {
        self.tellings(&gold.events, |record, group| {
            let same = record.events.iter().filter(|e| group.kind == Some(e.kind));
            same.map(|e| (&e.id, vec![e.trigger])).collect()
        })
    }

    /// Tellings of figures.
    pub fn figures(&self, gold: &Gold) -> Vec<Telling> {
        self.tellings(&gold.figures, |record, _| record.figures.iter().map(|f| (&f.id, vec![f.span])).collect())
    }

    /// Tellings of positions.
    pub fn positions(&self, gold: &Gold) -> Vec<Telling> {
        self.tellings(&gold.positions, |record, _| record.positions.iter().map(|p| (&p.id, vec![p.proposition])).collect())
    }

    /// Tellings of statements.
    pub fn statements(&self, gold: &Gold) -> Vec<Telling> {
        self.tellings(&gold.statements, |record, _| record.statements.iter().map(|s| (&s.id, s.content.clone())).collect())
    }

    /// Tellings of actors.
    pub fn actors(&self, gold: &Gold) -> Vec<Telling> {
        self.tellings(&gold.actors, |record, _| record.actors.iter().map(|a| (&a.id, a.mentions.clone())).collect())
    }

    /// Every telling with the record that fits it best; a record is taken once within a kind.
    fn tellings<'r>(&'r self, groups: &[Group], candidates: impl Fn(&'r Record, &Group) -> Candidates<'r>) -> Vec<Telling> {
        let mut taken = BTreeSet::new();
        let mut found = BTreeMap::new();
        // First by the words that name it best, then by the others that could be taken for it.
        let alternatives = groups.iter().flat_map(|g| &g.told).map(|t| t.spans.len()).max().unwrap_or(0);
        for nth_words in 0..alternatives {
            for (g, group) in groups.iter().enumerate() {
                for (t, told) in group.told.iter().enumerate().filter(|(_, told)| told.spans.len() > nth_words) {
                    if found.contains_key(&(g, t)) {
                        continue;
                    }
                    let free = candidates(&self.records[told.document], group);
                    let free = free.into_iter().filter(|(id, _)| !taken.contains(&(told.document, *id)));
                    if let Some(id) = best(told.spans[nth_words], free.collect()) {
                        taken.insert((told.document, id));
                        found.insert((g, t), id.clone());
                    }
                }
            }
        }
        let home = self.home();
        let mut tellings = Vec::new();
        for (group, gold) in groups.iter().enumerate() {
            for (nth, told) in gold.told.iter().enumerate() {
                let record = found.remove(&(group, nth));
                let line = record.as_ref().and_then(|id| home.get(&(self.ids[told.document].as_str(), id.as_str()))).copied();
                tellings.push(Telling { group, nth, document: told.document, record, line });
            }
        }
        tellings
    }

    /// What the account holds for and against two tellings being one event.
    pub fn weighed(&self, gold: &Gold, a: &Telling, b: &Telling) -> Option<String> {
        let thing = |telling: &Telling| {
            let (document, record) = (&gold.documents[telling.document], &self.records[telling.document]);
            let at = record.events.iter().position(|e| Some(&e.id) == telling.record.as_ref())?;
            let cast = Cast::new(document, &record.actors);
            Thing::of_kind(Kind::Event, document, record, &cast).into_iter().nth(at).map(|(_, thing)| thing)
        };
        thing(a)?.weighed(&thing(b)?)
    }

    /// The number of the line that holds each record, by report and id; ids of different kinds differ.
    fn home(&self) -> HashMap<(&str, &str), usize> {
        let mut home = HashMap::new();
        for (number, line) in self.account.lines.iter().enumerate() {
            home.extend(members(line).into_iter().map(|member| (member, number)));
        }
        home
    }

    /// Ids of the copies of one text, each with its first.
    pub fn copies(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut copies: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for line in &self.account.lines {
            if let Line::Document { id, copy_of: Some(first), .. } = line {
                copies.entry(first).or_default().extend([first.as_str(), id.as_str()]);
            }
        }
        copies
    }

    /// How the account says that two values stand to each other, by report and id of both.
    pub fn relation(&self, a: (&str, &str), b: (&str, &str)) -> Option<Relation> {
        self.account.lines.iter().find_map(|line| {
            let Line::Figure { series, relations, .. } = line else { return None };
            let at = |(document, record): (&str, &str)| series.iter().position(|t| t.document == document && t.record == record);
            let (a, b) = (at(a)?, at(b)?);
            relations.iter().find(|r| (r.a, r.b) == (a.min(b), a.max(b))).map(|r| r.is)
        })
    }
}

/// Report and id of every record that a line of the account holds.
fn members(line: &Line) -> Vec<(&str, &str)> {
    match line {
        Line::Document { .. } => Vec::new(),
        Line::Actor { reports, .. } => reports.iter().map(|r| (r.document.as_str(), r.record.as_str())).collect(),
        Line::Event { reports, .. } => reports.iter().map(|r| (r.document.as_str(), r.record.as_str())).collect(),
        Line::Figure { series, .. } => series.iter().map(|r| (r.document.as_str(), r.record.as_str())).collect(),
        Line::Position { history, .. } => history.iter().map(|r| (r.document.as_str(), r.record.as_str())).collect(),
        Line::Statement { appearances, .. } => appearances.iter().map(|r| (r.document.as_str(), r.record.as_str())).collect(),
    }
}

/// The candidate whose words overlap with these most, as a share of both.
fn best<'r>(words: Span, candidates: Candidates<'r>) -> Option<&'r Id> {
    let share = |spans: &[Span]| {
        let common = |s: &Span| s.end.min(words.end).saturating_sub(s.start.max(words.start));
        let of = |s: &Span| common(s) as f64 / (s.len() + words.len() - common(s)).max(1) as f64;
        spans.iter().map(of).fold(0.0, f64::max)
    };
    let scored = candidates.into_iter().map(|(id, spans)| (share(&spans), id)).filter(|(share, _)| *share > 0.0);
    scored.reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, id)| id)
}
