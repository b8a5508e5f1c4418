//! Organisations, forces, armed groups, parties, media and companies that news of conflict and diplomacy names.

use super::phrases::{Phrases, pieces};
use super::{Layers, LexiconError, Table};
use onrecord_record::{ActorKind, Sector};

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its fullest usual name.
    pub name: String,
    /// Its other names and abbreviations.
    pub aliases: Vec<String>,
    /// Organisation, military, armed group or government.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3, `IGO`, `NGO`, or none.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
}

/// One writing of an organisation's name: the name itself or one of its aliases.
struct Form {
    organisation: usize,
    alias: Option<usize>,
}

/// The table `organisations.tsv`.
#[derive(Default)]
pub struct Organisations {
    all: Vec<Organisation>,
    forms: Phrases<Form>,
}

impl Organisations {
    /// Reads the table.
    ///
    /// # Errors
    /// When a cell is not on its list or two organisations share a name.
    pub fn parse(text: Layers) -> Result<Self, LexiconError> {
        let table = Table::parse("organisations.tsv", text)?;
        // Names with their aliases, and first words that are no name by themselves.
        let mut organisations = Organisations { all: Vec::new(), forms: Phrases::with_capacity(3 * table.rows().size_hint().0) };
        for row in table.rows() {
            let organisation = Organisation {
                name: row.get("name").into(),
                aliases: row.list("aliases").map(Into::into).collect(),
                kind: row
                    .parsed("kind")?
                    .filter(|k| {
                        matches!(k, ActorKind::Organisation | ActorKind::Military | ActorKind::ArmedGroup | ActorKind::Government)
                    })
                    .ok_or_else(|| {
                        row.fault("column kind: organisation, military, armed_group or government is expected".into())
                    })?,
                country: Some(row.get("country")).filter(|c| !c.is_empty()).map(Into::into),
                sector: row.parsed("sector")?,
            };
            let index = organisations.all.len();
            let aliases = organisation.aliases.iter().enumerate().map(|(i, alias)| (Some(i), alias));
            for (alias, text) in std::iter::once((None, &organisation.name)).chain(aliases) {
                if !organisations.forms.insert(text, Form { organisation: index, alias }) {
                    return Err(row.fault(format!("name {text:?} is empty or stands twice")));
                }
            }
            organisations.all.push(organisation);
        }
        Ok(organisations)
    }

    /// The organisation of exactly this name, with or without *the*.
    pub fn get(&self, name: &str) -> Option<&Organisation> {
        let words: Vec<_> = name.split_whitespace().collect();
        self.longest(&words).filter(|(n, _)| *n == words.len()).map(|(_, organisation)| organisation)
    }

    /// The longest name that `words` begin with, its article included, and how many words it takes.
    pub fn longest(&self, words: &[&str]) -> Option<(usize, &Organisation)> {
        let named = |from: usize| {
            let (n, form) = self.forms.longest(&words[from..], |written, form| capitals_agree(written, self.text(form)))?;
            Some((from + n, &self.all[form.organisation]))
        };
        let article = words.first().is_some_and(|w| w.eq_ignore_ascii_case("the"));
        named(0).or_else(|| if article { named(1) } else { None })
    }

    fn text(&self, form: &Form) -> &str {
        let organisation = &self.all[form.organisation];
        form.alias.map_or(&organisation.name, |i| &organisation.aliases[i])
    }
}

/// Whether words are written with all capitals that the name has: *WHO* is not *who*, *Congress* is not a *congress*.
/// More capitals than that are a headline's.
fn capitals_agree(written: &[&str], name: &str) -> bool {
    let written = written.iter().flat_map(|w| pieces(w)).flat_map(str::chars).filter(|&c| c != '.');
    let name = pieces(name).flat_map(str::chars).filter(|&c| c != '.');
    name.zip(written).all(|(need, have)| !need.is_uppercase() || have.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builtin() -> Organisations {
        Organisations::parse(onrecord_lexicon::table("organisations.tsv").into()).expect("organisations.tsv is valid")
    }

    #[test]
    fn names_and_aliases_mean_one_organisation() {
        let organisations = builtin();
        let name = |text: &str| organisations.get(text).map(|o| o.name.as_str());
        assert_eq!(name("the U.N."), Some("United Nations"));
        assert_eq!(name("UN"), Some("United Nations"));
        for form in ["ISIL", "Daesh", "Da'esh", "Da’esh", "Islamic State", "the Islamic State"] {
            assert_eq!(name(form), Some("Islamic State"), "{form}");
        }
        let islamic_state = organisations.get("ISIS").expect("listed");
        assert_eq!((islamic_state.kind, islamic_state.sector), (ActorKind::ArmedGroup, Some(Sector::Reb)));
        assert_eq!(organisations.get("State Department").and_then(|o| o.country.as_deref()), Some("USA"));
    }

    #[test]
    fn capitals_tell_names_from_words() {
        let organisations = builtin();
        assert!(organisations.get("WHO").is_some());
        assert!(organisations.get("Who").is_none());
        assert!(organisations.get("who").is_none());
        assert!(organisations.get("TALIBAN").is_some());
        assert!(organisations.get("congress").is_none());
        assert!(organisations.get("The Guardian").is_some());
        assert!(organisations.get("The Sun").is_some());
        assert!(organisations.get("the Sun").is_none());
        assert!(organisations.get("the Guardian").is_some());
        assert!(organisations.get("Guardian").is_none());
    }

    #[test]
    fn every_country_is_a_code() {
        let countries = crate::lexicon::Lexicon::builtin().countries;
        for organisation in builtin().all {
            let known = |code: &str| matches!(code, "IGO" | "NGO") || countries.by_code(code).is_some();
            assert!(organisation.country.as_deref().is_none_or(known), "{}: {:?}", organisation.name, organisation.country);
        }
    }

    #[test]
    fn the_longest_name_wins() {
        let organisations = builtin();
        let found = |words: &[&str]| organisations.longest(words).map(|(n, o)| (n, o.name.as_str()));
        assert_eq!(found(&["the", "UN", "Security", "Council", "met"]), Some((4, "United Nations Security Council")));
        assert_eq!(found(&["UN", "officials"]), Some((1, "United Nations")));
        assert_eq!(found(&["al", "-", "Qaeda", "fighters"]), Some((3, "al-Qaeda")));
        assert_eq!(found(&["the", "village"]), None);
    }
}
