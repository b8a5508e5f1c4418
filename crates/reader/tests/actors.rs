//! Who is who: names, roles, capitals and pronouns in short reports.

use onrecord_reader::Reader;
use onrecord_record::{Actor, ActorKind, Record, Sector};
use onrecord_text::Document;

fn read(text: &str) -> (Document, Record) {
    let document = Document::new("t", text);
    let record = Reader::builtin().read(&document);
    assert_eq!(onrecord_record::check(&document, &record), []);
    (document, record)
}

fn actor<'r>(record: &'r Record, name: &str) -> &'r Actor {
    record.actors.iter().find(|a| a.name == name).unwrap_or_else(|| panic!("no {name} among {:?}", record.actors))
}

fn mentions<'d>(document: &'d Document, actor: &Actor) -> Vec<&'d str> {
    actor.mentions.iter().map(|&span| document.slice(span)).collect()
}

#[test]
fn a_person_is_one_by_name_surname_role_and_pronoun() {
    let (document, record) = read(
        "Norwegian Foreign Minister Kari Solberg arrived in Amman on Monday. Solberg said the talks were useful. \
         The minister thanked her hosts. She will return in May.",
    );
    let solberg = actor(&record, "Kari Solberg");
    assert_eq!((solberg.kind, solberg.country.as_deref(), solberg.sector), (ActorKind::Person, Some("NOR"), Some(Sector::Gov)));
    assert_eq!(solberg.roles, ["Norwegian Foreign Minister"]);
    let named = mentions(&document, solberg);
    for words in ["Norwegian Foreign Minister Kari Solberg", "Solberg", "minister", "She"] {
        assert!(named.contains(&words), "{words} is not among {named:?}");
    }
}

#[test]
fn a_capital_that_acts_is_its_government_and_a_capital_in_which_one_acts_is_none() {
    let (document, record) = read("Kenya closed the border. Nairobi said the step was temporary. Traders met in Nairobi.");
    let named = mentions(&document, actor(&record, "Kenya"));
    assert_eq!(named.iter().filter(|w| **w == "Nairobi").count(), 1, "{named:?}");
}

#[test]
fn an_abbreviation_in_brackets_names_the_same_body() {
    let (_, record) = read("The Lake Chad Relief Council (LCRC) opened two camps. LCRC said more tents were needed.");
    let speaker = &record.statements[0].speaker;
    assert_eq!(speaker.len(), 1);
    let council = record.actors.iter().find(|a| a.id == speaker[0]).expect("the speaker is an actor");
    assert_eq!(council.name, "Lake Chad Relief Council");
}

#[test]
fn a_title_of_several_words_belongs_to_the_name_behind_it() {
    let (_, record) = read("U.S. Secretary of State John Carver called the vote a mistake.");
    assert!(record.actors.iter().any(|a| a.name == "John Carver" && a.country.as_deref() == Some("USA")), "{:?}", record.actors);
}

#[test]
fn a_surname_that_is_a_capital_goes_on_naming_the_person() {
    let (document, record) = read("Irene Paris left the group in May. Paris said she had been threatened. The group denied it.");
    assert_eq!(record.statements[0].speaker, [actor(&record, "Irene Paris").id.clone()]);
    assert!(mentions(&document, actor(&record, "Irene Paris")).contains(&"Paris"));
    let (_, record) = read("Ministers met on Monday. Paris said the talks had failed.");
    assert_eq!(actor(&record, "France").country.as_deref(), Some("FRA"));
}
