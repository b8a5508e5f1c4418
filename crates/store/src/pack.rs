//! Texts and records as they lie in the file: compressed.

use onrecord_record::Record;
use onrecord_text::Document;
use std::cell::RefCell;
use zstd::bulk::{Compressor, Decompressor};

/// Level of compression: what higher ones gain is not worth their time.
const LEVEL: i32 = 3;

thread_local! {
    /// Made once: what it works with is larger than most texts.
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Compressed.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    PACKER.with_borrow_mut(|packer| {
        let packer = packer.get_or_insert_with(|| Compressor::new(LEVEL).expect("the level is one of zstd's"));
        packer.compress(bytes).expect("compressing memory into memory does not fail")
    })
}

/// As it was; none when the bytes are damaged or more than a document can be.
pub fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = size(bytes)?;
    UNPACKER.with_borrow_mut(|unpacker| {
        let unpacker = unpacker.get_or_insert_with(|| Decompressor::new().expect("it needs nothing but memory"));
        unpacker.decompress(bytes, size).ok()
    })
}

fn size(bytes: &[u8]) -> Option<usize> {
    const MOST: usize = 256 << 20;
    let size = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten()?;
    usize::try_from(size).ok().filter(|&size| size <= MOST)
}

/// Compressed beside a text that is kept too and says most of it already.
pub fn pack_beside(text: &str, bytes: &[u8]) -> Vec<u8> {
    let packer = Compressor::with_dictionary(LEVEL, text.as_bytes());
    packer.and_then(|mut packer| packer.compress(bytes)).expect("compressing memory into memory does not fail")
}

/// As it was beside that text.
pub fn unpack_beside(text: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let size = size(bytes)?;
    Decompressor::with_dictionary(text.as_bytes()).ok()?.decompress(bytes, size).ok()
}

/// A text as it was.
pub fn unpack_text(bytes: &[u8]) -> Option<String> {
    String::from_utf8(unpack(bytes)?).ok()
}

/// A record, with spans in bytes; its document's text lies beside it.
pub fn pack_record(record: &Record) -> Vec<u8> {
    pack(&serde_json::to_vec(record).expect("a record has string keys and finite numbers"))
}

/// The record as it was, with spans in bytes.
pub fn unpack_record(bytes: &[u8]) -> Option<Record> {
    serde_json::from_slice(&unpack(bytes)?).ok()
}

/// What makes two documents one: everything about them, as 64 hexadecimal digits.
///
/// ```
/// use onrecord_text::Document;
/// let document = Document::new("d1", "Calm.");
/// assert_eq!(onrecord_store::digest(&document), onrecord_store::digest(&document.clone()));
/// ```
pub fn digest(document: &Document) -> String {
    let whole = serde_json::to_vec(document).expect("a document has string keys");
    blake3::hash(&whole).to_hex().to_string()
}
