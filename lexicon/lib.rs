//! The tables of this folder, as text: what they mean is known to `onrecord-reader`. They are a package of their own so that they
//! stand at the top of the repository, where people look for them, and yet go with the program wherever it is built.

/// The table of this file name.
///
/// ```
/// assert!(onrecord_lexicon::table("titles.tsv").starts_with('#'));
/// ```
///
/// # Panics
/// When there is none. In a constant, which is what this is for, the program is then not built.
pub const fn table(name: &str) -> &'static str {
    let mut i = 0;
    while i < TABLES.len() {
        if is_same(TABLES[i].0.as_bytes(), name.as_bytes()) {
            return TABLES[i].1;
        }
        i += 1;
    }
    panic!("there is no such table")
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// All tables by file name.
pub static TABLES: [(&str, &str); 25] = [
    ("actor_nouns.tsv", include_str!("actor_nouns.tsv")),
    ("acts.tsv", include_str!("acts.tsv")),
    ("bounds.tsv", include_str!("bounds.tsv")),
    ("calendar.tsv", include_str!("calendar.tsv")),
    ("cities.tsv", include_str!("cities.tsv")),
    ("conditions.tsv", include_str!("conditions.tsv")),
    ("countries.tsv", include_str!("countries.tsv")),
    ("cues.tsv", include_str!("cues.tsv")),
    ("currencies.tsv", include_str!("currencies.tsv")),
    ("event_words.tsv", include_str!("event_words.tsv")),
    ("events.tsv", include_str!("events.tsv")),
    ("factuality.tsv", include_str!("factuality.tsv")),
    ("first_names.tsv", include_str!("first_names.tsv")),
    ("measures.tsv", include_str!("measures.tsv")),
    ("noun_sets.tsv", include_str!("noun_sets.tsv")),
    ("numbers.tsv", include_str!("numbers.tsv")),
    ("officeholders.tsv", include_str!("officeholders.tsv")),
    ("organisations.tsv", include_str!("organisations.tsv")),
    ("plurals.tsv", include_str!("plurals.tsv")),
    ("position_words.tsv", include_str!("position_words.tsv")),
    ("positions.tsv", include_str!("positions.tsv")),
    ("sources.tsv", include_str!("sources.tsv")),
    ("things.tsv", include_str!("things.tsv")),
    ("titles.tsv", include_str!("titles.tsv")),
    ("units.tsv", include_str!("units.tsv")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_the_folder_is_built_in() {
        let folder = std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap();
        let mut names: Vec<String> = folder.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name.ends_with(".tsv"));
        names.sort();
        assert_eq!(names, TABLES.map(|(name, _)| name));
        assert!(names.iter().all(|name| table(name).ends_with('\n')));
    }
}
