//! A map (RFC 7946): a point for each event with coordinates, longitude first. Events without are counted in the member `onrecord`.
//! The point of a country or region stands for all of it: `precision` says so.

use crate::deaths::amount;
use crate::error::ExportError;
use crate::form::Format;
use crate::json::{Items, known};
use crate::known::Known;
use crate::occurrence::Occurrence;
use crate::tally::Tally;
use onrecord_account::{Line, Telling, Told, Who};
use serde_json::{Value, json};
use std::io::Write;

/// A feature collection.
pub struct Map<'a> {
    items: Items<'a>,
    events: usize,
    elsewhere: usize,
}

impl<'a> Map<'a> {
    /// Begins it.
    pub fn new(out: Box<dyn Write + 'a>) -> Result<Self, ExportError> {
        Ok(Map { items: Items::new(out, "{\"type\":\"FeatureCollection\",\"features\":[")?, events: 0, elsewhere: 0 })
    }
}

impl Format for Map<'_> {
    fn line(&mut self, line: &Line, series: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let Some(event) = Occurrence::of(line, series) else { return Ok(()) };
        self.events += 1;
        let Some((lat, lon)) = event.place.and_then(|place| place.lat.zip(place.lon)) else {
            self.elsewhere += 1;
            tally.note("events without coordinates left out");
            return Ok(());
        };
        self.items.push(&json!({
            "type": "Feature",
            "id": event.id,
            "geometry": { "type": "Point", "coordinates": [lon, lat] },
            "properties": properties(&event, known)?,
        }))?;
        tally.wrote("features");
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        let Map { events, elsewhere, .. } = self;
        let about = json!({ "events": events, "without_coordinates": elsewhere });
        self.items.end(&format!("],\"onrecord\":{about}}}"))
    }
}

fn properties(event: &Occurrence, known_of: &mut Known) -> Result<Value, ExportError> {
    let names = |who: &[Who]| who.iter().map(|who| who.name.clone()).collect::<Vec<_>>();
    let place = event.place;
    let mut reports = Vec::new();
    for telling in event.reports {
        reports.push(report(telling, known_of)?);
    }
    let mut figures = Vec::new();
    for line in event.series {
        if let Line::Figure { id, measure, of, series, .. } = line {
            let values: Vec<Value> = series.iter().map(value).collect();
            figures.push(json!({ "id": id, "measure": measure, "of": of, "values": values }));
        }
    }
    Ok(known(json!({
        "id": event.id,
        "type": event.kind,
        "mode": event.mode,
        "contexts": event.contexts,
        "cameo": event.cameo,
        "date": event.date,
        "actors": names(event.actors),
        "recipients": names(event.recipients),
        "place": place.map(|place| &place.name),
        "country": place.and_then(|place| place.country.as_ref()),
        "precision": place.and_then(|place| place.precision),
        "geonames": place.and_then(|place| place.geonames),
        "factuality": event.factuality,
        "witnesses": event.witnesses,
        "figures": figures,
        "reports": reports,
    })))
}

fn report(telling: &Telling, known_of: &mut Known) -> Result<Value, ExportError> {
    let report = known_of.report(&telling.document)?;
    Ok(known(json!({
        "document": telling.document,
        "outlet": report.outlet(),
        "published": report.published(),
        "url": report.document.url,
        "factuality": telling.factuality,
        "given_by": telling.given_by,
        "words": report.passages(&telling.evidence),
    })))
}

fn value(told: &Told) -> Value {
    known(json!({
        "value": amount(told.value, told.bound),
        "factuality": told.factuality,
        "given_by": told.given_by,
        "document": told.document,
    }))
}
