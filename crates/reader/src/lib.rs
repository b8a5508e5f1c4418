//! Reads a report: [`Document`] in, [`Record`] out.
//!
//! The steps, each a module with one entry point: [`context`] (trees, quotations, headline) → [`actors`] (who is named where) →
//! [`statements`] → [`figures`], [`positions`], [`events`] (each asks [`givers`] whose words a passage is) → [`assemble`].
//! Knowledge about words lives in the tables of `lexicon/` ([`lexicon`]); the modules know constructions, never single words.

mod actors;
mod assemble;
mod attach;
mod context;
mod events;
mod explain;
mod factuality;
mod figures;
mod givers;
#[cfg(test)]
mod handmade;
mod lexicon;
mod mended;
mod places;
mod positions;
pub mod rules;
mod scan;
mod statements;
mod time;
mod tree;

pub use actors::{ActorPhrase, Cast, Party};
pub use context::Attribution;
pub use figures::{Quantity, QuantityUnit, Toll};
pub use lexicon::{AttributionModel, Lexicon, LexiconError, OwnTable, Schema, TABLES};
pub use statements::{Candidate, Candidates};
pub use time::{TimeExpression, TimeKind};

use onrecord_language::{Analysis, Engine};
use onrecord_record::{Explanation, Place, Record};
use onrecord_text::{Document, Span};

/// Engine and lexicon, ready to read any number of reports; shared between threads by reference.
pub struct Reader {
    engine: Engine,
    lexicon: Lexicon,
    attribution: Attribution,
}

impl Reader {
    /// The reader with the model and the tables it was built with.
    pub fn builtin() -> Self {
        Self::with_lexicon(Lexicon::builtin())
    }

    /// The learnt files this program was built with: their names in this repository, and their bytes.
    pub fn learnt() -> Vec<(&'static str, &'static [u8])> {
        let attribution = lexicon::attribution::BUILTIN.map(|bytes| ("attribution.bin", bytes));
        let always = [("english.bin", Engine::model()), ("places.bin", lexicon::gazetteer::BUILTIN)];
        always.into_iter().chain(attribution).collect()
    }

    /// The reader with the model it was built with and these tables.
    pub fn with_lexicon(lexicon: Lexicon) -> Self {
        Reader { engine: Engine::builtin(), lexicon, attribution: Attribution::default() }
    }

    /// The record of one report. Never fails: what could not be read is said in the record's diagnostics.
    ///
    /// ```
    /// use onrecord_reader::Reader;
    /// use onrecord_text::Document;
    /// let document = Document::new("d1", "The army said on Monday that rebels had killed at least twelve soldiers.");
    /// let record = Reader::builtin().read(&document);
    /// assert_eq!(document.slice(record.statements[0].content[0]), "rebels had killed at least twelve soldiers");
    /// assert_eq!(document.slice(record.figures[0].span), "at least twelve soldiers");
    /// assert_eq!(record.figures[0].given_by, record.statements[0].speaker);
    /// ```
    pub fn read(&self, document: &Document) -> Record {
        self.read_analysed(document, &self.engine.analyse(&document.text))
    }

    /// This reader, finding more or fewer statements.
    ///
    /// ```
    /// use onrecord_reader::{Attribution, Reader};
    /// use onrecord_text::Document;
    /// let document = Document::new("d1", "Voters in the north hope for lower taxes.");
    /// let all = Reader::builtin().attributing(Attribution::Every).read(&document).statements;
    /// let listed = Reader::builtin().attributing(Attribution::Listed).read(&document).statements;
    /// assert!(listed.len() <= all.len());
    /// ```
    #[must_use]
    pub fn attributing(mut self, attribution: Attribution) -> Self {
        self.attribution = attribution;
        self
    }

    /// This reader with another model of attributions.
    #[must_use]
    pub fn with_attribution_model(mut self, model: AttributionModel) -> Self {
        self.lexicon.attribution = Some(model);
        self
    }

    /// What the model of attributions chooses from in this report; it is learnt from these.
    pub fn candidates(&self, document: &Document) -> Candidates {
        let analysis = self.engine.analyse(&document.text);
        statements::candidates(&context::Context::new(document, &analysis, &self.lexicon))
    }

    /// Usual English name of the country with this ISO 3166-1 alpha-3 code.
    pub fn country_name(&self, iso3: &str) -> Option<&str> {
        self.lexicon.countries.by_code(iso3).map(|country| country.name.as_str())
    }

    /// Every phrase in the report that names somebody, with who it is. A phrase alone is a report of one phrase.
    ///
    /// ```
    /// use onrecord_reader::Reader;
    /// use onrecord_text::Document;
    /// let cast = Reader::builtin().actors(&Document::new("d1", "Dutch and Danish soldiers left the port."));
    /// let countries: Vec<_> = cast.phrases[0].parties.iter().filter_map(|p| cast.actor(&p.actor)?.country.as_deref()).collect();
    /// assert_eq!(countries, ["NLD", "DNK"]);
    /// ```
    pub fn actors(&self, document: &Document) -> Cast {
        let analysis = self.engine.analyse(&document.text);
        let ctx = context::Context::new(document, &analysis, &self.lexicon);
        actors::Actors::find(&ctx).cast(&ctx)
    }

