//! What a report is about, by the names in it.

use crate::words::{Bag, fold};
use onrecord_text::Document;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Names that say when, not what about.
const CALENDAR: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Names that are enough; a long report has its story at its head.
const MOST: usize = 60;
/// Names that say what a report is about before the rest of it is read.
const FIRST: usize = 12;

/// The words that a report writes with capitals inside its sentences: two reports of one story share most of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    names: Bag,
    /// The first of them, as they come.
    first: Vec<String>,
}

impl Topic {
    /// Of a report, without the name of its outlet.
    pub fn new(document: &Document) -> Self {
        let outlet = fold(document.outlet.as_deref().unwrap_or_default());
        let outlet: BTreeSet<&str> = outlet.split(' ').collect();
        let (mut names, mut first) = (BTreeSet::new(), Vec::new());
        let mut inside = false;
        for word in document.text.split_whitespace() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
            let dateline = first.is_empty() && !inside && bare.chars().count() > 2 && bare.chars().all(char::is_uppercase);
            if dateline && !outlet.contains(fold(bare).as_str()) {
                first.push(fold(bare));
            }
            if inside && bare.starts_with(char::is_uppercase) && bare.chars().count() > 1 {
                let name = fold(bare);
                let of_story = !name.is_empty() && !CALENDAR.contains(&name.as_str()) && !outlet.contains(name.as_str());
                if of_story && names.insert(name.clone()) && first.len() < FIRST && !first.contains(&name) {
                    first.push(name);
                }
                if names.len() == MOST {
                    break;
                }
            }
            inside = !word.ends_with(['.', '!', '?', ':', '”', '"', ')']);
        }
        Topic { names: Bag::of(&names), first }
    }

    /// The names that come first.
    pub fn first(&self) -> &[String] {
        &self.first
    }

    /// True when the report names it.
    pub fn names(&self, name: &str) -> bool {
        self.names.has(name)
    }

    /// Share of the names of the report with fewer that the other has too, from 0 to 1; 0 when one has hardly any.
    pub fn shared(&self, other: &Topic) -> f64 {
        let fewer = self.names.len().min(other.names.len());
        if fewer < 3 { 0.0 } else { self.names.shared(&other.names) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(text: &str) -> Topic {
        Topic::new(&Document::new("d", text))
    }

    #[test]
    fn one_story_shares_its_names() {
        let first = topic("The mayor of Ostrava met Jana Novotna in Brno on Monday. Police closed roads around Brno's station.");
        let again = topic("In the city of Brno, Mayor Petr Klima of Ostrava shook hands with Jana Novotna.");
        let other = topic("The mayor of Vila Real met Rui Matos in Porto on Monday.");
        assert!(first.shared(&again) >= 0.75, "{first:?} {again:?}");
        assert_eq!(first.shared(&other), 0.0);
        assert_eq!(topic("").shared(&first), 0.0);
    }
}
