//! The terminal form and the page of one record, as a whole. After a wanted change: `UPDATE=1 cargo test -p onrecord-view`.

mod sample;

use onrecord_record::Record;
use onrecord_text::{Document, Span};
use onrecord_view::page;
use onrecord_view::terminal::{Style, render};
use std::path::Path;

fn as_before(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, now).expect("the folder can be written");
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(now, before, "{name} is not as before");
}

const PLAIN: Style = Style { width: 80, colour: false, ascii: false };

#[test]
fn on_a_terminal() {
    as_before("terminal.80.txt", &render(&sample::document(), &sample::record(), PLAIN, None));
    as_before(
        "terminal.120.colour.txt",
        &render(&sample::document(), &sample::record(), Style { width: 120, colour: true, ..PLAIN }, None),
    );
    as_before("terminal.80.ascii.txt", &render(&sample::document(), &sample::record(), Style { ascii: true, ..PLAIN }, None));
}

#[test]
fn no_line_is_too_wide_and_every_word_of_ours_is_there() {
    for width in [40, 57, 80, 200] {
        let text = render(&sample::document(), &sample::record(), Style { width, ..PLAIN }, None);
        for line in text.lines() {
            assert!(line.chars().count() <= width + 1, "{width}: {line}");
        }
        for words in ["= 31 failed + 6 intercepted + 3", "somebody", "withdrawn", "own words"] {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(words), "{width}: {words}");
        }
    }
}

#[test]
fn as_a_page() {
    as_before("page.html", &page::page(&[page::article(&sample::document(), &sample::record(), 1)]));
}

#[test]
fn a_page_links_both_ways_and_asks_for_nothing() {
    let articles =
        [page::article(&sample::document(), &sample::record(), 1), page::article(&sample::document(), &sample::record(), 2)];
    let page = page::page(&articles);
    for prefix in ["", "d2-"] {
        for id in ["s1", "s2", "e1", "e2", "p1", "f1", "f2", "f3", "f4"] {
            for needed in [
                format!(" id=\"{prefix}{id}\""),
                format!(" id=\"e-{prefix}{id}\""),
                format!("href=\"#{prefix}{id}\""),
                format!("href=\"#e-{prefix}{id}\""),
            ] {
                assert!(page.contains(&needed), "{needed}");
            }
            assert_eq!(page.matches(&format!(" id=\"{prefix}{id}\"")).count(), 1);
            assert_eq!(page.matches(&format!(" id=\"e-{prefix}{id}\"")).count(), 1);
        }
    }
    assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("@import") && !page.contains("url("));
    assert!(page.contains("&lt;b&gt;third&lt;/b&gt;") && !page.contains("<b>third"));
    assert!(page.contains("?a=1&amp;b=&quot;2&quot;"));
}

