//! From reports to their account.

use crate::actors::Known;
use crate::copies::Sketch;
use crate::days::{Days, number};
use crate::decision::{Decision, Ref};
use crate::events::Mention;
use crate::figures::{Count, relations};
use crate::gather::{At, Group, Things, gather};
use crate::lines::{Account, Appearance, Line, Points, Related, Taken, Telling, Told, Who};
use crate::positions::Stance;
use crate::statements::Saying;
use onrecord_record::{Actor, Event, Factuality, Figure, Id, Record};
use onrecord_text::{CodePoints, Document, Span};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A report with its record.
#[derive(Clone, Copy, Debug)]
pub struct Report<'r> {
    /// The report.
    pub document: &'r Document,
    /// What it says.
    pub record: &'r Record,
}

/// What the reports tell together. Their order does not matter; of two with one id the first counts.
///
/// ```
/// use onrecord_account::{Line, Report, account};
/// use onrecord_record::{Event, EventType, Record};
/// use onrecord_text::{Document, Span};
/// let documents = ["d1", "d2"].map(|id| Document::new(id, "The bridge at Nowy was bombed."));
/// let event = Event { kind: EventType::Assault, trigger: Span::new(23, 29), evidence: vec![Span::new(0, 29)], id: "e1".into(), ..Event::default() };
/// let record = Record { events: vec![event], ..Record::default() };
/// let reports = documents.iter().map(|document| Report { document, record: &record }).collect::<Vec<_>>();
/// let lines = account(&reports, &[]).lines;
/// // The second is a copy of the first and no second witness.
/// assert!(matches!(&lines[1], Line::Document { copy_of: Some(first), .. } if first == "d1"));
/// ```
pub fn account(reports: &[Report], decisions: &[Decision]) -> Account {
    let mut sorted: Vec<Report> = reports.to_vec();
    sorted.sort_by_key(|r| (r.document.published.is_none(), r.document.published, r.document.id.clone()));
    let mut seen = BTreeSet::new();
    sorted.retain(|r| seen.insert(r.document.id.clone()));
    let points = sorted.iter().map(|r| CodePoints::new(&r.document.text)).collect();
    let witness = witnesses(&sorted);
    let mut gathered = Gathered { reports: sorted, points, witness, decisions, actors: HashMap::new(), names: Vec::new() };
    let mut lines = gathered.documents();
    lines.extend(gathered.actors());
    let events = gathered
        .grouped(|r| r.record.events.iter().map(|e| (e.id.clone(), Mention::new(r.document, r.record, e))).collect(), false);
    let figures = gathered.figures(&events);
    lines.extend(gathered.events(&events, &figures));
    lines.extend(figures.lines);
    lines.extend(gathered.positions());
    lines.extend(gathered.statements());
    Account { lines }
}

/// The first report of the copies that each report belongs to.
fn witnesses(reports: &[Report]) -> Vec<usize> {
    let sketches: Vec<Sketch> = reports.iter().map(|r| Sketch::new(&r.document.text)).collect();
    let mut filed: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut witness: Vec<usize> = Vec::new();
    for (i, sketch) in sketches.iter().enumerate() {
        let met: BTreeSet<usize> = sketch.keys().iter().filter_map(|k| filed.get(k)).flatten().copied().collect();
        let first = met.into_iter().filter(|&j| sketches[j].is_copy(sketch)).map(|j| witness[j]).min();
        witness.push(first.unwrap_or(i));
        for &key in sketch.keys() {
            filed.entry(key).or_default().push(i);
        }
    }
    witness
}

/// Reports on their way into an account.
struct Gathered<'r> {
    reports: Vec<Report<'r>>,
    points: Vec<CodePoints<'r>>,
    witness: Vec<usize>,
    decisions: &'r [Decision],
    /// The account's actor for each actor of each report.
    actors: HashMap<(usize, Id), usize>,
    names: Vec<Who>,
}

