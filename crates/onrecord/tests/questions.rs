//! Questions at the command line.

mod program;

use program::Kept;

/// Small reports of our own, one a line: a raid with three tolls, a copy, an offer that is refused.
const REPORTS: &str = r#"{"id":"a1","published":"2026-03-03","outlet":"Herald","title":"Army post attacked near Gao","text":"Rebels attacked an army post near Gao in Mali on Monday, killing 12 soldiers, the army said. Colonel Issa Diarra said the attackers had come from the desert."}
{"id":"a2","published":"2026-03-03","outlet":"Radio Sahel","title":"Soldiers killed","text":"At least 15 soldiers were killed on Monday when rebels attacked an army post near Gao, residents said. Mali's government promised a reply."}
{"id":"a3","published":"2026-03-05","outlet":"Herald","title":"Toll rises to 14","text":"The army said 14 soldiers had been killed in Monday's attack on its post near Gao. It had spoken of 12 before."}
{"id":"b1","published":"2026-03-04","outlet":"Herald","title":"Norway offers talks","text":"Norway offered on Tuesday to host talks between Chad and Sudan. Norwegian Foreign Minister Kari Solberg said both had accepted. Sudan accepted the offer of talks in Norway."}
{"id":"b2","published":"2026-03-06","outlet":"Post","title":"Sudan refuses","text":"Sudan refused to take part in talks in Norway. \"We will not sit at that table,\" Sudanese Foreign Minister Adil Omar said."}
{"id":"c1","published":"2026-03-03","outlet":"Wire","title":"Attack near Gao","text":"Rebels attacked an army post near Gao in Mali on Monday, killing 12 soldiers, the army said. Colonel Issa Diarra said the attackers had come from the desert. More soon."}
"#;

#[test]
fn one_language_asks_for_everything() {
    let kept = Kept::new(REPORTS);
    assert_eq!(kept.run(&["search", "type:assault outlet:Herald"]).fine().each("id"), ["a3", "a1"]);
    assert_eq!(kept.run(&["search", "\"sit at that table\""]).fine().each("title"), ["Sudan refuses"]);
    let events = kept.run(&["events", "type:assault", "since:2026-03"]).fine();
    assert_eq!(events.each("type"), ["ASSAULT"]);
    assert_eq!(kept.run(&["events", "--type", "assault", "--since", "2026-03"]).fine().out, events.out, "the same as flags");
    assert_eq!(kept.run(&["events", "since:2026-03", "--type", "ASSAULT"]).fine().out, events.out, "both together");
    assert!(kept.run(&["statements", "who:solberg"]).fine().objects().len() == 1);
    assert!(kept.run(&["figures", "type:assault", "--conflicts"]).fine().objects().len() == 1);
    assert_eq!(kept.run(&["actors", "who:solberg"]).fine().each("name"), ["Kari Solberg"]);
    let nothing = kept.run(&["events", "who:nobody"]).fine();
    assert!(nothing.out.is_empty() && nothing.err.contains("no events fit"), "{nothing:?}");
}

#[test]
fn what_is_wrongly_asked_is_said_with_what_to_do() {
    let kept = Kept::new(REPORTS);
    for (question, says) in [
        (["search", "whom:Norway"], "who:, to:, type:"),
        (["events", "type:offer"], "no event is that"),
        (["statements", "place:MLI"], "leave it out"),
        (["search", "type:aid OR talks"], "whole question"),
        (["search", "(talks"], "not closed"),
        (["events", "since:soon"], "2026-03-01"),
    ] {
        let run = kept.run(&question);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.err.contains(says), "{run:?}");
    }
}

#[test]
fn every_format_holds_all_of_it() {
    let kept = Kept::new(REPORTS);
    let rows = kept.run(&["search", "Gao"]).fine().objects().len();
    let json: serde_json::Value = serde_json::from_str(&kept.run(&["search", "Gao", "--format", "json"]).fine().out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), rows);
    let csv = kept.run(&["search", "Gao", "--format", "csv"]).fine().out;
    assert_eq!(csv.lines().count(), rows + 1);
    assert!(csv.starts_with("id,published,outlet,title,words\n"), "{csv}");
    let table = kept.run(&["search", "Gao", "--format", "table"]).fine().out;
    assert!(["a1", "a2", "a3", "c1"].iter().all(|id| table.contains(id)), "{table}");
    assert!(kept.run(&["search", "--help"]).fine().out.contains("single quotes"));
}

