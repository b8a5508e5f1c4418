//! Empty stores for tests: one in a file and, where a server is named, one on it. What holds must hold of both.

use onrecord_store::Place;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Names a PostgreSQL database in which tests may make and drop schemas.
const SERVER: &str = "ONRECORD_TEST_POSTGRES";

/// A place without a store; what is made there goes with it.
pub struct Fresh {
    /// Where.
    pub at: Place,
    _folder: Option<tempfile::TempDir>,
    schema: Option<String>,
}

/// One place for each database at hand.
pub fn fresh() -> Vec<Fresh> {
    let folder = tempfile::tempdir().unwrap();
    let file = Fresh { at: Place::File(folder.path().join("x.db")), _folder: Some(folder), schema: None };
    let mut places = vec![file];
    match std::env::var(SERVER) {
        Ok(server) => places.push(schema(&server)),
        Err(_) => eprintln!("{SERVER} names no server: tried in files only"),
    }
    places
}

fn schema(server: &str) -> Fresh {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    run(server, &format!("CREATE SCHEMA {name}"));
    let sign = if server.contains('?') { '&' } else { '?' };
    let at = Place::Server(format!("{server}{sign}options=-c%20search_path%3D{name}"));
    Fresh { at, _folder: None, schema: Some(name) }
}

fn run(server: &str, statement: &str) {
    postgres::Client::connect(server, postgres::NoTls).unwrap().batch_execute(statement).unwrap();
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let (Some(schema), Ok(server)) = (&self.schema, std::env::var(SERVER)) {
            run(&server, &format!("DROP SCHEMA IF EXISTS {schema} CASCADE"));
        }
    }
}
