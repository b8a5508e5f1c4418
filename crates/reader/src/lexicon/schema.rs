//! Which tables there are, their columns, and what makes two rows say the same.

/// One table.
pub struct Schema {
    /// File name.
    pub name: &'static str,
    /// The table this program was built with.
    pub text: &'static str,
    /// Columns in the order of the built-in table.
    pub columns: &'static [&'static str],
    /// Columns that together are a row's key: of two rows with one key, the user's counts. None where all rows add up.
    pub keys: &'static [&'static str],
    /// Columns that list names; each is a key of its own beside the first key column.
    pub names: &'static [&'static str],
}

impl Schema {
    /// The column that no row may leave empty.
    pub fn key(&self) -> &'static str {
        self.keys.first().unwrap_or(&self.columns[0])
    }

    /// Columns that hold names of a row.
    pub fn named(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.key()).chain(self.names.iter().copied().filter(|&c| c != self.key()))
    }

    /// The line that names the columns.
    pub fn heading(&self) -> &'static str {
        self.text.lines().find(|l| !l.starts_with('#')).unwrap_or_default()
    }

    /// How many rows the built-in table has.
    pub fn rows(&self) -> usize {
        self.text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).count().saturating_sub(1)
    }

    /// The comment at the top of the built-in table, without its marks.
    pub fn comment(&self) -> impl Iterator<Item = &'static str> {
        let comment = self.text.lines().take_while(|l| l.starts_with('#'));
        comment.map(|l| l.trim_start_matches('#')).map(|l| l.strip_prefix(' ').unwrap_or(l))
    }
}

macro_rules! table {
    ($name:literal, $columns:expr, $keys:expr, $names:expr) => {
        Schema { name: $name, text: onrecord_lexicon::table($name), columns: &$columns, keys: &$keys, names: &$names }
    };
}

/// All tables, by name.
pub static TABLES: [Schema; 25] = [
    table!("actor_nouns.tsv", ["noun", "kind", "sector", "group"], ["noun"], []),
    table!("acts.tsv", ["phrase", "voice", "act"], ["phrase", "voice"], []),
    table!("bounds.tsv", ["words", "side", "bound"], ["words", "side"], []),
    table!("calendar.tsv", ["word", "class", "value"], ["word"], []),
    table!("cities.tsv", ["name", "aliases", "iso3", "kind", "lat", "lon"], ["name"], ["aliases"]),
    table!("conditions.tsv", ["opener", "governs", "where"], ["opener"], []),
    table!("countries.tsv", ["iso3", "name", "aliases", "demonyms", "capital", "seats", "lat", "lon"], ["iso3"], []),
    table!("cues.tsv", ["word", "pos", "frames", "act", "kind", "source", "object"], ["word", "pos"], []),
    table!("currencies.tsv", ["code", "signs", "words", "country", "hundredths"], ["code"], []),
    table!("event_words.tsv", ["word", "set", "mode", "contexts"], ["word"], []),
    table!(
        "events.tsv",
        ["word", "pos", "with", "type", "mode", "contexts", "cameo", "actor", "recipient", "needs", "not"],
        ["word", "pos", "with"],
        ["word"]
    ),
    table!("factuality.tsv", ["word", "pos", "on", "effect"], ["word", "pos"], []),
    table!("first_names.tsv", ["name", "gender"], ["name"], []),
    table!("measures.tsv", ["lemma", "pos", "counted", "things", "measure"], ["lemma", "pos", "counted", "things"], []),
    table!("noun_sets.tsv", ["set", "nouns"], [], []),
    table!("numbers.tsv", ["word", "class", "low", "high"], ["word"], []),
    table!(
        "officeholders.tsv",
        ["name", "country", "organisation", "role", "office", "from", "to", "source_year"],
        ["name"],
        ["name"]
    ),
    table!("organisations.tsv", ["name", "aliases", "kind", "country", "sector"], ["name"], ["aliases"]),
    table!("plurals.tsv", ["plural", "singular"], ["plural"], []),
    table!("position_words.tsv", ["word", "role"], ["word"], []),
    table!("positions.tsv", ["word", "class", "move", "what", "toward", "when", "denied", "terms"], ["word", "class"], []),
    table!("sources.tsv", ["noun", "kinds"], ["noun"], []),
    table!("things.tsv", ["noun", "class", "measure"], ["noun"], []),
    table!("titles.tsv", ["title", "also", "head", "sector", "principal", "prefix", "generic", "modifier"], ["title"], ["also"]),
    table!("units.tsv", ["unit", "kind", "words"], ["unit"], []),
];

/// The table of this file name.
pub fn of(name: &str) -> Option<&'static Schema> {
    TABLES.iter().find(|t| t.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_tables_have_their_columns() {
        for table in &TABLES {
            assert_eq!(table.heading().split('\t').collect::<Vec<_>>(), table.columns, "{}", table.name);
            assert!(table.keys.iter().chain(table.names).all(|c| table.columns.contains(c)), "{}", table.name);
            assert!(table.comment().next().is_some(), "{} explains itself", table.name);
        }
        assert!(TABLES.is_sorted_by_key(|t| t.name));
    }
}
