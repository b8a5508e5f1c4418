//! The seven tables of the account: which rows a line gives, whatever they are written as. A table that is not wanted is not there.

use crate::columns::{Row, Table};
use crate::error::ExportError;
use crate::form::{Format, Open};
use crate::known::Known;
use crate::occurrence::Occurrence;
use crate::rows::{Counted, Filed, Mention, Party, Said, Step};
use crate::tally::Tally;
use onrecord_account::{Line, Related};

/// Seven tables, each written as a `T`.
pub struct Tables<T> {
    documents: Option<T>,
    actors: Option<T>,
    events: Option<T>,
    mentions: Option<T>,
    figures: Option<T>,
    positions: Option<T>,
    statements: Option<T>,
}

impl<'a, T: Table<'a>> Tables<T> {
    /// Begins them all, so that what an account lacks is an empty table; or only the `wanted` one.
    pub fn new(mut open: Open<'a>, wanted: Option<&str>) -> Result<Self, ExportError> {
        Ok(Tables {
            documents: begun::<Filed, T>(&mut open, wanted)?,
            actors: begun::<Party, T>(&mut open, wanted)?,
            events: begun::<Occurrence, T>(&mut open, wanted)?,
            mentions: begun::<Mention, T>(&mut open, wanted)?,
            figures: begun::<Counted, T>(&mut open, wanted)?,
            positions: begun::<Step, T>(&mut open, wanted)?,
            statements: begun::<Said, T>(&mut open, wanted)?,
        })
    }
}

impl<'a, T: Table<'a>> Format for Tables<T> {
    fn line(&mut self, line: &Line, series: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        match line {
            Line::Document { id, outlet, published, title, url, copy_of } => {
                put(&mut self.documents, &Filed { id, outlet, published, title, url, copy_of }, tally)?;
            }
            Line::Actor { id, name, aliases, actor_kind, country, sector, roles, documents, .. } => {
                let (kind, sector) = (*actor_kind, *sector);
                put(&mut self.actors, &Party { id, name, aliases, kind, country, sector, roles, documents }, tally)?;
            }
            Line::Event { id, reports, .. } => {
                if let Some(event) = Occurrence::of(line, series) {
                    put(&mut self.events, &event, tally)?;
                }
                for telling in self.mentions.is_some().then_some(reports).into_iter().flatten() {
                    let report = known.report(&telling.document)?;
                    let evidence = report.passages(&telling.evidence);
                    put(&mut self.mentions, &Mention { event: id, telling, report, evidence }, tally)?;
                }
            }
            Line::Figure { id, event, measure, of, series, relations } => {
                for (i, told) in self.figures.is_some().then_some(series).into_iter().flatten().enumerate() {
                    let (report, relations) = (known.report(&told.document)?, to_earlier(relations, i));
                    let row = Counted { id, event, measure: *measure, of, nth: i + 1, told, report, relations };
                    put(&mut self.figures, &row, tally)?;
                }
            }
            Line::Position { id, holder, issue, history } => {
                for (i, taken) in self.positions.is_some().then_some(history).into_iter().flatten().enumerate() {
                    let report = known.report(&taken.document)?;
                    put(&mut self.positions, &Step { id, holder, issue, nth: i + 1, taken, report }, tally)?;
                }
            }
            Line::Statement { id, speaker, act, appearances } => {
                for appearance in self.statements.is_some().then_some(appearances).into_iter().flatten() {
                    let content = known.report(&appearance.document)?.passages(&appearance.content);
                    put(&mut self.statements, &Said { id, speaker, act: act.as_str(), appearance, content }, tally)?;
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        let Tables { documents, actors, events, mentions, figures, positions, statements } = self;
        [documents, actors, events, mentions, figures, positions, statements].into_iter().flatten().try_for_each(T::end)
    }
}

fn begun<'a, 'l, R: Row<'l>, T: Table<'a>>(open: &mut Open<'a>, wanted: Option<&str>) -> Result<Option<T>, ExportError> {
    if wanted.is_some_and(|wanted| wanted != R::TABLE) {
        return Ok(None);
    }
    T::new::<R>(open(&format!("{}.{}", R::TABLE, T::ENDING))?).map(Some)
}

fn put<'a, 'l, R: Row<'l>>(table: &mut Option<impl Table<'a>>, row: &R, tally: &mut Tally) -> Result<(), ExportError> {
    if let Some(table) = table {
        table.row(row)?;
        tally.wrote(R::ROWS);
    }
    Ok(())
}

/// How the value at `i` stands to those before it in the series.
fn to_earlier(relations: &[Related], i: usize) -> Vec<(String, usize)> {
    let of = relations.iter().filter(|r| r.a.max(r.b) == i);
    of.map(|r| (format!("{:?}", r.is).to_lowercase(), r.a.min(r.b) + 1)).collect()
}
