//! The account made on many machines: every step looks at few things, and all steps together give what [`account`](crate::account()) gives.
//!
//! 1. Each report gives its things ([`placed`]), filed under their keys.
//! 2. Of those that meet under a key, some are the same ([`pairs`]); those of one identity need not meet, the first stands for all.
//! 3. What hangs together by such pairs is grouped ([`grouped_apart`]), each component for itself: no pair leads out of it.
//! 4. A group of actors is named ([`named`]); of every other group each report gives its [`Share`], and the shares are written ([`written`]).
//!    What a report tells alone it gives itself ([`own`]).
//!
//! Lines are told with their [`Spot`]; sorted by it they stand as in an account.

use crate::account::Report;
use crate::called::{Called, actor_line, who};
use crate::decision::Ref;
use crate::gather::{Group, Things, gather};
use crate::item::Item;
use crate::lines::{Line, Named, Who};
use crate::parties::Cast;
use crate::thing::{Kind, Thing, anchors};
use crate::writer::Writer;
use jiff::civil::Date;
use onrecord_record::{Id, Record};
use onrecord_text::Document;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where a report stands among others: by its day, those of which it is not known last, then by its id.
pub type Order = (bool, Option<Date>, String);

/// The order of a report.
pub fn order(document: &Document) -> Order {
    (document.published.is_none(), document.published, document.id.clone())
}

/// Where a line stands in an account: its section, its first report and record there, and its number among the lines these give.
pub type Spot = (u8, Order, usize, usize);

const DOCUMENTS: u8 = 0;
const ACTORS: u8 = 1;
const EVENTS: u8 = 2;
const SERIES: u8 = 3;
const LOOSE: u8 = 4;
const POSITIONS: u8 = 5;
const STATEMENTS: u8 = 6;

/// A thing with the place where it stands.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its report's.
    pub order: Order,
    /// Its number among the things of its kind there.
    pub nth: usize,
    /// What it is called there.
    pub anchor: String,
    /// What is compared.
    pub thing: Thing,
}

impl Placed {
    /// Its name in the account, should it be the first of its group.
    pub fn name(&self) -> Ref {
        Ref::new(self.order.2.as_str(), self.anchor.as_str())
    }
}

/// Everything in a report that others may tell too.
pub fn placed(document: &Document, record: &Record) -> Vec<Placed> {
    let (order, cast) = (order(document), Cast::new(document, &record.actors));
    let of_kind = |kind: Kind| Thing::of_kind(kind, document, record, &cast).into_iter().enumerate();
    let all = Kind::ALL.into_iter().flat_map(of_kind);
    all.map(|(nth, (anchor, thing))| Placed { order: order.clone(), nth, anchor, thing }).collect()
}

/// Which of the things that look under a key are the same as one that is filed there, by their numbers; the earlier one is named first.
pub fn pairs(finds: &[usize], under: &[usize], things: &[Placed]) -> BTreeSet<(usize, usize)> {
    let at = |number: usize| (&things[number].order, things[number].nth);
    let mut found = BTreeSet::new();
    for &one in finds {
        for &other in under {
            let (a, b) = if at(one) < at(other) { (one, other) } else { (other, one) };
            let apart = at(a) == at(b) || things[a].order == things[b].order && !is_told_twice(things[a].thing.kind());
            if !apart && !found.contains(&(a, b)) && things[a].thing.same(&things[b].thing).is_some() {
                found.insert((a, b));
            }
        }
    }
    found
}

fn is_told_twice(kind: Kind) -> bool {
    kind.repeats() || kind == Kind::Document
}

/// The groups of things of one kind of which no pair leads to others: numbers of the members in order, and why they are one.
pub fn grouped_apart(things: &[Placed]) -> Vec<(Vec<usize>, Vec<String>)> {
    let Some(kind) = things.first().map(|first| first.thing.kind()) else { return Vec::new() };
    let orders: BTreeSet<&Order> = things.iter().map(|placed| &placed.order).collect();
    let reports: HashMap<&Order, usize> = orders.into_iter().enumerate().map(|(number, order)| (order, number)).collect();
    let at = |placed: &Placed| (reports[&placed.order], placed.nth);
    let numbers: HashMap<_, usize> = things.iter().enumerate().map(|(number, placed)| (at(placed), number)).collect();
    let all: Things<Thing> = things.iter().map(|placed| (at(placed), (placed.name(), placed.thing.clone()))).collect();
    let groups = gather(&all, &[], is_told_twice(kind));
    groups.into_iter().map(|group| (group.members.iter().map(|at| numbers[at]).collect(), group.why)).collect()
}

