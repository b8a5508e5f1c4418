//! The same reports give the same account, whichever comes first.

use onrecord_account::{Account, Report, account};
use onrecord_record::{
    Actor, ActorKind, Bound, Event, EventType, Figure, Measure, Move, Place, Position, Record, Sector, Statement, Value,
};
use onrecord_text::{Document, Span};

const TOWNS: [(&str, f64); 3] = [("Ilmajoki", 62.7), ("Tornio", 65.8), ("Kuhmo", 64.1)];
const SPEAKERS: [&str; 4] = ["Aino Virtanenskyy", "Aino Virtanenskiy", "Aino Virtanensky", "Eero Lahti"];

/// A report of an attack on a town, told with another toll, spelling, order of words or none of them every time.
fn report(n: usize) -> (Document, Record) {
    let ((town, north), speaker) = (TOWNS[n % 3], SPEAKERS[n % 4]);
    let killed = 3 + n % 5;
    let text = format!(
        "Gunmen attacked the market of {town}, killing {killed} people. “We will not give up the bridge,” {speaker} of the Border Guard said. \
         The guard demanded the return of the bridge at {town}. {}",
        ["Nobody claimed the attack.", "Shops stayed shut.", ""][n / 3 % 3]
    );
    let at = |words: &str| {
        let start = text.find(words).expect("the words stand in the text");
        Span::new(start, start + words.len())
    };
    let actor = |id: &str, name: &str, kind| Actor {
        id: id.into(),
        name: name.into(),
        kind,
        country: Some("FIN".into()),
        sector: Some(Sector::Mil),
        mentions: vec![at(name)],
        ..Actor::default()
    };
    let figure = Figure {
        id: "f1".into(),
        value: Value::One(killed as f64),
        bound: Bound::Exact,
        of: "person".into(),
        measure: Measure::Killed,
        span: at(&format!("{killed} people")),
        ..Figure::default()
    };
    let event = Event {
        id: "e1".into(),
        kind: EventType::Assault,
        trigger: at("attacked"),
        place: Some(Place {
            name: town.into(),
            country: Some("FIN".into()),
            lat: Some(north),
            lon: Some(25.0),
            ..Place::default()
        }),
        figures: vec!["f1".into()],
        evidence: vec![Span::new(0, text.find('.').expect("a sentence ends") + 1)],
        ..Event::default()
    };
    let statement = Statement {
        id: "s1".into(),
        speaker: vec!["a1".into()],
        content: vec![at("“We will not give up the bridge,”")],
        mode: onrecord_record::SpeechMode::Direct,
        ..Statement::default()
    };
    let position = Position {
        id: "p1".into(),
        holder: vec!["a2".into()],
        stance: Move::Demand,
        proposition: at(&format!("the return of the bridge at {town}")),
        ..Position::default()
    };
    let record = Record {
        actors: vec![actor("a1", speaker, ActorKind::Person), actor("a2", "Border Guard", ActorKind::Military)],
        statements: vec![statement],
        events: vec![event],
        positions: vec![position],
        figures: vec![figure],
        ..Record::default()
    };
    let published = jiff::civil::date(2026, 5, 1 + (n % 9) as i8);
    let outlet = Some(["North Wire", "Lake Post"][n % 2].to_owned());
    (Document { published: (n % 7 != 6).then_some(published), outlet, ..Document::new(format!("d{n:02}"), text) }, record)
}

fn lines(reports: &[&(Document, Record)]) -> Account {
    let reports: Vec<Report> = reports.iter().map(|(document, record)| Report { document, record }).collect();
    account(&reports, &[])
}

#[test]
fn any_order_gives_the_same_bytes() {
    let all: Vec<(Document, Record)> = (0..36).map(report).collect();
    let mut order: Vec<&(Document, Record)> = all.iter().collect();
    let expected = lines(&order).to_json_lines();
    assert!(expected.contains("why_merged\":[\""), "nothing was merged, so the test shows nothing");
    // A fixed walk through permutations: Knuth's linear congruence in place of chance.
    let mut state = 7u64;
    for _ in 0..12 {
        for i in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (state >> 33) as usize % (i + 1));
        }
        assert_eq!(lines(&order).to_json_lines(), expected);
    }
}
