//! Feeds as they are and not as they should be: small mistakes that would cost a whole feed are mended before it is read.

use std::borrow::Cow;

/// Namespaces of old feeds, with those that mean the same today. Atom 0.3 and RSS 0.90 have other dates and no more differences
/// that matter here.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://purl.org/atom/ns#", "http://www.w3.org/2005/Atom"),
    ("http://my.netscape.com/rdf/simple/0.9/", "http://purl.org/rss/1.0/"),
    ("http://channel.netscape.com/rdf/simple/0.9/", "http://purl.org/rss/1.0/"),
    ("http://backend.userland.com/rss2", ""),
];

/// The feed with namespaces of today, no document type, no declaration of an encoding, RSS under its usual version, and every ampersand
/// one that XML knows.
pub(super) fn mend(feed: &str) -> String {
    let mut feed = undeclared(ampersands(without_doctype(feed)).into_owned());
    for (old, new) in NAMESPACES {
        if feed.contains(old) {
            feed = feed.replace(old, new);
        }
    }
    version(feed)
}

/// Nothing in it is wanted: entities that a feed declares itself stand for nothing.
fn without_doctype(feed: &str) -> Cow<'_, str> {
    let Some(start) = feed.find("<!DOCTYPE") else { return feed.into() };
    let declaration = &feed[start..];
    let end = match (declaration.find('['), declaration.find('>')) {
        (Some(open), Some(close)) if open < close => declaration.find("]>").map(|at| at + 2),
        (_, close) => close.map(|at| at + 1),
    };
    // Inside an article it is a quotation, and not at the beginning.
    match end {
        Some(end) if !feed[..start].contains("<channel") && !feed[..start].contains("<entry") => {
            [&feed[..start], &declaration[end..]].concat().into()
        }
        _ => feed.into(),
    }
}

/// `&nbsp;` and a lone `&` become `&amp;nbsp;` and `&amp;`: words inside a feed are HTML, which knows the names that XML does not.
fn ampersands(feed: Cow<'_, str>) -> Cow<'_, str> {
    if !feed.contains('&') {
        return feed;
    }
    let mut mended = String::with_capacity(feed.len() + 64);
    let mut rest = &*feed;
    while let Some(at) = rest.find(['&', '<']) {
        let (before, from) = rest.split_at(at);
        mended.push_str(before);
        // As they are inside comments and sections of plain characters.
        let raw = [("<![CDATA[", "]]>"), ("<!--", "-->")].iter().find(|(open, _)| from.starts_with(open));
        let end = match raw {
            Some((_, close)) => from.find(close).map_or(from.len(), |end| end + close.len()),
            None => 1,
        };
        mended.push_str(if from.starts_with('&') && !is_reference(from) { "&amp;" } else { &from[..end] });
        rest = &from[end..];
    }
    mended.push_str(rest);
    mended.into()
}

/// The feed is decoded: what declares an encoding becomes an instruction that nobody follows. The parser panics over one in the middle
/// (quick-xml 0.42), and only the parser knows what is the middle: sections are opened inside tags and never closed.
fn undeclared(mut feed: String) -> String {
    for space in [' ', '\t', '\r', '\n'] {
        let declaration = format!("<?xml{space}");
        if feed.contains(&declaration) {
            feed = feed.replace(&declaration, &format!("<?was{space}"));
        }
    }
    feed
}

/// True when `text` begins with a reference that XML knows without being told.
fn is_reference(text: &str) -> bool {
    let Some(name) = text[1..].split(';').next().filter(|name| name.len() < 10 && text.len() > name.len() + 1) else {
        return false;
    };
    match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()),
            None => !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()),
        },
        None => matches!(name, "amp" | "lt" | "gt" | "quot" | "apos"),
    }
}

/// RSS without a version, or of one that nobody else knows, is read as 2.0, which has all that its forerunners have.
fn version(feed: String) -> String {
    let Some(start) = feed.find("<rss") else { return feed };
    let Some(length) = feed[start..].find('>') else { return feed };
    let tag = &feed[start..start + length];
    if ["\"2.0\"", "\"0.91\"", "\"0.92\"", "'2.0'", "'0.91'", "'0.92'"].iter().any(|known| tag.contains(known)) {
        return feed;
    }
    let renamed = tag.replacen("version", "was", 1).replacen("<rss", "<rss version=\"2.0\"", 1);
    [&feed[..start], &renamed, &feed[start + length..]].concat()
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn mistakes_are_mended_and_the_rest_is_left() {
        for (feed, mended) in [
            ("<a>&nbsp; &amp; &#8217; &#xE9; R&D & &bogus</a>", "<a>&amp;nbsp; &amp; &#8217; &#xE9; R&amp;D &amp; &amp;bogus</a>"),
            ("<a><![CDATA[R&D]]>&<!-- & --></a>", "<a><![CDATA[R&D]]>&amp;<!-- & --></a>"),
            ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'/>", "<rss version='2.0'/>"),
            ("<rss><channel/>", "<rss version=\"2.0\"><channel/>"),
            ("<rss version=\"2.1\"/>", "<rss version=\"2.0\" was=\"2.1\"/>"),
            ("<feed xmlns='http://purl.org/atom/ns#'>", "<feed xmlns='http://www.w3.org/2005/Atom'>"),
            ("&", "&amp;"),
            (
                "<?xml encoding='koi8-r'?><a><?xml\nb?><?xml-stylesheet c?>",
                "<?was encoding='koi8-r'?><a><?was\nb?><?xml-stylesheet c?>",
            ),
            ("<a <![CDATA[><?xml b?>", "<a <![CDATA[><?was b?>"),
        ] {
            assert_eq!(mend(feed), mended);
        }
    }
}
