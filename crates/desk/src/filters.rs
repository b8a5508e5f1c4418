//! The filters of a page as links: what is chosen, what can be.

use crate::ask::{Ask, FILTERS};
use onrecord_export::thousands;
use onrecord_store::Facets;

/// Values of a facet that are shown; the rest is counted.
const SHOWN: usize = 12;

/// A filter that is on, and the address without it.
pub struct Chosen {
    pub name: String,
    pub value: String,
    pub href: String,
}

/// Values by which an answer can be narrowed.
pub struct Facet {
    pub title: &'static str,
    pub values: Vec<Choice>,
    /// Values that are not shown.
    pub more: usize,
}

/// One of them.
pub struct Choice {
    pub value: String,
    /// How many lines have it, set in threes.
    pub count: String,
    pub href: String,
}

/// What stands at the left of a table.
pub struct Filters {
    pub q: String,
    pub since: String,
    pub until: String,
    pub chosen: Vec<Chosen>,
    pub facets: Vec<Facet>,
    /// Filters that the form must send again, as name and value.
    pub kept: Vec<(String, String)>,
    pub path: String,
    /// How many lines and reports fit, and whether these are all.
    pub lines: usize,
    pub reports: usize,
    pub whole: bool,
}

impl Filters {
    /// With the facets of an answer. `named` are those to show, with the parameter that each sets.
    pub fn new(ask: &Ask, facets: Facets) -> Self {
        let one = |name: &str| ask.one(name).unwrap_or_default().to_owned();
        let mut filters = Filters {
            q: one("q"),
            since: one("since"),
            until: one("until"),
            chosen: chosen(ask),
            facets: Vec::new(),
            kept: ask.query.iter().filter(|(name, _)| kept(name)).cloned().collect(),
            path: ask.path.to_owned(),
            lines: facets.lines,
            reports: facets.reports,
            whole: facets.whole,
        };
        let lists = [
            ("Type", "type", facets.types),
            ("How it is put", "factuality", facets.factuality),
            ("Country", "place", facets.countries),
        ];
        for (title, name, values) in lists {
            filters.facets.extend(facet(ask, title, name, values));
        }
        filters
    }

    /// *1,204 events in 3,310 reports*.
    pub fn summary(&self, one: &str, many: &str) -> String {
        let more = if self.whole { "" } else { "more than " };
        let line = if self.lines == 1 { one } else { many };
        let report = if self.reports == 1 { "report" } else { "reports" };
        format!("{more}{} {line} in {} {report}", thousands(self.lines), thousands(self.reports))
    }
}

/// Parameters that stay while words and days are typed anew.
fn kept(name: &str) -> bool {
    !matches!(name, "q" | "since" | "until" | "after")
}

fn chosen(ask: &Ask) -> Vec<Chosen> {
    let on = ask.query.iter().filter(|(name, _)| name == "q" || FILTERS.contains(&name.as_str()));
    on.map(|(name, value)| Chosen { name: name.clone(), value: value.clone(), href: ask.without(name, value) }).collect()
}

fn facet(ask: &Ask, title: &'static str, name: &str, values: Vec<(String, usize)>) -> Option<Facet> {
    let is_on = |value: &str| ask.query.iter().any(|(known, on)| known == name && on.eq_ignore_ascii_case(value));
    let mut choices: Vec<Choice> = values
        .into_iter()
        .filter(|(value, _)| !is_on(value))
        .map(|(value, count)| Choice { href: ask.set(name, &value), value, count: thousands(count) })
        .collect();
    let more = choices.len().saturating_sub(SHOWN);
    choices.truncate(SHOWN);
    // One value that all have narrows nothing.
    (choices.len() > 1 || more > 0).then_some(Facet { title, values: choices, more })
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn digits_stand_in_threes() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
