//! From reports to their account.

use crate::called::{Called, who};
use crate::decision::{Decision, Ref};
use crate::gather::{Group, Things, gather};
use crate::lines::{Account, Line, Who};
use crate::parties::Cast;
use crate::spread::order;
use crate::thing::{Kind, Thing, anchors};
use crate::writer::Writer;
use onrecord_record::{Id, Record};
use onrecord_text::Document;
use std::collections::{BTreeSet, HashMap};

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
    sorted.sort_by_cached_key(|r| order(r.document));
    let mut seen = BTreeSet::new();
    sorted.retain(|r| seen.insert(r.document.id.clone()));
    let casts: Vec<Cast> = sorted.iter().map(|r| Cast::new(r.document, &r.record.actors)).collect();
    let grouped = |kind: Kind| grouped(&sorted, &casts, kind, decisions);
    let mut witness: Vec<usize> = (0..sorted.len()).collect();
    for group in grouped(Kind::Document) {
        group.members.iter().for_each(|&(r, _)| witness[r] = group.members[0].0);
    }
    let actors = grouped(Kind::Actor);
    let names = names(&sorted, &actors);
    let who = |r: usize, id: &Id| names.get(&(r, id.clone())).cloned();
    let writer = Writer::new(&sorted, &witness, &who);
    let mut lines: Vec<Line> = (0..sorted.len()).map(|r| writer.document(r)).collect();
    lines.extend(actors.iter().filter_map(|group| writer.actor(group)));
    let events = grouped(Kind::Event);
    let series: Vec<Vec<Line>> = events.iter().map(|group| writer.series(group)).collect();
    let named = |series: &[Line]| series.iter().map(|line| line.id().to_owned()).collect();
    lines.extend(events.iter().zip(&series).filter_map(|(group, series)| writer.event(group, named(series))));
    lines.extend(series.into_iter().flatten());
    lines.extend((0..sorted.len()).flat_map(|r| writer.loose_figures(r)));
    lines.extend(grouped(Kind::Position).iter().map(|group| writer.position(group)));
    lines.extend(grouped(Kind::Statement).iter().map(|group| writer.statement(group)));
    Account { lines }
}

fn grouped(reports: &[Report], casts: &[Cast], kind: Kind, decisions: &[Decision]) -> Vec<Group> {
    let mut things = Things::new();
    for (r, report) in reports.iter().enumerate() {
        for (i, (id, thing)) in Thing::of_kind(kind, report.document, report.record, &casts[r]).into_iter().enumerate() {
            things.insert((r, i), (Ref::new(report.document.id.as_str(), id), thing));
        }
    }
    gather(&things, decisions, kind.repeats() || kind == Kind::Document)
}

/// What the account calls each actor of each report: by its fullest name, with the name of the first of its group.
fn names(reports: &[Report], groups: &[Group]) -> HashMap<(usize, Id), Who> {
    let anchors: Vec<Vec<String>> = reports.iter().map(|r| anchors(Kind::Actor, r.record)).collect();
    let mut names = HashMap::new();
    for group in groups {
        let Some(&(first, number)) = group.members.first() else { continue };
        let id = Ref::new(reports[first].document.id.as_str(), anchors[first][number].as_str()).name(Kind::Actor.as_str());
        let members = group.members.iter().map(|&(r, i)| (r, &reports[r].record.actors[i]));
        let who = who(id, &members.clone().map(|(_, a)| Called::from(a)).collect::<Vec<_>>());
        names.extend(members.map(|(r, a)| ((r, a.id.clone()), who.clone())));
    }
    names
}
