//! What an answer consists of: how many of its lines are of a type, in a country, put in a way, in a month.

use crate::db::DbError;
use crate::error::StoreError;
use crate::open::Store;
use crate::sift::{Asked, tellings};
use onrecord_account::Kind;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many lines of an answer have each value; a line that reports put in two ways counts for both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Facets {
    /// Lines.
    pub lines: usize,
    /// Reports that tell them.
    pub reports: usize,
    /// False where the answer is larger than what was counted: its 20,000 latest tellings.
    pub whole: bool,
    /// PLOVER types, acts, moves or kinds of actors, the most frequent first, as all that follow.
    pub types: Vec<(String, usize)>,
    /// ISO 3166-1 alpha-3.
    pub countries: Vec<(String, usize)>,
    /// How it is put.
    pub factuality: Vec<(String, usize)>,
    /// Months as ISO 8601, in order.
    pub months: Vec<(String, usize)>,
    /// Tellings of each month: reports, where `months` has events.
    pub tellings: Vec<(String, usize)>,
}

impl Store {
    /// Counts what an answer consists of.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn facets(&self, kind: Kind, asked: &Asked) -> Result<Facets, StoreError> {
        let run = || {
            let mut counting = Counting::default();
            let columns = "n.grp, t.document, t.type, t.country, t.factuality, t.since";
            let whole = tellings(&self.db, kind, asked, columns, "1 = 1", &mut |row| {
                counting.take(row.get(0)?, row.get(1)?, [row.get(2)?, row.get(3)?, row.get(4)?], row.get(5)?);
                Ok(())
            })?;
            Ok(Facets { whole, ..counting.done() })
        };
        run().map_err(|source: DbError| self.failed(source))
    }
}

#[derive(Default)]
struct Counting {
    lines: HashSet<i64>,
    reports: HashSet<i64>,
    /// Per value the lines that have it.
    counts: [HashMap<String, HashSet<i64>>; 3],
    months: BTreeMap<i64, (HashSet<i64>, usize)>,
}

impl Counting {
    fn take(&mut self, line: i64, report: i64, values: [Option<String>; 3], since: Option<i64>) {
        self.lines.insert(line);
        self.reports.insert(report);
        for (count, value) in self.counts.iter_mut().zip(values) {
            if let Some(value) = value {
                count.entry(value).or_default().insert(line);
            }
        }
        if let Some(month) = since.and_then(month) {
            let (lines, tellings) = self.months.entry(month).or_default();
            lines.insert(line);
            *tellings += 1;
        }
    }

    fn done(self) -> Facets {
        let [types, countries, factuality] = self.counts.map(|count| {
            let mut all: Vec<(String, usize)> = count.into_iter().map(|(value, lines)| (value, lines.len())).collect();
            all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            all
        });
        let named = |month: &i64| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
        Facets {
            lines: self.lines.len(),
            reports: self.reports.len(),
            whole: true,
            types,
            countries,
            factuality,
            months: self.months.iter().map(|(month, (lines, _))| (named(month), lines.len())).collect(),
            tellings: self.months.iter().map(|(month, (_, tellings))| (named(month), *tellings)).collect(),
        }
    }
}

/// Months since the year 0 of a day (number of days since 1970-01-01).
fn month(day: i64) -> Option<i64> {
    let span = jiff::Span::new().try_days(day).ok()?;
    let date = jiff::civil::date(1970, 1, 1).checked_add(span).ok()?;
    Some(i64::from(date.year()) * 12 + i64::from(date.month()) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_told_twice_counts_once_but_for_its_tellings() {
        let mut counting = Counting::default();
        let some = |value: &str| Some(value.to_owned());
        counting.take(1, 10, [some("ASSAULT"), some("MLI"), some("actual")], Some(0));
        counting.take(1, 11, [some("ASSAULT"), None, some("uncertain")], Some(30));
        counting.take(2, 11, [some("PROTEST"), some("MLI"), None], Some(31));
        let facets = counting.done();
        assert_eq!((facets.lines, facets.reports), (2, 2));
        assert_eq!(facets.types, [("ASSAULT".to_owned(), 1), ("PROTEST".to_owned(), 1)]);
        assert_eq!(facets.countries, [("MLI".to_owned(), 2)]);
        assert_eq!(facets.months, [("1970-01".to_owned(), 1), ("1970-02".to_owned(), 1)]);
        assert_eq!(facets.tellings, [("1970-01".to_owned(), 2), ("1970-02".to_owned(), 1)]);
    }
}
