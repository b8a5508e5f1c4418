//! What reports brought that were kept after a moment.

use crate::db::DbError;
use crate::error::StoreError;
use crate::open::Store;
use crate::teller::Teller;
use onrecord_account::{Kind, Line, Relation};
use serde::Serialize;
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

/// Reports looked through, the latest.
const LOOKED_THROUGH: i64 = 2_000;
/// Lines of a kind that are told.
const TOLD: usize = 20;

/// How far somebody has seen the record: everything up to one report and one change of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    report: i64,
    change: i64,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.report, self.change)
    }
}

impl FromStr for Seen {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let parse = || {
            let (report, change) = text.split_once('-')?;
            Some(Seen { report: report.parse().ok()?, change: change.parse().ok()? })
        };
        parse().ok_or_else(|| StoreError::Refused(format!("{text}: no moment of this record")))
    }
}

/// Lines of one kind that new reports touched.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Touched {
    /// Those told by most of the new reports first, at most 20.
    pub lines: Vec<Fresh>,
    /// How many lines of the kind new reports tell, these and others.
    pub all: usize,
}

/// A line with what is new of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fresh {
    /// The line.
    pub line: Line,
    /// Only new reports tell it.
    pub is_new: bool,
    /// Where in its series or history that is which is new and says something else than before.
    pub at: Vec<usize>,
}

/// What is new.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct News {
    /// New reports.
    pub reports: usize,
    /// Those of them that were looked through: the latest 2,000.
    pub looked_through: usize,
    /// Events that new reports tell.
    pub events: Touched,
    /// Statements that only new reports have.
    pub statements: Touched,
    /// Positions that are new or another than before.
    pub positions: Touched,
    /// Series of events told before whose new values revise or contradict others.
    pub figures: Touched,
    /// Names of lines that changed: merged, split, withdrawn.
    pub changes: usize,
}

impl Store {
    /// The present moment of the record.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn seen(&self) -> Result<Seen, StoreError> {
        let report = self.db.number("SELECT max(id) FROM document", &[]).map_err(|source| self.failed(source))?;
        Ok(Seen { report, change: self.last_change()? })
    }

    /// The moment before the latest reports, as many as are looked through.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn lately(&self) -> Result<Seen, StoreError> {
        let Seen { report, change } = self.seen()?;
        Ok(Seen { report: (report - LOOKED_THROUGH).max(0), change: if report > LOOKED_THROUGH { change } else { 0 } })
    }

    /// What came after a moment.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged.
    pub fn news(&self, seen: &Seen) -> Result<News, StoreError> {
        self.snapshot(|| {
            let failed = |source| self.failed(source);
            let now = self.seen()?;
            let since = seen.report.max(now.report - LOOKED_THROUGH);
            let names = "SELECT name FROM document WHERE id > ?1";
            let new: HashSet<String> = self.db.all(names, &[since.into()], |row| row.get(0)).map_err(failed)?.into_iter().collect();
            let count = |query: &str, after: i64| self.db.number(query, &[after.into()]).map_err(failed);
            let mut news = News {
                reports: usize::try_from(count("SELECT count(*) FROM document WHERE id > ?1", seen.report)?).unwrap_or(0),
                looked_through: new.len(),
                changes: usize::try_from(count("SELECT count(*) FROM change WHERE id > ?1", seen.change)?).unwrap_or(0),
                ..News::default()
            };
            let mut teller = Teller::new(self);
            let events = self.touched(Kind::Event, since).map_err(failed)?;
            (news.events, news.figures) = happened(&mut teller, &events, &new)?;
            let statements = self.touched(Kind::Statement, since).map_err(failed)?;
            news.statements = told(&mut teller, Kind::Statement, &statements, |line| fresh(line, &new).filter(|f| f.is_new))?;
            let positions = self.touched(Kind::Position, since).map_err(failed)?;
            news.positions = told(&mut teller, Kind::Position, &positions, |line| fresh(line, &new).filter(moved))?;
            Ok(news)
        })
    }

    /// Groups that reports behind this one tell, those that most of them tell first; whether anybody told them before.
    fn touched(&self, kind: Kind, since: i64) -> Result<Vec<i64>, DbError> {
        let query = "SELECT n.grp, count(*) FROM thing t JOIN thing n ON n.id = t.node WHERE t.document > ?1 AND +t.kind = ?2 \
                     GROUP BY n.grp ORDER BY count(*) DESC, max(t.since) DESC, n.grp DESC";
        self.db.all(query, &[since.into(), (kind as i64).into()], |row| row.get(0))
    }
}

