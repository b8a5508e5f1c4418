//! Other people's hostile strings through every page: DOMPurify's payloads and the big list of naughty strings, where somebody has them (the
//! folder that `ONRECORD_SUITES` names, else `shared/suites` beside this repository). Nothing acts, nothing is asked of anybody, and the words
//! come back as they are.

mod browser_parts;
mod desk;

use browser_parts::{Browser, Chromedriver, Proxy};
use desk::{Told, open};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Payloads of one report.
const OF_A_REPORT: usize = 25;

fn suite(path: &str) -> Option<Vec<Value>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/suites");
    let folder = std::env::var_os("ONRECORD_SUITES").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join(path)) else {
        eprintln!("{path}: not here, nothing hostile is tried");
        return None;
    };
    Some(serde_json::from_str::<Value>(&text).unwrap().as_array().unwrap().clone())
}

/// All strings of both suites.
fn hostile() -> Option<Vec<String>> {
    let payloads = suite("xss/dompurify.json")?;
    let mut all: Vec<String> = payloads.iter().map(|one| one["payload"].as_str().unwrap().to_owned()).collect();
    all.extend(
        suite("naughty/blns.json")?.iter().filter_map(|one| Some(one.as_str()?.to_owned())).filter(|one| !one.trim().is_empty()),
    );
    Some(all)
}

/// Reports full of them: in the text, as the speaker's words, as outlet, in the id.
fn reports(all: &[String]) -> Vec<(String, String, String)> {
    let report = |(i, part): (usize, &[String])| {
        let said: Vec<String> = part
            .iter()
            .map(|one| format!("President Marek Holub said on Monday: \"{one}\". Rebels killed 12 people in {one} on Tuesday."))
            .collect();
        (format!("{i} {}", part[0]), part[0].clone(), said.join("\n\n"))
    };
    all.chunks(OF_A_REPORT).enumerate().map(report).collect()
}

#[test]
fn hostile_words_stay_words_on_every_page() {
    let (Some(driver), Some(all)) = (Chromedriver::start(), hostile()) else { return };
    let reports = reports(&all);
    let told: Vec<Told> =
        reports.iter().map(|(id, outlet, text)| (id.as_str(), "2026-03-03", outlet.as_str(), text.as_str())).collect();
    let desk = open(&told);
    let proxy = Proxy::start();
    driver.run(&proxy, async |browser: &Browser| {
        let mut paths: Vec<String> =
            ["/", "/events?limit=500", "/statements?limit=500", "/positions", "/positions?view=matrix", "/figures", "/timeline", "/map", "/actors?limit=500", "/reports", "/review", "/log", "/feeds"]
                .map(str::to_owned)
                .to_vec();
        let kept = desk.get("/reports.json?limit=100").json();
        for report in kept["reports"].as_array().unwrap() {
            paths.push(format!("/report/{}", escaped(report["report"]["id"].as_str().unwrap())));
        }
        for one in all.iter().step_by(20) {
            paths.push(format!("/events?q={}", escaped(one)));
            paths.push(format!("/reports?q={}", escaped(one)));
            paths.push(format!("/record/{}", escaped(one)));
        }
        for path in &paths {
            browser.go(&format!("http://{}{path}", desk.address)).await;
            // Nothing acts: one script, the desk's own; no handler, no address that runs, no frame, nothing from elsewhere.
            let found = browser.run(
                "const bad = []; \
                 for (const one of document.querySelectorAll('*')) { \
                   for (const { name, value } of one.attributes) { \
                     if (name.startsWith('on')) bad.push(one.outerHTML); \
                     if (/^(href|src|action|formaction|xlink:href|data|srcset|poster)$/.test(name) && !/^[/#]/.test(value)) bad.push(one.outerHTML); } \
                   if (/^(script|iframe|object|embed|base|link|meta|img|audio|video|style)$/i.test(one.localName) && \
                       !(one.localName === 'script' && one.src.includes('/static/')) && \
                       !(one.localName === 'link' && one.href.includes('/static/')) && \
                       !(one.localName === 'style' && one.nonce) && one.localName !== 'meta') bad.push(one.outerHTML); } \
                 return bad.map(one => one.slice(0, 200))",
                &[],
            )
            .await;
            assert_eq!(found, json!([]), "{path}");
        }
        let errors: Vec<String> = browser.errors().await.into_iter().filter(|said| !said.contains(" 4")).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    });
    let asked = proxy.of_pages();
    assert!(asked.iter().all(|host| *host == desk.address.to_string()), "{asked:?}");
}

#[test]
fn hostile_words_come_back_as_they_are() {
    let Some(all) = hostile() else { return };
    let reports = reports(&all);
    let told: Vec<Told> =
        reports.iter().map(|(id, outlet, text)| (id.as_str(), "2026-03-03", outlet.as_str(), text.as_str())).collect();
    let desk = open(&told);
    for (id, outlet, text) in &reports {
        let data = desk.get(&format!("/report/{}.json", escaped(id))).json();
        assert_eq!(data["document"]["text"], json!(text), "{id}");
        assert_eq!(data["document"]["outlet"], json!(outlet), "{id}");
    }
    for one in all.iter().step_by(7) {
        for path in ["/events.json", "/reports.json", "/figures.json", "/actors.json"] {
            let status = desk.get(&format!("{path}?q={}", escaped(one))).status;
            assert!(matches!(status, 200 | 400), "{path} {one}: {status}");
            let status = desk.get(&format!("{path}?who={}&place={0}&outlet={0}", escaped(one))).status;
            assert!(matches!(status, 200 | 400), "{path} {one}: {status}");
        }
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
