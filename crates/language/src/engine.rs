//! The engine: one call from text to analysis.

use crate::boundaries::Boundaries;
use crate::features::{self, Casing, Word};
use crate::gazetteer::{Gazetteer, Listed};
use crate::kernels::Instructions;
use crate::lemma::Lemmas;
use crate::model::{Model, ModelError, Rows};
use crate::network::{Network, Reading, Workspace};
use crate::sentences::Sentences;
use crate::tokenise::Raw;
use crate::types::Types;
use crate::vocabulary::Vocabulary;
use crate::{Analysis, Deprel, Mention, Name, NameKind, Sentence, Token, Upos, mentions};
use onrecord_text::Span;
use std::num::NonZero;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

static ENGLISH: &[u8] = include_bytes!("../model/english.bin");

/// Sentences are read together until they have this many words: large enough for the matrix products, small enough for the cache.
const BATCH: usize = 512;
/// Given sentences longer than this are read in pieces: the time for a tree grows with the square of the length.
const LONGEST_PIECE: usize = 512;

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
    gazetteer: Gazetteer,
    boundaries: Boundaries,
    /// Kept between texts: the next one finds words that are known already, and needs no new memory. As many as can be of use at once.
    idle: Mutex<Vec<Memory>>,
    cores: usize,
}

/// What reading one batch leaves to the next, of this text or another. Nothing that is read depends on it.
struct Memory {
    types: Types,
    workspace: Workspace,
    ids: Vec<u32>,
    listed: Vec<Listed>,
}

/// Nobody waits here for anybody: in a process that was forked, whoever has the lock may be gone.
impl Parts {
    fn memory(&self) -> Memory {
        let idle = self.idle.try_lock().ok().and_then(|mut idle| idle.pop());
        idle.unwrap_or_else(|| Memory {
            types: Types::new(self.network.sizes.width),
            workspace: Workspace::default(),
            ids: Vec::new(),
            listed: Vec::new(),
        })
    }

    fn keep(&self, memory: Memory) {
        if let Ok(mut idle) = self.idle.try_lock()
            && idle.len() < self.cores
        {
            idle.push(memory);
        }
    }
}

/// A sentence before the network has seen it.
struct Pending {
    paragraph: usize,
    tokens: Vec<Raw>,
}

impl Engine {
    /// The model this program was built with, as it stands in `model/english.bin`.
    pub fn model() -> &'static [u8] {
        ENGLISH
    }

    /// The instructions that this machine's processor reads with: AVX-512 VNNI, AVX2, or portable, which is several times slower.
    pub fn instructions() -> &'static str {
        Instructions::here().name()
    }

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
            gazetteer: model.gazetteer,
            boundaries: model.boundaries,
            idle: Mutex::default(),
            cores: thread::available_parallelism().map_or(1, NonZero::get),
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
        let sentences = Sentences::new(text, &self.parts.boundaries).map(|s| Pending { paragraph: s.paragraph, tokens: s.tokens });
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
        let pieces = sentences.iter().enumerate().flat_map(|(paragraph, sentence)| {
            let count = sentence.len().div_ceil(LONGEST_PIECE).max(1);
            (0..count).map(move |i| {
                let piece = &sentence[i * LONGEST_PIECE..sentence.len().min((i + 1) * LONGEST_PIECE)];
                Pending { paragraph, tokens: piece.iter().map(raw).collect() }
            })
        });
        let mut read: Vec<Sentence> = Vec::with_capacity(sentences.len());
        self.run(text, pieces, |piece| match read.last_mut() {
            Some(last) if last.paragraph == piece.paragraph => append(last, piece),
            _ => read.push(piece),
        });
        Analysis { sentences: read }
    }

    fn run(&self, text: &str, sentences: impl Iterator<Item = Pending>, mut found: impl FnMut(Sentence)) {
        let mut reader = Reader { parts: &self.parts, text, memory: self.parts.memory() };
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
        self.parts.keep(reader.memory);
    }
}

