//! The desk in a real browser: every page, every key, hover, no console error, nothing kept back by the policy, nothing asked of anybody else,
//! no serious finding of axe-core.
//!
//! Needs chromedriver: `ONRECORD_TEST_CHROMEDRIVER` names its program. With `ONRECORD_TEST_AXE` naming axe.min.js (npm, axe-core) pages are
//! checked by it too. Without a driver the tests say so and do nothing.

mod browser_parts;
mod desk;

use browser_parts::{Browser, Chromedriver, Proxy};
use desk::{REPORTS, open};
use serde_json::json;

/// Pages to be looked at; `{..}` stands for what the desk holds.
const PAGES: [&str; 14] = [
    "/",
    "/events",
    "/events?type=assault&since=2026",
    "/statements",
    "/review",
    "/log",
    "/feeds",
    "/method",
    "/events?q=nothing-has-this-word",
    "/no-such-page",
    "/positions",
    "/figures",
    "/timeline",
    "/map",
];

#[test]
fn every_page_is_quiet_and_asks_nobody_else() {
    let Some(driver) = Chromedriver::start() else { return };
    let desk = open(&REPORTS);
    let proxy = Proxy::start();
    let axe = std::env::var("ONRECORD_TEST_AXE").ok().map(|path| std::fs::read_to_string(path).unwrap());
    if axe.is_none() {
        eprintln!("ONRECORD_TEST_AXE names no axe.min.js: pages are not checked for accessibility");
    }
    driver.run(&proxy, async |browser: &Browser| {
        let mut paths: Vec<String> = PAGES.iter().map(|path| (*path).to_owned()).collect();
        let event = desk.get("/events.json?type=assault").json()["lines"][0]["id"].as_str().unwrap().to_owned();
        paths.push(format!("/record/{event}"));
        paths.push("/report/a1".to_owned());
        paths.push(format!("/report/{}", "x%2F1%3F%3Cscript%3Ealert%281%29%3C%2Fscript%3E%22%27%26.json"));
        let mut found = Vec::new();
        for path in &paths {
            for (width, height) in [(1300, 900), (390, 844)] {
                browser.size(width, height).await;
                browser.go(&format!("http://{}{path}", desk.address)).await;
                let wide = browser.run("return document.documentElement.scrollWidth - window.innerWidth", &[]).await;
                assert!(wide.as_i64().unwrap() <= 0, "{path} is {wide} pixels too wide for {width}");
            }
            if let Some(axe) = &axe {
                found.extend(browser.axe(axe).await.into_iter().map(|one| (path.clone(), one)));
            }
        }
        assert!(found.is_empty(), "{found:#?}");
        let errors: Vec<String> = browser.errors().await.into_iter().filter(|said| !said.contains("404")).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        assert_eq!(browser.run("return window.alerted || null", &[]).await, json!(null));
    });
    let asked = proxy.of_pages();
    assert!(asked.iter().all(|host| *host == desk.address.to_string()), "{asked:?}");
    assert!(asked.len() > 10, "the proxy saw nothing: {asked:?}");
}

