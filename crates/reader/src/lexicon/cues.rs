//! Words that attribute: `cues.tsv`, who can be a source: `sources.tsv`, and what is done by saying something: `acts.tsv`.

use super::{Layers, LexiconError, Table};
use onrecord_record::{Act, Origin};
use std::collections::HashMap;

/// Part of speech of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CuePos {
    /// *said*
    Verb,
    /// *is critical of*
    Adjective,
    /// *Trump's assertion that*
    Noun,
    /// *according to*
    Preposition,
}

/// What a cue reports: words, or something inside a mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueKind {
    /// Speaking or writing.
    Say,
    /// For or against something.
    Attitude,
    /// Meaning to do something.
    Intention,
    /// Thinking.
    Cognition,
    /// What a text or an inquiry shows.
    Evidence,
}

/// Who can be the source of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// Anybody and anything.
    Any,
    /// A person, people, an organisation, a country.
    Party,
    /// A text, a poll, an inquiry.
    Document,
    /// A news outlet.
    Media,
    /// The possessor of the noun, or the subject of the verb that it belongs to.
    Owner,
    /// The noun itself.
    Itself,
}

/// One part of a construction after the cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A noun phrase.
    Object,
    /// An infinitive.
    Infinitive,
    /// A preposition with what it governs.
    Preposition(String),
}

/// A construction in which a cue attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// A quotation next to the cue.
    Quote,
    /// A clause set beside what it reports.
    Side,
    /// A clause as complement.
    That,
    /// A question as complement.
    Wh,
    /// An infinitive of the same subject.
    Infinitive,
    /// An *-ing* form.
    Ing,
    /// A noun phrase and what it is called.
    Predicate,
    /// A noun phrase.
    Object,
    /// A preposition with what it governs.
    Preposition(String),
    /// Two parts, in this order.
    Two(Part, Part),
}

impl Frame {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "quote" => Frame::Quote,
            "side" => Frame::Side,
            "that" => Frame::That,
            "wh" => Frame::Wh,
            "inf" => Frame::Infinitive,
            "ing" => Frame::Ing,
            "pred" => Frame::Predicate,
            "obj" => Frame::Object,
            _ => match text.split_once(' ') {
                Some((first, second)) => Frame::Two(Part::parse(first)?, Part::parse(second)?),
                None => Frame::Preposition(preposition(text)?),
            },
        })
    }
}

impl Part {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "obj" => Part::Object,
            "inf" => Part::Infinitive,
            _ => Part::Preposition(preposition(text)?),
        })
    }
}

fn preposition(text: &str) -> Option<String> {
    (!text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase())).then(|| text.to_string())
}

/// One row of `cues.tsv`.
#[derive(Clone, Debug)]
pub struct Cue {
    /// The word with its companions, as in the table.
    pub word: String,
    /// Companions after the first word (*out* of *point out*).
    pub companions: Vec<String>,
    /// Part of speech.
    pub pos: CuePos,
    /// Constructions in which it attributes.
    pub frames: Vec<Frame>,
    /// What is done by saying it.
    pub act: Act,
    /// What it reports.
    pub kind: CueKind,
    /// Who can be its source.
    pub source: SourceKind,
    /// Head nouns that [`Frame::Object`] is limited to; empty: any.
    pub objects: Vec<String>,
    /// The row itself.
    pub origin: Origin,
}

impl Cue {
    /// True when the word attributes in this construction.
    pub fn takes(&self, frame: &Frame) -> bool {
        self.frames.contains(frame)
    }
}

/// As what a noun can be a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceNoun {
    /// A person or people.
    pub person: bool,
    /// A text, a count, a picture.
    pub document: bool,
    /// Whose finding is a statement.
    pub judge: bool,
    /// Whoever relays what others say.
    pub media: bool,
}

/// A phrase that tells what is done by saying it.
#[derive(Clone, Debug)]
pub struct ActPhrase {
    /// Words after the first.
    pub rest: Vec<String>,
    /// Only at the beginning of a sentence.
    pub initial: bool,
    /// Only in quoted words.
    pub direct: bool,
    /// What it does.
    pub act: Act,
}

/// The three tables.
#[derive(Default)]
pub struct Cues {
    /// By part of speech (see [`CuePos`]) and first word.
    by_word: [HashMap<String, Vec<Cue>>; 4],
    sources: HashMap<String, SourceNoun>,
    /// By first word; longer phrases first.
    acts: HashMap<String, Vec<ActPhrase>>,
}

impl Cues {
    /// Reads the three tables.
    ///
    /// # Errors
    /// When a cell says something the table's heading does not allow.
    pub fn parse(cues: Layers, sources: Layers, acts: Layers) -> Result<Self, LexiconError> {
        let mut all = Cues::default();
        all.read_cues(cues)?;
        all.read_sources(sources)?;
        all.read_acts(acts)?;
        Ok(all)
    }

