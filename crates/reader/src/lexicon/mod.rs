//! What the reader knows about words: the tables of `lexicon/`, read once.
//!
//! A table is tab-separated text. Lines that start with `#` are for people; the first other line names the columns. A user may add
//! rows of their own to any table ([`OwnTable`]).

pub mod actor_nouns;
pub mod amounts;
pub mod attribution;
pub mod calendar;
pub mod cities;
pub mod countries;
pub mod cues;
pub mod events;
pub mod factuality;
pub mod first_names;
pub mod gazetteer;
pub mod measures;
pub mod noun_sets;
pub mod officeholders;
pub mod organisations;
mod own;
mod phrases;
pub mod positions;
mod schema;
mod table;
pub mod titles;

pub use actor_nouns::ActorNoun;
pub use attribution::AttributionModel;
pub use countries::Country;
pub use first_names::Gender;
pub use noun_sets::NounSet;
pub use organisations::Organisation;
pub use schema::{Schema, TABLES};
pub use table::{Layers, LexiconError, OwnTable, Table};
pub use titles::Title;

use onrecord_record::ActorKind;

/// All tables.
pub struct Lexicon {
    /// Common nouns that name actors.
    pub(crate) actor_nouns: actor_nouns::ActorNouns,
    /// Number words, words of exactness, money, units.
    pub(crate) amounts: amounts::Amounts,
    /// What was learnt about words that attribute.
    pub(crate) attribution: Option<AttributionModel>,
    /// Words of the calendar.
    pub(crate) calendar: calendar::Calendar,
    /// Cities, regions and waters.
    pub(crate) cities: cities::Cities,
    /// Countries, their people and seats of government.
    pub(crate) countries: countries::Countries,
    /// Words that attribute, and who can be a source.
    pub(crate) cues: cues::Cues,
    /// Words that name events.
    pub(crate) events: events::EventTable,
    /// How words put what stands in their scope.
    pub(crate) factuality: factuality::FactualityTable,
    /// Places on the map.
    pub(crate) gazetteer: gazetteer::Gazetteer,
    /// Given names and the gender they suggest.
    pub(crate) first_names: first_names::FirstNames,
    /// Common nouns that are treated alike.
    pub(crate) noun_sets: noun_sets::NounSets,
    /// Who held which office when.
    pub(crate) officeholders: officeholders::OfficeHolders,
    /// Organisations, forces, armed groups, parties, media.
    pub(crate) organisations: organisations::Organisations,
    /// What numbers count.
    pub(crate) measures: measures::Measures,
    /// Titles and roles of persons.
    pub(crate) titles: titles::Titles,
    /// Words by which a party takes a position, and what it hangs on.
    pub(crate) positions: positions::Positions,
}

impl Lexicon {
    /// The tables this program was built with.
    pub fn builtin() -> Self {
        // What is part of the program is read by its tests: a fault in it never leaves the house.
        Self::with(&[]).unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// The built-in tables with a user's rows before them. Of two rows with one key the user's counts; a table of the user's whose
    /// first line is `# replace` stands instead of the built-in one.
    ///
    /// ```
    /// use onrecord_reader::{Lexicon, OwnTable};
    /// let own = |text: &str| [OwnTable { name: "plurals.tsv".into(), place: "mine/plurals.tsv".into(), text: text.into() }];
    /// assert!(Lexicon::with(&own("plural\tsingular\nmujahideen\tmujahid\n")).is_ok());
    /// let fault = Lexicon::with(&own("plural\tsingular\n\tmujahid\n")).err().unwrap();
    /// assert_eq!(fault.to_string(), "mine/plurals.tsv, line 2: column plural is empty");
    /// ```
    ///
    /// # Errors
    /// The first fault in a table of the user's; [`Lexicon::faults`] gives all.
    pub fn with(own: &[OwnTable]) -> Result<Self, LexiconError> {
        own::are_tables(own)?;
        let of = |name| own::layers(own, name);
        Ok(Lexicon {
            actor_nouns: actor_nouns::ActorNouns::parse(of("actor_nouns.tsv"))?,
            amounts: amounts::Amounts::parse(of("numbers.tsv"), of("bounds.tsv"), of("currencies.tsv"), of("units.tsv"))?,
            attribution: AttributionModel::builtin(),
            calendar: calendar::Calendar::parse(of("calendar.tsv"))?,
            cities: cities::Cities::parse(of("cities.tsv"))?,
            countries: countries::Countries::parse(of("countries.tsv"))?,
            cues: cues::Cues::parse(of("cues.tsv"), of("sources.tsv"), of("acts.tsv"))?,
            events: events::EventTable::parse(of("events.tsv"), of("event_words.tsv"))?,
            factuality: factuality::FactualityTable::parse(of("factuality.tsv"))?,
            gazetteer: gazetteer::Gazetteer::builtin(),
            first_names: first_names::FirstNames::parse(of("first_names.tsv"))?,
            noun_sets: noun_sets::NounSets::parse(of("noun_sets.tsv"))?,
            officeholders: officeholders::OfficeHolders::parse(of("officeholders.tsv"))?,
            organisations: organisations::Organisations::parse(of("organisations.tsv"))?,
            measures: measures::Measures::parse(of("measures.tsv"), of("things.tsv"), of("plurals.tsv"))?,
            titles: titles::Titles::parse(of("titles.tsv"))?,
            positions: positions::Positions::parse(of("positions.tsv"), of("conditions.tsv"), of("position_words.tsv"))?,
        })
    }

    /// True for the ISO 3166-1 alpha-3 code of a country of `countries.tsv`.
    pub fn is_country(&self, iso3: &str) -> bool {
        self.countries.by_code(iso3).is_some()
    }

    /// What two spellings of one name have in common: its pieces between hyphens, apostrophes, slashes and commas in lower case, without full
    /// stops. `organisations.tsv` and `actor_nouns.tsv` have no two names of which this is the same, and none of which it is empty.
    ///
    /// ```
    /// use onrecord_reader::Lexicon;
    /// assert_eq!(Lexicon::common("Al-Qaeda"), Lexicon::common("al Qaeda"));
    /// assert_eq!(Lexicon::common(" - "), "");
    /// ```
    pub fn common(name: &str) -> String {
        phrases::key(name)
    }

    /// True for a name or alias of `organisations.tsv`.
    pub fn is_organisation(&self, name: &str) -> bool {
        self.organisations.get(name).is_some()
    }

    /// True for a title of `titles.tsv`.
    pub fn is_title(&self, title: &str) -> bool {
        self.titles.get(title).is_some()
    }

    /// True for a name of `first_names.tsv`.
    pub fn is_given_name(&self, name: &str) -> bool {
        self.first_names.gender(name).is_some()
    }

    /// What a noun of `actor_nouns.tsv` names, and whether one of them is several people or a body.
    pub fn actor_noun(&self, noun: &str) -> Option<(ActorKind, bool)> {
        self.actor_nouns.get(noun).map(|noun| (noun.kind, noun.group))
    }

    /// Singular of an English noun.
    pub fn singular(&self, noun: &str) -> String {
        self.measures.singular(noun)
    }

    /// Every fault in a user's tables, in the tables' order.
    pub fn faults(own: &[OwnTable]) -> Vec<LexiconError> {
        own::faults(own)
    }
}
