//! JSON values as a column.

use crate::frame::span;
use arrow_array::{ArrayRef, Date32Array, Float32Array, Float64Array, Int64Array, ListArray, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Fields};
use onrecord_account::Days;
use serde_json::Value;
use std::sync::Arc;

/// One value of a column, if it is known.
type Cell<'v> = Option<&'v Value>;

/// What objects have under the name of each field.
fn by_field<'v>(fields: &Fields, objects: &[Cell<'v>]) -> Vec<Vec<Cell<'v>>> {
    let mut columns = vec![vec![None; objects.len()]; fields.len()];
    for (row, object) in objects.iter().enumerate() {
        // Names mostly stand in the order of the fields, so the next field is tried first: most time here goes into finding names.
        let mut next = 0;
        for (name, value) in object.iter().filter_map(|object| object.as_object()).flatten() {
            if let Some(field) = (next..fields.len()).chain(0..next).find(|&field| fields[field].name() == name) {
                columns[field][row] = Some(value).filter(|value| !value.is_null());
                next = field + 1;
            }
        }
    }
    columns
}

/// A column for each field.
pub fn arrays(fields: &Fields, objects: &[Cell]) -> Result<Vec<ArrayRef>, ArrowError> {
    fields.iter().zip(by_field(fields, objects)).map(|(field, cells)| array(field.data_type(), &cells)).collect()
}

/// A column of this type. A value of another type counts as not known, which a column where all are known then refuses.
fn array(data_type: &DataType, cells: &[Cell]) -> Result<ArrayRef, ArrowError> {
    let number = |cell: &Cell| cell.and_then(Value::as_f64);
    Ok(match data_type {
        DataType::Utf8 => {
            let words = || cells.iter().map(|cell| cell.and_then(Value::as_str));
            let bytes: usize = words().flatten().map(str::len).sum();
            if i32::try_from(bytes).is_err() {
                return Err(ArrowError::OffsetOverflowError(bytes));
            }
            Arc::new(StringArray::from_iter(words()))
        }
        DataType::Int64 => Arc::new(Int64Array::from_iter(cells.iter().map(|cell| cell.and_then(Value::as_i64)))),
        DataType::Float64 => Arc::new(Float64Array::from_iter(cells.iter().map(number))),
        DataType::Float32 => Arc::new(Float32Array::from_iter(cells.iter().map(|cell| number(cell).map(|number| number as f32)))),
        DataType::Date32 => Arc::new(Date32Array::from_iter(cells.iter().map(|cell| cell.and_then(date)))),
        DataType::List(item) => {
            let lists: Vec<Option<&Vec<Value>>> = cells.iter().map(|cell| cell.and_then(Value::as_array)).collect();
            let items: Vec<Cell> = lists.iter().flatten().flat_map(|list| list.iter().map(Some)).collect();
            let lengths = OffsetBuffer::from_lengths(lists.iter().map(|list| list.map_or(0, Vec::len)));
            Arc::new(ListArray::try_new(item.clone(), lengths, array(item.data_type(), &items)?, nulls(cells))?)
        }
        DataType::Struct(fields) if *data_type == span() => {
            // In JSON a pair.
            let end = |nth: usize| cells.iter().map(|cell| cell.and_then(|pair| pair.get(nth))).collect::<Vec<_>>();
            let ends = [0, 1].map(|nth| array(&DataType::Int64, &end(nth)));
            Arc::new(StructArray::try_new(fields.clone(), ends.into_iter().collect::<Result<_, _>>()?, nulls(cells))?)
        }
        DataType::Struct(fields) => Arc::new(StructArray::try_new(fields.clone(), arrays(fields, cells)?, nulls(cells))?),
        other => return Err(ArrowError::SchemaError(format!("no column of records is {other}"))),
    })
}

fn nulls(cells: &[Cell]) -> Option<NullBuffer> {
    Some(cells.iter().map(Option::is_some).collect::<Vec<_>>().into())
}

fn date(value: &Value) -> Option<i32> {
    Days::parse(value.as_str()?, None).map(|days| days.first)
}
