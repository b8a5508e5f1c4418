//! Putting readings right at the command line.

mod program;

use program::Kept;

const REPORTS: &str = r#"{"id":"a1","published":"2026-03-03","outlet":"Herald","text":"Rebels attacked an army post near Gao in Mali on Monday, killing 12 soldiers, the army said."}
{"id":"a2","published":"2026-03-03","outlet":"Radio Sahel","text":"At least 15 soldiers were killed on Monday when rebels attacked an army post near Gao, residents said."}
{"id":"b1","published":"2026-03-04","outlet":"Post","text":"“We will not pay,” Élise Moreau said. France's government refused to pay Mali."}
"#;

/// The id of the one object that is printed.
fn one(kept: &Kept, arguments: &[&str]) -> String {
    let found = kept.run(arguments).fine().each("id");
    assert_eq!(found.len(), 1, "{arguments:?}");
    found[0].clone()
}

#[test]
fn a_field_is_put_right_shown_and_taken_back() {
    let kept = Kept::new(REPORTS);
    let before = kept.run(&["export"]).fine().out;
    let attack = one(&kept, &["events", "type:assault"]);
    let made = kept.run(&["correct", &attack, "type", "Protest", "--why", "a march"]).fine();
    assert!(
        made.err.contains("was ASSAULT and is PROTEST; `onrecord undo 1`") && made.err.contains("`onrecord undo 2`"),
        "{made:?}"
    );
    assert_eq!(one(&kept, &["events", "type:protest"]), attack, "the name stays");
    assert!(kept.run(&["events", "type:assault"]).fine().out.is_empty());
    let why = kept.run(&["why", &attack, "--format", "human"]).fine().out;
    assert!(why.contains("What people put right") && why.contains("type of ASSAULT@7 in a1 was ASSAULT and is PROTEST"), "{why}");
    assert!(why.contains(": a march, ") && why.contains(" by ann"), "{why}");
    let log = kept.run(&["log", "--format", "csv"]).fine().out;
    assert_eq!(
        log.lines().filter(|line| line.contains(",ann,correct,event-") && line.contains(",type,ASSAULT,PROTEST,a march,")).count(),
        2
    );
    kept.run(&["correct", &attack, "place", "Timbuktu", "--in", "a1", "--why", "as printed elsewhere"]).fine();
    let placed: Vec<_> = kept.run(&["events", "place:Timbuktu"]).fine().objects();
    assert_eq!(placed[0]["place"]["country"], "MLI", "found on the map");
    // One series of numbers for both.
    let other = kept.run(&["events", "type:reject"]).fine().each("id").remove(0);
    kept.run(&["never", &attack, &other, "--why", "x"]).fine();
    assert_eq!(kept.run(&["log"]).fine().each("id"), ["1", "2", "3", "4"]);
    for number in ["3", "1", "4", "2"] {
        assert!(kept.run(&["undo", number]).fine().err.contains("taken back"));
    }
    assert_eq!(kept.run(&["export"]).fine().out, before);
    let again = kept.run(&["undo", "1"]);
    assert!(again.code == Some(2) && again.err.contains("taken back before"), "{again:?}");
}

#[test]
fn what_is_one_reports_own_word_needs_the_report() {
    let kept = Kept::new(REPORTS);
    let toll = one(&kept, &["figures", "type:assault"]);
    let which = kept.run(&["correct", &toll, "value", "14", "--why", "x"]);
    assert!(which.code == Some(2) && which.err.contains("a1 (f1), a2 (f1): say in which"), "{which:?}");
    kept.run(&["correct", &toll, "value", "13-14", "--why", "x", "--in", "a2"]).fine();
    assert!(kept.run(&["figures", "--format", "csv"]).fine().out.contains("13"), "{:?}", kept.run(&["figures", "--format", "csv"]));
    for (arguments, says) in [
        (vec!["correct", &toll, "value", "many", "--why", "x", "--in", "a1"], "24-99"),
        (vec!["correct", &toll, "value", "1", "--why", "x", "--in", "b1"], "it is told by a1 (f1), a2 (f1)"),
        (vec!["correct", &toll, "colour", "red", "--why", "x", "--in", "a1"], "there are value, bound"),
        (vec!["correct", &toll, "value", "1", "--in", "a1"], "--why"),
        (vec!["accept", "event-0000000000000000"], "names nothing"),
        (vec!["accept", "actor-0000000000000000"], "and nothing else"),
    ] {
        let run = kept.run(&arguments);
        assert!(run.code == Some(2) && run.err.contains(says), "{run:?}");
    }
}

