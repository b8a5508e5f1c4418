//! Scores the tolls of press releases: how many were killed and captured, release by release.

use anyhow::{Context, Result};
use onrecord_reader::{Reader, Toll};
use onrecord_record::Measure;
use onrecord_text::Document;
use serde::Deserialize;

#[derive(Deserialize)]
struct Release {
    id: String,
    text: String,
    gold: Gold,
}

#[derive(Deserialize)]
struct Gold {
    min_killed: f64,
    min_captured: f64,
    min_leaders_killed: f64,
    min_leaders_captured: f64,
}

/// What a group of unknown size counts as in the gold.
const VAGUE: f64 = 3.0;

/// Words that leave open how many there were.
const VAGUE_WORDS: [&str; 12] =
    ["several", "multiple", "numerous", "many", "various", "some", "few", "number", "group", "dozens", "handful", "couple"];

/// People, as these releases call those who are killed and captured.
const PEOPLE: [&str; 15] = [
    "insurgents",
    "suspects",
    "individuals",
    "fighters",
    "militants",
    "men",
    "others",
    "associates",
    "terrorists",
    "people",
    "persons",
    "facilitators",
    "leaders",
    "members",
    "them",
];

/// True when every number of people in the release is said: no vague word stands within four words before a plural for people.
fn is_explicit(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    !words
        .iter()
        .enumerate()
        .any(|(at, word)| VAGUE_WORDS.contains(word) && words[at + 1..].iter().take(4).any(|next| PEOPLE.contains(next)))
}

#[derive(Default)]
struct Score {
    releases: usize,
    killed: usize,
    captured: usize,
    both: usize,
}

impl Score {
    fn add(&mut self, killed: bool, captured: bool) {
        self.releases += 1;
        self.killed += usize::from(killed);
        self.captured += usize::from(captured);
        self.both += usize::from(killed && captured);
    }

    fn line(&self, name: &str) -> String {
        let percent = |n: usize| 100.0 * n as f64 / self.releases.max(1) as f64;
        format!(
            "{name}: {} releases, killed {:.1} %, captured {:.1} %, both {:.1} % ({})\n",
            self.releases,
            percent(self.killed),
            percent(self.captured),
            percent(self.both),
            self.both
        )
    }
}

/// Killed and captured per release of a file (JSON Lines) against its gold, releases with explicit numbers apart; with `errors` every
/// release that is not right.
///
/// A leader who was captured or killed is one of the captured or killed, also where the gold has them under leaders only.
///
/// # Errors
/// When a line is no such release.
pub fn score(reader: &Reader, lines: &str, errors: bool) -> Result<String> {
    let (mut explicit, mut vague, mut told) = (Score::default(), Score::default(), String::new());
    for line in lines.lines() {
        let release: Release =
            serde_json::from_str(line).context("not a release: a JSON object with `text` and `gold` is needed")?;
        let tolls = reader.tolls(&Document::new(release.id.as_str(), release.text.as_str()));
        let found = (number(&tolls, Measure::Killed), number(&tolls, Measure::Detained));
        let gold = (
            release.gold.min_killed.max(release.gold.min_leaders_killed),
            release.gold.min_captured.max(release.gold.min_leaders_captured),
        );
        let (killed, captured) = (found.0 == gold.0, found.1 == gold.1);
        let is_explicit = is_explicit(&release.text);
        if is_explicit { &mut explicit } else { &mut vague }.add(killed, captured);
        if errors && is_explicit && !(killed && captured) {
            let words: Vec<String> = tolls
                .iter()
                .flat_map(|t| t.evidence.iter().map(|span| format!("{} {:?}", t.measure.as_str(), &release.text[span.range()])))
                .collect();
            told += &format!(
                "{}: killed {} for {}, captured {} for {}\n  {}\n",
                release.id,
                found.0,
                gold.0,
                found.1,
                gold.1,
                words.join("; ")
            );
        }
    }
    Ok(told + &explicit.line("explicit numbers") + &vague.line("with vague plurals"))
}

fn number(tolls: &[Toll], measure: Measure) -> f64 {
    tolls.iter().filter(|t| t.measure == measure).map(|t| t.counted + VAGUE * t.uncounted as f64).sum()
}