/// The first of these events, and the first of their series with new values that say something else than earlier ones.
fn happened(teller: &mut Teller, roots: &[i64], new: &HashSet<String>) -> Result<(Touched, Touched), StoreError> {
    let (mut events, mut revised) = (Touched { lines: Vec::new(), all: roots.len() }, Touched::default());
    // An event and its series together: the reports that tell it are at hand.
    for &root in roots {
        if events.lines.len() >= TOLD && revised.lines.len() >= TOLD {
            break;
        }
        let members = teller.members(root)?;
        if events.lines.len() < TOLD {
            events.lines.extend(teller.group(Kind::Event, root, &members)?.into_iter().filter_map(|line| fresh(line, new)));
        }
        // What is told once says nothing else than before.
        if revised.lines.len() < TOLD && members.len() > 1 {
            let series = teller.series(&members)?.into_iter().filter_map(|line| fresh(line, new));
            revised.lines.extend(series.filter(|fresh| !fresh.at.is_empty()));
        }
    }
    revised.lines.truncate(TOLD);
    revised.all = revised.lines.len();
    Ok((events, revised))
}

/// The first lines of these groups that are kept by `keep`.
fn told(teller: &mut Teller, kind: Kind, groups: &[i64], keep: impl Fn(Line) -> Option<Fresh>) -> Result<Touched, StoreError> {
    let mut touched = Touched { lines: Vec::new(), all: groups.len() };
    // Groups that are not kept are few: what was told before.
    for &root in groups.iter().take(4 * TOLD) {
        if touched.lines.len() >= TOLD {
            break;
        }
        let members = teller.members(root)?;
        touched.lines.extend(teller.group(kind, root, &members)?.into_iter().filter_map(&keep));
    }
    Ok(touched)
}

/// What is new of a line; none where no new report tells it.
fn fresh(line: Line, new: &HashSet<String>) -> Option<Fresh> {
    let is_new = |document: &String| new.contains(document);
    let (documents, at): (Vec<&String>, Vec<usize>) = match &line {
        Line::Event { reports, .. } => (reports.iter().map(|telling| &telling.document).collect(), Vec::new()),
        Line::Statement { appearances, .. } => (appearances.iter().map(|place| &place.document).collect(), Vec::new()),
        Line::Position { history, .. } => {
            let another = |at: &usize| *at > 0 && history[*at].stance != history[at - 1].stance && is_new(&history[*at].document);
            (history.iter().map(|taken| &taken.document).collect(), (0..history.len()).filter(another).collect())
        }
        Line::Figure { series, relations, .. } => {
            let says_else = |is| matches!(is, Relation::Update | Relation::Correction | Relation::Conflict);
            let mut at: Vec<usize> = relations
                .iter()
                .filter(|related| says_else(related.is))
                .flat_map(|related| [related.a, related.b])
                .filter(|&at| is_new(&series[at].document))
                .collect();
            at.sort_unstable();
            at.dedup();
            (series.iter().map(|told| &told.document).collect(), at)
        }
        Line::Document { .. } | Line::Actor { .. } => return None,
    };
    let fresh = documents.iter().filter(|document| is_new(document)).count();
    let is_new = fresh == documents.len();
    (fresh > 0).then_some(Fresh { is_new, at, line })
}

/// A position that nobody knew, or that is another than before.
fn moved(fresh: &Fresh) -> bool {
    fresh.is_new || !fresh.at.is_empty()
}