/// The report's words as the page shows them: what is left of its text blocks without tags.
fn shown_text(page: &str) -> String {
    let mut text = String::new();
    for block in page.split(" class=\"text n").skip(1) {
        let block = block.split_once('>').map_or("", |(_, rest)| rest);
        let block = block.split("</p><ol>").next().unwrap_or_default().split("</h1><ol>").next().unwrap_or_default();
        let mut inside = false;
        let mut mark = false;
        for (i, c) in block.char_indices() {
            match c {
                '<' => {
                    inside = true;
                    mark = block[i..].starts_with("<a class=\"mark") || mark && !block[i..].starts_with("</a>");
                }
                '>' => inside = false,
                c if !inside && !mark => text.push(c),
                _ => {}
            }
        }
        text.push('\n');
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[test]
fn marking_never_changes_the_words() {
    let page = page::page(&[page::article(&sample::document(), &sample::record(), 1)]);
    let lines: Vec<&str> = sample::TEXT.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(shown_text(&page).trim_end(), lines.join("\n"));
}

#[test]
fn hostile_words_stay_words() {
    let hostile = "</p><script>alert(1)</script> \u{1b}[31m\u{202e} \u{0} \"'><img src=x onerror=y>";
    let mut document = Document::new(hostile, format!("{hostile}\n\n{hostile}"));
    (document.title, document.outlet, document.url) =
        (Some(hostile.into()), Some(hostile.into()), Some("javascript:alert(1)".into()));
    let mut record = sample::record();
    let whole = Span::new(0, hostile.len());
    for actor in &mut record.actors {
        (actor.name, actor.mentions, actor.roles) = (hostile.into(), vec![whole], vec![hostile.into()]);
    }
    for s in &mut record.statements {
        (s.source, s.cue, s.content, s.evidence, s.why) = (Some(whole), Some(whole), vec![whole], vec![whole], hostile.into());
    }
    for e in &mut record.events {
        (e.trigger, e.evidence, e.mode, e.date) = (whole, vec![whole], Some(hostile.into()), Some(hostile.into()));
        e.id = hostile.into();
    }
    for p in &mut record.positions {
        (p.proposition, p.conditions, p.evidence) = (whole, vec![whole], vec![whole]);
    }
    for f in &mut record.figures {
        (f.span, f.evidence, f.of) = (whole, vec![whole], hostile.into());
    }
    record.diagnostics[0].message = hostile.into();
    let page = page::page(&[page::article(&document, &record, 1)]);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains('\u{1b}') && !page.contains('\0'));
    assert!(!page.contains("javascript:"));
    let text = render(&document, &record, Style { colour: true, ..PLAIN }, None);
    assert!(!text.contains("\u{1b}[31m\u{fffd}") && !text.contains('\u{202e}') && !text.contains('\0'));
}

#[test]
fn nothing_found_is_said() {
    let document = Document::new("d", "Calm.");
    let text = render(&document, &Record::default(), PLAIN, None);
    assert!(text.starts_with("0 statements, 0 events, 0 positions, 0 figures · 0 actors\n"), "{text}");
    assert!(text.contains("No statements, events, positions or figures were found"), "{text}");
    assert!(page::page(&[page::article(&document, &Record::default(), 1)]).contains("Calm."));
}

#[test]
fn a_page_of_a_line_without_end() {
    let document = Document::new("d", "word".repeat(250_000));
    let whole = Span::new(0, document.text.len());
    let mut record = Record::default();
    record.statements.push(onrecord_record::Statement {
        id: "s1".into(),
        content: vec![whole],
        evidence: vec![whole],
        ..Default::default()
    });
    assert!(page::page(&[page::article(&document, &record, 1)]).len() > document.text.len());
    let text = render(&document, &record, PLAIN, None);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn what_a_place_adds_stands_in_the_head_and_in_each_record() {
    struct Added;
    impl page::Additions for Added {
        fn head(&self) -> String {
            "<p>HEAD</p>".to_owned()
        }
        fn beside(&self, record: &str) -> String {
            format!("<p>{record} HERE</p>")
        }
        fn actor_address(&self, _actor: &str) -> Option<String> {
            Some("/a?\"<".to_owned())
        }
    }
    let (document, record) = (sample::document(), sample::record());
    let article = page::article_with(&document, &record, 1, &Added);
    assert!(article.body().contains("<p>HEAD</p></header>"));
    let mut bare = article.body().replace("<p>HEAD</p>", "");
    for id in record.statements.iter().map(|r| &r.id).chain(record.figures.iter().map(|r| &r.id)) {
        let added = format!("<p>{id} HERE</p>");
        assert_eq!(bare.matches(&format!("{added}</li>")).count(), 1, "{id}");
        bare = bare.replace(&added, "");
    }
    assert_eq!(bare.matches("<a href=\"/a?&quot;&lt;\"><bdi>").count(), record.actors.len());
    assert!(page::article(&document, &record, 1).body().contains(article.title()) || article.title() == document.id);
}
