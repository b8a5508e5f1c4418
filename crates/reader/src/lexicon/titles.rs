//! Titles and roles: what stands beside a person's name, or names a person alone.

use super::phrases::Phrases;
use super::{Layers, LexiconError, Table};
use onrecord_record::Sector;

/// A title or role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Its usual writing, lower case.
    pub title: String,
    /// The noun that alone can refer back to its bearer: *minister* after *foreign minister*.
    pub head: String,
    /// Where its bearer works.
    pub sector: Option<Sector>,
    /// Whether its bearer speaks for a government or organisation, so that their *we* is its.
    pub principal: bool,
    /// Whether it can stand directly before a name.
    pub prefix: bool,
    /// Other nouns that may refer back to its bearer: *leader* to a president.
    pub generic: Vec<String>,
}

/// A word before a title that makes another title of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// Another rank of the same office: *deputy*, *acting*, *senior*.
    Rank,
    /// The office is over: *former*, *late*. Its bearer no longer speaks for it.
    Former,
}

/// Nobody is introduced with more; the limit keeps hostile text linear.
const MODIFIERS_IN_A_ROW: usize = 4;

/// The table `titles.tsv`.
#[derive(Default)]
pub struct Titles {
    all: Vec<Title>,
    by_name: Phrases<usize>,
    modifiers: Phrases<Modifier>,
}

impl Titles {
    /// Reads the table.
    ///
    /// # Errors
    /// When a cell is not on its list, a head is missing, or a title stands twice.
    pub fn parse(text: Layers) -> Result<Self, LexiconError> {
        let table = Table::parse("titles.tsv", text)?;
        let mut titles = Titles::default();
        for row in table.rows() {
            let name = row.get("title");
            let modifier = match row.get("modifier") {
                "" => None,
                "rank" => Some(Modifier::Rank),
                "former" => Some(Modifier::Former),
                other => return Err(row.fault(format!("column modifier: {other:?} is neither rank nor former"))),
            };
            let head = row.get("head");
            if head.is_empty() && modifier.is_none() {
                return Err(row.fault(format!("title {name:?} has no head")));
            }
            if let Some(modifier) = modifier {
                let forms = std::iter::once(name).chain(row.list("also").filter(|_| head.is_empty()));
                for form in forms {
                    if !titles.modifiers.insert(form, modifier) {
                        return Err(row.fault(format!("modifier {form:?} is empty or stands twice")));
                    }
                }
            }
            if head.is_empty() {
                continue;
            }
            let index = titles.all.len();
            for form in std::iter::once(name).chain(row.list("also")) {
                if !titles.by_name.insert(form, index) {
                    return Err(row.fault(format!("title {form:?} is empty or stands twice")));
                }
            }
            titles.all.push(Title {
                title: name.into(),
                head: head.into(),
                sector: row.parsed("sector")?,
                principal: row.flag("principal")?,
                prefix: row.flag("prefix")?,
                generic: row.list("generic").map(Into::into).collect(),
            });
        }
        Ok(titles)
    }

    /// The title written so, in any case (*foreign minister*, *Lt. Gen.*), without modifiers.
    pub fn get(&self, title: &str) -> Option<&Title> {
        self.by_name.get(title).map(|&i| &self.all[i])
    }

    /// What `word` makes of the title that follows it.
    pub fn modifier(&self, word: &str) -> Option<Modifier> {
        self.modifiers.get(word).copied()
    }

    /// The longest title that `words` begin with, and how many words it takes with the modifiers before it
    /// (*former Deputy Foreign Minister* Ivan ... takes four).
    pub fn longest_prefix(&self, words: &[&str]) -> Option<(usize, &Title)> {
        let (mut start, mut best) = (0, None);
        for _ in 0..=MODIFIERS_IN_A_ROW {
            let found = self.by_name.longest(&words[start..], |_, _| true).map(|(n, &i)| (start + n, &self.all[i]));
            // On a tie the earlier start stands: a vice president is no president.
            if found.map(|f| f.0) > best.map(|b: (usize, &Title)| b.0) {
                best = found;
            }
            match self.modifiers.longest(&words[start..], |_, _| true) {
                Some((n, _)) => start += n,
                None => break,
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builtin() -> Titles {
        Titles::parse(onrecord_lexicon::table("titles.tsv").into()).expect("titles.tsv is valid")
    }

    #[test]
    fn titles_are_found_however_written() {
        let titles = builtin();
        let minister = titles.get("Foreign Minister").expect("listed");
        assert_eq!(
            (minister.head.as_str(), minister.sector, minister.principal, minister.prefix),
            ("minister", Some(Sector::Gov), true, true)
        );
        assert_eq!(titles.get("minister of foreign affairs"), Some(minister));
        assert_eq!(titles.get("Lt. Gen."), titles.get("lieutenant general"));
        assert_eq!(titles.get("vice-president").map(|t| t.head.as_str()), Some("president"));
        assert!(titles.get("prime minister").is_some_and(|t| t.generic.iter().any(|g| g == "leader")));
        assert_eq!(titles.get("ministering"), None);
    }

    #[test]
    fn the_longest_title_wins_and_modifiers_count() {
        let titles = builtin();
        let found = |text: &str| {
            let words: Vec<_> = text.split(' ').collect();
            titles.longest_prefix(&words).map(|(n, t)| (n, t.title.as_str()))
        };
        assert_eq!(found("Secretary of State Jane Roe"), Some((3, "secretary of state")));
        assert_eq!(found("Vice President Roe"), Some((2, "vice president")));
        assert_eq!(found("former Deputy Foreign Minister Roe"), Some((4, "foreign minister")));
        assert_eq!(found("Deputy Roe"), Some((1, "deputy")));
        assert_eq!(found("Lt. Gen. Roe"), Some((2, "lieutenant general")));
        assert_eq!(found("Jane Roe"), None);
        assert_eq!(found("former"), None);
        assert_eq!(titles.modifier("Former"), Some(Modifier::Former));
        assert_eq!(titles.modifier("deputy"), Some(Modifier::Rank));
    }
}
