//! Keeping what was read, on a thread of its own, in the order in which it comes; counting it, and telling what became of it.

use super::manifest::{Entry, Manifest};
use super::progress::Progress;
use super::tally::Tally;
use anyhow::Result;
use onrecord_source::watch::FeedState;
use onrecord_store::{Added, Feed, Prepared, Store};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// Reports kept in one transaction: what is written for each lies all over the store, so that many at once are much cheaper. While they
/// come without a pause it is their number that ends a transaction, not the clock: where more hangs together than is grouped anew, it
/// matters what was kept together.
const BATCH: usize = 500;
/// A pause that ends a transaction.
const PAUSE: Duration = Duration::from_secs(2);
/// Reports that may wait for the store, so that reading goes on while it writes.
const AHEAD: usize = 64;

/// What comes to be kept.
pub enum News {
    /// A report, or why there is none.
    Report(Item),
    /// What is known of a feed from now on.
    Feed { address: String, state: Box<FeedState> },
}

/// One thing that was to be read.
pub struct Item {
    /// Where it came from.
    pub place: String,
    /// Its id, where it has one.
    pub id: Option<String>,
    pub fate: Fate,
    /// The feed and its entry that this settles.
    pub entry: Option<(String, String)>,
}

/// What became of it on its way.
pub enum Fate {
    Ready(Box<Prepared>),
    /// Kept before, the same in all.
    Known,
    /// Its publisher took it back.
    Withdrawn(String),
    Failed {
        why: String,
        /// Whether it may go well an hour later.
        may_pass: bool,
    },
}

/// Whoever keeps it takes no more, and says why itself.
pub struct Gone;

/// Keeps reports and counts them.
pub struct Keeper {
    pub store: Store,
    pub manifest: Option<Manifest>,
    pub progress: Progress,
    /// How long a transaction goes on at the most: what is read meanwhile is lost when the program is killed, and others who write wait.
    pub patience: Duration,
    /// What is known of the feeds that are watched.
    pub feeds: BTreeMap<String, FeedState>,
}

impl Keeper {
    /// Runs `work`, and keeps what it sends beside it.
    ///
    /// # Errors
    /// When the store refuses; `work` then finds nobody to send to.
    pub fn beside<T>(mut self, work: impl FnOnce(&SyncSender<News>) -> T) -> Result<Tally> {
        thread::scope(|scope| {
            let (news, waiting) = sync_channel(AHEAD);
            let progress = self.progress.clone();
            let writer = scope.spawn(move || self.run(&waiting));
            work(&news);
            drop(news);
            // A writer that panicked has said so; there is nothing to go on with.
            let tally = writer.join().unwrap_or_else(|panic| resume_unwind(panic));
            progress.end();
            tally
        })
    }

    fn run(&mut self, waiting: &Receiver<News>) -> Result<Tally> {
        let mut tally = Tally::default();
        while let Ok(first) = waiting.recv() {
            let mut batch = Batch { feeds: &mut self.feeds, touched: BTreeSet::new(), ends: Vec::new(), progress: &self.progress };
            let first = batch.take(first);
            let added = if first.is_some() || !batch.touched.is_empty() {
                let batch = std::cell::RefCell::new(&mut batch);
                let following = following(waiting, if first.is_some() { self.patience } else { Duration::ZERO });
                let reports = first.into_iter().chain(following.filter_map(|news| batch.borrow_mut().take(news)));
                self.store.add_from(reports, || batch.borrow().feeds(), &super::now())?
            } else {
                Vec::new()
            };
            let ends = batch.ends;
            settle(&ends, &added, &mut tally, self.manifest.as_mut())?;
            self.progress.tell(&tally);
        }
        Ok(tally)
    }
}

/// What comes in time for the same transaction.
fn following(waiting: &Receiver<News>, patience: Duration) -> impl Iterator<Item = News> {
    let end = Instant::now() + patience;
    (1..BATCH).map_while(move |_| {
        let left = end.checked_duration_since(Instant::now())?;
        waiting.recv_timeout(left.min(PAUSE)).ok()
    })
}

/// What is dealt with in one transaction.
struct Batch<'k> {
    feeds: &'k mut BTreeMap<String, FeedState>,
    touched: BTreeSet<String>,
    /// In their order, what came to which end; the reports' own are not known before the end.
    ends: Vec<End>,
    progress: &'k Progress,
}

struct End {
    place: String,
    id: Option<String>,
    /// Nothing where the store is to say.
    fate: Option<Fate>,
}

impl Batch<'_> {
    /// The report to keep, if it is one.
    fn take(&mut self, news: News) -> Option<Prepared> {
        let Item { place, id, fate, entry } = match news {
            News::Report(item) => item,
            News::Feed { address, state } => {
                self.feeds.insert(address.clone(), *state);
                self.touched.insert(address);
                return None;
            }
        };
        if let Some((address, entry)) = entry {
            self.feeds.entry(address.clone()).or_default().saw(&entry);
            self.touched.insert(address);
        }
        if let Fate::Failed { why, .. } | Fate::Withdrawn(why) = &fate {
            self.progress.report(why);
        }
        let (prepared, fate) = match fate {
            Fate::Ready(prepared) => (Some(*prepared), None),
            other => (None, Some(other)),
        };
        self.ends.push(End { place, id, fate });
        prepared
    }

    fn feeds(&self) -> Vec<Feed> {
        let state = |address: &String| serde_json::to_string(&self.feeds[address]).expect("a state has string keys");
        self.touched.iter().map(|address| Feed { address: address.clone(), state: state(address) }).collect()
    }
}

/// Counts what came to its end, and writes it down.
fn settle(ends: &[End], added: &[Added], tally: &mut Tally, manifest: Option<&mut Manifest>) -> Result<()> {
    let mut added = added.iter();
    let mut entries = Vec::with_capacity(ends.len());
    for end in ends {
        let (outcome, why) = match (&end.fate, end.fate.is_none().then(|| added.next()).flatten()) {
            (None, Some(added)) => {
                tally.count(*added);
                (name(*added), None)
            }
            (Some(Fate::Withdrawn(why)), _) => {
                tally.skipped += 1;
                ("skipped", Some(why.as_str()))
            }
            (Some(Fate::Failed { why, .. }), _) => {
                tally.failed += 1;
                ("failed", Some(why.as_str()))
            }
            _ => {
                tally.known += 1;
                ("known", None)
            }
        };
        entries.push(Entry { source: &end.place, id: end.id.as_deref(), outcome, why });
    }
    manifest.map_or(Ok(()), |manifest| manifest.write(entries.into_iter()))
}

fn name(added: Added) -> &'static str {
    match added {
        Added::New => "new",
        Added::Known => "known",
        Added::Changed => "changed",
        Added::Reread => "reread",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed() -> News {
        News::Feed { address: String::new(), state: Box::default() }
    }

    #[test]
    fn their_number_ends_a_transaction() {
        let (news, waiting) = sync_channel(2 * BATCH);
        (0..2 * BATCH).for_each(|_| drop(news.send(feed())));
        assert_eq!(following(&waiting, Duration::from_secs(60)).count(), BATCH - 1);
    }

    #[test]
    fn the_clock_ends_a_transaction_of_a_few() {
        let (news, waiting) = sync_channel(3);
        (0..3).for_each(|_| drop(news.send(feed())));
        // Whoever sends is still there.
        assert_eq!(following(&waiting, Duration::from_millis(5)).count(), 3);
        drop(news);
    }
}
