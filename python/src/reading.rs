//! Reading one report or a batch of them.

use crate::batches::{COLUMNS, Reports, unreadable};
use crate::wrong;
use arrow_array::RecordBatch;
use arrow_pyarrow::PyArrowType;
use arrow_schema::Schema;
use onrecord_export::records::{self, Row};
use onrecord_reader::{Attribution, Lexicon, OwnTable, TABLES};
use onrecord_record::json;
use onrecord_source::json_document;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde_json::Value;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Bytes of stack of a thread: several times what the deepest page or sentence takes.
const STACK: usize = 16 << 20;

/// Engine and tables, ready to read any number of reports.
#[pyclass(frozen, module = "onrecord._onrecord")]
pub struct Reader(onrecord_reader::Reader);

#[pymethods]
impl Reader {
    /// `lexicon`: a folder with tables of one's own; `statements`: `listed`, `sure` or `every`.
    #[new]
    #[pyo3(signature = (lexicon=None, statements="sure"))]
    fn new(py: Python<'_>, lexicon: Option<PathBuf>, statements: &str) -> PyResult<Self> {
        let attribution = match statements {
            "listed" => Attribution::Listed,
            "sure" => Attribution::Sure,
            "every" => Attribution::Every,
            other => return Err(wrong(format!("statements={other:?} is none of listed, sure, every"))),
        };
        py.detach(|| {
            let own = lexicon.map(tables).transpose()?.unwrap_or_default();
            let lexicon = Lexicon::with(&own).map_err(wrong)?;
            Ok(Reader(onrecord_reader::Reader::with_lexicon(lexicon).attributing(attribution)))
        })
    }

    /// The record of a report, both as JSON.
    fn read(&self, py: Python<'_>, report: &str) -> PyResult<String> {
        py.detach(|| {
            let known = serde_json::from_str(report).map_err(wrong)?;
            let document = json_document(report.as_bytes(), &named(&known)).map_err(|error| wrong(error.fault))?;
            let record = sound(|| self.0.read(&document)).map_err(PyRuntimeError::new_err)?;
            Ok(json::to_line(&document, &record))
        })
    }

    /// The records of a batch of reports, a row each, in their order.
    fn read_batch(
        &self,
        py: Python<'_>,
        batch: PyArrowType<RecordBatch>,
        threads: Option<usize>,
    ) -> PyResult<PyArrowType<RecordBatch>> {
        py.detach(|| {
            let reports = Reports::of(&batch.0).map_err(wrong)?;
            let rows = in_order(batch.0.num_rows(), threads, |nth| self.row(&reports, nth));
            records::batch(&rows).map(PyArrowType).map_err(wrong)
        })
    }
}

impl Reader {
    fn row(&self, reports: &Reports, nth: usize) -> Row {
        let known = reports.known(nth);
        let id = named(&known);
        let read = || -> Result<_, String> {
            let document = json_document(known.to_string().as_bytes(), &id).map_err(|error| error.fault.to_string())?;
            let record = self.0.read(&document);
            Ok((document, record))
        };
        let read = sound(read).map_err(str::to_owned).flatten();
        let (document, record) = read.unwrap_or_else(|why| unreadable(&known, &id, why));
        records::row(&document, &record)
    }
}

/// An id for a report that has none: of what is known of it, so that the same report has the same however it is given.
fn named(known: &Value) -> String {
    let told = COLUMNS.iter().map(|name| (name, &known[name])).filter(|(_, value)| !value.is_null());
    let told: Vec<String> = told.map(|(name, value)| format!("{name} {value}")).collect();
    blake3::hash(told.join("\n").as_bytes()).to_hex()[..16].to_owned()
}

/// What reading gives. It does not panic; should it, that is a bug that costs one report and not all of them.
fn sound<T>(read: impl FnOnce() -> T) -> Result<T, &'static str> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| "a bug in onrecord: reading this report panicked")
}

/// `work` of the numbers below `count`, on so many threads; none: one per core.
fn in_order<T: Send>(count: usize, threads: Option<usize>, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.unwrap_or_else(cores).clamp(1, count.max(1));
    let next = AtomicUsize::new(0);
    let take = || {
        let mine = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|nth| *nth < count));
        mine.map(|nth| (nth, work(nth))).collect::<Vec<_>>()
    };
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let start = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, take);
        // Where no thread can be had, those there are do the work.
        let workers: Vec<_> = (0..threads).map_while(|n| start(n).ok()).collect();
        let mine = if workers.is_empty() { take() } else { Vec::new() };
        let theirs = workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        mine.into_iter().chain(theirs).collect()
    });
    done.sort_by_key(|(nth, _)| *nth);
    done.into_iter().map(|(_, one)| one).collect()
}

/// The tables of a folder.
fn tables(folder: PathBuf) -> PyResult<Vec<OwnTable>> {
    let files = TABLES.iter().map(|schema| (schema.name, folder.join(schema.name))).filter(|(_, path)| path.is_file());
    let own: Vec<_> = files
        .map(|(name, path)| {
            let place = path.display().to_string();
            let text = fs::read_to_string(&path).map_err(|error| wrong(format!("{place}: {error}")))?;
            Ok(OwnTable { name: name.to_owned(), place, text })
        })
        .collect::<PyResult<_>>()?;
    if own.is_empty() {
        let folder = folder.display();
        return Err(wrong(format!(
            "no table in {folder}; tables are files such as events.tsv (onrecord lexicon export writes them)"
        )));
    }
    Ok(own)
}

/// A page that shows a record (as JSON) with its words.
#[pyfunction]
pub fn page(py: Python<'_>, record: &str) -> PyResult<String> {
    py.detach(|| {
        let (document, record) = json::from_str(record).map_err(wrong)?;
        Ok(onrecord_view::page::page(&[onrecord_view::page::article(&document, &record, 1)]))
    })
}

/// The columns of records.
#[pyfunction]
pub fn schema() -> PyArrowType<Schema> {
    PyArrowType(records::schema().as_ref().clone())
}
