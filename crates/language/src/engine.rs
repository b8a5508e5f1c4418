//! The engine: one call from text to analysis.

use crate::features::{self, Casing, Word};
use crate::lemma::Lemmas;
use crate::model::{Model, ModelError, Rows};
use crate::network::{Network, Reading, Workspace};
use crate::sentences::Sentences;
use crate::tokenise::Raw;
use crate::types::Types;
use crate::vocabulary::Vocabulary;
use crate::{Analysis, Deprel, Name, NameKind, Sentence, Token, Upos};
use onrecord_text::Span;
use std::sync::{Arc, OnceLock};

static ENGLISH: &[u8] = include_bytes!("../model/english.bin");

/// Sentences are read together until they have this many words: large enough for the matrix products, small enough for the cache.
const BATCH: usize = 512;

/// The English engine with its model. Cheap to clone, immutable, shared freely between threads.
///
/// ```
/// use onrecord_language::{Engine, Upos};
/// let text = "The minister resigned on Monday.";
/// let analysis = Engine::builtin().analyse(text);
/// let token = &analysis.sentences[0].tokens[1];
/// assert_eq!((token.form(text), token.upos), ("minister", Upos::Noun));
/// ```
#[derive(Clone)]
pub struct Engine {
    parts: Arc<Parts>,
}

struct Parts {
    network: Network,
    vocabulary: Vocabulary,
    embeddings: Rows,
    tags: Vec<(Upos, &'static str, &'static str)>,
    relations: Vec<Deprel>,
    lemmas: Lemmas,
}

/// A sentence before the network has seen it.
struct Pending {
    paragraph: usize,
    tokens: Vec<Raw>,
}

impl Engine {
    /// The engine with the model this program was built with.
    pub fn builtin() -> Self {
        static BUILTIN: OnceLock<Engine> = OnceLock::new();
        BUILTIN.get_or_init(|| Engine::load(ENGLISH).expect("the model in the binary is the one the tests load")).clone()
    }

    /// An engine with a model of your own (`TRAINING.md`). Its few hundred label strings stay in memory for the rest of the program.
    ///
    /// # Errors
    /// When the bytes are not a whole model file of this version.
    pub fn load(bytes: &[u8]) -> Result<Engine, ModelError> {
        let model = Model::from_bytes(bytes)?;
        let tags = model.tags.iter().map(|t| tag(t)).collect::<Option<_>>().ok_or(ModelError::Damaged("unknown tag"))?;
        let parts = Parts {
            network: Network::new(&model),
            vocabulary: Vocabulary::new(&model.keys),
            embeddings: model.embeddings,
            tags,
            relations: model.relations,
            lemmas: model.lemmas,
        };
        Ok(Engine { parts: Arc::new(parts) })
    }

    /// Sentences, tokens, tags, lemmas, trees and names of `text`.
    pub fn analyse(&self, text: &str) -> Analysis {
        let mut sentences = Vec::new();
        self.analyse_each(text, |sentence| sentences.push(sentence));
        Analysis { sentences }
    }

    /// As [`Engine::analyse`], but gives each sentence to `found` as soon as it is read: memory does not grow with the text.
    pub fn analyse_each(&self, text: &str, found: impl FnMut(Sentence)) {
        let sentences = Sentences::new(text).map(|s| Pending { paragraph: s.paragraph, tokens: s.tokens });
        self.run(text, sentences, found);
    }

    /// Tags, lemmas, trees and names of sentences whose tokens are given as byte spans of `text`, in order.
    ///
    /// Spans that are empty, cut a character or lie outside `text` count as a token with no letters. Each sentence is its own paragraph.
    pub fn analyse_tokens(&self, text: &str, sentences: &[Vec<Span>]) -> Analysis {
        let space_at = |at: usize, before: bool| {
            let (left, right) = text.split_at_checked(at).unwrap_or(("", ""));
            let next = if before { left.chars().next_back() } else { right.chars().next() };
            next.is_none_or(char::is_whitespace)
        };
        let raw = |&span: &Span| Raw { span, space_before: space_at(span.start, true), space_after: space_at(span.end, false) };
        let pending = sentences.iter().enumerate().map(|(paragraph, s)| Pending { paragraph, tokens: s.iter().map(raw).collect() });
        let mut read = Vec::with_capacity(sentences.len());
        self.run(text, pending, |sentence| read.push(sentence));
        Analysis { sentences: read }
    }

