//! Connections to the store: as many as work at once, opened when they are needed.

use onrecord_store::{Place, Store, StoreError};
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

/// Questions that are answered at once; others wait their turn.
const AT_ONCE: usize = 8;

/// Opens stores and lends them.
#[derive(Clone)]
pub struct Pool {
    place: Arc<Place>,
    idle: Arc<Mutex<Vec<Store>>>,
    turns: Arc<Semaphore>,
}

impl Pool {
    pub fn new(place: Place) -> Self {
        Pool { place: Arc::new(place), idle: Arc::default(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Does something with a store, on a thread that may wait for it.
    ///
    /// # Errors
    /// When the store cannot be opened, or with what `work` gives.
    pub async fn with<T, E>(&self, work: impl FnOnce(&mut Store) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let turn = Arc::clone(&self.turns).acquire_owned().await.expect("turns are never closed");
        let (place, idle) = (Arc::clone(&self.place), Arc::clone(&self.idle));
        let task = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let waiting = idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
            let mut store = match waiting {
                Some(store) => store,
                None => Store::open((*place).clone())?.frugal()?,
            };
            let done = work(&mut store);
            idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(store);
            done
        });
        match task.await {
            Ok(done) => done,
            // A store whose work panicked is not lent again: it was not put back.
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }
}
