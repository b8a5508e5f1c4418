//! Actors by all that is said of them, reports page by page, a report among the others: of both databases.

mod places;
mod reports;

use onrecord_account::{Kind, Line};
use onrecord_store::{Asked, Prepared, Store, figure_names};
use places::fresh;
use reports::REPORTS;

const DAY: &str = "2026-03-09T12:00:00Z";

fn everywhere(test: impl Fn(&mut Store)) {
    let reports = reports::read(&REPORTS);
    for place in fresh() {
        let mut store = Store::create(place.at.clone()).unwrap();
        store.add(reports.iter().map(|(document, record)| Prepared::new(document.clone(), record, "test", None)), DAY).unwrap();
        test(&mut store);
    }
}

fn asked(query: &str) -> Asked {
    query.parse().unwrap()
}

fn actor(store: &Store, query: &str) -> String {
    store.ask(Kind::Actor, &asked(query)).unwrap()[0].id().to_owned()
}

#[test]
fn a_profile_has_the_names_the_roles_and_when_they_were_given() {
    everywhere(|store| {
        let name = actor(store, "who:solberg");
        let profile = store.profile(&name).unwrap().unwrap();
        assert_eq!((profile.name.as_str(), profile.reports, profile.opened), (name.as_str(), 1, 1));
        assert!(profile.names.iter().any(|(name, times)| name.contains("Solberg") && *times == 1), "{profile:?}");
        let role = profile.roles.iter().find(|role| role.role.contains("Minister")).expect("a role");
        let [first, last] = role.seen.as_ref().unwrap();
        assert_eq!((first.document.as_str(), last.published.as_deref()), ("b1", Some("2026-03-04")));
        assert_eq!(store.profile("actor-0000000000000000").unwrap(), None);
        assert_eq!(store.profile(store.ask(Kind::Event, &asked("")).unwrap()[0].id()).unwrap(), None);
    });
}

#[test]
fn doings_are_the_lines_in_which_an_actor_has_that_part() {
    everywhere(|store| {
        for name in store.ask(Kind::Actor, &asked("")).unwrap().iter().map(|line| line.id().to_owned()) {
            let doings = store.doings(&name, 20, 5).unwrap();
            let is_in = |who: &[onrecord_account::Who]| who.iter().any(|who| who.id == name);
            assert!(doings.said.lines.iter().all(|line| matches!(line, Line::Statement { speaker, .. } if is_in(speaker))));
            // Of several tellings another may name it.
            let told = |line: &Line, of: fn(&Line) -> &[onrecord_account::Who]| match line {
                Line::Event { reports, .. } => is_in(of(line)) || reports.len() > 1,
                _ => false,
            };
            let sides: [fn(&Line) -> &[onrecord_account::Who]; 2] = [
                |line| if let Line::Event { actors, .. } = line { actors } else { &[] },
                |line| if let Line::Event { recipients, .. } = line { recipients } else { &[] },
            ];
            assert!(doings.did.lines.iter().all(|line| told(line, sides[0])));
            assert!(doings.suffered.lines.iter().all(|line| told(line, sides[1])));
            let all = store.ask(Kind::Statement, &asked("")).unwrap();
            let said = all.iter().filter(|line| matches!(line, Line::Statement { speaker, .. } if is_in(speaker))).count();
            assert_eq!(doings.said.count, said, "{name}");
            assert!(doings.whole && doings.with.iter().all(|(who, count)| who.id != name && *count > 0));
            // With whom is mutual.
            for (who, count) in &doings.with {
                let back = store.doings(&who.id, 1, 50).unwrap().with;
                assert!(back.iter().any(|(other, times)| other.id == name && times == count), "{name} {who:?}");
            }
        }
        let army = store.doings(&actor(store, "who:sudan"), 1, 5).unwrap();
        assert!(army.wants.count + army.did.count + army.said.count > 0 && army.did.lines.len() <= 1, "{army:?}");
    });
}

#[test]
fn reports_come_page_by_page_as_they_do_at_once() {
    everywhere(|store| {
        for query in ["", "Gao", "outlet:Herald", "type:assault"] {
            let all = store.search(&asked(query)).unwrap();
            let (mut paged, mut skip) = (Vec::new(), 0);
            loop {
                let found = store.search_behind(&Asked { limit: Some(2), ..asked(query) }, skip).unwrap();
                paged.extend(found.hits);
                match found.next {
                    Some(next) => skip = next,
                    None => break,
                }
            }
            assert_eq!(paged, all, "{query}");
            let outlets = store.outlets(&asked(query)).unwrap();
            assert_eq!(outlets.outlets.iter().map(|(_, count)| count).sum::<usize>(), all.len(), "{query} {outlets:?}");
            assert_eq!(outlets.reports, all.len());
            assert!(outlets.whole && outlets.outlets.iter().any(|(name, _)| name == "Herald"), "{query} {outlets:?}");
        }
        assert!(store.search_behind(&asked(""), 1_000_000).is_err());
    });
}

#[test]
fn a_report_knows_its_cast_and_a_why_its_first_sources() {
    everywhere(|store| {
        assert!(matches!(store.report_line("a1").unwrap(), Line::Document { id, .. } if id == "a1"));
        assert!(store.report_line("zz").is_err());
        let kept = store.kept("a1").unwrap();
        let cast = store.cast("a1").unwrap();
        assert_eq!(cast.len(), kept.record.actors.len());
        for (id, name) in cast {
            let actor = kept.record.actors.iter().find(|actor| actor.id == id).unwrap();
            let profile = store.profile(&name).unwrap().unwrap();
            assert!(profile.names.iter().any(|(name, _)| *name == actor.name), "{profile:?}");
        }
        for (_, name) in figure_names("a1", &kept.record) {
            assert!(store.why(&name).unwrap().line.is_some(), "{name}");
        }
        let attack = store.ask(Kind::Event, &asked("type:assault")).unwrap()[0].clone();
        let (whole, first) = (store.why(attack.id()).unwrap(), store.why_of_first(attack.id(), 2).unwrap());
        assert_eq!((first.sources.as_slice(), &first.line), (&whole.sources[..2], &whole.line));
        assert!(first.joined.iter().all(|pair| pair.b < 2));
        let Line::Event { figures, .. } = &attack else { panic!("{attack:?}") };
        let series: Vec<String> = store.series_of(attack.id()).unwrap().iter().map(|line| line.id().to_owned()).collect();
        assert_eq!(&series, figures);
    });
}
