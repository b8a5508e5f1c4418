//! kurtmckee/feedparser: feeds of every kind and quality, each with what must come out.

use crate::suite;
use onrecord_source::{Feed, feed};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use walkdir::WalkDir;

/// What does not come out as the suite wants, and why that stays so.
const EXPLAINED: &[(&str, &str)] = &[
    ("entities/hex_entity_x_lowercase.xml", ATOM_03),
    ("entities/hex_entity_x_uppercase.xml", ATOM_03),
    ("atom/entry_title_text_plain.xml", ATOM_03),
    ("atom/feed_title_text_plain.xml", ATOM_03),
    ("atom/atom_namespace_2.xml", NAMESPACE),
    ("atom/atom_namespace_3.xml", NAMESPACE),
    ("atom/atom_namespace_4.xml", NAMESPACE),
    ("atom/atom_namespace_5.xml", NAMESPACE),
    ("namespace/rss1.0withModulesNoDefNS.xml", NAMESPACE),
    ("atom10/entry_title_type_empty-no-crash.xml", "an empty media type fails the whole feed"),
    ("cdf/channel_title.xml", CDF),
    ("cdf/item_href_map_link.xml", CDF),
    ("cdf/item_title.xml", CDF),
    ("itunes/itunes_core_element_uppercase.xml", "XML tells capitals apart"),
    ("lang/channel_dc_language.xml", MODULES),
    ("media-rss/item_media_title1.xml", MODULES),
    ("rss/channel_dc_title.xml", MODULES),
    ("rss/item_dc_title.xml", MODULES),
    ("rdf/rdf_item_rdf_about.xml", RSS_1),
    ("rdf/rdf_item_title.xml", RSS_1),
    ("rdf/rss090_item_title.xml", RSS_1),
    ("sanitize/xml_malicious_comment.xml", "what follows a comment inside a title is lost"),
];
const ATOM_03: &str = "titles with a media type, as Atom had them before 2005, fail the whole feed";
const NAMESPACE: &str = "a namespace that no feed has had for years";
const CDF: &str = "Microsoft's form of 1997";
const MODULES: &str = "modules stand in for elements that RSS itself has";
const RSS_1: &str = "an item without a link, which RSS 1.0 forbids";

/// One thing a feed must say: `entries[0]['title'] == 'x'` or `feed['title'] == 'x'`.
struct Expectation {
    of_entry: bool,
    key: String,
    value: String,
}

/// The expectations of a file that are about what this program takes from feeds.
fn expectations(text: &str) -> Vec<Expectation> {
    let Some(line) = text.lines().find_map(|line| line.trim().strip_prefix("Expect:")) else { return Vec::new() };
    let clauses = line.trim().split(" and ").map(|clause| clause.trim().trim_start_matches("not bozo").trim());
    clauses.filter_map(expectation).collect()
}

fn expectation(clause: &str) -> Option<Expectation> {
    let (left, right) = clause.split_once(" == ")?;
    let of_entry = left.starts_with("entries[0]");
    let key = left.strip_prefix("entries[0]").or(left.strip_prefix("feed"))?;
    let key = key.strip_prefix("['")?.strip_suffix("']")?;
    (!key.contains('[')).then_some(())?;
    Some(Expectation { of_entry, key: key.into(), value: python(right)? })
}

/// The text of a literal in Python; nothing for escapes that this program's fields do not hold as they are.
fn python(literal: &str) -> Option<String> {
    let literal = literal.trim().trim_start_matches('u');
    let quote = literal.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let inside = literal.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inside.contains(['\\', quote])).then(|| inside.to_owned())
}

/// What this program makes of the same key; nothing for keys it does not take (dates stand in entries that have nothing else there,
/// which are none here), and for values with markup, which it takes out.
fn said(feed: &Feed, expectation: &Expectation) -> Option<Option<String>> {
    if expectation.value.contains(['<', '&']) {
        return None;
    }
    let entry = feed.entries.first();
    match (expectation.of_entry, expectation.key.as_str()) {
        (true, "title") => Some(entry.and_then(|entry| entry.title.clone())),
        (true, "link") => Some(entry.and_then(|entry| entry.url.clone())),
        (true, "id") => Some(entry.map(|entry| entry.id.clone())),
        (false, "title") => Some(feed.title.clone()),
        (false, "language") => Some(feed.language.clone()),
        _ => None,
    }
}

/// One spelling for what differs only in white space or in the end of an address.
fn same(key: &str, found: &str, wanted: &str) -> bool {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match key {
        "link" | "id" => found.trim_end_matches('/').eq_ignore_ascii_case(wanted.trim_end_matches('/')),
        "language" => wanted.starts_with(found),
        _ => squeeze(found) == squeeze(wanted),
    }
}

#[test]
fn every_feed_ends_and_says_what_it_must() {
    let Some(folder) = suite("feedparser") else { return };
    let (mut files, mut read, mut slowest) = (0, 0, Duration::ZERO);
    let mut unexplained = Vec::new();
    let mut figures: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for file in WalkDir::new(&folder).sort_by_file_name().into_iter().flatten().filter(|file| file.file_type().is_file()) {
        let bytes = std::fs::read(file.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        files += 1;
        let start = Instant::now();
        let found = feed(bytes, Some("http://example.com/test/"), None);
        slowest = slowest.max(start.elapsed());
        let _ = feed(cut(&text).into(), None, None);
        read += usize::from(found.is_ok());
        // What the header of an answer would have to say is not in the file.
        let over_http = file.file_name().to_string_lossy().starts_with("http_");
        for expectation in expectations(&text).into_iter().filter(|_| !over_http) {
            unexplained.extend(check(file.path(), found.as_ref().ok(), &expectation, &mut figures));
        }
    }
    println!("feedparser: {files} files, {read} read as feeds, slowest {slowest:?}");
    for (key, (right, all)) in &figures {
        println!("  {key}: {right} of {all}");
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    assert!(read >= 1928, "{read}");
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
}

/// A feed that broke off on its way.
fn cut(text: &str) -> &str {
    let middle = text.char_indices().map(|(at, _)| at).find(|at| 2 * at >= text.len());
    &text[..middle.unwrap_or_default()]
}

/// Counts one expectation; what is wrong with it, when nothing explains that.
fn check(path: &Path, feed: Option<&Feed>, wanted: &Expectation, figures: &mut BTreeMap<String, (usize, usize)>) -> Option<String> {
    let empty = Feed::default();
    let found = said(feed.unwrap_or(&empty), wanted)?;
    let right = found.as_deref().is_some_and(|found| same(&wanted.key, found, &wanted.value));
    let figure = figures.entry(format!("{} {}", if wanted.of_entry { "entry" } else { "feed" }, wanted.key)).or_default();
    figure.0 += usize::from(right);
    figure.1 += 1;
    if !right {
        let wanted = &wanted.value;
        match EXPLAINED.iter().find(|(name, _)| path.ends_with(name)) {
            Some((_, why)) => println!("  {wanted:?}, not {found:?}: {why}"),
            None => return Some(format!("{}: {wanted:?} is wanted, not {found:?}", path.display())),
        }
    }
    None
}
