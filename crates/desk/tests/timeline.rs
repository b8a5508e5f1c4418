//! The timeline: days with what happened, was said and changed; bars above.

mod desk;

use desk::{REPORTS, open};

#[test]
fn days_have_their_lines_and_a_bar() {
    let desk = open(&REPORTS);
    let page = desk.get("/timeline");
    assert_eq!(page.status, 200, "{}", page.body);
    let body = &page.body;
    assert!(body.contains("<h2 class=\"day\">Monday, 2 Mar 2026</h2>"), "{body}");
    assert!(body.contains("<svg class=\"bars\"") && body.contains("/timeline?since=2026-03-02&amp;until=2026-03-02"), "{body}");
    assert!(body.contains("href=\"/map\""), "the same question on the map");
    let order: Vec<usize> = ["6 Mar 2026</h2>", "2 Mar 2026</h2>"].iter().filter_map(|day| body.find(day)).collect();
    assert!(order.len() == 2 && order[0] < order[1], "the latest first");
    assert!(!body.contains("<script>alert") && !body.contains("<img src=x") && !body.contains(" style="));
}

#[test]
fn the_question_goes_along() {
    let desk = open(&REPORTS);
    let body = desk.get("/timeline?type=assault&outlet=Herald").body;
    assert!(body.contains("/map?type=assault&#38;outlet=Herald"), "{body}");
    let moments = desk.get("/timeline.json?type=assault").json();
    let all = moments["moments"].as_array().unwrap();
    assert!(!all.is_empty());
    assert!(all.iter().all(|moment| matches!(moment["happening"].as_str(), Some("event" | "value"))), "{moments}");
    assert!(all.iter().any(|moment| moment["happening"] == "value"), "a toll that changes is a moment: {moments}");
}

#[test]
fn pages_go_back_by_dates_and_miss_nothing() {
    let desk = open(&REPORTS);
    let names = |data: &serde_json::Value| -> Vec<String> {
        data["moments"].as_array().unwrap().iter().map(|moment| format!("{}{}", moment["line"]["id"], moment["at"])).collect()
    };
    let mut all = names(&desk.get("/timeline.json").json());
    let (mut path, mut seen) = ("/timeline.json?limit=6".to_owned(), Vec::new());
    let mut pages = 0;
    for _ in 0..20 {
        pages += 1;
        let page = desk.get(&path).json();
        seen.extend(names(&page));
        // What one day has no room for is on the page of its events.
        assert_ne!(page["cut"], true, "{page}");
        match page["next"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    assert!(pages > 1);
    all.sort();
    seen.sort();
    seen.dedup();
    assert_eq!(seen, all);
}

#[test]
fn csv_has_a_row_for_each_moment_and_slips_are_refused() {
    let desk = open(&REPORTS);
    let csv = desk.get("/timeline.csv").body;
    let moments = desk.get("/timeline.json").json()["moments"].as_array().unwrap().len();
    assert_eq!(csv.lines().count(), moments + 1, "{csv}");
    for wrong in ["after=x", "since=yesterday", "day=2026-03-01"] {
        assert_eq!(desk.get(&format!("/timeline?{wrong}")).status, 400, "{wrong}");
    }
    assert!(open(&[]).get("/timeline").body.contains("onrecord add"));
}
