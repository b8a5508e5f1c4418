//! Given names, and the gender they suggest: which *he* or *she* may be meant.

use super::{Layers, LexiconError, Table};
use std::collections::HashMap;

/// The gender that a given name suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// Mostly women's.
    Female,
    /// Mostly men's.
    Male,
    /// Women's and men's, or a different one in different languages.
    Either,
}

/// The table `first_names.tsv`.
#[derive(Default)]
pub struct FirstNames {
    by_name: HashMap<String, Gender>,
}

impl FirstNames {
    /// Reads the table.
    ///
    /// # Errors
    /// When a gender is not `f`, `m` or `u`, or a name is empty or stands twice.
    pub fn parse(text: Layers) -> Result<Self, LexiconError> {
        let table = Table::parse("first_names.tsv", text)?;
        let mut names = FirstNames { by_name: HashMap::with_capacity(table.rows().size_hint().0) };
        for row in table.rows() {
            let gender = match row.get("gender") {
                "f" => Gender::Female,
                "m" => Gender::Male,
                "u" => Gender::Either,
                other => return Err(row.fault(format!("column gender: {other:?} is none of f, m, u"))),
            };
            let name = row.get("name");
            if name.is_empty() || names.by_name.insert(name.to_lowercase(), gender).is_some() {
                return Err(row.fault(format!("name {name:?} is empty or stands twice")));
            }
        }
        Ok(names)
    }

    /// The gender that `name` suggests, in any case; a double name (*Jean-Pierre*) that is not listed goes by its first part.
    pub fn gender(&self, name: &str) -> Option<Gender> {
        let name = name.to_lowercase();
        let first = name.split('-').next().unwrap_or_default();
        self.by_name.get(&name).or_else(|| self.by_name.get(first)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suggest_a_gender() {
        let names = FirstNames::parse(onrecord_lexicon::table("first_names.tsv").into()).expect("first_names.tsv is valid");
        assert_eq!(names.gender("Olena"), Some(Gender::Female));
        assert_eq!(names.gender("SERGEI"), Some(Gender::Male));
        assert_eq!(names.gender("Jean-Paul"), Some(Gender::Male));
        assert_eq!(names.gender("Kim"), Some(Gender::Either));
        assert_eq!(names.gender("Table"), None);
    }
}
