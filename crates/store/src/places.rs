//! Where events of an answer happened.

use crate::error::StoreError;
use crate::open::Store;
use crate::sift::{Asked, tellings};
use crate::teller::Teller;
use onrecord_account::Kind;
use onrecord_record::Place;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A place with what happened there.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Placed {
    /// As one of the reports has it.
    #[serde(flatten)]
    pub place: Place,
    /// Events there.
    pub events: usize,
    /// Reports that tell them.
    pub reports: usize,
}

/// Where the events of an answer happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Places {
    /// The places with most events first.
    pub places: Vec<Placed>,
    /// Places left out because there are more than were asked for.
    pub more: usize,
    /// Events without a place, or with one that nothing is known of.
    pub nowhere: usize,
    /// Events in all.
    pub events: usize,
    /// False where only the latest 20,000 tellings were looked through.
    pub whole: bool,
}

/// The tellings of one place.
#[derive(Default)]
struct There {
    events: HashSet<i64>,
    reports: HashSet<i64>,
    /// The latest telling: report and number of the event there.
    shown_by: (i64, i64),
}

impl Store {
    /// The places of the events that fit, at most so many.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged.
    pub fn places(&self, asked: &Asked, most: usize) -> Result<Places, StoreError> {
        self.snapshot(|| {
            let mut by_place: HashMap<(Option<String>, Option<String>), There> = HashMap::new();
            let mut all: HashSet<i64> = HashSet::new();
            let columns = "n.grp, t.document, t.number, t.place, t.country";
            let looked = tellings(&self.db, Kind::Event, asked, columns, "1 = 1", &mut |row| {
                let (group, document): (i64, i64) = (row.get(0)?, row.get(1)?);
                all.insert(group);
                let number = row.get(2)?;
                let there = by_place
                    .entry((row.get(3)?, row.get(4)?))
                    .or_insert_with(|| There { shown_by: (document, number), ..There::default() });
                there.events.insert(group);
                there.reports.insert(document);
                Ok(())
            });
            let whole = looked.map_err(|source| self.failed(source))?;
            let mut places = Places { events: all.len(), whole, ..Places::default() };
            let mut sorted: Vec<_> = by_place.into_iter().collect();
            sorted.sort_by(|(a, x), (b, y)| y.events.len().cmp(&x.events.len()).then_with(|| a.cmp(b)));
            let mut teller = Teller::new(self);
            let mut somewhere: HashSet<i64> = HashSet::new();
            for ((name, country), there) in sorted {
                if name.is_none() && country.is_none() {
                    continue;
                }
                if places.places.len() >= most {
                    places.more += 1;
                    somewhere.extend(there.events);
                    continue;
                }
                let (document, number) = there.shown_by;
                let kept = teller.kept(document)?;
                let event = usize::try_from(number).ok().and_then(|number| kept.record.events.get(number));
                if let Some(place) =
                    event.and_then(|event| event.place.clone()).filter(|place| place.lat.is_some() || country.is_some())
                {
                    places.places.push(Placed { place, events: there.events.len(), reports: there.reports.len() });
                    somewhere.extend(there.events);
                }
            }
            places.nowhere = all.len() - somewhere.len();
            Ok(places)
        })
    }
}
