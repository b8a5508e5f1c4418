//! A user's tables beside the built-in ones.

use super::schema::{self, Schema, TABLES};
use super::table::{Layers, LexiconError, OwnTable, Table};
use super::*;

/// Tells tables that there are none of, and tables given twice.
pub(super) fn are_tables(own: &[OwnTable]) -> Result<(), LexiconError> {
    (0..own.len()).try_for_each(|i| is_table(own, i))
}

fn is_table(own: &[OwnTable], i: usize) -> Result<(), LexiconError> {
    let fault = |problem| LexiconError { table: own[i].place.clone(), line: 1, problem };
    if schema::of(&own[i].name).is_none() {
        let names: Vec<_> = TABLES.iter().map(|t| t.name).collect();
        return Err(fault(format!("there is no table {:?}; the tables are {}", own[i].name, names.join(", "))));
    }
    match own[..i].iter().any(|other| other.name == own[i].name) {
        true => Err(fault("this table is given twice".into())),
        false => Ok(()),
    }
}

/// The texts of the table of this name.
pub(super) fn layers<'t>(own: &'t [OwnTable], name: &str) -> Layers<'t> {
    Layers { builtin: schema::of(name).map(|s| s.text), own: own.iter().find(|t| t.name == name) }
}

/// Every fault: rows are first read one by one, so that one does not hide the next; then all together, for what two rows say.
pub(super) fn faults(own: &[OwnTable]) -> Vec<LexiconError> {
    let mut faults = Vec::new();
    for (i, table) in own.iter().enumerate() {
        match is_table(own, i) {
            Ok(()) => faults.extend(rows(table)),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() && !own.is_empty() {
        faults.extend(Lexicon::with(own).err());
    }
    faults
}

/// The faults of a table's rows, each read by itself.
fn rows(own: &OwnTable) -> Vec<LexiconError> {
    let Some(schema) = schema::of(&own.name) else { return Vec::new() };
    let text = own.text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
    let Some((at, heading)) = lines.next() else { return read(schema, own).err().into_iter().collect() };
    let alone = |row: &str| OwnTable { text: format!("{heading}\n{row}\n"), ..own.clone() };
    let without = OwnTable { text: heading.into(), ..own.clone() };
    if let Err(fault) = read(schema, &without) {
        return vec![LexiconError { line: at + 1, ..fault }];
    }
    lines.filter_map(|(i, row)| read(schema, &alone(row)).err().map(|fault| LexiconError { line: i + 1, ..fault })).collect()
}

/// Reads a table without the built-in one.
fn read(schema: &'static Schema, own: &OwnTable) -> Result<(), LexiconError> {
    let layers = |name: &str| {
        let own = Some(own).filter(|own| own.name == name);
        // Of the tables that are read with it only the headings.
        Layers { builtin: if own.is_none() { schema::of(name).map(Schema::heading) } else { None }, own }
    };
    match schema.name {
        "actor_nouns.tsv" => actor_nouns::ActorNouns::parse(layers(schema.name)).map(drop),
        "numbers.tsv" | "bounds.tsv" | "currencies.tsv" | "units.tsv" => {
            amounts::Amounts::parse(layers("numbers.tsv"), layers("bounds.tsv"), layers("currencies.tsv"), layers("units.tsv"))
                .map(drop)
        }
        "calendar.tsv" => calendar::Calendar::parse(layers(schema.name)).map(drop),
        "cities.tsv" => cities::Cities::parse(layers(schema.name)).map(drop),
        "countries.tsv" => countries::Countries::parse(layers(schema.name)).map(drop),
        "cues.tsv" | "sources.tsv" | "acts.tsv" => {
            cues::Cues::parse(layers("cues.tsv"), layers("sources.tsv"), layers("acts.tsv")).map(drop)
        }
        "events.tsv" | "event_words.tsv" => events::EventTable::parse(layers("events.tsv"), layers("event_words.tsv")).map(drop),
        "factuality.tsv" => factuality::FactualityTable::parse(layers(schema.name)).map(drop),
        "first_names.tsv" => first_names::FirstNames::parse(layers(schema.name)).map(drop),
        "noun_sets.tsv" => noun_sets::NounSets::parse(layers(schema.name)).map(drop),
        "officeholders.tsv" => officeholders::OfficeHolders::parse(layers(schema.name)).map(drop),
        "organisations.tsv" => organisations::Organisations::parse(layers(schema.name)).map(drop),
        "measures.tsv" | "things.tsv" | "plurals.tsv" => {
            measures::Measures::parse(layers("measures.tsv"), layers("things.tsv"), layers("plurals.tsv")).map(drop)
        }
        "titles.tsv" => titles::Titles::parse(layers(schema.name)).map(drop),
        "positions.tsv" | "conditions.tsv" | "position_words.tsv" => {
            positions::Positions::parse(layers("positions.tsv"), layers("conditions.tsv"), layers("position_words.tsv")).map(drop)
        }
        name => Table::parse(name, layers(name)).map(drop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, text: &str) -> OwnTable {
        OwnTable { name: name.into(), place: format!("mine/{name}"), text: text.into() }
    }

    #[test]
    fn the_built_in_tables_as_a_users_say_the_same() {
        let all: Vec<OwnTable> = TABLES.iter().map(|t| own(t.name, t.text)).collect();
        assert_eq!(Lexicon::faults(&all), []);
    }

    #[test]
    fn every_fault_is_told() {
        let tables = [
            own("organisations.tsv", "# mine\nname\tkind\tsector\nAlpha\tclub\t\nBeta\torganisation\tXXX\nGamma\torganisation\t\n"),
            own("event.tsv", ""),
            own("plurals.tsv", "plural\toops\n"),
        ];
        let faults: Vec<(String, usize)> = Lexicon::faults(&tables).into_iter().map(|f| (f.table, f.line)).collect();
        let at = |name: &str, line| (format!("mine/{name}"), line);
        assert_eq!(faults, [at("organisations.tsv", 3), at("organisations.tsv", 4), at("event.tsv", 1), at("plurals.tsv", 1)]);
    }

    #[test]
    fn what_two_rows_say_is_told_when_each_is_right() {
        let twice = own("titles.tsv", "title\thead\nmargrave\tmargrave\nMargrave\tmargrave\n");
        let faults = Lexicon::faults(&[twice]);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].to_string(), "mine/titles.tsv, line 3: title \"Margrave\" is empty or stands twice");
    }

    #[test]
    fn unknown_codes_say_what_is_allowed() {
        let fault =
            |name: &str, text: &str| Lexicon::faults(&[own(name, text)]).first().map(ToString::to_string).unwrap_or_default();
        let type_ = fault("events.tsv", "word\tpos\ttype\nzap\tverb\tATTACK\n");
        assert!(type_.starts_with("mine/events.tsv, line 2: column type: \"ATTACK\"") && type_.contains("ASSAULT"), "{type_}");
        let frame = fault("cues.tsv", "word\tpos\tframes\tact\tkind\nquip\tverb\tx9\tstate\tsay\n");
        assert!(frame.contains("column frames") && frame.contains("quote"), "{frame}");
        let role = fault("events.tsv", "word\tpos\ttype\tactor\nzap\tverb\tASSAULT\tsubject!\n");
        assert!(role.contains("column actor") && role.contains("clause-obj"), "{role}");
    }
}
