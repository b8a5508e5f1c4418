//! An actor: what it is called, what it was, what it said, did, suffered and wants, and with whom.

use crate::ask::Ask;
use crate::lines::{self, Spoken, kind_of};
use crate::links;
use crate::markup::Markup;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use onrecord_export::thousands;
use onrecord_store::{Doing, Mentioned, Profile, Role};
use onrecord_view::human_date;

/// Lines of each list.
const LINES: usize = 20;
/// Others that are named.
const OTHERS: usize = 12;
/// Names and roles that are shown.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "actor.html")]
struct Page {
    shell: Shell,
    name: String,
    id: String,
    about: String,
    names: Vec<(String, String)>,
    more_names: usize,
    roles: Vec<RoleRow>,
    more_roles: usize,
    /// How many reports were opened for the days of roles, where not all.
    opened: Option<String>,
    lists: Vec<List>,
    with: Vec<(String, String, String)>,
    whole: bool,
    may_merge: bool,
}

struct RoleRow {
    role: String,
    first: Markup,
    last: Markup,
    times: String,
}

/// What the actor has one part in.
struct List {
    head: &'static str,
    none: &'static str,
    count: String,
    lines: Vec<Spoken>,
    href: String,
    /// The list behind the link has more than these: both sides of events.
    all: &'static str,
}

/// The page of an actor at `/record/actor-…`
pub fn page(ask: &Ask, profile: Profile) -> Result<Reply, Problem> {
    let doings = ask.store.doings(&profile.name, LINES, OTHERS)?;
    let mut known = ask.reports();
    let mut list = |head, none, doing: &Doing, path: &str, filter: &str, all| -> Result<List, Problem> {
        let lines = doing.lines.iter().map(|line| lines::spoken(line, &mut known)).collect::<Result<_, _>>()?;
        let href = links::address(path, [(filter, profile.name.as_str())]);
        Ok(List { head, none, count: thousands(doing.count), lines, href, all })
    };
    let lists = vec![
        list("Said", "No report quotes it.", &doings.said, "/statements", "who", "all statements")?,
        list("Did", "No report tells that it did anything.", &doings.did, "/events", "who", "all events it has a part in")?,
        list(
            "Suffered",
            "No report tells that anything was done to it.",
            &doings.suffered,
            "/events",
            "to",
            "all that was done to it",
        )?,
        list("Wants", "No report tells where it stands.", &doings.wants, "/positions", "who", "all positions")?,
    ];
    let about: Vec<String> = [
        Some(kind_of(profile.kind)),
        profile.country.clone(),
        profile.sector.map(|sector| sector.to_string()),
        Some(format!("named in {} {}", thousands(profile.reports), if profile.reports == 1 { "report" } else { "reports" })),
    ]
    .into_iter()
    .flatten()
    .collect();
    let with = doings.with.iter().map(|(who, count)| (links::record(&who.id), who.name.clone(), thousands(*count)));
    Reply::page(&Page {
        shell: Shell::new(ask, profile.fullest.as_str()),
        about: about.join(" · "),
        more_names: profile.names.len().saturating_sub(SHOWN),
        names: profile.names.iter().take(SHOWN).map(|(name, times)| (name.clone(), thousands(*times))).collect(),
        more_roles: profile.roles.len().saturating_sub(SHOWN),
        roles: profile.roles.iter().take(SHOWN).map(role).collect(),
        opened: (profile.opened < profile.reports).then(|| thousands(profile.opened)),
        lists,
        with: with.collect(),
        whole: doings.whole,
        may_merge: ask.visitor.may_write,
        name: profile.fullest,
        id: profile.name,
    })
}

fn role(role: &Role) -> RoleRow {
    let end = |at: usize| role.seen.as_ref().map(|ends| seen(&ends[at])).unwrap_or_default();
    RoleRow { role: role.role.clone(), first: end(0), last: end(1), times: thousands(role.times) }
}

fn seen(at: &Mentioned) -> Markup {
    let mut seen = Markup::new();
    let day = at.published.as_deref().map_or_else(|| "no day".to_owned(), human_date);
    seen.link(&links::report(&at.document), "", &day);
    seen
}
