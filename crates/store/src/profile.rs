//! An actor by all that reports say of it.

use crate::db::DbError;
use crate::error::StoreError;
use crate::group::nodes_of;
use crate::known::{code_of, group_of, thing_of};
use crate::names;
use crate::open::Store;
use crate::teller::Teller;
use onrecord_account::{Called, Kind, Line, actor_line};
use onrecord_record::{ActorKind, Sector};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Reports that are opened for roles, the latest kept.
const OPENED: i64 = 200;
/// Reports that are counted.
const COUNTED: i64 = 20_000;

/// An actor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Profile {
    /// What its line is called now.
    pub name: String,
    /// Its fullest name.
    pub fullest: String,
    /// What it is.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3, `IGO`, `NGO`.
    pub country: Option<String>,
    /// PLOVER's sector.
    pub sector: Option<Sector>,
    /// All names that reports use and how many use each, the most frequent first.
    pub names: Vec<(String, usize)>,
    /// Roles that reports give.
    pub roles: Vec<Role>,
    /// Reports that name it, counted up to 20,000.
    pub reports: usize,
    /// Reports that were opened for the days of roles: all, or the 200 that were kept last.
    pub opened: usize,
}

/// A role that reports give somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Role {
    /// As they write it.
    pub role: String,
    /// The first and the last report that was opened and has it, each with its day; of roles that only others have, none.
    pub seen: Option<[Mentioned; 2]>,
    /// Tellings that give it.
    pub times: usize,
}

/// A report that gives a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mentioned {
    /// Its day.
    pub published: Option<String>,
    /// Its id.
    pub document: String,
    /// Id of the actor in it.
    pub record: String,
}

impl Store {
    /// The actor of this name, of today or of before; none where the name is no actor's or leads nowhere.
    ///
    /// # Errors
    /// When the database refuses or what is kept is damaged.
    pub fn profile(&self, name: &str) -> Result<Option<Profile>, StoreError> {
        self.snapshot(|| {
            let Some(root) = self.actor_root(name)? else { return Ok(None) };
            let nodes = nodes_of(&self.db, root, usize::MAX).map_err(|source| self.failed(source))?;
            let run = || {
                let mut told: Vec<(Called, usize)> = Vec::new();
                for &node in &nodes {
                    told.extend(names::counted(&self.db, node)?);
                }
                Ok((told, Teller::new(self).id(root)?, self.count_reports_of(&nodes)?))
            };
            let (told, name, reports) = run().map_err(|source: DbError| self.failed(source))?;
            let (seen, opened) = self.roles(&nodes)?;
            Ok(Some(profile(name, &told, &seen, reports, opened)))
        })
    }

    /// The node that stands for the actor of this name.
    pub(crate) fn actor_root(&self, name: &str) -> Result<Option<i64>, StoreError> {
        let Some(called) = self.called(name)? else { return Ok(None) };
        let Some(code) = code_of(&called).filter(|(kind, _)| *kind == Kind::Actor) else { return Ok(None) };
        let run = || thing_of(&self.db, code)?.map(|thing| group_of(&self.db, thing)).transpose();
        run().map_err(|source| self.failed(source))
    }

    fn count_reports_of(&self, nodes: &[i64]) -> Result<usize, DbError> {
        let query =
            "SELECT document FROM thing WHERE id = ?1 UNION SELECT document FROM thing WHERE node = ?1 AND node <> id LIMIT ?2";
        let mut reports = BTreeSet::new();
        for &node in nodes {
            reports.extend(self.db.all(query, &[node.into(), COUNTED.into()], |row| row.get::<i64>(0))?);
        }
        Ok(reports.len())
    }

    /// Which of the reports kept last give which role, and how many were opened.
    fn roles(&self, nodes: &[i64]) -> Result<(BTreeMap<String, Vec<Mentioned>>, usize), StoreError> {
        let query = "SELECT id, document, number FROM thing WHERE id = ?1 UNION ALL \
                     SELECT id, document, number FROM thing WHERE node = ?1 AND node <> id ORDER BY 1 DESC LIMIT ?2";
        let mut places: Vec<(i64, i64, i64)> = Vec::new();
        for &node in nodes {
            let values = [node.into(), OPENED.into()];
            let rows = self.db.all(query, &values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
            places.extend(rows.map_err(|source| self.failed(source))?);
        }
        places.sort_unstable_by(|a, b| b.cmp(a));
        places.truncate(usize::try_from(OPENED).unwrap_or(usize::MAX));
        let mut teller = Teller::new(self);
        let (mut seen, mut opened): (BTreeMap<String, Vec<Mentioned>>, BTreeSet<i64>) = Default::default();
        for (_, document, number) in places {
            opened.insert(document);
            let kept = teller.kept(document)?;
            let Some(actor) = usize::try_from(number).ok().and_then(|number| kept.record.actors.get(number)) else { continue };
            let published = kept.document.published.map(|day| day.to_string());
            let at = Mentioned { published, document: kept.document.id.clone(), record: actor.id.clone() };
            for role in &actor.roles {
                seen.entry(role.clone()).or_default().push(at.clone());
            }
        }
        Ok((seen, opened.len()))
    }
}

fn profile(
    name: String,
    told: &[(Called, usize)],
    seen: &BTreeMap<String, Vec<Mentioned>>,
    reports: usize,
    opened: usize,
) -> Profile {
    let called: Vec<Called> = told.iter().map(|(called, _)| called.clone()).collect();
    let (mut names, mut roles): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    for (called, times) in told {
        *names.entry(&called.name).or_default() += times;
        for role in &called.roles {
            *roles.entry(role).or_default() += times;
        }
    }
    let mut names: Vec<(String, usize)> = names.into_iter().map(|(name, times)| (name.to_owned(), times)).collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let role = |(role, times): (&str, usize)| {
        // Reports without a day come last, as in the account.
        let order = |at: &&Mentioned| (at.published.is_none(), (*at).clone());
        let ends = seen.get(role).and_then(|all| Some([all.iter().min_by_key(order)?, all.iter().max_by_key(order)?]));
        Role { role: role.to_owned(), seen: ends.map(|ends| ends.map(Clone::clone)), times }
    };
    let mut roles: Vec<Role> = roles.into_iter().map(role).collect();
    // The one held last stands first.
    roles.sort_by(|a, b| {
        let last = |role: &Role| role.seen.as_ref().map(|[_, last]| (last.published.clone(), last.document.clone()));
        last(b).cmp(&last(a)).then_with(|| b.times.cmp(&a.times)).then_with(|| a.role.cmp(&b.role))
    });
    let mut profile = Profile {
        name,
        fullest: String::new(),
        kind: ActorKind::Other,
        country: None,
        sector: None,
        names,
        roles,
        reports,
        opened,
    };
    if let Line::Actor { name, actor_kind, country, sector, .. } = actor_line(String::new(), &called, Vec::new()) {
        (profile.fullest, profile.kind, profile.country, profile.sector) = (name, actor_kind, country, sector);
    }
    profile
}
