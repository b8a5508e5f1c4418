//! Seven Parquet tables, one per kind, for data frames: the columns of the csv tables, typed and nested.
//!
//! What is not known is null, lists are lists, numbers are 64 bits wide, spans are structs of `start` and `end`, relations of `is` and `nth`.
//! A day is a DATE. A date that may be a month, a year, a week or an interval stays as it is told, with its first and last day beside it
//! (`date`, `date_start`, `date_end`): it is one day where they are equal, and what has no end yet has no last day.
//!
//! Rows go out in groups, so that no more than one group of each table is in memory. The same rows give the same bytes. The tables are
//! written by Parquet's own columns and levels: by way of Arrow they would be the same, and the program a sixth larger.

use crate::columns::{Cell, Column, Row, Table};
use crate::dates::{Range, ends};
use crate::error::ExportError;
use bytes::Bytes;
use jiff::civil::Date;
use onrecord_account::Days;
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::io::Write;
use std::slice::IterMut;
use std::sync::Arc;

/// Most rows of a group, which ends sooner where its words come to so many bytes.
const ROWS: usize = 65_536;
const WORDS: usize = 32 << 20;

/// One table.
pub struct Parquet<'a> {
    out: Box<dyn Write + 'a>,
    /// Writes to memory, since what it writes to must be free to move between threads; each finished group goes on to `out`.
    encoder: SerializedFileWriter<Vec<u8>>,
    /// The group that is not yet written, and its rows.
    leaves: Vec<Leaf>,
    rows: usize,
}

impl<'a> Table<'a> for Parquet<'a> {
    const ENDING: &'static str = "parquet";

    fn new<'l, R: Row<'l>>(out: Box<dyn Write + 'a>) -> Result<Self, ExportError> {
        let fields: String = R::COLUMNS.iter().map(field).collect();
        let schema = parse_message_type(&format!("message {} {{ {fields} }}", R::TABLE))?;
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let encoder = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
        let leaves = encoder.schema_descr().columns().iter().map(|_| Leaf::default()).collect();
        Ok(Parquet { out, encoder, leaves, rows: 0 })
    }

    fn row<'l, R: Row<'l>>(&mut self, row: &R) -> Result<(), ExportError> {
        let mut leaves = self.leaves.iter_mut();
        for (_, cell) in R::COLUMNS {
            append(cell, row, &mut leaves);
        }
        self.rows += 1;
        let words: usize = self.leaves.iter().map(|leaf| leaf.words.len()).sum();
        if self.rows >= ROWS || words >= WORDS { self.write_group() } else { Ok(()) }
    }

    fn end(&mut self) -> Result<(), ExportError> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.encoder.finish()?;
        self.hand_on()?;
        Ok(self.out.flush()?)
    }
}

impl Parquet<'_> {
    fn write_group(&mut self) -> Result<(), ExportError> {
        let mut group = self.encoder.next_row_group()?;
        for leaf in &mut self.leaves {
            let mut column = group.next_column()?.expect("there is a leaf for every column");
            std::mem::take(leaf).write(column.untyped())?;
            column.close()?;
        }
        group.close()?;
        self.rows = 0;
        self.hand_on()
    }

    /// Passes on what is encoded.
    fn hand_on(&mut self) -> Result<(), ExportError> {
        self.encoder.flush()?;
        let encoded = self.encoder.inner_mut();
        self.out.write_all(encoded)?;
        encoded.clear();
        Ok(())
    }
}

/// A column in Parquet's notation of schemas: one field, for dates three.
fn field<R>((name, cell): &Column<R>) -> String {
    let list = |element: &str| format!("required group {name} (list) {{ repeated group list {{ required {element} }} }} ");
    match cell {
        Cell::Text(_) => format!("required binary {name} (string); "),
        Cell::Maybe(_) => format!("optional binary {name} (string); "),
        Cell::Texts(_) => list("binary element (string);"),
        Cell::Count(_) => format!("required int64 {name}; "),
        Cell::Key(_) => format!("optional int64 {name}; "),
        Cell::Number(_) => format!("optional double {name}; "),
        Cell::Day(_) => format!("optional int32 {name} (date); "),
        Cell::Date(_) => {
            format!("optional binary {name} (string); optional int32 {name}_start (date); optional int32 {name}_end (date); ")
        }
        Cell::Spans(_) => list("group element { required int64 start; required int64 end; }"),
        Cell::Relations(_) => list("group element { required binary is (string); required int64 nth; }"),
    }
}

