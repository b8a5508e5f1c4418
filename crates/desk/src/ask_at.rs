//! Addresses of other pages with the same question and something more.

use crate::ask::{Ask, FILTERS};
use crate::links::address;

impl Ask<'_> {
    /// The same question at another path, with these filters in place of what it has of them.
    pub fn at_with(&self, path: &str, others: &[(&str, &str)]) -> String {
        let stays = |name: &str| (name == "q" || FILTERS.contains(&name)) && !others.iter().any(|(other, _)| *other == name);
        let kept = self.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| stays(name));
        address(path, kept.chain(others.iter().copied()))
    }
}
