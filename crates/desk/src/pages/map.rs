//! The map: where events happened. A point stands for a city, a ring for a region, hatching for a country; what has no place is a number.

use crate::ask::Ask;
use crate::assets;
use crate::drawing::{At, Drawing};
use crate::filters::Filters;
use crate::form::Form;
use crate::problem::Problem;
use crate::projection::{PARTS, Part, WORLD};
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use onrecord_account::Kind;
use onrecord_export::flat::Row;
use onrecord_export::thousands;
use onrecord_record::Precision;
use onrecord_store::{Asked, Placed, Places};
use onrecord_view::words;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Places on a map.
const SHOWN: usize = 300;
/// Radius of a single event and of the place with most, in pixels: what is drawn is the area.
const LEAST: f64 = 3.0;
const GREATEST: f64 = 24.0;
const SINGLE: f64 = 5.0;
/// Pixels of a map on a usual screen.
const SCREEN: f64 = 960.0;
const COLUMNS: [&str; 7] = ["place", "country", "precision", "lat", "lon", "events", "reports"];

#[derive(Template)]
#[template(path = "map.html")]
struct Page {
    shell: Shell,
    filters: Filters,
    land: Drawing,
    marks: Drawing,
    parts: Vec<(String, String, bool)>,
    places: Vec<Shown>,
    /// What the map does not show, in words.
    left_out: Vec<String>,
    timeline: String,
    geojson: String,
}

/// A place in the table.
struct Shown {
    name: String,
    href: String,
    country: String,
    precision: &'static str,
    events: String,
    reports: String,
}

/// `/map`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    let (asked, part) = asked(ask)?;
    let places = ask.store.places(&asked, ask.limit(SHOWN)?)?;
    match ask.form {
        Form::Json => {
            let mut data = serde_json::to_value(&places).unwrap_or_default();
            data["ok"] = true.into();
            Reply::json(&data)
        }
        Form::Csv => Reply::csv(&COLUMNS, places.places.iter().map(row)),
        Form::Html => {
            let filters = Filters::new(ask, ask.store.facets(Kind::Event, &asked)?);
            let points: Vec<(f64, f64)> = places.places.iter().filter_map(point).collect();
            let outside = points.iter().filter(|(lat, lon)| part.place(*lat, *lon).is_none()).count();
            Reply::page(&Page {
                shell: Shell::new(ask, "Map"),
                filters,
                land: land(ask, &places, &part),
                marks: marks(ask, &places, &part),
                parts: parts(ask, &points, &part),
                left_out: left_out(&places, outside),
                places: places.places.iter().map(|placed| shown(ask, placed)).collect(),
                timeline: ask.at("/timeline"),
                geojson: ask.at("/map.geojson"),
            })
        }
    }
}

/// `/map.geojson`: the places with their numbers (RFC 7946).
pub fn geojson(ask: &mut Ask) -> Result<Reply, Problem> {
    let (asked, _) = asked(ask)?;
    let places = ask.store.places(&asked, ask.limit(SHOWN)?)?;
    let feature = |placed: &Placed| {
        let Placed { place, events, reports } = placed;
        let geometry = point(placed).map_or(Value::Null, |(lat, lon)| json!({"type": "Point", "coordinates": [lon, lat]}));
        json!({"type": "Feature", "geometry": geometry, "properties": {
            "name": place.name, "country": place.country, "precision": place.precision, "geonames": place.geonames,
            "events": events, "reports": reports,
        }})
    };
    let features: Vec<Value> = places.places.iter().map(feature).collect();
    let about =
        json!({"events": places.events, "without_place": places.nowhere, "places_left_out": places.more, "whole": places.whole});
    let data = json!({"type": "FeatureCollection", "features": features, "onrecord": about});
    Ok(Reply::new("application/geo+json", format!("{data}\n")))
}

fn asked(ask: &Ask) -> Result<(Asked, Part), Problem> {
    ask.only(&[&["q", "box", "limit"], &crate::ask::FILTERS[..]].concat())?;
    let asked = ask.question()?;
    asked.fits(Kind::Event)?;
    let part = ask.one("box").map_or(Ok(WORLD), str::parse).map_err(Problem::wrong)?;
    Ok((asked, part))
}

fn point(placed: &Placed) -> Option<(f64, f64)> {
    placed.place.lat.zip(placed.place.lon)
}

/// A place stands for a whole country, or nothing nearer is known of it.
fn is_country(placed: &Placed) -> bool {
    placed.place.precision == Some(Precision::Country) || point(placed).is_none()
}

fn href(ask: &Ask, placed: &Placed) -> String {
    ask.at_with("/events", &[("place", &placed.place.name)])
}

/// *Gao, MLI: 3 events in 5 reports*.
fn said(placed: &Placed) -> String {
    let Placed { place, events, reports } = placed;
    let whole = match place.precision {
        Some(Precision::Region) => " (region)",
        Some(Precision::Country) => " (country)",
        Some(Precision::Point | Precision::City) | None => "",
    };
    let country = place.country.as_deref().filter(|_| whole != " (country)").map(|code| format!(", {code}")).unwrap_or_default();
    format!("{}{whole}{country}: {} in {}", place.name, words::count(*events, "event"), words::count(*reports, "report"))
}

