//! Sitemaps: which reports a site has, for search engines, and for news with title and day.

use crate::xml::{Step, steps};
use crate::{Fault, Link, LinkTo, decode};
use std::collections::HashMap;

/// The reports that a sitemap lists, or the sitemaps that an index of sitemaps lists, in its order. The bytes may be in any
/// encoding they declare.
///
/// ```
/// let sitemap = br#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
///     xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://daily.example/1</loc>
///     <news:news><news:publication><news:name>The Daily</news:name><news:language>en</news:language></news:publication>
///     <news:publication_date>2025-02-24T10:00Z</news:publication_date><news:title>Talks resume</news:title></news:news>
///     </url></urlset>"#;
/// let link = &onrecord_source::sitemap(sitemap.to_vec()).unwrap()[0];
/// assert_eq!(link.url, "https://daily.example/1");
/// assert_eq!(link.outlet.as_deref(), Some("The Daily"));
/// assert_eq!(link.published.unwrap().to_string(), "2025-02-24");
/// ```
///
/// # Errors
/// When the file is no XML, or lists nothing.
pub fn sitemap(bytes: Vec<u8>) -> Result<Vec<Link>, Fault> {
    let mut links = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut said: HashMap<String, String> = HashMap::new();
    let end = steps(&decode::xml(bytes, None)?, |step| match step {
        Step::Open(name, _) => path.push(name),
        Step::Text(text) => {
            if let [.., parent, name] = path.as_slice() {
                // An image inside has a `loc` and a `title` of its own.
                let ours = matches!(parent.as_str(), "url" | "sitemap" | "news" | "publication");
                if ours && matches!(name.as_str(), "loc" | "title" | "name" | "publication_date") {
                    said.entry(name.clone()).or_default().push_str(&text);
                }
            }
        }
        Step::Close(name) => {
            path.pop();
            let to = match name.as_str() {
                "url" => LinkTo::Report,
                "sitemap" => LinkTo::Sitemap,
                _ => return,
            };
            let said = std::mem::take(&mut said);
            let get = |key: &str| said.get(key).map(String::as_str);
            let link = get("loc").and_then(|url| Link::to(to, url));
            links.extend(link.map(|link| link.said(get("title"), get("publication_date"), get("name"))));
        }
    });
    if links.is_empty() { end.and(Err(Fault::NoLinks)) } else { Ok(links) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_leads_to_sitemaps_and_pictures_are_no_reports() {
        let index =
            "<sitemapindex><sitemap><loc> https://d.example/news.xml </loc><lastmod>2025-02-24</lastmod></sitemap></sitemapindex>";
        let links = sitemap(index.into()).unwrap();
        assert_eq!((links[0].to, links[0].url.as_str()), (LinkTo::Sitemap, "https://d.example/news.xml"));
        let map = "<urlset><url><loc>https://d.example/1?a=1&amp;b=2</loc><image:image><image:loc>https://d.example/1.jpg</image:loc>\
            <image:title>A picture</image:title></image:image></url><url><loc>ftp://d.example/</loc></url></urlset>";
        let links = sitemap(map.into()).unwrap();
        assert_eq!(links.len(), 1);
        assert_eq!((links[0].url.as_str(), links[0].title.as_deref()), ("https://d.example/1?a=1&b=2", None));
    }
}
