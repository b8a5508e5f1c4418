//! iptc/newsinjson: documents that must and must not validate.

use crate::suite;
use onrecord_source::fetch::Fetcher;
use onrecord_source::{Form, Given, Input, Piece, pieces};

#[test]
fn items_are_read_or_say_why_not() {
    let Some(folder) = suite("ninjs") else { return };
    let (mut read, mut refused) = (0, 0);
    let files = walkdir::WalkDir::new(&folder).sort_by_file_name();
    for file in files.into_iter().flatten().filter(|file| file.path().to_string_lossy().contains("should_")) {
        if !file.file_type().is_file() {
            continue;
        }
        let found = pieces(&Input::Path(file.path().into()), Form::Ninjs, &Given::default(), &Fetcher::default());
        for document in found.map(|piece| piece.and_then(Piece::document)) {
            match document {
                Ok(document) => {
                    assert!(!document.id.is_empty() && !document.text.trim().is_empty());
                    read += 1;
                }
                Err(error) => {
                    println!("  {}", error.fault);
                    refused += 1;
                }
            }
        }
    }
    println!("ninjs: {read} items read, {refused} that say why not");
    assert!(read > 0 && refused > 0);
}
