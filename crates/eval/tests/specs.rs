//! The reports in specs/ give the records they must give, and between them use every value of the codebook's lists.

use onrecord_eval::entry::Kind;
use onrecord_eval::specs::{self, Spec, State};
use onrecord_reader::Reader;
use onrecord_record as codebook;
use std::collections::BTreeSet;

fn all() -> Vec<Spec> {
    specs::load(&specs::folder(), None).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn every_report_gives_its_record() {
    let reader = Reader::builtin();
    let (mut state, mut wrong) = (State::default(), String::new());
    for spec in all() {
        let (checked, faults) = specs::run(&spec, &reader);
        let mut own = State::default();
        own.add(&checked, &faults);
        if !own.is_green() {
            wrong.push_str(&specs::state(&spec, &checked, &faults, false));
        }
        state.add(&checked, &faults);
    }
    assert!(wrong.is_empty(), "\n{wrong}{state}");
}

/// Every value that specs state for a field of one kind of record (or of actors, for `None`).
fn stated(specs: &[Spec], kind: Option<Kind>, field: &str) -> BTreeSet<String> {
    let wanted = |item: &&specs::Item| match item.kind {
        specs::ItemKind::Actor => kind.is_none(),
        specs::ItemKind::Record(k) => kind == Some(k),
        _ => false,
    };
    let items = specs.iter().flat_map(|s| &s.items).filter(wanted);
    items.filter_map(|item| item.stated.get(field)?.as_str().map(str::to_owned)).collect()
}

/// PLOVER's modes, by the type they belong to.
const MODES: &str = "visit third-party multilateral phone withdraw release disarm ceasefire access resign assist change yield meet \
    disapprove investigate allege restrict arrest relations expel territory violence demo riot strike hunger boycott obstruct \
    vandalize convict discontinue troops weapons police militia seize censor curfew martial-law deport withhold misinformation cyber \
    abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons crowd-control \
    unconventional";

#[test]
fn every_value_of_the_codebook_occurs() {
    let specs = all();
    let mut missing = Vec::new();
    let mut need = |kind: Option<Kind>, field: &str, values: Vec<&str>| {
        let used = stated(&specs, kind, field);
        missing.extend(values.into_iter().filter(|v| !used.contains(*v)).map(|v| format!("{field} {v}")));
    };
    need(None, "kind", codebook::ActorKind::ALL.iter().map(|v| v.as_str()).collect());
    need(None, "sector", codebook::Sector::ALL.iter().map(|v| v.as_str()).collect());
    need(Some(Kind::Statements), "mode", codebook::SpeechMode::ALL.iter().map(|v| v.as_str()).collect());
    need(Some(Kind::Statements), "act", codebook::Act::ALL.iter().map(|v| v.as_str()).collect());
    need(Some(Kind::Events), "type", codebook::EventType::ALL.iter().map(|v| v.as_str()).collect());
    need(Some(Kind::Events), "mode", MODES.split_whitespace().collect());
    need(
        Some(Kind::Events),
        "factuality",
        codebook::Factuality::ALL.iter().map(|v| v.as_str()).filter(|v| *v != "actual").collect(),
    );
    need(Some(Kind::Positions), "move", codebook::Move::ALL.iter().map(|v| v.as_str()).collect());
    need(Some(Kind::Positions), "status", vec!["withdrawn", "met"]);
    need(Some(Kind::Figures), "bound", codebook::Bound::ALL.iter().map(|v| v.as_str()).collect());
    need(Some(Kind::Figures), "measure", codebook::Measure::ALL.iter().map(|v| v.as_str()).collect());
    assert!(missing.is_empty(), "no spec uses {}", missing.join(", "));
}

#[test]
fn every_field_of_the_codebook_occurs() {
    let specs = all();
    let fields = |kind: Option<Kind>, names: &str| {
        let stated = |name: &&str| {
            specs.iter().flat_map(|s| &s.items).any(|item| {
                let kinds = match item.kind {
                    specs::ItemKind::Actor => kind.is_none(),
                    specs::ItemKind::Record(k) => kind == Some(k),
                    _ => false,
                };
                kinds && item.stated.contains_key(*name)
            })
        };
        names.split_whitespace().filter(|name| !stated(name)).map(|name| format!("{kind:?} {name}")).collect::<Vec<_>>()
    };
    let missing = [
        fields(None, "name kind country sector roles mentions"),
        fields(Some(Kind::Statements), "speaker source cue content mode act to date factuality given_by evidence"),
        fields(
            Some(Kind::Events),
            "type mode contexts cameo trigger actors recipients date place factuality given_by figures evidence",
        ),
        fields(Some(Kind::Positions), "holder move proposition conditions toward status date factuality given_by evidence"),
        fields(
            Some(Kind::Figures),
            "value bound of measure span by against part_of unaccounted date place factuality given_by evidence",
        ),
    ]
    .concat();
    assert!(missing.is_empty(), "no spec states {}", missing.join(", "));
}

#[test]
fn there_are_many_and_some_are_long() {
    let words = |spec: &Spec| spec.record.document.text.split_whitespace().count();
    let specs = all();
    assert!(specs.len() >= 27, "{} specs", specs.len());
    assert!(specs.iter().filter(|s| words(s) >= 600).count() >= 3);
}

/// The README's commands use samples; each is one of the specs, so that what it shows is what is tested.
#[test]
fn samples_are_specs() {
    let folder = specs::folder().join("../samples");
    let samples = std::fs::read_dir(folder).expect("samples/ can be listed");
    let texts: BTreeSet<String> = all().into_iter().map(|s| s.record.document.text).collect();
    let paths = samples.map(|entry| entry.expect("samples/ can be listed").path());
    // Lists of reports, for the book, are tested by its commands.
    for path in paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        let sample = std::fs::read_to_string(&path).expect("a sample can be read");
        assert!(texts.contains(&sample), "{} is no longer the text of a spec", path.display());
    }
}
