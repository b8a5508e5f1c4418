//! Tab-separated tables with named columns.

use std::collections::HashMap;

/// Why a table could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("lexicon table {table}, line {line}: {problem}")]
pub struct LexiconError {
    /// Name of the table.
    pub table: String,
    /// Line number from 1.
    pub line: usize,
    /// What is wrong and what is expected.
    pub problem: String,
}

/// A table's cells, by row and column name.
pub struct Table<'t> {
    name: String,
    columns: HashMap<&'t str, usize>,
    rows: Vec<(usize, Vec<&'t str>)>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub struct Row<'a, 't> {
    table: &'a Table<'t>,
    line: usize,
    cells: &'a [&'t str],
}

impl<'t> Table<'t> {
    /// Splits `text` into rows. Missing trailing cells read as empty.
    ///
    /// # Errors
    /// When there is no heading or a row has more cells than it.
    pub fn parse(name: &str, text: &'t str) -> Result<Self, LexiconError> {
        let fault = |line, problem: String| LexiconError { table: name.into(), line, problem };
        let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
        let (_, heading) = lines.next().ok_or_else(|| fault(1, "no heading with column names".into()))?;
        let columns: HashMap<_, _> = heading.split('\t').map(str::trim).enumerate().map(|(i, c)| (c, i)).collect();
        let mut rows = Vec::new();
        for (i, line) in lines {
            let cells: Vec<_> = line.split('\t').map(str::trim).collect();
            if cells.len() > columns.len() {
                return Err(fault(i + 1, format!("{} cells under {} column names", cells.len(), columns.len())));
            }
            rows.push((i + 1, cells));
        }
        Ok(Table { name: name.into(), columns, rows })
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, 't>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }
}

impl<'t> Row<'_, 't> {
    /// The cell under `column`; empty when the row is shorter or the table has no such column.
    pub fn get(&self, column: &str) -> &'t str {
        self.table.columns.get(column).and_then(|&i| self.cells.get(i)).copied().unwrap_or("")
    }

    /// The cell's parts, separated by `|`, without empty ones.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'t str> {
        self.get(column).split('|').map(str::trim).filter(|p| !p.is_empty())
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
            cell => cell.parse().map(Some).map_err(|e| self.fault(format!("column {column}: {e}"))),
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

    /// An error at this row.
    pub fn fault(&self, problem: String) -> LexiconError {
        LexiconError { table: self.table.name.clone(), line: self.line, problem }
    }
}
