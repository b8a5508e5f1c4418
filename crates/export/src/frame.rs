//! Rows of a table as columns of Arrow: the columns of the csv tables, typed and nested.
//!
//! What is not known is null, lists are lists, numbers are 64 bits wide, spans are structs of `start` and `end`, relations of `is` and `nth`.
//! A day is a DATE. A date that may be a month, a year, a week or an interval stays as it is told, with its first and last day beside it
//! (`date`, `date_start`, `date_end`): it is one day where they are equal, and what has no end yet has no last day.

use crate::columns::{Cell, Column, Row};
use crate::dates::{Range, ends};
use arrow_array::builder::{ArrayBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use jiff::civil::Date;
use onrecord_account::Days;
use std::slice::IterMut;
use std::sync::Arc;

/// The rows of one table that are not yet handed on.
pub struct Frame {
    schema: SchemaRef,
    leaves: Vec<Leaf>,
    /// How many they are.
    pub rows: usize,
    /// Bytes of their words.
    pub words: usize,
}

impl Frame {
    /// For rows `R`.
    pub fn new<'l, R: Row<'l>>() -> Self {
        let fields: Vec<Field> = R::COLUMNS.iter().flat_map(fields).collect();
        let leaves = fields.iter().map(|field| Leaf::of(field.data_type())).collect();
        Frame { schema: Arc::new(Schema::new(fields)), leaves, rows: 0, words: 0 }
    }

    /// Names and types.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// Takes a row, always of the same `R`.
    pub fn push<'l, R: Row<'l>>(&mut self, row: &R) {
        let mut leaves = self.leaves.iter_mut();
        for (_, cell) in R::COLUMNS {
            self.words += append(cell, row, &mut leaves);
        }
        self.rows += 1;
    }

    /// What was taken, which is then gone from here.
    ///
    /// # Errors
    /// When more words came than a column can hold.
    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        (self.rows, self.words) = (0, 0);
        RecordBatch::try_new(self.schema.clone(), self.leaves.iter_mut().map(Leaf::finish).collect())
    }
}

/// A list whose items are all there.
pub fn list_of(item: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("element", item, false)))
}

/// A passage: code points, end exclusive.
pub fn span() -> DataType {
    DataType::Struct(span_fields())
}

fn span_fields() -> Fields {
    ["start", "end"].map(|name| Field::new(name, DataType::Int64, false)).to_vec().into()
}

fn relation_fields() -> Fields {
    vec![Field::new("is", DataType::Utf8, false), Field::new("nth", DataType::Int64, false)].into()
}

/// The fields of a column: one, for dates three.
fn fields<R>((name, cell): &Column<R>) -> Vec<Field> {
    let one = |data_type, nullable| vec![Field::new(*name, data_type, nullable)];
    match cell {
        Cell::Text(_) => one(DataType::Utf8, false),
        Cell::Maybe(_) => one(DataType::Utf8, true),
        Cell::Texts(_) => one(list_of(DataType::Utf8), false),
        Cell::Count(_) => one(DataType::Int64, false),
        Cell::Key(_) => one(DataType::Int64, true),
        Cell::Number(_) => one(DataType::Float64, true),
        Cell::Day(_) => one(DataType::Date32, true),
        Cell::Date(_) => {
            let end = |end| Field::new(format!("{name}_{end}"), DataType::Date32, true);
            vec![Field::new(*name, DataType::Utf8, true), end("start"), end("end")]
        }
        Cell::Spans(_) => one(list_of(span()), false),
        Cell::Relations(_) => one(list_of(DataType::Struct(relation_fields())), false),
    }
}

