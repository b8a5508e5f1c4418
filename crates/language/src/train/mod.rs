//! The trainer: treebanks and name corpora in, model file out.
//!
//! Deterministic: the same files, settings and seed give the same model. `TRAINING.md` has the command and the figures.

mod augment;
mod boundaries;
mod data;
mod layout;
mod learn;
mod lemmas;
mod lists;
mod matrix;
mod measure;
mod operations;
mod optimiser;
mod prepare;
mod quantise;
mod random;
mod score;

pub use measure::measure;

use crate::network::Sizes;
use data::Example;
use learn::{Batch, Gradients, Loss, Parameters, Weights};
use optimiser::Adam;
use prepare::Labels;
use random::Random;
use std::path::PathBuf;

/// What to train on and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// CoNLL-U files to learn from.
    pub treebanks: Vec<PathBuf>,
    /// Name corpora to learn from.
    pub names: Vec<PathBuf>,
    /// CoNLL-U files with trees and names that a larger network gave (see `teacher/`), to learn from in the first epochs.
    pub silver: Vec<PathBuf>,
    /// Share of the epochs that use `silver`; the rest see only what people annotated.
    pub silver_share: f32,
    /// Folder with the tables of names (`lexicon/`); without it the network has no lists of names.
    pub lexicon: Option<PathBuf>,
    /// More names, of lower trust (see `teacher/wide_names.py`).
    pub wide_names: Option<PathBuf>,
    /// CoNLL-U files that are never learnt from: training stops if a `sent_id` is shared. The first is scored after each epoch.
    pub held_out: Vec<PathBuf>,
    /// Width of the word vectors, a multiple of 32.
    pub width: usize,
    /// Number of recurrent layers.
    pub layers: usize,
    /// Passes over the data.
    pub epochs: usize,
    /// Share of activations dropped.
    pub dropout: f32,
    /// Highest learning rate.
    pub rate: f32,
    /// Words in a batch.
    pub batch: usize,
    /// Seed of all randomness.
    pub seed: u64,
}

/// Why training did not happen.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A file could not be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{path}, line {line}: {what}")]
    Format {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A sentence is in the training data and in a test file.
    #[error("sentence {id} is to be trained on but is also in the test file {path}")]
    Shared {
        /// Its `sent_id`.
        id: String,
        /// The test file.
        path: PathBuf,
    },
    /// There is nothing to learn from.
    #[error("no sentence with a tree in the training files")]
    Empty,
}

/// Trains and returns the bytes of the model file. `log` is called with a line now and then.
///
/// # Errors
/// When a file cannot be read or is malformed, when there is no tree to learn from, or when training and test data overlap.
pub fn train(settings: &Settings, log: &mut dyn FnMut(&str)) -> Result<Vec<u8>, TrainError> {
    let mut examples = Vec::new();
    for path in &settings.treebanks {
        examples.extend(data::treebank(path)?);
    }
    let mut held_out = Vec::new();
    for path in &settings.held_out {
        let sentences = data::treebank(path)?;
        data::assert_disjoint(&examples, &sentences, path)?;
        held_out.push(sentences);
    }
    for path in &settings.names {
        let rest = data::join(&mut examples, data::names(path)?);
        log(&format!("{}: {} sentences without a tree", path.display(), rest.len()));
        examples.extend(rest);
    }
    let mut silver = Vec::new();
    for path in &settings.silver {
        silver.extend(data::treebank(path)?);
    }
    let gazetteer = settings
        .lexicon
        .as_deref()
        .map(|folder| lists::gazetteer(folder, settings.wide_names.as_deref()))
        .transpose()?
        .unwrap_or_default();
    let pool = augment::Pool::new(&examples);
    let labels = Labels::new(&examples).ok_or(TrainError::Empty)?;
    let vocabulary = prepare::vocabulary(examples.iter().chain(&silver), &gazetteer);
    let sizes = Sizes {
        width: settings.width,
        layers: settings.layers,
        tag_layer: 2.min(settings.layers),
        arc: 96,
        label: 96,
        name: 64,
        tags: labels.tags.len(),
        relations: labels.relations.len(),
    };
    let mut random = Random::new(settings.seed);
    let layout = layout::Layout::new(&sizes);
    let dense = layout.initial(&sizes, &mut random);
    let embeddings = (0..vocabulary.table.rows() * sizes.width).map(|_| random.normal() * 0.3).collect();
    let mut parameters = Parameters { sizes, layout, dense, embeddings };
    log(&format!(
        "{} sentences, {} more by the teacher, {} rows, {} tags, {} relations, {} dense parameters",
        examples.len(),
        silver.len(),
        vocabulary.table.rows(),
        labels.tags.len(),
        labels.relations.len(),
        parameters.dense.len()
    ));
    let mut learner = Learner::new(&parameters);
    let with_silver = (settings.epochs as f32 * settings.silver_share) as usize;
    let plan: Vec<bool> = (0..settings.epochs).map(|epoch| !silver.is_empty() && epoch < with_silver).collect();
    let words = |examples: &[Example]| examples.iter().map(Example::len).sum::<usize>() as f32;
    let (gold_words, silver_words) = (words(&examples), words(&silver));
    let all_words: f32 = plan.iter().map(|&both| gold_words + if both { silver_words } else { 0.0 }).sum();
    let (mut steps, mut seen) = (0u32, 0f32);
    for (epoch, both) in plan.into_iter().enumerate() {
        let lesson: Vec<&Example> = examples.iter().chain(silver.iter().filter(|_| both)).collect();
        let mut batches = prepare::epoch(&lesson, &pool, &labels, &vocabulary, &gazetteer, settings.batch, &mut random);
        let mut loss = Loss::default();
        for batch in &mut batches {
            steps += 1;
            let warm = (steps as f32 / 300.0).min(1.0);
            let rate = settings.rate * warm * (1.0 - seen / all_words).max(0.0);
            seen += batch.iter().map(|half| half.rows.len()).sum::<usize>() as f32;
            loss = learner.step(&mut parameters, batch, settings.dropout, rate, &mut random, loss);
        }
        let scores = held_out.first().map(|h| score::score(&parameters, &labels, &vocabulary, &gazetteer, h)).unwrap_or_default();
        log(&format!("epoch {} {loss:.0?} {scores}", epoch + 1));
    }
    let lemmas = lemmas::learn(&examples);
    let boundaries = boundaries::learn([&examples, &silver], &mut random);
    Ok(quantise::model(&parameters, labels, &vocabulary, lemmas, gazetteer, boundaries).to_bytes())
}