#[test]
fn what_was_looked_at_is_gold_and_corrections_are_examples() {
    let kept = Kept::new(REPORTS);
    let waiting = |kept: &Kept| kept.run(&["review", "--limit", "1000"]).fine().objects();
    let all = waiting(&kept);
    let of_b1: Vec<_> = all.iter().filter(|one| one["document"] == "b1").collect();
    assert!(of_b1.len() > 1 && all.len() > of_b1.len());
    let speech = of_b1.iter().find(|one| one["kind"] == "statement").expect("Moreau speaks");
    kept.run(&["correct", speech["name"].as_str().unwrap(), "act", "threaten", "--why", "she warns them"]).fine();
    assert!(kept.run(&["export", "--as", "gold"]).fine().err.contains("0 reports written"));
    let refused = of_b1.iter().find(|one| one["kind"] != "statement").unwrap();
    kept.run(&["reject", refused["name"].as_str().unwrap(), "--why", "another matter"]).fine();
    for one in of_b1.iter().filter(|one| one["name"] != speech["name"] && one["name"] != refused["name"]) {
        kept.run(&["accept", one["name"].as_str().unwrap(), "--in", "b1"]).fine();
    }
    assert!(waiting(&kept).iter().all(|one| one["document"] != "b1"));
    let gold = kept.run(&["export", "--as", "gold"]).fine();
    assert_eq!(gold.ids(), ["b1"]);
    let (document, record) = onrecord_record::json::from_str(gold.out.trim()).unwrap();
    assert!(document.text.contains("Élise"));
    assert!(record.statements.iter().any(|s| s.act == onrecord_record::Act::Threaten));
    assert!(!gold.out.contains(&format!("\"id\":{}", refused["record"])), "{}", gold.out);
    let examples = kept.run(&["export", "--as", "corrections"]).fine().objects();
    let example = &examples[0];
    assert_eq!((&example["field"], &example["person"], &example["who"]), (&"act".into(), &"threaten".into(), &"ann".into()));
    assert_ne!(example["machine"], example["person"]);
    let span = example["evidence"][0].as_array().unwrap();
    let points: Vec<usize> = span.iter().map(|n| n.as_u64().unwrap() as usize).collect();
    let words: String = document.text.chars().skip(points[0]).take(points[1] - points[0]).collect();
    assert_eq!(example["words"][0], words.as_str());
    assert_eq!(examples.len(), of_b1.len());
}

#[test]
fn what_is_put_right_outlives_another_reading() {
    let kept = Kept::new(REPORTS);
    let attack = one(&kept, &["events", "type:assault"]);
    kept.run(&["correct", &attack, "factuality", "uncertain", "--in", "a1", "--why", "x"]).fine();
    let mended = kept.run(&["export"]).fine().out;
    let again = kept.run(&["reread", "--all"]).fine();
    assert!(again.out.is_empty() && again.err.contains("0 changed"), "{again:?}");
    assert_eq!(kept.run(&["export"]).fine().out, mended);
    {
        // An older program found nothing there.
        let mut store = onrecord_store::Store::open(kept.file("x.db").as_path()).unwrap();
        let document = store.kept("a1").unwrap().document;
        let nothing = onrecord_store::Prepared::new(document, &onrecord_record::Record::default(), "0.0.1", None);
        store.add([nothing], "2026-03-09").unwrap();
    }
    let check = kept.run(&["check"]);
    assert!(check.code == Some(1) && check.out.contains("correction 1 has nothing to stand on"), "{check:?}");
    kept.run(&["reread"]).fine();
    assert_eq!(kept.run(&["export"]).fine().out, mended);
    kept.run(&["check"]).fine();
}
