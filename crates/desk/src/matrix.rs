//! Positions as a table: who holds them, on what matter.

use crate::matters::{Matters, Proposition};
use crate::problem::Problem;
use onrecord_account::{Line, as_of, range};
use onrecord_export::known::Known;
use std::collections::BTreeMap;

/// Rows are those who hold a position, columns the matters.
pub struct Matrix<'l> {
    pub matters: Vec<String>,
    pub rows: Vec<Row<'l>>,
    /// The matter of each line.
    pub of: Vec<Option<usize>>,
}

/// Somebody with the positions they hold; without a name those of nobody named.
pub struct Row<'l> {
    pub id: &'l str,
    pub name: &'l str,
    /// One for each matter and one for all others; of each the latest first.
    pub cells: Vec<Vec<&'l Line>>,
}

impl<'l> Matrix<'l> {
    /// Of these lines, which are positions.
    ///
    /// # Errors
    /// When a report cannot be had.
    pub fn new(lines: &'l [Line], known: &mut Known) -> Result<Self, Problem> {
        let propositions = lines.iter().map(|line| proposition(line, known)).collect::<Result<Vec<_>, _>>()?;
        let Matters { names, of } = Matters::new(&propositions);
        let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
        for (line, matter) in lines.iter().zip(&of) {
            let Line::Position { holder, .. } = line else { continue };
            let holders: Vec<(&str, &str)> = if holder.is_empty() {
                vec![("", "")]
            } else {
                holder.iter().map(|who| (who.id.as_str(), who.name.as_str())).collect()
            };
            for (id, name) in holders {
                let row = rows.entry(id).or_insert_with(|| Row { id, name, cells: vec![Vec::new(); names.len() + 1] });
                row.cells[matter.unwrap_or(names.len())].push(line);
            }
        }
        let mut rows: Vec<Row> = rows.into_values().collect();
        for row in &mut rows {
            for cell in &mut row.cells {
                cell.sort_by_key(|line| std::cmp::Reverse(latest(line)));
            }
        }
        let held = |row: &Row| row.cells.iter().map(Vec::len).sum::<usize>();
        rows.sort_by(|a, b| held(b).cmp(&held(a)).then_with(|| a.name.cmp(b.name)).then_with(|| a.id.cmp(b.id)));
        Ok(Matrix { matters: names, rows, of })
    }

    /// Whether some positions share no matter with others.
    pub fn has_others(&self) -> bool {
        self.of.contains(&None)
    }
}

fn proposition(line: &Line, known: &mut Known) -> Result<Proposition, Problem> {
    let Line::Position { holder, history, .. } = line else { return Ok(Proposition { words: String::new(), holders: Vec::new() }) };
    let words = match history.last() {
        Some(taken) => known.report(&taken.document)?.words(taken.proposition).to_owned(),
        None => String::new(),
    };
    Ok(Proposition { words, holders: holder.iter().map(|who| who.name.clone()).collect() })
}

/// First day of the latest move.
fn latest(line: &Line) -> Option<i32> {
    let Line::Position { history, .. } = line else { return None };
    range(history.last()?.day()?).map(|days| days.first)
}

/// What became of a position between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not known before.
    New,
    /// Another move was made.
    Moved,
    /// The same move under other conditions.
    Terms,
}

impl Change {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Moved => "moved",
            Change::Terms => "other terms",
        }
    }

    /// Since the end of a day; none where nothing changed, or where nobody says when.
    pub fn since(line: &Line, before: i32) -> Option<Self> {
        let Line::Position { history, .. } = line else { return None };
        let now = history.last()?;
        latest(line)?;
        match as_of(line.clone(), before) {
            Some(Line::Position { history, .. }) => {
                let then = history.last()?;
                match () {
                    () if then.stance != now.stance => Some(Change::Moved),
                    () if then.conditions.len() != now.conditions.len() => Some(Change::Terms),
                    () => None,
                }
            }
            _ => Some(Change::New),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_account::{Days, Taken, Who};
    use onrecord_record::Move;
    use onrecord_text::Document;

    /// The report is its own proposition.
    fn position(id: &str, holders: &[&str], moves: &[(&str, Move, usize)]) -> Line {
        let taken = |(date, stance, conditions): &(&str, Move, usize)| Taken {
            document: id.to_owned(),
            record: "p1".into(),
            stance: *stance,
            proposition: [0, 100],
            conditions: vec![[0, 1]; *conditions],
            date: Some((*date).to_owned()),
            given_by: vec![],
            published: None,
        };
        Line::Position {
            id: format!("position-{}", id.replace(' ', "")),
            holder: holders.iter().map(|name| Who { id: format!("actor-{name}"), name: (*name).to_owned() }).collect(),
            issue: id.to_owned(),
            history: moves.iter().map(taken).collect(),
        }
    }

    #[test]
    fn holders_stand_beside_each_other_on_shared_matters() {
        let lines = [
            position("an exchange of prisoners", &["Norway", "Chad"], &[("2026-03-01", Move::Offer, 0)]),
            position("the exchange of all prisoners", &["Sudan"], &[("2026-03-02", Move::Refusal, 0)]),
            position("another prisoner exchange", &["Sudan"], &[("2026-03-05", Move::Acceptance, 1)]),
            position("grain", &[], &[("2026-03-05", Move::Offer, 1)]),
        ];
        let mut known = Known::new(Box::new(|id| Ok(Document::new(id, id))));
        let matrix = Matrix::new(&lines, &mut known).unwrap();
        assert_eq!((matrix.matters.len(), matrix.has_others()), (1, true), "{:?}", matrix.matters);
        assert_eq!(matrix.rows.iter().map(|row| row.name).collect::<Vec<_>>(), ["Sudan", "", "Chad", "Norway"]);
        let sudan: Vec<&str> = matrix.rows[0].cells[0].iter().map(|line| line.id()).collect();
        assert_eq!(sudan, ["position-anotherprisonerexchange", "position-theexchangeofallprisoners"], "the latest first");
        assert_eq!(matrix.rows[1].cells.iter().map(Vec::len).collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn two_days_are_compared() {
        let line = position(
            "x",
            &["A"],
            &[("2026-03-01", Move::Offer, 1), ("2026-03-04", Move::Offer, 2), ("2026-03-06", Move::Refusal, 0)],
        );
        let before = |day: &str, now: &str| {
            let last = |day| Days::parse(day, None).unwrap().last;
            Change::since(&as_of(line.clone(), last(now)).unwrap(), last(day))
        };
        assert_eq!(before("2026-02-01", "2026-03-02"), Some(Change::New));
        assert_eq!(before("2026-03-02", "2026-03-05"), Some(Change::Terms));
        assert_eq!(before("2026-03-02", "2026-03-07"), Some(Change::Moved));
        assert_eq!(before("2026-03-06", "2026-03-07"), None);
        let undated = position("x", &["A"], &[("", Move::Offer, 0)]);
        assert_eq!(Change::since(&undated, 0), None, "when it was made nobody says");
    }
}
