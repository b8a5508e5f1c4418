//! The columns of records.

use crate::frame::{list_of, span};
use arrow_schema::DataType::{self, Date32, Float32, Float64, Int64, Utf8};
use arrow_schema::{Field, Schema, SchemaRef};
use onrecord_record::json::VERSION;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// The columns: those of the document, then `actors`, `statements`, `events`, `positions`, `figures` and `diagnostics`, each a list of
/// structs with the fields of the record's JSON in their order.
pub fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| Arc::new(made()));
    SCHEMA.clone()
}

fn made() -> Schema {
    let document = [
        known("document_id", Utf8),
        maybe("title", Utf8),
        maybe("published", Date32),
        known("language", Utf8),
        maybe("url", Utf8),
        maybe("outlet", Utf8),
        known("text", Utf8),
    ];
    let record = [
        known("actors", records(actor())),
        known("statements", records(statement())),
        known("events", records(event())),
        known("positions", records(position())),
        known("figures", records(figure())),
        known("diagnostics", records(diagnostic())),
    ];
    let version = HashMap::from([("onrecord".to_owned(), VERSION.to_owned())]);
    Schema::new(document.into_iter().chain(record).collect::<Vec<_>>()).with_metadata(version)
}

fn actor() -> Vec<Field> {
    vec![
        known("id", Utf8),
        known("name", Utf8),
        known("kind", Utf8),
        maybe("country", Utf8),
        maybe("sector", Utf8),
        texts("roles"),
        spans("mentions"),
    ]
}

fn statement() -> Vec<Field> {
    let own = [
        known("id", Utf8),
        texts("speaker"),
        maybe("source", span()),
        maybe("cue", span()),
        spans("content"),
        known("mode", Utf8),
        known("act", Utf8),
        texts("to"),
        maybe("date", Utf8),
    ];
    with_grounds(own)
}

fn event() -> Vec<Field> {
    let own = [
        known("id", Utf8),
        known("type", Utf8),
        maybe("mode", Utf8),
        texts("contexts"),
        maybe("cameo", Utf8),
        known("trigger", span()),
        texts("actors"),
        texts("recipients"),
        maybe("date", Utf8),
        maybe("place", place()),
        texts("figures"),
    ];
    with_grounds(own)
}

fn position() -> Vec<Field> {
    let own = [
        known("id", Utf8),
        texts("holder"),
        known("move", Utf8),
        known("proposition", span()),
        spans("conditions"),
        texts("toward"),
        known("status", Utf8),
        maybe("date", Utf8),
    ];
    with_grounds(own)
}

fn figure() -> Vec<Field> {
    let own = [
        known("id", Utf8),
        known("low", Float64),
        known("high", Float64),
        known("bound", Utf8),
        known("of", Utf8),
        known("measure", Utf8),
        known("span", span()),
        texts("by"),
        texts("against"),
        maybe("part_of", Utf8),
        maybe("unaccounted", Float64),
        maybe("date", Utf8),
        maybe("place", place()),
    ];
    with_grounds(own)
}

fn diagnostic() -> Vec<Field> {
    vec![known("level", Utf8), known("code", Utf8), known("message", Utf8), maybe("span", span())]
}

/// What every kind of record has at its end: how it is put, who vouches for it, the words that show it, how sure, and why.
fn with_grounds(own: impl IntoIterator<Item = Field>) -> Vec<Field> {
    let grounds =
        [known("factuality", Utf8), texts("given_by"), spans("evidence"), known("confidence", Float32), known("why", Utf8)];
    own.into_iter().chain(grounds).collect()
}

fn place() -> DataType {
    let fields = [
        known("name", Utf8),
        maybe("country", Utf8),
        maybe("lat", Float64),
        maybe("lon", Float64),
        maybe("geonames", Int64),
        maybe("precision", Utf8),
    ];
    DataType::Struct(fields.to_vec().into())
}

fn records(fields: Vec<Field>) -> DataType {
    list_of(DataType::Struct(fields.into()))
}

fn known(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, false)
}

fn maybe(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, true)
}

fn texts(name: &str) -> Field {
    known(name, list_of(Utf8))
}

fn spans(name: &str) -> Field {
    known(name, list_of(span()))
}
