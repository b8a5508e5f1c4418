//! POLECAT: 40 columns between tabs, with a header, UTF-8, no quotes. Several parties share a cell, a semicolon between, as in POLECAT.
//!
//! It has no column for how an event is put: events that are denied, planned, conditional or uncertain are left out and counted. Left empty:
//! Wikipedia ids, district and province, and the people, organisations and places of the whole story, which an event does not have.

use crate::codes;
use crate::dates::Range;
use crate::error::ExportError;
use crate::form::Format;
use crate::known::{Actor, Known};
use crate::occurrence::{Occurrence, actors, listed, names};
use crate::sheet::{Cells, Tabs};
use crate::tally::Tally;
use onrecord_account::{Line, Who};
use onrecord_record::{Place, Precision};
use std::io::Write;

/// The header.
pub const COLUMNS: &[&str] = &[
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// POLECAT's events.
pub struct Events<'a> {
    out: Tabs<'a>,
}

impl<'a> Events<'a> {
    /// Writes the header.
    pub fn new(out: Box<dyn Write + 'a>) -> Result<Self, ExportError> {
        let mut out = Tabs::new(out);
        out.row(COLUMNS)?;
        Ok(Events { out })
    }
}

impl Format for Events<'_> {
    fn line(&mut self, line: &Line, series: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let Some(event) = Occurrence::actual(line, series, tally) else { return Ok(()) };
        self.out.row(row(&event, known)?.cells())?;
        tally.wrote("rows");
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        self.out.flush()
    }
}

fn row(event: &Occurrence, known: &mut Known) -> Result<Cells, ExportError> {
    let mut cells = Cells::new(COLUMNS);
    cells.set("Event ID", event.id);
    cells.set_some("Event Date", Range::of(event.date).and_then(Range::day));
    cells.set("Event Type", event.kind);
    cells.set_some("Event Mode", event.mode);
    cells.set_some("Intensity", codes::plover_score(event.kind, event.mode).map(|score| format!("{score:.1}")));
    cells.set("Quad Code", quad(codes::plover_class(event.kind)));
    cells.set("Contexts", event.contexts.join("; "));
    side(&mut cells, "Actor", event.actors, known);
    side(&mut cells, "Recipient", event.recipients, known);
    if let Some(place) = event.place {
        located(&mut cells, place);
    }
    let telling = event.told().next().or(event.reports.first());
    if let Some(telling) = telling {
        let report = known.report(&telling.document)?;
        cells.set("Source", report.outlet());
        cells.set("Publication Date", report.published());
        cells.set("Language", &report.document.language);
    }
    cells.set("Version", concat!("onrecord ", env!("CARGO_PKG_VERSION")));
    Ok(cells)
}

fn quad(class: u8) -> &'static str {
    match class {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        _ => "MATERIAL CONFLICT",
    }
}

fn side(cells: &mut Cells, side: &str, who: &[Who], known: &Known) {
    let all = actors(who, known);
    let sectors = |all: &[Actor]| listed(all.iter().filter_map(|actor| actor.sector).map(|sector| sector.to_string()));
    cells.set(&format!("{side} Name"), names(who));
    cells.set(&format!("{side} Country"), listed(all.iter().filter_map(|actor| actor.country.clone())));
    cells.set(&format!("{side} COW"), listed(all.iter().map(|actor| codes::country(actor.country.as_deref()).cow)));
    cells.set(&format!("Primary {side} Sector"), sectors(&all[..all.len().min(1)]));
    cells.set(&format!("{side} Sectors"), sectors(&all));
    cells.set(&format!("{side} Title"), listed(all.iter().flat_map(|actor| actor.roles.clone())));
    cells.set(&format!("{side} Name Raw"), listed(all.iter().flat_map(|actor| actor.names.clone())));
}

fn located(cells: &mut Cells, place: &Place) {
    cells.set("Placename", &place.name);
    cells.set("Raw Placename", &place.name);
    if place.precision == Some(Precision::City) {
        cells.set("City", &place.name);
    }
    cells.set_some("Country", place.country.as_deref());
    cells.set_some("Latitude", place.lat);
    cells.set_some("Longitude", place.lon);
    cells.set_some("GeoNames ID", place.geonames);
    cells.set_some("Feature Type", place.precision);
}