    fn read_cues(&mut self, text: Layers) -> Result<(), LexiconError> {
        for row in Table::parse("cues.tsv", text)?.rows() {
            let word = row.get("word");
            let fault = |column: &str| {
                let allowed = match column {
                    "pos" => "verb, adj, noun, prep",
                    "kind" => "say, attitude, intention, cognition, evidence",
                    "source" => "party, document, media, owner, self, or empty",
                    "act" => "the codebook's acts (state, announce, ...)",
                    _ => "quote, side, that, wh, inf, ing, pred, obj, a preposition, or two parts of obj, inf and prepositions",
                };
                row.fault(format!("column {column}: {:?} is none of {allowed}", row.get(column)))
            };
            let pos = match row.get("pos") {
                "verb" => CuePos::Verb,
                "adj" => CuePos::Adjective,
                "noun" => CuePos::Noun,
                "prep" => CuePos::Preposition,
                _ => return Err(fault("pos")),
            };
            let kind = match row.get("kind") {
                "say" => CueKind::Say,
                "attitude" => CueKind::Attitude,
                "intention" => CueKind::Intention,
                "cognition" => CueKind::Cognition,
                "evidence" => CueKind::Evidence,
                _ => return Err(fault("kind")),
            };
            let source = match row.get("source") {
                "" => SourceKind::Any,
                "party" => SourceKind::Party,
                "document" => SourceKind::Document,
                "media" => SourceKind::Media,
                "owner" => SourceKind::Owner,
                "self" => SourceKind::Itself,
                _ => return Err(fault("source")),
            };
            let frames = row.list("frames").map(Frame::parse).collect::<Option<Vec<_>>>();
            let mut frames = frames.ok_or_else(|| fault("frames"))?;
            // The more a construction asks for, the earlier it is tried.
            frames.sort_by_key(|f| match f {
                Frame::Two(..) => 0,
                Frame::Object => 3,
                Frame::Side => 2,
                _ => 1,
            });
            let mut words = word.split(' ').map(str::to_string);
            let first = words.next().unwrap_or_default();
            self.by_word[pos as usize].entry(first).or_default().push(Cue {
                word: word.to_string(),
                companions: words.collect(),
                pos,
                frames,
                act: row.parsed("act")?.ok_or_else(|| fault("act"))?,
                kind,
                source,
                objects: row.list("object").map(str::to_string).collect(),
                origin: row.origin(),
            });
        }
        // Rows with companions say more than rows without and are asked first.
        for rows in self.by_word.iter_mut().flat_map(HashMap::values_mut) {
            rows.sort_by_key(|c| std::cmp::Reverse(c.companions.len()));
        }
        Ok(())
    }

    fn read_sources(&mut self, text: Layers) -> Result<(), LexiconError> {
        for row in Table::parse("sources.tsv", text)?.rows() {
            let noun = self.sources.entry(row.get("noun").to_string()).or_default();
            for kind in row.list("kinds") {
                match kind {
                    "person" => noun.person = true,
                    "document" => noun.document = true,
                    "judge" => noun.judge = true,
                    "media" => noun.media = true,
                    _ => return Err(row.fault(format!("column kinds: {kind:?} is none of person, document, judge, media"))),
                }
            }
        }
        Ok(())
    }

    fn read_acts(&mut self, text: Layers) -> Result<(), LexiconError> {
        for row in Table::parse("acts.tsv", text)?.rows() {
            let phrase = row.get("phrase");
            let initial = phrase.starts_with('^');
            let mut words = phrase.trim_start_matches('^').split(' ').map(str::to_string);
            let first = words.next().unwrap_or_default();
            let direct = match row.get("voice") {
                "direct" => true,
                "any" => false,
                other => return Err(row.fault(format!("column voice: {other:?} is neither direct nor any"))),
            };
            let act = row.parsed("act")?.ok_or_else(|| row.fault("column act: empty".into()))?;
            self.acts.entry(first).or_default().push(ActPhrase { rest: words.collect(), initial, direct, act });
        }
        for phrases in self.acts.values_mut() {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
        Ok(())
    }

    /// The rows of a word, those with companions first.
    pub fn rows(&self, lemma: &str, pos: CuePos) -> &[Cue] {
        self.by_word[pos as usize].get(lemma).map_or(&[], Vec::as_slice)
    }

    /// As what this noun can be a source: by lemma, or by form for words of names.
    pub fn source(&self, noun: &str) -> SourceNoun {
        self.sources.get(noun).copied().unwrap_or_default()
    }

    /// Phrases that begin with this lower-case word, longest first.
    pub fn acts(&self, first: &str) -> &[ActPhrase] {
        self.acts.get(first).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_tables_are_well_formed() {
        let lexicon = crate::Lexicon::builtin();
        let cues = &lexicon.cues;
        assert!(cues.rows("say", CuePos::Verb)[0].takes(&Frame::Quote));
        assert_eq!(cues.rows("point", CuePos::Verb)[0].companions, ["out"]);
        assert!(cues.source("poll").document && cues.source("others").person);
    }

    #[test]
    fn an_unknown_frame_is_an_error_with_its_line() {
        let table = "word\tpos\tframes\tact\tkind\tsource\tobject\nsay\tverb\tthat|x9\tstate\tsay\t\t\n";
        let error = Cues::parse(table.into(), "noun\tkinds\n".into(), "phrase\tvoice\tact\n".into()).err().unwrap();
        assert_eq!((error.table.as_str(), error.line), ("cues.tsv", 2));
    }
}
