use crate::parse_date;
use jiff::civil::Date;

/// Where something to read is, with what its container says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its address, `http` or `https`.
    pub url: String,
    /// What is there.
    pub to: LinkTo,
    /// Headline of the report, or name of the feed.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub outlet: Option<String>,
}

/// What is at the other end of a [`Link`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTo {
    /// A report.
    Report,
    /// A feed, as outlines list them.
    Feed,
    /// A sitemap, as an index of sitemaps lists them.
    Sitemap,
}

impl Link {
    /// A link of which only the address is known; nothing when it leads elsewhere than to the web.
    pub(crate) fn to(to: LinkTo, url: &str) -> Option<Self> {
        let url = web_address(url)?;
        Some(Link { url, to, title: None, published: None, outlet: None })
    }

    pub(crate) fn said(mut self, title: Option<&str>, published: Option<&str>, outlet: Option<&str>) -> Self {
        let some = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        self.title = some(title);
        self.published = published.and_then(parse_date);
        self.outlet = some(outlet);
        self
    }
}

/// The address, trimmed, when it is one of the web.
pub(crate) fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = url.split("://").next()?.to_ascii_lowercase();
    (matches!(scheme.as_str(), "http" | "https") && scheme.len() < url.len()).then(|| url.to_owned())
}