/// A quantity's event, if it has one, and its values with the reports that tell them.
type Quantity<'r> = (Option<usize>, Vec<(usize, &'r Figure, Count)>);

/// Series of figures, and whose they are.
#[derive(Default)]
struct Series {
    lines: Vec<Line>,
    /// By group of events.
    of_event: BTreeMap<usize, Vec<String>>,
}

impl<'r> Gathered<'r> {
    fn grouped<T: crate::Item>(&self, things: impl Fn(&Report<'r>) -> Vec<(Id, T)>, twice: bool) -> Vec<Group> {
        let mut all: Things<T> = Things::new();
        for (r, report) in self.reports.iter().enumerate() {
            for (i, (id, thing)) in things(report).into_iter().enumerate() {
                all.insert((r, i), (Ref::new(report.document.id.as_str(), id), thing));
            }
        }
        gather(&all, self.decisions, twice)
    }

    fn documents(&self) -> Vec<Line> {
        let line = |(r, report): (usize, &Report)| Line::Document {
            id: report.document.id.clone(),
            outlet: report.document.outlet.clone(),
            published: self.published(r),
            title: report.document.title.clone(),
            url: report.document.url.clone(),
            copy_of: (self.witness[r] != r).then(|| self.reports[self.witness[r]].document.id.clone()),
        };
        self.reports.iter().enumerate().map(line).collect()
    }

    fn actors(&mut self) -> Vec<Line> {
        let groups = self.grouped(|r| r.record.actors.iter().map(|a| (a.id.clone(), Known::new(r.document, a))).collect(), false);
        let mut lines = Vec::new();
        for group in groups {
            let members: Vec<(usize, &Actor)> =
                group.members.iter().map(|&(r, i)| (r, &self.reports[r].record.actors[i])).collect();
            let fullest = |a: &Actor| (a.name.starts_with(char::is_uppercase), a.name.split(' ').count().min(4), a.name.len());
            let Some((first, best)) =
                members.first().zip(members.iter().map(|(_, a)| *a).reduce(|a, b| if fullest(b) > fullest(a) { b } else { a }))
            else {
                continue;
            };
            let id = Ref::new(self.reports[first.0].document.id.as_str(), first.1.id.as_str()).name("actor");
            let aliases: BTreeSet<String> = members.iter().map(|(_, a)| a.name.clone()).filter(|n| *n != best.name).collect();
            let roles: BTreeSet<String> = members.iter().flat_map(|(_, a)| a.roles.clone()).collect();
            for (r, actor) in &members {
                self.actors.insert((*r, actor.id.clone()), self.names.len());
            }
            self.names.push(Who { id: id.clone(), name: best.name.clone() });
            lines.push(Line::Actor {
                id,
                name: best.name.clone(),
                aliases: aliases.into_iter().collect(),
                actor_kind: best.kind,
                country: members.iter().find_map(|(_, a)| a.country.clone()),
                sector: members.iter().find_map(|(_, a)| a.sector),
                roles: roles.into_iter().collect(),
                documents: members.iter().map(|(r, _)| self.reports[*r].document.id.clone()).collect(),
            });
        }
        lines
    }

    fn events(&self, groups: &[Group], figures: &Series) -> Vec<Line> {
        let line = |(g, group): (usize, &Group)| {
            let told: Vec<(usize, &Event)> = group.members.iter().map(|&(r, i)| (r, &self.reports[r].record.events[i])).collect();
            let (_, first) = *told.first()?;
            // What one report knows and another leaves out is taken from the first that knows it; of dates the shortest.
            let dates = told.iter().filter_map(|(_, e)| e.date.clone());
            let date = dates.min_by_key(|d| (Days::parse(d, None).map_or(i32::MAX, Days::length), d.clone()));
            let mut contexts: Vec<String> = Vec::new();
            for context in told.iter().flat_map(|(_, e)| &e.contexts) {
                if !contexts.contains(context) {
                    contexts.push(context.clone());
                }
            }
            let witnesses: BTreeSet<usize> = told.iter().map(|(r, _)| self.witness[*r]).collect();
            Some(Line::Event {
                id: self.name("event", group.members[0], &first.id),
                event_type: first.kind,
                mode: told.iter().find_map(|(_, e)| e.mode.clone()),
                contexts,
                cameo: told.iter().find_map(|(_, e)| e.cameo.clone()),
                actors: self.first_of(&told, |e| &e.actors),
                recipients: self.first_of(&told, |e| &e.recipients),
                date,
                place: told.iter().filter_map(|(_, e)| e.place.clone()).min_by_key(|p| p.precision.map_or(9, |p| p as u8)),
                factuality: factuality(&told),
                figures: figures.of_event.get(&g).cloned().unwrap_or_default(),
                reports: told.iter().map(|(r, e)| self.telling(*r, e)).collect(),
                witnesses: witnesses.len(),
                why_merged: group.why.clone(),
            })
        };
        groups.iter().enumerate().filter_map(line).collect()
    }

    fn telling(&self, r: usize, event: &Event) -> Telling {
        Telling {
            document: self.reports[r].document.id.clone(),
            record: event.id.clone(),
            witness: self.witness[r],
            trigger: self.points(r, event.trigger),
            evidence: event.evidence.iter().map(|&span| self.points(r, span)).collect(),
            given_by: self.givers(r, &event.given_by),
            factuality: event.factuality,
        }
    }

    /// Series of each event, then those of figures that belong to none.
    fn figures(&self, events: &[Group]) -> Series {
        let home: HashMap<At, usize> =
            events.iter().enumerate().flat_map(|(g, group)| group.members.iter().map(move |at| (*at, g))).collect();
        let mut found = Series::default();
        // Figures of one event that count the same are one quantity; each of the rest is one for itself.
        let mut quantities: Vec<Quantity> = Vec::new();
        let mut of_event: HashMap<usize, Vec<usize>> = HashMap::new();
        for (r, report) in self.reports.iter().enumerate() {
            let owner = |id: &Id| report.record.events.iter().position(|e| e.figures.contains(id));
            for figure in &report.record.figures {
                let event = owner(&figure.id).and_then(|e| home.get(&(r, e))).copied();
                let count = Count::new(report.document, report.record, figure, self.witness[r]);
                let fits = |&q: &usize| quantities[q].1.iter().all(|(other, _, c)| *other != r && c.same_quantity(&count));
                let known = event.and_then(|g| of_event.get(&g)?.iter().copied().find(fits));
                match known {
                    Some(q) => quantities[q].1.push((r, figure, count)),
                    None => {
                        event.into_iter().for_each(|g| of_event.entry(g).or_default().push(quantities.len()));
                        quantities.push((event, vec![(r, figure, count)]));
                    }
                }
            }
        }
        for (event, series) in quantities {
            let (r, figure, _) = &series[0];
            let id = Ref::new(self.reports[*r].document.id.as_str(), figure.id.as_str()).name("figure");
            if let Some(event) = event {
                found.of_event.entry(event).or_default().push(id.clone());
            }
            let counts: Vec<Count> = series.iter().map(|(_, _, count)| count.clone()).collect();
            found.lines.push(Line::Figure {
                id,
                event: event.map(|g| self.name("event", events[g].members[0], &self.event_at(events[g].members[0]).id)),
                measure: figure.measure,
                of: figure.of.clone(),
                series: series.iter().map(|(r, figure, _)| self.told(*r, figure)).collect(),
                relations: relations(&counts).into_iter().map(|(a, b, is)| Related { a, b, is }).collect(),
            });
        }
        found
    }

    fn told(&self, r: usize, figure: &Figure) -> Told {
        Told {
            document: self.reports[r].document.id.clone(),
            record: figure.id.clone(),
            value: figure.value,
            bound: figure.bound,
            given_by: self.givers(r, &figure.given_by),
            span: self.points(r, figure.span),
            published: self.published(r),
        }
    }

    fn positions(&self) -> Vec<Line> {
        let groups = self
            .grouped(|r| r.record.positions.iter().map(|p| (p.id.clone(), Stance::new(r.document, r.record, p))).collect(), true);
        let line = |group: Group| {
            let at = |&(r, i): &At| (r, &self.reports[r].record.positions[i]);
            let mut moves: Vec<_> = group.members.iter().map(at).collect();
            moves.sort_by_key(|(r, p)| p.date.as_deref().and_then(|d| Days::parse(d, None)).map(|d| d.first).or(self.day(*r)));
            let (r, first) = at(&group.members[0]);
            Line::Position {
                id: self.name("position", group.members[0], &first.id),
                holder: self.who(r, &first.holder),
                issue: self.reports[r].document.slice(first.proposition).to_owned(),
                history: moves
                    .iter()
                    .map(|(r, p)| Taken {
                        document: self.reports[*r].document.id.clone(),
                        record: p.id.clone(),
                        stance: p.stance,
                        proposition: self.points(*r, p.proposition),
                        conditions: p.conditions.iter().map(|&span| self.points(*r, span)).collect(),
                        date: p.date.clone(),
                        given_by: self.givers(*r, &p.given_by),
                    })
                    .collect(),
            }
        };
        groups.into_iter().map(line).collect()
    }

    fn statements(&self) -> Vec<Line> {
        let groups = self
            .grouped(|r| r.record.statements.iter().map(|s| (s.id.clone(), Saying::new(r.document, r.record, s))).collect(), false);
        let line = |group: Group| {
            let at = |&(r, i): &At| (r, &self.reports[r].record.statements[i]);
            let (r, first) = at(&group.members[0]);
            Line::Statement {
                id: self.name("statement", group.members[0], &first.id),
                speaker: self.who(r, &first.speaker),
                act: first.act,
                appearances: group
                    .members
                    .iter()
                    .map(at)
                    .map(|(r, s)| Appearance {
                        document: self.reports[r].document.id.clone(),
                        record: s.id.clone(),
                        content: s.content.iter().map(|&span| self.points(r, span)).collect(),
                        mode: s.mode,
                        published: self.published(r),
                    })
                    .collect(),
            }
        };
        groups.into_iter().map(line).collect()
    }

    fn event_at(&self, (r, i): At) -> &Event {
        &self.reports[r].record.events[i]
    }

    fn name(&self, kind: &str, (r, _): At, id: &str) -> String {
        Ref::new(self.reports[r].document.id.as_str(), id).name(kind)
    }

    fn points(&self, r: usize, span: Span) -> Points {
        let span = self.points[r].from_bytes(span);
        [span.start, span.end]
    }

    fn published(&self, r: usize) -> Option<String> {
        self.reports[r].document.published.map(|day| day.to_string())
    }

    fn day(&self, r: usize) -> Option<i32> {
        self.reports[r].document.published.map(number)
    }

    fn who(&self, r: usize, ids: &[Id]) -> Vec<Who> {
        let mut found: Vec<Who> = Vec::new();
        for who in ids.iter().filter_map(|id| self.actors.get(&(r, id.clone()))).map(|&i| &self.names[i]) {
            if !found.contains(who) {
                found.push(who.clone());
            }
        }
        found
    }

    fn givers(&self, r: usize, ids: &[Id]) -> Vec<String> {
        self.who(r, ids).into_iter().map(|who| who.name).collect()
    }

    fn first_of(&self, told: &[(usize, &Event)], ids: impl Fn(&Event) -> &Vec<Id>) -> Vec<Who> {
        told.iter().map(|(r, e)| self.who(*r, ids(e))).find(|who| !who.is_empty()).unwrap_or_default()
    }
}

/// It happened if a report says so in its own voice or anybody's; a denial alone is a denial.
fn factuality(told: &[(usize, &Event)]) -> Factuality {
    told.iter().map(|(_, e)| e.factuality).min().unwrap_or_default()
}