#[test]
fn positions_are_had_as_they_stood_on_a_day() {
    let kept = Kept::new(REPORTS);
    let now = kept.run(&["positions", "who:sudan", "talks"]).fine();
    assert_eq!(now.objects()[0]["history"].as_array().unwrap().len(), 2, "{now:?}");
    let then = kept.run(&["positions", "who:sudan", "talks", "--as-of", "2026-03-05"]).fine();
    let objects = then.objects();
    assert_eq!(objects.len(), 1, "{then:?}");
    assert_eq!((objects[0]["held"].as_str(), objects[0]["as_of"].as_str()), (Some("acceptance"), Some("2026-03-05")));
    assert_eq!(objects[0]["history"].as_array().unwrap().len(), 1);
    assert_eq!(
        kept.run(&["positions", "who:sudan", "--as-of", "2026-03", "--format", "csv"]).fine().out.lines().next(),
        Some("id,holder,issue,held,moves,latest,reports")
    );
    assert!(kept.run(&["positions", "--as-of", "2026-02"]).fine().out.is_empty());
}

#[test]
fn a_timeline_is_day_by_day_in_every_format() {
    let kept = Kept::new(REPORTS);
    let all = kept.run(&["timeline"]).fine();
    assert!(all.each("date").is_sorted() && all.objects().len() > 8, "{all:?}");
    let kinds = all.each("kind");
    assert!(["event", "figure", "position", "statement"].iter().all(|kind| kinds.iter().any(|k| k == kind)), "{kinds:?}");
    let attack = all.objects().into_iter().find(|moment| moment["witnesses"] == 3).expect("four reports, one a copy");
    assert_eq!((attack["reports"].as_u64(), attack["date"].as_str()), (Some(4), Some("2026-03-02")));
    assert!(all.each("says").iter().any(|says| says.contains("cannot hold with at least 15 (residents, in Radio Sahel)")));
    assert!(all.each("says").iter().any(|says| says.contains("(before: acceptance)")));
    let late = kept.run(&["timeline", "since:2026-03-05"]).fine().each("date");
    assert!(!late.is_empty() && late.iter().all(|date| date.as_str() >= "2026-03-05"), "{late:?}");
    let csv = kept.run(&["timeline", "--format", "csv"]).fine().out;
    assert_eq!(csv.lines().count(), kinds.len() + 1);
    let markdown = kept.run(&["timeline", "place:MLI", "--format", "md"]).fine().out;
    assert!(markdown.contains("## 2 March 2026\n\nOn 2 March 2026, Rebels attacked"), "{markdown}");
    assert!(markdown.contains("[^1]: “Rebels attacked an army post near Gao"), "{markdown}");
}

#[test]
fn a_brief_has_a_footnote_for_every_sentence() {
    let kept = Kept::new(REPORTS);
    let brief = kept.run(&["brief", "who:norway"]).fine().out;
    let sentences: Vec<&str> = brief.lines().filter(|line| line.contains("<!-- ")).collect();
    assert!(sentences.len() > 2 && sentences.iter().all(|line| line.contains(".[^")), "{brief}");
    assert_eq!(brief.matches("\n[^").count(), brief.matches("[^").count() / 2, "each mark has its note: {brief}");
    assert!(brief.contains("## Where parties stand") && brief.contains("Herald, Norway offers talks, 2026-03-04 (b1)"), "{brief}");
    let file = kept.file("brief.md");
    kept.run(&["brief", "who:norway", "-o", file.to_str().unwrap()]).fine();
    assert_eq!(std::fs::read_to_string(file).unwrap(), brief);
}

