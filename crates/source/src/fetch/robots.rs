//! `robots.txt` (RFC 9309): what a site wants programs to leave alone.

use std::time::Duration;

/// Bytes of the file that count; the standard asks for at least 500 KiB.
pub(crate) const LONGEST: usize = 512 << 10;

/// The longest pause between two requests that is kept.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// What a site's `robots.txt` says to one program.
///
/// ```
/// use onrecord_source::fetch::Robots;
/// let robots = Robots::parse("User-agent: *\nDisallow: /private\nAllow: /private/notice$\nCrawl-delay: 5", "onrecord");
/// assert!(robots.allows("/news"));
/// assert!(!robots.allows("/private/1"));
/// assert!(robots.allows("/private/notice"));
/// assert_eq!(robots.delay().unwrap().as_secs(), 5);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    pattern: Vec<u8>,
}

/// Whom the lines of a group are for, the closest to us last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum For {
    Others,
    All,
    Us,
}

impl Robots {
    /// Reads a file of any quality; lines that say nothing known are passed over. `program` is the name it would be called by:
    /// groups for that name count, and if there is none, groups for all.
    pub fn parse(text: &str, program: &str) -> Self {
        let (mut ours, mut all, mut named) = (Robots::default(), Robots::default(), false);
        let mut group = For::Others;
        let mut naming = false;
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                // Names one after another begin one group.
                let this = whom(value, program);
                group = if naming { group.max(this) } else { this };
                naming = true;
                named |= this == For::Us;
                continue;
            }
            // Sitemaps and unknown fields belong to no group.
            if !matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                continue;
            }
            naming = false;
            let rules = match group {
                For::Us => &mut ours,
                For::All => &mut all,
                For::Others => continue,
            };
            if key == "crawl-delay" {
                rules.delay = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            } else if !value.is_empty() {
                // An empty pattern matches nothing.
                rules.rules.push(Rule { allow: key == "allow", pattern: normal(value) });
            }
        }
        if named { ours } else { all }
    }

    /// Whether the path, with its query, may be read: the longest pattern that matches decides, and of two as long the one that
    /// allows.
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        if path == b"/robots.txt" {
            return true;
        }
        let matching = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        matching.max_by_key(|rule| (rule.pattern.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }

    /// The pause between two requests that the site asks for, up to a minute.
    pub fn delay(&self) -> Option<Duration> {
        self.delay.map(|delay| delay.min(LONGEST_DELAY))
    }
}

fn whom(name: &str, program: &str) -> For {
    // Versions and stars after a name are no part of it.
    let token = name.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).next().unwrap_or_default();
    match name {
        "*" => For::All,
        _ if token.eq_ignore_ascii_case(program) => For::Us,
        _ => For::Others,
    }
}

/// One spelling for each path: what needs no escape has none, what needs one has it in upper case.
fn normal(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|hex| {
            let text = std::str::from_utf8(hex).ok().filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()))?;
            u8::from_str_radix(text, 16).ok()
        });
        let byte = escaped.unwrap_or(bytes[at]);
        at += if escaped.is_some() { 3 } else { 1 };
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if unreserved || escaped.is_none() && byte.is_ascii_graphic() {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    out
}

/// Whether `path` begins with `pattern`, in which `*` is anything and a last `$` the end. Steps back to the last star only, so that
/// the time is bounded by the product of both lengths.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let (mut p, mut at, mut star) = (0, 0, None);
    loop {
        if p == pattern.len() && (!to_end || at == path.len()) {
            return true;
        }
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p + 1, at));
                p += 1;
            }
            Some(byte) if path.get(at) == Some(byte) => (p, at) = (p + 1, at + 1),
            _ => match star {
                Some((after, from)) if from < path.len() => {
                    star = Some((after, from + 1));
                    (p, at) = (after, from + 1);
                }
                _ => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        Robots::parse(text, "onrecord").allows(path)
    }

    #[test]
    fn groups_are_merged_and_the_own_name_goes_first() {
        let text = "User-agent: other\nUser-agent: OnRecord/2.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nuser-agent: onrecord\ndisallow: /b\n";
        assert!(!allows(text, "/a/x") && !allows(text, "/b") && allows(text, "/c"));
        assert!(!allows("User-agent: other\nUser-agent: *\nDisallow: /x", "/x"));
        assert!(!allows("User-agent: *\nUser-agent: other\nDisallow: /x", "/x"));
        assert!(allows("User-agent: other\nDisallow: /x", "/x"));
        assert!(allows("User-agent: onrecord\nAllow: /\nUser-agent: *\nDisallow: /", "/x"));
        assert!(allows("User-agent: onrecord\nDisallow:\n\nUser-agent: *\nDisallow: /", "/x"));
        // Rules before any name are nobody's; a sitemap ends no group.
        assert!(allows("Disallow: /x", "/x"));
        assert!(!allows("User-agent: onrecord\nSitemap: https://d.example/s.xml\nDisallow: /x", "/x"));
        assert!(allows("User-agent: onrecordings\nDisallow: /x", "/x"));
    }

    #[test]
    fn the_longest_match_decides_and_allow_wins_ties() {
        let text = "User-agent: *\nDisallow: /news\nAllow: /news/public\nAllow: /page\nDisallow: /page\n";
        assert!(allows(text, "/news/public/1") && !allows(text, "/news/1") && allows(text, "/page"));
    }

    #[test]
    fn stars_and_ends() {
        for (pattern, path, matched) in [
            ("/fish", "/fish.html", true),
            ("/fish", "/Fish", false),
            ("/fish*", "/fishheads", true),
            ("/*.php", "/folder/index.php?x=1", true),
            ("/*.php$", "/index.php", true),
            ("/*.php$", "/index.php?x=1", false),
            ("/*.php$", "/a.php.php", true),
            ("/a*b*c", "/a-b-b-c-d", true),
            ("/a*b*c$", "/a-b-b-c-d", false),
            ("*", "/x", true),
            ("/$", "/", true),
            ("/$", "/x", false),
            ("/ü", "/%c3%bc", true),
            ("/%7Euser", "/~user/", true),
            ("/a%2fb", "/a/b", false),
            ("/?q=", "/?q=1", true),
        ] {
            assert_eq!(matches(&normal(pattern), &normal(path)), matched, "{pattern} {path}");
        }
        let slow = normal(&format!("/{}b", "*a".repeat(500)));
        assert!(!matches(&slow, &normal(&format!("/{}", "a".repeat(2_000)))));
    }

    #[test]
    fn delays_and_nonsense() {
        let delay = |value: &str| Robots::parse(&format!("User-agent: *\nCrawl-delay: {value}"), "onrecord").delay();
        assert_eq!(delay("2.5"), Some(Duration::from_millis(2500)));
        assert_eq!(delay("86400"), Some(LONGEST_DELAY));
        for bad in ["-1", "soon", "", "inf", "nan"] {
            assert_eq!(delay(bad), None, "{bad}");
        }
        assert!(allows("<!DOCTYPE html><p>User-agent: *</p>\u{0}:::\n:\n", "/x"));
        assert!(allows("User-agent: *\nDisallow: /", "/robots.txt"));
    }
}