    fn run(&self, text: &str, sentences: impl Iterator<Item = Pending>, mut found: impl FnMut(Sentence)) {
        let mut reader = Reader::new(&self.parts, text);
        let (mut batch, mut words) = (Vec::new(), 0);
        for sentence in sentences {
            words += sentence.tokens.len();
            batch.push(sentence);
            if words >= BATCH {
                reader.read(std::mem::take(&mut batch), &mut found);
                words = 0;
            }
        }
        reader.read(batch, &mut found);
    }
}

/// The parts of a tag line `UPOS<tab>XPOS<tab>FEATS`.
fn tag(line: &str) -> Option<(Upos, &'static str, &'static str)> {
    let mut columns = line.split('\t');
    let upos = Upos::parse(columns.next()?)?;
    let mut keep = || Some(&*Box::leak(columns.next()?.to_owned().into_boxed_str()));
    Some((upos, keep()?, keep()?))
}

/// Reads batches of one text.
struct Reader<'a> {
    parts: &'a Parts,
    text: &'a str,
    types: Types,
    workspace: Workspace,
    ids: Vec<u32>,
}

impl<'a> Reader<'a> {
    fn new(parts: &'a Parts, text: &'a str) -> Self {
        let types = Types::new(parts.network.sizes.width);
        Reader { parts, text, types, workspace: Workspace::default(), ids: Vec::new() }
    }

    fn form(&self, raw: &Raw) -> &'a str {
        self.text.get(raw.span.range()).unwrap_or("")
    }

    fn read(&mut self, batch: Vec<Pending>, found: &mut impl FnMut(Sentence)) {
        let mut words: Vec<(Word<'_>, Casing)> = Vec::new();
        let mut starts = vec![0];
        for sentence in &batch {
            let casing = features::casing(sentence.tokens.iter().map(|t| self.form(t)));
            words.extend(
                sentence
                    .tokens
                    .iter()
                    .map(|t| (Word { form: self.form(t), space_before: t.space_before, space_after: t.space_after }, casing)),
            );
            starts.push(words.len());
        }
        let parts = self.parts;
        self.types.look_up(&words, (&parts.network, &parts.vocabulary, &parts.embeddings), &mut self.ids);
        let readings = parts.network.read(&self.ids, &starts, &self.types, &mut self.workspace);
        for (sentence, reading) in batch.into_iter().zip(readings) {
            found(self.sentence(sentence, reading));
        }
    }

    fn sentence(&self, sentence: Pending, reading: Reading) -> Sentence {
        let tokens: Vec<Token> = sentence
            .tokens
            .iter()
            .enumerate()
            .map(|(i, raw)| {
                let (upos, xpos, feats) = self.parts.tags[reading.tags[i]];
                Token {
                    span: raw.span,
                    lemma: self.parts.lemmas.lemma(self.form(raw), xpos),
                    upos,
                    xpos,
                    feats,
                    head: reading.heads[i].checked_sub(1),
                    deprel: if reading.heads[i] == 0 { Deprel::Root } else { self.relation(reading.relations[i]) },
                }
            })
            .collect();
        let names =
            reading.names.into_iter().map(|(kind, start, end)| Name { tokens: start..end, kind: NameKind::ALL[kind] }).collect();
        let span = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        };
        Sentence { span, paragraph: sentence.paragraph, tokens, names }
    }

    /// Only the root is labelled `root`.
    fn relation(&self, index: usize) -> Deprel {
        match self.parts.relations[index] {
            Deprel::Root => Deprel::Dep,
            relation => relation,
        }
    }
}