/// Appends a cell to the leaves of its fields, which come next; how many bytes of words it has.
fn append<R>(cell: &Cell<R>, row: &R, leaves: &mut IterMut<Leaf>) -> usize {
    match cell {
        Cell::Text(of) => next(leaves).text(Some(of(row))),
        Cell::Maybe(of) => next(leaves).text(of(row)),
        Cell::Count(of) => next(leaves).whole(Some(of(row) as i64)),
        Cell::Key(of) => next(leaves).whole(of(row).map(i64::from)),
        Cell::Number(of) => next(leaves).number(of(row)),
        Cell::Day(of) => next(leaves).day(Range::of(of(row)).and_then(Range::day)),
        Cell::Date(of) => {
            let words = next(leaves).text(of(row));
            ends(of(row)).into_iter().for_each(|end| _ = next(leaves).day(end));
            words
        }
        Cell::Texts(of) => next(leaves).texts(&of(row)),
        Cell::Spans(of) => next(leaves).pairs(of(row), |item, [start, end]| {
            item.field_builder::<Int64Builder>(0).expect("a start is a number").append_value(*start as i64);
            item.field_builder::<Int64Builder>(1).expect("an end is a number").append_value(*end as i64);
        }),
        Cell::Relations(of) => next(leaves).pairs(of(row), |item, (is, nth)| {
            item.field_builder::<StringBuilder>(0).expect("a relation is a word").append_value(is);
            item.field_builder::<Int64Builder>(1).expect("the other's number is one").append_value(*nth as i64);
        }),
    }
}

fn next<'l>(leaves: &mut IterMut<'l, Leaf>) -> &'l mut Leaf {
    leaves.next().expect("leaves are made of the columns' fields")
}

/// Days from 1970-01-01.
pub fn day(day: Date) -> i32 {
    Days::of(day).first
}

/// The values of one field.
enum Leaf {
    Text(StringBuilder),
    Whole(Int64Builder),
    Number(Float64Builder),
    Day(Date32Builder),
    Texts(ListBuilder<StringBuilder>),
    Pairs(ListBuilder<StructBuilder>),
}

impl Leaf {
    fn of(data_type: &DataType) -> Self {
        match data_type {
            DataType::Utf8 => Leaf::Text(StringBuilder::new()),
            DataType::Int64 => Leaf::Whole(Int64Builder::new()),
            DataType::Float64 => Leaf::Number(Float64Builder::new()),
            DataType::Date32 => Leaf::Day(Date32Builder::new()),
            DataType::List(item) => match item.data_type() {
                DataType::Struct(fields) => {
                    let items = StructBuilder::from_fields(fields.clone(), 0);
                    Leaf::Pairs(ListBuilder::new(items).with_field(item.clone()))
                }
                _ => Leaf::Texts(ListBuilder::new(StringBuilder::new()).with_field(item.clone())),
            },
            other => unreachable!("no field is {other}"),
        }
    }

    fn text(&mut self, text: Option<&str>) -> usize {
        let Leaf::Text(all) = self else { unreachable!("the leaf was made for words") };
        all.append_option(text);
        text.map_or(0, str::len)
    }

    fn whole(&mut self, number: Option<i64>) -> usize {
        let Leaf::Whole(all) = self else { unreachable!("the leaf was made for whole numbers") };
        all.append_option(number);
        0
    }

    fn number(&mut self, number: Option<f64>) -> usize {
        let Leaf::Number(all) = self else { unreachable!("the leaf was made for numbers") };
        all.append_option(number);
        0
    }

    fn day(&mut self, date: Option<Date>) -> usize {
        let Leaf::Day(all) = self else { unreachable!("the leaf was made for days") };
        all.append_option(date.map(day));
        0
    }

    fn texts(&mut self, texts: &[&str]) -> usize {
        let Leaf::Texts(all) = self else { unreachable!("the leaf was made for lists of words") };
        all.append_value(texts.iter().map(Some));
        texts.iter().map(|text| text.len()).sum()
    }

    fn pairs<T>(&mut self, pairs: &[T], put: impl Fn(&mut StructBuilder, &T)) -> usize {
        let Leaf::Pairs(all) = self else { unreachable!("the leaf was made for lists of pairs") };
        for pair in pairs {
            put(all.values(), pair);
            all.values().append(true);
        }
        all.append(true);
        0
    }

    fn finish(&mut self) -> ArrayRef {
        let all: &mut dyn ArrayBuilder = match self {
            Leaf::Text(all) => all,
            Leaf::Whole(all) => all,
            Leaf::Number(all) => all,
            Leaf::Day(all) => all,
            Leaf::Texts(all) => all,
            Leaf::Pairs(all) => all,
        };
        all.finish()
    }
}
