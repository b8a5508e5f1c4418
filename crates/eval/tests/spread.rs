//! An account made in pieces is the account.

use onrecord_account::spread::{Member, Placed, Told, grouped_apart, named, order, own, pairs, placed, shares, written};
use onrecord_account::{Called, Item, Kind, Line, Report, account};
use onrecord_reader::Reader;
use onrecord_record::Record;
use onrecord_text::Document;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// The stories of `specs/`, with copies and a report that comes twice.
fn read() -> Vec<(Document, Record)> {
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/stories");
    let mut files: Vec<PathBuf> = Vec::new();
    for story in std::fs::read_dir(stories).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        files.extend(
            std::fs::read_dir(story)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|p| p.extension().is_some_and(|e| e == "txt")),
        );
    }
    files.sort();
    let reader = Reader::builtin();
    let mut documents: Vec<Document> = Vec::new();
    for (n, file) in files.iter().enumerate().step_by(3) {
        let text = std::fs::read_to_string(file).unwrap();
        let mut document = Document::new(format!("d{n:03}"), text);
        document.published = (n % 7 > 0).then(|| format!("2026-03-{:02}", n % 28 + 1).parse().unwrap());
        document.outlet = (n % 2 > 0).then(|| format!("Outlet {}", n % 5));
        if n % 4 == 0 {
            let copy = Document { id: format!("copy-of-{n}"), ..document.clone() };
            documents.push(copy);
        }
        documents.push(document);
    }
    documents.into_iter().map(|document| (reader.read(&document), document)).map(|(record, document)| (document, record)).collect()
}

/// Every step as machines would do it that see only what the step needs.
fn in_pieces(reports: &[(Document, Record)]) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut group_of, mut told): (HashMap<(Kind, String), (String, Vec<String>)>, HashMap<String, Told>) = Default::default();
    for kind in Kind::ALL {
        let things: Vec<Placed> = reports.iter().flat_map(|(d, r)| placed(d, r)).filter(|p| p.thing.kind() == kind).collect();
        for (members, why) in components(&things).iter().flat_map(|part| {
            grouped_apart(part).into_iter().map(|(m, why)| (m.into_iter().map(|n| part[n].clone()).collect::<Vec<_>>(), why))
        }) {
            let first = members[0].name().name(kind.as_str());
            for member in &members {
                group_of.insert((kind, member.name().name(kind.as_str())), (first.clone(), why.clone()));
                if kind == Kind::Document {
                    told.insert(member.order.2.clone(), Told { witness: members[0].order.2.clone(), ..Told::default() });
                }
            }
        }
    }
    let mut actors: BTreeMap<&String, Vec<Member>> = BTreeMap::new();
    for (document, record) in reports {
        for (placed, actor) in placed(document, record).into_iter().filter(|p| p.thing.kind() == Kind::Actor).zip(&record.actors) {
            let member = Member {
                record: actor.id.clone(),
                called: Called::from(actor),
                order: placed.order.clone(),
                nth: placed.nth,
                anchor: placed.anchor.clone(),
            };
            actors.entry(&group_of[&(Kind::Actor, placed.name().name("actor"))].0).or_default().push(member);
        }
    }
    for members in actors.into_values() {
        let (who, spot, line) = named(members.clone()).unwrap();
        members.iter().for_each(|m| _ = told.get_mut(&m.order.2).unwrap().who.insert(m.record.clone(), who.clone()));
        lines.push((spot, line));
    }
    let mut groups: BTreeMap<(Kind, &String), (Vec<_>, Vec<String>)> = BTreeMap::new();
    for (document, record) in reports {
        let told = &told[&document.id];
        lines.extend(own(document, record, told));
        for (kind, name, share) in shares(document, record, told) {
            let (group, why) = &group_of[&(kind, name.name(kind.as_str()))];
            groups.entry((kind, group)).or_insert_with(|| (Vec::new(), why.clone())).0.push(share);
        }
    }
    lines.extend(groups.into_iter().flat_map(|((kind, _), (shares, why))| written(kind, shares, why)));
    lines.sort_by(|a, b| a.0.cmp(&b.0));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// What hangs together; of those of one identity the first stands for all, and they come to it at the end.
fn components(things: &[Placed]) -> Vec<Vec<Placed>> {
    let mut home: Vec<usize> = (0..things.len()).collect();
    let mut firsts: HashMap<String, usize> = HashMap::new();
    let mut sorted: Vec<usize> = home.clone();
    sorted.sort_by_key(|&n| (&things[n].order, things[n].nth));
    for n in sorted {
        if let Some(identity) = things[n].thing.identity() {
            home[n] = *firsts.entry(identity).or_insert(n);
        }
    }
    let (mut finds, mut under): (BTreeMap<String, Vec<usize>>, BTreeMap<String, Vec<usize>>) = Default::default();
    for n in (0..things.len()).filter(|&n| home[n] == n) {
        let keys = things[n].thing.keys();
        keys.finds.into_iter().for_each(|key| finds.entry(key).or_default().push(n));
        keys.under.into_iter().for_each(|key| under.entry(key).or_default().push(n));
    }
    let mut root: Vec<usize> = home.clone();
    let edges: BTreeSet<(usize, usize)> =
        finds.iter().flat_map(|(key, finds)| pairs(finds, under.get(key).map_or(&[], Vec::as_slice), things)).collect();
    for (a, b) in edges {
        let (a, b) = (root[a], root[b]);
        root.iter_mut().filter(|r| **r == b).for_each(|r| *r = a);
    }
    let mut parts: BTreeMap<usize, Vec<Placed>> = BTreeMap::new();
    (0..things.len()).for_each(|n| parts.entry(root[home[n]]).or_default().push(things[n].clone()));
    parts.into_values().collect()
}

#[test]
fn in_pieces_it_is_the_same_account() {
    let mut reports = read();
    let whole: Vec<Report> = reports.iter().map(|(document, record)| Report { document, record }).collect();
    let expected = account(&whole, &[]).lines;
    let merged = expected.iter().filter(|line| matches!(line, Line::Event { reports, .. } if reports.len() > 1)).count();
    assert!(merged > 5, "{merged} events told more than once");
    reports.reverse();
    let found = in_pieces(&reports);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(serde_json::to_string(found).unwrap(), serde_json::to_string(expected).unwrap());
    }
    assert_eq!(found.len(), expected.len());
    assert!(reports.iter().all(|(document, _)| order(document).2 == document.id));
}
