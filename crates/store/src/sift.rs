//! What is asked for, and which groups fit it.
//!
//! A question is answered from one of two ends: from the things that the most telling filter leaves, or, where no filter leaves few,
//! from the latest thing backwards until there are enough. Both give the same; which is the shorter way is found by counting a little.

use crate::db::{Db, DbError, Value};
use crate::find;
use crate::known::{code_of, group_of, thing_of};
use crate::page::Cursor;
use crate::words::Words;
use onrecord_account::{Kind, fold, tokens};
use std::collections::HashSet;

/// What is asked for: everything that fits all of it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Words that the report must hold.
    pub words: Option<Words>,
    /// Words of the name of each who takes part in it, in any role but as a giver; or the name of an actor's line (`actor-...`).
    pub who: Vec<String>,
    /// Words of the name of each whom it is done or said to.
    pub to: Vec<String>,
    /// Any of these PLOVER types, acts, moves or kinds of actors.
    pub what: Vec<String>,
    /// Any of these places: the beginning of a name, or the ISO code of a country.
    pub place: Vec<String>,
    /// Not before this day (number of days since 1970-01-01).
    pub since: Option<i32>,
    /// Not after this day.
    pub until: Option<i32>,
    /// Published by any of these.
    pub outlet: Vec<String>,
    /// Put in any of these ways.
    pub factuality: Vec<String>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// Up to so many things it is shorter to begin with them than with the latest.
const FEW: i64 = 20_000;

/// One thing that must hold: `column IN (query)`, or where that would be many, `holds` of the thing `t`, with the same arguments.
struct Filter {
    column: &'static str,
    query: String,
    values: Vec<Owned>,
    holds: Option<String>,
    /// What is quickly counted: where it is much, the query gives much too.
    probe: Option<String>,
}

/// An argument that a filter holds.
#[derive(Clone)]
pub(crate) enum Owned {
    Int(i64),
    Text(String),
}

impl Owned {
    pub fn value(&self) -> Value<'_> {
        match self {
            Owned::Int(value) => Value::Int(*value),
            Owned::Text(text) => Value::Text(text),
        }
    }
}

/// What a thing must fit, as the condition of a statement that calls the thing `t`.
pub(crate) struct Condition {
    sql: String,
    values: Vec<Owned>,
    /// A filter leaves so few that it is shorter to begin with it.
    few: bool,
}

impl Condition {
    /// Of things of this kind.
    pub fn new(db: &Db, kind: Kind, asked: &Asked) -> Result<Self, DbError> {
        let filters = filters(db, kind, asked)?;
        let telling = filters.iter().map(|filter| Ok(filter.count(db)? <= FEW)).collect::<Result<Vec<bool>, DbError>>()?;
        let few = telling.contains(&true);
        let mut values = vec![Owned::Int(kind as i64)];
        let mut sql = "t.kind = ?1".to_owned();
        for (filter, telling) in filters.iter().zip(telling) {
            let clause = match &filter.holds {
                Some(holds) if !telling => holds.clone(),
                _ => format!("{}t.{} IN ({})", if telling { "" } else { "+" }, filter.column, filter.query),
            };
            sql.push_str(&format!(" AND {}", numbered(&clause, values.len())));
            values.extend(filter.values.iter().cloned());
        }
        for (clause, value) in clauses(asked) {
            sql.push_str(" AND ");
            sql.push_str(&numbered(&clause, values.len()));
            values.push(value);
        }
        let what: Vec<String> = asked.what.iter().map(|what| spelling(kind, what)).collect();
        let factuality: Vec<String> = asked.factuality.iter().map(|how| how.to_lowercase()).collect();
        for (column, any) in [("type", what), ("factuality", factuality)].into_iter().filter(|(_, any)| !any.is_empty()) {
            sql.push_str(&format!(" AND t.{column} IN ({})", marks(values.len(), any.len())));
            values.extend(any.into_iter().map(Owned::Text));
        }
        Ok(Condition { sql, values, few })
    }

    /// The same behind other arguments, which it takes with its own.
    pub fn behind(&self, values: &mut Vec<Owned>) -> String {
        self.numbered(values, self.few)
    }

    /// The same in a statement that has a shorter way to the things than by their kind.
    pub fn led(&self, values: &mut Vec<Owned>) -> String {
        self.numbered(values, true)
    }

    /// A sign before a column keeps the database from taking the index of that column: the condition begins with that of the kind.
    fn numbered(&self, values: &mut Vec<Owned>, led: bool) -> String {
        let sql = numbered(&self.sql, values.len());
        values.extend(self.values.iter().cloned());
        if led { format!("+{sql}") } else { sql }
    }

