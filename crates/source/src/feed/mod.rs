//! RSS, Atom and JSON Feed.

mod mend;

use crate::error::quoted;
use crate::link::web_address;
use crate::{Fault, decode, parse_date};
use chrono::{DateTime, NaiveTime, Utc};
use encoding_rs::Encoding;
use feed_rs::model;
use jiff::civil::Date;
use std::collections::HashSet;
use std::time::Duration;

/// A summary with this many words is the report itself; shorter ones advertise it.
const WORDS_OF_A_REPORT: usize = 150;

/// What a feed holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Name of the feed.
    pub title: Option<String>,
    /// Its language, ISO 639-1.
    pub language: Option<String>,
    /// How long it asks to be left alone.
    pub ttl: Option<Duration>,
    /// Its entries, in its order, each id once.
    pub entries: Vec<Entry>,
}

/// One entry of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the feed calls it; its address or title where the feed gives no id. Never empty.
    pub id: String,
    /// Where the report is.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication, as written.
    pub published: Option<Date>,
    /// The report, where the feed has all of it.
    pub body: Option<EntryBody>,
}

/// The words of a report in a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryBody {
    /// Plain text.
    Text(String),
    /// A piece of HTML.
    Html(String),
}

/// Reads a feed of any of the usual forms. `base` is the address it came from, against which links are resolved, and `served` is
/// the encoding its server named.
///
/// ```
/// let rss = br#"<rss version="2.0"><channel><title>The Daily</title><item><title>Talks resume</title>
///     <link>https://daily.example/1</link><pubDate>Mon, 24 Feb 2025 10:00:00 GMT</pubDate></item></channel></rss>"#;
/// let feed = onrecord_source::feed(rss.to_vec(), None, None).unwrap();
/// assert_eq!(feed.title.as_deref(), Some("The Daily"));
/// assert_eq!(feed.entries[0].url.as_deref(), Some("https://daily.example/1"));
/// assert_eq!(feed.entries[0].published.unwrap().to_string(), "2025-02-24");
/// ```
///
/// # Errors
/// When it is none of these forms.
pub fn feed(bytes: Vec<u8>, base: Option<&str>, served: Option<&'static Encoding>) -> Result<Feed, Fault> {
    let text = decode::xml(bytes, served)?;
    let parser = feed_rs::parser::Builder::new()
        .base_uri(base)
        .timestamp_parser(day_as_written)
        // Entries without an id get one from what they say, the same at every reading.
        .id_generator(|links, title, _| match (links.first(), title) {
            (Some(link), _) => link.href.clone(),
            (None, Some(title)) => title.content.clone(),
            (None, None) => String::new(),
        })
        .build();
    let text = if text.trim_start().starts_with('{') { text } else { mend::mend(&text) };
    let feed = parser.parse(text.as_bytes()).map_err(|error| Fault::BadFeed(quoted(&error.to_string())))?;
    let mut seen = HashSet::new();
    Ok(Feed {
        title: feed.title.and_then(plain),
        language: feed.language.as_deref().and_then(primary),
        ttl: feed.ttl.map(|minutes| Duration::from_secs(u64::from(minutes) * 60)),
        entries: feed.entries.into_iter().filter_map(entry).filter(|entry| seen.insert(entry.id.clone())).collect(),
    })
}

/// The day that the feed's author wrote, at midnight UTC: the parser's own clock would move it to another day.
fn day_as_written(text: &str) -> Option<DateTime<Utc>> {
    let date = parse_date(text)?;
    let (month, day) = (u32::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?);
    let date = chrono::NaiveDate::from_ymd_opt(i32::from(date.year()), month, day)?;
    Some(date.and_time(NaiveTime::MIN).and_utc())
}

fn day(time: DateTime<Utc>) -> Option<Date> {
    parse_date(&time.date_naive().to_string())
}

/// `en` of `en-GB`.
fn primary(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (primary.len() == 2).then_some(primary)
}