/// Gradients of the two halves of a batch, each computed on its own thread and added in a fixed order.
struct Learner {
    halves: [Gradients; 2],
    adam: Adam,
    transposed: Vec<f32>,
}

impl Learner {
    fn new(parameters: &Parameters) -> Self {
        Learner {
            halves: [Gradients::new(parameters), Gradients::new(parameters)],
            adam: Adam::new(parameters),
            transposed: vec![0.0; parameters.dense.len()],
        }
    }

    fn step(&mut self, p: &mut Parameters, halves: &[Batch; 2], drop: f32, rate: f32, random: &mut Random, mut loss: Loss) -> Loss {
        for linear in p.layout.linears() {
            let at = linear.weights();
            matrix::transpose(linear.inputs, linear.outputs, &p.dense[at.clone()], &mut self.transposed[at]);
        }
        let trees = words_with(halves, |gold| gold.0);
        let names = words_with(halves, |gold| gold.1);
        let weights = Weights { tree: 1.0 / trees.max(1.0), names: 1.0 / names.max(1.0) };
        let seeds = [random.next(), random.next()];
        let (shared, transposed) = (&*p, &self.transposed);
        let losses: Vec<Loss> = std::thread::scope(|scope| {
            let running: Vec<_> = self
                .halves
                .iter_mut()
                .zip(halves)
                .zip(seeds)
                .map(|((gradients, batch), seed)| {
                    scope.spawn(move || {
                        let forward = shared.forward(batch, drop, &mut Random::new(seed), true);
                        shared.backward(batch, forward, transposed, weights, gradients)
                    })
                })
                .collect();
            running.into_iter().map(|r| r.join().expect("a training thread does not panic")).collect()
        });
        for l in losses {
            loss.tags += l.tags;
            loss.arcs += l.arcs;
            loss.labels += l.labels;
            loss.names += l.names;
        }
        let [first, second] = &mut self.halves;
        first.take(second, p.sizes.width);
        self.adam.step(p, first, rate, 5.0);
        first.clear(p.sizes.width);
        loss
    }
}

fn words_with(halves: &[Batch; 2], has: impl Fn(&(bool, bool)) -> bool) -> f32 {
    let count = |b: &Batch| -> usize {
        b.gold.iter().zip(b.starts.windows(2)).filter(|(gold, _)| has(gold)).map(|(_, w)| w[1] - w[0]).sum()
    };
    halves.iter().map(count).sum::<usize>() as f32
}

impl Example {
    /// Words, for counting.
    fn len(&self) -> usize {
        self.words.len()
    }
}
