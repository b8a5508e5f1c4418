//! webrecorder/warcio: archives good, cut off, and wrong.

use crate::suite;
use onrecord_source::fetch::Fetcher;
use onrecord_source::{Form, Given, Input, pieces};
use std::path::Path;

/// Pages and errors of an archive. Pages count before an article is sought in them: the suite's are no articles.
fn read(path: &Path) -> (Vec<String>, Vec<String>) {
    let (mut pages, mut errors) = (Vec::new(), Vec::new());
    for piece in pieces(&Input::Path(path.into()), Form::Auto, &Given::default(), &Fetcher::default()) {
        match piece {
            Ok(piece) => pages.push(piece.place().rsplit(", ").next().unwrap_or_default().to_owned()),
            Err(error) => errors.push(error.to_string()),
        }
    }
    (pages, errors)
}

#[test]
fn good_archives_whole_and_bad_ones_as_far_as_they_go() {
    let Some(folder) = suite("warc") else { return };
    // How many pages with status 200 there are, and how many clean errors there must be.
    for (name, pages, errors) in [
        ("example.warc", 1, 0),
        ("example.warc.gz", 1, 0),
        ("example-digest.warc", 0, 0),
        ("example-iana.org-chunked.warc", 1, 0),
        ("example-resource.warc.gz", 1, 0),
        ("example-space-in-target-uri.warc.gz", 0, 0),
        ("example-wget-bad-target-uri.warc.gz", 1, 0),
        ("example-wrong-chunks.warc.gz", 1, 0),
        ("post-test.warc.gz", 0, 0),
        ("example-bad-non-chunked.warc.gz", 1, 0),
        ("example-trunc.warc", 0, 1),
        // Bad only for readers that jump: all of it is packed as one.
        ("example-bad.warc.gz.bad", 1, 0),
        ("example.arc", 0, 1),
        ("example.arc.gz", 0, 1),
        ("bad.arc", 0, 1),
        ("example-space-in-url.arc", 0, 1),
    ] {
        let found = read(&folder.join(name));
        println!("{name}: {found:?}");
        assert_eq!((found.0.len(), found.1.len()), (pages, errors), "{name}: {found:?}");
    }
}
