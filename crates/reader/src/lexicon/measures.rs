//! What is counted, and in what respect.

use super::table::{Layers, LexiconError, Table};
use onrecord_record::{Measure, Origin};
use std::collections::HashMap;

/// Which part of a construction a number stands in (`lexicon/measures.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// What is acted on.
    Object,
    /// What it is done with.
    With,
    /// Who acts, or what something happens to.
    Subject,
}

/// Which words a row holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the table documents them
pub enum Pos {
    Verb,
    Noun,
    Adj,
}

struct Row {
    things: Vec<String>,
    /// True when the row holds for all things but these.
    not: bool,
    measure: Measure,
    origin: Origin,
}

/// A kind of thing that can be counted (`lexicon/things.tsv`).
#[derive(Clone, Debug, Default)]
pub struct Thing {
    classes: Vec<String>,
    /// What a number of them counts by itself.
    pub measure: Option<Measure>,
    /// The row itself.
    pub origin: Option<Origin>,
}

impl Thing {
    /// True when the noun is in this class.
    pub fn is(&self, class: &str) -> bool {
        self.classes.iter().any(|c| c == class)
    }
}

/// The tables of measures, things and plurals.
#[derive(Default)]
pub struct Measures {
    rows: HashMap<(String, Pos, Counted), Vec<Row>>,
    things: HashMap<String, Thing>,
    plurals: HashMap<String, String>,
}

impl Measures {
    /// Reads the three tables.
    ///
    /// # Errors
    /// When a cell is not on the list its column documents.
    pub fn parse(measures: Layers, things: Layers, plurals: Layers) -> Result<Self, LexiconError> {
        let mut all = Measures::default();
        for row in Table::parse("measures.tsv", measures)?.rows() {
            let pos = match row.get("pos") {
                "verb" => Pos::Verb,
                "noun" => Pos::Noun,
                "adj" => Pos::Adj,
                other => return Err(row.fault(format!("column pos: {other:?} is none of verb, noun, adj"))),
            };
            let counted = match row.get("counted") {
                "object" => Counted::Object,
                "subject" => Counted::Subject,
                "with" => Counted::With,
                other => return Err(row.fault(format!("column counted: {other:?} is none of object, subject, with"))),
            };
            let not = row.get("things").starts_with("not:");
            let things = row.list("things").map(|t| t.trim_start_matches("not:").to_string()).collect();
            let measure = row.parsed("measure")?.ok_or_else(|| row.fault("no measure".into()))?;
            all.rows.entry((row.get("lemma").into(), pos, counted)).or_default().push(Row {
                things,
                not,
                measure,
                origin: row.origin(),
            });
        }
        for row in Table::parse("things.tsv", things)?.rows() {
            let thing = Thing {
                classes: row.list("class").map(str::to_string).collect(),
                measure: row.parsed("measure")?,
                origin: Some(row.origin()),
            };
            all.things.insert(row.get("noun").into(), thing);
        }
        for row in Table::parse("plurals.tsv", plurals)?.rows() {
            all.plurals.insert(row.get("plural").into(), row.get("singular").into());
        }
        Ok(all)
    }

    /// The measure of a number of `thing` that stands in this part of a construction with `lemma`.
    /// A number without a noun fits every row that does not ask for a special thing.
    pub fn measure(&self, lemma: &str, pos: Pos, counted: Counted, thing: Option<&Thing>) -> Option<Measure> {
        let rows = self.rows.get(&(lemma.to_string(), pos, counted))?;
        let fits = |row: &&Row| row.things.is_empty() || (row.not != thing.is_some_and(|t| row.things.iter().any(|c| t.is(c))));
        rows.iter().find(fits).map(|row| row.measure)
    }

    /// The row by which one of these words gives this measure, in whatever construction.
    pub fn row(&self, words: &[String], measure: Measure) -> Option<Origin> {
        let rows = |word: &String, pos, counted| self.rows.get(&(word.clone(), pos, counted)).into_iter().flatten();
        let constructions = || {
            [Pos::Verb, Pos::Adj, Pos::Noun]
                .into_iter()
                .flat_map(|p| [(p, Counted::Object), (p, Counted::Subject), (p, Counted::With)])
        };
        words.iter().find_map(|word| {
            let mut all = constructions().flat_map(|(pos, counted)| rows(word, pos, counted));
            all.find(|row| row.measure == measure).map(|row| row.origin)
        })
    }

    /// What a noun names; singular or plural, one word or two.
    pub fn thing(&self, noun: &str) -> Option<&Thing> {
        self.things.get(noun)
    }

    /// Singular of an English noun; the case of its first letter is kept.
    pub fn singular(&self, noun: &str) -> String {
        let lower = noun.to_lowercase();
        if let Some(irregular) = self.irregular(&lower) {
            return if noun.starts_with(char::is_uppercase) { capitalised(&irregular) } else { irregular };
        }
        let cut = |n: usize| noun[..noun.len() - n].to_string();
        let ends = |endings: &[&str]| endings.iter().any(|e| lower.ends_with(e));
        if noun.len() < 4 || !noun.is_ascii() && !noun.is_char_boundary(noun.len() - 3) {
            return noun.to_string();
        }
        match () {
            () if ends(&["ies"]) => cut(3) + "y",
            () if ends(&["sses", "shes", "ches", "xes", "zzes"]) => cut(2),
            () if ends(&["ss", "us", "is"]) || !ends(&["s"]) => noun.to_string(),
            () => cut(1),
        }
    }

    /// The singular that the table of plurals gives for exactly this word.
    pub fn listed_singular(&self, lower: &str) -> Option<&str> {
        self.plurals.get(lower).map(String::as_str)
    }

    /// True for a plural that does not show it, or not by an ending (*aircraft*, *people*, *airmen*).
    pub fn is_plural(&self, lower: &str) -> bool {
        self.irregular(lower).is_some()
    }

    /// Whole words of the table, and compounds that end in one of its longer words (*airmen*, *tribesmen*).
    fn irregular(&self, lower: &str) -> Option<String> {
        if let Some(singular) = self.plurals.get(lower) {
            return Some(singular.clone());
        }
        let stem = lower.strip_suffix("men").filter(|stem| stem.len() > 1)?;
        Some(format!("{stem}man"))
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn singulars() {
        let measures = Lexicon::builtin().measures;
        for (plural, singular) in [
            ("drones", "drone"),
            ("people", "person"),
            ("Airmen", "Airman"),
            ("injuries", "injury"),
            ("losses", "loss"),
            ("aircraft", "aircraft"),
            ("caches", "cache"),
        ] {
            assert_eq!(measures.singular(plural), singular);
        }
    }

    #[test]
    fn measures_depend_on_the_thing() {
        let measures = Lexicon::builtin().measures;
        let lost = |noun| measures.measure("lose", Pos::Verb, Counted::Object, measures.thing(noun));
        assert_eq!(lost("soldier"), Some(Measure::Killed));
        assert_eq!(lost("tank"), Some(Measure::Destroyed));
        assert_eq!(lost("chance"), None);
        assert_eq!(measures.measure("die", Pos::Verb, Counted::Subject, None), Some(Measure::Killed));
    }
}
