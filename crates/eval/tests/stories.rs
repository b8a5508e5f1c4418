//! The reports in specs/stories/ give the account they must give, as far as the reader finds what they tell.

use onrecord_eval::stories::{self, Gold, Scores};
use onrecord_reader::Reader;

fn scores(folder: &str) -> Scores {
    let gold = Gold::load(&stories::folder().join(folder)).unwrap_or_else(|faults| panic!("{faults}"));
    stories::score(&gold, &stories::read(&gold, &Reader::builtin()))
}

/// Pairwise F1 of events over the tellings that the reader found, in per cent.
fn event_f1(scores: &Scores) -> f64 {
    scores.kinds.iter().find(|k| k.name == "events").expect("events are scored").found.f1()
}

#[test]
fn events_told_by_several_reports_are_one_and_look_alikes_are_not() {
    // What is reached, so that it is not lost; 90 over all tellings is the aim. The fourth set was never tuned on.
    let floors =
        [("first", 97.0, 1), ("second", 95.0, 0), ("third", 99.0, 0), ("fourth", 62.0, 0), ("fifth", 84.0, 0), ("sixth", 72.0, 0)];
    for (folder, floor, wrong) in floors {
        let scores = scores(folder);
        let errors = scores.errors.join("\n");
        assert!(event_f1(&scores) >= floor, "{folder}: {scores}\n{errors}");
        assert!(scores.merged.len() <= wrong, "{folder}: {scores}\n{errors}");
        assert_eq!(scores.copies.f1(), 100.0, "{folder}: {scores}\n{errors}");
    }
}

#[test]
fn every_folder_of_stories_can_be_read_and_tells_apart() {
    let folders = stories::all().expect("specs/stories/ can be listed");
    assert!(folders.len() >= 2, "{folders:?}");
    for folder in folders {
        let gold = Gold::load(&folder).unwrap_or_else(|faults| panic!("{faults}"));
        assert!(gold.documents.len() >= 10 && !gold.apart.is_empty() && !gold.copies.is_empty(), "{}", folder.display());
        let twice = |groups: &[stories::Group]| groups.iter().any(|g| g.told.len() > 1);
        assert!(twice(&gold.events) && twice(&gold.actors), "{}", folder.display());
    }
}
