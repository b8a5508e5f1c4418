//! What the reader knows about words: the tables of `lexicon/`, read once.
//!
//! A table is tab-separated text. Lines that start with `#` are for people; the first other line names the columns.

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
mod phrases;
pub mod positions;
mod table;
pub mod titles;

pub use actor_nouns::ActorNoun;
pub use attribution::AttributionModel;
pub use countries::Country;
pub use first_names::Gender;
pub use noun_sets::NounSet;
pub use organisations::Organisation;
pub use table::{LexiconError, Table};
pub use titles::Title;

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
        Lexicon {
            actor_nouns: embedded(actor_nouns::ActorNouns::parse(include_str!("../../../../lexicon/actor_nouns.tsv"))),
            amounts: embedded(amounts::Amounts::parse(
                include_str!("../../../../lexicon/numbers.tsv"),
                include_str!("../../../../lexicon/bounds.tsv"),
                include_str!("../../../../lexicon/currencies.tsv"),
                include_str!("../../../../lexicon/units.tsv"),
            )),
            attribution: AttributionModel::builtin(),
            calendar: embedded(calendar::Calendar::parse(include_str!("../../../../lexicon/calendar.tsv"))),
            cities: embedded(cities::Cities::parse(include_str!("../../../../lexicon/cities.tsv"))),
            countries: embedded(countries::Countries::parse(include_str!("../../../../lexicon/countries.tsv"))),
            cues: embedded(cues::Cues::parse(
                include_str!("../../../../lexicon/cues.tsv"),
                include_str!("../../../../lexicon/sources.tsv"),
                include_str!("../../../../lexicon/acts.tsv"),
            )),
            events: embedded(events::EventTable::parse(
                include_str!("../../../../lexicon/events.tsv"),
                include_str!("../../../../lexicon/event_words.tsv"),
            )),
            factuality: embedded(factuality::FactualityTable::parse(include_str!("../../../../lexicon/factuality.tsv"))),
            gazetteer: gazetteer::Gazetteer::builtin(),
            first_names: embedded(first_names::FirstNames::parse(include_str!("../../../../lexicon/first_names.tsv"))),
            noun_sets: embedded(noun_sets::NounSets::parse(include_str!("../../../../lexicon/noun_sets.tsv"))),
            officeholders: embedded(officeholders::OfficeHolders::parse(include_str!("../../../../lexicon/officeholders.tsv"))),
            organisations: embedded(organisations::Organisations::parse(include_str!("../../../../lexicon/organisations.tsv"))),
            measures: embedded(measures::Measures::parse(
                include_str!("../../../../lexicon/measures.tsv"),
                include_str!("../../../../lexicon/things.tsv"),
                include_str!("../../../../lexicon/plurals.tsv"),
            )),
            titles: embedded(titles::Titles::parse(include_str!("../../../../lexicon/titles.tsv"))),
            positions: embedded(positions::Positions::parse(
                include_str!("../../../../lexicon/positions.tsv"),
                include_str!("../../../../lexicon/conditions.tsv"),
                include_str!("../../../../lexicon/position_words.tsv"),
            )),
        }
    }
}

/// A table that is part of the program is read by its tests: a fault in it never leaves the house.
fn embedded<T>(table: Result<T, LexiconError>) -> T {
    table.unwrap_or_else(|fault| panic!("{fault}"))
}
