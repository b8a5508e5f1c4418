//! Figures: a page, and data with one row a value.

mod desk;

use desk::{REPORTS, Told, open};

const PARTS: Told = (
    "p1",
    "2026-03-08",
    "Herald",
    "Russia launched 267 drones at Ukraine overnight, Ukraine's air force said. Of these, 138 were shot down and 119 were lost, it said.",
);

#[test]
fn values_stand_side_by_side_with_their_givers() {
    let desk = open(&[&REPORTS[..], &[PARTS]].concat());
    let page = desk.get("/figures");
    assert_eq!(page.status, 200, "{}", page.body);
    let body = &page.body;
    assert!(body.contains("soldiers killed") && body.contains("<svg class=\"strip\"") && body.contains("role=\"img\""), "{body}");
    assert!(body.contains("at least 15") && body.contains("class=\"arrow\""), "an open bound is an arrow");
    assert!(!body.contains(" style="), "no style in the page itself");
    let data = desk.get("/figures.json").json();
    let killed = data["lines"].as_array().unwrap().iter().find(|line| line["measure"] == "killed").unwrap().clone();
    let values: Vec<f64> = killed["series"].as_array().unwrap().iter().filter_map(|told| told["value"].as_f64()).collect();
    assert_eq!(values, [12.0, 15.0, 14.0], "each value as told: {killed}");
    assert!(body.contains(&format!("/record/{}", killed["id"].as_str().unwrap())));
}

#[test]
fn a_whole_is_said_with_its_parts_and_what_is_left() {
    let desk = open(&[PARTS]);
    let data = desk.get("/figures.json").json();
    let parts = data["parts"].as_object().unwrap();
    let whole = parts.values().flat_map(|all| all.as_array().unwrap()).find(|one| one["unaccounted"].is_number());
    let whole = whole.unwrap_or_else(|| panic!("{data}"));
    assert_eq!((whole["value"].as_f64(), whole["unaccounted"].as_f64()), (Some(267.0), Some(10.0)));
    assert_eq!(whole["parts"].as_array().unwrap().len(), 2);
    assert!(desk.get("/figures").body.contains("10 unaccounted"));
}

#[test]
fn csv_has_a_row_for_each_value() {
    let desk = open(&REPORTS);
    let csv = desk.get("/figures.csv").body;
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(rows.headers().unwrap().iter().next(), Some("series"));
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let data = desk.get("/figures.json").json();
    let values: usize = data["lines"].as_array().unwrap().iter().map(|line| line["series"].as_array().unwrap().len()).sum();
    assert_eq!(rows.len(), values, "{csv}");
    assert!(rows.iter().any(|row| &row[4] == "15" && &row[6] == "at_least"), "{csv}");
}

#[test]
fn contradictions_can_be_asked_for_alone() {
    let desk = open(&REPORTS);
    let all = desk.get("/figures.json").json()["lines"].as_array().unwrap().len();
    let contradictions = desk.get("/figures.json?conflicts=1").json();
    let lines = contradictions["lines"].as_array().unwrap();
    assert!(lines.len() <= all);
    for line in lines {
        assert!(line["relations"].as_array().unwrap().iter().any(|related| related["is"] == "conflict"), "{line}");
    }
    assert_eq!(desk.get("/figures?conflicts=1").status, 200);
    assert_eq!(desk.get("/figures?conflicts=maybe").status, 400);
    assert_eq!(desk.get("/figures?conflict=1").status, 400);
    assert_eq!(desk.get("/figures?limit=0").status, 400);
}

#[test]
fn nothing_kept_says_what_would_be_here() {
    let desk = open(&[]);
    assert!(desk.get("/figures").body.contains("onrecord add"));
    assert_eq!(desk.get("/figures.csv").body.lines().count(), 1);
}

#[test]
fn hostile_words_stay_words() {
    let desk = open(&REPORTS);
    let body = desk.get("/figures").body;
    assert!(!body.contains("<script>alert") && !body.contains("<img src=x") && !body.contains("<b>generators"), "{body}");
}
