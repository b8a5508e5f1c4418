//! Everything behind a line, and actors.

mod desk;

use desk::{DAY, Opened, REPORTS, open, open_as};
use onrecord_store::{Store, Verb};

fn first(desk: &Opened, path: &str) -> String {
    desk.get(path).json()["lines"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_line_shows_the_words_and_the_reasons_behind_it() {
    let desk = open(&REPORTS);
    let name = first(&desk, "/events.json?type=assault");
    let page = desk.get(&format!("/record/{name}"));
    assert_eq!(page.status, 200, "{}", page.body);
    for needed in [
        "What each report says",
        "killing 12 soldiers",
        "href=\"/report/a2#",
        "Why they are one",
        "To cite",
        "read by onrecord test",
    ] {
        assert!(page.body.contains(needed), "{needed}: {}", page.body);
    }
    assert!(page.body.contains(&format!("/record/{name}\nonrecord ")), "the citation has the address: {}", page.body);
    let data = desk.get(&format!("/record/{name}.json")).json();
    assert_eq!((&data["name"], &data["line"]["id"]), (&name.as_str().into(), &name.as_str().into()));
    assert_eq!(data["told"].as_u64().unwrap() as usize, data["sources"].as_array().unwrap().len());
    let csv = desk.get(&format!("/record/{name}.csv")).body;
    assert_eq!(csv.lines().count(), 1 + data["sources"].as_array().unwrap().len());
    assert_eq!(desk.get("/record/event-0000000000000000").status, 404);
    assert_eq!(desk.get("/record/nonsense").status, 404);
    assert_eq!(desk.get(&format!("/record/{name}?x=1")).status, 400);
}

#[test]
fn a_series_is_a_table_and_every_figure_leads_to_it() {
    let desk = open(&REPORTS);
    let event = desk.get("/events.json?type=assault").json()["lines"][0].clone();
    let name = event["figures"][0].as_str().unwrap().to_owned();
    let page = desk.get(&format!("/record/{name}")).body;
    for needed in ["The series", "at least 15", "href=\"/report/a3#", "<td class=\"v\">12</td>"] {
        assert!(page.contains(needed), "{needed}: {page}");
    }
    assert!(!page.contains("value=\"split\""), "a figure follows its event");
    let of_event = desk.get(&format!("/record/{}", event["id"].as_str().unwrap())).body;
    assert!(of_event.contains(&format!("/record/{name}")) && of_event.contains("at least 15"), "{of_event}");
    let store = Store::open(desk.place.clone()).unwrap();
    let kept = store.kept("a3").unwrap();
    for (_, own) in onrecord_store::figure_names("a3", &kept.record).into_iter().filter(|(_, own)| *own != name).take(1) {
        let answer = desk.get(&format!("/record/{own}"));
        assert!(
            answer.status == 200 || answer.header("location").is_some_and(|to| to.starts_with("/record/figure-")),
            "{answer:?}"
        );
    }
}

#[test]
fn a_name_that_was_merged_leads_on_and_the_decision_is_shown() {
    let desk = open(&REPORTS);
    let events = desk.get("/events.json").json();
    let names: Vec<&str> = events["lines"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap()).collect();
    let mut store = Store::open(desk.place.clone()).unwrap();
    store.decide(Verb::Merge, names[0], names[1], "ann", "the same <b>night</b>", DAY).unwrap();
    let now = store.called(names[0]).unwrap().unwrap();
    let was = names[..2].iter().find(|name| **name != now).unwrap();
    let moved = desk.get(&format!("/record/{was}"));
    assert_eq!((moved.status, moved.header("location")), (303, Some(format!("/record/{now}").as_str())));
    assert_eq!(desk.get(&format!("/record/{was}.json")).header("location"), Some(format!("/record/{now}.json").as_str()));
    let page = desk.get(&format!("/record/{now}")).body;
    assert!(
        page.contains("What people decided") && page.contains("the same &#60;b&#62;night")
            || page.contains("the same &lt;b&gt;night"),
        "{page}"
    );
    assert!(page.contains("What became of names"), "{page}");
}

#[test]
fn forms_stand_only_where_something_can_be_decided() {
    let write = open(&REPORTS);
    let name = first(&write, "/events.json?type=assault");
    let page = write.get(&format!("/record/{name}")).body;
    assert!(page.contains("action=\"/decide\"") && page.contains("value=\"split\"") && page.contains("value=\"merge\""), "{page}");
    let shut = open_as(&REPORTS, |desk| desk.read_only = true);
    assert!(!shut.get(&format!("/record/{name}")).body.contains("/decide"));
}

#[test]
fn actors_are_listed_and_told_whole() {
    let desk = open(&REPORTS);
    let page = desk.get("/actors");
    assert!(page.body.contains("Norway") && page.body.contains("Kind"), "{}", page.body);
    assert_eq!(desk.get("/actors?whom=x").status, 400);
    let csv = desk.get("/actors.csv?who=Norway").body;
    assert!(csv.starts_with("id,name,kind,country") && csv.lines().count() > 1, "{csv}");
    let name = first(&desk, "/actors.json?who=solberg");
    let actor = desk.get(&format!("/record/{name}"));
    assert_eq!(actor.status, 200);
    for needed in
        ["Kari Solberg", "Foreign Minister", "href=\"/report/b1\"", &format!("/statements?who={name}"), "Said", "Suffered"]
    {
        assert!(actor.body.contains(needed), "{needed}: {}", actor.body);
    }
    assert_eq!(desk.get(&format!("/record/{name}.json")).json()["line"]["kind"], "actor");
    assert!(desk.get("/actors?who=nobody").body.contains("Nothing fits"));
}