#[test]
fn keys_lead_through_records_and_pages() {
    let Some(driver) = Chromedriver::start() else { return };
    let desk = open(&REPORTS);
    let proxy = Proxy::start();
    driver.run(&proxy, async |browser: &Browser| {
        let at = |path: &str| format!("http://{}{path}", desk.address);
        browser.go(&at("/events")).await;
        let here = "const one = document.querySelector('.rec.here'); return one && one.id";
        browser.keys("j").await;
        let first = browser.run(here, &[]).await;
        assert!(first.is_string());
        browser.keys("j").await;
        let second = browser.run(here, &[]).await;
        assert_ne!(first, second);
        browser.keys("k").await;
        assert_eq!(browser.run(here, &[]).await, first);
        browser.keys("?").await;
        assert_eq!(browser.run("return document.querySelector('dialog').open", &[]).await, json!(true));
        browser.keys("\u{e00c}").await;
        browser.keys("\u{e007}").await;
        browser.waits_for(&format!("/record/{}", first.as_str().unwrap())).await;
        browser.keys("gs").await;
        browser.waits_for("/statements").await;
        browser.keys("/").await;
        browser.keys("Gao\u{e007}").await;
        browser.waits_for("/reports?q=Gao").await;
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn the_whole_queue_can_be_worked_with_keys() {
    let Some(driver) = Chromedriver::start() else { return };
    let desk = open(&REPORTS);
    let proxy = Proxy::start();
    driver.run(&proxy, async |browser: &Browser| {
        let waiting = || desk.get("/review.json").json()["waiting"].as_i64().unwrap();
        let at = waiting();
        browser.go(&format!("http://{}/review", desk.address)).await;
        let task = "return document.querySelector('.passage').textContent";
        let first = browser.run(task, &[]).await;

        browser.keys(" ").await;
        browser.waits_for("after=").await;
        assert_ne!(browser.run(task, &[]).await, first, "space skips");
        assert_eq!(waiting(), at);

        browser.go(&format!("http://{}/review", desk.address)).await;
        browser.keys("a").await;
        browser.waits_for("done=1").await;
        assert_eq!(waiting(), at - 1, "a accepts");
        browser.keys("\u{e003}").await;
        browser.waits_until("return !location.search.includes('done')").await;
        assert_eq!(waiting(), at, "backspace takes it back");
        browser.keys("x").await;
        browser.waits_for("done=2").await;
        assert_eq!(waiting(), at - 1, "x rejects");
        browser.keys("e").await;
        let focused = "return document.activeElement.closest('#fields') !== null";
        assert_eq!(browser.run(focused, &[]).await, json!(true), "e goes to the fields");
        browser.keys("\u{e00c}").await;
        // A record that can be merged.
        for _ in 0..10 {
            if browser.run("return document.querySelector('#merge') !== null", &[]).await == json!(true) {
                break;
            }
            let before = browser.address().await;
            browser.keys(" ").await;
            browser.waits_until(&format!("return location.href !== {}", json!(before))).await;
        }
        browser.keys("m").await;
        let focused = "return document.activeElement.closest('#merge') !== null";
        assert_eq!(browser.run(focused, &[]).await, json!(true), "m goes to the lines it may be one with");
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn a_record_and_its_words_light_up_together() {
    let Some(driver) = Chromedriver::start() else { return };
    let desk = open(&REPORTS);
    let proxy = Proxy::start();
    driver.run(&proxy, async |browser: &Browser| {
        browser.go(&format!("http://{}/report/a1", desk.address)).await;
        let tinted = "const bare = getComputedStyle(document.body).backgroundColor; \
            return [...document.querySelectorAll(arguments[0])].some(one => { \
                const tint = getComputedStyle(one).backgroundColor; \
                return tint !== 'rgba(0, 0, 0, 0)' && tint !== bare; })";
        assert_eq!(browser.run(tinted, &[json!(".doc .u")]).await, json!(false));
        browser.hover(".doc .rec").await;
        assert_eq!(browser.run(tinted, &[json!(".doc .u")]).await, json!(true), "a record lights its words");
        browser.hover("h1, header").await;
        browser.hover(".doc .u").await;
        assert_eq!(browser.run(tinted, &[json!(".doc .rec")]).await, json!(true), "words light their record");
        browser.hover("header").await;
        browser.keys("j").await;
        assert_eq!(browser.run(tinted, &[json!(".doc .u")]).await, json!(true), "a record that is chosen shows its words");
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn pages_are_read_without_a_script() {
    let Some(driver) = Chromedriver::start() else { return };
    let desk = open(&REPORTS);
    let proxy = Proxy::start();
    driver.run_without_scripts(&proxy, async |browser: &Browser| {
        for (path, words) in
            [("/", "killing 12 soldiers"), ("/events", "ASSAULT"), ("/report/a1", "Issa Diarra"), ("/review", "Accept")]
        {
            browser.go(&format!("http://{}{path}", desk.address)).await;
            assert!(browser.text().await.contains(words), "{path}");
        }
    });
}