    /// Whether it is shorter to begin with the things that fit than with the latest.
    pub fn few(&self) -> bool {
        self.few
    }
}

/// A group that fits, at the place of its latest member that does.
pub(crate) struct Row {
    /// The node that stands for it.
    pub group: i64,
    /// Where it stands in the answer.
    pub place: Cursor,
}

/// Groups that fit, the latest first, each by the node that stands for it.
pub(crate) fn fitting(db: &Db, kind: Kind, asked: &Asked, limit: Option<usize>) -> Result<Vec<i64>, DbError> {
    let rows = fitting_behind(db, &Condition::new(db, kind, asked)?, None, limit)?;
    Ok(rows.into_iter().map(|row| row.group).collect())
}

/// Groups with a member that fits behind this place, in the order of the answer: such a group may have one before it too.
pub(crate) fn fitting_behind(
    db: &Db,
    condition: &Condition,
    behind: Option<Cursor>,
    limit: Option<usize>,
) -> Result<Vec<Row>, DbError> {
    let mut values = Vec::new();
    let mut sql = condition.behind(&mut values);
    let sign = if condition.few { "+" } else { "" };
    let mut rows = Vec::new();
    if let Some(Cursor { since, code }) = behind {
        let without = sql.clone();
        let place = values.len();
        if let Some(since) = since {
            sql.push_str(&format!(" AND ({sign}t.since, t.code) < (?{}, ?{})", place + 2, place + 1));
            values.extend([Owned::Int(code), Owned::Int(since)]);
            rows = latest(db, &ordered(PLACES, &sql, sign, values.len()), &values, limit)?;
            if limit.is_some_and(|limit| rows.len() >= limit) {
                return Ok(rows);
            }
            values.truncate(place);
        }
        // Those without a day come behind all that have one.
        sql = format!("{without} AND t.since IS NULL");
        if since.is_none() {
            sql.push_str(&format!(" AND t.code < ?{}", place + 1));
            values.push(Owned::Int(code));
        }
    }
    let left = limit.map(|limit| limit - rows.len());
    let seen: HashSet<i64> = rows.iter().map(|row| row.group).collect();
    rows.extend(
        latest(db, &ordered(PLACES, &sql, sign, values.len()), &values, left)?.into_iter().filter(|row| !seen.contains(&row.group)),
    );
    Ok(rows)
}

/// Tellings that are counted of an answer, the latest.
pub(crate) const COUNTED: usize = 20_000;

/// Hands out these columns of the latest tellings that fit and of which `also` holds, no more than are counted; true where these are all.
pub(crate) fn tellings(
    db: &Db,
    kind: Kind,
    asked: &Asked,
    columns: &str,
    also: &str,
    take: &mut dyn FnMut(&crate::db::Row) -> Result<(), DbError>,
) -> Result<bool, DbError> {
    let condition = Condition::new(db, kind, asked)?;
    let mut values = Vec::new();
    let sql = format!("{} AND {also}", condition.behind(&mut values));
    let query = ordered(columns, &sql, if condition.few { "+" } else { "" }, values.len());
    let mut values: Vec<Value> = values.iter().map(Owned::value).collect();
    values.push(Value::Int(i64::try_from(COUNTED + 1).unwrap_or(i64::MAX)));
    let mut seen = 0;
    db.each(&query, &values, &mut |row| {
        seen += 1;
        if seen <= COUNTED {
            take(row)?;
        }
        Ok(seen <= COUNTED)
    })?;
    Ok(seen <= COUNTED)
}

/// The group of a thing, and its place in the order of an answer.
const PLACES: &str = "n.grp, t.since, t.code";

/// These columns of the things that fit, the latest first, as many as the argument behind the others says.
fn ordered(columns: &str, condition: &str, sign: &str, values: usize) -> String {
    format!(
        "SELECT {columns} FROM thing t JOIN thing n ON n.id = t.node WHERE {condition} \
         ORDER BY {sign}t.since DESC NULLS LAST, t.code DESC LIMIT ?{}",
        values + 1
    )
}

/// How many groups fit.
pub(crate) fn count(db: &Db, kind: Kind, asked: &Asked) -> Result<i64, DbError> {
    let Condition { sql, values, .. } = Condition::new(db, kind, asked)?;
    let values: Vec<Value> = values.iter().map(Owned::value).collect();
    db.number(&format!("SELECT count(DISTINCT n.grp) FROM thing t JOIN thing n ON n.id = t.node WHERE {sql}"), &values)
}

