//! From bytes to text.

use crate::Fault;
use crate::form::refuse_nul;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page a charset may be declared (the HTML standard says 1024; pages are laxer).
const DECLARATION_WITHIN: usize = 4096;

/// Plain text: UTF-8, or UTF-16 with a byte order mark. Nothing is guessed, because a wrong guess would put words into a
/// record that nobody wrote.
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, Fault> {
    let text = match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => whole(encoding, &bytes[mark..]).ok_or_else(|| not_utf8(&bytes, 0))?,
        bom => {
            let mut text = String::from_utf8(bytes).map_err(|e| not_utf8(e.as_bytes(), e.utf8_error().valid_up_to()))?;
            text.drain(..bom.map_or(0, |(_, mark)| mark));
            text
        }
    };
    refuse_nul(text.as_bytes())?;
    Ok(text)
}

fn not_utf8(bytes: &[u8], byte: usize) -> Fault {
    // Something with NULs is no text in any encoding; say so rather than send the caller to iconv.
    match refuse_nul(bytes) {
        Err(binary) => binary,
        Ok(()) => Fault::NotUtf8 { byte, guess: guess(bytes).name() },
    }
}

/// A web page: byte order mark, then UTF-8 if it is that, then what its server said, then what the page declares, then a guess
/// as browsers make it.
///
/// UTF-8 goes before any declaration because text of another encoding is hardly ever valid UTF-8 by accident, while saved
/// pages often keep the declaration they had before they were converted.
pub(crate) fn page(bytes: Vec<u8>, served: Option<&'static Encoding>) -> Result<String, Fault> {
    let declared = served.or_else(|| in_meta(&bytes[..bytes.len().min(DECLARATION_WITHIN)]));
    markup(bytes, declared)
}

/// XML, without its declaration: what that says of the encoding is no longer so.
pub(crate) fn xml(bytes: Vec<u8>, served: Option<&'static Encoding>) -> Result<String, Fault> {
    let declared = in_prolog(&bytes[..bytes.len().min(DECLARATION_WITHIN)]).or(served);
    let mut text = match bytes.as_slice() {
        // Two bytes a character and no mark: the first character of XML is known.
        [b'<', 0, ..] => UTF_16LE.decode_without_bom_handling(&bytes).0.into_owned(),
        [0, b'<', ..] => UTF_16BE.decode_without_bom_handling(&bytes).0.into_owned(),
        _ => markup(bytes, declared)?,
    };
    let content = text.trim_start();
    if content.starts_with("<?xml")
        && let Some(end) = content.find("?>")
    {
        let declaration = text.len() - content.len() + end + 2;
        text.drain(..declaration);
    }
    Ok(text)
}

fn markup(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<String, Fault> {
    let text = if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()
    } else {
        match String::from_utf8(bytes) {
            // ISO-2022-JP is written in ASCII bytes.
            Ok(text) if declared != Some(ISO_2022_JP) => text,
            Ok(text) => ISO_2022_JP.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
            Err(error) => {
                let bytes = error.as_bytes();
                refuse_nul(bytes)?;
                match declared.and_then(|encoding| whole(encoding, bytes)) {
                    Some(text) => text,
                    None => guess(bytes).decode_without_bom_handling(bytes).0.into_owned(),
                }
            }
        }
    };
    refuse_nul(text.as_bytes())?;
    Ok(text)
}

/// All of `bytes` in `encoding`, or nothing when any of it is malformed.
fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// A content type without what comes after its name.
pub(crate) fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The encoding that a media type names, as in `text/html; charset=utf-8`.
pub(crate) fn charset(media_type: &str) -> Option<&'static Encoding> {
    let media_type = media_type.to_ascii_lowercase();
    let label = media_type.split_once("charset")?.1.trim_start().strip_prefix('=')?;
    Encoding::for_label(label.trim_start_matches([' ', '"', '\'']).split([' ', ';', '"', '\'']).next()?.as_bytes())
}

/// The encoding that the declaration of an XML file names.
fn in_prolog(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head.trim_ascii_start());
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes())
}

/// The encoding that a `<meta>` of the page names, in either of its two spellings.
fn in_meta(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    head.split("<meta").skip(1).find_map(|meta| {
        let tag = meta.split('>').next()?;
        let value = tag.split_once("charset")?.1.trim_start().strip_prefix('=')?;
        let label = value.trim_start().trim_start_matches(['"', '\'']);
        Encoding::for_label(label.split(['"', '\'', ' ', ';', '/']).next()?.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_text_stays() {
        assert_eq!(text(b"\xEF\xBB\xBFa\r\nb".to_vec()).unwrap(), "a\r\nb");
        assert_eq!(text(b"\xFF\xFEa\0\xe9\0".to_vec()).unwrap(), "aé");
        assert_eq!(text(b"\xFE\xFF\0a\0\xe9".to_vec()).unwrap(), "aé");
    }

    #[test]
    fn bad_text_is_told_apart() {
        assert!(matches!(text(b"caf\xe9 au lait".to_vec()), Err(Fault::NotUtf8 { byte: 3, .. })));
        assert!(matches!(text(b"\x7fELF\0\xff".to_vec()), Err(Fault::Binary { .. })));
        assert!(matches!(text(b"a\0b".to_vec()), Err(Fault::Binary { .. })));
    }

    #[test]
    fn pages_in_other_encodings() {
        let cyrillic = b"<meta charset=windows-1251><p>\xca\xe8\xe5\xe2</p>";
        assert!(page(cyrillic.to_vec(), None).unwrap().contains("Киев"));
        let old = b"<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'><p>caf\xe9</p>";
        assert!(page(old.to_vec(), None).unwrap().contains("café"));
        let converted = "<meta charset=iso-8859-1><p>café</p>";
        assert!(page(converted.into(), None).unwrap().contains("café"));
        let unsaid = b"<p>Der Pr\xe4sident sagte, man m\xfcsse \xfcber Frieden sprechen.</p>";
        assert!(page(unsaid.to_vec(), None).unwrap().contains("Präsident"));
        let served = charset("Text/HTML; Charset=\"windows-1251\"");
        assert!(page(b"<p>\xca\xe8\xe5\xe2</p>".to_vec(), served).unwrap().contains("Киев"));
    }

    #[test]
    fn xml_in_other_encodings() {
        let declared = b"<?xml version=\"1.0\" encoding=\"koi8-r\"?>\n<a>\xeb</a>";
        assert_eq!(xml(declared.to_vec(), None).unwrap(), "\n<a>К</a>");
        let wide: Vec<u8> = "<?xml version='1.0'?><a>é</a>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(xml(wide, None).unwrap(), "<a>é</a>");
    }
}