/// An actor of a report, as far as its group is named by it.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Member {
    pub order: Order,
    pub nth: usize,
    pub anchor: String,
    /// Its id in its report.
    pub record: Id,
    pub called: Called,
}

/// What the account calls a group of actors, and its line. None of no members.
pub fn named(mut members: Vec<Member>) -> Option<(Who, Spot, Line)> {
    members.sort_by(|a, b| (&a.order, a.nth).cmp(&(&b.order, b.nth)));
    let first = members.first()?;
    let id = Ref::new(first.order.2.as_str(), first.anchor.as_str()).name(Kind::Actor.as_str());
    let spot = (ACTORS, first.order.clone(), first.nth, 0);
    let called: Vec<Called> = members.iter().map(|member| member.called.clone()).collect();
    let places = members.iter().map(|member| Named { document: member.order.2.clone(), record: member.record.clone() });
    let line = actor_line(id.clone(), &called, places.collect());
    Some((who(id, &called), spot, line))
}

/// What a report has to say to a line of the account: one of its events, positions or statements with what belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Share {
    document: Document,
    record: Record,
    nth: usize,
    anchor: String,
    who: HashMap<Id, Who>,
    witness: String,
}

/// What the account calls the actors of a report, and which report it copies (itself, where it copies none).
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// By their ids in the report.
    pub who: HashMap<Id, Who>,
    /// Id of the first report of its text.
    pub witness: String,
}

/// The shares of a report, each with its kind and its name.
pub fn shares(document: &Document, record: &Record, told: &Told) -> Vec<(Kind, Ref, Share)> {
    let mut all = Vec::new();
    for kind in [Kind::Event, Kind::Position, Kind::Statement] {
        for (nth, anchor) in anchors(kind, record).into_iter().enumerate() {
            let (part, ids) = part(kind, nth, record);
            let who = ids.iter().filter_map(|id| Some(((*id).clone(), told.who.get(*id)?.clone()))).collect();
            let name = Ref::new(document.id.as_str(), anchor.as_str());
            all.push((
                kind,
                name,
                Share { document: document.clone(), record: part, nth, anchor, who, witness: told.witness.clone() },
            ));
        }
    }
    all
}

/// The record of one thing and what belongs to it, and the actors it names.
fn part(kind: Kind, nth: usize, record: &Record) -> (Record, BTreeSet<&Id>) {
    let mut part = Record::default();
    let mut ids: BTreeSet<&Id> = BTreeSet::new();
    match kind {
        Kind::Event => {
            let event = &record.events[nth];
            ids.extend(event.actors.iter().chain(&event.recipients).chain(&event.given_by));
            let figures = record.figures.iter().filter(|figure| event.figures.contains(&figure.id));
            for figure in figures {
                ids.extend(&figure.given_by);
                part.figures.push(figure.clone());
            }
            part.events.push(event.clone());
        }
        Kind::Position => {
            let position = &record.positions[nth];
            ids.extend(position.holder.iter().chain(&position.given_by));
            part.positions.push(position.clone());
        }
        Kind::Statement => {
            ids.extend(&record.statements[nth].speaker);
            part.statements.push(record.statements[nth].clone());
        }
        Kind::Document | Kind::Actor => {}
    }
    part.actors = record.actors.iter().filter(|actor| ids.contains(&actor.id)).cloned().collect();
    (part, ids)
}