/// Distinct groups in the order of the answer, as many as are wanted.
fn latest(db: &Db, sql: &str, values: &[Owned], limit: Option<usize>) -> Result<Vec<Row>, DbError> {
    let wanted = limit.unwrap_or(usize::MAX);
    // A group has several members; what the first rows do not give more of them will.
    let mut rows = limit.map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX).saturating_mul(4).saturating_add(64));
    loop {
        let (mut seen, mut groups, mut count) = (HashSet::new(), Vec::new(), 0);
        let mut arguments: Vec<Value> = values.iter().map(Owned::value).collect();
        arguments.push(rows.into());
        db.each(sql, &arguments, &mut |row| {
            count += 1;
            let group: i64 = row.get(0)?;
            if seen.insert(group) {
                groups.push(Row { group, place: Cursor { since: row.get(1)?, code: row.get(2)? } });
            }
            Ok(groups.len() < wanted)
        })?;
        if groups.len() >= wanted || count < rows {
            return Ok(groups);
        }
        rows = rows.saturating_mul(8);
    }
}

/// Types are written in capitals, everything else in small letters.
fn spelling(kind: Kind, what: &str) -> String {
    if kind == Kind::Event { what.to_uppercase() } else { what.to_lowercase() }
}

fn clauses(asked: &Asked) -> Vec<(String, Owned)> {
    let day = |day: i32| Owned::Int(i64::from(day));
    let since = asked.since.map(|since| ("t.until >= ?1".to_owned(), day(since)));
    let until = asked.until.map(|until| ("t.since <= ?1".to_owned(), day(until)));
    since.into_iter().chain(until).collect()
}

fn filters(db: &Db, kind: Kind, asked: &Asked) -> Result<Vec<Filter>, DbError> {
    let mut filters = Vec::new();
    if let Some(words) = &asked.words {
        filters.push(found(db, words));
    }
    for who in &asked.who {
        filters.push(if kind == Kind::Actor { named(db, who)? } else { taking_part(db, who, "role <> 'giver'")? });
    }
    for to in asked.to.iter().filter(|_| kind != Kind::Actor) {
        filters.push(taking_part(db, to, "role IN ('recipient', 'toward', 'to')")?);
    }
    if !asked.place.is_empty() {
        filters.push(placed(kind, &asked.place));
    }
    if !asked.outlet.is_empty() {
        let query = format!("SELECT id FROM document WHERE lower(outlet) IN ({})", marks(0, asked.outlet.len()));
        let values = asked.outlet.iter().map(|outlet| Owned::Text(outlet.to_ascii_lowercase())).collect();
        filters.push(Filter { column: "document", query, values, holds: None, probe: None });
    }
    Ok(filters)
}

fn found(db: &Db, words: &Words) -> Filter {
    let (query, asked) = find::holding(db, words);
    Filter { column: "document", query: query.to_owned(), values: vec![Owned::Text(asked)], holds: None, probe: None }
}

/// So many arguments behind those that stand before them: `?3, ?4`.
fn marks(before: usize, count: usize) -> String {
    (before + 1..=before + count).map(|i| format!("?{i}")).collect::<Vec<_>>().join(", ")
}

/// The condition of a node having so many words in its name.
fn called(words: usize, node: &str) -> String {
    let has = |i: usize| {
        let (from, to) = (2 * i + 1, 2 * i + 2);
        format!("EXISTS (SELECT 1 FROM name_word w WHERE w.node = {node} AND w.word >= ?{from} AND w.word < ?{to})")
    };
    (0..words).map(has).collect::<Vec<_>>().join(" AND ")
}

/// Nodes of the one actor of this name (`actor-0123456789abcdef`); and the condition of the group `grp` being it.
fn itself(db: &Db, name: &str, grp: &str) -> Result<Option<(String, String, Vec<Owned>)>, DbError> {
    let Some(code) = code_of(name).filter(|(kind, _)| *kind == Kind::Actor) else { return Ok(None) };
    let Some(thing) = thing_of(db, code)? else { return Ok(None) };
    let nodes = "SELECT id FROM thing WHERE id = ?1 UNION ALL SELECT id FROM thing WHERE grp = ?1 AND grp <> id AND node = id";
    Ok(Some((nodes.to_owned(), format!("{grp} = ?1"), vec![Owned::Int(group_of(db, thing)?)])))
}

