//! Columns and codes of ACLED's export, and our own behind them. ACLED's name and coding are ACLED's: this is no ACLED data.
//!
//! Only what ACLED codes by its type is here (violence, protests, arrests, looting), told as having happened or perhaps having happened;
//! the rest is left out and counted. Left empty: regions and divisions, the scale of sources, tags, the time of the last change, and every
//! code that the record does not settle. `fatalities` is empty where no number is told, or where those told do not agree: ACLED's 0 would say
//! that nobody died.

use crate::codes;
use crate::dates::Range;
use crate::deaths::Deaths;
use crate::error::ExportError;
use crate::form::Format;
use crate::known::{Actor, Known};
use crate::occurrence::{Occurrence, listed, names};
use crate::ours::{OURS, ours, with_ours};
use crate::sheet::{Cells, Commas};
use crate::tally::Tally;
use onrecord_account::{Line, Who};
use onrecord_record::{EventType, Place, Precision, Sector};
use std::io::Write;

/// The header: ACLED's 31 and ours.
const COLUMNS: &[&str] = &with_ours::<{ ACLED.len() + OURS.len() }>(ACLED);

const ACLED: &[&str] = &[
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// Events in ACLED's columns.
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
        let Some(class) = Class::of(&event, known) else {
            tally.note("events of types that ACLED does not code left out");
            return Ok(());
        };
        if !event.happened() {
            tally.note("events denied, planned or conditional left out");
            return Ok(());
        }
        self.out.row(row(&event, class, known)?.cells())?;
        tally.wrote("rows");
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        self.out.flush()
    }
}

/// ACLED's three names of a kind of event; empty where the record does not settle them.
#[derive(Clone, Copy)]
struct Class {
    disorder: &'static str,
    kind: &'static str,
    sub: &'static str,
}

impl Class {
    fn of(event: &Occurrence, known: &Known) -> Option<Class> {
        const VIOLENCE: &str = "Political violence";
        const REMOTE: &str = "Explosions/Remote violence";
        const CIVILIANS: &str = "Violence against civilians";
        const STRATEGIC: &str = "Strategic developments";
        let class = |disorder, kind, sub| Some(Class { disorder, kind, sub });
        match (event.kind, event.mode.unwrap_or_default()) {
            // A riot is a violent demonstration or mob violence, which differ in their disorder.
            (EventType::Protest, "riot") => class("", "Riots", ""),
            (EventType::Protest, "vandalize") => class("", "", ""),
            (EventType::Protest, _) => class("Demonstrations", "Protests", ""),
            (EventType::Coerce, "arrest") => class(STRATEGIC, STRATEGIC, "Arrests"),
            (EventType::Assault, "aerial" | "drone") => class(VIOLENCE, REMOTE, "Air/drone strike"),
            (EventType::Assault, "heavy-weapons") => class(VIOLENCE, REMOTE, "Shelling/artillery/missile attack"),
            (EventType::Assault, "suicide-attack") => class(VIOLENCE, REMOTE, "Suicide bomb"),
            (EventType::Assault, "explosives" | "unconventional") => class(VIOLENCE, REMOTE, ""),
            (EventType::Assault, "sexual") => class(VIOLENCE, CIVILIANS, "Sexual violence"),
            (EventType::Assault, "abduct") => class(VIOLENCE, CIVILIANS, "Abduction/forced disappearance"),
            (EventType::Assault, "destroy") => class(STRATEGIC, STRATEGIC, "Looting/property destruction"),
            (EventType::Assault, "crowd-control") => class("", "", ""),
            (EventType::Assault, _) if event.against_civilians(known) => class(VIOLENCE, CIVILIANS, "Attack"),
            (EventType::Assault, _) if is_armed(event.actors, known) && is_armed(event.recipients, known) => {
                class(VIOLENCE, "Battles", "Armed clash")
            }
            (EventType::Assault, _) => class(VIOLENCE, "", ""),
            _ => None,
        }
    }
}

fn is_armed(who: &[Who], known: &Known) -> bool {
    let armed = |sector| codes::is_state_force(sector) || matches!(sector, Sector::Reb | Sector::Uaf | Sector::Prm);
    !who.is_empty() && who.iter().all(|who| known.actor(who).sector.is_some_and(armed))
}

