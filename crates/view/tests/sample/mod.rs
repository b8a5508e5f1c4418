//! A report in our own words and a record that uses every field, made by hand.

use onrecord_record::*;
use onrecord_text::{Diagnostic, Document, Level, Span};

pub const TEXT: &str = "Two sides trade fire and terms 🕊️

Marina Doval, who leads the delegation of Ostrava-Norda, said on Tuesday that her side “will open the bridge” if the guns fall silent and if prisoners come home. The army of Westmark denied that it had shelled the port.

According to the coast guard, 40 shells were fired at the harbour of Sankt Élise; 31 fell into the sea, and 6 were defused. A <b>third</b> round of talks is expected in Łódź next week, officials told رادیو صدا. Perhaps 12 people were hurt.
";

/// Where the `n`th occurrence of `words` stands.
fn at(words: &str, n: usize) -> Span {
    let (start, _) = TEXT.match_indices(words).nth(n).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    Span::new(start, start + words.len())
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn actor(id: &str, name: &str, kind: ActorKind, mentions: &[&str]) -> Actor {
    Actor {
        id: id.into(),
        name: name.into(),
        kind,
        mentions: mentions.iter().map(|words| at(words, 0)).collect(),
        ..Actor::default()
    }
}

pub fn document() -> Document {
    let mut document = Document::new("bridge", TEXT);
    document.title = TEXT.lines().next().map(str::to_owned);
    document.published = Some("2025-03-05".parse().expect("a date"));
    document.outlet = Some("The Harbour & Post".into());
    document.url = Some("https://example.org/?a=1&b=\"2\"".into());
    document
}

pub fn record() -> Record {
    let mut marina = actor("a1", "Marina Doval", ActorKind::Person, &["Marina Doval", "Doval"]);
    marina.roles = vec!["leader of the delegation".into()];
    let mut norda = actor("a2", "Ostrava-Norda", ActorKind::Government, &["Ostrava-Norda"]);
    (norda.country, norda.sector) = (Some("ONO".into()), Some(Sector::Gov));
    let actors = vec![
        marina,
        norda,
        actor("a3", "The army of Westmark", ActorKind::Military, &["The army of Westmark"]),
        actor("a4", "the coast guard", ActorKind::Military, &["the coast guard"]),
        actor("a5", "officials", ActorKind::Other, &["officials"]),
        actor("a6", "رادیو صدا", ActorKind::Organisation, &["رادیو صدا"]),
    ];
    let offer = "her side “will open the bridge” if the guns fall silent and if prisoners come home";
    let statements = vec![
        Statement {
            id: "s1".into(),
            speaker: ids(&["a1"]),
            source: Some(at("Marina Doval", 0)),
            cue: Some(at("said", 0)),
            content: vec![at(offer, 0)],
            mode: SpeechMode::Mixed,
            act: Act::Offer,
            date: Some("2025-03-04".into()),
            evidence: vec![at("said on Tuesday that", 0).cover(at(offer, 0))],
            confidence: 0.97,
            why: "cues:say".into(),
            ..Statement::default()
        },
        Statement {
            id: "s2".into(),
            source: Some(at("The army of Westmark", 0)),
            cue: Some(at("denied", 0)),
            content: vec![at("it had shelled the port", 0)],
            act: Act::Deny,
            to: ids(&["a6"]),
            factuality: Factuality::Negated,
            given_by: ids(&["a6", "a5"]),
            evidence: vec![at("The army of Westmark denied that it had shelled the port", 0)],
            confidence: 0.5,
            ..Statement::default()
        },
    ];
    let events = vec![
        Event {
            id: "e1".into(),
            kind: EventType::Assault,
            mode: Some("heavy-weapons".into()),
            contexts: vec!["military".into()],
            trigger: at("fired", 0),
            recipients: ids(&["a2"]),
            date: Some("2025-03-03/2025-03-04".into()),
            place: Some(Place { name: "Sankt Élise".into(), ..Place::default() }),
            given_by: ids(&["a4"]),
            figures: ids(&["f1", "f2"]),
            evidence: vec![at("40 shells were fired at the harbour of Sankt Élise", 0)],
            confidence: 0.9,
            ..Event::default()
        },
        Event {
            id: "e2".into(),
            kind: EventType::Consult,
            trigger: at("round of talks", 0),
            actors: ids(&["a2", "a3"]),
            date: Some("2025-W11".into()),
            place: Some(Place { name: "Łódź".into(), country: Some("POL".into()), ..Place::default() }),
            factuality: Factuality::Planned,
            given_by: ids(&["a5"]),
            evidence: vec![at("A <b>third</b> round of talks is expected in Łódź next week", 0)],
            confidence: 0.8,
            ..Event::default()
        },
    ];
    let positions = vec![Position {
        id: "p1".into(),
        holder: ids(&["a1", "a2"]),
        stance: Move::Offer,
        proposition: at("open the bridge", 0),
        conditions: vec![at("if the guns fall silent", 0), at("prisoners come home", 0)],
        toward: ids(&["a3"]),
        status: Status::Withdrawn,
        factuality: Factuality::Conditional,
        evidence: vec![at("“will open the bridge” if the guns fall silent and if prisoners come home", 0)],
        confidence: 0.9,
        ..Position::default()
    }];
    let part = |id: &str, value: f64, words: &str, measure| Figure {
        id: id.into(),
        value: Value::One(value),
        of: "shell".into(),
        measure,
        span: at(words, 0),
        part_of: Some("f1".into()),
        given_by: ids(&["a4"]),
        evidence: vec![at(words, 0)],
        confidence: 0.9,
        ..Figure::default()
    };
    let figures = vec![
        Figure { unaccounted: Some(3.0), part_of: None, by: ids(&["a3"]), ..part("f1", 40.0, "40 shells", Measure::Launched) },
        part("f2", 31.0, "31", Measure::Failed),
        part("f3", 6.0, "6", Measure::Intercepted),
        Figure {
            bound: Bound::About,
            factuality: Factuality::Uncertain,
            of: "person".into(),
            part_of: None,
            given_by: vec![],
            ..part("f4", 12.0, "12 people", Measure::Injured)
        },
    ];
    let message = "a word in another script was passed over";
    let diagnostics = vec![Diagnostic { level: Level::Note, code: "script".into(), message: message.into(), span: None }];
    let record = Record { actors, statements, events, positions, figures, diagnostics };
    assert_eq!(check(&document(), &record), []);
    record
}