    /// Every name of a place in the report, with its place on the map where that is known.
    pub fn places(&self, document: &Document) -> Vec<(Span, Place)> {
        let analysis = self.engine.analyse(&document.text);
        let ctx = context::Context::new(document, &analysis, &self.lexicon);
        places::all(&ctx)
    }

    /// Every time that the report names, with its value in TIMEX3.
    ///
    /// ```
    /// use onrecord_reader::Reader;
    /// use onrecord_text::Document;
    /// let mut document = Document::new("d1", "Talks broke down on Sunday after three weeks.");
    /// let values = |d: &Document| Reader::builtin().times(d).into_iter().map(|t| t.value).collect::<Vec<_>>();
    /// // On which Sunday depends on a day that nobody has told yet.
    /// assert_eq!(values(&document), ["XXXX-WXX-7", "P3W"]);
    /// document.published = Some("2015-05-07".parse().unwrap());
    /// assert_eq!(values(&document), ["2015-05-03", "P3W"]);
    /// ```
    pub fn times(&self, document: &Document) -> Vec<TimeExpression> {
        let analysis = self.engine.analyse(&document.text);
        context::Context::new(document, &analysis, &self.lexicon).times.all().collect()
    }

    /// Every number in the report with its unit and how exact it is put, whether it counts something that happened or not.
    ///
    /// ```
    /// use onrecord_reader::{QuantityUnit, Reader};
    /// use onrecord_text::Document;
    /// let document = Document::new("d1", "The bridge cost at least $2.5 million.");
    /// let quantities = Reader::builtin().quantities(&document);
    /// assert_eq!(document.slice(quantities[0].span), "at least $2.5 million");
    /// assert_eq!(quantities[0].unit, QuantityUnit::Money("USD".into()));
    /// ```
    pub fn quantities(&self, document: &Document) -> Vec<Quantity> {
        let analysis = self.engine.analyse(&document.text);
        figures::quantities(&context::Context::new(document, &analysis, &self.lexicon))
    }

    /// How many people the report as a whole says were killed, injured, detained and so on, those named without a number included.
    ///
    /// ```
    /// use onrecord_reader::Reader;
    /// use onrecord_text::Document;
    /// let document = Document::new("d1", "Police arrested a gang leader and two other men on Monday. The leader was arrested at home.");
    /// let tolls = Reader::builtin().tolls(&document);
    /// assert_eq!(tolls[0].counted, 3.0);
    /// ```
    pub fn tolls(&self, document: &Document) -> Vec<Toll> {
        let analysis = self.engine.analyse(&document.text);
        figures::tolls(&context::Context::new(document, &analysis, &self.lexicon))
    }

    /// As [`Reader::read`], for a text that was analysed before.
    pub fn read_analysed(&self, document: &Document, analysis: &Analysis) -> Record {
        self.record(&self.context(document, analysis))
    }

    /// The record of one report, and for each statement, event, position and figure what decided.
    ///
    /// ```
    /// use onrecord_reader::Reader;
    /// use onrecord_text::Document;
    /// let document = Document::new("d1", "Russian forces shelled Kharkiv on Monday.");
    /// let (record, explanations) = Reader::builtin().explain(&document);
    /// assert_eq!(explanations[0].id, record.events[0].id);
    /// assert_eq!(explanations[0].rules, ["event.verb"]);
    /// assert_eq!(explanations[0].row.unwrap().table, "events.tsv");
    /// ```
    pub fn explain(&self, document: &Document) -> (Record, Vec<Explanation>) {
        let analysis = self.engine.analyse(&document.text);
        let ctx = self.context(document, &analysis);
        let record = self.record(&ctx);
        let explanations = explain::all(&ctx, &record);
        (record, explanations)
    }

    fn context<'a>(&'a self, document: &'a Document, analysis: &'a Analysis) -> context::Context<'a> {
        let mut ctx = context::Context::new(document, analysis, &self.lexicon);
        ctx.attribution = self.attribution;
        ctx
    }

    fn record(&self, ctx: &context::Context) -> Record {
        let mut actors = actors::Actors::find(ctx);
        let statements = statements::find(ctx, &mut actors);
        actors.listen(ctx, &statements);
        let givers = givers::Givers::new(ctx, &statements);
        let figures = figures::find(ctx, &mut actors, &givers);
        let positions = positions::find(ctx, &mut actors, &givers, &statements);
        let events = events::find(ctx, &mut actors, &givers, &statements);
        let record = Record { statements, events, positions, figures, ..Record::default() };
        assemble::finish(ctx, actors, record)
    }
}
