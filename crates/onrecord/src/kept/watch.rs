//! `onrecord watch`.

use super::board::{Board, Standing};
use super::keeper::{Fate, Item, Keeper, News};
use super::manifest::Manifest;
use super::prepare::Preparing;
use super::progress::Progress;
use super::stop::Stop;
use super::watch_cli::Watch;
use crate::{output, pool};
use anyhow::{Context, Result};
use jiff::Timestamp;
use onrecord_reader::Reader;
use onrecord_source::fetch::Fetcher;
use onrecord_source::watch::{self, FeedState, Outcome, Schedule, Step};
use onrecord_source::{Entry, Given, Input, LinkTo, Piece, SourceError};
use onrecord_store::{Feed, Store};
use std::collections::{BTreeMap, btree_map};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

/// Feeds looked at at the same time, each of another host: most of that time is waiting for servers.
const AT_ONCE: usize = 8;
/// How long a transaction goes on: reports come one by one, and each is to be kept soon.
const PATIENCE: Duration = Duration::from_millis(200);

/// Looks at feeds and keeps what is new.
pub fn run(arguments: Watch) -> Result<ExitCode> {
    let store = Store::create(arguments.db.db.clone())?;
    let inputs: Vec<Input> = arguments.sources.iter().map(|argument| Input::from_argument(argument)).collect();
    let mut unread = 0;
    let (feeds, others) = feeds(&store, &inputs, &mut unread)?;
    if feeds.is_empty() {
        output::report("there is no feed to watch; name one, as in: onrecord watch https://example.org/feed");
        return Ok(ExitCode::from(2));
    }
    let board = Arc::new(Board::new(feeds.clone(), arguments.once));
    let fetcher = arguments.web.fetcher();
    let stop = Stop::on_interrupt({
        let (board, fetcher) = (board.clone(), fetcher.clone());
        move || {
            board.stop();
            fetcher.stop();
        }
    });
    let manifest = arguments.keep.manifest.as_deref().map(Manifest::create).transpose()?;
    let progress = Progress::of_feeds();
    let keeper = Keeper { store, manifest, progress: progress.clone(), patience: PATIENCE, feeds };
    let failed = AtomicUsize::new(unread);
    let tally = keeper.beside(|news| {
        let looker = Looker {
            board: &board,
            fetcher: &fetcher,
            schedule: schedule(arguments.every),
            kept: Mutex::new(Store::open(arguments.db.db.clone()).ok()),
            reader: OnceLock::new(),
            originals: !arguments.keep.no_original,
            others,
            stop: &stop,
            failed: &failed,
            progress,
        };
        thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                let (looker, news) = (&looker, news.clone());
                let work = move || looker.work(&news);
                if thread::Builder::new().stack_size(pool::STACK).spawn_scoped(scope, work).is_err() {
                    // Fewer do the same work, one after another.
                    break;
                }
            }
        });
    })?;
    let failed = failed.into_inner();
    output::report(&format!("{tally}; {failed} looks at feeds failed"));
    if arguments.once && !stop.is_asked() {
        board.waiting().iter().for_each(left_alone);
        return Ok(if failed + tally.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS });
    }
    if !stop.is_asked() {
        output::report("no feed is left to look at: their servers say that all are gone (see onrecord feeds)");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn left_alone((address, until): &(String, Option<Timestamp>)) {
    output::report(&match until {
        Some(until) => format!("{address}: failed before and is left alone until {until:.0}"),
        None => format!("{address}: gone for good, says its server; onrecord feeds --remove {address}"),
    });
}

/// Feeds by the addresses by which they were named.
type Feeds = BTreeMap<String, FeedState>;

/// The feeds to watch: those of the inputs, or all that are known; and the others that are known. New ones are kept at once. Counts the
/// inputs that name none.
fn feeds(store: &Store, inputs: &[Input], unread: &mut usize) -> Result<(Feeds, Feeds)> {
    let mut known = BTreeMap::new();
    for Feed { address, state } in store.feeds()? {
        let state = serde_json::from_str(&state).with_context(|| {
            format!(
                "{address}: what is known of it is damaged; forget it with onrecord feeds --remove {address}, and name it again"
            )
        })?;
        known.insert(address, state);
    }
    if inputs.is_empty() {
        return Ok((known, BTreeMap::new()));
    }
    let mut named = BTreeMap::new();
    for input in inputs {
        let links = watch::feeds(input).unwrap_or_else(|error| {
            output::report(&error.to_string());
            *unread += 1;
            Vec::new()
        });
        for link in links {
            if let btree_map::Entry::Vacant(new) = named.entry(link.url) {
                let state = known.remove(new.key()).map_or_else(|| begin(store, new.key()), Ok)?;
                new.insert(state);
            }
        }
    }
    // What a list of feeds was seen to have are feeds, and are named with it.
    let listed: Vec<String> = named.values().flat_map(|state| &state.seen).filter(|id| known.contains_key(*id)).cloned().collect();
    let listed: Feeds = listed.into_iter().filter_map(|address| known.remove_entry(&address)).collect();
    named.extend(listed);
    Ok((named, known))
}

fn begin(store: &Store, address: &str) -> Result<FeedState> {
    let state = FeedState::new(address, Timestamp::now());
    store.keep_feed(&Feed { address: address.to_owned(), state: serde_json::to_string(&state)? })?;
    Ok(state)
}

fn schedule(every: Option<Duration>) -> Schedule {
    let usual = Schedule::default();
    every.map_or(usual.clone(), |every| Schedule {
        first: every,
        shortest: every,
        longest: every,
        failure: every.min(usual.failure),
        ..usual
    })
}

/// What all who look share.
struct Looker<'w> {
    board: &'w Board,
    fetcher: &'w Fetcher,
    schedule: Schedule,
    /// To ask what is kept; without it pages are read that another feed has led to before.
    kept: Mutex<Option<Store>>,
    reader: OnceLock<Reader>,
    originals: bool,
    /// Feeds that are known and were not named; lists may still lead to them.
    others: Feeds,
    stop: &'w Stop,
    failed: &'w AtomicUsize,
    progress: Progress,
}