/// The lines of a group of this kind from the shares of its reports.
pub fn written(kind: Kind, mut shares: Vec<Share>, why: Vec<String>) -> Vec<(Spot, Line)> {
    shares.sort_by_cached_key(|share| (order(&share.document), share.nth));
    let Some((first, nth)) = shares.first().map(|share| (order(&share.document), share.nth)) else { return Vec::new() };
    let mut merged: Vec<Share> = Vec::new();
    let mut members = Vec::new();
    for share in shares {
        let share = with_anchor(share);
        match merged.last_mut().filter(|last| last.document.id == share.document.id) {
            Some(last) => join(last, share),
            None => merged.push(share),
        }
        let last = &merged.last().expect("one was just put there").record;
        let there = last.events.len() + last.positions.len() + last.statements.len();
        members.push((merged.len() - 1, there - 1));
    }
    let group = Group { members, why };
    with_writer(&merged, |writer| match kind {
        Kind::Event => {
            let series = writer.series(&group);
            let event = writer.event(&group, series.iter().map(|line| line.id().to_owned()).collect());
            let series = series.into_iter().enumerate().map(|(sub, line)| ((SERIES, first.clone(), nth, sub), line));
            event.map(|line| ((EVENTS, first.clone(), nth, 0), line)).into_iter().chain(series).collect()
        }
        Kind::Position => vec![((POSITIONS, first, nth, 0), writer.position(&group))],
        Kind::Statement => vec![((STATEMENTS, first, nth, 0), writer.statement(&group))],
        Kind::Document | Kind::Actor => Vec::new(),
    })
}

/// Named as in its whole report, where another at the same place may stand before it.
fn with_anchor(mut share: Share) -> Share {
    let Record { events, positions, statements, .. } = &mut share.record;
    let whys = events.iter_mut().map(|e| &mut e.why).chain(positions.iter_mut().map(|p| &mut p.why));
    for why in whys.chain(statements.iter_mut().map(|s| &mut s.why)) {
        why.anchor = Some(share.anchor.clone());
    }
    share
}

/// Two shares of one report as one.
fn join(into: &mut Share, from: Share) {
    let record = &mut into.record;
    record.events.extend(from.record.events);
    record.positions.extend(from.record.positions);
    record.statements.extend(from.record.statements);
    for figure in from.record.figures {
        if record.figures.iter().all(|known| known.id != figure.id) {
            record.figures.push(figure);
        }
    }
    for actor in from.record.actors {
        if record.actors.iter().all(|known| known.id != actor.id) {
            record.actors.push(actor);
        }
    }
    into.who.extend(from.who);
}

/// What a report gives to an account by itself: its own line, and figures that belong to no event.
pub fn own(document: &Document, record: &Record, told: &Told) -> Vec<(Spot, Line)> {
    let share = Share {
        document: document.clone(),
        record: record.clone(),
        nth: 0,
        anchor: String::new(),
        who: told.who.clone(),
        witness: told.witness.clone(),
    };
    with_writer(&[share], |writer| {
        let place = |section, sub| (section, order(document), 0, sub);
        let loose = writer.loose_figures(0).into_iter().enumerate().map(|(sub, line)| (place(LOOSE, sub), line));
        std::iter::once((place(DOCUMENTS, 0), writer.document(0))).chain(loose).collect()
    })
}

/// A writer over the shares' reports. Those that are copied but have no share stand behind them as names.
fn with_writer<T>(shares: &[Share], write: impl FnOnce(&Writer) -> T) -> T {
    let ids: BTreeMap<&str, usize> = shares.iter().enumerate().map(|(r, share)| (share.document.id.as_str(), r)).collect();
    let absent: BTreeSet<&str> = shares.iter().map(|share| share.witness.as_str()).filter(|id| !ids.contains_key(id)).collect();
    let stand_ins: Vec<Document> = absent.iter().map(|id| Document::new(*id, "")).collect();
    let behind: HashMap<&str, usize> = absent.iter().enumerate().map(|(n, id)| (*id, shares.len() + n)).collect();
    let nothing = Record::default();
    let mut reports: Vec<Report> = shares.iter().map(|s| Report { document: &s.document, record: &s.record }).collect();
    reports.extend(stand_ins.iter().map(|document| Report { document, record: &nothing }));
    let number = |id: &str| ids.get(id).or_else(|| behind.get(id)).copied();
    let mut witness: Vec<usize> = shares.iter().enumerate().map(|(r, share)| number(&share.witness).unwrap_or(r)).collect();
    witness.extend(shares.len()..reports.len());
    let who = |r: usize, id: &Id| shares.get(r)?.who.get(id).cloned();
    write(&Writer::new(&reports, &witness, &who))
}
