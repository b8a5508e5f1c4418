//! An invented account, with words that break tables, for the tests of all forms.
// Each file of tests is a crate of its own and uses a part of this.
#![allow(dead_code)]

use onrecord_account::{Appearance, Line, Related, Taken, Telling, Told, Who};
use onrecord_export::{Export, Form, Tally};
use onrecord_record::{Act, ActorKind, Bound, EventType, Factuality, Measure, Move, Place, Precision, Sector, SpeechMode, Value};
use onrecord_text::Document;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;

pub const TEXT: &str =
    "Raid — on “Port\tAmber”\n\n=cmd|' /C calc'!A0 attacked the\nvillage, שלום 🕊, the \"mayor\" said. At least 5 civilians died.";

/// Files in memory.
#[derive(Clone, Default)]
pub struct Files(pub Rc<RefCell<BTreeMap<String, Vec<u8>>>>);

impl Files {
    /// An export into them.
    pub fn export(&self, form: Form) -> Export<'static> {
        let files = self.clone();
        let open = move |name: &str| {
            files.0.borrow_mut().insert(name.to_owned(), Vec::new());
            Ok(Box::new(OneFile(files.clone(), name.to_owned())) as Box<dyn Write>)
        };
        Export::new(form, Box::new(open), Box::new(document)).unwrap()
    }
}

struct OneFile(Files, String);

impl Write for OneFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.0.borrow_mut().entry(self.1.clone()).or_default().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub fn document(id: &str) -> Result<Document, Box<dyn std::error::Error + Send + Sync>> {
    let mut document = Document::new(id, TEXT);
    if id == "d1" {
        document.title = Some("Raid — on “Port\tAmber”".into());
        document.outlet = Some("The \"Harbour\", Daily".into());
        document.published = Some("2026-02-04".parse()?);
        document.url = Some("https://harbour.example/raid?a=1&b=2".into());
    }
    if id == "gone" { Err("gone: no such report".into()) } else { Ok(document) }
}

/// The files that a form makes of these lines.
pub fn written(form: Form, lines: Vec<Line>) -> (BTreeMap<String, Vec<u8>>, Tally) {
    let files = Files::default();
    let mut export = files.export(form);
    for line in lines {
        export.take(line).unwrap();
    }
    let tally = export.end().unwrap();
    (files.0.take(), tally)
}

fn who(id: &str, name: &str) -> Who {
    Who { id: id.into(), name: name.into() }
}

fn telling(document: &str, factuality: Factuality) -> Telling {
    let (record, witness) = ("e1".into(), document.into());
    let evidence = vec![[24, 63]];
    Telling {
        document: document.into(),
        record,
        witness,
        trigger: [43, 51],
        evidence,
        given_by: vec!["mayor".into()],
        factuality,
        published: None,
    }
}

pub fn told(document: &str, value: Value, bound: Bound) -> Told {
    Told {
        document: document.into(),
        record: "f1".into(),
        value,
        bound,
        given_by: vec![],
        span: [90, 110],
        published: None,
        factuality: Factuality::Actual,
    }
}

pub fn figure(series: Vec<Told>, relations: Vec<Related>) -> Line {
    let event = Some("event-0000000000ff".into());
    Line::Figure { id: "figure-1".into(), event, measure: Measure::Killed, of: "civilian".into(), series, relations }
}

pub fn event(factuality: Factuality) -> Line {
    let place = Place {
        name: "Port\tAmber".into(),
        country: Some("UKR".into()),
        lat: Some(46.5),
        lon: Some(30.7),
        geonames: Some(698_740),
        precision: Some(Precision::City),
    };
    Line::Event {
        id: "event-0000000000ff".into(),
        event_type: EventType::Assault,
        mode: Some("drone".into()),
        contexts: vec!["military".into()],
        cameo: Some("1951".into()),
        actors: vec![who("a1", "=cmd|' /C calc'!A0"), who("a3", "Third\r\nforce")],
        recipients: vec![who("a2", "village, שלום 🕊")],
        date: Some("2026-02-03".into()),
        place: Some(place),
        factuality,
        figures: vec!["figure-1".into()],
        reports: vec![telling("d1", factuality), telling("d2", Factuality::Negated)],
        witnesses: 2,
        why_merged: vec!["same date".into()],
    }
}

pub fn actor(id: &str, name: &str, country: &str, sector: Sector) -> Line {
    Line::Actor {
        id: id.into(),
        name: name.into(),
        aliases: vec![name.into(), "village".into()],
        actor_kind: ActorKind::Military,
        country: Some(country.into()),
        sector: Some(sector),
        roles: vec!["@chief".into()],
        documents: vec!["d1".into()],
        reports: vec![],
    }
}

pub fn report(id: &str) -> Line {
    Line::Document { id: id.into(), outlet: None, published: None, title: Some("=1+1".into()), url: None, copy_of: None }
}

pub fn hostile() -> Vec<Line> {
    vec![
        report("d1"),
        report("d2"),
        actor("a1", "=cmd|' /C calc'!A0", "RUS", Sector::Mil),
        actor("a2", "village, שלום 🕊", "UKR", Sector::Cvl),
        event(Factuality::Actual),
        figure(vec![told("d1", Value::One(5.0), Bound::AtLeast), told("d2", Value::One(7.0), Bound::Exact)], vec![]),
        Line::Position {
            id: "position-1".into(),
            holder: vec![who("a1", "-holder")],
            issue: "=issue".into(),
            history: vec![Taken {
                document: "d1".into(),
                record: "p1".into(),
                stance: Move::Demand,
                proposition: [24, 50],
                conditions: vec![[0, 4], [7, 9]],
                date: None,
                given_by: vec![],
                published: None,
            }],
        },
        Line::Statement {
            id: "statement-1".into(),
            speaker: vec![who("a2", "village, שלום 🕊")],
            act: Act::State,
            appearances: vec![Appearance {
                document: "d1".into(),
                record: "s1".into(),
                content: vec![[65, 71]],
                mode: SpeechMode::Direct,
                published: Some("2026-02-04".into()),
            }],
        },
    ]
}

/// An event of which nothing is known but that it is told.
pub fn bare() -> Line {
    Line::Event {
        id: "event-000000000001".into(),
        event_type: EventType::Assault,
        mode: None,
        contexts: vec![],
        cameo: None,
        actors: vec![],
        recipients: vec![],
        date: None,
        place: None,
        factuality: Factuality::Actual,
        figures: vec![],
        reports: vec![telling("d2", Factuality::Actual)],
        witnesses: 1,
        why_merged: vec![],
    }
}
