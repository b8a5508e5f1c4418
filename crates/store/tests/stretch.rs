//! Stretches of the timeline, of both databases.

mod places;
mod reports;

use onrecord_account::{Kind, Line};
use onrecord_store::{Asked, Prepared, Store, Stretch};
use places::fresh;
use reports::REPORTS;

const DAY: &str = "2026-03-09T12:00:00Z";

fn everywhere(test: impl Fn(&Store)) {
    let reports = reports::read(&REPORTS);
    for place in fresh() {
        let mut store = Store::create(place.at.clone()).unwrap();
        store.add(reports.iter().map(|(document, record)| Prepared::new(document.clone(), record, "test", None)), DAY).unwrap();
        test(&store);
    }
}

fn kinds(stretch: &Stretch) -> [usize; 4] {
    let mut counts = [0; 4];
    for line in &stretch.lines {
        match line {
            Line::Event { .. } => counts[0] += 1,
            Line::Figure { .. } => counts[1] += 1,
            Line::Position { .. } => counts[2] += 1,
            Line::Statement { .. } => counts[3] += 1,
            Line::Actor { .. } | Line::Document { .. } => unreachable!("no part of a timeline"),
        }
    }
    counts
}

#[test]
fn with_room_for_all_a_stretch_is_the_story() {
    everywhere(|store| {
        let stretch = store.stretch(&Asked::default(), 100).unwrap();
        assert_eq!((stretch.since, stretch.cut), (None, false));
        let mut told: Vec<String> = stretch.lines.iter().map(|line| line.id().to_owned()).collect();
        let mut story: Vec<String> = store.story(&Asked::default()).unwrap().iter().map(|line| line.id().to_owned()).collect();
        told.sort();
        story.sort();
        assert_eq!(told, story);
    });
}

#[test]
fn stretches_follow_each_other_and_miss_nothing() {
    everywhere(|store| {
        let all = kinds(&store.stretch(&Asked::default(), 100).unwrap());
        let (mut asked, mut seen, mut stretches) = (Asked::default(), Vec::new(), 0);
        for _ in 0..20 {
            let stretch = store.stretch(&asked, 5).unwrap();
            let [events, _, positions, statements] = kinds(&stretch);
            assert!(!stretch.cut && events <= 5 && positions <= 5 && statements <= 5, "{stretch:?}");
            stretches += 1;
            seen.extend(stretch.lines.iter().map(|line| line.id().to_owned()));
            match stretch.since {
                Some(since) => asked.until = Some(since - 1),
                None => break,
            }
        }
        seen.sort();
        seen.dedup();
        assert!(stretches > 1);
        assert_eq!(seen.len(), all.iter().sum::<usize>(), "{seen:?}");
    });
}

#[test]
fn a_day_with_more_than_there_is_room_for_says_so() {
    everywhere(|store| {
        let stretch = store.stretch(&Asked { since: Some(20_518), ..Asked::default() }, 1).unwrap();
        assert!(stretch.cut && stretch.since == Some(20_518), "{stretch:?}");
    });
}

#[test]
fn a_number_that_is_corrected_later_stands_with_the_later_day() {
    everywhere(|store| {
        // The third report, of 5 March, tells the raid of the 2nd again with another number.
        let late = Asked { until: Some(20_517), ..Asked::default() };
        let stretch = store.stretch(&late, 3).unwrap();
        assert!(stretch.since.is_some_and(|since| since > 20_514), "the day of the raid is on another page: {stretch:?}");
        let revised = stretch.lines.iter().any(|line| match line {
            Line::Figure { series, .. } => series.iter().any(|told| told.published.as_deref() == Some("2026-03-05")),
            _ => false,
        });
        assert!(revised, "{stretch:?}");
    });
}

#[test]
fn days_are_counted_by_events_and_by_tellings() {
    everywhere(|store| {
        let strip = store.strip(Kind::Event, &"type:assault".parse().unwrap()).unwrap();
        assert!(strip.whole);
        let (events, tellings) = strip.days.iter().fold((0, 0), |(e, t), day| (e + day.lines, t + day.tellings));
        assert_eq!((events, tellings), (1, 3), "{strip:?}");
        assert!(strip.days.windows(2).all(|two| two[0].day < two[1].day));
        assert!(store.strip(Kind::Event, &"place:FRA".parse().unwrap()).unwrap().days.is_empty());
    });
}

#[test]
fn a_report_without_its_record_is_the_report() {
    everywhere(|store| {
        assert_eq!(store.report("a1").unwrap(), store.kept("a1").unwrap().document);
        assert!(matches!(store.report("none"), Err(onrecord_store::StoreError::Unknown(_))));
    });
}
