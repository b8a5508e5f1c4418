//! The rows of the seven tables, and their columns.

use crate::columns::{Cell::*, Column, Row};
use crate::known::Report;
use crate::occurrence::Occurrence;
use onrecord_account::{Appearance, Taken, Telling, Told, Who};
use onrecord_record::{ActorKind, Measure, Precision, Sector};
use std::rc::Rc;

/// A report.
pub struct Filed<'l> {
    pub id: &'l str,
    pub outlet: &'l Option<String>,
    pub published: &'l Option<String>,
    pub title: &'l Option<String>,
    pub url: &'l Option<String>,
    pub copy_of: &'l Option<String>,
}

impl<'l> Row<'l> for Filed<'l> {
    const TABLE: &'static str = "documents";
    const COLUMNS: &'l [Column<Self>] = &[
        ("document_id", Text(|d| d.id)),
        ("outlet", Maybe(|d| d.outlet.as_deref())),
        ("published", Day(|d| d.published.as_deref())),
        ("title", Maybe(|d| d.title.as_deref())),
        ("url", Maybe(|d| d.url.as_deref())),
        ("copy_of", Maybe(|d| d.copy_of.as_deref())),
    ];
}

/// Somebody by all their names.
pub struct Party<'l> {
    pub id: &'l str,
    pub name: &'l str,
    pub aliases: &'l [String],
    pub kind: ActorKind,
    pub country: &'l Option<String>,
    pub sector: Option<Sector>,
    pub roles: &'l [String],
    pub documents: &'l [String],
}

impl<'l> Row<'l> for Party<'l> {
    const TABLE: &'static str = "actors";
    const COLUMNS: &'l [Column<Self>] = &[
        ("actor_id", Text(|a| a.id)),
        ("name", Text(|a| a.name)),
        ("aliases", Texts(|a| all(a.aliases))),
        ("kind", Text(|a| a.kind.as_str())),
        ("country", Maybe(|a| a.country.as_deref())),
        ("sector", Maybe(|a| a.sector.map(Sector::as_str))),
        ("roles", Texts(|a| all(a.roles))),
        ("documents", Texts(|a| all(a.documents))),
    ];
}

impl<'l> Row<'l> for Occurrence<'l> {
    const TABLE: &'static str = "events";
    const COLUMNS: &'l [Column<Self>] = &[
        ("event_id", Text(|e| e.id)),
        ("type", Text(|e| e.kind.as_str())),
        ("mode", Maybe(|e| e.mode)),
        ("contexts", Texts(|e| all(e.contexts))),
        ("cameo", Maybe(|e| e.cameo)),
        ("date", Date(|e| e.date)),
        ("actors", Texts(|e| names(e.actors))),
        ("actor_ids", Texts(|e| ids(e.actors))),
        ("recipients", Texts(|e| names(e.recipients))),
        ("recipient_ids", Texts(|e| ids(e.recipients))),
        ("place", Maybe(|e| Some(&e.place?.name))),
        ("country", Maybe(|e| e.place?.country.as_deref())),
        ("lat", Number(|e| e.place?.lat)),
        ("lon", Number(|e| e.place?.lon)),
        ("geonames", Key(|e| e.place?.geonames)),
        ("precision", Maybe(|e| e.place?.precision.map(Precision::as_str))),
        ("factuality", Text(|e| e.factuality.as_str())),
        ("reports", Count(|e| e.reports.len())),
        ("witnesses", Count(|e| e.witnesses)),
        ("figure_ids", Texts(|e| all(e.figures))),
        ("why_merged", Texts(|e| all(e.why_merged))),
    ];
}

/// An event as one report tells it.
pub struct Mention<'l> {
    pub event: &'l str,
    pub telling: &'l Telling,
    pub report: Rc<Report>,
    pub evidence: String,
}

impl<'l> Row<'l> for Mention<'l> {
    const TABLE: &'static str = "mentions";
    const COLUMNS: &'l [Column<Self>] = &[
        ("event_id", Text(|m| m.event)),
        ("document_id", Text(|m| &m.telling.document)),
        ("witness", Text(|m| &m.telling.witness)),
        ("trigger", Text(|m| m.report.words(m.telling.trigger))),
        ("start", Count(|m| m.telling.trigger[0])),
        ("end", Count(|m| m.telling.trigger[1])),
        ("evidence", Text(|m| &m.evidence)),
        ("evidence_spans", Spans(|m| &m.telling.evidence)),
        ("given_by", Texts(|m| all(&m.telling.given_by))),
        ("factuality", Text(|m| m.telling.factuality.as_str())),
    ];
}

