//! What an actor said, did, suffered and wants, the latest of each, and with whom.

use crate::error::StoreError;
use crate::group::nodes_of;
use crate::open::Store;
use crate::teller::Teller;
use onrecord_account::{Kind, Line, Who, who};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Parts that are looked through, those kept last.
const LOOKED_THROUGH: i64 = 10_000;
/// Parts whose other side is looked at.
const OTHER_SIDES: i64 = 4_000;

/// Lines in which an actor has one part.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Doing {
    /// The latest.
    pub lines: Vec<Line>,
    /// How many there are.
    pub count: usize,
}

/// What an actor does in the account.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Doings {
    /// Statements of which it is the speaker.
    pub said: Doing,
    /// Events of which it is an actor.
    pub did: Doing,
    /// Events of which it is a recipient.
    pub suffered: Doing,
    /// Positions of which it is a holder.
    pub wants: Doing,
    /// Who stands most often on the other side, with how many lines.
    pub with: Vec<(Who, usize)>,
    /// False where it has more than 10,000 parts: only those kept last were looked through.
    pub whole: bool,
}

/// Places of the lines of one kind and role: the latest member of each, by day, number and group.
type Latest = BTreeMap<i64, (Option<i64>, i64)>;

impl Store {
    /// What the actor of this name has a part in: at most so many lines of each, and at most so many others.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged.
    pub fn doings(&self, name: &str, lines: usize, others: usize) -> Result<Doings, StoreError> {
        self.snapshot(|| {
            let Some(root) = self.actor_root(name)? else { return Ok(Doings::default()) };
            let failed = |source| self.failed(source);
            let nodes = nodes_of(&self.db, root, usize::MAX).map_err(failed)?;
            let query = "SELECT p.role, t.kind, n.grp, t.since, t.code FROM part p JOIN thing t ON t.id = p.thing \
                         JOIN thing n ON n.id = t.node WHERE p.node = ?1 AND p.role <> 'giver' ORDER BY p.thing DESC LIMIT ?2";
            let mut found: BTreeMap<(i64, String), Latest> = BTreeMap::new();
            let mut left = LOOKED_THROUGH;
            for &node in &nodes {
                let each = self.db.each(query, &[node.into(), left.into()], &mut |row| {
                    left -= 1;
                    let place: (Option<i64>, i64) = (row.get(3)?, row.get(4)?);
                    let latest = found.entry((row.get(1)?, row.get(0)?)).or_default().entry(row.get(2)?).or_insert(place);
                    *latest = place.max(*latest);
                    Ok(true)
                });
                each.map_err(failed)?;
            }
            let mut teller = Teller::new(self);
            let mut doing =
                |kind: Kind, role: &str| self.doing(&mut teller, kind, found.get(&(kind as i64, role.to_owned())), lines);
            Ok(Doings {
                said: doing(Kind::Statement, "speaker")?,
                did: doing(Kind::Event, "actor")?,
                suffered: doing(Kind::Event, "recipient")?,
                wants: doing(Kind::Position, "holder")?,
                with: self.other_sides(root, &nodes, others)?,
                whole: left > 0,
            })
        })
    }

    fn doing(&self, teller: &mut Teller, kind: Kind, found: Option<&Latest>, most: usize) -> Result<Doing, StoreError> {
        let Some(found) = found else { return Ok(Doing::default()) };
        let mut order: Vec<(Option<i64>, i64, i64)> = found.iter().map(|(root, (since, code))| (*since, *code, *root)).collect();
        order.sort_unstable_by(|a, b| b.cmp(a));
        let mut lines = Vec::new();
        for (_, _, root) in order.into_iter().take(most) {
            let members = teller.members(root)?;
            lines.extend(teller.group(kind, root, &members)?);
        }
        Ok(Doing { lines, count: found.len() })
    }

    /// Those who do to it what it suffers, suffer what it does, are spoken to or turned to by it, or speak or turn to it.
    fn other_sides(&self, root: i64, nodes: &[i64], most: usize) -> Result<Vec<(Who, usize)>, StoreError> {
        let failed = |source| self.failed(source);
        let query = "SELECT a.grp, n.grp FROM (SELECT thing, role FROM part WHERE node = ?1 AND role <> 'giver' ORDER BY thing DESC LIMIT ?2) AS m \
                     JOIN part o ON o.thing = m.thing JOIN thing a ON a.id = o.node JOIN thing t ON t.id = m.thing \
                     JOIN thing n ON n.id = t.node WHERE o.role <> 'giver' AND a.grp <> ?3 \
                     AND (m.role IN ('actor', 'holder', 'speaker')) <> (o.role IN ('actor', 'holder', 'speaker'))";
        let mut lines: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for &node in nodes {
            let values = [node.into(), OTHER_SIDES.into(), root.into()];
            let each = self.db.each(query, &values, &mut |row| {
                lines.entry(row.get(0)?).or_default().insert(row.get(1)?);
                Ok(true)
            });
            each.map_err(failed)?;
        }
        let teller = Teller::new(self);
        let mut others: Vec<(usize, i64)> = lines.into_iter().map(|(root, lines)| (lines.len(), root)).collect();
        others.sort_unstable_by_key(|(count, root)| (std::cmp::Reverse(*count), *root));
        let others = others.into_iter().take(most);
        let named = others.map(|(count, root)| Ok((who(teller.id(root)?, &teller.called(root)?), count)));
        named.collect::<Result<_, _>>().map_err(failed)
    }
}
