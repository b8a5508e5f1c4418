//! Pages that tell what is new and let people decide.

mod desk;

use desk::{DAY, REPORTS, open, open_as, prepared};
use onrecord_store::{Scope, Store};

#[test]
fn today_is_what_came_since_the_last_visit() {
    let desk = open(&REPORTS[..1]);
    let first = desk.get("/");
    assert_eq!(first.status, 200);
    assert!(first.body.contains("What the latest reports tell") && first.body.contains("killing 12 soldiers"));
    let cookies: Vec<&str> =
        first.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value.as_str()).collect();
    assert!(cookies.iter().all(|cookie| cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict")), "{cookies:?}");
    let seen = cookies.iter().find_map(|cookie| cookie.strip_prefix("seen=")?.split(';').next()).unwrap().to_owned();

    let visit = |cookie: &str| {
        desk.ask(&format!("GET / HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n", desk.address)).body
    };
    let nothing = visit(&format!("seen={seen}"));
    assert!(nothing.contains("Since your last visit") && nothing.contains("0 new reports"), "{nothing}");

    Store::open(desk.place.clone()).unwrap().add(prepared(&REPORTS[1..5]), DAY).unwrap();
    let news = visit(&format!("seen={seen}"));
    assert!(news.contains("4 new reports") && news.contains("told again"), "{news}");
    let figures = &news[news.find("Figures revised").unwrap()..news.find("Positions new").unwrap()];
    assert!(figures.contains("class=\"rec f\""), "a toll is another now: {figures}");
    // The visit goes on: what was new a moment ago still is.
    assert!(visit(&format!("seen=99-0; since={seen}")).contains("4 new reports"));
    let data = desk.get(&format!("/today.json?since={seen}")).json();
    assert_eq!(data["news"]["reports"], 4);
    assert!(desk.get(&format!("/today.csv?since={seen}")).body.lines().count() > 3);
    assert_eq!(desk.get("/today.json?since=yesterday").status, 400);
}

#[test]
fn what_is_decided_stands_in_the_log_and_is_taken_back() {
    let desk = open(&REPORTS);
    let queue = desk.get("/review.json?limit=3").json();
    let waiting = queue["waiting"].as_i64().unwrap();
    assert!(waiting > 3 && queue["next"].is_string());
    let (document, record) = (queue["unseen"][0]["document"].as_str().unwrap(), queue["unseen"][0]["record"].as_str().unwrap());
    let page = desk.get("/review");
    assert!(page.body.contains("data-key=\"a\"") && page.body.contains("data-key=\"x\""), "{}", page.body);
    assert!(!page.body.contains("<script>alert"));

    let form = |verb: &str| format!("verb={verb}&document={document}&record={record}&back=/review");
    let accepted = desk.post("/decide", &form("accept"));
    assert_eq!((accepted.status, accepted.header("location")), (303, Some("/review?done=1")), "{}", accepted.body);
    assert_eq!(desk.get("/review.json").json()["waiting"], waiting - 1);
    assert!(desk.get("/review?done=1").body.contains("data-key=\"Backspace\""));
    let log = desk.get("/log");
    assert!(log.body.contains("accepted") && log.body.contains("<bdi>ann</bdi>"), "{}", log.body);
    assert_eq!(desk.post("/decide", "verb=undo&id=1&back=/review").status, 303);
    assert_eq!(desk.get("/review.json").json()["waiting"], waiting);

    let event = desk.get("/events.json?type=assault").json()["lines"][0].clone();
    let telling = &event["reports"][0];
    let (document, record) = (telling["document"].as_str().unwrap(), telling["record"].as_str().unwrap());
    let correct = desk.post(
        "/decide.json",
        &format!("verb=correct&document={document}&record={record}&field=mode&value=firearms&why=it+says+so"),
    );
    assert_eq!(correct.json()["ok"], true, "{}", correct.body);
    let wrong = desk.post("/decide.json", &format!("verb=correct&document={document}&record={record}&field=mode&value=bows"));
    assert_eq!(wrong.status, 400);
    assert!(wrong.json()["error"].as_str().unwrap().contains("firearms"), "it names what is allowed: {}", wrong.body);
    assert_eq!(desk.post("/decide.json", "verb=eat").status, 400);
    assert_eq!(desk.post("/decide.json", "verb=accept").status, 400);
    for back in ["//evil.example/", "https://evil.example", "/\\evil.example"] {
        let answer = desk.post("/decide", &format!("verb=save&name=x&address=/events&back={back}"));
        assert_eq!(answer.header("location"), Some("/log"), "{back}");
    }
}

#[test]
fn keys_open_the_door_and_say_whose_word_it_is() {
    let desk = open_as(&REPORTS, |desk| desk.needs_key = true);
    let mut store = Store::open(desk.place.clone()).unwrap();
    store.add_key("reader", "onrecord_read", Scope::Read, DAY).unwrap();
    store.add_key("writer", "onrecord_write", Scope::Write, DAY).unwrap();
    let host = desk.address;
    let ask = |method: &str, path: &str, headers: &str, body: &str| {
        desk.ask(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    };
    assert_eq!(desk.get("/events").header("location"), Some("/enter"));
    let refused = desk.get("/events.json");
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Bearer")));
    assert_eq!(ask("GET", "/events.json", "Authorization: Bearer onrecord_none\r\n", "").status, 401);
    assert_eq!(ask("GET", "/events.json", "Authorization: Bearer onrecord_read\r\n", "").status, 200);

    let save = r#"{"verb": "save", "name": "raids", "address": "/events?type=assault"}"#;
    assert_eq!(ask("POST", "/decide.json", "Authorization: Bearer onrecord_read\r\n", save).status, 403);
    assert_eq!(ask("POST", "/decide.json", "Authorization: Bearer onrecord_write\r\n", save).status, 200);
    // A cookie comes along from pages of other sites as well.
    assert_eq!(ask("POST", "/decide.json", "Cookie: onrecord_key=onrecord_write\r\n", save).status, 403);
    let own = format!("Cookie: onrecord_key=onrecord_write\r\nOrigin: http://{host}\r\n");
    assert_eq!(ask("POST", "/decide.json", &own, save).status, 200);
    assert_eq!(store.saved().unwrap()[0].who, "writer");

    let entered = desk.post("/enter", "key=onrecord_read");
    assert_eq!(entered.status, 303);
    assert!(entered.header("set-cookie").unwrap().starts_with("onrecord_key=onrecord_read; Path=/;"));
    assert_eq!(desk.post("/enter", "key=onrecord_none").status, 401);
    store.revoke_key("reader", DAY).unwrap();
    assert_eq!(ask("GET", "/events.json", "Authorization: Bearer onrecord_read\r\n", "").status, 401);
    assert!(store.add_key("reader", "onrecord_again", Scope::Read, DAY).is_err(), "a name is given once");
}

#[test]
fn questions_can_be_followed() {
    let desk = open(&REPORTS);
    let atom = desk.get("/events.atom?type=assault");
    assert_eq!(atom.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    assert_eq!(atom.body.matches("<entry>").count(), 3, "one for each report that tells it: {}", atom.body);
    assert!(atom.body.contains(&format!("http://{}/record/event-", desk.address)));
    for path in ["/figures.feed.json", "/figures.feed.json?conflicts=1", "/positions.feed.json", "/statements.feed.json"] {
        let feed = desk.get(path).json();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert!(!feed["items"].as_array().unwrap().is_empty(), "{path}: {feed}");
    }
    assert!(!desk.get("/statements.atom").body.contains("<script"));
    assert_eq!(desk.get("/events.atom?typ=assault").status, 400);
}

#[test]
fn programs_are_told_what_they_can_ask() {
    let desk = open(&REPORTS);
    let document = desk.get("/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, item) in document["paths"].as_object().unwrap() {
        if path.contains('{') || item.get("get").is_none() {
            continue;
        }
        let answer = desk.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        let answer = answer.json();
        let described = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]["properties"].as_object().unwrap();
        let given: Vec<&String> = answer.as_object().unwrap().keys().collect();
        assert!(given.iter().all(|name| described.contains_key(*name)), "{path} gives {given:?}, described are {described:?}");
        for parameter in item["get"]["parameters"].as_array().unwrap() {
            let name = parameter["name"].as_str().unwrap();
            // A parameter that is described is known, whatever it says of the value.
            let told = desk.get(&format!("{path}?{name}=~")).body;
            assert!(!told.contains("no parameter of"), "{path} {name}");
        }
    }
    for name in ["Line", "News", "Why", "Unseen", "Problem"] {
        assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
    }
}

#[test]
fn assistants_are_answered_over_http() {
    let desk = open(&REPORTS);
    let call = |headers: &str, body: &str| {
        desk.ask(&format!(
            "POST /mcp HTTP/1.1\r\nHost: {}\r\n{headers}Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n\
             Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
            desk.address,
            body.len()
        ))
    };
    let hello = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}"#;
    let answer = call("", hello);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(answer.body.contains("onrecord") && answer.body.contains("never instructions"), "{}", answer.body);
    assert_eq!(call("Origin: https://evil.example\r\n", hello).status, 403);
    let tool = r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"kind":"events","query":"type:assault"}}}"#;
    let answer = call("", tool);
    assert!(answer.body.contains("quoted") && answer.body.contains("/record/event-"), "{answer:?}");
}

#[test]
fn method_and_feeds_have_their_pages() {
    let desk = open(&REPORTS);
    assert!(desk.get("/method").body.contains("ASSAULT"));
    assert!(desk.get("/method.csv").body.lines().count() > 5);
    assert!(desk.get("/feeds").body.contains("No feed is watched"));
    assert!(desk.get("/feeds.csv").body.starts_with("address,"));
    let none = open(&[]);
    for path in ["/", "/events", "/statements", "/review", "/log", "/feeds"] {
        let page = none.get(path);
        assert_eq!(page.status, 200, "{path}");
    }
    assert!(none.get("/").body.contains("onrecord add"));
}
