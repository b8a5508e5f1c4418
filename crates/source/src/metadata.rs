//! What a page says about itself.

use crate::link::web_address;
use crate::parse_date;
use dom_smoothie::Readability;
use jiff::civil::Date;
use serde_json::Value;

#[derive(Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
}

impl Metadata {
    /// JSON-LD first, then `<meta>`, then elements of the page.
    pub(crate) fn find(page: &Readability) -> Self {
        let stated = json_ld(page);
        let meta = page.get_article_metadata(None);
        Metadata {
            title: stated.title.or_else(|| said(&meta.title)),
            published: stated
                .published
                .or_else(|| parse_date(meta.published_time.as_deref()?))
                .or_else(|| attribute(page, "[itemprop=datePublished]", "content").and_then(|text| parse_date(&text)))
                .or_else(|| {
                    attribute(page, "article time[datetime], main time[datetime]", "datetime").and_then(|text| parse_date(&text))
                })
                .or_else(|| attribute(page, "time[datetime]", "datetime").and_then(|text| parse_date(&text))),
            outlet: stated.outlet.or_else(|| said(meta.site_name.as_deref()?)),
            url: attribute(page, "link[rel=canonical]", "href")
                .or_else(|| attribute(page, "meta[property='og:url']", "content"))
                .or(stated.url)
                .and_then(|url| web_address(&url)),
            language: attribute(page, "html", "lang").and_then(|tag| {
                let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
                (primary.len() == 2).then_some(primary)
            }),
        }
    }
}

/// The text as one line, when there is any.
fn said(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

fn attribute(page: &Readability, selector: &str, name: &str) -> Option<String> {
    page.doc.try_select(selector)?.attr(name).and_then(|value| said(&value))
}

/// The first thing of type article (NewsArticle, PressRelease, ...) that the page's JSON-LD describes.
fn json_ld(page: &Readability) -> Metadata {
    let scripts = page.doc.select("script[type='application/ld+json']");
    let article = scripts.nodes().iter().find_map(|script| {
        let value: Value = serde_json::from_str(script.text().trim()).ok()?;
        find_article(value)
    });
    let Some(article) = article else { return Metadata::default() };
    let text = |pointer: &str| article.pointer(pointer).and_then(Value::as_str).and_then(said);
    Metadata {
        title: text("/headline"),
        published: text("/datePublished").and_then(|text| parse_date(&text)),
        outlet: text("/publisher/name").or_else(|| text("/publisher/0/name")),
        url: text("/url").or_else(|| text("/mainEntityOfPage/@id")).or_else(|| text("/mainEntityOfPage")),
        language: None,
    }
}

/// Looks through lists and `@graph`s; JSON itself bounds how deep they go.
fn find_article(value: Value) -> Option<Value> {
    match value {
        Value::Array(values) => values.into_iter().find_map(find_article),
        Value::Object(ref object) => {
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|k| k.ends_with("Article") || k.ends_with("PressRelease") || k == "BlogPosting")
            };
            match object.get("@type") {
                Some(Value::Array(kinds)) if kinds.iter().any(is_article) => Some(value),
                Some(kind) if is_article(kind) => Some(value),
                _ => find_article(object.get("@graph")?.clone()),
            }
        }
        _ => None,
    }
}
