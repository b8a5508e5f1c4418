//! Constructions, read from text to statements.

use crate::{Attribution, Reader};
use onrecord_record::{Act, Factuality, Record, SpeechMode, Statement};
use onrecord_text::{Document, Span};

struct Read {
    text: String,
    record: Record,
}

fn read(text: &str) -> Read {
    // A headline and a closing paragraph, so that the paragraph under test is neither.
    let text = format!("A short title\n\n{text}\n\nThe weather was mild.");
    let document = Document::new("t", text.clone());
    Read { record: Reader::builtin().read(&document), text }
}

impl Read {
    fn words(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    fn contents(&self) -> Vec<Vec<&str>> {
        self.record.statements.iter().map(|s| s.content.iter().map(|&c| self.words(c)).collect()).collect()
    }

    fn speaker(&self, statement: &Statement) -> String {
        let name = |id: &String| self.record.actors.iter().find(|a| a.id == *id).map_or("?", |a| a.name.as_str());
        statement.speaker.iter().map(name).collect::<Vec<_>>().join(" + ")
    }

    /// Speaker, act and first content of the only statement.
    fn only(&self) -> (&Statement, String, &str) {
        assert_eq!(self.record.statements.len(), 1, "{:?}", self.contents());
        let statement = &self.record.statements[0];
        (statement, self.speaker(statement), self.words(statement.content[0]))
    }
}

#[cfg(feature = "learnt-attribution")]
#[test]
fn what_no_row_lists_is_marked_as_learnt_and_can_be_left_out() {
    let text = "Maria Lund said the bridge was safe. Most drivers distrust the new bridge and prefer the old ferry.";
    let document = Document::new("t", text);
    let contents = |level: Attribution| {
        let record = Reader::builtin().attributing(level).read(&document);
        record.statements.into_iter().map(|s| (s.content, s.why)).collect::<Vec<_>>()
    };
    let (listed, every) = (contents(Attribution::Listed), contents(Attribution::Every));
    assert!(listed.iter().all(|s| every.contains(s) && !s.1.starts_with("learnt")), "{listed:?} {every:?}");
    assert!(every.iter().any(|s| s.1.starts_with("learnt: ")), "{every:?}");
}

#[test]
fn a_quotation_goes_on_after_its_cue() {
    let found = read("“We will rebuild the bridge,” said Maria Lund, the mayor. “It will take a year.”");
    let (statement, speaker, _) = found.only();
    assert_eq!(found.contents(), [["“We will rebuild the bridge,”", "“It will take a year.”"]]);
    assert_eq!((speaker.as_str(), statement.mode, statement.act), ("Maria Lund", SpeechMode::Direct, Act::Promise));
}

#[test]
fn a_block_quotation_needs_no_marks() {
    let found = read("Foreign Minister Maria Lund said:\n\nWe condemn this attack.\n\nOur thoughts are with the victims.");
    let (statement, ..) = found.only();
    assert_eq!(statement.mode, SpeechMode::Direct);
    assert_eq!(statement.content.len(), 3, "the paragraph after it speaks on in the same voice");
}

#[test]
fn cues_may_stand_before_beside_and_within() {
    for text in [
        "Maria Lund said the bridge had collapsed.",
        "The bridge had collapsed, Maria Lund said.",
        "According to Maria Lund, the bridge had collapsed.",
    ] {
        let found = read(text);
        let (statement, speaker, content) = found.only();
        assert_eq!((speaker.as_str(), content.to_lowercase().as_str()), ("Maria Lund", "the bridge had collapsed"), "{text}");
        assert_eq!(statement.mode, SpeechMode::Indirect);
    }
}

#[test]
fn a_second_cue_is_a_second_statement() {
    let found = read("Maria Lund condemned the raid and called for talks, adding that the border would stay open.");
    assert_eq!(found.contents(), [["the raid"], ["talks"], ["the border would stay open"]]);
    assert!(found.record.statements.iter().all(|s| found.speaker(s) == "Maria Lund"));
}

#[test]
fn an_order_has_an_addressee() {
    let found = read("Maria Lund urged the rebels to release the hostages.");
    let (statement, _, content) = found.only();
    assert_eq!((statement.act, content), (Act::Urge, "the rebels to release the hostages"));
    assert_eq!(statement.to.len(), 1);
}

#[test]
fn what_is_not_said_is_negated() {
    let found = read("The ministry has not confirmed that the bridge collapsed.");
    assert_eq!(found.only().0.factuality, Factuality::Negated);
}

#[test]
fn a_relay_is_one_statement() {
    let found = read("According to Reuters, the army said the bridge had collapsed.");
    let (statement, speaker, _) = found.only();
    assert_eq!((speaker.as_str(), statement.given_by.len()), ("army", 1));
}

#[test]
fn a_release_in_its_own_voice_has_no_statements() {
    assert!(read("The United States condemns the attack. We stand with the victims.").record.statements.is_empty());
}

#[test]
fn topics_and_agentless_rumour_are_no_statements() {
    assert!(read("Maria Lund commented on the plan. The bridge reportedly collapsed.").record.statements.is_empty());
}

#[test]
fn hostile_text_is_read_in_bounded_time() {
    for text in [
        "“".repeat(20_000),
        "\"said ".repeat(5_000),
        "he said that ".repeat(5_000),
        "'a ".repeat(20_000),
        "said:\n\n".repeat(3_000),
    ] {
        read(&text);
    }
}
