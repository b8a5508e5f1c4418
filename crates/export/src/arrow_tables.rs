//! Tables for data frames: Parquet files, and streams of Arrow that other programs take without copying.
//!
//! Rows go out in groups, so that no more than one group of each table is in memory. The same rows give the same bytes.

use crate::columns::{Row, Table};
use crate::error::ExportError;
use crate::frame::Frame;
use arrow_array::RecordBatch;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::io::Write;

/// Most rows of a group, which ends sooner where its words come to so many bytes.
const ROWS: usize = 65_536;
const WORDS: usize = 32 << 20;

/// A form of batches that is written to memory, from where what is finished goes on.
pub trait Encoder: Sized {
    /// Of its file.
    const ENDING: &'static str;

    /// Begins.
    fn begin(schema: SchemaRef) -> Result<Self, ArrowError>;
    /// Takes one group of rows.
    fn group(&mut self, batch: &RecordBatch) -> Result<(), ArrowError>;
    /// Writes what comes last.
    fn finish(&mut self) -> Result<(), ArrowError>;
    /// What is written so far.
    fn written(&mut self) -> &mut Vec<u8>;
}

/// Parquet, zstd.
pub struct Parquet(ArrowWriter<Vec<u8>>);

/// How tables are written.
fn properties() -> WriterProperties {
    WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).set_max_row_group_row_count(None).build()
}

impl Encoder for Parquet {
    const ENDING: &'static str = "parquet";

    fn begin(schema: SchemaRef) -> Result<Self, ArrowError> {
        Ok(Parquet(ArrowWriter::try_new(Vec::new(), schema, Some(properties()))?))
    }

    fn group(&mut self, batch: &RecordBatch) -> Result<(), ArrowError> {
        self.0.write(batch)?;
        Ok(self.0.flush()?)
    }

    fn finish(&mut self) -> Result<(), ArrowError> {
        self.0.finish()?;
        Ok(())
    }

    fn written(&mut self) -> &mut Vec<u8> {
        self.0.inner_mut()
    }
}

/// The Arrow IPC streaming format.
pub struct Stream(StreamWriter<Vec<u8>>);

impl Encoder for Stream {
    const ENDING: &'static str = "arrows";

    fn begin(schema: SchemaRef) -> Result<Self, ArrowError> {
        Ok(Stream(StreamWriter::try_new(Vec::new(), &schema)?))
    }

    fn group(&mut self, batch: &RecordBatch) -> Result<(), ArrowError> {
        self.0.write(batch)
    }

    fn finish(&mut self) -> Result<(), ArrowError> {
        self.0.finish()
    }

    fn written(&mut self) -> &mut Vec<u8> {
        self.0.get_mut()
    }
}

/// One table.
pub struct Batches<'a, E> {
    out: Box<dyn Write + 'a>,
    encoder: E,
    /// The group that is not yet written.
    frame: Frame,
}

impl<'a, E: Encoder> Table<'a> for Batches<'a, E> {
    const ENDING: &'static str = E::ENDING;

    fn new<'l, R: Row<'l>>(out: Box<dyn Write + 'a>) -> Result<Self, ExportError> {
        let frame = Frame::new::<R>();
        Ok(Batches { out, encoder: E::begin(frame.schema())?, frame })
    }

    fn row<'l, R: Row<'l>>(&mut self, row: &R) -> Result<(), ExportError> {
        self.frame.push(row);
        if self.frame.rows >= ROWS || self.frame.words >= WORDS { self.write_group() } else { Ok(()) }
    }

    fn end(&mut self) -> Result<(), ExportError> {
        if self.frame.rows > 0 {
            self.write_group()?;
        }
        self.encoder.finish()?;
        self.hand_on()?;
        Ok(self.out.flush()?)
    }
}

impl<E: Encoder> Batches<'_, E> {
    fn write_group(&mut self) -> Result<(), ExportError> {
        self.encoder.group(&self.frame.take()?)?;
        self.hand_on()
    }

    /// Passes on what is encoded.
    fn hand_on(&mut self) -> Result<(), ExportError> {
        let encoded = self.encoder.written();
        self.out.write_all(encoded)?;
        encoded.clear();
        Ok(())
    }
}
