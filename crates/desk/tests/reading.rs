//! A report as it is read, and finding reports.

mod desk;

use desk::{Opened, REPORTS, open};

/// The hostile report's address: its id ends like a form.
const HOSTILE: &str = "/report/x%2F1%3F%3Cscript%3Ealert%281%29%3C%2Fscript%3E%22%27%26.json";

fn events(desk: &Opened) -> serde_json::Value {
    desk.get("/events.json?type=assault").json()["lines"][0].clone()
}

#[test]
fn a_report_stands_beside_its_records_and_says_how_they_stand() {
    let desk = open(&REPORTS);
    let page = desk.get("/report/a3");
    assert_eq!(page.status, 200);
    let line = events(&desk);
    let name = line["id"].as_str().unwrap();
    for needed in ["id=\"e1\"", "id=\"e-e1\"", &format!("href=\"/record/{name}\""), "also in 2 other reports", "Repeats", "Differs"]
    {
        assert!(page.body.contains(needed), "{needed}: {}", page.body);
    }
    let nonce = page.header("content-security-policy").unwrap().split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(page.body.contains(&format!("<style nonce=\"{nonce}\">")) && !page.body.contains(" style=\""));
    let first = desk.get("/report/a1").body;
    assert!(first.contains("first here, also in 2 other reports"), "{first}");
    assert!(first.contains("href=\"/record/actor-"), "actors lead to their lines");
    let alone = desk.get("/report/b1").body;
    assert!(alone.contains("new here"), "{alone}");
}

#[test]
fn figures_say_whose_value_they_are_not() {
    let desk = open(&REPORTS);
    let data = desk.get("/report/a2.json").json();
    let differing: Vec<_> =
        data["standing"].as_array().unwrap().iter().filter(|one| !one["differs"].as_array().unwrap().is_empty()).collect();
    assert!(!differing.is_empty(), "{data}");
    let page = desk.get("/report/a2").body;
    for one in differing {
        let other = &one["differs"][0];
        let link = format!(
            "<em>{}</em> with <bdi><a href=\"/report/{}#",
            other["is"].as_str().unwrap(),
            other["document"].as_str().unwrap()
        );
        assert!(page.contains(&link), "{link}: {page}");
    }
}

#[test]
fn a_report_is_data() {
    let desk = open(&REPORTS);
    let data = desk.get("/report/a1.json").json();
    assert_eq!(data["document"]["id"], "a1");
    assert_eq!(data["document"]["text"], REPORTS[0].3);
    let kept = onrecord_store::Store::open(desk.place.clone()).unwrap().kept("a1").unwrap();
    let record: serde_json::Value = serde_json::from_str(&onrecord_record::json::to_line(&kept.document, &kept.record)).unwrap();
    for (member, value) in record.as_object().unwrap() {
        assert_eq!(&data[member], value, "{member}");
    }
    let standing = data["standing"].as_array().unwrap();
    assert!(standing.iter().all(|one| one["name"].as_str().is_some_and(|name| name.contains('-'))), "{standing:?}");
    let csv = desk.get("/report/a1.csv").body;
    let records = ["statements", "events", "positions", "figures"].map(|kind| data[kind].as_array().unwrap().len());
    assert!(csv.starts_with("id,kind,type,who,"), "{csv}");
    assert_eq!(csv.lines().count(), 1 + records.iter().sum::<usize>(), "{csv}");
}

#[test]
fn hostile_words_are_words_and_an_id_may_end_like_a_form() {
    let desk = open(&REPORTS);
    let page = desk.get(HOSTILE);
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    for markup in ["<script>alert", "<img src=x", "<b>generators"] {
        assert!(!page.body.contains(markup), "{markup}: {}", page.body);
    }
    assert!(page.body.contains("&lt;script&gt;alert(3)"));
    let data = desk.get(&format!("{HOSTILE}.json"));
    assert_eq!(data.json()["document"]["id"], REPORTS[5].0);
    assert!(page.body.contains(&format!("href=\"{HOSTILE}.json\"")), "its own data is linked");
    let found = desk.get("/reports?q=generators").body;
    assert!(
        found.contains(&format!("href=\"{HOSTILE}\"")) && !found.contains("<b>generators") && !found.contains("<img src=x"),
        "{found}"
    );
}

#[test]
fn what_is_not_there_is_said() {
    let desk = open(&REPORTS[..1]);
    assert_eq!(desk.get("/report/zz").status, 404);
    assert_eq!(desk.get("/report/zz.json").json()["status"], 404);
    assert_eq!(desk.get("/report/a1?x=1").status, 400);
    assert_eq!(desk.get("/reports?whom=x").status, 400);
    assert_eq!(desk.get("/reports?after=x").status, 400);
    assert_eq!(desk.get("/reports?after=99999999").status, 400);
}

#[test]
fn reports_are_found_and_gone_through() {
    let desk = open(&REPORTS);
    let all = desk.get("/reports");
    assert!(all.body.contains("6 reports") && all.body.contains("latest first"), "{}", all.body);
    let found = desk.get("/reports?q=Gao").body;
    assert!(found.contains("best first") && found.contains("<mark>Gao</mark>") && found.contains("3 reports"), "{found}");
    let narrow = desk.get("/reports.json?q=Gao&outlet=radio+sahel&until=2026-03-04").json();
    assert_eq!(narrow["count"], 1);
    assert_eq!(narrow["reports"][0]["report"]["id"], "a2");
    let csv = desk.get("/reports.csv?q=Gao").body;
    assert!(csv.starts_with("id,published,outlet,title,words"), "{csv}");
    assert_eq!(csv.lines().count(), 4);
    let (mut path, mut seen) = ("/reports.json?limit=4".to_owned(), Vec::new());
    loop {
        let page = desk.get(&path).json();
        seen.extend(page["reports"].as_array().unwrap().iter().map(|hit| hit["report"]["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, [REPORTS[5].0, "b2", "a3", "b1", "a2", "a1"]);
    assert!(desk.get("/reports?q=nowhere").body.contains("Nothing fits"));
}
