//! Positions: a list, a table of who holds what, as of any day.

mod desk;

use desk::{REPORTS, Told, open};

const TALKS: [Told; 4] = [
    (
        "t1",
        "2026-03-02",
        "Herald",
        "Norway offered to host peace talks in Oslo. \"We will pay for it,\" Norwegian Foreign Minister Kari Solberg said.",
    ),
    ("t2", "2026-03-04", "Herald", "Chad demanded peace talks in Oslo if Sudan withdraws its troops."),
    ("t3", "2026-03-05", "Post", "Sudan refused to join peace talks in Oslo."),
    ("t4", "2026-03-07", "Post", "Sudan offered to join peace talks in Oslo if Chad opens the border."),
];

#[test]
fn holders_stand_beside_each_other() {
    let desk = open(&TALKS);
    let list = desk.get("/positions");
    assert_eq!(list.status, 200, "{}", list.body);
    assert!(list.body.contains("refuse") && list.body.contains("class=\"history\""), "{}", list.body);
    let table = desk.get("/positions?view=matrix");
    assert_eq!(table.status, 200, "{}", table.body);
    let body = &table.body;
    assert!(body.contains("<th scope=\"col\">Holder</th>") && body.contains("Norway") && body.contains("Sudan"), "{body}");
    let data = desk.get("/positions.json").json();
    let matters = data["matters"].as_array().unwrap();
    assert!(matters.iter().any(|name| name.as_str().unwrap().contains("oslo")), "{data}");
}

#[test]
fn a_day_knows_nothing_later() {
    let desk = open(&TALKS);
    let at = |day: &str| desk.get(&format!("/positions.json?as_of={day}")).json()["lines"].as_array().unwrap().len();
    assert_eq!(at("2026-02-01"), 0);
    assert!(at("2026-03-02") >= 1 && at("2026-03-02") < at("2026-03-09"), "{} {}", at("2026-03-02"), at("2026-03-09"));
    assert!(desk.get("/positions?as_of=2026-02-01").body.contains("Nothing was known by then"));
    let later = desk.get("/positions.json?as_of=2026-03-04").body;
    assert!(!later.contains("2026-03-05") && !later.contains("2026-03-07"), "{later}");
}

#[test]
fn two_days_are_compared() {
    let desk = open(&TALKS);
    let data = desk.get("/positions.json?diff=2026-03-03").json();
    let changes = data["changes"].as_object().unwrap();
    assert!(!changes.is_empty() && changes.len() < data["lines"].as_array().unwrap().len(), "{data}");
    let page = desk.get("/positions?diff=2026-03-03&as_of=2026-03-06&view=matrix");
    assert!(
        page.body.contains("Between 3 Mar 2026 and 6 Mar 2026") && page.body.contains("<em class=\"change\">"),
        "{}",
        page.body
    );
    assert_eq!(desk.get("/positions?diff=2026-03-06&as_of=2026-03-03").status, 400);
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let desk = open(&TALKS[..1]);
    for wrong in ["as_of=yesterday", "diff=2026-03-01/2026-03-02", "view=cards", "who2=x", "place=MLI", "limit=many"] {
        assert_eq!(desk.get(&format!("/positions?{wrong}")).status, 400, "{wrong}");
    }
}

#[test]
fn csv_has_a_row_for_each_move() {
    let desk = open(&TALKS);
    let csv = desk.get("/positions.csv").body;
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let data = desk.get("/positions.json").json();
    let moves: usize = data["lines"].as_array().unwrap().iter().map(|line| line["history"].as_array().unwrap().len()).sum();
    assert_eq!(rows.len(), moves, "{csv}");
    assert!(rows.iter().any(|row| &row[3] == "refusal"), "{csv}");
}

#[test]
fn hostile_words_stay_words_and_nothing_is_said_as_such() {
    let desk = open(&REPORTS);
    for path in ["/positions", "/positions?view=matrix", "/positions?diff=2026-03-01"] {
        let body = desk.get(path).body;
        assert!(!body.contains("<script>alert") && !body.contains("<img src=x") && !body.contains(" style="), "{path}");
    }
    assert!(open(&[]).get("/positions?view=matrix").body.contains("onrecord add"));
}
