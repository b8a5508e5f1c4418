//! What an input is: text, a web page, a feed, an archive, or none of these.

use crate::Fault;

/// How to take the bytes of an input. Whether they are packed (gzip, zstd) is always found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// By name and content.
    #[default]
    Auto,
    /// Plain text in UTF-8 (or UTF-16 with a byte order mark).
    Text,
    /// A web page.
    Html,
    /// One JSON object a line, each a document.
    JsonLines,
    /// RSS, Atom or JSON Feed: each entry a document or a link to one.
    Feed,
    /// OPML: links to feeds.
    Outline,
    /// A sitemap, for news or not: links to reports or to other sitemaps.
    Sitemap,
    /// IPTC ninjs: one news item, or a list of them.
    Ninjs,
    /// A web archive: each page that was found in it, a document.
    Warc,
}

impl Form {
    /// What the extension of a file's name says, in lower case and without that of its packing.
    pub(crate) fn by_name(extension: &str) -> Option<Form> {
        Some(match extension {
            "jsonl" | "ndjson" => Form::JsonLines,
            "html" | "htm" | "xhtml" => Form::Html,
            "txt" | "text" | "md" => Form::Text,
            "rss" | "atom" => Form::Feed,
            "opml" => Form::Outline,
            "warc" => Form::Warc,
            _ => return None,
        })
    }

    /// What a server's `Content-Type` says. Feeds go by `text/xml` and worse, so this only counts where the content is mute.
    pub(crate) fn by_media_type(media_type: &str) -> Option<Form> {
        Some(match media_type {
            "text/html" | "application/xhtml+xml" => Form::Html,
            "text/plain" => Form::Text,
            "application/rss+xml" | "application/atom+xml" | "application/feed+json" => Form::Feed,
            "application/x-ndjson" | "application/jsonl" => Form::JsonLines,
            "application/warc" => Form::Warc,
            _ => return None,
        })
    }

    /// What the first bytes say.
    pub(crate) fn by_content(head: &[u8]) -> Option<Form> {
        if head.starts_with(b"WARC/") {
            return Some(Form::Warc);
        }
        match root(head).as_str() {
            "rss" | "feed" | "entry" | "rdf" => return Some(Form::Feed),
            "opml" => return Some(Form::Outline),
            "urlset" | "sitemapindex" => return Some(Form::Sitemap),
            _ => {}
        }
        if opens_as_html(head) { Some(Form::Html) } else { json(head) }
    }
}

/// Signatures of what people most often mistake for text, with what to do instead.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", "take the text out first, as in: pdftotext FILE"),
    (b"PK\x03\x04", "an archive (zip, docx, odt or epub)", "unpack it, or save the document as plain text"),
    (b"\xD0\xCF\x11\xE0", "an old office document", "save it as plain text"),
    (b"{\\rtf", "rich text (RTF)", "save it as plain text"),
    (b"\x1F\x8B", "compressed twice, with gzip", "unpack it first, as in: gunzip FILE"),
    (b"\x28\xB5\x2F\xFD", "compressed twice, with zstd", "unpack it first, as in: unzstd FILE"),
    (b"BZh", "compressed with bzip2", "unpack it first, as in: bunzip2 FILE"),
    (b"\xFD7zXZ", "compressed with xz", "unpack it first, as in: unxz FILE"),
    (b"\x89PNG", "an image", "give the text as a file"),
    (b"\xFF\xD8\xFF", "an image", "give the text as a file"),
    (b"GIF8", "an image", "give the text as a file"),
    (b"filedesc://", "a web archive of the old form (ARC)", "convert it first, as in: warcio recompress FILE NEW.warc.gz"),
];

const BINARY: Fault = Fault::Binary { what: "a binary file", remedy: "give a text, HTML or JSON lines file" };

/// Refuses what is known not to be text by how it begins.
pub(crate) fn refuse_known_binary(head: &[u8]) -> Result<(), Fault> {
    match SIGNATURES.iter().find(|(signature, ..)| head.starts_with(signature)) {
        Some(&(_, what, remedy)) => Err(Fault::Binary { what, remedy }),
        None => Ok(()),
    }
}

/// Refuses text that has a NUL: no text does, nearly every binary file has one early on.
pub(crate) fn refuse_nul(text: &[u8]) -> Result<(), Fault> {
    if text.contains(&0) { Err(BINARY) } else { Ok(()) }
}

/// The content after byte order mark and blanks, in lower case, up to `length` bytes.
fn opening(head: &[u8], length: usize) -> String {
    // Two bytes a character: only the ASCII of it is looked at, so the NULs may simply go.
    let ascii: Vec<u8>;
    let head = match head {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..] => {
            ascii = head.iter().copied().filter(|&b| b != 0 && b < 0x80).take(length).collect();
            &ascii
        }
        _ => head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head),
    };
    let head = head.trim_ascii_start();
    String::from_utf8_lossy(&head[..head.len().min(length)]).to_ascii_lowercase()
}

