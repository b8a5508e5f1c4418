//! Events as whole sentences tell them: type, mode, parties and how it is put.

use onrecord_reader::Reader;
use onrecord_record::{Id, Record};
use onrecord_text::Document;

/// `TYPE mode trigger: actors > recipients factuality` of every event.
fn events(text: &str) -> Vec<String> {
    let document = Document::new("t", text);
    let record = Reader::builtin().read(&document);
    assert_eq!(onrecord_record::check(&document, &record), []);
    let line = |e: &onrecord_record::Event| {
        let mode = e.mode.as_deref().unwrap_or("-");
        let (actors, recipients) = (names(&record, &e.actors), names(&record, &e.recipients));
        format!("{} {mode} {}: {actors} > {recipients} {}", e.kind, document.slice(e.trigger), e.factuality)
    };
    record.events.iter().map(line).collect()
}

fn names(record: &Record, ids: &[Id]) -> String {
    let name = |id: &Id| record.actors.iter().find(|a| a.id == *id).map_or("?", |a| a.name.as_str());
    ids.iter().map(name).collect::<Vec<_>>().join(" + ")
}

#[test]
fn whom_a_threat_or_a_refusal_concerns_stands_in_what_it_is_about() {
    assert_eq!(
        events("Norway threatened on Monday to cut off the supply of gas to Latvia."),
        ["THREATEN restrict threatened: Norway > Latvia actual"]
    );
    assert_eq!(
        events("The Kenyan government refused to lift its blockade of Uganda."),
        ["REJECT yield refused: Kenya > Uganda actual", "COERCE restrict blockade: Kenya > Uganda actual"]
    );
}

#[test]
fn several_acts_in_one_reported_sentence_are_several_events() {
    let found = events("Peru said it would close its ports and expel the envoys.");
    for event in ["THREATEN restrict would close: Peru >  actual", "THREATEN expel expel: Peru >  actual"] {
        assert!(found.iter().any(|e| e == event), "{event} is not among {found:?}");
    }
}

#[test]
fn money_pledged_is_aid_to_come_and_a_withdrawal_promised_concedes() {
    assert_eq!(events("Canada pledged 40 million dollars to Haiti."), ["AID - pledged: Canada > Haiti planned"]);
    assert_eq!(
        events("The Georgian army announced it would withdraw its troops."),
        ["CONCEDE - withdraw its troops: Georgian army >  planned"]
    );
}

#[test]
fn what_somebody_will_not_do_is_refused_and_what_hangs_on_others_threatens() {
    assert_eq!(
        events("Norway will not sign a treaty with Latvia."),
        ["REJECT assist will not sign a treaty: Norway > Latvia actual"]
    );
    assert_eq!(
        events("If the tolls are not scrapped, Norway will close the border to Latvia."),
        ["THREATEN restrict close the border: Norway > Latvia actual"]
    );
}

#[test]
fn what_resumes_is_told_without_parties_and_negated_by_its_verb() {
    assert_eq!(events("Heavy fighting has not resumed in the valley."), ["ASSAULT - Heavy fighting:  >  negated"]);
}

#[test]
fn accidents_and_disasters_are_no_assault() {
    for text in [
        "The jet crashed into a hill, killing all 60 people on board.",
        "The flood killed two villagers.",
        "Nine soldiers were killed in the collapse of a bridge.",
    ] {
        assert_eq!(events(text), [""; 0], "{text}");
    }
    assert_eq!(events("A car bomb killed nine soldiers."), ["ASSAULT explosives killed:  > nine soldiers actual"]);
}

#[test]
fn police_and_crowds() {
    assert_eq!(events("Police pushed back the demonstrators."), ["COERCE restrict pushed: Police > demonstrators actual"]);
    assert_eq!(events("Youths clashed with police in the capital."), ["PROTEST riot clashed: Youths > police actual"]);
}

#[test]
fn a_condition_that_may_come_true_is_conditional() {
    assert_eq!(
        events("If Serbian forces were to cross the border, that would be a grave step."),
        ["ASSAULT - cross the border: Serbian forces >  conditional"]
    );
}

#[test]
fn a_subject_behind_a_place_is_no_apposition_of_it() {
    assert_eq!(
        events("In Logar district, Khost province, an Afghan security force captured a Taliban leader today."),
        ["ASSAULT - captured: Afghan security force > Taliban leader actual"]
    );
}
