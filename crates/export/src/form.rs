//! The forms, and how one is fed.

use crate::arrow_tables::{Batches, Parquet, Stream};
use crate::error::ExportError;
use crate::known::{Fetch, Known};
use crate::sheet::Commas;
use crate::tables::Tables;
use crate::tally::Tally;
use crate::{acled, brief, claims, gdelt, gdelt_mentions, geojson, ninjs, polecat, ucdp, webanno};
use onrecord_account::Line;
use std::io::{self, Write};

/// Where bytes go: gives the file of a name. Forms of one file ask once, by no name.
pub type Open<'a> = Box<dyn FnMut(&str) -> io::Result<Box<dyn Write + 'a>> + 'a>;

/// What other programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Seven tables, `documents.csv` to `statements.csv`.
    Csv,
    /// The same seven, typed and nested.
    Parquet,
    /// The same seven as streams of Arrow (IPC).
    Arrow,
    /// A map: events with coordinates.
    GeoJson,
    /// GDELT 2.0 events: 61 columns, no header.
    Gdelt,
    /// GDELT 2.0 mentions: 16 columns, no header.
    GdeltMentions,
    /// POLECAT: 40 columns.
    Polecat,
    /// Columns and codes of ACLED, ours at the end.
    AcledLike,
    /// Columns and codes of UCDP GED, ours at the end.
    UcdpLike,
    /// W3C Web Annotations.
    WebAnno,
    /// schema.org Claims and Quotations.
    Claims,
    /// ninjs 3.1, a report a line.
    Ninjs,
    /// A brief in Markdown.
    Md,
}

impl Form {
    /// Whether it is many files, for a folder.
    pub fn is_folder(self) -> bool {
        matches!(self, Form::Csv | Form::Parquet | Form::Arrow)
    }
}

/// How one form is written.
pub(crate) trait Format {
    /// Takes one line. `series` are the series of an event; of other lines there are none. Series come again as lines of their own.
    fn line(&mut self, line: &Line, series: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError>;

    /// Writes what comes last.
    fn end(&mut self, tally: &mut Tally) -> Result<(), ExportError>;
}

/// An export under way.
pub struct Export<'a> {
    format: Box<dyn Format + 'a>,
    known: Known<'a>,
    tally: Tally,
    /// The event whose series are still coming.
    event: Option<(Line, Vec<Line>)>,
}

impl<'a> Export<'a> {
    /// Begins. `fetch` gives reports by id.
    ///
    /// # Errors
    /// When what comes first cannot be written.
    pub fn new(form: Form, mut open: Open<'a>, fetch: Fetch<'a>) -> Result<Self, ExportError> {
        let format: Box<dyn Format + 'a> = match form {
            Form::Csv => Box::new(Tables::<Commas>::new(open, None)?),
            Form::Parquet => Box::new(Tables::<Batches<Parquet>>::new(open, None)?),
            Form::Arrow => Box::new(Tables::<Batches<Stream>>::new(open, None)?),
            Form::GeoJson => Box::new(geojson::Map::new(open("")?)?),
            Form::Gdelt => Box::new(gdelt::Events::new(open("")?)),
            Form::GdeltMentions => Box::new(gdelt_mentions::Mentions::new(open("")?)),
            Form::Polecat => Box::new(polecat::Events::new(open("")?)?),
            Form::AcledLike => Box::new(acled::Events::new(open("")?)?),
            Form::UcdpLike => Box::new(ucdp::Events::new(open("")?)?),
            Form::WebAnno => Box::new(webanno::Page::new(open("")?)?),
            Form::Claims => Box::new(claims::Graph::new(open("")?)?),
            Form::Ninjs => Box::new(ninjs::Items::new(open("")?)),
            Form::Md => Box::new(brief::Brief::new(open("")?)?),
        };
        Ok(Export { format, known: Known::new(fetch), tally: Tally::default(), event: None })
    }

    /// One of the seven tables (`documents`, `actors`, `events`, `mentions`, `figures`, `positions`, `statements`) as a stream of Arrow.
    ///
    /// # Errors
    /// As [`Export::new`].
    pub fn table(table: &str, out: Box<dyn Write + 'a>, fetch: Fetch<'a>) -> Result<Self, ExportError> {
        let mut out = Some(out);
        let open: Open<'a> = Box::new(move |_| out.take().ok_or_else(|| io::Error::other("one table asked for two files")));
        let format = Box::new(Tables::<Batches<Stream>>::new(open, Some(table))?);
        Ok(Export { format, known: Known::new(fetch), tally: Tally::default(), event: None })
    }

    /// Takes the next line. The series of an event stand right behind it.
    ///
    /// # Errors
    /// When it cannot be written, or the report it tells of cannot be had.
    pub fn take(&mut self, line: Line) -> Result<(), ExportError> {
        *self.tally.read.entry(kind(&line)).or_default() += 1;
        if let (Some((event, series)), Line::Figure { event: Some(of), .. }) = (&mut self.event, &line)
            && event.id() == of
        {
            series.push(line);
            return Ok(());
        }
        self.release()?;
        match line {
            Line::Event { .. } => self.event = Some((line, Vec::new())),
            other => {
                self.known.meet(&other);
                self.format.line(&other, &[], &mut self.known, &mut self.tally)?;
            }
        }
        Ok(())
    }

    /// Writes what comes last, and says what was done.
    ///
    /// # Errors
    /// As [`Export::take`].
    pub fn end(mut self) -> Result<Tally, ExportError> {
        self.release()?;
        self.format.end(&mut self.tally)?;
        Ok(self.tally)
    }

    fn release(&mut self) -> Result<(), ExportError> {
        let Some((event, series)) = self.event.take() else { return Ok(()) };
        self.format.line(&event, &series, &mut self.known, &mut self.tally)?;
        series.iter().try_for_each(|line| self.format.line(line, &[], &mut self.known, &mut self.tally))
    }
}

fn kind(line: &Line) -> &'static str {
    match line {
        Line::Document { .. } => "documents",
        Line::Actor { .. } => "actors",
        Line::Event { .. } => "events",
        Line::Figure { .. } => "figures",
        Line::Position { .. } => "positions",
        Line::Statement { .. } => "statements",
    }
}
