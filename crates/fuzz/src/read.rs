//! Text and what is found in it: the engine, its CoNLL-U, the reader as a whole.

use crate::{choice, one_line, text as lossy};
use onrecord_language::{Engine, conllu as form};
use onrecord_reader::{Attribution, AttributionModel, Reader};
use onrecord_record::{Explanation, Record, check, json};
use onrecord_text::Document;
use onrecord_view::{page, terminal};
use std::sync::LazyLock;

pub(crate) static READER: LazyLock<Reader> = LazyLock::new(Reader::builtin);
static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::builtin);

/// Days of publication: none, one like any other, the ends of the calendar.
const DAYS: [Option<&str>; 4] = [None, Some("2026-03-03"), Some("0001-01-01"), Some("9999-12-31")];

/// A report of these words.
pub(crate) fn report(id: &str, day: u8, words: &[u8]) -> Document {
    let mut document = Document::new(id, lossy(words));
    document.published = DAYS[usize::from(day) % DAYS.len()].and_then(|day| day.parse().ok());
    document
}

/// Looks that a record is one that its document supports, and comes back from its own JSON.
pub(crate) fn is_sound(document: &Document, record: &Record) {
    assert_eq!(check(document, record), [], "{document:?}");
    let line = json::to_line(document, record);
    assert!(!line.contains('\n'), "a line of several");
    let (back, again) = json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
    assert_eq!((&back, &json::to_line(&back, &again)), (document, &line), "another record after reading it back");
}

/// Any text gives a sound record, the same again with its explanations, and it can be shown. What else is found in a text is looked at
/// in turns, since each look takes as long as the reading.
pub fn text(bytes: &[u8]) {
    let (day, words) = choice(bytes);
    let document = report("d", day, words);
    let record = READER.read(&document);
    is_sound(&document, &record);
    let (explained, explanations) = READER.explain(&document);
    assert_eq!(explained, record, "explained, it is another record");
    are_sound(&document, &record, &explanations);
    let has_words = |span| assert!(!document.slice(span).is_empty());
    match day >> 4 {
        1 => READER.times(&document).iter().for_each(|time| has_words(time.span)),
        2 => READER.places(&document).iter().for_each(|(span, _)| has_words(*span)),
        3 => READER.quantities(&document).iter().for_each(|quantity| has_words(quantity.span)),
        4 => assert!(READER.tolls(&document).iter().all(|toll| toll.counted.is_finite())),
        5 => assert_eq!(Reader::builtin().read(&document), record, "another reader, another record"),
        _ => {}
    }
    shown(&document, &record);
}

fn are_sound(document: &Document, record: &Record, explanations: &[Explanation]) {
    let records = record.statements.len() + record.events.len() + record.positions.len() + record.figures.len();
    assert_eq!(explanations.len(), records, "an explanation each");
    for explanation in explanations {
        let spans = explanation.word.iter().chain(explanation.words.iter().map(|filled| &filled.span));
        spans.for_each(|span| assert!(!document.slice(*span).is_empty()));
    }
}

/// Shows a record in every form for people: nothing of the report acts in a terminal or in a page.
pub(crate) fn shown(document: &Document, record: &Record) {
    let plain = terminal::render(document, record, terminal::Style { width: 80, colour: false, ascii: false }, None);
    assert!(!plain.contains(['\u{1b}', '\u{7}', '\u{9b}']), "words that command a terminal: {plain:?}");
    let page = page::page(&[page::article(document, record, 1)]);
    assert!(!page.to_ascii_lowercase().contains("<script") || !document.text.to_ascii_lowercase().contains("<script"));
}

/// What the engine finds, written as CoNLL-U, is CoNLL-U; and on the tokens of it the engine finds the same.
pub fn parse(bytes: &[u8]) {
    let text = lossy(bytes);
    let analysis = ENGINE.analyse(&text);
    let mut end = 0;
    for sentence in &analysis.sentences {
        assert!(sentence.span.start >= end && text.get(sentence.span.range()).is_some(), "{:?}", sentence.span);
        end = sentence.span.end;
        for token in &sentence.tokens {
            let inside = token.span.start >= sentence.span.start && token.span.end <= sentence.span.end;
            assert!(inside && text.get(token.span.range()).is_some_and(|form| !form.is_empty()), "{:?}", token.span);
        }
    }
    let mut written = String::new();
    form::write(&mut written, &text, &analysis).expect("memory takes what it is given");
    let again = form::annotate(&ENGINE, &written).unwrap_or_else(|error| panic!("{error}: {written}"));
    let tokens: usize = analysis.sentences.iter().map(|sentence| sentence.tokens.len()).sum();
    assert_eq!([words(&written), words(&again)], [tokens; 2], "{written}");
}

/// Lines of words.
fn words(conllu: &str) -> usize {
    let id = |line: &&str| line.split('\t').next().is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
    conllu.lines().filter(id).count()
}

/// CoNLL-U that somebody made is refused with its line, or keeps its words and can be read again.
pub fn conllu(bytes: &[u8]) {
    let text = lossy(bytes);
    match form::annotate(&ENGINE, &text) {
        Ok(annotated) => {
            let forms = |conllu: &str| -> Vec<String> {
                let blocks = form::parse(conllu).unwrap_or_else(|error| panic!("{error}: {conllu}"));
                blocks.iter().flat_map(|block| block.lines.iter().map(|line| line.form().to_owned())).collect()
            };
            assert_eq!(forms(&annotated), forms(&text));
        }
        Err(error) => {
            one_line(&error.to_string());
            assert!((1..=text.lines().count().max(1)).contains(&error.line), "{error}");
        }
    }
}

/// Bytes that are no model are refused.
pub fn model(bytes: &[u8]) {
    if let Err(error) = Engine::load(bytes) {
        one_line(&error.to_string());
    }
    if let Some(model) = AttributionModel::from_bytes(bytes) {
        let document = report("d", 1, b"The army said rebels had fled.");
        let reader = Reader::builtin().attributing(Attribution::Every).with_attribution_model(model);
        is_sound(&document, &reader.read(&document));
    }
}
