//! From a web page to its article.

use crate::markup::{self, MAX_DEPTH};
use crate::metadata::Metadata;
use dom_smoothie::{Config, Readability, TextMode};
use jiff::civil::Date;

/// What a page reports, without what surrounds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its own address, as it says.
    pub url: Option<String>,
    /// Language as the page declares it, ISO 639-1.
    pub language: Option<String>,
    /// The words, a paragraph a line, blank lines between them.
    pub text: String,
}

/// The article of a page, or nothing when no part of it reads like one.
///
/// What the page says about itself (JSON-LD, OpenGraph, `<time>`) goes before what can be guessed from its layout.
///
/// ```
/// use onrecord_source::extract;
/// let page = "<html><head><title>Talks resume</title><meta property=article:published_time content=2025-02-24T10:00Z></head>
///     <body><nav>Home</nav><article><p>The two sides met in Oslo.</p><p>They will meet again.</p></article></body></html>";
/// let article = extract(page).unwrap();
/// assert_eq!(article.text, "The two sides met in Oslo.\n\nThey will meet again.");
/// assert_eq!(article.published.unwrap().to_string(), "2025-02-24");
/// ```
pub fn extract(page: &str) -> Option<Article> {
    let mut readability = parse(page)?;
    // Before the search for the article, which takes scripts and headers out of the page.
    let metadata = Metadata::find(&readability);
    let text = readability.parse().ok()?.text_content.trim().to_owned();
    if text.is_empty() {
        return None;
    }
    let Metadata { title, published, outlet, url, language } = metadata;
    Some(Article { title, published, outlet, url, language, text })
}

/// All words of a piece of HTML that is known to be a report, as feeds hold them; nothing when there are none.
pub(crate) fn words(fragment: &str) -> Option<String> {
    let page = parse(fragment)?;
    page.doc.select("script, style, noscript, template, iframe, svg").remove();
    let text = page.doc.select("body").formatted_text().trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The feed that a page at `base` names for programs.
pub fn feed_of(page: &str, base: &str) -> Option<String> {
    let page = parse(page)?;
    let named = page.doc.select("link[rel~=alternate]").nodes().iter().find_map(|link| {
        let kind = link.attr("type")?;
        let is_feed = ["rss+xml", "atom+xml", "feed+json"].iter().any(|feed| kind.contains(feed));
        if is_feed { link.attr("href") } else { None }
    })?;
    Some(url::Url::parse(base).ok()?.join(named.trim()).ok()?.to_string())
}

/// The page as a tree, or nothing when it was made to break parsers.
fn parse(page: &str) -> Option<Readability> {
    if !markup::is_reasonable(page) {
        return None;
    }
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let readability = Readability::new(page, None, Some(config)).ok()?;
    let too_deep = readability.doc.root().descendants_it().any(|node| node.ancestors_it(Some(MAX_DEPTH)).count() == MAX_DEPTH);
    (!too_deep).then_some(readability)
}

#[cfg(test)]
mod tests {
    use super::extract;

    const BODY: &str = "<body><header>Menu</header><article><h1>Ceasefire holds</h1><p>The guns were silent on Monday, \
        the mission said in its daily report, for the first time since the spring.</p><p>“We see no movement,” it added.</p></article></body>";

    #[test]
    fn json_ld_goes_before_open_graph() {
        let page = format!(
            r#"<html lang="en-GB"><head><title>Ceasefire holds | The Daily</title><meta property="og:site_name" content="Daily online">
            <script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "WebPage"}},
            {{"@type": ["NewsArticle"], "headline": "Ceasefire\n holds", "datePublished": "2025-03-03T23:10:00-08:00",
              "publisher": {{"name": "The Daily"}}}}]}}</script>
            <link rel="canonical" href="https://daily.example/1"></head>{BODY}</html>"#
        );
        let article = extract(&page).unwrap();
        assert_eq!(article.title.as_deref(), Some("Ceasefire holds"));
        assert_eq!(article.published.unwrap().to_string(), "2025-03-03");
        assert_eq!(article.outlet.as_deref(), Some("The Daily"));
        assert_eq!(article.url.as_deref(), Some("https://daily.example/1"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert!(
            article.text.contains("daily report, for the first time since the spring.\n\n“We see no movement,”"),
            "{}",
            article.text
        );
        assert!(!article.text.contains("Menu"));
    }

    #[test]
    fn a_time_element_dates_a_page_without_metadata() {
        let page = format!("<title>Ceasefire holds</title><p><time datetime='2025-03-04'>today</time></p>{BODY}");
        assert_eq!(extract(&page).unwrap().published.unwrap().to_string(), "2025-03-04");
    }

    #[test]
    fn hostile_pages_end() {
        let deep = |n: usize| format!("{}A word, and another, and a third one. {}", "<div>".repeat(n), "</div>".repeat(n));
        assert!(extract(&deep(200)).is_some());
        for page in [deep(100_000), "<b><i>".repeat(20_000), "<p>x".repeat(50_000), "<!--".repeat(10_000)] {
            let _ = extract(&page);
        }
        assert_eq!(extract(""), None);
        assert_eq!(extract("<html></html>"), None);
    }
}
