//! `onrecord sql`.

use super::cli_decide::Sql;
use super::table::Printer;
use super::{ask, format, out};
use anyhow::Result;
use onrecord_store::{Answer, Cell};
use serde_json::Value;
use std::time::Duration;

/// The views with their columns, as rows.
const VIEWS: [(&str, &str); 8] = [
    ("event", "id, type, since, until, place, country, factuality, reports"),
    ("statement", "id, act, since, until, factuality, reports"),
    ("position", "id, since, until, moves, reports"),
    ("actor", "id, name, kind, country, reports"),
    ("telling", "kind, id, report, published, outlet, record, type, since, until, place, country, factuality, thing"),
    ("party", "kind, id, report, record, role, actor"),
    ("called", "id, name, times"),
    ("report", "id, published, outlet, title, url, language, version, added"),
];

pub fn run(sql: &Sql) -> Result<()> {
    let format = format(sql.format);
    let store = ask::open(&sql.db)?;
    let mut out = out();
    let Some(query) = &sql.query else {
        let rows = VIEWS.map(|(view, columns)| vec![view.into(), columns.into()]);
        return Printer::print(&mut out, &["view", "columns"], rows, format);
    };
    let timeout = (sql.timeout > 0).then(|| Duration::from_secs(sql.timeout));
    // Begun with the columns, which come first.
    let (mut printer, mut out) = (None, Some(&mut out));
    store.sql::<anyhow::Error>(query, timeout, |answer| match (answer, &mut printer) {
        (Answer::Columns(columns), _) => {
            if let Some(out) = out.take() {
                printer = Some(Printer::new(out, columns, format)?);
            }
            Ok(())
        }
        (Answer::Row(cells), Some(printer)) => printer.row(cells.into_iter().map(value).collect()),
        (Answer::Row(_), None) => Ok(()),
    })?;
    printer.map_or(Ok(()), Printer::end)
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Int(value) => value.into(),
        Cell::Real(value) => value.into(),
        Cell::Text(text) => text.into(),
        Cell::Binary(length) => format!("<binary: {length} bytes>").into(),
    }
}
