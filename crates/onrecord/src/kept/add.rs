//! `onrecord add`.

use super::cli::Add;
use super::keeper::{Gone, Keeper, News};
use super::manifest::Manifest;
use super::prepare::{Preparing, VERSION};
use super::progress::Progress;
use super::stop::Stop;
use crate::{output, pool};
use anyhow::Result;
use onrecord_reader::Reader;
use onrecord_source::{Form, Input, Meter, pieces_and_feeds};
use onrecord_store::Store;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Duration;

/// How long a transaction goes on: less than others who write wait for theirs.
const PATIENCE: Duration = Duration::from_secs(20);

/// Reads all inputs and keeps them.
pub fn run(arguments: Add) -> Result<ExitCode> {
    let store = Store::create(arguments.db.db.clone())?;
    let known = store.digests(VERSION)?;
    let inputs: Vec<Input> = arguments.inputs.iter().map(|argument| Input::from_argument(argument)).collect();
    let threads = pool::threads(arguments.threads);
    let form = Form::from(arguments.input);
    let fetcher = arguments.web.fetcher();
    let stop = Stop::on_interrupt({
        let fetcher = fetcher.clone();
        move || fetcher.stop()
    });
    let meter = Meter::default();
    let progress = Progress::through(&inputs, &meter);
    let documents = inputs.into_iter().flat_map(|input| pieces_and_feeds(&input, form, &fetcher, &meter));
    let documents = documents.take_while(|_| !stop.is_asked());
    let preparing = Preparing { reader: &Reader::builtin(), originals: !arguments.keep.no_original };
    let manifest = arguments.keep.manifest.as_deref().map(Manifest::create).transpose()?;
    let keeper = Keeper { store, manifest, progress, patience: PATIENCE, feeds: BTreeMap::new() };
    let tally = keeper.beside(|news| {
        let read = |piece| preparing.item(piece, |document| known.contains(&onrecord_store::digest(document)));
        pool::in_order(documents, threads, read, |item| match item {
            Some(item) => news.send(News::Report(item)).map_err(|_| Gone),
            None => Ok(()),
        })
    })?;
    output::report(&tally.to_string());
    if stop.is_asked() {
        output::report("stopped before the end; run the same command again to go on");
    }
    Ok(if tally.failed > 0 || stop.is_asked() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
