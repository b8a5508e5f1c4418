//! `lexicon/factuality.tsv`: how words put what stands in their scope.

use super::{Layers, LexiconError, Table};
use onrecord_record::Factuality;
use std::collections::HashMap;

/// What a word does to what stands in its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Puts it so.
    Puts(Factuality),
    /// Leaves it as the word itself is put (*held*, *began to*).
    Pass,
}

/// How a word and what it puts hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The word governs it as a verb.
    Verb,
    /// As a noun.
    Noun,
    /// As an adjective, or stands before it.
    Adj,
    /// The word is a dependent of it: adverb, determiner, auxiliary, conjunction or preposition.
    Dependent,
}

/// The part of what a governor governs that it puts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Clauses, objects and passive subjects.
    Complements,
    /// Only clauses.
    Clause,
    /// Only objects and passive subjects.
    Object,
    /// Only subjects.
    Subject,
    /// Clauses and subjects, and only if the verb is passive.
    Passive,
}

/// One row.
#[derive(Clone, Debug)]
pub struct FactualityRow {
    /// Words that must be dependents of the first.
    pub with: Vec<String>,
    /// Part that is put.
    pub scope: Scope,
    /// How.
    pub effect: Effect,
}

/// The table, by standing and first word.
pub struct FactualityTable {
    rows: [HashMap<String, Vec<FactualityRow>>; 4],
}

impl FactualityTable {
    /// Reads the table.
    ///
    /// # Errors
    /// When a cell holds a word that its column does not know.
    pub fn parse(text: Layers) -> Result<Self, LexiconError> {
        let table = Table::parse("factuality.tsv", text)?;
        let mut rows: [HashMap<String, Vec<FactualityRow>>; 4] = Default::default();
        for row in table.rows() {
            let standing = match row.get("pos") {
                "verb" => Standing::Verb,
                "noun" => Standing::Noun,
                "adj" => Standing::Adj,
                "adv" | "det" | "aux" | "mark" | "prep" => Standing::Dependent,
                other => {
                    return Err(row.fault(format!("column pos: {other:?} is none of verb, noun, adj, adv, det, aux, mark, prep")));
                }
            };
            let scope = match row.get("on") {
                "" => Scope::Complements,
                "clause" => Scope::Clause,
                "object" => Scope::Object,
                "subject" => Scope::Subject,
                "passive" => Scope::Passive,
                other => return Err(row.fault(format!("column on: {other:?} is none of clause, object, subject, passive"))),
            };
            let effect = match row.get("effect") {
                "pass" => Effect::Pass,
                _ => Effect::Puts(row.parsed("effect")?.ok_or_else(|| row.fault("no effect".into()))?),
            };
            let mut words = row.get("word").split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            rows[standing as usize].entry(first).or_default().push(FactualityRow { with: words.collect(), scope, effect });
        }
        // Fixed phrases before single words: "call for" before "call".
        rows.iter_mut().flat_map(HashMap::values_mut).for_each(|r| r.sort_by_key(|row| std::cmp::Reverse(row.with.len())));
        Ok(FactualityTable { rows })
    }

    /// The rows of a word, fixed phrases first.
    pub fn rows(&self, word: &str, standing: Standing) -> &[FactualityRow] {
        self.rows[standing as usize].get(word).map_or(&[], Vec::as_slice)
    }
}
