//! The table of irregular verbs, read once.

use std::collections::HashMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../data/irregular.tsv");
/// No irregular form is longer, in bytes.
const LONGEST: usize = 16;

/// Base form of a past tense (`VBD`) or past participle (`VBN`) that is on the table.
pub(crate) fn base(form: &str, xpos: &str) -> Option<&'static str> {
    static ROWS: OnceLock<[HashMap<&'static str, &'static str>; 2]> = OnceLock::new();
    let column = match xpos {
        "VBD" => 0,
        "VBN" => 1,
        _ => return None,
    };
    let rows = ROWS.get_or_init(|| {
        let mut rows = [HashMap::new(), HashMap::new()];
        for line in TABLE.lines().filter(|l| !l.starts_with('#')).skip(1) {
            let mut cells = line.split('\t');
            let lemma = cells.next().unwrap_or_default();
            for (forms, cell) in rows.iter_mut().zip(cells) {
                forms.extend(cell.split('|').map(|form| (form, lemma)));
            }
        }
        rows
    });
    if form.len() > LONGEST {
        return None;
    }
    rows[column].get(form.to_ascii_lowercase().as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn past_forms_lead_to_their_base() {
        assert_eq!(base("Shot", "VBD"), Some("shoot"));
        assert_eq!(base("overthrown", "VBN"), Some("overthrow"));
        assert_eq!(base("lay", "VBD"), Some("lie"));
        assert_eq!(base("shot", "NN"), None);
        assert_eq!(base("attacked", "VBD"), None);
    }
}
