//! Tab-separated tables with named columns: the built-in one, and a user's rows before it.

use super::phrases;
use super::schema::{self, Schema};
use onrecord_record::Origin;
use std::collections::{HashMap, HashSet};

/// Why a table could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table}, line {line}: {problem}")]
pub struct LexiconError {
    /// Name of the table; of a user's, where it stands.
    pub table: String,
    /// Line number from 1.
    pub line: usize,
    /// What is wrong and what is expected.
    pub problem: String,
}

/// A user's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTable {
    /// File name, one of [`super::TABLES`].
    pub name: String,
    /// What errors call it, such as its path.
    pub place: String,
    /// Its text.
    pub text: String,
}

/// The texts of one table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Layers<'t> {
    /// The table this program was built with.
    pub builtin: Option<&'t str>,
    /// A user's.
    pub own: Option<&'t OwnTable>,
}

impl<'t> From<&'t str> for Layers<'t> {
    fn from(builtin: &'t str) -> Self {
        Layers { builtin: Some(builtin), own: None }
    }
}

/// The first line of a user's table that stands instead of the built-in one.
pub const REPLACE: &str = "# replace";

/// A table's cells, by row and column name.
pub struct Table<'t> {
    schema: &'static Schema,
    /// Columns of the built-in table and of the user's.
    columns: [HashMap<&'t str, usize>; 2],
    rows: Vec<Line<'t>>,
    own: Option<&'t OwnTable>,
    /// Keys of the user's rows, see [`Schema`].
    claimed: HashSet<String>,
}

struct Line<'t> {
    own: bool,
    number: usize,
    cells: Vec<&'t str>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Row<'a, 't> {
    table: &'a Table<'t>,
    line: &'a Line<'t>,
}

impl<'t> Table<'t> {
    /// Splits the texts into rows, the user's first. Missing trailing cells read as empty. A built-in row whose key a row of the
    /// user's has is left out.
    ///
    /// # Errors
    /// When there is no heading, it names a column that the table has not, or a row has more cells than it or no key.
    pub fn parse(name: &'static str, layers: Layers<'t>) -> Result<Self, LexiconError> {
        let schema = schema::of(name).unwrap_or_else(|| panic!("{name} is no table"));
        let mut table = Table { schema, columns: Default::default(), rows: Vec::new(), own: layers.own, claimed: HashSet::new() };
        if let Some(own) = layers.own {
            table.add(true, own.text.trim_start_matches('\u{feff}'))?;
            table.claim()?;
        }
        if let Some(builtin) = layers.builtin.filter(|_| !layers.own.is_some_and(|own| replaces(&own.text))) {
            let first = table.rows.len();
            table.add(false, builtin)?;
            if !table.claimed.is_empty() {
                let kept: Vec<bool> = (0..table.rows.len()).map(|i| i < first || table.row(i).is_kept()).collect();
                let mut kept = kept.into_iter();
                table.rows.retain(|_| kept.next() == Some(true));
            }
        }
        Ok(table)
    }

    fn add(&mut self, own: bool, text: &'t str) -> Result<(), LexiconError> {
        let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
        let expected = self.schema.columns.join(", ");
        let Some((at, heading)) = lines.next() else {
            return Err(self.fault(own, 1, format!("no heading with column names; its columns are {expected}")));
        };
        for (i, column) in heading.split('\t').map(str::trim).enumerate() {
            if !self.schema.columns.contains(&column) {
                let problem =
                    format!("{column:?} is no column of {}; its columns, tabs between them, are {expected}", self.schema.name);
                return Err(self.fault(own, at + 1, problem));
            }
            if self.columns[usize::from(own)].insert(column, i).is_some() {
                return Err(self.fault(own, at + 1, format!("column {column} stands twice in the heading")));
            }
        }
        let key = self.schema.key();
        if !self.columns[usize::from(own)].contains_key(key) {
            return Err(self.fault(own, at + 1, format!("no column {key}; the columns of {} are {expected}", self.schema.name)));
        }
        let width = self.columns[usize::from(own)].len();
        for (i, line) in lines {
            let cells: Vec<_> = line.split('\t').map(str::trim).collect();
            if cells.len() > width {
                let problem = format!("{} cells under {width} column names; cells are separated by tabs", cells.len());
                return Err(self.fault(own, i + 1, problem));
            }
            self.rows.push(Line { own, number: i + 1, cells });
        }
        Ok(())
    }