/// Joins a piece of a long sentence to what came before it; its root becomes a parataxis of the sentence's root.
fn append(sentence: &mut Sentence, piece: Sentence) {
    let offset = sentence.tokens.len();
    let root = sentence.tokens.iter().position(|t| t.head.is_none());
    sentence.span = sentence.span.cover(piece.span);
    sentence.tokens.extend(piece.tokens.into_iter().map(|token| match token.head {
        Some(head) => Token { head: Some(head + offset), ..token },
        None => Token { head: root, deprel: if root.is_some() { Deprel::Parataxis } else { Deprel::Root }, ..token },
    }));
    let moved = |name: Name| Name { tokens: name.tokens.start + offset..name.tokens.end + offset, ..name };
    sentence.names.extend(piece.names.into_iter().map(moved));
    let moved = |m: Mention| Mention { tokens: m.tokens.start + offset..m.tokens.end + offset, ..m };
    sentence.mentions.extend(piece.mentions.into_iter().map(moved));
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
    memory: Memory,
}

impl<'a> Reader<'a> {
    fn form(&self, raw: &Raw) -> &'a str {
        self.text.get(raw.span.range()).unwrap_or("")
    }

    fn read(&mut self, batch: Vec<Pending>, found: &mut impl FnMut(Sentence)) {
        let mut words: Vec<(Word<'_>, Casing)> = Vec::new();
        let mut starts = vec![0];
        let parts = self.parts;
        let mut listed = std::mem::take(&mut self.memory.listed);
        for sentence in &batch {
            let casing = features::casing(sentence.tokens.iter().map(|t| self.form(t)));
            parts.gazetteer.mark(sentence.tokens.iter().map(|t| self.form(t)), &mut listed);
            words.extend(sentence.tokens.iter().zip(&listed).map(|(t, &listed)| {
                let word = Word { form: self.form(t), space_before: t.space_before, space_after: t.space_after, listed };
                (word, casing)
            }));
            starts.push(words.len());
        }
        let Memory { types, workspace, ids, .. } = &mut self.memory;
        types.look_up(&words, (&parts.network, &parts.vocabulary, &parts.embeddings), ids);
        let readings = parts.network.read(ids, &starts, types, workspace);
        self.memory.listed = listed;
        for ((sentence, reading), place) in batch.into_iter().zip(readings).zip(starts.windows(2)) {
            found(self.sentence(sentence, reading, &words[place[0]..place[1]]));
        }
    }

    fn sentence(&self, sentence: Pending, reading: Reading, words: &[(Word<'_>, Casing)]) -> Sentence {
        let tokens: Vec<Token> = sentence
            .tokens
            .iter()
            .enumerate()
            .map(|(i, raw)| {
                let (upos, xpos, feats) = self.parts.tags[reading.tags[i]];
                Token {
                    span: raw.span,
                    lemma: self.parts.lemmas.lemma(self.form(raw), xpos, |word| self.parts.vocabulary.has_word(word)),
                    upos,
                    xpos,
                    feats,
                    head: reading.heads[i].checked_sub(1),
                    deprel: if reading.heads[i] == 0 { Deprel::Root } else { self.relation(reading.relations[i]) },
                }
            })
            .collect();
        let names: Vec<Name> =
            reading.names.into_iter().map(|(kind, start, end)| Name { tokens: start..end, kind: NameKind::ALL[kind] }).collect();
        let span = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        };
        let mentions = mentions::mentions(&tokens, words, &names);
        Sentence { span, paragraph: sentence.paragraph, tokens, names, mentions }
    }

    /// Only the root is labelled `root`.
    fn relation(&self, index: usize) -> Deprel {
        match self.parts.relations[index] {
            Deprel::Root => Deprel::Dep,
            relation => relation,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_well_formed(text: &str, analysis: &Analysis) {
        let mut last = 0;
        for sentence in &analysis.sentences {
            assert!(sentence.tokens.iter().filter(|t| t.head.is_none()).count() == 1);
            for (i, token) in sentence.tokens.iter().enumerate() {
                assert!(token.span.start >= last && !token.form(text).is_empty());
                assert!(token.head.is_none_or(|h| h != i && h < sentence.tokens.len()));
                last = token.span.end;
            }
        }
    }

    #[test]
    fn any_text_is_analysed() {
        let engine = Engine::builtin();
        let endless = ["a".repeat(100_000), "(".repeat(20_000), "no stop here ".repeat(3_000), "\n".repeat(9_000)];
        let strange = ["", " ", "\u{feff}", "a\u{301}\u{200d}", "שלום עולם. مرحبا", "👩‍👩‍👧‍👦!!", "\0\u{1}.\u{85}x"].map(str::to_owned);
        for text in endless.iter().chain(&strange) {
            is_well_formed(text, &engine.analyse(text));
        }
    }

    #[test]
    fn text_before_does_not_change_a_sentence() {
        let engine = Engine::builtin();
        let report = "The two ministers met in Oslo on Friday. They said that talks would go on.\n";
        let many = report.repeat(400);
        let first = format!(
            "{:?}",
            engine.analyse(report).sentences[1].tokens.iter().map(|t| (t.head, t.deprel, t.xpos)).collect::<Vec<_>>()
        );
        for pair in engine.analyse(&many).sentences.chunks(2) {
            assert_eq!(first, format!("{:?}", pair[1].tokens.iter().map(|t| (t.head, t.deprel, t.xpos)).collect::<Vec<_>>()));
        }
    }

    #[test]
    fn other_texts_do_not_change_what_is_read() {
        let many = |n: usize| (0..40).map(|word| format!("The envoy{} of Town{} met {n}rs. ", n * 40 + word, word * n)).collect();
        let long = format!("{} went home.", ["Ms. Ana Roe of Peru, "; 60].concat());
        let short = ["Calm.", "Talks in Oslo failed, Norway's prime minister said.", "“No,” he wrote.", "", &long, "x"];
        let texts: Vec<String> = short.iter().map(|&text| text.to_owned()).chain((0..40).map(many)).chain([long.clone()]).collect();
        let read = |engine: &Engine, text: &String| {
            let given = Span::new(0, text.len());
            format!("{:?} {:?}", engine.analyse(text), engine.analyse_tokens(text, &[vec![given; 3]]))
        };
        let engine = Engine::load(ENGLISH).unwrap();
        let forwards: Vec<_> = texts.iter().map(|text| read(&engine, text)).collect();
        let mut backwards: Vec<_> = texts.iter().rev().map(|text| read(&engine, text)).collect();
        backwards.reverse();
        let alone: Vec<_> = texts.iter().map(|text| read(&Engine::load(ENGLISH).unwrap(), text)).collect();
        assert!(forwards == backwards && forwards == alone);
    }

    #[test]
    fn long_given_sentences_are_one_tree() {
        let text = "yes and no ".repeat(600);
        let spans = text.match_indices(char::is_alphabetic).filter(|&(i, _)| i == 0 || text.as_bytes()[i - 1] == b' ');
        let tokens = spans.map(|(i, _)| Span::new(i, i + text[i..].find(' ').unwrap())).collect();
        let analysis = Engine::builtin().analyse_tokens(&text, &[tokens]);
        assert_eq!(analysis.sentences[0].tokens.len(), 1800);
        is_well_formed(&text, &analysis);
    }

    #[test]
    fn a_damaged_model_is_refused() {
        let mut bytes = ENGLISH.to_vec();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        assert_eq!(Engine::load(&bytes).err(), Some(ModelError::Damaged("its checksum does not fit")));
        assert_eq!(Engine::load(b"nothing of the kind").err(), Some(ModelError::NotAModel));
        assert!(matches!(Engine::load(&ENGLISH[..100]).err(), Some(ModelError::Damaged(_))));
        bytes[8] = 99;
        assert_eq!(Engine::load(&bytes).err(), Some(ModelError::Version { found: 99 }));
    }
}
