//! What a report adds, repeats and contradicts, as three short lists.

use super::said::{self, Said};
use super::{how, relation};
use crate::links;
use crate::markup::Markup;
use onrecord_export::amount;
use onrecord_store::{Kept, Standing};
use std::collections::HashMap;

/// Records of a list that are shown at once; the rest opens on demand.
const SHOWN: usize = 4;

/// The three lists.
pub fn of(kept: &Kept, standing: &[Standing]) -> Markup {
    let said = said::all(&kept.document, &kept.record);
    let by_id: HashMap<&str, &Said> = said.iter().map(|said| (said.id.as_str(), said)).collect();
    let (mut adds, mut repeats, mut contradicts) = (Vec::new(), Vec::new(), Vec::new());
    for standing in standing {
        let Some(said) = by_id.get(standing.record.as_str()) else { continue };
        let list = if standing.is_first { &mut adds } else { &mut repeats };
        list.push(item(said, (standing.others > 0).then(|| told(standing))));
        for other in &standing.differs {
            let mut against = Markup::new();
            against.element("em", "", relation(other.is)).text(" with ");
            against.link(&links::record_in(&other.document, &other.record), "", &other.document);
            against.text(&format!(" ({})", amount(other.value, other.bound)));
            contradicts.push(item(said, Some(against)));
        }
    }
    let mut lists = Markup::new();
    lists.open("div", "adds");
    list(&mut lists, "Adds", "Nothing that other reports had not told before.", &adds);
    list(&mut lists, "Repeats", "Nothing that an earlier report tells.", &repeats);
    list(&mut lists, "Differs", "None of its figures differs from another report’s.", &contradicts);
    lists.close("div");
    lists
}

/// *also in 3 other reports*, leading to all of them.
fn told(standing: &Standing) -> Markup {
    let mut told = Markup::new();
    told.link(&links::record(&standing.name), "", &how(standing));
    told
}

fn item(said: &Said, more: Option<Markup>) -> Markup {
    let mut item = Markup::new();
    item.open("li", said.kind.letter()).element("span", "sign", said.kind.sign()).text(" ");
    item.open("bdi", "").link(&format!("#{}", said.anchor), "to-record", &said.line).close("bdi");
    if let Some(more) = more {
        item.open("span", "small").text(" ").markup(&more).close("span");
    }
    item.close("li");
    item
}

fn list(lists: &mut Markup, head: &str, none: &str, items: &[Markup]) {
    lists.open("section", "").open("h2", "").text(head).text(" ").element("span", "soft", &items.len().to_string()).close("h2");
    if items.is_empty() {
        lists.element("p", "soft", none);
    }
    let (shown, rest) = items.split_at(items.len().min(SHOWN));
    each(lists, shown);
    if !rest.is_empty() {
        lists.open("details", "").element("summary", "", &format!("and {} more", rest.len()));
        each(lists, rest);
        lists.close("details");
    }
    lists.close("section");
}

fn each(lists: &mut Markup, items: &[Markup]) {
    if !items.is_empty() {
        lists.open("ul", "");
        for item in items {
            lists.markup(item);
        }
        lists.close("ul");
    }
}
