//! A look at a store that changes nothing, of both databases.

mod places;

use onrecord_store::{Health, Store, StoreError};
use places::fresh;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn a_store_is_well_once_it_is_made() {
    for place in fresh() {
        assert!(matches!(Health::of(&place.at, PATIENCE), Err(StoreError::Missing(_))), "{}", place.at);
        drop(Store::create(place.at.clone()).unwrap());
        let health = Health::of(&place.at, PATIENCE).unwrap();
        assert!(health.writable && health.whole && !health.busy && health.faults.is_empty(), "{health:?}");
        assert_eq!((health.version, health.documents), (health.known, Some(0)), "{health:?}");
        assert!(health.database.starts_with("SQLite 3.") || health.database.starts_with("PostgreSQL "), "{health:?}");
    }
}