fn row(event: &Occurrence, class: Class, known: &mut Known) -> Result<Cells, ExportError> {
    let mut cells = Cells::new(COLUMNS);
    cells.set("event_id_cnty", event.id);
    dated(&mut cells, event);
    cells.set("disorder_type", class.disorder);
    cells.set("event_type", class.kind);
    cells.set("sub_event_type", class.sub);
    let inter = [side(&mut cells, "1", event.actors, event, known), side(&mut cells, "2", event.recipients, event, known)];
    if let [Some(mut a), Some(mut b)] = inter {
        if rank(b) < rank(a) {
            std::mem::swap(&mut a, &mut b);
        }
        cells.set("interaction", format!("{a}-{b}"));
    }
    if event.kind == EventType::Assault && event.against_civilians(known) {
        cells.set("civilian_targeting", "Civilian targeting");
    }
    if let Some(place) = event.place {
        located(&mut cells, place);
    }
    let articles = event.articles(known)?;
    cells.set("source", listed(articles.iter().map(|report| report.outlet())));
    if let Some(telling) = event.reports.first() {
        let report = known.report(&telling.document)?;
        cells.set("notes", format!("“{}” ({})", report.passages(&telling.evidence), report.citation()));
    }
    let deaths = Deaths::of(event.series, known)?;
    cells.set_some("fatalities", deaths.best);
    ours(&mut cells, event, &deaths);
    Ok(cells)
}

/// Precision 1 is a day, 2 a week or less, 3 a month, of which ACLED takes the middle; less exact dates have no code and stay empty.
fn dated(cells: &mut Cells, event: &Occurrence) {
    let Some(range) = Range::of(event.date) else { return };
    cells.set_some("year", range.year());
    let precision = match range.length() {
        1 => 1,
        2..=7 => 2,
        8..=31 if range.month().is_some() => 3,
        _ => return,
    };
    cells.set("event_date", range.middle());
    cells.set("time_precision", precision);
}

/// Fills one side; gives what ACLED calls its kind of actor.
fn side(cells: &mut Cells, n: &str, who: &[Who], event: &Occurrence, known: &Known) -> Option<&'static str> {
    let first = who.first()?;
    let inter = inter(&known.actor(first), event, n == "1");
    cells.set(&format!("actor{n}"), &first.name);
    cells.set(&format!("assoc_actor_{n}"), names(&who[1..]));
    cells.set_some(&format!("inter{n}"), inter);
    inter
}

fn inter(actor: &Actor, event: &Occurrence, acts: bool) -> Option<&'static str> {
    let sector = actor.sector?;
    match sector {
        // Forces of a state are at home or abroad: where is what tells.
        _ if codes::is_state_force(sector) => {
            let here = event.place.and_then(|place| place.country.as_deref())?;
            Some(if actor.country.as_deref()? == here { "State forces" } else { "External/Other forces" })
        }
        Sector::Reb => Some("Rebel group"),
        _ if !codes::is_civilian(sector) => None,
        _ if acts && event.kind == EventType::Protest => Some(if event.mode == Some("riot") { "Rioters" } else { "Protesters" }),
        _ => (!acts).then_some("Civilians"),
    }
}

/// ACLED's number of a kind of actor; an interaction names the lower first.
fn rank(inter: &str) -> u8 {
    match inter {
        "State forces" => 1,
        "Rebel group" => 2,
        "Rioters" => 5,
        "Protesters" => 6,
        "Civilians" => 7,
        _ => 8,
    }
}

/// Precision 1 is a town, 3 a larger region. ACLED has none for a whole country, whose point would be taken for a place: it stays empty.
fn located(cells: &mut Cells, place: &Place) {
    let country = codes::country(place.country.as_deref());
    cells.set("iso", country.numeric);
    cells.set("country", country.name);
    cells.set("location", &place.name);
    let precision = match place.precision {
        Some(Precision::Point | Precision::City) => 1,
        Some(Precision::Region) => 3,
        Some(Precision::Country) | None => return,
    };
    cells.set_some("latitude", place.lat);
    cells.set_some("longitude", place.lon);
    cells.set("geo_precision", precision);
}
