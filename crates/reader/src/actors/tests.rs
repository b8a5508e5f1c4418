//! Who is named, with country and sector, read from text.

use super::Cast;
use crate::Reader;
use onrecord_record::{Actor, ActorKind, Sector};
use onrecord_text::Document;
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(Reader::builtin);

fn cast(text: &str, published: Option<&str>) -> Cast {
    let mut document = Document::new("t", text);
    document.published = published.map(|day| day.parse().expect("a day"));
    READER.actors(&document)
}

fn codes(actor: Option<&Actor>) -> (&str, Option<Sector>) {
    actor.map_or(("nobody", None), |a| (a.country.as_deref().unwrap_or("-"), a.sector))
}

/// Country and sector of the first actor of a phrase that stands alone.
fn coded(phrase: &str, published: Option<&str>) -> (String, Option<Sector>) {
    let cast = cast(phrase, published);
    let first = cast.phrases.first().and_then(|p| cast.actor(&p.parties[0].actor));
    let (country, sector) = codes(first);
    (country.to_owned(), sector)
}

fn assert_codes(cases: &[(&str, &str, Sector)]) {
    for (phrase, country, sector) in cases {
        assert_eq!(coded(phrase, None), (country.to_string(), Some(*sector)), "{phrase}");
    }
}

/// The words of every party of the first phrase.
fn parties(text: &str) -> Vec<String> {
    let cast = cast(text, None);
    let words = |p: &super::Party| p.words.iter().map(|w| &text[w.range()]).collect::<Vec<_>>().join(" ");
    cast.phrases.first().map(|p| p.parties.iter().map(words).collect()).unwrap_or_default()
}

fn named<'c>(cast: &'c Cast, name: &str) -> &'c Actor {
    cast.actors.iter().find(|a| a.name.contains(name)).unwrap_or_else(|| panic!("nobody is called {name}: {:?}", cast.actors))
}

#[test]
fn a_noun_that_several_countries_share_is_several_actors() {
    assert_eq!(parties("Dutch and Danish soldiers left the port."), ["Dutch soldiers", "Danish soldiers"]);
    assert_eq!(parties("Chile and Peru's navies met."), ["Chile navies", "Peru navies"]);
    assert_eq!(parties("The leaders of Chad and Niger met farmers."), ["leaders Chad", "leaders Niger"]);
    assert_eq!(parties("Danish soldiers left the port."), ["Danish soldiers"]);
    // One president of one state, and things that do not act.
    assert_eq!(parties("The president of Serbia and Montenegro spoke."), ["president"]);
    assert_eq!(parties("Tunisian and Libyan exports fell."), ["Tunisian and Libyan exports"]);
}

#[test]
fn shared_nouns_give_the_events_of_a_record_all_their_actors() {
    let record = READER.read(&Document::new("t", "Dutch and Danish soldiers attacked the village of Tarm on Monday."));
    let event = record.events.first().expect("an attack");
    let countries: Vec<_> = record.actors.iter().filter(|a| event.actors.contains(&a.id)).map(|a| codes(Some(a)).0).collect();
    assert_eq!(countries, ["NLD", "DNK"]);
}

#[test]
fn officials_are_of_the_sector_they_work_for() {
    use Sector::{Cop, Edu, Eli, Gov, Leg, Med, Reb};
    assert_codes(&[
        ("hospital officials", "-", Med),
        ("a former police chief", "-", Eli),
        ("the president of the Sejm", "POL", Leg),
        ("a Hamas spokesman", "PSE", Reb),
        ("Odesa police", "UKR", Cop),
        ("Peru's Ministry of Mines", "PER", Gov),
        ("Peru's Defense Department", "PER", Gov),
        ("Danish teachers", "DNK", Edu),
    ]);
}

#[test]
fn an_office_in_capitals_is_a_person_and_one_villager_too() {
    let cast = cast("The Foreign Secretary left. A villager saw him.", None);
    assert_eq!(named(&cast, "Foreign Secretary").kind, ActorKind::Person);
    assert_eq!(named(&cast, "villager").kind, ActorKind::Person);
}

#[test]
fn office_holders_are_known_on_the_day_of_the_report() {
    assert_eq!(coded("Jacinda Ardern", Some("2019-05-01")), ("NZL".into(), Some(Sector::Gov)));
    assert_eq!(coded("Jacinda Ardern", Some("2024-05-01")), ("NZL".into(), Some(Sector::Eli)));
    assert_eq!(coded("Jacinda Ardern", Some("2012-05-01")), ("-".into(), None));
    // What the report says comes first.
    let cast = cast("The Dutch singer Jacinda Ardern left Breda.", Some("2019-05-01"));
    assert_ne!(codes(Some(named(&cast, "Ardern"))).0, "NZL");
}

#[test]
fn what_belongs_to_a_state_is_of_its_country() {
    let cast = cast("Tunisia closed its embassy. Peru and its allies met. Chile's navy left the port.", None);
    assert_eq!(codes(Some(named(&cast, "embassy"))).0, "TUN");
    assert_eq!(codes(Some(named(&cast, "navy"))).0, "CHL");
    assert_ne!(codes(Some(named(&cast, "allies"))).0, "PER");
}

#[test]
fn police_without_a_country_are_of_the_only_one_that_the_report_names() {
    let one = cast("A market burned in Denmark. Police arrested two men.", None);
    assert_eq!(codes(Some(named(&one, "Police"))), ("DNK", Some(Sector::Cop)));
    let two = cast("Denmark and Norway closed a bridge. Police arrested two men.", None);
    assert_eq!(codes(Some(named(&two, "Police"))).0, "-");
}

#[test]
fn a_body_is_what_the_word_before_its_name_says() {
    let bodies = cast("The newspaper Zorin Dar printed the letter. The rebel group Red Plain attacked the post.", None);
    let (paper, group) = (named(&bodies, "Zorin Dar"), named(&bodies, "Red Plain"));
    assert_eq!((paper.kind, paper.sector), (ActorKind::Organisation, Some(Sector::Jrn)));
    assert_eq!((group.kind, group.sector), (ActorKind::ArmedGroup, Some(Sector::Reb)));
    let person = cast("The union leader Ann Roe spoke.", None);
    assert_eq!(named(&person, "Ann Roe").kind, ActorKind::Person);
}
