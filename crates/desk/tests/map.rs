//! The map: places, what has none, the shapes.

mod desk;

use desk::{REPORTS, Told, open};

const LAGOS: Told = (
    "l1",
    "2026-03-08",
    "Herald",
    "Police beat protesters in Lagos on Saturday. France sent troops to Ukraine on Friday, the minister said.",
);

#[test]
fn places_are_drawn_listed_and_lead_to_their_events() {
    let desk = open(&[&REPORTS[..], &[LAGOS]].concat());
    let page = desk.get("/map?since=2026");
    assert_eq!(page.status, 200, "{}", page.body);
    let body = &page.body;
    assert!(body.contains("class=\"land\"") && body.contains("<title>Gao"), "{body}");
    assert!(body.contains("/events?since=2026&amp;place=Gao"), "the question goes along: {body}");
    assert!(body.contains("<table class=\"places\">") && !body.contains(" style="));
    assert!(!body.contains("<script>alert") && !body.contains("<img src=x"));
}

#[test]
fn the_shapes_are_kept_for_ever() {
    let desk = open(&REPORTS[..1]);
    let body = desk.get("/map").body;
    let at = body.find("/static/world-").unwrap();
    let address = &body[at..at + body[at..].find('#').unwrap()];
    let shapes = desk.get(address);
    assert_eq!((shapes.status, shapes.header("content-type")), (200, Some("image/svg+xml")));
    assert!(shapes.header("cache-control").unwrap().contains("immutable") && shapes.body.contains("id=\"MLI\""));
}

#[test]
fn data_have_the_same_places() {
    let desk = open(&[&REPORTS[..], &[LAGOS]].concat());
    let data = desk.get("/map.json").json();
    let places = data["places"].as_array().unwrap();
    assert!(!places.is_empty());
    assert_eq!(desk.get("/map.csv").body.lines().count(), places.len() + 1);
    let features = desk.get("/map.geojson");
    assert_eq!(features.header("content-type"), Some("application/geo+json"));
    let features = features.json();
    assert_eq!((&features["type"], features["features"].as_array().unwrap().len()), (&"FeatureCollection".into(), places.len()));
    let gao = features["features"].as_array().unwrap().iter().find(|place| place["properties"]["name"] == "Gao").unwrap();
    let point = gao["geometry"]["coordinates"].as_array().unwrap();
    assert!(
        (point[0].as_f64().unwrap() - 0.0).abs() < 1.0 && (point[1].as_f64().unwrap() - 16.3).abs() < 1.0,
        "longitude first: {gao}"
    );
    assert_eq!(features["onrecord"]["without_place"], data["nowhere"]);
}

#[test]
fn a_part_of_the_world_is_an_address() {
    let desk = open(&REPORTS);
    let africa = desk.get("/map?box=-20,-36,54,38&type=assault");
    assert!(africa.status == 200 && africa.body.contains("<title>Gao"), "{}", africa.body);
    let far = desk.get("/map?box=110,-50,180,0&type=assault").body;
    assert!(!far.contains("<title>Gao") && far.contains("outside of this part"), "what is not seen is said");
    for wrong in ["box=1,2,3", "box=9,0,1,1", "zoom=3", "after=1.0"] {
        assert_eq!(desk.get(&format!("/map?{wrong}")).status, 400, "{wrong}");
    }
    assert!(open(&[]).get("/map").body.contains("onrecord add"));
}
