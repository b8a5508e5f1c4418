//! The values of a series as a small table.

use crate::lines;
use crate::links;
use crate::markup::Markup;
use crate::reading::relation;
use onrecord_account::{Line, Related, Relation};
use onrecord_export::amount;
use onrecord_view::{human_date, words};

/// Values of a series that are shown, the latest.
const SHOWN: usize = 100;

/// One value.
pub struct Row {
    pub value: String,
    pub giver: Markup,
    pub report: Markup,
    pub day: String,
    /// How it stands to the values before it, and to those it cannot hold with.
    pub relation: Markup,
}

/// The values of a series, the latest hundred in order; of another line none.
pub fn rows(line: &Line) -> Vec<Row> {
    let Line::Figure { series, relations, .. } = line else { return Vec::new() };
    let from = series.len().saturating_sub(SHOWN);
    let row = |at: usize| {
        let told = &series[at];
        let mut giver = Markup::new();
        match told.given_by.last() {
            Some(name) => giver.text("says ").element("bdi", "", name),
            None => giver.element("span", "soft", onrecord_view::OWN_WORDS),
        };
        if let Some(word) = words::factuality(told.factuality) {
            giver.text(" · ").element("em", "", word);
        }
        let mut report = Markup::new();
        report.open("bdi", "").link(&links::record_in(&told.document, &told.record), "", &told.document).close("bdi");
        let value = |at: usize| amount(series[at].value, series[at].bound);
        let day = told.published.as_deref().map(human_date).unwrap_or_default();
        Row { value: value(at), giver, report, day, relation: stands(relations, at, &value) }
    };
    (from..series.len()).map(row).collect()
}

/// *update of 12 · conflict with at least 15*: each value once.
fn stands(relations: &[Related], at: usize, value: &dyn Fn(usize) -> String) -> Markup {
    let mut stands = Markup::new();
    for is in [Relation::Repeat, Relation::Update, Relation::Correction, Relation::Conflict] {
        let other = |related: &Related| match *related {
            Related { a, b, is: kind } if kind == is && b == at => Some(a),
            Related { a, b, is: Relation::Conflict } if is == Relation::Conflict && a == at => Some(b),
            _ => None,
        };
        let mut values: Vec<String> = relations.iter().filter_map(other).map(value).collect();
        values.sort();
        values.dedup();
        if !values.is_empty() {
            stands.text(if stands.is_empty() { "" } else { " · " }).element("em", "", relation(is));
            stands.text(if is == Relation::Conflict { " with " } else { " of " }).text(&lines::some(&values, 4));
        }
    }
    stands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_says_what_it_follows_and_what_it_cannot_hold_with() {
        let related = |a, b, is| Related { a, b, is };
        let relations = [related(0, 2, Relation::Update), related(1, 2, Relation::Conflict), related(0, 1, Relation::Repeat)];
        let value = |at: usize| ["12", "15", "14"][at].to_owned();
        let said = |at| stands(&relations, at, &value).to_string();
        assert_eq!(said(2), "<em>update</em> of 12 · <em>conflict</em> with 15");
        assert_eq!(said(1), "<em>repeat</em> of 12 · <em>conflict</em> with 14");
        assert_eq!(said(0), "");
    }
}