/// One value of a series, the `nth` from 1.
pub struct Counted<'l> {
    pub id: &'l str,
    pub event: &'l Option<String>,
    pub measure: Measure,
    pub of: &'l str,
    pub nth: usize,
    pub told: &'l Told,
    pub report: Rc<Report>,
    pub relations: Vec<(String, usize)>,
}

impl<'l> Row<'l> for Counted<'l> {
    const TABLE: &'static str = "figures";
    const ROWS: &'static str = "values";
    const COLUMNS: &'l [Column<Self>] = &[
        ("figure_id", Text(|f| f.id)),
        ("event_id", Maybe(|f| f.event.as_deref())),
        ("measure", Text(|f| f.measure.as_str())),
        ("of", Text(|f| f.of)),
        ("nth", Count(|f| f.nth)),
        ("low", Number(|f| Some(f.told.value.low()))),
        ("high", Number(|f| Some(f.told.value.high()))),
        ("bound", Text(|f| f.told.bound.as_str())),
        ("factuality", Text(|f| f.told.factuality.as_str())),
        ("given_by", Texts(|f| all(&f.told.given_by))),
        ("document_id", Text(|f| &f.told.document)),
        ("published", Day(|f| f.told.published.as_deref())),
        ("words", Text(|f| f.report.words(f.told.span))),
        ("start", Count(|f| f.told.span[0])),
        ("end", Count(|f| f.told.span[1])),
        ("relations", Relations(|f| &f.relations)),
    ];
}

/// One move of a history, the `nth` from 1.
pub struct Step<'l> {
    pub id: &'l str,
    pub holder: &'l [Who],
    pub issue: &'l str,
    pub nth: usize,
    pub taken: &'l Taken,
    pub report: Rc<Report>,
}

impl<'l> Row<'l> for Step<'l> {
    const TABLE: &'static str = "positions";
    const ROWS: &'static str = "moves";
    const COLUMNS: &'l [Column<Self>] = &[
        ("position_id", Text(|p| p.id)),
        ("holder", Texts(|p| names(p.holder))),
        ("holder_ids", Texts(|p| ids(p.holder))),
        ("issue", Text(|p| p.issue)),
        ("nth", Count(|p| p.nth)),
        ("move", Text(|p| p.taken.stance.as_str())),
        ("proposition", Text(|p| p.report.words(p.taken.proposition))),
        ("start", Count(|p| p.taken.proposition[0])),
        ("end", Count(|p| p.taken.proposition[1])),
        ("conditions", Texts(|p| p.taken.conditions.iter().map(|&points| p.report.words(points)).collect())),
        ("date", Date(|p| p.taken.date.as_deref())),
        ("given_by", Texts(|p| all(&p.taken.given_by))),
        ("document_id", Text(|p| &p.taken.document)),
    ];
}

/// One place where a statement stands.
pub struct Said<'l> {
    pub id: &'l str,
    pub speaker: &'l [Who],
    pub act: &'static str,
    pub appearance: &'l Appearance,
    pub content: String,
}

impl<'l> Row<'l> for Said<'l> {
    const TABLE: &'static str = "statements";
    const ROWS: &'static str = "appearances";
    const COLUMNS: &'l [Column<Self>] = &[
        ("statement_id", Text(|s| s.id)),
        ("speaker", Texts(|s| names(s.speaker))),
        ("speaker_ids", Texts(|s| ids(s.speaker))),
        ("act", Text(|s| s.act)),
        ("mode", Text(|s| s.appearance.mode.as_str())),
        ("content", Text(|s| &s.content)),
        ("content_spans", Spans(|s| &s.appearance.content)),
        ("document_id", Text(|s| &s.appearance.document)),
        ("published", Day(|s| s.appearance.published.as_deref())),
    ];
}

fn all(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn names(who: &[Who]) -> Vec<&str> {
    who.iter().map(|who| who.name.as_str()).collect()
}

fn ids(who: &[Who]) -> Vec<&str> {
    who.iter().map(|who| who.id.as_str()).collect()
}
