//! What can go wrong with an export.

use std::io;

/// What happened, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The bytes could not be written.
    #[error("cannot write the export: {0}; what is there is cut off, write it again once there is room")]
    Write(#[from] io::Error),
    /// Rows that were taken for records are none.
    #[error("these rows are no records: {0}; take the columns that onrecord wrote as they are")]
    NoRecord(String),
    /// A report that the account tells of could not be had.
    #[error("{0}")]
    Report(Box<dyn std::error::Error + Send + Sync>),
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => ExportError::Write(error),
            kind => ExportError::Write(io::Error::other(format!("{kind:?}"))),
        }
    }
}

impl From<parquet::errors::ParquetError> for ExportError {
    fn from(error: parquet::errors::ParquetError) -> Self {
        ExportError::Write(io::Error::other(error))
    }
}

impl From<arrow_schema::ArrowError> for ExportError {
    fn from(error: arrow_schema::ArrowError) -> Self {
        ExportError::Write(io::Error::other(error))
    }
}

impl From<serde_json::Error> for ExportError {
    fn from(error: serde_json::Error) -> Self {
        ExportError::Write(error.into())
    }
}