    /// Notes the keys of the user's rows.
    fn claim(&mut self) -> Result<(), LexiconError> {
        let key = self.schema.key();
        let mut claimed = HashSet::new();
        for row in self.rows() {
            if row.get(key).is_empty() {
                return Err(row.fault(format!("column {key} is empty")));
            }
            claimed.extend(self.schema.named().flat_map(|column| row.parts(column)).map(|name| row.key(name)));
        }
        // In a table without keys all rows count.
        if !self.schema.keys.is_empty() {
            self.claimed = claimed;
        }
        Ok(())
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, 't>> {
        self.rows.iter().map(|line| Row { table: self, line })
    }

    fn row(&self, index: usize) -> Row<'_, 't> {
        Row { table: self, line: &self.rows[index] }
    }

    fn fault(&self, own: bool, line: usize, problem: String) -> LexiconError {
        let table = match self.own.filter(|_| own) {
            Some(own) => own.place.clone(),
            None => self.schema.name.into(),
        };
        LexiconError { table, line, problem }
    }
}

/// True for a text whose first line is [`REPLACE`].
fn replaces(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    first.strip_prefix('#').is_some_and(|rest| rest.trim().eq_ignore_ascii_case(REPLACE.trim_start_matches("# ")))
}

impl<'t> Row<'_, 't> {
    /// The cell under `column`; empty when the row is shorter or the table has no such column.
    pub fn get(&self, column: &str) -> &'t str {
        debug_assert!(self.table.schema.columns.contains(&column), "{column}");
        let columns = &self.table.columns[usize::from(self.line.own)];
        columns.get(column).and_then(|&i| self.line.cells.get(i)).copied().unwrap_or("")
    }

    /// The cell's parts, separated by `|`, without empty ones; of a built-in row without the names that the user's rows have.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> {
        let schema = self.table.schema;
        let names = !self.line.own && !self.table.claimed.is_empty() && schema.names.contains(&column);
        self.parts(column).filter(move |name| !names || !self.table.claimed.contains(&self.key(name)))
    }

    fn parts(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        let cell = self.get(column);
        let whole = !self.table.schema.names.contains(&column) && self.table.schema.key() == column;
        // A key that is no list may hold the separator.
        let list = cell.split(move |c| c == '|' && !whole);
        list.map(str::trim).filter(|p| !p.is_empty())
    }

    /// What a name of this row is compared by.
    fn key(&self, name: &str) -> String {
        let mut key = phrases::key(name);
        if key.is_empty() {
            key = name.into();
        }
        for column in self.table.schema.keys.iter().skip(1) {
            key.push('\t');
            key.push_str(self.get(column));
        }
        // The default rows of events.tsv: one for each type.
        if name == "*" && self.table.schema.columns.contains(&"type") {
            key.push('\t');
            key.push_str(self.get("type"));
        }
        key
    }

    /// True for a built-in row that says something which no row of the user's says.
    fn is_kept(&self) -> bool {
        self.list(self.table.schema.key()).any(|name| !self.table.claimed.contains(&self.key(name)))
    }

    /// The cell read as a value of a closed list; an empty cell is `None`.
    ///
    /// # Errors
    /// When the cell is not on the list.
    pub fn parsed<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, LexiconError>
    where
        T::Err: std::fmt::Display,
    {
        match self.get(column) {
            "" => Ok(None),
            cell => cell.parse().map(Some).map_err(|e| self.fault(format!("column {column}: {cell:?}: {e}"))),
        }
    }

    /// Whether the cell says `yes`; empty means no.
    ///
    /// # Errors
    /// When it says anything else.
    pub fn flag(&self, column: &str) -> Result<bool, LexiconError> {
        match self.get(column) {
            "" => Ok(false),
            "yes" => Ok(true),
            cell => Err(self.fault(format!("column {column}: {cell:?} is neither yes nor empty"))),
        }
    }

    /// Where the row stands.
    pub fn origin(&self) -> Origin {
        Origin { table: self.table.schema.name, own: self.line.own, line: self.line.number }
    }

    /// An error at this row.
    pub fn fault(&self, problem: String) -> LexiconError {
        self.table.fault(self.line.own, self.line.number, problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, text: &str) -> OwnTable {
        OwnTable { name: name.into(), place: format!("mine/{name}"), text: text.into() }
    }

    fn nouns(own: &OwnTable) -> Vec<(String, String, bool)> {
        let builtin = "noun\tkind\tsector\tgroup\nsoldier\tmilitary\tMIL\t\nrebel\tarmed_group\t\t\n";
        let table = Table::parse("actor_nouns.tsv", Layers { builtin: Some(builtin), own: Some(own) }).unwrap();
        table.rows().map(|r| (r.get("noun").into(), r.get("kind").into(), r.origin().own)).collect()
    }

    #[test]
    fn own_rows_come_first_and_win() {
        // Columns in another order, some missing, a byte order mark and Windows line ends.
        let text = "\u{feff}# mine\r\nkind\tnoun\r\nperson\trebel\r\nperson\tcolonel\r\n";
        let rows = nouns(&own("actor_nouns.tsv", text));
        let row = |noun: &str, kind: &str, own| (noun.to_string(), kind.to_string(), own);
        assert_eq!(rows, [row("rebel", "person", true), row("colonel", "person", true), row("soldier", "military", false)]);
    }

    #[test]
    fn a_table_can_be_replaced() {
        let rows = nouns(&own("actor_nouns.tsv", "# replace\nnoun\tkind\ncolonel\tperson\n"));
        assert_eq!(rows, [("colonel".to_string(), "person".to_string(), true)]);
    }

    #[test]
    fn names_that_are_claimed_leave_the_other_names_of_a_built_in_row() {
        let builtin = "name\taliases\tkind\tcountry\tsector\nNorth Bank\tNB|Nordbank\torganisation\t\t\n";
        let mine = own("organisations.tsv", "name\taliases\tkind\nNorthern Bloc\tN.B.\torganisation\n");
        let table = Table::parse("organisations.tsv", Layers { builtin: Some(builtin), own: Some(&mine) }).unwrap();
        let names: Vec<Vec<&str>> = table.rows().map(|r| r.list("aliases").collect()).collect();
        assert_eq!(names, [vec!["N.B."], vec!["Nordbank"]]);
    }

    #[test]
    fn of_a_row_for_several_words_the_others_stay() {
        let builtin =
            "word\tpos\twith\ttype\n*\tverb\t\tASSAULT\n*\tverb\t\tAID\nstrafe|shell\tverb\t\tASSAULT\nshell\tverb\tout\tAID\n";
        let mine = own("events.tsv", "word\tpos\twith\ttype\n*\tverb\t\tAID\nshell\tverb\t\t-\n");
        let table = Table::parse("events.tsv", Layers { builtin: Some(builtin), own: Some(&mine) }).unwrap();
        let rows: Vec<_> = table.rows().map(|r| (r.list("word").collect::<Vec<_>>(), r.get("type"), r.origin().line)).collect();
        assert_eq!(
            rows,
            [
                (vec!["*"], "AID", 2),
                (vec!["shell"], "-", 3),
                (vec!["*"], "ASSAULT", 2),
                (vec!["strafe"], "ASSAULT", 4),
                (vec!["shell"], "AID", 5)
            ]
        );
    }

    #[test]
    fn a_star_is_a_word_where_no_type_is_told() {
        let rows = nouns(&own("actor_nouns.tsv", "noun\tkind\n*\tperson\n"));
        assert_eq!(rows.iter().map(|(noun, ..)| noun.as_str()).collect::<Vec<_>>(), ["*", "soldier", "rebel"]);
    }

    #[test]
    fn faults_say_where_what_and_what_is_allowed() {
        let fault = |text: &str| {
            let mine = own("plurals.tsv", text);
            Table::parse("plurals.tsv", Layers { builtin: None, own: Some(&mine) }).err().unwrap().to_string()
        };
        assert_eq!(
            fault("# nothing\n"),
            "mine/plurals.tsv, line 1: no heading with column names; its columns are plural, singular"
        );
        assert_eq!(
            fault("plural\tone\n"),
            "mine/plurals.tsv, line 1: \"one\" is no column of plurals.tsv; its columns, tabs between them, are plural, singular"
        );
        assert_eq!(fault("plural\tplural\n"), "mine/plurals.tsv, line 1: column plural stands twice in the heading");
        assert_eq!(
            fault("singular\nox\n"),
            "mine/plurals.tsv, line 1: no column plural; the columns of plurals.tsv are plural, singular"
        );
        assert_eq!(
            fault("plural\tsingular\noxen\tox\ta\n"),
            "mine/plurals.tsv, line 2: 3 cells under 2 column names; cells are separated by tabs"
        );
        assert_eq!(fault("plural\tsingular\n\tox\n"), "mine/plurals.tsv, line 2: column plural is empty");
    }
}