/// Nodes of actors that have every word in their names, or belong to one that has; and the condition of the group `grp` having one.
fn nodes(db: &Db, who: &str, grp: &str) -> Result<(String, String, Vec<Owned>), DbError> {
    if let Some(itself) = itself(db, who, grp)? {
        return Ok(itself);
    }
    let words = tokens(who);
    if words.is_empty() {
        return Ok(("SELECT node FROM name_word WHERE 1 = 0".to_owned(), "1 = 0".to_owned(), Vec::new()));
    }
    // Words are letters and digits: what begins with this one lies before the highest character behind it.
    let values = words.iter().flat_map(|word| [Owned::Text(word.clone()), Owned::Text(format!("{word}\u{10ffff}"))]).collect();
    let matched = |i: usize| format!("SELECT node FROM name_word WHERE word >= ?{} AND word < ?{}", 2 * i + 1, 2 * i + 2);
    let matched = (0..words.len()).map(matched).collect::<Vec<_>>().join(" INTERSECT ");
    let roots = format!("SELECT grp FROM thing WHERE id IN ({matched})");
    let all = format!("{roots} UNION SELECT id FROM thing WHERE grp <> id AND node = id AND grp IN ({roots})");
    let (root, other) = (called(words.len(), grp), called(words.len(), "m.id"));
    let others = format!("SELECT 1 FROM thing m WHERE m.grp = {grp} AND m.grp <> m.id AND m.node = m.id AND {other}");
    Ok((all, format!("(({root}) OR EXISTS ({others}))"), values))
}

/// How many nodes have the first word in their names.
const PROBE: &str = "SELECT node FROM name_word WHERE word >= ?1 AND word < ?2";

fn taking_part(db: &Db, who: &str, role: &str) -> Result<Filter, DbError> {
    let (nodes, group, values) = nodes(db, who, "a.grp")?;
    let holds =
        format!("EXISTS (SELECT 1 FROM part p JOIN thing a ON a.id = p.node WHERE p.thing = t.id AND p.{role} AND {group})");
    let query = format!("SELECT thing FROM part WHERE node IN ({nodes}) AND {role}");
    Ok(Filter { column: "id", query, values, holds: Some(holds), probe: None })
}

fn named(db: &Db, who: &str) -> Result<Filter, DbError> {
    let (nodes, group, values) = nodes(db, who, "n.grp")?;
    Ok(Filter { column: "node", query: nodes, values, holds: Some(group), probe: Some(PROBE.to_owned()) })
}

fn placed(kind: Kind, places: &[String]) -> Filter {
    let mut queries = Vec::new();
    let mut holds = Vec::new();
    let mut values = vec![Owned::Int(kind as i64)];
    for place in places {
        let (country, from, to) = (values.len() + 1, values.len() + 2, values.len() + 3);
        queries.push(format!("SELECT id FROM thing WHERE country = ?{country} AND kind = ?1"));
        queries.push(format!("SELECT id FROM thing WHERE place >= ?{from} AND place < ?{to} AND kind = ?1"));
        holds.push(format!("t.country = ?{country} OR (t.place >= ?{from} AND t.place < ?{to})"));
        let name = fold(place);
        values.extend([Owned::Text(place.to_uppercase()), Owned::Text(name.clone()), Owned::Text(format!("{name}\u{10ffff}"))]);
    }
    let holds = format!("t.kind = ?1 AND ({})", holds.join(" OR "));
    Filter { column: "id", query: queries.join(" UNION ALL "), values, holds: Some(holds), probe: None }
}

impl Filter {
    /// How many it leaves, counted no further than it matters.
    fn count(&self, db: &Db) -> Result<i64, DbError> {
        let count = |query: &str, values: &[Owned]| {
            let values: Vec<Value> = values.iter().map(Owned::value).collect();
            db.number(&format!("SELECT count(*) FROM ({query} LIMIT {}) AS counted", FEW + 1), &values)
        };
        if let (Some(probe), true) = (&self.probe, self.values.len() > 1) {
            let many = count(probe, &self.values[..2])?;
            if many > FEW {
                return Ok(many);
            }
        }
        count(&self.query, &self.values)
    }
}

/// The same text with each `?1` counted on from those that stand before it.
fn numbered(query: &str, before: usize) -> String {
    let mut numbered = String::with_capacity(query.len() + 8);
    let mut parts = query.split('?');
    numbered.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = part[..digits].parse().unwrap_or(0);
        numbered.push_str(&format!("?{}{}", number + before, &part[digits..]));
    }
    numbered
}
