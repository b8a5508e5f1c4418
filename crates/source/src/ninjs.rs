//! IPTC ninjs: news items as agencies send them.

use crate::json_lines::fault;
use crate::piece::{Body, Known};
use crate::{Fault, parse_date};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// What a news item says of itself, with its words.
pub(crate) struct Item {
    pub(crate) uri: String,
    pub(crate) known: Known,
    pub(crate) body: Body,
    /// All of it, as it came.
    pub(crate) json: Vec<u8>,
}

impl Item {
    /// The first item of a line of JSON.
    pub(crate) fn parse(json: &[u8]) -> Result<Option<Self>, Fault> {
        items(json)?.next().transpose()
    }
}

/// The items of a file: one object or a list of them, of ninjs 1.0 to 3.1. Each stands or falls alone.
pub(crate) fn items(json: &[u8]) -> Result<impl Iterator<Item = Result<Item, Fault>> + Send + use<>, Fault> {
    let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
    let list = json.trim_ascii_start().starts_with(b"[");
    let values: Result<Vec<Box<RawValue>>, _> =
        if list { serde_json::from_slice(json) } else { serde_json::from_slice(json).map(|one| vec![one]) };
    let values = values.map_err(|error| fault(json, &error))?;
    Ok(values.into_iter().map(|raw| match serde_json::from_str(raw.get()) {
        Ok(Value::Object(object)) => item(&lower(object), raw.get().as_bytes()),
        _ => Err(Fault::NoNewsItem("it is no object")),
    }))
}

/// Keys were written `version_created` (1.0), `versioncreated` (2.0, 3.0) and `versionCreated` (3.1).
fn lower(object: Map<String, Value>) -> Map<String, Value> {
    object.into_iter().map(|(key, value)| (key.to_ascii_lowercase().replace('_', ""), value)).collect()
}

fn item(object: &Map<String, Value>, json: &[u8]) -> Result<Item, Fault> {
    let said = |key: &str| object.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let uri = said("uri").ok_or(Fault::NoNewsItem("it has no \"uri\""))?.to_owned();
    // An item may be withdrawn, and then says so instead of being gone.
    if let Some(status @ ("canceled" | "withheld")) = said("pubstatus") {
        return Err(Fault::NotForUse(status.to_owned()));
    }
    let body = bodies(object).or_else(|| {
        let html = said("bodyhtml").or(said("bodyxhtml")).map(|html| Body::Fragment(html.into()));
        said("bodytext").map(|text| Body::Words(text.into())).or(html)
    });
    let title = best(object.get("headlines"), |_| true).map(|(_, headline)| headline).or(said("headline")).or(said("title"));
    let date = ["firstcreated", "contentcreated", "versioncreated"].into_iter().find_map(|key| parse_date(said(key)?));
    let known = Known {
        title: title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")),
        published: date,
        outlet: source(object).or(said("copyrightholder")).map(str::to_owned),
        url: crate::link::web_address(&uri),
        language: said("language").and_then(|tag| tag.get(..2)).map(str::to_ascii_lowercase),
    };
    let body = body.ok_or(Fault::NoNewsItem("it has no words in \"bodies\" (a picture, a plan or an event has none)"))?;
    Ok(Item { uri, known, body, json: json.to_vec() })
}

/// The body that is text, plain rather than HTML, the main one rather than another.
fn bodies(object: &Map<String, Value>) -> Option<Body> {
    let textual = |kind: Option<&str>| kind.is_none_or(|kind| kind.starts_with("text/") || kind.contains("html"));
    let (kind, words) = best(object.get("bodies"), textual)?;
    let html = kind.map_or_else(|| words.contains("</"), |kind| kind.contains("html"));
    Some(if html { Body::Fragment(words.into()) } else { Body::Words(words.into()) })
}

/// Media type and value of the part that is wanted and says most clearly that it is the main one.
fn best(parts: Option<&Value>, wanted: impl Fn(Option<&str>) -> bool) -> Option<(Option<&str>, &str)> {
    let parts = parts?.as_array()?.iter().filter_map(Value::as_object);
    let described = parts.filter_map(|part| {
        let get = |name: &str| part.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, value)| value.as_str());
        let value = get("value").filter(|value| !value.trim().is_empty())?;
        let rank = (get("role") != Some("main"), get("contenttype") != Some("text/plain"));
        wanted(get("contenttype")).then_some((rank, get("contenttype"), value))
    });
    described.min_by_key(|(rank, ..)| *rank).map(|(_, kind, value)| (kind, value))
}

/// The name of the first source of information.
fn source(object: &Map<String, Value>) -> Option<&str> {
    object.get("infosources")?.as_array()?.iter().find_map(|source| source.get("name")?.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(json: &str) -> Result<Item, Fault> {
        items(json.as_bytes()).unwrap().next().unwrap()
    }

    #[test]
    fn items_of_every_version() {
        let new = one(r#"{"uri": "https://a.example/1", "firstCreated": "2025-02-24T23:00:00-05:00", "language": "en-US",
            "headlines": [{"role": "short", "value": "Talks"}, {"role": "main", "value": "Talks\nresume"}],
            "bodies": [{"contentType": "text/html", "value": "<p>One.</p>"}, {"contentType": "text/plain", "value": "One."}],
            "infoSources": [{"name": "The Agency"}]}"#)
        .unwrap();
        assert!(matches!(&new.body, Body::Words(text) if text == "One."));
        assert_eq!(new.known.title.as_deref(), Some("Talks resume"));
        assert_eq!(new.known.published.unwrap().to_string(), "2025-02-24");
        assert_eq!((new.known.outlet.as_deref(), new.known.language.as_deref()), (Some("The Agency"), Some("en")));
        let old = one(r#"{"uri": "urn:2", "versioncreated": "2013-05-16T04:01:00Z", "headline": "H", "body_html": "<p>Two.</p>"}"#)
            .unwrap();
        assert!(matches!(&old.body, Body::Fragment(html) if html == "<p>Two.</p>"));
        assert_eq!((old.uri.as_str(), old.known.url), ("urn:2", None));
    }

    #[test]
    fn what_is_no_report_says_why() {
        for (json, why) in [
            (r#"{"headlines": []}"#, "\"uri\""),
            (r#"{"uri": "urn:1", "type": "picture"}"#, "no words"),
            (r#"{"uri": "urn:1", "pubStatus": "canceled", "bodies": [{"value": "x"}]}"#, "canceled"),
            ("[7]", "no object"),
        ] {
            let message = one(json).err().unwrap().to_string();
            assert!(message.contains(why), "{json}: {message}");
        }
        assert!(items(b"{").is_err());
    }
}
