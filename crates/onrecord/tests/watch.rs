//! Feeds watched from the command line, on a server of the test's own.

mod program;
mod site;

use program::onrecord;
use serde_json::Value;
use site::{Answer, Site, links, opml, page, rss};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

const BRIDGE: &str = "Rebels attacked a bridge near Gao on Monday, killing 12 soldiers, the army said.";
const TALKS: &str = "Norway offered on Tuesday to host talks between Chad and Sudan.";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    onrecord(&folder.join("x.db"), arguments).output().unwrap()
}

/// One look at these.
fn look(folder: &Path, sources: &[&str]) -> (Option<i32>, String) {
    let done = run(folder, &[&["watch", "--once", "--allow-private"], sources].concat());
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

/// Watching, to be ended by the test.
fn watching(folder: &Path, sources: &[&str]) -> Child {
    let arguments = [&["watch", "--allow-private", "--every", "1s"], sources].concat();
    onrecord(&folder.join("x.db"), &arguments).stderr(Stdio::piped()).spawn().unwrap()
}

fn rows(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let out = run(folder, arguments).stdout;
    String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn feeds(folder: &Path) -> Vec<Value> {
    rows(folder, &["feeds"])
}

/// Ids of the reports kept, in order.
fn reports(folder: &Path) -> Vec<String> {
    let all = rows(folder, &["export"]).into_iter().filter(|line| line["kind"] == "document");
    let mut ids: Vec<String> = all.map(|line| line["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

#[test]
fn new_entries_are_kept_once_and_a_feed_that_is_unchanged_is_not_sent_again() {
    let (folder, site) = (tempfile::tempdir().unwrap(), Site::start());
    let url = site.url("/feed");
    site.found("/feed", &rss(&[("a", BRIDGE)]));
    let (code, said) = look(folder.path(), &[&url]);
    assert!(code == Some(0) && said.contains("1 report kept"), "{said}");
    site.found("/feed", &rss(&[("b", TALKS), ("a", BRIDGE)]));
    let (code, said) = look(folder.path(), &[]);
    assert!(code == Some(0) && said.contains("1 report kept;"), "{said}");
    let (code, said) = look(folder.path(), &[]);
    assert!(code == Some(0) && said.contains("0 reports kept;"), "{said}");
    assert_eq!((site.times("/feed"), site.conditional("/feed")), (3, 2));
    assert_eq!(reports(folder.path()), ["a", "b"]);
    let feed = &feeds(folder.path())[0];
    assert_eq!((&feed["health"], &feed["entries"], &feed["title"]), (&"well".into(), &2.into(), &"The Daily".into()));
    let removed = run(folder.path(), &["feeds", "--remove", &url]);
    assert!(removed.status.success() && feeds(folder.path()).is_empty());
    assert_eq!(run(folder.path(), &["feeds", "--remove", &url]).status.code(), Some(1));
    assert_eq!(look(folder.path(), &[]).0, Some(2));
}

#[test]
fn a_broken_feed_stops_no_other_and_busy_servers_are_left_alone() {
    let (folder, site) = (tempfile::tempdir().unwrap(), Site::start());
    site.found("/good", &rss(&[("a", BRIDGE)]));
    site.found("/broken", "<rss version='2.0'><channel><ti");
    site.found("/page", &page("fish").replace("<title>", "<link rel=alternate type=application/rss+xml href=/good><title>"));
    let busy = vec![("Retry-After", "7200".to_owned())];
    site.put("/busy", Answer { status: "429 Too Many Requests", fields: busy, ..Answer::default() });
    site.put("/gone", Answer { status: "410 Gone", ..Answer::default() });
    let mut urls: Vec<String> = ["/broken", "/gone", "/page", "/good"].iter().map(|path| site.url(path)).collect();
    // Its host is asked for nothing more, the other feed on it neither.
    urls.extend([site.other("/busy"), site.other("/z")]);
    let list = folder.path().join("list.opml");
    std::fs::write(&list, opml(&urls)).unwrap();
    let manifest = folder.path().join("manifest.jsonl");
    let (code, said) = look(folder.path(), &[list.to_str().unwrap(), "--manifest", manifest.to_str().unwrap()]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("/busy: was answered with status 429") && said.contains("1 report kept; 5 looks"), "{said}");
    assert!(said.contains(&format!("it names this one: {}", site.url("/good"))), "{said}");
    let kept: Value = serde_json::from_slice(&std::fs::read(manifest).unwrap()).unwrap();
    assert_eq!((&kept["id"], &kept["outcome"]), (&"a".into(), &"new".into()));
    let health = |path: &str| {
        let feed = feeds(folder.path()).into_iter().find(|feed| feed["address"].as_str().unwrap().ends_with(path)).unwrap();
        (feed["health"].as_str().unwrap().to_owned(), feed["next_due"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(health("/good").0, "well");
    assert_eq!(health("/broken").0, "failing");
    assert_eq!(health("/gone"), ("gone".into(), String::new()));
    let due: jiff::Timestamp = health("/busy").1.parse().unwrap();
    let wait = due.duration_since(jiff::Timestamp::now());
    assert!(wait.as_mins() > 110, "{wait:?}");
    assert!(said.contains("/z: is on a host that asked to be left alone") && site.times("/z") == 0, "{said}");
    let asked = site.times("/busy");
    let (_, said) = look(folder.path(), &[]);
    assert!(said.contains("/busy: failed before and is left alone") && said.contains("/gone: gone for good"), "{said}");
    assert_eq!((site.times("/busy"), site.times("/good")), (asked, 2));
}

#[test]
fn pages_behind_links_are_read_and_those_out_of_reach_are_tried_again() {
    let (folder, site) = (tempfile::tempdir().unwrap(), Site::start());
    let grain = site.other("/grain");
    site.found("/feed", &links(&[site.url("/fish"), grain.clone(), site.url("/never")]));
    // Another section of the same paper, which has one of them too.
    site.found("/other", &links(std::slice::from_ref(&grain)));
    site.found("/fish", &page("fish"));
    site.put("/grain", Answer { status: "503 Unavailable", fields: vec![("Retry-After", "90".into())], ..Answer::default() });
    let (feed, other) = (site.url("/feed"), site.url("/other"));
    let (code, said) = look(folder.path(), &[&feed]);
    assert!(code == Some(1) && said.contains("1 report kept, 2 failed"), "{said}");
    site.found("/grain", &page("grain"));
    let (code, said) = look(folder.path(), &[&feed]);
    // What is not there at all is not asked for again.
    assert!(code == Some(0) && said.contains("1 report kept;"), "{said}");
    assert_eq!((site.times("/fish"), site.times("/grain"), site.times("/never")), (1, 2, 1));
    let (_, said) = look(folder.path(), &[&other]);
    assert!(said.contains("0 reports kept, 1 known before;"), "{said}");
    assert_eq!(site.times("/grain"), 2);
    assert_eq!(reports(folder.path()), [site.url("/fish"), grain]);
}

#[test]
fn lists_of_feeds_and_sitemaps_at_addresses() {
    let (folder, site) = (tempfile::tempdir().unwrap(), Site::start());
    site.found("/feed", &rss(&[("a", BRIDGE)]));
    site.found("/fish", &page("fish"));
    let map = format!("<urlset><url><loc>{}</loc></url></urlset>", site.url("/fish"));
    site.found("/map.xml", &map);
    site.found("/index.xml", &format!("<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>", site.url("/map.xml")));
    site.found("/list", &opml(&[site.url("/feed"), site.url("/map.xml")]));
    let (code, said) = look(folder.path(), &[&site.url("/list")]);
    assert!(code == Some(0) && said.contains("2 reports kept;"), "{said}");
    assert_eq!(feeds(folder.path()).len(), 3);
    let (code, said) = look(folder.path(), &[&site.url("/list")]);
    assert!(code == Some(0) && said.contains("0 reports kept;"), "{said}");
    // The list was as before; its feeds were looked at all the same.
    assert_eq!((site.conditional("/list"), site.conditional("/feed"), site.times("/fish")), (1, 1, 1));
    let (code, said) = look(folder.path(), &[&site.url("/index.xml")]);
    assert!(code == Some(1) && said.contains(&format!("such as {}", site.url("/map.xml"))), "{said}");
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "No feed.").unwrap();
    let (code, said) = look(folder.path(), &[text.to_str().unwrap(), &site.url("/feed")]);
    assert!(code == Some(1) && said.contains("is no list of feeds"), "{said}");
}

/// A feed of links whose pages differ each time, as pages do: read twice, a report would be kept twice.
fn restless(site: &Site, round: usize) -> Vec<String> {
    let paths: Vec<String> = (0..6).map(|n| format!("/p{n}")).collect();
    for path in &paths {
        site.found(path, &page(&format!("{} in round {round}", &path[1..])));
    }
    site.found("/feed", &links(&paths.iter().map(|path| site.url(path)).collect::<Vec<_>>()));
    paths
}

#[test]
fn killed_in_the_middle_it_goes_on_without_losing_or_doubling() {
    let (folder, site) = (tempfile::tempdir().unwrap(), Site::start());
    let url = site.url("/feed");
    let paths = restless(&site, 0);
    // The pace of a host is a second: each kill finds it somewhere else.
    for (round, enough) in [(1, 2), (2, 4)] {
        let mut watching = watching(folder.path(), &[&url]);
        site.until("pages are asked for", |site| paths.iter().filter(|path| site.times(path) > 0).count() >= enough);
        watching.kill().unwrap();
        watching.wait().unwrap();
        assert!(run(folder.path(), &["check"]).status.success());
        restless(&site, round);
    }
    let (code, said) = look(folder.path(), &[]);
    assert_eq!(code, Some(0), "{said}");
    let expected: Vec<String> = paths.iter().map(|path| site.url(path)).collect();
    assert_eq!(reports(folder.path()), expected);
    assert_eq!(feeds(folder.path())[0]["entries"], 6);
    let (_, said) = look(folder.path(), &[]);
    assert!(said.contains("0 reports kept;"), "{said}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_the_report_in_hand_and_says_what_was_kept() {
    let (folder, site) = (tempfile::tempdir().unwrap(), Site::start());
    let paths = restless(&site, 0);
    let slow = Answer { status: "200 OK", body: page("p2"), delay: Duration::from_millis(400), ..Answer::default() };
    site.put("/p3", slow);
    let watching = watching(folder.path(), &[&site.url("/feed")]);
    // The latest stands first in a feed and is read last.
    site.until("the slow page is asked for", |site| site.times("/p3") > 0);
    let signalled = Command::new("kill").args(["-INT", &watching.id().to_string()]).status().unwrap();
    assert!(signalled.success());
    let done = watching.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(0), "{said}");
    assert!(said.contains("stopping when the report in hand is kept") && said.contains("3 reports kept;"), "{said}");
    assert_eq!(reports(folder.path()), [site.url("/p3"), site.url("/p4"), site.url("/p5")]);
    let (_, said) = look(folder.path(), &[]);
    assert!(said.contains("3 reports kept;"), "{said}");
    assert_eq!(reports(folder.path()).len(), paths.len());
}
