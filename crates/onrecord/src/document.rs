//! `onrecord lexicon document`: the page that describes the tables and the rules.

use onrecord_reader::{Schema, TABLES, rules};
use onrecord_record::Rule;
use std::fmt::Write as _;

const OPENING: &str = "\
# Tables and rules

This page is made by `onrecord lexicon document`; correct the tables in `lexicon/` and the rules in `crates/reader/src/rules/`.

Everything the reader knows about words stands in tables that anybody can read and correct: tab-separated text, a comment at the
top, a line with the names of the columns, a row each. `onrecord read --lexicon DIR` adds tables of your own: of two rows with the
same key yours counts, and a table whose first line is `# replace` stands instead of the built-in one. `onrecord lexicon export`
writes the built-in tables, `onrecord lexicon check` tells every mistake in yours, `onrecord lexicon import` makes tables from the
dictionaries of PETRARCH, and `onrecord explain` names for each record the row and the rule that decided.
";

/// The whole page.
pub fn page() -> String {
    let mut page = String::from(OPENING);
    page.push_str("\n## Tables\n");
    TABLES.iter().for_each(|schema| table(schema, &mut page));
    page.push_str(
        "\n## Rules\n\nWhat makes a record, and what changes it afterwards, each with a report of our own in which it does. ",
    );
    page.push_str("The examples are tests.\n");
    let mut kind = "";
    for rule in rules::all() {
        let of = rule.id.split('.').next().unwrap_or_default();
        if of != kind {
            let _ = write!(page, "\n### {}{}s\n\n", of[..1].to_uppercase(), &of[1..]);
            kind = of;
        }
        self::rule(rule, &mut page);
    }
    page
}

fn table(schema: &Schema, page: &mut String) {
    let _ = write!(page, "\n### {}\n\n{} rows.", schema.name, schema.rows());
    let columns = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let _ = write!(page, " Columns: {}.", columns(schema.columns));
    let _ = match schema.keys {
        [] => writeln!(page, " All rows add up."),
        keys => writeln!(page, " Key: {}.", columns(keys)),
    };
    page.push_str("\n```text\n");
    for line in schema.comment() {
        let _ = writeln!(page, "{line}");
    }
    page.push_str("```\n");
}

fn rule(rule: &Rule, page: &mut String) {
    let example = rule.example.split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(page, "- **{}** {}  \n  *{example}*", rule.id, rule.says);
}
