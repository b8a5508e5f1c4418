//! The model as it lies in its file: 8-bit numbers with one scale a row, labels, lemma rules.
//!
//! Layout, all little-endian: magic, version, checksum of the rest, sizes, feature keys, labels, embeddings, linear maps,
//! vectors, lemma rules. Every length is checked against what is left before anything is allocated.

use crate::Deprel;
use crate::boundaries::Boundaries;
use crate::decode::NAME_TAGS;
use crate::features::KINDS;
use crate::gazetteer::Gazetteer;
use crate::lemma::{Edit, Lemmas};
use crate::network::{DISTANCES, Sizes};

const MAGIC: &[u8; 8] = b"ORENGINE";
/// Raised whenever features, network or layout change.
const VERSION: u32 = 3;
/// Magic, version, checksum.
const HEADER: usize = 8 + 4 + 8;

/// Why a model file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not begin as a model file does.
    #[error("this is not an onrecord model file")]
    NotAModel,
    /// It was made by another version of the program.
    #[error("the model file has version {found}, this program reads version {VERSION}; train it again (TRAINING.md)")]
    Version {
        /// Version of the file.
        found: u32,
    },
    /// Its bytes are not those that were written.
    #[error("the model file is damaged: {0}")]
    Damaged(&'static str),
}

/// Rows of 8-bit numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows {
    pub columns: usize,
    pub scales: Vec<f32>,
    pub values: Vec<i8>,
}

/// A linear map: one row of weights and one bias per output.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Map {
    pub weights: Rows,
    pub bias: Vec<f32>,
}

/// Everything that was learnt.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub sizes: Sizes,
    pub keys: Vec<u32>,
    pub tags: Vec<String>,
    pub relations: Vec<Deprel>,
    pub embeddings: Rows,
    pub layers: Vec<Map>,
    pub tag_map: Map,
    pub views: Map,
    pub arc: Map,
    pub label: Map,
    pub names: Map,
    pub root_key: Vec<f32>,
    pub root_label: Vec<f32>,
    pub distance: Vec<f32>,
    pub lemmas: Lemmas,
    pub gazetteer: Gazetteer,
    pub boundaries: Boundaries,
}

fn checksum(bytes: &[u8]) -> u64 {
    // FNV-1a over words of eight bytes; quick, and any changed bit shows.
    let words = bytes.chunks(8).map(|c| {
        let mut word = [0u8; 8];
        word[..c.len()].copy_from_slice(c);
        u64::from_le_bytes(word)
    });
    words.fold(0xcbf2_9ce4_8422_2325, |h, w| (h ^ w).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23))
}

impl Model {
    /// The file's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer::default();
        let s = &self.sizes;
        for n in [s.width, s.layers, s.tag_layer, s.arc, s.label, s.name, s.tags, s.relations] {
            w.count(n);
        }
        w.count(self.keys.len());
        self.keys.iter().for_each(|k| w.0.extend(k.to_le_bytes()));
        self.tags.iter().for_each(|t| w.string(t));
        self.relations.iter().for_each(|r| w.string(r.as_str()));
        w.rows(&self.embeddings);
        for map in self.layers.iter().chain([&self.tag_map, &self.views, &self.arc, &self.label, &self.names]) {
            w.rows(&map.weights);
            w.floats(&map.bias);
        }
        for vector in [&self.root_key, &self.root_label, &self.distance] {
            w.floats(vector);
        }
        w.count(self.lemmas.edits.len());
        for edit in &self.lemmas.edits {
            w.0.extend([u8::from(edit.keep_case), edit.cut]);
            w.string(&edit.add);
        }
        w.count(self.lemmas.rules.len());
        for (key, edit) in &self.lemmas.rules {
            w.0.extend(key.to_le_bytes());
            w.0.extend(edit.to_le_bytes());
        }
        w.count(self.gazetteer.entries.len());
        for (key, lists) in &self.gazetteer.entries {
            w.0.extend(key.to_le_bytes());
            w.0.push(*lists);
        }
        w.floats(&[self.boundaries.scale]);
        w.0.extend(self.boundaries.table.iter().map(|&v| v as u8));
        let mut file = MAGIC.to_vec();
        file.extend(VERSION.to_le_bytes());
        file.extend(checksum(&w.0).to_le_bytes());
        file.extend(w.0);
        file
    }

    /// Reads a file's bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        if bytes.len() < HEADER || &bytes[..8] != MAGIC {
            return Err(ModelError::NotAModel);
        }
        let mut r = Reader(&bytes[8..]);
        let version = u32::from_le_bytes(r.array()?);
        if version != VERSION {
            return Err(ModelError::Version { found: version });
        }
        if u64::from_le_bytes(r.array()?) != checksum(r.0) {
            return Err(ModelError::Damaged("its checksum does not fit"));
        }
        let sizes = r.sizes()?;
        let key_count = r.count(4)?;
        let keys = (0..key_count).map(|_| Ok(u32::from_le_bytes(r.array()?))).collect::<Result<_, ModelError>>()?;
        let tags = (0..sizes.tags).map(|_| r.string()).collect::<Result<_, _>>()?;
        let relation = |r: &mut Reader| Deprel::parse(&r.string()?).ok_or(ModelError::Damaged("unknown relation"));
        let relations = (0..sizes.relations).map(|_| relation(&mut r)).collect::<Result<_, _>>()?;
        let d = sizes.width;
        Ok(Model {
            keys,
            tags,
            relations,
            embeddings: r.rows(KINDS + key_count, d)?,
            layers: (0..sizes.layers).map(|l| r.map(3 * d, if l == 0 { 3 * d } else { d })).collect::<Result<_, _>>()?,
            tag_map: r.map(sizes.tags, d)?,
            views: r.map(sizes.views(), d)?,
            arc: r.map(sizes.arc, sizes.arc)?,
            label: r.map(sizes.relations, sizes.label)?,
            names: r.map(NAME_TAGS, sizes.name)?,
            root_key: r.floats(sizes.arc)?,
            root_label: r.floats(sizes.label)?,
            distance: r.floats(DISTANCES)?,
            lemmas: r.lemmas()?,
            gazetteer: r.gazetteer()?,
            boundaries: r.boundaries()?,
            sizes,
        })
    }
}