impl Looker<'_> {
    fn work(&self, news: &SyncSender<News>) {
        while let Some((address, state)) = self.board.take() {
            self.tell();
            let after = self.look(&address, &state, news);
            self.board.put(&address, after);
            self.tell();
        }
    }

    /// What is known of a feed after a look at it; nothing when the look came to no end.
    fn look(&self, address: &str, state: &FeedState, news: &SyncSender<News>) -> Option<FeedState> {
        let outcome = watch::poll(self.fetcher, state);
        if self.stop.is_asked() {
            return None;
        }
        if let Outcome::Failed { message, .. } = &outcome {
            self.failed.fetch_add(1, Ordering::Relaxed);
            self.progress.report(&format!("{address}: {message}"));
        }
        let step = watch::step(state, Timestamp::now(), outcome, &self.schedule);
        for feed in &step.feeds {
            let begun = || FeedState::new(&feed.url, Timestamp::now());
            let state = self.others.get(&feed.url).cloned().unwrap_or_else(begun);
            if self.board.add(&feed.url, state.clone()) {
                self.send(news, News::Feed { address: feed.url.clone(), state: Box::new(state) })?;
            }
        }
        let unread = self.read(address, &step, news)?;
        let after = step.without(&unread);
        self.send(news, News::Feed { address: address.to_owned(), state: Box::new(after.clone()) })?;
        Some(after)
    }

    /// Reads the new entries of a feed and sends them to be kept; gives the ids of those to be tried again.
    fn read(&self, address: &str, step: &Step, news: &SyncSender<News>) -> Option<Vec<String>> {
        let mut unread = Vec::new();
        for (piece, entry) in watch::pieces(step, &Given::default(), self.fetcher).zip(&step.new) {
            if self.stop.is_asked() {
                return None;
            }
            let mut item = self.item(piece, entry)?;
            if matches!(item.fate, Fate::Failed { may_pass: true, .. }) {
                unread.push(entry.id.clone());
            } else {
                item.entry = Some((address.to_owned(), entry.id.clone()));
            }
            self.send(news, News::Report(item))?;
        }
        Some(unread)
    }

    fn item(&self, piece: Result<Piece, SourceError>, entry: &Entry) -> Option<Item> {
        if let Ok(piece) = &piece
            && let Some(link) = piece.link().filter(|link| link.to == LinkTo::Report && self.is_kept(&link.url))
        {
            // Another feed led to it before; fetched again it would hardly be the same to the byte.
            return Some(Item { place: piece.place().to_owned(), id: Some(link.url.clone()), fate: Fate::Known, entry: None });
        }
        let preparing = Preparing { reader: self.reader.get_or_init(Reader::builtin), originals: self.originals };
        let mut item = preparing.item(piece, |_| false)?;
        item.id = item.id.or_else(|| entry.url.clone());
        Some(item)
    }

    fn is_kept(&self, url: &str) -> bool {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().is_some_and(|store| store.holds(url).unwrap_or(false))
    }

    /// Nothing when nobody keeps any more, who will say why.
    fn send(&self, news: &SyncSender<News>, one: News) -> Option<()> {
        news.send(one).inspect_err(|_| self.board.stop()).ok()
    }

    fn tell(&self) {
        let Standing { feeds, busy, next } = self.board.standing();
        let then = match next.filter(|_| busy == 0) {
            Some(next) => format!("next at {}", next.strftime("%H:%M UTC")),
            None => format!("looking at {busy}"),
        };
        self.progress.feeds(format!("{feeds} feeds, {then}"));
    }
}
