//! Records of reports as rows of Arrow: one row a report, its text, and what it says as lists of structs.
//!
//! The columns are those of the record's JSON, with the document's own at the front (`document_id` is its `id`). Spans are structs of
//! `start` and `end` in code points of `text`, the value of a figure is its `low` and `high`, which are one for a plain number; what is not
//! known is null. A Parquet file of `onrecord read`, a batch of the Python package and a data frame of Spark all have this one schema,
//! and a row can be taken back for the record it was made of.
//!
//! ```
//! use onrecord_export::records::{batch, reports, row};
//! use onrecord_record::Record;
//! use onrecord_text::Document;
//! let document = Document::new("d1", "Calm.");
//! let rows = batch(&[row(&document, &Record::default())]).unwrap();
//! assert_eq!((rows.num_rows(), rows.schema().field(0).name().as_str()), (1, "document_id"));
//! assert_eq!(reports(&rows).unwrap(), [(document, Record::default())]);
//! ```

mod columns;
mod schema;
mod values;

use crate::error::ExportError;
use arrow_array::RecordBatch;
use onrecord_record::{Record, json};
use onrecord_text::Document;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use serde_json::{Map, Value};
use std::io::Write;

pub use schema::schema;

/// A report and its record, ready to become a row.
pub struct Row(Value);

impl Row {
    /// Bytes of the report's words.
    pub fn words(&self) -> usize {
        self.0["text"].as_str().map_or(0, str::len)
    }
}

/// The row of a report.
pub fn row(document: &Document, record: &Record) -> Row {
    let mut row = json::to_value(document, record);
    if let Some(Value::Object(said)) = row.as_object_mut().and_then(|row| row.remove("document")) {
        let own = said.into_iter().map(|(name, value)| (if name == "id" { "document_id".into() } else { name }, value));
        row.as_object_mut().expect("a record is an object").extend(own);
    }
    each_figure(&mut row, |figure| {
        let (low, high) = match figure.remove("value") {
            Some(Value::Array(ends)) => (ends.first().cloned(), ends.last().cloned()),
            one => (one.clone(), one),
        };
        figure.extend([("low".to_owned(), low.into()), ("high".to_owned(), high.into())]);
    });
    Row(row)
}

fn each_figure(row: &mut Value, change: impl Fn(&mut Map<String, Value>)) {
    row["figures"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut).for_each(change);
}

/// Rows as one batch of [`schema`].
///
/// # Errors
/// When they are more than a batch can hold: two gigabytes of words.
pub fn batch(rows: &[Row]) -> Result<RecordBatch, ExportError> {
    let rows: Vec<Option<&Value>> = rows.iter().map(|row| Some(&row.0)).collect();
    let schema = schema();
    let columns = columns::arrays(schema.fields(), &rows)?;
    Ok(RecordBatch::try_new(schema, columns)?)
}

/// The reports and records that a batch was made of. Its columns may stand in any order, more of them do no harm.
///
/// # Errors
/// When a row is no record: a column is missing or has another type, a span points past the text.
pub fn reports(batch: &RecordBatch) -> Result<Vec<(Document, Record)>, ExportError> {
    (0..batch.num_rows()).map(|nth| report(batch, nth)).collect()
}

fn report(batch: &RecordBatch, nth: usize) -> Result<(Document, Record), ExportError> {
    const DOCUMENT: [&str; 7] = ["document_id", "title", "published", "language", "url", "outlet", "text"];
    let (mut record, mut document) = (Map::new(), Map::new());
    for field in schema().fields() {
        let name = field.name();
        let column = batch.column_by_name(name).ok_or_else(|| ExportError::NoRecord(format!("the column {name} is missing")))?;
        let value =
            values::value(column, nth).ok_or_else(|| ExportError::NoRecord(format!("the column {name} has another type")))?;
        match name.as_str() {
            "document_id" => _ = document.insert("id".into(), value),
            name if DOCUMENT.contains(&name) => _ = document.insert(name.into(), value),
            name => _ = record.insert(name.into(), value),
        }
    }
    record.extend([("onrecord".to_owned(), json::VERSION.into()), ("document".to_owned(), document.into())]);
    let mut record = Value::Object(record);
    each_figure(&mut record, |figure| {
        let (low, high) = (figure.remove("low").unwrap_or_default(), figure.remove("high").unwrap_or_default());
        figure.insert("value".into(), if low == high { low } else { Value::Array(vec![low, high]) });
    });
    json::from_value(record).map_err(|error| ExportError::NoRecord(error.to_string()))
}

/// Texts are packed with zstd. Each column packed so takes half a megabyte while it is written, so the many small ones have Snappy.
fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_column_compression(ColumnPath::from("text"), Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(None)
        .build()
}

/// A Parquet file of records.
pub struct Parquet<W: Write + Send>(ArrowWriter<W>);

impl<W: Write + Send> Parquet<W> {
    /// Begins the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W) -> Result<Self, ExportError> {
        Ok(Parquet(ArrowWriter::try_new(out, schema(), Some(properties()))?))
    }

    /// Takes a batch of [`schema`].
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), ExportError> {
        Ok(self.0.write(batch)?)
    }

    /// Writes what comes last.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(self) -> Result<W, ExportError> {
        Ok(self.0.into_inner()?)
    }
}