/// Appends a cell to the leaves of its fields, which come next.
fn append<R>(cell: &Cell<R>, row: &R, leaves: &mut IterMut<Leaf>) {
    let mut one = |value| next(leaves).push(value);
    match cell {
        Cell::Text(of) => one(Some(Value::Words(of(row)))),
        Cell::Maybe(of) => one(of(row).map(Value::Words)),
        Cell::Count(of) => one(Some(whole(of(row)))),
        Cell::Key(of) => one(of(row).map(|key| Value::Whole(key.into()))),
        Cell::Number(of) => one(of(row).map(Value::Number)),
        Cell::Day(of) => one(Range::of(of(row)).and_then(Range::day).map(day)),
        Cell::Date(of) => {
            one(of(row).map(Value::Words));
            ends(of(row)).into_iter().for_each(|end| one(end.map(day)));
        }
        Cell::Texts(of) => append_list(of(row).into_iter().map(|text| [Value::Words(text)]), leaves),
        Cell::Spans(of) => append_list(of(row).iter().map(|span| span.map(whole)), leaves),
        Cell::Relations(of) => append_list(of(row).iter().map(|(is, nth)| [Value::Words(is), whole(*nth)]), leaves),
    }
}

/// Appends a list whose items have `N` fields.
fn append_list<'v, const N: usize>(items: impl Iterator<Item = [Value<'v>; N]>, leaves: &mut IterMut<Leaf>) {
    let mut leaves: [&mut Leaf; N] = std::array::from_fn(|_| next(leaves));
    let mut begun = false;
    for item in items {
        for (leaf, value) in leaves.iter_mut().zip(item) {
            leaf.push_item(Some(value), begun);
        }
        begun = true;
    }
    if !begun {
        leaves.iter_mut().for_each(|leaf| leaf.push(None));
    }
}

fn next<'l>(leaves: &mut IterMut<'l, Leaf>) -> &'l mut Leaf {
    leaves.next().expect("leaves are made of the columns' fields")
}

fn whole(number: usize) -> Value<'static> {
    Value::Whole(number as i64)
}

/// Days from 1970-01-01.
fn day(day: Date) -> Value<'static> {
    Value::Day(Days::of(day).first)
}

/// What a leaf holds.
enum Value<'v> {
    Words(&'v str),
    Whole(i64),
    Number(f64),
    Day(i32),
}

/// The values of one innermost field, all of one kind, with Parquet's two levels, which are 0 or 1 as nothing here is nested deeper: whether
/// there is a value, and whether it goes on with the list that the one before it belongs to.
#[derive(Default)]
struct Leaf {
    words: Vec<u8>,
    /// Where each text ends in `words`.
    ends: Vec<usize>,
    whole: Vec<i64>,
    numbers: Vec<f64>,
    days: Vec<i32>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

impl Leaf {
    /// A value of its own, or that there is none.
    fn push(&mut self, value: Option<Value>) {
        self.push_item(value, false);
    }

    fn push_item(&mut self, value: Option<Value>, repeated: bool) {
        self.defined.push(value.is_some().into());
        self.repeated.push(repeated.into());
        match value {
            Some(Value::Words(text)) => {
                self.words.extend_from_slice(text.as_bytes());
                self.ends.push(self.words.len());
            }
            Some(Value::Whole(number)) => self.whole.push(number),
            Some(Value::Number(number)) => self.numbers.push(number),
            Some(Value::Day(day)) => self.days.push(day),
            None => {}
        }
    }

    fn write(self, column: &mut ColumnWriter) -> Result<usize, ParquetError> {
        let (defined, repeated) = (Some(self.defined.as_slice()), Some(self.repeated.as_slice()));
        match column {
            ColumnWriter::ByteArrayColumnWriter(column) => {
                let texts = texts(self.words, &self.ends);
                column.write_batch(&texts, defined, repeated)
            }
            ColumnWriter::Int64ColumnWriter(column) => column.write_batch(&self.whole, defined, repeated),
            ColumnWriter::DoubleColumnWriter(column) => column.write_batch(&self.numbers, defined, repeated),
            ColumnWriter::Int32ColumnWriter(column) => column.write_batch(&self.days, defined, repeated),
            _ => unreachable!("no field has another type"),
        }
    }
}

/// Texts that share their bytes.
fn texts(words: Vec<u8>, ends: &[usize]) -> Vec<ByteArray> {
    let words = Bytes::from(words);
    let starts = std::iter::once(&0).chain(ends);
    starts.zip(ends).map(|(&start, &end)| words.slice(start..end).into()).collect()
}
