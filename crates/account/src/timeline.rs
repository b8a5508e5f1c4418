//! Lines of the account in the order of days: what happened, what was said, what changed.

use crate::days::Days;
use crate::figures::Relation;
use crate::lines::Line;
use onrecord_record::Move;

/// What a line of the account adds to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// The event happened.
    Event,
    /// The value at this place of a series revises or contradicts earlier ones.
    Value(usize),
    /// The move at this place of a history was made: the first, or one that is another than that before it.
    Move(usize, Option<Move>),
    /// The statement was made.
    Said,
}

/// Something on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment<'l> {
    /// ISO 8601, as narrow as it is told; of what has no date of its own the day of the first report.
    pub date: Option<&'l str>,
    /// The same as days.
    pub days: Option<Days>,
    /// Of which line.
    pub line: &'l Line,
    /// What.
    pub what: Happening,
}

/// What the lines tell, the earliest day first, what has no day last; of one day events first, then figures, positions, statements. Only
/// what meets the days from `since` to `until` (numbers of days since 1970-01-01).
pub fn timeline(lines: &[Line], since: Option<i32>, until: Option<i32>) -> Vec<Moment<'_>> {
    let within = |moment: &Moment| match moment.days {
        Some(days) => since.is_none_or(|since| days.last >= since) && until.is_none_or(|until| days.first <= until),
        None => since.is_none() && until.is_none(),
    };
    let mut all: Vec<Moment> = lines.iter().flat_map(moments).filter(within).collect();
    let kind = |moment: &Moment| match moment.what {
        Happening::Event => 0,
        Happening::Value(_) => 1,
        Happening::Move(..) => 2,
        Happening::Said => 3,
    };
    all.sort_by_key(|moment| (moment.days.is_none(), moment.days, kind(moment)));
    all
}

fn moments(line: &Line) -> Vec<Moment<'_>> {
    let found: Vec<(Option<&str>, Happening)> = match line {
        Line::Event { date, reports, .. } => {
            let published = reports.iter().filter_map(|telling| telling.published.as_deref()).min();
            vec![(date.as_deref().or(published), Happening::Event)]
        }
        Line::Figure { series, relations, .. } => {
            let told = |at: &usize| relations.iter().any(|related| related.b == *at && changes(related.is));
            (0..series.len()).filter(told).map(|at| (series[at].published.as_deref(), Happening::Value(at))).collect()
        }
        Line::Position { history, .. } => {
            let before = |at: usize| at.checked_sub(1).map(|before| history[before].stance);
            let new = (0..history.len()).filter(|&at| before(at) != Some(history[at].stance));
            new.map(|at| (history[at].day(), Happening::Move(at, before(at)))).collect()
        }
        Line::Statement { appearances, .. } => {
            vec![(appearances.iter().filter_map(|place| place.published.as_deref()).min(), Happening::Said)]
        }
        Line::Document { .. } | Line::Actor { .. } => Vec::new(),
    };
    found.into_iter().map(|(date, what)| Moment { date, days: date.and_then(range), line, what }).collect()
}

/// The first day that a line tells of (number of days since 1970-01-01); of what has no date of its own that of its first report.
pub fn first_day(line: &Line) -> Option<i32> {
    moments(line).iter().filter_map(|moment| moment.days).map(|days| days.first).min()
}

/// The days of a date; of an interval without an end its first.
pub fn range(date: &str) -> Option<Days> {
    Days::parse(date, None).or_else(|| {
        let first = Days::parse(date.split_once('/')?.0, None)?.first;
        Some(Days { first, last: first })
    })
}

/// A position as it stood at the end of a day (number of days since 1970-01-01): its history up to then, whose last move held; none
/// where nothing was known of it. Other lines stay as they are.
pub fn as_of(line: Line, last: i32) -> Option<Line> {
    let Line::Position { id, holder, issue, mut history } = line else { return Some(line) };
    history.retain(|taken| taken.day().and_then(range).is_some_and(|days| days.first <= last));
    (!history.is_empty()).then_some(Line::Position { id, holder, issue, history })
}

fn changes(relation: Relation) -> bool {
    matches!(relation, Relation::Update | Relation::Correction | Relation::Conflict)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::{Related, Taken, Told};
    use onrecord_record::{Bound, Factuality, Measure, Value};

    fn position(moves: &[(&str, Move)]) -> Line {
        let taken = |(date, stance): &(&str, Move)| Taken {
            document: "d".into(),
            record: "p1".into(),
            stance: *stance,
            proposition: [0, 1],
            conditions: vec![],
            date: Some((*date).to_owned()).filter(|date| !date.is_empty()),
            given_by: vec![],
            published: Some("2026-03-09".into()),
        };
        Line::Position { id: "position-1".into(), holder: vec![], issue: String::new(), history: moves.iter().map(taken).collect() }
    }

    fn figure(values: &[f64], relations: &[(usize, usize, Relation)]) -> Line {
        let told = |(i, value): (usize, &f64)| Told {
            document: "d".into(),
            record: "f1".into(),
            value: Value::One(*value),
            bound: Bound::Exact,
            given_by: vec![],
            span: [0, 1],
            published: Some(format!("2026-03-0{}", i + 1)),
            factuality: Factuality::Actual,
        };
        Line::Figure {
            id: "figure-1".into(),
            event: None,
            measure: Measure::Killed,
            of: "soldier".into(),
            series: values.iter().enumerate().map(told).collect(),
            relations: relations.iter().map(|&(a, b, is)| Related { a, b, is }).collect(),
        }
    }

    fn found(lines: &[Line], since: Option<i32>) -> Vec<(&str, Happening)> {
        timeline(lines, since, None).into_iter().map(|moment| (moment.date.unwrap_or(""), moment.what)).collect()
    }

    #[test]
    fn what_is_only_repeated_is_no_news() {
        let moves = [("2026-03-01", Move::Offer), ("2026-03-04", Move::Offer), ("", Move::Refusal)];
        let series = figure(&[12.0, 12.0, 14.0], &[(0, 1, Relation::Same), (1, 2, Relation::Conflict), (0, 2, Relation::Update)]);
        let lines = [position(&moves), series];
        let expected = [
            ("2026-03-01", Happening::Move(0, None)),
            ("2026-03-03", Happening::Value(2)),
            ("2026-03-09", Happening::Move(2, Some(Move::Offer))),
        ];
        assert_eq!(found(&lines, None), expected);
        let march_4 = Days::parse("2026-03-04", None).map(|days| days.first);
        assert_eq!(found(&lines, march_4), expected[2..]);
    }

    #[test]
    fn a_position_as_of_a_day_knows_nothing_later() {
        let day = |iso: &str| Days::parse(iso, None).unwrap().last;
        let line = || position(&[("2026-03-01/..", Move::Offer), ("2026-03-04", Move::Refusal)]);
        let moves = |line: Option<Line>| match line {
            Some(Line::Position { history, .. }) => history.iter().map(|taken| taken.stance).collect(),
            _ => Vec::new(),
        };
        assert_eq!(moves(as_of(line(), day("2026-03-03"))), [Move::Offer]);
        assert_eq!(moves(as_of(line(), day("2026-03"))), [Move::Offer, Move::Refusal]);
        assert_eq!(moves(as_of(line(), day("2025"))), []);
    }
}
