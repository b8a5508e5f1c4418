//! Documents from the web.

use crate::server::{Server, answer, bench, page};
use onrecord_source::fetch::Limits;
use onrecord_source::watch::{FeedState, Outcome, Schedule, poll, step};
use onrecord_source::{Form, Given, Input, Piece, pieces, watch};

const ARTICLE: &str = "<html><head><title>Talks resume</title></head><body><article><h1>Talks resume</h1>\
    <p>The two sides met in Oslo on Monday, the mission said in its daily report.</p></article></body></html>";

/// A feed with one report in full and one that is only linked to.
fn feed(request: &crate::server::Request) -> Vec<u8> {
    let rss = "<rss version='2.0'><channel><title>The Daily</title><item><guid>a</guid><title>Short notice</title>\
        <description>The bridge is open again.</description></item><item><link>/talks</link><title>Talks</title>\
        <pubDate>Mon, 24 Feb 2025 10:00:00 GMT</pubDate><description>More...</description></item></channel></rss>";
    match request.path.as_str() {
        "/feed" if request.field("if-none-match") == Some("\"1\"") => answer("304 Not Modified", &[], b""),
        "/feed" => answer("200 OK", &[("Content-Type", "text/xml"), ("ETag", "\"1\"")], rss.as_bytes()),
        "/paper.pdf" => answer("200 OK", &[], b"%PDF-1.7"),
        _ => page(request, ARTICLE),
    }
}

fn read(url: &str) -> Vec<Result<(String, String), String>> {
    let fetcher = bench(Limits::default(), &[]).fetcher;
    pieces(&Input::Address(url.into()), Form::Auto, &Given::default(), &fetcher)
        .map(|piece| piece.and_then(Piece::document))
        .map(|document| document.map(|document| (document.id, document.text)).map_err(|error| error.to_string()))
        .collect()
}

#[test]
fn pages_feeds_and_what_is_neither() {
    let server = Server::start(feed);
    let url = server.url("/talks");
    let text = "Talks resume\n\nThe two sides met in Oslo on Monday, the mission said in its daily report.";
    assert_eq!(read(&url), [Ok((url.clone(), text.into()))]);
    let entries = read(&server.url("/feed"));
    assert_eq!(entries, [Ok(("a".into(), "Short notice\n\nThe bridge is open again.".into())), Ok((url, text.into()))]);
    let paper = read(&server.url("/paper.pdf"));
    assert!(paper[0].as_ref().unwrap_err().contains("is a PDF"), "{paper:?}");
}

#[test]
fn a_feed_in_a_file_opens_no_connection() {
    let folder = std::env::temp_dir().join(format!("onrecord-feed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let rss = "<rss version='2.0'><channel><item><link>http://127.0.0.1:9/</link><title>T</title></item></channel></rss>";
    std::fs::write(folder.join("f.xml"), rss).unwrap();
    let bench = bench(Limits::default(), &[]);
    let mut found = pieces(&Input::Path(folder.clone()), Form::Auto, &Given::default(), &bench.fetcher);
    let piece = found.next().unwrap().unwrap();
    assert_eq!(piece.link().unwrap().url, "http://127.0.0.1:9/");
    let error = piece.document().unwrap_err().to_string();
    assert!(error.contains("onrecord read http://127.0.0.1:9/"), "{error}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_watched_feed_gives_each_report_once() {
    let server = Server::start(feed);
    let bench = bench(Limits::default(), &[]);
    let now = "2025-02-24T10:00:00Z".parse().unwrap();
    let state = FeedState::new(server.url("/feed"), now);
    let first = step(&state, now, poll(&bench.fetcher, &state), &Schedule::default());
    let documents: Vec<_> =
        watch::pieces(&first, &Given::default(), &bench.fetcher).map(|piece| piece.unwrap().document().unwrap()).collect();
    assert_eq!(documents.len(), 2);
    let talks = documents.iter().find(|document| document.text.contains("Oslo")).unwrap();
    assert_eq!(talks.published.unwrap().to_string(), "2025-02-24");
    assert_eq!(talks.outlet.as_deref(), Some("The Daily"));
    assert_eq!(poll(&bench.fetcher, &first.state), Outcome::Unchanged);
    let lost = FeedState::new(server.url("/talks"), now);
    assert!(matches!(poll(&bench.fetcher, &lost), Outcome::Failed { gone: false, .. }));
}
