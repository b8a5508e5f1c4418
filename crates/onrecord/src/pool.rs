//! Work on many items at once, results in the order of the items.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

/// Results that may wait for an earlier one, per worker. It bounds memory: one slow item holds up the others here.
const AHEAD: usize = 4;

/// Bytes of stack of a worker: several times what the deepest page or sentence takes.
pub const STACK: usize = 16 << 20;

/// As many threads as were asked for, else one per core.
pub fn threads(asked: Option<NonZeroUsize>) -> usize {
    asked.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from)
}

/// Applies `work` to every item on `threads` threads and gives the results to `finish` on this one, in order. Items are taken
/// one by one as workers get free, never far ahead of what is finished. Stops at the first error of `finish`.
pub fn in_order<T, R, E>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut finish: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
{
    let items = Mutex::new(items.enumerate());
    let window = Window::default();
    let ahead = threads * AHEAD;
    thread::scope(|scope| {
        let (results, finished) = sync_channel(ahead);
        for n in 0..threads {
            let (results, items, window, work) = (results.clone(), &items, &window, &work);
            let worker = move || {
                loop {
                    // Held while taking: the source is read by one at a time.
                    let next = lock(items).next();
                    let Some((number, item)) = next else { return };
                    if !window.wait(number, ahead) || results.send((number, work(item))).is_err() {
                        return;
                    }
                }
            };
            if let Err(error) = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker) {
                // Fewer threads do the same work; with none there is nothing left to try.
                assert!(n > 0, "no thread can be started: {error}");
                break;
            }
        }
        drop(results);
        // Whatever ends this, a panic too: nobody waits on for what is no longer wanted.
        let _closing = Closing(&window);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut done = Ok(());
        for (number, result) in &finished {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&next) {
                done = finish(result);
                next += 1;
                if done.is_err() {
                    break;
                }
                window.advance(next);
            }
            if done.is_err() {
                break;
            }
        }
        // Workers that still wait to send must find nobody there.
        drop(finished);
        done
    })
}

/// How far work may run ahead of what is finished.
#[derive(Default)]
struct Window {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Default)]
struct State {
    /// Results finished.
    finished: usize,
    /// No more are wanted.
    closed: bool,
}

/// Closes a window when it is dropped.
struct Closing<'w>(&'w Window);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Window {
    /// Waits until item `number` is near enough; false when it is no longer wanted.
    fn wait(&self, number: usize, ahead: usize) -> bool {
        let mut state = lock(&self.state);
        while !state.closed && number >= state.finished + ahead {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        !state.closed
    }

    fn advance(&self, finished: usize) {
        lock(&self.state).finished = finished;
        self.moved.notify_all();
    }

    fn close(&self) {
        lock(&self.state).closed = true;
        self.moved.notify_all();
    }
}

/// What a panicking worker left behind is still whole: nothing is changed in steps under these locks.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_order_whatever_takes_long() {
        let mut seen = Vec::new();
        let slow_first = |n: u64| {
            thread::sleep(std::time::Duration::from_millis(if n == 0 { 30 } else { 0 }));
            n
        };
        in_order(0..100, 4, slow_first, |n| {
            seen.push(n);
            Ok::<_, ()>(())
        })
        .unwrap();
        assert_eq!(seen, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_stops_the_work() {
        let worked = AtomicUsize::new(0);
        let stopped = in_order(0..1_000_000, 3, |n| worked.fetch_add(1, Ordering::Relaxed) + n, |_| Err("enough"));
        assert_eq!(stopped, Err("enough"));
        assert!(worked.into_inner() < 100);
    }

    #[test]
    fn a_panic_while_finishing_ends_the_work() {
        let finish = |n| if n == 3 { std::panic::resume_unwind(Box::new("enough")) } else { Ok::<_, ()>(()) };
        let panicked = std::panic::catch_unwind(|| in_order(0..1_000_000, 3, |n| n, finish));
        assert!(panicked.is_err());
    }

    #[test]
    fn nothing_to_do() {
        assert_eq!(in_order(std::iter::empty::<u8>(), 8, |n| n, |_| Err(())), Ok(()));
    }
}
