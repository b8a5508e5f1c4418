//! What an input is: text, a web page, JSON lines, or none of these.

use crate::Fault;
use std::path::Path;

/// How to take the bytes of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
}

impl Form {
    /// Decides what [`Form::Auto`] is, from a name (if there is one) and the first bytes.
    pub(crate) fn decide(self, path: Option<&Path>, head: &[u8]) -> Form {
        if self != Form::Auto {
            return self;
        }
        let extension = path.and_then(Path::extension).map(|e| e.to_string_lossy().to_ascii_lowercase());
        match extension.as_deref() {
            Some("jsonl" | "ndjson") => Form::JsonLines,
            Some("html" | "htm" | "xhtml") => Form::Html,
            Some("txt" | "text" | "md") => Form::Text,
            _ if opens_as_html(head) => Form::Html,
            _ if opens_as_json(head) => Form::JsonLines,
            _ => Form::Text,
        }
    }
}

/// Signatures of what people most often mistake for text, with what to do instead.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", "take the text out first, as in: pdftotext FILE"),
    (b"PK\x03\x04", "an archive (zip, docx, odt or epub)", "unpack it, or save the document as plain text"),
    (b"\xD0\xCF\x11\xE0", "an old office document", "save it as plain text"),
    (b"{\\rtf", "rich text (RTF)", "save it as plain text"),
    (b"\x1F\x8B", "compressed with gzip", "unpack it first, as in: gunzip FILE"),
    (b"\x28\xB5\x2F\xFD", "compressed with zstd", "unpack it first, as in: unzstd FILE"),
    (b"BZh", "compressed with bzip2", "unpack it first, as in: bunzip2 FILE"),
    (b"\xFD7zXZ", "compressed with xz", "unpack it first, as in: unxz FILE"),
    (b"\x89PNG", "an image", "give the text as a file"),
    (b"\xFF\xD8\xFF", "an image", "give the text as a file"),
    (b"GIF8", "an image", "give the text as a file"),
    (b"WARC/", "a web archive", "take the pages out and read those"),
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

/// The first word of the content in lower case, after byte order mark and blanks.
fn opening(head: &[u8]) -> String {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    String::from_utf8_lossy(&head[..head.len().min(256)]).to_ascii_lowercase()
}

/// True when the content begins like a web page.
pub(crate) fn opens_as_html(head: &[u8]) -> bool {
    let opening = opening(head);
    let starts = ["<!doctype html", "<html", "<head", "<body", "<!--"].iter().any(|tag| opening.starts_with(tag));
    starts || opening.starts_with("<?xml") && opening.contains("<html") || opening.starts_with("<?xml") && opening.contains("xhtml")
}

/// True when the content begins like XML that is no web page.
pub(crate) fn opens_as_xml(head: &[u8]) -> bool {
    let opening = opening(head);
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

/// True when the first line is a whole JSON object, or begins one.
fn opens_as_json(head: &[u8]) -> bool {
    let opening = opening(head);
    opening.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_first_then_content() {
        let decide = |name: &str, head: &str| Form::Auto.decide(Some(Path::new(name)), head.as_bytes());
        assert_eq!(decide("a.jsonl", "x"), Form::JsonLines);
        assert_eq!(decide("a.HTM", "x"), Form::Html);
        assert_eq!(decide("a.txt", "<html>"), Form::Text);
        assert_eq!(decide("a", "\u{feff}\n <!DOCTYPE html>"), Form::Html);
        assert_eq!(decide("a", "{\"id\": 1}\n"), Form::JsonLines);
        assert_eq!(decide("a", "{curly} words"), Form::Text);
        assert_eq!(Form::Text.decide(None, b"{\"id\": 1}"), Form::Text);
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
