//! Common nouns that name actors: *soldier*, *ministry*, *security force*.

use super::phrases::Phrases;
use super::{Layers, LexiconError, Table};
use onrecord_record::{ActorKind, Sector};

/// A noun that names an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorNoun {
    /// Its lemma, or the lemmas of a compound.
    pub noun: String,
    /// What it names.
    pub kind: ActorKind,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Whether its singular names several people or a body (*police*, *committee*).
    pub group: bool,
}

/// The table `actor_nouns.tsv`.
#[derive(Default)]
pub struct ActorNouns {
    all: Vec<ActorNoun>,
    by_noun: Phrases<usize>,
}

impl ActorNouns {
    /// Reads the table.
    ///
    /// # Errors
    /// When a cell is not on its list or a noun stands twice.
    pub fn parse(text: Layers) -> Result<Self, LexiconError> {
        let table = Table::parse("actor_nouns.tsv", text)?;
        let mut nouns = ActorNouns { all: Vec::new(), by_noun: Phrases::with_capacity(table.rows().size_hint().0) };
        for row in table.rows() {
            let noun = ActorNoun {
                noun: row.get("noun").into(),
                kind: row.parsed("kind")?.ok_or_else(|| row.fault("column kind is empty".into()))?,
                sector: row.parsed("sector")?,
                group: row.flag("group")?,
            };
            if !nouns.by_noun.insert(&noun.noun, nouns.all.len()) {
                return Err(row.fault(format!("noun {:?} is empty or stands twice", noun.noun)));
            }
            nouns.all.push(noun);
        }
        Ok(nouns)
    }

    /// The noun with this lemma; a compound's lemmas are separated by blanks or hyphens.
    pub fn get(&self, lemma: &str) -> Option<&ActorNoun> {
        self.by_noun.get(lemma).map(|&i| &self.all[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_and_compounds_are_found_by_lemma() {
        let nouns = ActorNouns::parse(onrecord_lexicon::table("actor_nouns.tsv").into()).expect("actor_nouns.tsv is valid");
        let found = |lemma: &str| nouns.get(lemma).map(|n| (n.kind, n.sector, n.group));
        assert_eq!(found("soldier"), Some((ActorKind::Military, Some(Sector::Mil), false)));
        assert_eq!(found("police"), Some((ActorKind::Organisation, Some(Sector::Cop), true)));
        assert_eq!(found("police officer"), Some((ActorKind::Person, Some(Sector::Cop), false)));
        assert_eq!(found("government"), Some((ActorKind::Government, Some(Sector::Gov), true)));
        assert_eq!(found("villager"), Some((ActorKind::Population, Some(Sector::Cvl), false)));
        assert_eq!(found("table"), None);
    }
}
