//! Who is let in, and what goes out.

mod desk;

use desk::{REPORTS, open, open_as};

#[test]
fn another_name_is_refused_whatever_is_asked() {
    let desk = open(&REPORTS[..1]);
    for host in ["evil.example", "127.0.0.1", "evil.example:80"] {
        let answer = desk.ask(&format!("GET /events.json HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert_eq!(answer.status, 421, "{host}");
        assert_eq!(answer.json()["ok"], false);
    }
    let named = open_as(&REPORTS[..1], |desk| desk.hosts = vec!["desk.example".into()]);
    assert_eq!(named.ask("GET /events HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n\r\n").status, 200);
    assert_eq!(desk.ask("GET /events HTTP/1.1\r\nConnection: close\r\n\r\n").status, 421, "no name at all");
}

#[test]
fn what_changes_the_record_comes_from_here() {
    let desk = open(&REPORTS[..1]);
    let save = "verb=save&name=raids&address=/events";
    let post = |path: &str, headers: &str| {
        let (host, length) = (desk.address, save.len());
        desk.ask(&format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{save}"
        ))
        .status
    };
    let own = format!("Origin: http://{}\r\n", desk.address);
    assert_eq!(post("/decide", &own), 303);
    for foreign in [
        "",
        "Origin: https://evil.example\r\n",
        "Origin: null\r\n",
        &format!("{own}Sec-Fetch-Site: cross-site\r\n"),
        "Sec-Fetch-Site: none\r\n",
    ] {
        for path in ["/decide", "/decide.json", "/csp-report", "/enter"] {
            assert_eq!(post(path, foreign), 403, "{path} {foreign}");
        }
    }
    let shut = open_as(&REPORTS[..1], |desk| desk.read_only = true);
    assert_eq!(shut.post("/decide", save).status, 403);
    assert_eq!(shut.get("/events").status, 200);
}

#[test]
fn every_answer_is_closed() {
    let desk = open(&REPORTS);
    for path in ["/events", "/events.json", "/events.csv", "/nothing", "/events?whom=x", "/static/icon.svg"] {
        let answer = desk.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
    }
}

#[test]
fn one_form_of_error() {
    let desk = open(&REPORTS[..1]);
    let wrong = desk.get("/events.json?since=yesterday");
    assert_eq!(wrong.status, 400);
    let error = wrong.json();
    assert_eq!((&error["ok"], &error["status"]), (&false.into(), &400.into()));
    assert!(error["error"].as_str().unwrap().contains("2026-03-01"), "{error}");
    assert_eq!(error["errors"][0], error["error"]);
    assert_eq!(desk.get("/nothing.json").json()["status"], 404);
    assert!(desk.get("/events?whom=x").body.contains("whom: no parameter"));
}

#[test]
fn events_are_a_page_and_data() {
    let desk = open(&REPORTS);
    let page = desk.get("/events");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("ASSAULT") && page.body.contains("killing 12 soldiers"), "{}", page.body);
    assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"));
    let data = desk.get("/events.json?type=assault&limit=1").json();
    assert_eq!(data["lines"][0]["type"], "ASSAULT");
    let csv = desk.get("/events.csv").body;
    assert!(csv.starts_with("id,date,type") && csv.lines().count() > 2, "{csv}");
    let (mut path, mut seen) = ("/events.json?limit=1".to_owned(), Vec::new());
    loop {
        let page = desk.get(&path).json();
        seen.extend(page["lines"].as_array().unwrap().iter().map(|line| line["id"].clone()));
        match page["next"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen.len(), desk.get("/events.json").json()["lines"].as_array().unwrap().len());
}