/// The name of the first element, without prefix; empty where content begins with something else.
fn root(head: &[u8]) -> String {
    let opening = opening(head, head.len());
    let mut rest = opening.as_str();
    loop {
        rest = rest.trim_start();
        let end = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with("<?") => rest.find("?>").map(|at| at + 2),
            // Entities are declared between brackets.
            _ if rest.starts_with("<!doctype") => match (rest.find('['), rest.find('>')) {
                (Some(open), Some(close)) if open < close => rest.find("]>").map(|at| at + 2),
                (_, close) => close.map(|at| at + 1),
            },
            _ => break,
        };
        let Some(end) = end else { return String::new() };
        rest = &rest[end..];
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    let name = name.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default().into()
}

/// True when the content begins like a web page.
pub(crate) fn opens_as_html(head: &[u8]) -> bool {
    let opening = opening(head, 256);
    let starts = ["<!doctype html", "<html", "<head", "<body", "<!--"].iter().any(|tag| opening.starts_with(tag));
    starts || opening.starts_with("<?xml") && opening.contains("<html") || opening.starts_with("<?xml") && opening.contains("xhtml")
}

/// True when the content begins like XML that is no web page.
pub(crate) fn opens_as_xml(head: &[u8]) -> bool {
    let opening = opening(head, 256);
    !opens_as_html(head) && ["<?xml", "<rss", "<feed", "<urlset", "<nitf"].iter().any(|tag| opening.starts_with(tag))
}

/// True when a text is HTML without saying so at its head: several tags that only a page has.
pub(crate) fn reads_as_html(text: &str) -> bool {
    // A report about the web may show a tag or two; a page has paragraphs and links throughout.
    const TAGS: [&str; 8] = ["</p>", "</a>", "</div>", "</span>", "<br", "</li>", "</h1>", "</script>"];
    opens_as_html(text.as_bytes())
        || text.contains('<') && {
            let head: String = text.chars().take(1 << 16).map(|c| c.to_ascii_lowercase()).collect();
            TAGS.iter().map(|tag| head.matches(tag).take(4).count()).sum::<usize>() >= 4
        }
}

/// Keys that a news item in ninjs 1 to 3 has and that a line of JSON for this program has not.
const NINJS_KEYS: &[&str] = &[
    "\"bodies\"",
    "\"headlines\"",
    "\"versioncreated\"",
    "\"representationtype\"",
    "\"body_text\"",
    "\"body_html\"",
    "\"body_xhtml\"",
];

/// Which of the forms in JSON the content begins like.
fn json(head: &[u8]) -> Option<Form> {
    let opening = opening(head, head.len());
    let inside = opening.strip_prefix('[').map_or(opening.as_str(), str::trim_start);
    let first = inside.strip_prefix('{')?.trim_start();
    if !first.starts_with(['"', '}']) {
        return None;
    }
    if opening.contains("jsonfeed.org") && opening.contains("\"version\"") {
        return Some(Form::Feed);
    }
    let line = opening.split('\n').next().unwrap_or_default();
    let a_line_each = opening.len() > line.len() && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    let item =
        opening.contains("\"uri\"") && NINJS_KEYS.iter().any(|key| opening.contains(key)) || opening.contains("ninjs-schema");
    let list = inside.len() < opening.len();
    if item && (list || !a_line_each) {
        return Some(Form::Ninjs);
    }
    (!list).then_some(Form::JsonLines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_forms_apart() {
        let by = |head: &str| Form::by_content(head.as_bytes());
        assert_eq!(by("\u{feff}\n <!DOCTYPE html>"), Some(Form::Html));
        assert_eq!(by("<!-- saved --><html>"), Some(Form::Html));
        assert_eq!(by("{\"id\": 1}\n"), Some(Form::JsonLines));
        assert_eq!(by("{curly} words"), None);
        assert_eq!(by("[Oslo] The two sides met."), None);
        assert_eq!(by("<?xml version='1.0'?><!-- made <b> --><!DOCTYPE rdf:RDF [<!ENTITY a 'b>'>]><rdf:RDF>"), Some(Form::Feed));
        assert_eq!(by("<opml version=\"2.0\">"), Some(Form::Outline));
        assert_eq!(by("<?xml version=\"1.0\"?>\n<urlset xmlns='x'>"), Some(Form::Sitemap));
        assert_eq!(by("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}"), Some(Form::Feed));
        assert_eq!(by("{\n \"uri\": \"urn:1\",\n \"headlines\": []}"), Some(Form::Ninjs));
        assert_eq!(by("{\"uri\": \"urn:1\", \"headlines\": []}\n{\"uri\": \"urn:2\"}"), Some(Form::JsonLines));
        assert_eq!(by("WARC/1.0\r\n"), Some(Form::Warc));
        let wide: Vec<u8> = "<?xml version='1.0'?><feed>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Form::by_content(&wide), Some(Form::Feed));
    }

    #[test]
    fn a_report_that_mentions_tags_is_text() {
        assert!(!reads_as_html("The site hid the words between <p> and </p>, an engineer said, and used <br> twice."));
        assert!(reads_as_html("<p>One.</p><p>Two.</p>\n<p>Three.</p><p>Four.</p>"));
    }

    #[test]
    fn feeds_are_not_pages() {
        assert!(opens_as_xml(b"<?xml version=\"1.0\"?><rss version=\"2.0\">"));
        assert!(!opens_as_xml(b"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\"><html>"));
    }
}
