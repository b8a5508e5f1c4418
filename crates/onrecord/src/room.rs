//! How much is read at the same time, so that memory is bounded by what is read and not by how many threads read it.

use onrecord_source::MAX_WORDS;
use onrecord_text::Document;
use std::sync::{Condvar, Mutex, PoisonError};

/// Bytes of words that may be read at once: one document of the greatest length, or hundreds of usual ones.
static ROOM: Room = Room { taken: Mutex::new(0), left: Condvar::new() };

/// Reads a document when there is room for it.
pub fn reading<T>(document: &Document, read: impl FnOnce() -> T) -> T {
    let _place = ROOM.take(document.text.len());
    read()
}

struct Room {
    taken: Mutex<usize>,
    left: Condvar,
}

/// Given back when it is dropped, after a panic, too.
struct Place<'r> {
    room: &'r Room,
    length: usize,
}

impl Room {
    /// Waits until `length` more bytes have room; what is longer than all of it goes in alone.
    fn take(&self, length: usize) -> Place<'_> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut usize| *taken > 0 && *taken + length > MAX_WORDS;
        *self.left.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner) += length;
        Place { room: self, length }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.room.taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.length;
        self.room.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[test]
    fn long_ones_one_by_one_and_short_ones_together() {
        let room = Room { taken: Mutex::new(0), left: Condvar::new() };
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let at_once = |length: usize| {
            most.store(0, Ordering::SeqCst);
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| {
                        let _place = room.take(length);
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        thread::sleep(std::time::Duration::from_millis(20));
                        inside.fetch_sub(1, Ordering::SeqCst);
                    });
                }
            });
            most.load(Ordering::SeqCst)
        };
        assert_eq!(at_once(3 * MAX_WORDS), 1);
        assert!(at_once(MAX_WORDS / 2) <= 2);
        // A panic gives its place back.
        let _ = thread::scope(|scope| {
            scope
                .spawn(|| {
                    let _place = room.take(MAX_WORDS);
                    std::panic::resume_unwind(Box::new(()));
                })
                .join()
        });
        assert_eq!(*room.taken.lock().unwrap(), 0);
    }
}
