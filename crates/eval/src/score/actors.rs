//! When two actors are the same.

use super::words::words;
use crate::entry::ActorEntry;
use regex::Regex;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

static POSSESSIVE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[’']s\b").expect("the pattern is valid"));

const PRONOUNS: &str = "he him his she her hers it its they them their theirs i me my we us our you your who whom whose this that these those \
                        himself herself itself themselves";

/// An actor as it is compared.
struct Face {
    forms: BTreeSet<Vec<String>>,
    /// Last word of a person's name.
    surname: Option<String>,
}

/// The actors of one record, ready to be compared with another's.
pub struct Cast<'a>(HashMap<&'a str, Face>);

impl<'a> Cast<'a> {
    /// Takes down every form of every actor.
    pub fn new(actors: &'a [ActorEntry], text: &str) -> Self {
        let face = |a: &ActorEntry| Face {
            forms: forms(a, text),
            surname: (a.kind.as_deref() == Some("person"))
                .then(|| words(&POSSESSIVE.replace_all(a.name.as_deref().unwrap_or(""), "")).pop())
                .flatten(),
        };
        Cast(actors.iter().map(|a| (a.id.as_str(), face(a))).collect())
    }

    /// True when the actor `id` here and the actor `theirs` of the other record are the same: they share a form, or both
    /// are persons of one surname.
    pub fn same(&self, id: &str, other: &Cast, theirs: &str) -> bool {
        let (Some(a), Some(b)) = (self.0.get(id), other.0.get(theirs)) else { return false };
        !a.forms.is_disjoint(&b.forms) || (a.surname.is_some() && a.surname == b.surname)
    }

    /// True when one of the actors agrees, or neither side names any. Naming many earns nothing: the other list
    /// may be twice as long as this one, plus one.
    pub fn any(&self, ids: &[String], other: &Cast, theirs: &[String]) -> bool {
        (ids.is_empty() && theirs.is_empty())
            || (theirs.len() <= 2 * ids.len() + 1 && ids.iter().any(|id| theirs.iter().any(|t| self.same(id, other, t))))
    }
}

/// Surface forms, each a list of words without articles and titles; pronouns are none.
fn forms(actor: &ActorEntry, text: &str) -> BTreeSet<Vec<String>> {
    let named = actor.name.iter().chain(&actor.aliases).map(String::as_str);
    let mentioned = actor.mentions.iter().filter_map(|m| text.get(m.range()));
    let mut forms = BTreeSet::new();
    for surface in named.chain(mentioned) {
        let surface = POSSESSIVE.replace_all(surface, "");
        let surface = surface.trim();
        if is_pronoun(surface) {
            continue;
        }
        let all = words(surface);
        let kept: Vec<String> =
            all.iter().filter(|w| !matches!(w.as_str(), "the" | "a" | "an" | "mr" | "mrs" | "ms" | "dr")).cloned().collect();
        forms.insert(if kept.is_empty() { all } else { kept });
    }
    forms.remove(&Vec::new());
    forms
}

/// *He* and *us*, but neither *US* nor *WHO*.
fn is_pronoun(surface: &str) -> bool {
    let mut letters = surface.chars();
    let Some(first) = letters.next() else { return false };
    let lowered: String = first.to_lowercase().chain(letters).collect();
    PRONOUNS.split_whitespace().any(|p| p == surface || p == lowered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(id: &str, name: &str, kind: &str) -> ActorEntry {
        ActorEntry { id: id.into(), name: Some(name.into()), kind: Some(kind.into()), ..ActorEntry::default() }
    }

    #[test]
    fn forms_leave_out_pronouns_titles_and_articles() {
        let of = |name| forms(&actor("x", name, "other"), "");
        assert!(of("It").is_empty() && of("us").is_empty());
        assert_eq!(of("US"), BTreeSet::from([vec!["us".to_owned()]]));
        assert_eq!(of("the Council’s"), of("Council"));
        assert_eq!(of("Mr Okello"), of("OKELLO"));
    }

    #[test]
    fn persons_agree_by_surname_and_lists_by_one_member() {
        let gold = [actor("a", "Grace Okello", "person"), actor("b", "Uganda", "country")];
        let system = [actor("x", "Minister Okello", "person"), actor("y", "Kenya", "country"), actor("z", "Chad", "country")];
        let (gold, system) = (Cast::new(&gold, ""), Cast::new(&system, ""));
        let ids = |s: &str| s.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert!(gold.same("a", &system, "x") && !gold.same("b", &system, "y"));
        assert!(gold.any(&ids("a"), &system, &ids("y x")));
        assert!(!gold.any(&ids("a"), &system, &ids("x y z x")), "more than twice as many, plus one");
        assert!(gold.any(&[], &system, &[]) && !gold.any(&[], &system, &ids("x")));
    }
}
