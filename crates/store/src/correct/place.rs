//! Places that people name.

use onrecord_account::fold;
use onrecord_record::{Place, Record};
use serde_json::{Value, json};

/// A place as JSON, or by its name as the report's other records have it; a name that none of them has stands alone.
pub(crate) fn place(value: &str, record: &Record) -> Result<Value, String> {
    if value.starts_with('{') {
        let place: Place =
            serde_json::from_str(value).map_err(|error| format!("{value} is no place as records have it: {error}"))?;
        return if place.name.is_empty() { Err("a place needs a name".to_owned()) } else { Ok(json!(place)) };
    }
    let events = record.events.iter().filter_map(|event| event.place.as_ref());
    let mut known = events.chain(record.figures.iter().filter_map(|figure| figure.place.as_ref()));
    let same = |place: &&Place| fold(&place.name) == fold(value) || place.geonames.is_some_and(|id| id.to_string() == value);
    match known.find(same) {
        Some(place) => Ok(json!(place)),
        None if value.bytes().all(|b| b.is_ascii_digit()) => {
            Err(format!("no place of this report has the number {value}; give its name"))
        }
        None => Ok(json!(Place { name: value.to_owned(), ..Place::default() })),
    }
}
