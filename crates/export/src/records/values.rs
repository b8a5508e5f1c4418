//! A column's values as JSON.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::DataType;
use onrecord_account::date;
use serde_json::{Map, Value};

/// The `nth` value; none where the column has a type that no column of records has. Other programs give long lists and strings for short
/// ones.
pub fn value(column: &ArrayRef, nth: usize) -> Option<Value> {
    if column.is_null(nth) {
        return Some(Value::Null);
    }
    Some(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(nth).into(),
        DataType::LargeUtf8 => column.as_string::<i64>().value(nth).into(),
        DataType::Utf8View => column.as_string_view().value(nth).into(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(nth).into(),
        DataType::Float64 => number(column.as_primitive::<Float64Type>().value(nth)),
        DataType::Float32 => column.as_primitive::<Float32Type>().value(nth).into(),
        DataType::Date32 => date(column.as_primitive::<Date32Type>().value(nth))?.to_string().into(),
        DataType::List(_) => all(&column.as_list::<i32>().value(nth))?,
        DataType::LargeList(_) => all(&column.as_list::<i64>().value(nth))?,
        DataType::Struct(_) if is_span(column.as_struct()) => {
            let of = column.as_struct();
            Value::Array(of.columns().iter().map(|end| value(end, nth)).collect::<Option<_>>()?)
        }
        DataType::Struct(fields) => {
            let of = column.as_struct();
            let named = fields.iter().zip(of.columns()).map(|(field, column)| Some((field.name().clone(), value(column, nth)?)));
            Value::Object(named.collect::<Option<Map<_, _>>>()?)
        }
        _ => return None,
    })
}

fn all(items: &ArrayRef) -> Option<Value> {
    (0..items.len()).map(|nth| value(items, nth)).collect::<Option<_>>().map(Value::Array)
}

/// By the names of its fields: other programs forget that none of them is null.
fn is_span(of: &StructArray) -> bool {
    of.column_names() == ["start", "end"]
}

/// Whole numbers are written without a decimal point, as the record's JSON has them.
fn number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 { (number as i64).into() } else { number.into() }
}
