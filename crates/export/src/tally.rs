//! What went in, what came out, and what stayed behind.

use std::collections::BTreeMap;
use std::fmt;

/// Counts of an export, for whoever asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines of the account by kind.
    pub read: BTreeMap<&'static str, usize>,
    /// Rows, features, ... written, by what they are.
    pub wrote: BTreeMap<&'static str, usize>,
    /// What the form cannot hold or does not want, by reason.
    pub noted: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// One more was written.
    pub fn wrote(&mut self, what: &'static str) {
        *self.wrote.entry(what).or_default() += 1;
    }

    /// One more has something to be said about.
    pub fn note(&mut self, why: &'static str) {
        *self.noted.entry(why).or_default() += 1;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |counts: &BTreeMap<&str, usize>| {
            let all: Vec<String> = counts.iter().map(|(what, n)| counted(*n, what)).collect();
            if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
        };
        write!(f, "from {}: wrote {}", list(&self.read), list(&self.wrote))?;
        if self.noted.is_empty() { Ok(()) } else { write!(f, "; {}", list(&self.noted)) }
    }
}

/// So many of something, of which the first word is what is counted, in the plural.
///
/// ```
/// use onrecord_export::counted;
/// assert_eq!(counted(2_000, "events left out"), "2,000 events left out");
/// assert_eq!(counted(1, "events left out"), "1 event left out");
/// ```
pub fn counted(n: usize, what: &str) -> String {
    let (noun, rest) = what.split_at(what.find(' ').unwrap_or(what.len()));
    let noun = if n == 1 { noun.strip_suffix('s').unwrap_or(noun) } else { noun };
    format!("{} {noun}{rest}", thousands(n))
}

/// `1204` as *1,204*.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told() {
        let mut tally = Tally::default();
        tally.read.insert("events", 1204);
        for _ in 0..1167 {
            tally.wrote("features");
        }
        for _ in 0..37 {
            tally.note("events without coordinates left out");
        }
        tally.note("figures left out");
        assert_eq!(
            tally.to_string(),
            "from 1,204 events: wrote 1,167 features; 37 events without coordinates left out, 1 figure left out"
        );
        assert_eq!(Tally::default().to_string(), "from nothing: wrote nothing");
        assert_eq!((thousands(999), thousands(1_000_000)), ("999".into(), "1,000,000".into()));
    }
}
