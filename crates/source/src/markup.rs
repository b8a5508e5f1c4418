//! A look at a page's tags before it is parsed: pages made to break a parser are refused while that is still cheap.

/// How deep elements may lie in each other. Real pages stay below 100. Parsing takes time in depth times elements, and the
/// search for an article is recursive.
pub(crate) const MAX_DEPTH: usize = 256;

/// Elements that a page may have. Above it, it is a dump of data.
const MAX_ELEMENTS: usize = 300_000;

/// Pairs of attributes of one element that a page may have: parsing compares each with all before it. One element may have 30,000, which
/// takes half a second.
const MAX_PAIRS: usize = 500_000_000;

/// Bytes of a tag that are looked at for its end.
const LONGEST_TAG: usize = 1000;

/// Elements that hold none, or that the next of their kind closes: their opening tags say nothing about depth.
const SHALLOW: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param", "path",
    "source", "tbody", "td", "th", "thead", "tr", "track", "wbr",
];

/// False when the tags of `page`, taken as written, are too many, lie too deep or have attributes that take too long to compare.
pub(crate) fn is_reasonable(page: &str) -> bool {
    if attribute_pairs(page.as_bytes()) > MAX_PAIRS {
        return false;
    }
    let (mut elements, mut depth) = (0, 0usize);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let closing = rest.starts_with('/');
        let name = tag_name(rest.strip_prefix('/').unwrap_or(rest));
        if name.is_empty() {
            continue;
        }
        if !closing && ["script", "style"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            rest = rest.find("</").map_or("", |end| &rest[end..]);
            continue;
        }
        if SHALLOW.iter().any(|shallow| name.eq_ignore_ascii_case(shallow)) {
            elements += usize::from(!closing);
        } else if closing {
            depth = depth.saturating_sub(1);
        } else {
            elements += 1;
            // An element closed in its own tag, as SVG has them.
            let mut tag = rest.bytes().take(LONGEST_TAG).skip_while(|&b| b != b'>' && b != b'/');
            let closed = tag.next() == Some(b'/') && tag.next() == Some(b'>');
            depth += usize::from(!closed);
        }
        if depth > 2 * MAX_DEPTH || elements > MAX_ELEMENTS {
            return false;
        }
    }
    true
}

/// Pairs of attributes that stand in one tag, or more: whatever may be the beginning of a tag, in a comment, a value and a script too, is taken
/// for one, since only parsing tells, and all of these are followed at once.
fn attribute_pairs(page: &[u8]) -> usize {
    // Attributes so far of the tags that are open here: outside of values, in a value between `"`, in one between `'`.
    let (mut outside, mut double, mut single): (Option<usize>, Option<usize>, Option<usize>) = (None, None, None);
    let (mut before, mut last_sign, mut pairs) = (b' ', b' ', 0usize);
    for &byte in page {
        let opens = last_sign == b'=';
        match byte {
            b'"' if opens => (outside, double) = (double, outside),
            b'"' => outside = outside.max(double.take()),
            b'\'' if opens => (outside, single) = (single, outside),
            b'\'' => outside = outside.max(single.take()),
            b'>' => outside = None,
            _ if byte.is_ascii_alphabetic() && before == b'<' => outside = outside.or(Some(0)),
            _ if byte.is_ascii_whitespace() || byte == b'/' => {}
            _ if before.is_ascii_whitespace() || matches!(before, b'/' | b'"' | b'\'') => {
                pairs = pairs.saturating_add(outside.unwrap_or(0));
                outside = outside.map(|attributes| attributes + 1);
            }
            _ => {}
        }
        before = byte;
        if !byte.is_ascii_whitespace() {
            last_sign = byte;
        }
    }
    pairs
}

fn tag_name(text: &str) -> &str {
    let end = text.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(text.len());
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) { &text[..end] } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_and_length_does_not() {
        assert!(is_reasonable(&"<div><span>x</span></div>".repeat(10_000)));
        assert!(is_reasonable(&"<p>x<br>".repeat(10_000)));
        assert!(is_reasonable(&format!("<script>{}</script>", "if (a<b) c();".repeat(10_000))));
        assert!(!is_reasonable(&"<div>".repeat(1_000)));
        assert!(!is_reasonable(&"<i></i>".repeat(MAX_ELEMENTS + 1)));
    }

    #[test]
    fn attributes_are_counted_wherever_a_tag_may_be() {
        assert_eq!(attribute_pairs(b"<a href=\"x y z\" title='a > b'id=c>d e f g<br/>h i"), 3);
        assert_eq!(attribute_pairs(b"a < b c d"), 0);
        let many = "a ".repeat(32_000);
        for open in ["<p ", "<p x=\">\" ", "<p x='<script' ", "<!-- <p ", "<p x = \"'<p\" y='\"' "] {
            assert!(!is_reasonable(&format!("{open}{many}>")), "{open}");
        }
        assert!(is_reasonable(&format!("<p>{many}</p>")));
    }
}
