//! Records as rows of Arrow, from reports that were read.

use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use onrecord_export::ExportError;
use onrecord_export::records::{Parquet, batch, reports, row, schema};
use onrecord_reader::Reader;
use onrecord_record::{Figure, Place, Record, Value, json};
use onrecord_text::{Diagnostic, Document, Level, Span};
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use serde_json::Value as Json;

/// Two reports that were read, one in which everything is said that can be, and one of nothing.
fn some() -> Vec<(Document, Record)> {
    let mut known = Document::new(
        "d1",
        "Łódź — The army said on Monday that rebels had killed at least 12 soldiers near Gao, Mali. It offered talks if the rebels left.",
    );
    known.title = Some("Łódź".into());
    known.published = Some("2026-03-04".parse().unwrap());
    known.outlet = Some("Daily".into());
    let plain = Document::new("d2", "Between 20 and 30 people were injured. The minister denied it.");
    let reader = Reader::builtin();
    let mut all: Vec<_> =
        [known, plain].map(|document| (reader.read(&document), document)).map(|(record, document)| (document, record)).into();
    let place = Place { name: "Gao".into(), lat: Some(16.25), lon: Some(0.0), geonames: Some(2_457_161), ..Place::default() };
    let figure = Figure {
        id: "f1".into(),
        value: Value::Range(1.5, 2.0),
        span: Span::new(0, 2),
        place: Some(place),
        unaccounted: Some(3.0),
        confidence: 0.9,
        ..Figure::default()
    };
    let note = |span| Diagnostic { level: Level::Note, code: "c".into(), message: "m".into(), span };
    let full = Record { figures: vec![figure], diagnostics: vec![note(None), note(Some(Span::new(0, 2)))], ..Record::default() };
    all.push((Document::new("d3", "é"), full));
    all.push((Document::new("d4", "Calm."), Record::default()));
    all
}

fn rows(all: &[(Document, Record)]) -> RecordBatch {
    batch(&all.iter().map(|(document, record)| row(document, record)).collect::<Vec<_>>()).unwrap()
}

#[test]
fn rows_give_their_records_back() {
    let all = some();
    assert!(!all[0].1.events.is_empty() && !all[0].1.positions.is_empty() && matches!(all[1].1.figures[0].value, Value::Range(..)));
    let back = reports(&rows(&all)).unwrap();
    for ((document, record), (document_back, record_back)) in all.iter().zip(&back) {
        assert_eq!(json::to_line(document_back, record_back), json::to_line(document, record));
    }
    assert_eq!(back.len(), all.len());
}

/// What the record's JSON has and no column.
fn without_column(value: &Json, data_type: &DataType, path: &str, missing: &mut Vec<String>) {
    match (value, data_type) {
        (Json::Object(fields), DataType::Struct(columns)) => {
            for (name, value) in fields {
                match columns.iter().find(|column| column.name() == name) {
                    Some(column) => without_column(value, column.data_type(), &format!("{path}.{name}"), missing),
                    None => missing.push(format!("{path}.{name}")),
                }
            }
        }
        (Json::Array(items), DataType::List(item)) => {
            items.iter().for_each(|value| without_column(value, item.data_type(), path, missing))
        }
        _ => {}
    }
}

#[test]
fn nothing_of_the_json_lacks_a_column() {
    let mut missing = Vec::new();
    let columns = DataType::Struct(schema().fields().clone());
    for (document, record) in some() {
        without_column(&json::to_value(&document, &record), &columns, "", &mut missing);
    }
    missing.sort();
    missing.dedup();
    // The document's fields stand beside the record's, a value is its two ends, the version belongs to the file.
    assert_eq!(missing, [".document", ".figures.value", ".onrecord"]);
    assert_eq!(schema().metadata().get("onrecord").map(String::as_str), Some(json::VERSION));
}

#[test]
fn a_parquet_file_gives_the_rows_back() {
    let batch = rows(&some());
    let mut file = Parquet::new(Vec::new()).unwrap();
    file.write(&batch).unwrap();
    let bytes = file.end().unwrap();
    let read = ParquetRecordBatchReader::try_new(bytes::Bytes::from(bytes), 100).unwrap().map(Result::unwrap).collect::<Vec<_>>();
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].columns(), batch.columns());
}

#[test]
fn rows_that_are_no_records_are_refused() {
    let batch = rows(&some());
    let without = batch.project(&(0..batch.num_columns() - 1).collect::<Vec<_>>()).unwrap();
    let refused = |batch: &RecordBatch| matches!(reports(batch), Err(ExportError::NoRecord(why)) if why.contains("diagnostics"));
    assert!(refused(&without));
    // More columns, in another order, do no harm.
    let turned: Vec<usize> = (0..batch.num_columns()).rev().collect();
    assert_eq!(reports(&batch.project(&turned).unwrap()).unwrap().len(), batch.column(0).len());
}
