//! What is given to `onrecord add`, and what is kept of it: lists of feeds and addresses, original bytes, the manifest, a full disk.

mod program;
mod site;

use program::within;
use serde_json::Value;
use site::{Answer, Site, links, opml, page, rss};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const BRIDGE: &str = "Rebels attacked a bridge near Gao on Monday, killing 12 soldiers, the army said.";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    within(folder, arguments).output().unwrap()
}

/// Adds, and gives exit status and what was said.
fn add(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let done = run(folder, &[&["add", "--allow-private"], arguments].concat());
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

fn original(folder: &Path, id: &str) -> Vec<u8> {
    let done = run(folder, &["original", id]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

#[test]
fn a_list_of_feeds_gives_what_its_feeds_have() {
    let (folder, site) = (tempfile::tempdir().unwrap(), Site::start());
    let folder = folder.path();
    site.found("/feed", &rss(&[("a", BRIDGE)]));
    site.found("/links", &links(&[site.url("/fish")]));
    site.found("/fish", &page("fish"));
    let list = opml(&[site.url("/feed"), site.url("/links"), site.url("/absent")]);
    std::fs::write(folder.join("list.opml"), &list).unwrap();
    let (code, said) = add(folder, &["list.opml"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("2 reports kept, 1 failed") && said.contains("/absent: was answered with status 404"), "{said}");
    site.found("/list", &list);
    let (_, said) = add(folder, &[&site.url("/list")]);
    assert!(said.contains("0 reports kept, 2 known before, 1 failed"), "{said}");
    // A list that only lies in a folder was not named: nothing is asked for.
    std::fs::create_dir(folder.join("more")).unwrap();
    std::fs::write(folder.join("more/list.opml"), &list).unwrap();
    let asked = site.times("/feed");
    let (code, said) = add(folder, &["more"]);
    assert!(code == Some(1) && said.contains("is a link to a feed"), "{said}");
    assert_eq!(site.times("/feed"), asked);
}

#[test]
fn addresses_of_pages_feeds_and_sitemaps() {
    let (folder, site) = (tempfile::tempdir().unwrap(), Site::start());
    site.found("/feed", &rss(&[("a", BRIDGE)]));
    for subject in ["fish", "grain"] {
        site.found(&format!("/{subject}"), &page(subject));
    }
    site.found("/map.xml", &format!("<urlset><url><loc>{}</loc></url></urlset>", site.url("/grain")));
    let urls = ["/fish", "/feed", "/map.xml"].map(|path| site.url(path));
    let (code, said) = add(folder.path(), &[&urls[0], &urls[1], &urls[2]]);
    assert!(code == Some(0) && said.contains("3 reports kept"), "{said}");
    assert_eq!(original(folder.path(), &site.url("/grain")), page("grain").as_bytes());
}

#[test]
fn what_reports_came_as_is_given_back_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    // In the page's own encoding, not in ours.
    let page: Vec<u8> = page("the caf\u{e9}").chars().map(|c| c as u8).collect();
    let line = format!("{{\"id\":  \"l1\", \"text\": \"{BRIDGE}\\n\\u00e9\"}}");
    let item = format!("{{\"uri\": \"urn:n1\",\n  \"bodies\": [{{\"value\": \"{BRIDGE}\"}}]}}");
    let other = item.replace("n1", "n2").replace("Gao", "Kidal");
    let marked = [b"\xEF\xBB\xBF".as_slice(), BRIDGE.as_bytes()].concat();
    std::fs::write(folder.join("p.html"), &page).unwrap();
    std::fs::write(folder.join("l.jsonl"), format!("{line}\n{{\"id\": \"l2\", \"text\": \"Calm.\"}}")).unwrap();
    std::fs::write(folder.join("n.json"), format!("[{item},\n{other} ]")).unwrap();
    std::fs::write(folder.join("plain.txt"), BRIDGE).unwrap();
    std::fs::write(folder.join("marked.txt"), &marked).unwrap();
    let (code, said) = add(folder, &["p.html", "l.jsonl", "n.json", "plain.txt", "marked.txt"]);
    assert!(code == Some(0) && said.contains("7 reports kept"), "{said}");
    for (id, bytes) in [
        ("p", page.as_slice()),
        ("l1", line.as_bytes()),
        ("l2", b"{\"id\": \"l2\", \"text\": \"Calm.\"}"),
        ("urn:n1", item.as_bytes()),
        ("urn:n2", other.as_bytes()),
        ("plain", BRIDGE.as_bytes()),
        ("marked", &marked),
    ] {
        assert_eq!(original(folder, id), bytes, "{id}");
    }
    assert!(run(folder, &["original", "p", "-o", "copy.html"]).status.success());
    assert_eq!(std::fs::read(folder.join("copy.html")).unwrap(), page);
    assert_eq!(run(folder, &["original", "nobody"]).status.code(), Some(2));
    assert!(run(folder, &["check"]).status.success());
    std::fs::remove_file(folder.join("x.db")).unwrap();
    add(folder, &["--no-original", "p.html"]);
    let done = run(folder, &["original", "p"]);
    assert!(String::from_utf8_lossy(&done.stderr).contains("nothing is kept of it but its text"));
    assert!(String::from_utf8_lossy(&done.stdout).starts_with("Talks on the caf\u{e9}"));
}

#[test]
fn the_manifest_says_what_became_of_everything() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let lines = format!(
        "{{\"id\": \"a\", \"text\": \"{BRIDGE}\"}}\nno json\n{{\"uri\": \"urn:b\", \"pubStatus\": \"canceled\"}}\n\
         {{\"id\": \"a\", \"text\": \"Calm.\"}}\n{{\"id\": \"a\", \"text\": \"{BRIDGE}\"}}\n"
    );
    std::fs::write(folder.join("x.jsonl"), lines).unwrap();
    std::fs::write(folder.join("x.pdf"), "%PDF-1.7").unwrap();
    std::fs::write(folder.join("n.json"), "[{\"uri\": \"urn:n\", \"pubstatus\": \"withheld\", \"bodies\": [{\"value\": \"x\"}]}]")
        .unwrap();
    let (code, said) = add(folder, &["x.jsonl", "x.pdf", "n.json", "--manifest", "m.jsonl"]);
    assert_eq!(code, Some(1), "{said}");
    let manifest = std::fs::read_to_string(folder.join("m.jsonl")).unwrap();
    let rows: Vec<Value> = manifest.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ends: Vec<(&str, &str)> =
        rows.iter().map(|row| (row["source"].as_str().unwrap(), row["outcome"].as_str().unwrap())).collect();
    assert_eq!(
        ends,
        [
            ("x.jsonl, line 1", "new"),
            ("x.jsonl, line 2", "failed"),
            ("x.jsonl, line 3", "failed"),
            ("x.jsonl, line 4", "changed"),
            ("x.jsonl, line 5", "known"),
            ("x.pdf", "failed"),
            ("n.json, item 1", "skipped"),
        ]
    );
    assert_eq!(rows[0]["id"], "a");
    assert!(rows[5]["why"].as_str().unwrap().contains("is a PDF") && rows[6]["why"].as_str().unwrap().contains("withheld"));
    // Nothing but errors and the sum where nobody looks on.
    assert!(said.lines().all(|line| line.starts_with("onrecord: ")), "{said}");
    let (code, said) = add(folder, &["x.jsonl", "--manifest", "none/m.jsonl"]);
    assert!(code == Some(1) && said.contains("none/m.jsonl: the manifest cannot be written"), "{said}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_an_addition_after_the_report_in_hand() {
    let (folder, site) = (tempfile::tempdir().unwrap(), Site::start());
    let folder = folder.path();
    let paths: Vec<String> = (0..5).map(|n| format!("/p{n}")).collect();
    for path in &paths {
        site.put(path, Answer { status: "200 OK", body: page(&path[1..]), delay: Duration::from_millis(300), ..Answer::default() });
    }
    site.found("/feed", &links(&paths.iter().map(|path| site.url(path)).collect::<Vec<_>>()));
    let adding = within(folder, &["add", "--allow-private", "--threads", "1", &site.url("/feed")]);
    let adding = { adding }.stderr(Stdio::piped()).spawn().unwrap();
    site.until("the second page is asked for", |site| site.times("/p1") > 0);
    assert!(Command::new("kill").args(["-INT", &adding.id().to_string()]).status().unwrap().success());
    let done = adding.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("2 reports kept") && said.contains("run the same command again to go on"), "{said}");
    assert!(!said.contains("/p2"), "{said}");
    let (code, said) = add(folder, &[&site.url("/feed")]);
    assert!(code == Some(0) && said.contains("3 reports kept, 2 known before"), "{said}");
}
