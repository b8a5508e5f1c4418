//! OPML: which feeds somebody reads.

use crate::xml::{Step, steps};
use crate::{Fault, Link, LinkTo, decode};

/// The feeds that an outline in OPML lists, in its order, each once. The bytes may be in any encoding they declare.
///
/// ```
/// let opml = br#"<opml version="2.0"><body><outline text="Agencies">
///     <outline text="Agency" type="rss" xmlUrl="https://agency.example/feed"/></outline></body></opml>"#;
/// let feeds = onrecord_source::outline(opml.to_vec()).unwrap();
/// assert_eq!(feeds[0].url, "https://agency.example/feed");
/// assert_eq!(feeds[0].title.as_deref(), Some("Agency"));
/// ```
///
/// # Errors
/// When the file is no XML, or lists no feed.
pub fn outline(bytes: Vec<u8>) -> Result<Vec<Link>, Fault> {
    let mut feeds: Vec<Link> = Vec::new();
    let mut listed = std::collections::HashSet::new();
    let end = steps(&decode::xml(bytes, None)?, |step| {
        let Step::Open(name, attributes) = step else { return };
        let said = |key: &str| attributes.get(key).map(String::as_str).filter(|value| !value.trim().is_empty());
        if name == "outline"
            && let Some(link) = said("xmlurl").and_then(|url| Link::to(LinkTo::Feed, url))
            && listed.insert(link.url.clone())
        {
            feeds.push(link.said(said("title").or(said("text")), None, None));
        }
    });
    // Lists are written by hand: what was understood before the mistake counts.
    if feeds.is_empty() { end.and(Err(Fault::NoLinks)) } else { Ok(feeds) }
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn outlines_as_people_export_them() {
        let opml = "<?xml version='1.0' encoding='UTF-8'?><opml><head><title>Mine</title></head><body>\
            <outline title='A' text='a' xmlURL='https://a.example/f?x=1&y=2'/><outline text='B' xmlUrl=' http://b.example/ '/>\
            <outline text='again' xmlUrl='http://b.example/'/><outline text='no feed' htmlUrl='https://c.example/'/>\
            <outline xmlUrl='file:///etc/passwd'/></body><oops";
        let feeds = outline(opml.into()).unwrap();
        let urls: Vec<&str> = feeds.iter().map(|feed| feed.url.as_str()).collect();
        assert_eq!(urls, ["https://a.example/f?x=1&y=2", "http://b.example/"]);
        assert_eq!(feeds[0].title.as_deref(), Some("A"));
        assert!(outline(b"<opml><body/></opml>".to_vec()).is_err());
    }
}
