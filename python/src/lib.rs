//! onrecord for Python: the native half of the package `onrecord`, whose other half (`python/onrecord`) is what people import.
//!
//! Nothing is decided here: reports are read by `onrecord-reader`, rows made by `onrecord-export`, accounts by `onrecord-account`. Batches
//! come and go by Arrow's C data interface without being copied, and Python's lock is let go of while there is work to do.

mod batches;
mod merging;
mod reading;
mod store;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::fmt::Display;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What was asked for cannot be had: as Python tells it.
fn wrong(error: impl Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymodule]
fn _onrecord(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", onrecord_record::json::VERSION)?;
    module.add_class::<reading::Reader>()?;
    module.add_class::<store::Store>()?;
    module.add_function(wrap_pyfunction!(reading::page, module)?)?;
    module.add_function(wrap_pyfunction!(reading::schema, module)?)?;
    merging::register(module)
}
