//! An account made in pieces is the account.

use onrecord_account::spread::{
    Member, Placed, Share, Spot, Told, grouped_apart, named, order, own, pairs, placed, shares, written,
};
use onrecord_account::{Called, Item, Kind, Line, Ref, Report, account};
use onrecord_reader::Reader;
use onrecord_record::Record;
use onrecord_text::Document;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// The stories of `specs/`, with copies.
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

/// What every thing belongs to: by its kind and name, the name of the first of its group, and why they are one.
type Groups = HashMap<(Kind, String), (String, Vec<String>)>;

/// Every step as machines would do it that see only what the step needs.
fn in_pieces(reports: &[(Document, Record)]) -> Vec<Line> {
    let (groups, mut told) = grouped(reports);
    let mut lines = name_actors(reports, &groups, &mut told);
    let mut gathered: BTreeMap<(Kind, &String), Vec<Share>> = BTreeMap::new();
    let mut reasons = HashMap::new();
    for (document, record) in reports {
        let told = &told[&document.id];
        lines.extend(own(document, record, told));
        for (kind, name, share) in shares(document, record, told) {
            let (group, why) = &groups[&(kind, name.name(kind.as_str()))];
            reasons.insert((kind, group), why);
            gathered.entry((kind, group)).or_default().push(share);
        }
    }
    lines.extend(gathered.into_iter().flat_map(|(group, shares)| written(group.0, shares, reasons[&group].clone())));
    lines.sort_by(|a, b| a.0.cmp(&b.0));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// All groups, and for each report which it copies.
fn grouped(reports: &[(Document, Record)]) -> (Groups, HashMap<String, Told>) {
    let (mut groups, mut told) = (Groups::new(), HashMap::new());
    for kind in Kind::ALL {
        let things: Vec<Placed> = reports.iter().flat_map(|(d, r)| placed(d, r)).filter(|p| p.thing.kind() == kind).collect();
        for part in components(&things) {
            for (members, why) in grouped_apart(&part) {
                let first = &part[members[0]];
                for member in members.iter().map(|&n| &part[n]) {
                    let name = member.name().name(kind.as_str());
                    groups.insert((kind, name), (first.name().name(kind.as_str()), why.clone()));
                    if kind == Kind::Document {
                        let witness = first.order.2.clone();
                        told.insert(member.order.2.clone(), Told { witness, ..Told::default() });
                    }
                }
            }
        }
    }
    (groups, told)
}

/// The lines of actors; what they are called is told to the reports that name them.
fn name_actors(reports: &[(Document, Record)], groups: &Groups, told: &mut HashMap<String, Told>) -> Vec<(Spot, Line)> {
    let mut actors: BTreeMap<&String, Vec<Member>> = BTreeMap::new();
    for (document, record) in reports {
        let things = placed(document, record).into_iter().filter(|p| p.thing.kind() == Kind::Actor);
        for (Placed { order, nth, anchor, .. }, actor) in things.zip(&record.actors) {
            let name = Ref::new(document.id.as_str(), anchor.as_str()).name("actor");
            let member = Member { order, nth, anchor, record: actor.id.clone(), called: Called::from(actor) };
            actors.entry(&groups[&(Kind::Actor, name)].0).or_default().push(member);
        }
    }
    let mut lines = Vec::new();
    for members in actors.into_values() {
        let (who, spot, line) = named(members.clone()).unwrap();
        for member in members {
            told.get_mut(&member.order.2).unwrap().who.insert(member.record, who.clone());
        }
        lines.push((spot, line));
    }
    lines
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
    let mut finds: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut under: BTreeMap<String, Vec<usize>> = BTreeMap::new();
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