#[test]
fn decisions_say_what_they_change_and_why_knows_them() {
    let kept = Kept::new(REPORTS);
    let attack = kept.run(&["events", "type:assault"]).fine().each("id").remove(0);
    let why = kept.run(&["why", &attack, "--format", "human"]).fine().out;
    for says in ["Told by 4 reports, of which 3 do not copy", "events.tsv: attack ASSAULT", "Why they are one", "[1] and [2]: "] {
        assert!(why.contains(says), "{says}: {why}");
    }
    let split = kept.run(&["split", &attack, "a2", "--why", "another post", "--by", "ann"]).fine();
    assert!(split.err.contains("`onrecord undo 1`") && split.err.contains(&format!("now, apart from {attack}\n")), "{split:?}");
    assert_eq!(kept.run(&["events", "type:assault"]).fine().objects().len(), 2);
    assert!(kept.run(&["why", &attack, "--format", "human"]).fine().out.contains("are not one: another post"));
    let changes = kept.run(&["changes"]).fine();
    assert!(changes.each("verb").contains(&"split".to_owned()), "{changes:?}");
    let last = changes.each("id").pop().unwrap();
    assert!(kept.run(&["changes", "--after", &last]).fine().out.is_empty());
    let numbers = kept.run(&["log"]).fine().each("id");
    for number in &numbers {
        assert!(kept.run(&["undo", number]).fine().err.contains("is taken back: never event-"));
    }
    assert!(kept.run(&["why", &attack]).fine().out.contains("\"document\": \"a2\""));
    assert!(kept.run(&["log", "--format", "table"]).fine().out.contains("taken back"));
    assert_eq!(kept.run(&["split", &attack, "b1"]).code, Some(2));
    assert_eq!(kept.run(&["why", "event-0000000000000000"]).code, Some(2));
}

#[test]
fn sql_is_asked_and_does_nothing_else() {
    let kept = Kept::new(REPORTS);
    let rows = kept.run(&["sql", "SELECT type, count(*) AS n FROM event GROUP BY type ORDER BY type"]).fine();
    assert!(rows.each("type").contains(&"ASSAULT".to_owned()) && rows.objects().iter().all(|row| row["n"].is_i64()), "{rows:?}");
    assert_eq!(kept.run(&["sql", "SELECT id FROM event WHERE 1 = 0", "--format", "csv"]).fine().out, "id\n");
    assert!(kept.run(&["sql", "SELECT text FROM document"]).fine().out.contains("<binary: "));
    assert!(kept.run(&["sql"]).fine().each("view").contains(&"telling".to_owned()));
    let refused = kept.run(&["sql", "DROP TABLE document"]);
    assert!(refused.code == Some(2) && refused.err.contains("only questions"), "{refused:?}");
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    assert!(kept.run(&["sql", "--timeout", "1", endless]).err.contains("--timeout"));
}

#[test]
fn reports_of_an_older_version_are_read_again() {
    let kept = Kept::new(REPORTS);
    assert!(kept.run(&["reread"]).fine().err.contains("0 reports read again"));
    let everything = kept.run(&["export"]).fine().out;
    {
        let mut store = onrecord_store::Store::open(kept.file("x.db").as_path()).unwrap();
        let onrecord_store::Kept { document, mut record, .. } = store.kept("b2").unwrap();
        let lost = record.positions.len();
        record.positions.clear();
        record.events.iter_mut().for_each(|event| event.kind = onrecord_record::EventType::Aid);
        assert!(lost > 0 && !record.events.is_empty());
        store.add([onrecord_store::Prepared::new(document, &record, "0.0.1", None)], "2026-03-09").unwrap();
    }
    let worse = kept.run(&["export"]).fine().out;
    assert_ne!(worse, everything);
    let dry = kept.run(&["reread", "--dry-run"]).fine();
    assert!(dry.err.contains("1 report read again: 1 changed") && dry.err.contains("nothing was written"), "{dry:?}");
    assert_eq!(kept.run(&["export"]).fine().out, worse);
    let again = kept.run(&["reread"]).fine();
    assert_eq!(again.out, dry.out, "what it said it would do");
    let changed: Vec<_> = again.objects().into_iter().filter(|row| row["kind"] == "event").collect();
    assert!(!changed.is_empty() && changed.iter().all(|row| row["is"] == "changed" && row["report"] == "b2"), "{again:?}");
    assert!(changed[0]["before"].as_str().unwrap().contains("AID") && changed[0]["after"].as_str().unwrap().contains("REJECT"));
    assert!(again.objects().iter().any(|row| row["is"] == "added" && row["kind"] == "position"));
    assert_eq!(kept.run(&["export"]).fine().out, everything);
    let all = kept.run(&["reread", "--all"]).fine();
    assert!(all.out.is_empty() && all.err.contains("6 reports read again: 0 changed"), "{all:?}");
}
