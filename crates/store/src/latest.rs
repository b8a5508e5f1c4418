//! What reports that were kept lately tell, for whoever follows a question.

use crate::db::DbError;
use crate::error::StoreError;
use crate::open::Store;
use crate::sift::{Asked, Condition, Owned};
use crate::teller::Teller;
use onrecord_account::{Kind, Line, Relation};
use std::collections::HashSet;

/// Reports looked through, the latest.
const LOOKED_THROUGH: i64 = 2_000;
/// Lines of an answer.
const LINES: usize = 50;

/// What somebody follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// Events, each once for every report that tells it.
    Events,
    /// Statements.
    Statements,
    /// Positions that are new or another than before.
    Positions,
    /// Values of a series that revise or contradict earlier ones.
    Revised,
    /// Values that cannot hold with others.
    Conflicts,
}

/// Something that came in.
#[derive(Clone, Debug, PartialEq)]
pub struct Came {
    /// The line as it is now.
    pub line: Line,
    /// The report that brought it.
    pub document: String,
    /// When that was kept, ISO 8601.
    pub added: String,
    /// Of a series or a history: which value or move it is.
    pub at: Option<usize>,
}

impl Store {
    /// What the latest reports brought of what fits, what came last first; at most 50, of the latest 2,000 reports.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged.
    pub fn latest(&self, follow: Follow, asked: &Asked) -> Result<Vec<Came>, StoreError> {
        let kind = match follow {
            Follow::Events | Follow::Revised | Follow::Conflicts => Kind::Event,
            Follow::Statements => Kind::Statement,
            Follow::Positions => Kind::Position,
        };
        self.snapshot(|| {
            let found = self.lately_told(kind, asked).map_err(|source| self.failed(source))?;
            let mut teller = Teller::new(self);
            let (mut came, mut seen) = (Vec::new(), HashSet::new());
            for (root, document, added) in found {
                if came.len() >= LINES {
                    break;
                }
                let members = teller.members(root)?;
                let lines = match follow {
                    Follow::Revised | Follow::Conflicts if members.len() < 2 => continue,
                    Follow::Revised | Follow::Conflicts => teller.series(&members)?,
                    _ => teller.group(kind, root, &members)?,
                };
                for line in lines {
                    let Some(at) = brought(follow, &line, &document) else { continue };
                    if seen.insert((line.id().to_owned(), document.clone())) {
                        came.push(Came { line, document: document.clone(), added: added.clone(), at });
                    }
                }
            }
            came.truncate(LINES);
            Ok(came)
        })
    }

    /// Groups with the reports that tell them, those kept last first.
    fn lately_told(&self, kind: Kind, asked: &Asked) -> Result<Vec<(i64, String, String)>, DbError> {
        let mut values = vec![Owned::Int(self.db.number("SELECT max(id) FROM document", &[])? - LOOKED_THROUGH)];
        let condition = Condition::new(&self.db, kind, asked)?;
        // The reports lead: the condition's own indexes would give everything that ever fitted.
        let fits = condition.led(&mut values);
        let query = format!(
            "SELECT n.grp, d.name, d.added FROM document d JOIN thing t ON t.document = d.id JOIN thing n ON n.id = t.node \
             WHERE d.id > ?1 AND {fits} ORDER BY d.id DESC, t.number LIMIT {}",
            LINES * 8
        );
        let values: Vec<_> = values.iter().map(Owned::value).collect();
        self.db.all(&query, &values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }
}

/// Whether the report brought what is followed: of a series or a history which value or move.
fn brought(follow: Follow, line: &Line, document: &str) -> Option<Option<usize>> {
    match line {
        Line::Position { history, .. } => {
            let new = |at: &usize| *at == 0 || history[*at].stance != history[at - 1].stance;
            (0..history.len()).rev().find(|at| history[*at].document == document && new(at)).map(Some)
        }
        Line::Figure { series, relations, .. } => {
            let followed = |is: Relation| match follow {
                Follow::Conflicts => is == Relation::Conflict,
                _ => matches!(is, Relation::Update | Relation::Correction | Relation::Conflict),
            };
            let says_else = |at: &usize| relations.iter().any(|r| followed(r.is) && (r.a == *at || r.b == *at));
            (0..series.len()).rev().find(|at| series[*at].document == document && says_else(at)).map(Some)
        }
        _ => Some(None),
    }
}
