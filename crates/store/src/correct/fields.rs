//! The fields of a record as a person is shown them.

use super::field::{Sort, fields};
use super::overlay::value_of;
use super::{Read, Target};
use crate::error::StoreError;
use crate::open::Store;
use onrecord_record::{CONTEXTS, RecordKind, modes};
use serde::Serialize;
use serde_json::Value;

/// A field that people may put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What it is called.
    pub name: &'static str,
    /// What it holds, as [`Store::correct`] takes it.
    pub value: String,
    /// What it may hold, where that is a closed list; one name of it, but of contexts any.
    pub allowed: Vec<&'static str>,
}

impl Store {
    /// All fields of a record that can be put right, with what they hold.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn fields(&self, target: &Target) -> Result<Vec<Field>, StoreError> {
        let Read { document, record, .. } = self.read_as(&target.document)?;
        let seat = target.seat(&record)?;
        let field = |&(name, sort): &(&'static str, Sort)| {
            let value = value_of(&document, &record, seat, name).unwrap_or_default();
            let allowed = match sort {
                Sort::Of(names) => names(),
                Sort::Mode if seat.0 == RecordKind::Event => modes(record.events[seat.1].kind).to_vec(),
                Sort::Contexts => CONTEXTS.to_vec(),
                _ => Vec::new(),
            };
            Field { name, value: typed(sort, &value), allowed }
        };
        Ok(fields(seat.0).iter().map(field).collect())
    }
}

/// A value as a person types it.
fn typed(sort: Sort, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) if matches!(sort, Sort::Number) => all.iter().map(Value::to_string).collect::<Vec<_>>().join("-"),
        Value::Array(all) => {
            let joint = if matches!(sort, Sort::Passages) { " | " } else { "; " };
            all.iter().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect::<Vec<_>>().join(joint)
        }
        Value::Object(place) => place.get("name").and_then(Value::as_str).map_or_else(|| value.to_string(), str::to_owned),
        other => other.to_string(),
    }
}
