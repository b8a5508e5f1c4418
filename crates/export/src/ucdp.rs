//! Columns and codes of UCDP's Georeferenced Event Dataset, and our own behind them. This is no UCDP data.
//!
//! Here is what a report tells as an assault that happened or perhaps happened; the rest is left out and counted. UCDP wants at least one
//! death: we keep assaults without a told death, their counts empty, and `onrecord_fatalities_told` says who gave which number. Left empty:
//! conflicts, dyads and their numbers, the type of violence and the clarity of the event, which are UCDP's judgement; divisions; the deaths
//! of each side; `best` where the values that stand do not agree.

use crate::codes;
use crate::dates::{Range, ends};
use crate::deaths::Deaths;
use crate::error::ExportError;
use crate::form::Format;
use crate::known::Known;
use crate::occurrence::{Occurrence, listed, names};
use crate::ours::{OURS, ours, with_ours};
use crate::sheet::{Cells, Commas};
use crate::tally::Tally;
use onrecord_account::{Line, Who};
use onrecord_record::{EventType, Place, Precision, Sector};
use std::io::Write;

/// The header: UCDP's 49 and ours.
const COLUMNS: &[&str] = &with_ours::<{ UCDP.len() + OURS.len() }>(UCDP);

const UCDP: &[&str] = &[
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Events in UCDP's columns.
pub struct Events<'a> {
    out: Commas<'a>,
}

impl<'a> Events<'a> {
    /// Writes the header.
    pub fn new(out: Box<dyn Write + 'a>) -> Result<Self, ExportError> {
        Ok(Events { out: Commas::new(out, COLUMNS)? })
    }
}

impl Format for Events<'_> {
    fn line(&mut self, line: &Line, series: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let Some(event) = Occurrence::of(line, series) else { return Ok(()) };
        if event.kind != EventType::Assault {
            tally.note("events other than assaults left out");
            return Ok(());
        }
        if !event.happened() {
            tally.note("assaults denied, planned or conditional left out");
            return Ok(());
        }
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
    cells.set("id", event.id);
    cells.set("relid", event.id);
    cells.set("side_a", names(event.actors));
    cells.set("side_b", names(event.recipients));
    cells.set("gwnoa", states(event.actors, known));
    cells.set("gwnob", states(event.recipients, known));
    sourced(&mut cells, event, known)?;
    if let Some(place) = event.place {
        located(&mut cells, place);
    }
    dated(&mut cells, event);
    let deaths = Deaths::of(event.series, known)?;
    cells.set_some("deaths_civilians", deaths.civilians);
    cells.set_some("best", deaths.best);
    cells.set_some("high", deaths.high);
    cells.set_some("low", deaths.low);
    ours(&mut cells, event, &deaths);
    Ok(cells)
}

/// Numbers of states whose governments or forces take part.
fn states(who: &[Who], known: &Known) -> String {
    let state = |who: &Who| {
        let actor = known.actor(who);
        let official = actor.sector.is_some_and(|sector| codes::is_state_force(sector) || sector == Sector::Gov);
        if official { codes::country(actor.country.as_deref()).gw } else { "" }
    };
    listed(who.iter().map(state))
}

fn sourced(cells: &mut Cells, event: &Occurrence, known: &mut Known) -> Result<(), ExportError> {
    let articles = event.articles(known)?;
    cells.set("number_of_sources", articles.len());
    cells.set("source_article", listed(articles.iter().map(|report| report.citation())));
    cells.set("source_office", listed(articles.iter().map(|report| report.outlet())));
    cells.set("source_date", listed(articles.iter().map(|report| report.published())));
    cells.set("source_headline", listed(articles.iter().filter_map(|report| report.document.title.clone())));
    cells.set("source_original", listed(event.reports.iter().filter_map(|telling| telling.given_by.last().cloned())));
    Ok(())
}

/// Precision 1 is an exact place, 6 a country. A region may be a division or a landscape, which UCDP tells apart and the record does not.
fn located(cells: &mut Cells, place: &Place) {
    let country = codes::country(place.country.as_deref());
    cells.set("where_coordinates", &place.name);
    cells.set("country", country.name);
    cells.set("country_id", country.gw);
    cells.set_some("latitude", place.lat);
    cells.set_some("longitude", place.lon);
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        cells.set("geom_wkt", format!("POINT ({lon} {lat})"));
    }
    match place.precision {
        Some(Precision::Point | Precision::City) => cells.set("where_prec", 1),
        Some(Precision::Country) => cells.set("where_prec", 6),
        Some(Precision::Region) | None => {}
    }
}

fn dated(cells: &mut Cells, event: &Occurrence) {
    let [first, last] = ends(event.date);
    cells.set_some("date_start", first);
    cells.set_some("date_end", last);
    let Some(range) = Range::of(event.date) else { return };
    cells.set_some("year", range.year());
    let precision = match range.length() {
        1 => Some(1),
        2..=6 => Some(2),
        7 => Some(3),
        8..=31 => Some(4),
        32..=366 => Some(5),
        _ => None,
    };
    cells.set_some("date_prec", precision);
}
