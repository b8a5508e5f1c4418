//! Tables of our own from the dictionaries of PETRARCH, TABARI and Phoenix.
//!
//! The formats are those of PETRARCH 1 and 2 (`Dictionary formats` in their documentation): actors with dated codes, agents with
//! macros, verbs with patterns. What our tables cannot hold is counted by kind and told, never guessed.

mod actors;
mod agents;
mod cameo;
mod lines;
mod verbs;

use lines::Line;
use onrecord_reader::{Lexicon, TABLES};
use std::collections::{BTreeMap, BTreeSet};

/// A dictionary.
pub struct Dictionary {
    /// What it is called where something in it is told.
    pub place: String,
    /// Its text.
    pub text: String,
}

impl Dictionary {
    /// From a file's bytes: old dictionaries are Latin-1 where they are not UTF-8.
    pub fn new(place: impl Into<String>, bytes: Vec<u8>) -> Self {
        let latin = |bytes: &[u8]| bytes.iter().map(|&b| char::from(b)).collect();
        Dictionary { place: place.into(), text: String::from_utf8(bytes).unwrap_or_else(|error| latin(error.as_bytes())) }
    }
}

/// What kind of dictionary a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Actors,
    Agents,
    Verbs,
}

/// How many examples of what was not taken are shown.
const EXAMPLES: usize = 3;

/// Why an entry gives no row whose names other rows have.
const SAID: &str = "said by an entry before";

/// What came of the dictionaries.
#[derive(Default)]
pub struct Import {
    /// Rows by table.
    rows: BTreeMap<&'static str, Vec<Vec<String>>>,
    /// What stands in a table already, or is said by a row before.
    said: BTreeSet<(&'static str, String)>,
    /// Entries looked at.
    entries: usize,
    /// Entries that gave a row.
    taken: usize,
    /// The last of them: dictionary and line.
    last: (String, usize),
    /// Why entries gave none, with the places of the first.
    left: BTreeMap<&'static str, (usize, Vec<String>)>,
}

/// Reads dictionaries one after another.
pub fn import(dictionaries: &[Dictionary], lexicon: &Lexicon) -> Import {
    let mut import = Import::default();
    for dictionary in dictionaries {
        let lines = lines::of(dictionary);
        match kind(&dictionary.place, &lines) {
            Kind::Actors => actors::read(&lines, lexicon, &mut import),
            Kind::Agents => agents::read(&lines, lexicon, &mut import),
            Kind::Verbs => verbs::read(&lines, &mut import),
        }
    }
    // Of one word the rows that ask for more go first: the first that fits counts.
    if let Some(events) = import.rows.get_mut("events.tsv") {
        events.sort_by_key(|row| std::cmp::Reverse(if row[2].is_empty() { 0 } else { row[2].split('+').count() }));
    }
    import
}

/// By the file's name, else by what it holds.
fn kind(place: &str, lines: &[Line]) -> Kind {
    let name = place.rsplit(['/', '\\']).next().unwrap_or(place).to_lowercase();
    let named = [("agents", Kind::Agents), ("actors", Kind::Actors), ("verb", Kind::Verbs), ("cameo", Kind::Verbs)];
    if let Some((_, kind)) = named.iter().find(|(word, _)| name.contains(word)) {
        return *kind;
    }
    let any = |is: &dyn Fn(&str) -> bool| lines.iter().any(|line| is(&line.text));
    match () {
        () if any(&|text| text.starts_with("- ") || text.starts_with("---") || text.starts_with('&')) => Kind::Verbs,
        () if any(&|text| text.contains("[~") || text.contains("~]")) => Kind::Agents,
        () => Kind::Actors,
    }
}

impl Import {
    /// Adds a row, unless one with this key was added before.
    fn take(&mut self, table: &'static str, key: String, row: Vec<String>, line: &Line) {
        if !self.said.insert((table, key)) {
            return self.leave(SAID, line);
        }
        self.add(table, row, line);
    }

    /// Notes a name that a row is to have; false when one has it already, however it is written there, or when nothing can be found by it.
    fn name(&mut self, table: &'static str, name: &str) -> bool {
        let key = Lexicon::common(name);
        !key.is_empty() && self.said.insert((table, key))
    }

    fn add(&mut self, table: &'static str, row: Vec<String>, line: &Line) {
        let last = (line.place.to_owned(), line.number);
        self.taken += usize::from(self.last != last);
        self.last = last;
        self.rows.entry(table).or_default().push(row);
    }

    /// Counts an entry that gives no row, by kind.
    fn leave(&mut self, kind: &'static str, line: &Line) {
        let (count, examples) = self.left.entry(kind).or_default();
        *count += 1;
        if examples.len() < EXAMPLES {
            let words: String = line.text.trim().chars().take(60).collect();
            examples.push(format!("{}:{}: {words}", line.place, line.number));
        }
    }

    /// The tables' texts by their names.
    pub fn tables(&self) -> Vec<(&'static str, String)> {
        let text = |name: &str, rows: &[Vec<String>]| {
            let columns = TABLES.iter().find(|t| t.name == name).map_or(&[][..], |t| t.columns);
            let rows = rows.iter().map(|row| row.join("\t").trim_end().to_owned() + "\n");
            format!("# From PETRARCH dictionaries.\n{}\n{}", columns.join("\t"), rows.collect::<String>())
        };
        self.rows.iter().map(|(&name, rows)| (name, text(name, rows))).collect()
    }

    /// How many entries were taken, and of the others which kinds and why.
    pub fn summary(&self) -> String {
        let count = |n: usize| if n == 1 { "1 row".into() } else { format!("{n} rows") };
        let tables = self.rows.iter().map(|(name, rows)| format!("{} of {name}", count(rows.len()))).collect::<Vec<_>>();
        let into = if tables.is_empty() { String::new() } else { format!(": {}", tables.join(", ")) };
        let mut text = format!("{} of {} entries taken{into}\n", self.taken, self.entries);
        for (kind, (count, examples)) in &self.left {
            text += &format!("not taken, {count}: {kind}\n");
            examples.iter().for_each(|example| text += &format!("  {example}\n"));
        }
        text
    }
}

#[cfg(test)]
mod tests;
