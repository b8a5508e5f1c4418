//! Feeds out: what comes in of any question, as Atom (RFC 4287) and JSON Feed 1.1.
//!
//! A feed stands at the address of its page with `.atom` or `.feed.json` behind the path, the filters in the query as on the page. An entry
//! is what one report brought: its id never changes, so that a reader shows it once.

use crate::ask::Ask;
use crate::links;
use crate::markup::Markup;
use crate::problem::Problem;
use crate::reply::Reply;
use onrecord_account::{Happening, Line};
use onrecord_export::{Prose, Said};
use onrecord_store::{Came, Follow};
use serde_json::json;

/// The pages that can be followed.
pub const FOLLOWED: [(&str, Follow); 4] = [
    ("/events", Follow::Events),
    ("/statements", Follow::Statements),
    ("/positions", Follow::Positions),
    ("/figures", Follow::Revised),
];

/// How a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// What a feed says in its head and of each entry.
struct Entry {
    id: String,
    title: String,
    link: String,
    words: Vec<String>,
    added: String,
}

/// The feed of a question.
pub fn feed(ask: &mut Ask, follow: Follow, syntax: Syntax) -> Result<Reply, Problem> {
    ask.only_questions_and(&["conflicts"])?;
    let follow = if follow == Follow::Revised && ask.is_on("conflicts")? { Follow::Conflicts } else { follow };
    let asked = ask.question()?;
    asked.fits(match follow {
        Follow::Events | Follow::Revised | Follow::Conflicts => onrecord_account::Kind::Event,
        Follow::Statements => onrecord_account::Kind::Statement,
        Follow::Positions => onrecord_account::Kind::Position,
    })?;
    let came = ask.store.latest(follow, &asked)?;
    let store = &*ask.store;
    let mut prose = Prose::new(Box::new(move |id| Ok(store.report(id)?)));
    let entries = came.iter().map(|came| entry(came, &mut prose, &ask.visitor.base)).collect::<Result<Vec<_>, Problem>>()?;
    let head = Head::new(ask, follow, syntax);
    match syntax {
        Syntax::Atom => Ok(Reply::new("application/atom+xml; charset=utf-8", atom(&head, &entries))),
        Syntax::Json => Ok(Reply::new("application/feed+json", json_feed(&head, &entries))),
    }
}

/// What stands at the head of a feed.
struct Head {
    title: String,
    page: String,
    itself: String,
}

impl Head {
    fn new(ask: &Ask, follow: Follow, syntax: Syntax) -> Self {
        let what = match follow {
            Follow::Events => "events",
            Follow::Statements => "statements",
            Follow::Positions => "positions new or changed",
            Follow::Revised => "figures revised or in conflict",
            Follow::Conflicts => "figures in conflict",
        };
        let filters: Vec<String> = ask.query.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let title = if filters.is_empty() { what.to_owned() } else { format!("{what} · {}", filters.join(" · ")) };
        let all = || ask.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let end = if syntax == Syntax::Atom { ".atom" } else { ".feed.json" };
        let base = &ask.visitor.base;
        Head {
            title: format!("onrecord: {title}"),
            page: format!("{base}{}", links::address(ask.path, all())),
            itself: format!("{base}{}", links::address(&format!("{}{end}", ask.path), all())),
        }
    }
}

fn entry(came: &Came, prose: &mut Prose, base: &str) -> Result<Entry, Problem> {
    let what = match (&came.line, came.at) {
        (Line::Position { history, .. }, Some(at)) => Happening::Move(at, at.checked_sub(1).map(|before| history[before].stance)),
        (Line::Figure { .. }, Some(at)) => Happening::Value(at),
        (Line::Statement { .. }, _) => Happening::Said,
        _ => Happening::Event,
    };
    let Said { sentence, quotes } = prose.say(&came.line, what)?;
    let name = came.line.id();
    let words = quotes.iter().filter(|quote| quote.document == came.document || quotes.len() == 1);
    Ok(Entry {
        id: format!("urn:onrecord:{name}:{}", &blake3::hash(came.document.as_bytes()).to_hex()[..16]),
        title: sentence,
        link: format!("{base}{}", links::record(name)),
        words: words.map(|quote| format!("“{}” — {}", quote.words.trim_matches(['“', '”']), quote.source)).collect(),
        added: came.added.clone(),
    })
}

fn atom(head: &Head, entries: &[Entry]) -> String {
    let mut out = Markup::new();
    let updated = entries.iter().map(|entry| entry.added.as_str()).max().unwrap_or("1970-01-01T00:00:00Z");
    out.element("title", "", &head.title).element("id", "", &head.itself).element("updated", "", updated);
    out.element("generator", "", "onrecord");
    out.open("author", "").element("name", "", "onrecord").close("author");
    let mut text = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">{out}");
    text.push_str(&format!("{}{}", link("self", &head.itself), link("alternate", &head.page)));
    for entry in entries {
        let mut out = Markup::new();
        out.element("id", "", &entry.id).element("title", "", &entry.title).element("updated", "", &entry.added);
        out.element("summary", "", &entry.words.join("\n"));
        text.push_str(&format!("\n<entry>{out}{}</entry>", link("alternate", &entry.link)));
    }
    text.push_str("\n</feed>\n");
    text
}

fn link(rel: &str, href: &str) -> String {
    let mut escaped = String::new();
    onrecord_view::page::escape(href, &mut escaped);
    format!("<link rel=\"{rel}\" href=\"{escaped}\"/>")
}

fn json_feed(head: &Head, entries: &[Entry]) -> String {
    let items: Vec<_> = entries
        .iter()
        .map(|entry| {
            json!({"id": entry.id, "url": entry.link, "title": entry.title, "content_text": entry.words.join("\n"),
                   "date_published": entry.added})
        })
        .collect();
    let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": head.title, "home_page_url": head.page,
                      "feed_url": head.itself, "items": items});
    format!("{feed}\n")
}
