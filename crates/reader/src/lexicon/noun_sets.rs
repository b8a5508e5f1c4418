//! Common nouns that the reader treats alike.

use super::{Layers, LexiconError, Table};
use std::collections::{HashMap, HashSet};

/// The sets that the table must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NounSet {
    /// Land, water and sites that carry a name.
    Area,
    /// With a country beside them, its government.
    Government,
    /// Amounts of who stands behind *of*.
    Amount,
    /// Quantities of what stands behind *of*.
    Quantity,
    /// Occasions and media of saying.
    Occasion,
    /// Days, months and stretches of time.
    Time,
    /// Bearers of what the word before them names.
    Bearer,
    /// Those on another side than whose they are.
    Counterpart,
}

/// The table `noun_sets.tsv`.
#[derive(Default)]
pub struct NounSets {
    members: HashMap<NounSet, HashSet<String>>,
}

impl NounSets {
    /// Reads the table.
    ///
    /// # Errors
    /// When a set is not one of [`NounSet`].
    pub fn parse(text: Layers) -> Result<Self, LexiconError> {
        let table = Table::parse("noun_sets.tsv", text)?;
        let mut sets = NounSets::default();
        for row in table.rows() {
            let set = match row.get("set") {
                "area" => NounSet::Area,
                "government" => NounSet::Government,
                "amount" => NounSet::Amount,
                "quantity" => NounSet::Quantity,
                "occasion" => NounSet::Occasion,
                "time" => NounSet::Time,
                "bearer" => NounSet::Bearer,
                "counterpart" => NounSet::Counterpart,
                other => return Err(row.fault(unknown(other))),
            };
            sets.members.entry(set).or_default().extend(row.list("nouns").map(str::to_string));
        }
        Ok(sets)
    }

    /// True when `noun`, in lower case, is in the set.
    pub fn has(&self, set: NounSet, noun: &str) -> bool {
        self.members.get(&set).is_some_and(|nouns| nouns.contains(noun))
    }
}

fn unknown(set: &str) -> String {
    format!("column set: {set:?} is none of area, government, amount, quantity, occasion, time, bearer, counterpart")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_in_their_sets() {
        let sets = NounSets::parse(onrecord_lexicon::table("noun_sets.tsv").into()).expect("noun_sets.tsv is valid");
        assert!(
            sets.has(NounSet::Area, "province") && sets.has(NounSet::Government, "regime") && sets.has(NounSet::Amount, "dozen")
        );
        assert!(!sets.has(NounSet::Amount, "province"));
    }
}
