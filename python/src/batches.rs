//! Batches of reports, as other programs make them.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use onrecord_record::Record;
use onrecord_source::parse_date;
use onrecord_text::{Diagnostic, Document, Level};
use serde_json::{Map, Value};

/// What may be known of a report.
pub const COLUMNS: [&str; 8] = ["id", "text", "html", "title", "published", "language", "url", "outlet"];

/// The columns that a batch has of them.
pub struct Reports(Vec<(&'static str, ArrayRef)>);

impl Reports {
    /// Of a batch with a column `text` or `html`; `document_id` is the same as `id`.
    ///
    /// # Errors
    /// When there is neither, or when a column holds neither words nor days.
    pub fn of(batch: &RecordBatch) -> Result<Self, String> {
        let column =
            |name: &str| batch.column_by_name(name).or_else(|| batch.column_by_name("document_id").filter(|_| name == "id"));
        let found: Vec<_> = COLUMNS.into_iter().filter_map(|name| Some((name, column(name)?.clone()))).collect();
        if !found.iter().any(|(name, _)| matches!(*name, "text" | "html")) {
            let names: Vec<String> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
            return Err(format!("the batch has the columns {}; it needs \"text\" or \"html\"", names.join(", ")));
        }
        match found.iter().find(|(_, column)| !is_told(column.data_type())) {
            Some((name, column)) => {
                Err(format!("the column {name:?} is {}; make it a string, or a date or time for \"published\"", column.data_type()))
            }
            None => Ok(Reports(found)),
        }
    }

    /// A report as a line of JSON has it.
    pub fn known(&self, nth: usize) -> Value {
        Value::Object(self.0.iter().map(|(name, column)| ((*name).to_owned(), value(column, nth))).collect::<Map<_, _>>())
    }
}

/// The row of a report that cannot be read: what is known of it, and why.
pub fn unreadable(report: &Value, id: &str, message: String) -> (Document, Record) {
    let known = |name: &str| report[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let mut document = Document::new(known("id").unwrap_or_else(|| id.to_owned()), "");
    (document.title, document.url, document.outlet) = (known("title"), known("url"), known("outlet"));
    document.published = known("published").and_then(|day| parse_date(&day));
    document.language = known("language").unwrap_or(document.language);
    let why = Diagnostic { level: Level::Warning, code: "unreadable".into(), message, span: None };
    (document, Record { diagnostics: vec![why], ..Record::default() })
}

fn is_told(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Int32 | DataType::Int64 | DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, None) => true,
        // Dictionaries, and times with a zone, the package's Python has made plain.
        _ => false,
    }
}

/// A cell as JSON lines have it; a day or a time as its day.
fn value(column: &ArrayRef, nth: usize) -> Value {
    use arrow_array::types::{Int32Type, Int64Type};
    if column.is_null(nth) {
        return Value::Null;
    }
    const SECONDS: i64 = 86_400;
    let day = |time: i64, of_a_day: i64| days(time.div_euclid(of_a_day));
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(nth).into(),
        DataType::LargeUtf8 => column.as_string::<i64>().value(nth).into(),
        DataType::Utf8View => column.as_string_view().value(nth).into(),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(nth).into(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(nth).into(),
        DataType::Date32 => days(column.as_primitive::<Date32Type>().value(nth).into()),
        DataType::Date64 => day(column.as_primitive::<Date64Type>().value(nth), SECONDS * 1_000),
        DataType::Timestamp(TimeUnit::Second, _) => day(column.as_primitive::<TimestampSecondType>().value(nth), SECONDS),
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            day(column.as_primitive::<TimestampMillisecondType>().value(nth), SECONDS * 1_000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            day(column.as_primitive::<TimestampMicrosecondType>().value(nth), SECONDS * 1_000_000)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            day(column.as_primitive::<TimestampNanosecondType>().value(nth), SECONDS * 1_000_000_000)
        }
        _ => Value::Null,
    }
}

/// So many days after 1970-01-01; a day that no calendar has is left to whoever parses it to complain about.
fn days(number: i64) -> Value {
    let day = i32::try_from(number).ok().and_then(onrecord_account::date);
    day.map_or_else(|| format!("day {number}"), |day| day.to_string()).into()
}
