//! Reports with their records, at hand while one page is made.

use crate::problem::Problem;
use onrecord_export::known::Known;
use onrecord_store::{Kept, Store};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Reports kept in memory at once.
const REMEMBERED: usize = 400;

/// Gives reports, each read from the store once.
pub struct AtHand<'s> {
    store: &'s Store,
    kept: RefCell<HashMap<String, Rc<Kept>>>,
}

impl<'s> AtHand<'s> {
    pub fn new(store: &'s Store) -> Self {
        AtHand { store, kept: RefCell::default() }
    }

    /// A report with its record.
    ///
    /// # Errors
    /// When there is none, or it is damaged.
    pub fn kept(&self, id: &str) -> Result<Rc<Kept>, Problem> {
        if let Some(kept) = self.kept.borrow().get(id) {
            return Ok(Rc::clone(kept));
        }
        let kept = Rc::new(self.store.kept(id)?);
        let mut all = self.kept.borrow_mut();
        if all.len() >= REMEMBERED {
            all.clear();
        }
        all.insert(id.to_owned(), Rc::clone(&kept));
        Ok(kept)
    }

    /// The same for their words: a record that nobody asked for is not read.
    pub fn words(&self) -> Known<'_> {
        Known::new(Box::new(|id| match self.kept.borrow().get(id) {
            Some(kept) => Ok(kept.document.clone()),
            None => Ok(self.store.report(id)?),
        }))
    }
}
