//! What can be done for a report before its turn at the store comes, on any thread.

use crate::find::searched;
use crate::pack::{digest, pack, pack_beside, pack_record};
use crate::queue::{Doubt, doubts};
use onrecord_account::{Called, Cast, Days, Item, Keys, Kind, Ref, Thing};
use onrecord_record::{ActorKind, Id, Place, Record};
use onrecord_text::Document;

/// A report ready to be kept: packed, its things taken apart and hashed.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) document: Document,
    pub(crate) digest: String,
    pub(crate) text: Vec<u8>,
    pub(crate) original: Option<Vec<u8>>,
    pub(crate) record: Vec<u8>,
    pub(crate) version: String,
    /// Title and text as they are searched.
    pub(crate) words: String,
    pub(crate) things: Vec<Ready>,
    /// Anchors of figures.
    pub(crate) figures: Vec<String>,
    /// How doubtful each record is.
    pub(crate) doubts: Vec<Doubt>,
}

/// A thing with everything the store files it under.
#[derive(Debug)]
pub(crate) struct Ready {
    pub kind: Kind,
    /// Its place among those of its kind.
    pub number: usize,
    pub anchor: String,
    /// The number in its name.
    pub code: i64,
    /// Its id in the record.
    pub record: Id,
    /// What is said of an actor, as JSON.
    pub told: Option<String>,
    pub thing: Thing,
    /// The thing as it is kept.
    pub compared: Vec<u8>,
    pub under: Vec<i64>,
    pub finds: Vec<i64>,
    pub identity: Option<i64>,
    pub facets: Facets,
    /// Role and place among the actors.
    pub parts: Vec<(&'static str, usize)>,
}

/// What questions filter by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facets {
    pub what: Option<String>,
    pub days: Option<Days>,
    pub place: Option<String>,
    pub country: Option<String>,
    pub factuality: Option<String>,
}

impl Prepared {
    /// Packs a report whose record the program of this version made. `original` are the bytes it came as, where they are not its text.
    pub fn new(document: Document, record: &Record, version: &str, original: Option<&[u8]>) -> Self {
        Prepared {
            digest: digest(&document),
            text: pack(document.text.as_bytes()),
            original: original.filter(|bytes| *bytes != document.text.as_bytes()).map(|bytes| pack_beside(&document.text, bytes)),
            record: pack_record(record),
            version: version.to_owned(),
            things: all_ready(&document, record),
            figures: record.figures.iter().map(onrecord_account::figure_anchor).collect(),
            doubts: doubts(record, |_| false),
            words: searched(document.title.as_deref(), &document.text),
            document,
        }
    }

    /// Keeps it under another id; what it is called in the account follows.
    pub(crate) fn rename(&mut self, id: &str) {
        self.document.id = id.to_owned();
        for ready in &mut self.things {
            ready.code = Ref::new(id, ready.anchor.as_str()).code(ready.kind.as_str());
        }
    }
}

/// All things of a report.
pub(crate) fn all_ready(document: &Document, record: &Record) -> Vec<Ready> {
    let cast = Cast::new(document, &record.actors);
    Kind::ALL.into_iter().flat_map(|kind| ready(kind, document, record, &cast)).collect()
}

pub(crate) fn ready(kind: Kind, document: &Document, record: &Record, cast: &Cast) -> Vec<Ready> {
    let things = Thing::of_kind(kind, document, record, cast);
    let one = |(number, (anchor, thing)): (usize, (String, Thing))| {
        let keys = thing.keys();
        Ready {
            kind,
            number,
            code: Ref::new(document.id.as_str(), anchor.as_str()).code(kind.as_str()),
            record: id(kind, record, number),
            told: (kind == Kind::Actor).then(|| Called::from(&record.actors[number]).to_json()),
            anchor,
            under: hashes(kind, &keys.under),
            finds: hashes(kind, &keys.finds),
            identity: thing.identity().map(|identity| hash(kind, &identity)),
            facets: facets(kind, document, record, number),
            compared: if keys == Keys::default() { Vec::new() } else { thing.to_bytes() },
            thing,
            parts: parts(kind, record, number),
        }
    };
    things.into_iter().enumerate().map(one).collect()
}

fn hash(kind: Kind, key: &str) -> i64 {
    let hash = blake3::hash(format!("{} {key}", kind.as_str()).as_bytes());
    i64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("eight of 32 bytes"))
}

fn hashes(kind: Kind, keys: &[String]) -> Vec<i64> {
    let mut found: Vec<i64> = keys.iter().map(|key| hash(kind, key)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn id(kind: Kind, record: &Record, number: usize) -> Id {
    match kind {
        Kind::Document => Id::new(),
        Kind::Actor => record.actors[number].id.clone(),
        Kind::Event => record.events[number].id.clone(),
        Kind::Position => record.positions[number].id.clone(),
        Kind::Statement => record.statements[number].id.clone(),
    }
}

fn facets(kind: Kind, document: &Document, record: &Record, number: usize) -> Facets {
    let published = document.published.map(Days::of);
    let days = |iso: &Option<String>| iso.as_deref().and_then(|iso| Days::parse(iso, document.published)).or(published);
    let place = |place: &Option<Place>| place.as_ref().map(|p| onrecord_account::fold(&p.name));
    match kind {
        Kind::Document => Facets { what: document.outlet.clone(), days: published, ..Facets::default() },
        Kind::Actor => {
            let actor = &record.actors[number];
            let what = if actor.kind == ActorKind::Other { None } else { Some(actor.kind.as_str().to_owned()) };
            Facets { what, days: published, country: actor.country.clone(), ..Facets::default() }
        }
        Kind::Event => {
            let event = &record.events[number];
            Facets {
                what: Some(event.kind.as_str().to_owned()),
                days: days(&event.date),
                place: place(&event.place),
                country: event.place.as_ref().and_then(|p| p.country.clone()),
                factuality: Some(event.factuality.as_str().to_owned()),
            }
        }
        Kind::Position => {
            let position = &record.positions[number];
            let factuality = Some(position.factuality.as_str().to_owned());
            Facets { what: Some(position.stance.as_str().to_owned()), days: days(&position.date), factuality, ..Facets::default() }
        }
        Kind::Statement => {
            let statement = &record.statements[number];
            let factuality = Some(statement.factuality.as_str().to_owned());
            Facets { what: Some(statement.act.as_str().to_owned()), days: days(&statement.date), factuality, ..Facets::default() }
        }
    }
}

fn parts(kind: Kind, record: &Record, number: usize) -> Vec<(&'static str, usize)> {
    let lists: Vec<(&'static str, &[Id])> = match kind {
        Kind::Document | Kind::Actor => Vec::new(),
        Kind::Event => {
            let event = &record.events[number];
            vec![("actor", &event.actors), ("recipient", &event.recipients), ("giver", &event.given_by)]
        }
        Kind::Position => {
            let position = &record.positions[number];
            vec![("holder", &position.holder), ("toward", &position.toward), ("giver", &position.given_by)]
        }
        Kind::Statement => {
            let statement = &record.statements[number];
            vec![("speaker", &statement.speaker), ("to", &statement.to), ("giver", &statement.given_by)]
        }
    };
    let place = |id: &Id| record.actors.iter().position(|a| a.id == *id);
    let found = lists.into_iter().flat_map(|(role, ids)| ids.iter().filter_map(place).map(move |i| (role, i)));
    found.collect()
}