/// A title as one line; some feeds put markup in it.
fn plain(text: model::Text) -> Option<String> {
    let words = if text.content.contains(['<', '&']) { crate::extract::words(&text.content)? } else { text.content };
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

fn entry(entry: model::Entry) -> Option<Entry> {
    let is_page = |link: &&model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let url = entry.links.iter().find(is_page).and_then(|link| web_address(&link.href));
    // Guids that are addresses stand in for links that are missing.
    let url = url.or_else(|| web_address(&entry.id));
    let body = body(entry.content, entry.summary, url.is_some());
    let title = entry.title.and_then(plain);
    let id = [Some(entry.id), url.clone(), title.clone()].into_iter().flatten().find(|id| !id.trim().is_empty())?;
    let published = entry.published.or(entry.updated).and_then(day);
    Some(Entry { id, url, title, published, body })
}

/// The content, or a summary when it is as long as a report or nothing else is to be had.
fn body(content: Option<model::Content>, summary: Option<model::Text>, linked: bool) -> Option<EntryBody> {
    let content = content.and_then(|content| kind(content.content_type.as_str(), content.body?));
    let summary = summary.filter(|summary| !linked || summary.content.split_whitespace().nth(WORDS_OF_A_REPORT).is_some());
    content.or_else(|| summary.and_then(|summary| kind(summary.content_type.as_str(), summary.content)))
}

fn kind(media_type: &str, words: String) -> Option<EntryBody> {
    let media_type = media_type.split(';').next().unwrap_or_default();
    if words.trim().is_empty() {
        return None;
    }
    match media_type {
        // Feeds call HTML text; the other way round does no harm.
        "text/plain" if !words.contains(['<', '&']) => Some(EntryBody::Text(words)),
        "text/plain" | "text/html" | "application/xhtml+xml" => Some(EntryBody::Html(words)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Feed {
        feed(text.into(), Some("https://daily.example/feed"), None).unwrap()
    }

    #[test]
    fn content_is_the_report_and_a_short_summary_is_not() {
        let item = |inside: &str| {
            let rss = format!(
                "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item>\
                 <guid isPermaLink='false'>7</guid><link>/1</link>{inside}</item></channel></rss>"
            );
            read(&rss).entries.remove(0)
        };
        let full = item("<description>Short.</description><content:encoded>&lt;p>The whole report.&lt;/p></content:encoded>");
        assert_eq!((full.id.as_str(), full.url.as_deref()), ("7", Some("https://daily.example/1")));
        assert_eq!(full.body, Some(EntryBody::Html("<p>The whole report.</p>".into())));
        assert_eq!(item("<description>Short.</description>").body, None);
        assert!(item(&format!("<description>{}</description>", "word ".repeat(200))).body.is_some());
    }

    #[test]
    fn the_day_is_the_authors_own() {
        let atom = "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry>\
            <title type='html'>Talks &amp;amp; terms</title><id>urn:1</id><published>2025-02-24T23:30:00-08:00</published>\
            <link rel='enclosure' href='https://d.example/a.mp3'/><link rel='alternate' href='https://d.example/a'/></entry></feed>";
        let entry = &read(atom).entries[0];
        assert_eq!(entry.published.unwrap().to_string(), "2025-02-24");
        assert_eq!(entry.title.as_deref(), Some("Talks & terms"));
        assert_eq!(entry.url.as_deref(), Some("https://d.example/a"));
    }

    #[test]
    fn json_feeds_and_ids_from_what_is_there() {
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [
            {"id": "1", "url": "https://d.example/1", "content_text": "One."}, {"id": "1", "content_text": "Again."}]}"#;
        let feed = read(json);
        assert_eq!(feed.entries.len(), 1);
        assert_eq!(feed.entries[0].body, Some(EntryBody::Text("One.".into())));
        let bare = "<rss version='2.0'><channel><item><title>Only a title</title></item><item></item></channel></rss>";
        assert_eq!(read(bare).entries[0].id, "Only a title");
        assert_eq!(read(bare).entries.len(), 1);
    }

    #[test]
    fn hostile_feeds_end() {
        let laughs = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><rss version='2.0'><channel><title>&b;</title></channel></rss>";
        let _ = feed(laughs.into(), None, None);
        let deep = format!("<feed><entry><content type='xhtml'>{}", "<div>".repeat(100_000));
        let _ = feed(deep.into(), None, None);
        assert!(feed(b"<html></html>".to_vec(), None, None).is_err());
    }
}
