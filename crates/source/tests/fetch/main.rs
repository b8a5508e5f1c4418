//! The fetcher against servers on 127.0.0.1.

mod politeness;
mod reading;
mod safety;
mod server;
