use super::*;
use serde_json::{Value, json};

const TEXT: &str = "Rahel Tesfaye promised “a truce once Orlo leaves.” Orlo counted 40 wounded after the shelling, then 40 again.";

/// Code points are bytes up to the first quotation mark only; `at` counts code points.
fn at(words: &str) -> Value {
    let start = TEXT.find(words).expect("the words are there");
    let start = TEXT[..start].chars().count();
    json!([start, start + words.chars().count()])
}

fn gold() -> Value {
    json!({
        "document": {"id": "d", "text": TEXT},
        "actors": [{"id": "t", "name": "Rahel Tesfaye", "kind": "person"}, {"id": "o", "name": "Orlo", "kind": "other"}],
        "statements": [{"id": "s", "speaker": ["t"], "cue": at("promised"), "content": [at("“a truce once Orlo leaves.”")], "mode": "direct", "act": "promise"}],
        "events": [{"id": "e", "type": "ASSAULT", "trigger": at("shelling"), "actors": [], "recipients": ["o"], "factuality": "actual"}],
        "positions": [{"id": "p", "holder": ["t"], "move": "commitment", "proposition": at("a truce"), "conditions": [at("once Orlo leaves")]}],
        "figures": [{"id": "f", "value": 40, "bound": "exact", "of": "wounded", "measure": "injured", "span": at("40 wounded"), "given_by": ["o"]}],
    })
}

fn judged(gold: &Value, system: &Value) -> Vec<(usize, usize, usize, usize)> {
    let gold = load_all(gold);
    let table = score(gold.values(), &load_all(system));
    table.iter().map(|(_, r)| (r.gold, r.system, r.found, r.full)).collect()
}

fn load_all(record: &Value) -> BTreeMap<String, Loaded> {
    crate::entry::load(&record.to_string(), &BTreeMap::new()).expect("the record loads")
}

#[test]
fn a_record_agrees_with_itself() {
    assert_eq!(judged(&gold(), &gold()), [(1, 1, 1, 1); 4]);
    assert_eq!(judged(&gold(), &json!({"document": {"id": "other"}})), [(1, 0, 0, 0); 4]);
}

#[test]
fn wrong_fields_cost_what_they_carry() {
    let mut system = gold();
    system["statements"][0]["speaker"] = json!(["o"]);
    system["events"][0]["type"] = json!("COERCE");
    system["positions"][0]["conditions"] = json!([]);
    system["figures"][0]["value"] = json!([30, 50]);
    system["figures"][0]["bound"] = json!("about");
    assert_eq!(judged(&gold(), &system), [(1, 1, 1, 0), (1, 1, 0, 0), (1, 1, 1, 0), (1, 1, 1, 0)]);
    system["figures"][0]["value"] = json!(41);
    assert_eq!(judged(&gold(), &system)[3], (1, 1, 0, 0));
}

#[test]
fn a_figure_told_twice_counts_once_and_an_open_range_compares() {
    let mut twice = gold();
    let mut again = twice["figures"][0].clone();
    again["span"] = at("40 again");
    let mut open = twice["figures"][0].clone();
    open["value"] = json!([40, null]);
    twice["figures"].as_array_mut().expect("a list").extend([again, open]);
    assert_eq!(judged(&twice, &twice)[3], (2, 2, 2, 2));
}

#[test]
fn the_report_has_the_reference_form() {
    let gold = load_all(&gold());
    let text = report(&score(gold.values(), &BTreeMap::new()), 1);
    assert!(text.starts_with(
        "1 documents\nstatements  gold    1 system    0  found P   0.0 R   0.0 F1   0.0  full P   0.0 R   0.0 F1   0.0  \nevents "
    ));
}
