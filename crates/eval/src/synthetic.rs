//! Reports made of the reports in `specs/`: as many as are wanted, no two stories alike, for measuring what many reports cost.
//!
//! A story is one report with other people, towns, numbers and days. Several outlets tell it within three days: each leaves out some
//! paragraphs, some have other numbers. The same command gives the same reports on every machine.

use anyhow::{Context as _, Result};
use onrecord_reader::Reader;
use onrecord_record::{ActorKind, Precision};
use onrecord_text::{Document, Span};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Reports that tell one story.
const TELLINGS: usize = 3;
/// Days over which stories lie.
const DAYS: u64 = 365;
/// Of ten paragraphs behind the first an outlet keeps so many.
const KEPT: u64 = 8;
/// One telling in so many has other numbers.
const OTHERWISE: u64 = 4;
const OUTLETS: u64 = 60;
const SYLLABLES: [&str; 24] = [
    "ka", "ro", "mi", "ta", "ne", "lo", "sa", "vi", "du", "be", "ha", "ri", "mo", "za", "li", "po", "ga", "sen", "dar", "kov",
    "man", "tor", "bek", "las",
];

/// What is varied in a report.
enum Varied {
    Person(String),
    Town(String),
    Number(u64),
}

/// A report with what is varied in it, in the order of the text.
struct Piece {
    text: String,
    varied: Vec<(Span, Varied)>,
}

/// What is to be made.
pub struct Wanted {
    /// How many reports.
    pub count: usize,
    /// Words of each, at least.
    pub words: usize,
    /// Whether the days of a year come one after another.
    pub by_day: bool,
}

impl Wanted {
    /// The day of a story, where it is not any.
    fn day(&self, story: u64) -> Option<u64> {
        self.by_day.then(|| story * TELLINGS as u64 * DAYS / self.count.max(1) as u64)
    }
}

/// Writes reports as JSON lines.
///
/// # Errors
/// When there are no reports in the folder, or they cannot be written.
pub fn write(folder: &Path, wanted: &Wanted, out: &mut impl Write) -> Result<()> {
    let reader = Reader::builtin();
    let mut files: Vec<_> = walk(folder)?;
    files.sort();
    let mut pieces = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        pieces.push(Piece::new(&reader, text));
    }
    anyhow::ensure!(!pieces.is_empty(), "{}: no reports (.txt) there", folder.display());
    for number in 0..wanted.count {
        let line = report(&pieces, number, wanted);
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn walk(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(walk(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "txt") {
            found.push(path);
        }
    }
    Ok(found)
}

impl Piece {
    fn new(reader: &Reader, text: String) -> Self {
        let document = Document::new("piece", text);
        let record = reader.read(&document);
        let mut varied: BTreeMap<usize, (Span, Varied)> = BTreeMap::new();
        for actor in record.actors.iter().filter(|actor| actor.kind == ActorKind::Person) {
            for &span in &actor.mentions {
                let written = document.slice(span);
                if written.split(' ').all(|word| word.starts_with(char::is_uppercase)) {
                    varied.insert(span.start, (span, Varied::Person(written.to_owned())));
                }
            }
        }
        for (span, place) in reader.places(&document) {
            if place.precision == Some(Precision::City) {
                varied.insert(span.start, (span, Varied::Town(document.slice(span).to_owned())));
            }
        }
        for figure in &record.figures {
            if let Ok(value) = document.slice(figure.span).parse() {
                varied.insert(figure.span.start, (figure.span, Varied::Number(value)));
            }
        }
        let mut end = 0;
        let apart = varied.into_values().filter(|(span, _)| {
            let apart = span.start >= end;
            end = end.max(span.end);
            apart
        });
        Piece { varied: apart.collect(), text: document.text }
    }

    /// The paragraphs of a telling.
    fn told(&self, story: &mut Mixed, telling: &mut Mixed, otherwise: bool) -> String {
        let names = Names::new(story);
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for (span, varied) in &self.varied {
            text.push_str(&self.text[at..span.start]);
            at = span.end;
            text.push_str(&match varied {
                Varied::Person(written) => names.person(written),
                Varied::Town(written) => names.town(written),
                Varied::Number(value) => {
                    let value = names.number(*value);
                    let more = if otherwise { telling.below(value / 8 + 2) } else { 0 };
                    (value + more).to_string()
                }
            });
        }
        text.push_str(&self.text[at..]);
        let mut paragraphs = text.split("\n\n").filter(|p| !p.trim().is_empty());
        let mut kept: Vec<&str> = paragraphs.next().into_iter().collect();
        kept.extend(paragraphs.filter(|_| telling.below(10) < KEPT));
        kept.join("\n\n")
    }
}

fn report(pieces: &[Piece], number: usize, wanted: &Wanted) -> serde_json::Value {
    let mut telling = Mixed(number as u64 ^ 0x7e11);
    let first = (number / TELLINGS) as u64;
    let mut day = 0;
    let mut text = String::new();
    // A long report tells of several stories, each its own.
    for part in 0.. {
        let mut story = Mixed(first.wrapping_mul(31).wrapping_add(part) ^ 0x5704);
        let piece = &pieces[story.below(pieces.len() as u64) as usize];
        let happened = story.below(DAYS);
        if part == 0 {
            day = wanted.day(first).unwrap_or(happened) + telling.below(3);
        } else {
            text.push_str("\n\n");
        }
        let otherwise = telling.below(OTHERWISE) == 0;
        text.push_str(&piece.told(&mut story, &mut telling, otherwise));
        if text.split_whitespace().count() >= wanted.words {
            break;
        }
    }
    let date = jiff::civil::date(2025, 1, 1).saturating_add(jiff::Span::new().days(day as i64));
    let outlet = format!("Outlet {}", telling.below(OUTLETS) + 1);
    json!({"id": format!("s{number}"), "text": text, "published": date.to_string(), "outlet": outlet})
}

/// What is called how in one story.
struct Names {
    seed: u64,
}

impl Names {
    fn new(story: &mut Mixed) -> Self {
        Names { seed: story.below(u64::MAX) }
    }

    /// The same word becomes the same other word throughout a story.
    fn word(&self, written: &str, syllables: u64) -> String {
        let hash = written.bytes().fold(self.seed, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        let mut mixed = Mixed(hash);
        let word: String = (0..syllables).map(|_| SYLLABLES[mixed.below(SYLLABLES.len() as u64) as usize]).collect();
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// Given names and titles stay, the family name is another.
    fn person(&self, written: &str) -> String {
        match written.rsplit_once(' ') {
            Some((before, family)) => format!("{before} {}", self.word(family, 3)),
            None => self.word(written, 3),
        }
    }

    /// Every second town keeps its name, so that maps and countries are not empty.
    fn town(&self, written: &str) -> String {
        if self.seed.is_multiple_of(2) { written.to_owned() } else { self.word(written, 2) }
    }

    fn number(&self, value: u64) -> u64 {
        if value < 3 { value } else { value + self.seed % (value / 2 + 3) }
    }
}

/// Numbers that look like chance and are the same every time: Steele's split mix.
pub(crate) struct Mixed(pub u64);

impl Mixed {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}
