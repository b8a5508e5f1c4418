//! The kept record, asked from Python.

use crate::wrong;
use onrecord_account::{Kind, Line};
use onrecord_export::{Export, ExportError, Fetch};
use onrecord_store::{Asked, StoreError};
use pyo3::exceptions::PyFileNotFoundError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A store that is open.
#[pyclass(frozen, module = "onrecord._onrecord")]
pub struct Store {
    kept: Mutex<onrecord_store::Store>,
    place: String,
}

#[pymethods]
impl Store {
    #[new]
    fn open(py: Python<'_>, place: &str) -> PyResult<Self> {
        let opened = py.detach(|| onrecord_store::Store::open(place));
        // Shown without the password of a server.
        let place = onrecord_store::Place::from(place).to_string();
        opened.map(|store| Store { kept: Mutex::new(store), place }).map_err(|error| match error {
            StoreError::Missing(_) => PyFileNotFoundError::new_err(error.to_string()),
            other => wrong(other),
        })
    }

    /// One of the seven tables, of what fits the question, as a stream of Arrow.
    fn table<'py>(&self, py: Python<'py>, table: &str, question: &str, limit: Option<usize>) -> PyResult<Bound<'py, PyBytes>> {
        let stream = py.detach(|| {
            let mut asked: Asked = question.parse().map_err(wrong)?;
            asked.limit = limit;
            let store = self.lock();
            let lines = lines(&store, table, &asked, question.trim().is_empty()).map_err(wrong)?;
            stream(&store, table, lines).map_err(wrong)
        })?;
        Ok(PyBytes::new(py, &stream))
    }

    /// Where it is.
    fn place(&self) -> &str {
        &self.place
    }

    /// How many reports it holds.
    fn documents(&self, py: Python<'_>) -> PyResult<usize> {
        py.detach(|| self.lock().documents().map_err(wrong))
    }

    /// The record of a report, both as JSON.
    fn record(&self, py: Python<'_>, document: &str) -> PyResult<String> {
        let kept = py.detach(|| self.lock().kept(document)).map_err(wrong)?;
        Ok(onrecord_record::json::to_line(&kept.document, &kept.record))
    }
}

impl Store {
    /// Whoever panicked with it changed nothing: it is only asked.
    fn lock(&self) -> MutexGuard<'_, onrecord_store::Store> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The lines that fill a table.
fn lines(store: &onrecord_store::Store, table: &str, asked: &Asked, all: bool) -> Result<Vec<Line>, StoreError> {
    match table {
        "events" | "mentions" => store.ask(Kind::Event, asked),
        "figures" => store.figures(asked, false),
        "positions" => store.ask(Kind::Position, asked),
        "statements" => store.ask(Kind::Statement, asked),
        "actors" => store.ask(Kind::Actor, asked),
        // Of a search, reports that fit; of nothing, all.
        _ if all => {
            let mut documents = Vec::new();
            let limit = asked.limit.unwrap_or(usize::MAX);
            store.account::<StoreError>(|line| {
                if matches!(line, Line::Document { .. }) && documents.len() < limit {
                    documents.push(line);
                }
                Ok(())
            })?;
            Ok(documents)
        }
        _ => Ok(store.search(asked)?.into_iter().map(|(line, _)| line).collect()),
    }
}

fn stream(store: &onrecord_store::Store, table: &str, lines: Vec<Line>) -> Result<Vec<u8>, ExportError> {
    let written = Written::default();
    let fetch: Fetch = Box::new(|id| Ok(store.report(id)?));
    let mut export = Export::table(table, Box::new(written.clone()), fetch)?;
    lines.into_iter().try_for_each(|line| export.take(line))?;
    export.end()?;
    Ok(written.take())
}

/// Bytes that two hold: the export that writes them, and who wants them.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