#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn count(&mut self, n: usize) {
        self.0.extend((n as u32).to_le_bytes());
    }

    fn string(&mut self, s: &str) {
        self.0.extend((s.len() as u16).to_le_bytes());
        self.0.extend(s.as_bytes());
    }

    fn floats(&mut self, values: &[f32]) {
        values.iter().for_each(|v| self.0.extend(v.to_le_bytes()));
    }

    fn rows(&mut self, rows: &Rows) {
        self.floats(&rows.scales);
        self.0.extend(rows.values.iter().map(|&v| v as u8));
    }
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.0.split_at_checked(n).ok_or(ModelError::Damaged("it ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        self.take(N)?.try_into().map_err(|_| ModelError::Damaged("it ends too early"))
    }

    /// A number of things of at least `size` bytes each, which must still be there.
    fn count(&mut self, size: usize) -> Result<usize, ModelError> {
        let n = u32::from_le_bytes(self.array()?) as usize;
        if n.saturating_mul(size) > self.0.len() { Err(ModelError::Damaged("a length is too large")) } else { Ok(n) }
    }

    fn sizes(&mut self) -> Result<Sizes, ModelError> {
        let mut n = [0usize; 8];
        for value in &mut n {
            *value = self.count(1)?;
        }
        let [width, layers, tag_layer, arc, label, name, tags, relations] = n;
        let fits = width % 32 == 0 && (1..=16).contains(&layers) && (1..=layers).contains(&tag_layer);
        let small = n.iter().all(|n| (1..=4096).contains(n)) && [arc, label, name].iter().all(|n| n % 16 == 0);
        if !fits || !small {
            return Err(ModelError::Damaged("its sizes make no sense"));
        }
        Ok(Sizes { width, layers, tag_layer, arc, label, name, tags, relations })
    }

    fn string(&mut self) -> Result<String, ModelError> {
        let n = u16::from_le_bytes(self.array()?) as usize;
        String::from_utf8(self.take(n)?.to_vec()).map_err(|_| ModelError::Damaged("a label is not text"))
    }

    fn floats(&mut self, n: usize) -> Result<Vec<f32>, ModelError> {
        let values: Vec<f32> = self.take(n * 4)?.chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        if values.iter().all(|v| v.is_finite()) { Ok(values) } else { Err(ModelError::Damaged("a number is not finite")) }
    }

    fn rows(&mut self, rows: usize, columns: usize) -> Result<Rows, ModelError> {
        let scales = self.floats(rows)?;
        let values = self.take(rows * columns)?.iter().map(|&b| b as i8).collect();
        Ok(Rows { columns, scales, values })
    }

    fn map(&mut self, outputs: usize, inputs: usize) -> Result<Map, ModelError> {
        Ok(Map { weights: self.rows(outputs, inputs)?, bias: self.floats(outputs)? })
    }

    fn gazetteer(&mut self) -> Result<Gazetteer, ModelError> {
        let count = self.count(5)?;
        let mut entry = || Ok((u32::from_le_bytes(self.array()?), self.array::<1>()?[0]));
        Ok(Gazetteer::new((0..count).map(|_| entry()).collect::<Result<_, ModelError>>()?))
    }

    fn boundaries(&mut self) -> Result<Boundaries, ModelError> {
        let scale = self.floats(1)?[0];
        Ok(Boundaries { scale, table: self.take(Boundaries::SIZE)?.iter().map(|&b| b as i8).collect() })
    }

    fn lemmas(&mut self) -> Result<Lemmas, ModelError> {
        let mut edits = Vec::new();
        for _ in 0..self.count(4)? {
            let [keep_case, cut] = self.array()?;
            edits.push(Edit { keep_case: keep_case != 0, cut, add: self.string()? });
        }
        let mut rules = Vec::new();
        for _ in 0..self.count(6)? {
            let key = u32::from_le_bytes(self.array()?);
            rules.push((key, u16::from_le_bytes(self.array()?)));
        }
        if rules.iter().any(|&(_, edit)| edit as usize >= edits.len()) {
            return Err(ModelError::Damaged("a lemma rule has no edit"));
        }
        Ok(Lemmas::new(edits, rules))
    }
}
