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

/// The address, trimmed, when it is one of the web. Tabs and line ends in it mean nothing, as browsers have it; no address has other
/// control characters.
pub(crate) fn web_address(url: &str) -> Option<String> {
    let url: String = url.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let scheme = url.split("://").next()?.to_ascii_lowercase();
    let of_the_web = matches!(scheme.as_str(), "http" | "https") && scheme.len() < url.len();
    (of_the_web && !url.contains(char::is_control)).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn addresses_that_command_a_terminal_are_none() {
        assert_eq!(web_address(" HTTPS://d.example/a\n\t/b ").as_deref(), Some("HTTPS://d.example/a/b"));
        assert_eq!(web_address("https://d.example/\u{1b}[2J"), None);
        assert_eq!(web_address("httpd://d.example/"), None);
        assert_eq!(web_address("https"), None);
    }
}
