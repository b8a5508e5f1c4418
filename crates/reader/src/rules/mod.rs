//! The rules by which records are made, each with an example in which it fires; tests read the examples.

pub mod event;
pub mod figure;
pub mod position;
pub mod statement;

use onrecord_record::Rule;

/// Declares rules and the list of them. A rule is data: its id is the kind of record and its name.
macro_rules! rules {
    ($kind:literal: $($name:ident = $id:literal { says: $says:literal, because: $because:literal, example: $example:literal })+) => {
        $(
            #[doc = $says]
            pub static $name: onrecord_record::Rule = onrecord_record::Rule {
                id: concat!($kind, ".", $id), says: $says, because: $because, example: $example,
            };
        )+
        /// All of them.
        pub static ALL: &[&onrecord_record::Rule] = &[$(&$name),+];
    };
}
use rules;

/// All rules, kind by kind.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [statement::ALL, event::ALL, position::ALL, figure::ALL].into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reader;
    use onrecord_text::Document;

    #[test]
    fn every_rule_fires_in_its_example() {
        let reader = Reader::builtin();
        let silent = |rule: &&Rule| {
            let (_, explanations) = reader.explain(&Document::new("example", rule.example));
            !explanations.iter().any(|e| e.rules.contains(&rule.id))
        };
        // A build without the model learns nothing.
        let there = |rule: &&Rule| cfg!(feature = "learnt-attribution") || *rule != &statement::LEARNT;
        let silent: Vec<&str> = all().filter(there).filter(silent).map(|rule| rule.id).collect();
        assert_eq!(silent, [""; 0]);
    }

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        let mut ids: Vec<_> = all().map(|rule| rule.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