/// Countries: those of which something is told darker, those told of as a whole hatched.
fn land(ask: &Ask, places: &Places, part: &Part) -> Drawing {
    let view = part.view_box();
    let known = places.places.len();
    let says = format!(
        "A map: {} at {}; the table beneath lists them",
        words::count(places.events, "event"),
        words::count(known, "place")
    );
    let mut drawing = Drawing::of_links("land", &[("viewBox", At::Text(&view))], &says);
    hatch(&mut drawing, part.width() / SCREEN);
    let shape = |id: &str| format!("{}#{id}", assets::world_address());
    drawing.shape("use", "", &[("href", At::Text(&shape("land")))]);
    let there: BTreeSet<&str> =
        places.places.iter().filter_map(|placed| placed.place.country.as_deref()).filter(|c| assets::has_shape(c)).collect();
    for country in &there {
        drawing.shape("use", "there", &[("href", At::Text(&shape(country)))]);
    }
    for placed in places.places.iter().filter(|placed| is_country(placed)) {
        let Some(country) = placed.place.country.as_deref().filter(|country| there.contains(country)) else { continue };
        drawing.open("a", "", &[("href", At::Text(&href(ask, placed)))]).words("title", "", &[], &said(placed));
        drawing.shape("use", "hatched", &[("href", At::Text(&shape(country))), ("fill", At::Text("url(#hatch)"))]).close("a");
    }
    drawing.close("svg");
    drawing
}

/// Strokes that keep their distance on the screen, however near the map is.
fn hatch(drawing: &mut Drawing, scale: f64) {
    let size = 6.0 * scale;
    let pattern = [
        ("id", At::Text("hatch")),
        ("patternUnits", At::Text("userSpaceOnUse")),
        ("width", At::Is(size)),
        ("height", At::Is(size)),
        ("patternTransform", At::Text("rotate(45)")),
    ];
    drawing.open("defs", "", &[]).open("pattern", "", &pattern);
    let stroke = [
        ("x1", At::Is(0.0)),
        ("y1", At::Is(0.0)),
        ("x2", At::Is(0.0)),
        ("y2", At::Is(size)),
        ("stroke-width", At::Is(2.0 * scale)),
    ];
    drawing.shape("line", "stroke", &stroke).close("pattern").close("defs");
}

/// Points and rings, over the land: of the same size however near the map is. The largest come first, so that none covers a smaller one.
fn marks(ask: &Ask, places: &Places, part: &Part) -> Drawing {
    let size = [("width", At::Text("100%")), ("height", At::Text("100%"))];
    let mut drawing = Drawing::of_links("marks", &size, "Places with events");
    let most = places.places.iter().map(|placed| placed.events).max().unwrap_or(1);
    for placed in &places.places {
        let shapeless = !placed.place.country.as_deref().is_some_and(assets::has_shape);
        if is_country(placed) && !shapeless {
            continue;
        }
        let Some((x, y)) = point(placed).and_then(|(lat, lon)| part.place(lat, lon)) else { continue };
        let class = if matches!(placed.place.precision, Some(Precision::Region | Precision::Country)) { "ring" } else { "spot" };
        let at = [("cx", At::Percent(x)), ("cy", At::Percent(y)), ("r", At::Is(radius(placed.events, most)))];
        drawing.open("a", "", &[("href", At::Text(&href(ask, placed)))]).words("title", "", &[], &said(placed));
        drawing.shape("circle", class, &at).close("a");
    }
    drawing.close("svg");
    drawing
}

/// The area is as the number of events.
fn radius(events: usize, most: usize) -> f64 {
    let single = SINGLE.min(GREATEST / (most.max(1) as f64).sqrt());
    (single * (events as f64).sqrt()).max(LEAST)
}

/// Parts of the world to look at nearer, and all places that fit.
fn parts(ask: &Ask, points: &[(f64, f64)], shown: &Part) -> Vec<(String, String, bool)> {
    let one = |name: &str, part: &Part| {
        let address = part.to_string();
        let href = if *part == WORLD { ask.without("box", ask.one("box").unwrap_or_default()) } else { ask.set("box", &address) };
        let is_shown = address.parse::<Part>().unwrap_or(*part).to_string() == shown.to_string() || part == shown;
        (name.to_owned(), href, is_shown)
    };
    let mut all: Vec<_> = PARTS.iter().map(|(name, part)| one(name, part)).collect();
    all.extend(Part::around(points).map(|part| one("the places that fit", &part)));
    all
}

fn left_out(places: &Places, outside: usize) -> Vec<String> {
    let mut said = Vec::new();
    if places.nowhere > 0 {
        said.push(format!("{} without a place", events(places.nowhere)));
    }
    if outside > 0 {
        said.push(format!(
            "{} outside of this part",
            if outside == 1 { "1 place".into() } else { format!("{} places", thousands(outside)) }
        ));
    }
    if places.more > 0 {
        said.push(format!("{} more places with fewer events are left out", thousands(places.more)));
    }
    if !places.whole {
        said.push("only the latest 20,000 tellings were looked through".to_owned());
    }
    said
}

fn events(count: usize) -> String {
    if count == 1 { "1 event".to_owned() } else { format!("{} events", thousands(count)) }
}

fn shown(ask: &Ask, placed: &Placed) -> Shown {
    Shown {
        name: placed.place.name.clone(),
        href: href(ask, placed),
        country: placed.place.country.clone().unwrap_or_default(),
        precision: placed.place.precision.map_or("", Precision::as_str),
        events: thousands(placed.events),
        reports: thousands(placed.reports),
    }
}

fn row(placed: &Placed) -> Row {
    let Placed { place, events, reports } = placed;
    vec![
        place.name.as_str().into(),
        place.country.as_deref().unwrap_or_default().into(),
        place.precision.map_or("", Precision::as_str).into(),
        place.lat.into(),
        place.lon.into(),
        (*events).into(),
        (*reports).into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::radius;

    #[test]
    fn four_times_the_events_are_twice_as_wide() {
        assert_eq!(radius(400, 400), 24.0);
        assert_eq!(radius(100, 400), 12.0);
        assert_eq!((radius(1, 1), radius(1, 400)), (5.0, 3.0));
    }
}
