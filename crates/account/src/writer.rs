//! Groups of records as lines of the account.

use crate::account::Report;
use crate::called::{Called, actor_line};
use crate::days::{Days, number};
use crate::decision::Ref;
use crate::figures::{Count, relations};
use crate::gather::{At, Group};
use crate::lines::{Appearance, Line, Named, Points, Related, Taken, Telling, Told, Who};
use crate::thing::{Kind, anchors, figure_anchor};
use onrecord_record::{Actor, Event, Factuality, Figure, Id, Position, Statement};
use onrecord_text::{CodePoints, Span};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// The account's actor for an actor of a report.
pub type Names<'n> = &'n dyn Fn(usize, &Id) -> Option<Who>;

/// Reports, and what the account calls those in them.
pub struct Writer<'r> {
    reports: &'r [Report<'r>],
    points: Vec<CodePoints<'r>>,
    /// The first of the copies that each report belongs to.
    witness: &'r [usize],
    who: Names<'r>,
    /// Anchors of a report's records, made once for all of a kind.
    anchors: RefCell<HashMap<(usize, Kind), Vec<String>>>,
}

impl<'r> Writer<'r> {
    /// Over these reports: `witness` gives for each the first of its copies, `who` is asked for the account's actors.
    pub fn new(reports: &'r [Report<'r>], witness: &'r [usize], who: Names<'r>) -> Self {
        Writer {
            points: reports.iter().map(|r| CodePoints::new(&r.document.text)).collect(),
            reports,
            witness,
            who,
            anchors: RefCell::default(),
        }
    }

    /// The line of a report.
    pub fn document(&self, r: usize) -> Line {
        let document = self.reports[r].document;
        Line::Document {
            id: document.id.clone(),
            outlet: document.outlet.clone(),
            published: self.published(r),
            title: document.title.clone(),
            url: document.url.clone(),
            copy_of: (self.witness[r] != r).then(|| self.reports[self.witness[r]].document.id.clone()),
        }
    }

    /// The line of an actor.
    pub fn actor(&self, group: &Group) -> Option<Line> {
        let members: Vec<(usize, &Actor)> = group.members.iter().map(|&(r, i)| (r, &self.reports[r].record.actors[i])).collect();
        let (r, first) = members.first()?;
        let called: Vec<Called> = members.iter().map(|(_, actor)| Called::from(*actor)).collect();
        let named =
            |(r, actor): &(usize, &Actor)| Named { document: self.reports[*r].document.id.clone(), record: actor.id.clone() };
        Some(actor_line((self.who)(*r, &first.id)?.id, &called, members.iter().map(named).collect()))
    }

    /// The line of an event whose series have these names.
    pub fn event(&self, group: &Group, figures: Vec<String>) -> Option<Line> {
        let told: Vec<(usize, &Event)> = group.members.iter().map(|&(r, i)| (r, &self.reports[r].record.events[i])).collect();
        let (_, first) = *told.first()?;
        // What one report knows and another leaves out is taken from the first that knows it; of dates and places the narrowest.
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
            id: self.name(Kind::Event, group.members[0]),
            event_type: first.kind,
            mode: told.iter().find_map(|(_, e)| e.mode.clone()),
            contexts,
            cameo: told.iter().find_map(|(_, e)| e.cameo.clone()),
            actors: self.first_of(&told, |e| &e.actors),
            recipients: self.first_of(&told, |e| &e.recipients),
            date,
            place: told.iter().filter_map(|(_, e)| e.place.clone()).min_by_key(|p| p.precision.map_or(9, |p| p as u8)),
            factuality: factuality(&told),
            figures,
            reports: told.iter().map(|(r, e)| self.telling(*r, e)).collect(),
            witnesses: witnesses.len(),
            why_merged: group.why.clone(),
        })
    }

    fn telling(&self, r: usize, event: &Event) -> Telling {
        Telling {
            document: self.reports[r].document.id.clone(),
            record: event.id.clone(),
            witness: self.reports[self.witness[r]].document.id.clone(),
            trigger: self.points(r, event.trigger),
            evidence: event.evidence.iter().map(|&span| self.points(r, span)).collect(),
            given_by: self.givers(r, &event.given_by),
            factuality: event.factuality,
            published: self.published(r),
        }
    }

    /// The series of an event: figures of its reports that count the same.
    pub fn series(&self, group: &Group) -> Vec<Line> {
        let mut series: Vec<Vec<(usize, &Figure, Count)>> = Vec::new();
        for &(r, i) in &group.members {
            let record = self.reports[r].record;
            for figure in record.events[i].figures.iter().filter_map(|id| record.figures.iter().find(|f| f.id == *id)) {
                let count = Count::new(self.reports[r].document, record, figure, self.witness[r]);
                let joins =
                    |(other, _, c): &(usize, &Figure, Count)| c.same_quantity(&count) && (*other != r || c.other_source(&count));
                match series.iter_mut().find(|s| s.iter().all(joins)) {
                    Some(known) => known.push((r, figure, count)),
                    None => series.push(vec![(r, figure, count)]),
                }
            }
        }
        let event = group.members.first().map(|&at| self.name(Kind::Event, at));
        series.iter().map(|told| self.quantity(event.clone(), told)).collect()
    }

    /// Those figures of a report that belong to no event.
    pub fn loose_figures(&self, r: usize) -> Vec<Line> {
        let Report { document, record } = self.reports[r];
        let of_event: BTreeSet<&Id> = record.events.iter().flat_map(|e| &e.figures).collect();
        let loose = record.figures.iter().filter(|f| !of_event.contains(&f.id));
        loose.map(|f| self.quantity(None, &[(r, f, Count::new(document, record, f, self.witness[r]))])).collect()
    }

    fn quantity(&self, event: Option<String>, told: &[(usize, &Figure, Count)]) -> Line {
        let (r, first, _) = &told[0];
        let counts: Vec<Count> = told.iter().map(|(_, _, count)| count.clone()).collect();
        Line::Figure {
            id: Ref::new(self.reports[*r].document.id.as_str(), figure_anchor(first)).name("figure"),
            event,
            measure: first.measure,
            of: first.of.clone(),
            series: told.iter().map(|(r, figure, _)| self.told(*r, figure)).collect(),
            relations: relations(&counts).into_iter().map(|(a, b, is)| Related { a, b, is }).collect(),
        }
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
            factuality: figure.factuality,
        }
    }

    /// The line of a party's moves on one matter, in order of time.
    pub fn position(&self, group: &Group) -> Line {
        let at = |&(r, i): &At| (r, &self.reports[r].record.positions[i]);
        let mut moves: Vec<_> = group.members.iter().map(at).collect();
        moves.sort_by_key(|(r, p)| p.date.as_deref().and_then(|d| Days::parse(d, None)).map(|d| d.first).or(self.day(*r)));
        let (r, first) = at(&group.members[0]);
        let taken = |(r, p): &(usize, &Position)| Taken {
            document: self.reports[*r].document.id.clone(),
            record: p.id.clone(),
            stance: p.stance,
            proposition: self.points(*r, p.proposition),
            conditions: p.conditions.iter().map(|&span| self.points(*r, span)).collect(),
            date: p.date.clone(),
            given_by: self.givers(*r, &p.given_by),
            published: self.published(*r),
        };
        Line::Position {
            id: self.name(Kind::Position, group.members[0]),
            holder: self.who(r, &first.holder),
            issue: self.reports[r].document.slice(first.proposition).to_owned(),
            history: moves.iter().map(taken).collect(),
        }
    }

    /// The line of a statement with all its appearances.
    pub fn statement(&self, group: &Group) -> Line {
        let at = |&(r, i): &At| (r, &self.reports[r].record.statements[i]);
        let (r, first) = at(&group.members[0]);
        let appearance = |(r, s): (usize, &Statement)| Appearance {
            document: self.reports[r].document.id.clone(),
            record: s.id.clone(),
            content: s.content.iter().map(|&span| self.points(r, span)).collect(),
            mode: s.mode,
            published: self.published(r),
        };
        Line::Statement {
            id: self.name(Kind::Statement, group.members[0]),
            speaker: self.who(r, &first.speaker),
            act: first.act,
            appearances: group.members.iter().map(at).map(appearance).collect(),
        }
    }

    fn name(&self, kind: Kind, (r, i): At) -> String {
        let Report { document, record } = self.reports[r];
        let mut known = self.anchors.borrow_mut();
        let anchors = known.entry((r, kind)).or_insert_with(|| anchors(kind, record));
        Ref::new(document.id.as_str(), anchors[i].as_str()).name(kind.as_str())
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
        for who in ids.iter().filter_map(|id| (self.who)(r, id)) {
            if !found.contains(&who) {
                found.push(who);
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

/// The fullest of several names of one actor; it does not depend on their order.
///
/// ```
/// assert_eq!(onrecord_account::fullest(&["Zelensky", "Volodymyr Zelensky", "the president"]), Some("Volodymyr Zelensky"));
/// ```
pub fn fullest<'n>(names: &[&'n str]) -> Option<&'n str> {
    let fullness = |n: &str| (n.starts_with(char::is_uppercase), n.split(' ').count().min(4), n.len());
    names.iter().copied().max_by(|a, b| fullness(a).cmp(&fullness(b)).then_with(|| b.cmp(a)))
}

/// It happened if a report says so in its own voice or anybody's; a denial alone is a denial.
fn factuality(told: &[(usize, &Event)]) -> Factuality {
    told.iter().map(|(_, e)| e.factuality).min().unwrap_or_default()
}
