//! Finds the figures of a report: numbers ([`numbers`]), what they count ([`noun`], or [`ellipsis`] where the noun is left out) and in
//! what respect ([`measure`]), who did it ([`parties`]); then what the report repeats ([`repeats`]) and which figures are parts of others ([`parts`]).

mod ellipsis;
mod measure;
mod noun;
mod numbers;
mod parties;
mod parts;
mod quantities;
mod repeats;
mod toll;
mod victims;

pub use quantities::{Quantity, QuantityUnit, quantities};
pub use toll::{Toll, tolls};

use crate::actors::Actors;
use crate::context::Context;
use crate::givers::Givers;
use crate::lexicon::measures::Measures;
use crate::rules::figure as rules;
use crate::tree::Tree;
use crate::{factuality, places, time};
use measure::Measured;
use noun::Phrase;
use numbers::{Number, Unit, numbers};
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Bound, Figure, Id, Measure, Origin, Part, Value, Why};

/// A number on its way to becoming a figure.
struct Draft {
    /// Sentence.
    s: usize,
    number: Number,
    phrase: Phrase,
    measure: Measured,
    /// What is counted, singular; empty until an ellipsis is filled.
    of: String,
}

/// All figures, in reading order, ids given.
pub fn find(ctx: &Context, actors: &mut Actors, givers: &Givers) -> Vec<Figure> {
    let drafts = drafts(ctx);
    let mut figures: Vec<Figure> = drafts.iter().map(|draft| figure(ctx, actors, givers, draft)).collect();
    parts::link(ctx, &drafts, &mut figures);
    let mut figures = repeats::join(ctx, &drafts, figures);
    parts::account(&mut figures);
    figures
}

/// The numbers of the report that count something.
fn drafts(ctx: &Context) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for s in 0..ctx.trees.len() {
        sentence(ctx, s, &mut drafts);
    }
    drafts
}

/// The numbers of sentence `s` that count something.
fn sentence(ctx: &Context, s: usize, drafts: &mut Vec<Draft>) {
    let tree = &ctx.trees[s];
    let measures = &ctx.lexicon.measures;
    for mut number in numbers(tree.text, tree.sentence.span, &ctx.lexicon.amounts) {
        let loose = number.unit == Unit::Thing && number.fraction.is_some();
        if loose || ctx.times.covers(s, number.body) {
            continue;
        }
        // A dash before what is counted is no sign.
        if number.unit == Unit::Thing && number.value.high() < 0.0 {
            number.value = numbers::negative(number.value);
        }
        let Some(phrase) = noun::phrase(tree, &number, measures) else { continue };
        let before = drafts.last().filter(|d: &&Draft| d.s == s && d.number.unit == Unit::Thing);
        let understood = before.and_then(|d| measures.thing(parts::last_word(&d.of)));
        let measure = measure::measure(tree, &phrase, &number, measures, understood);
        let listed = before.filter(|_| !measure.governed && measure.measure == Measure::Count && number.unit == Unit::Thing);
        let measure = listed.and_then(|d| measure::listed(tree, (&d.phrase, &d.measure), &phrase, measures)).unwrap_or(measure);
        let whole = parts::included_in(tree, &phrase, drafts, s).filter(|_| !measure.governed && number.unit == Unit::Thing);
        let measure = match whole {
            Some(whole) if passes_on(&drafts[whole], measures) => {
                Measured { measure: drafts[whole].measure.measure, by: None, governed: true }
            }
            _ => measure,
        };
        let of = match &number.unit {
            Unit::Money(code) => code.clone(),
            Unit::Percent => "percent".to_string(),
            Unit::Thing => match noun::of(tree, &phrase, &number, measures) {
                _ if phrase.group => "member".to_string(),
                Some(of) => of,
                None => number.compound.clone().unwrap_or_default(),
            },
        };
        if number.bound == Bound::Exact && is_estimate(ctx, s, phrase.anchor) {
            number.bound = Bound::About;
        }
        let mut draft = Draft { s, number, phrase, measure, of };
        if draft.of.is_empty() && !ellipsis::fill(ctx, &mut draft, drafts) {
            continue;
        }
        if counts(&draft, measures) {
            drafts.push(draft);
        }
    }
}

/// What was done to the whole was done to its parts, unless it is only what the whole is called (*200 prisoners*).
fn passes_on(whole: &Draft, measures: &Measures) -> bool {
    whole.measure.governed || measures.thing(parts::last_word(&whole.of)).is_some_and(|t| t.is("casualty"))
}

/// *at an estimated cost of $26 million*: the noun that the number stands under says how exact it is.
fn is_estimate(ctx: &Context, s: usize, anchor: usize) -> bool {
    let tree = &ctx.trees[s];
    let head = tree.head(anchor).filter(|_| tree.rel(anchor) == Deprel::Nmod);
    head.is_some_and(|head| {
        tree.children_by(head, &[Deprel::Amod]).any(|m| ctx.lexicon.amounts.bound_before(tree.lower(m)) == Some(Bound::About))
    })
}

/// Leaves out what is written as a number without counting: *one* as a pronoun, *the two sides*, numbers behind nothing.
fn counts(draft: &Draft, measures: &Measures) -> bool {
    let counted = draft.measure.measure != Measure::Count;
    if draft.number.unit != Unit::Thing {
        return true;
    }
    // "One drone hit a warehouse", but "one vote", "one side".
    let weapon = || measures.thing(parts::last_word(&draft.of)).is_some_and(|t| t.is("weapon"));
    if draft.number.one && !counted && !weapon() {
        return false;
    }
    let small = matches!(draft.number.value, Value::One(n) if n <= 12.0) && draft.number.bound == Bound::Exact;
    let known = draft.phrase.definite && !draft.phrase.partitive && small && !draft.measure.governed;
    let nothing = measures.thing(&draft.of.to_lowercase()).is_some_and(|t| t.is("none"));
    !known && !nothing
}

/// The figure of a draft; ids are its place in the list.
fn figure(ctx: &Context, actors: &mut Actors, givers: &Givers, draft: &Draft) -> Figure {
    let tree = &ctx.trees[draft.s];
    let anchor = draft.phrase.anchor;
    let predicate = draft.measure.by.filter(|&by| tree.upos(by) == Upos::Verb).unwrap_or(anchor);
    let by = parties::by(ctx, actors, draft);
    let given_by = givers.of(draft.phrase.span);
    let of = local_money(ctx, actors, draft, &[by.as_slice(), given_by.as_slice()].concat()).unwrap_or_else(|| draft.of.clone());
    Figure {
        value: draft.number.value,
        bound: draft.number.bound,
        of,
        measure: draft.measure.measure,
        span: draft.phrase.span,
        by,
        against: parties::against(ctx, actors, draft),
        date: time::of(ctx, draft.s, anchor),
        place: places::of(ctx, draft.s, anchor),
        factuality: factuality::of(ctx, draft.s, predicate),
        given_by,
        evidence: vec![draft.phrase.span],
        confidence: if draft.measure.governed || draft.phrase.noun.is_some() { 0.8 } else { 0.6 },
        why: why(tree, draft),
        ..Figure::default()
    }
}

/// The table row that said in what respect a figure counts.
pub fn row(ctx: &Context, figure: &Figure) -> Option<Origin> {
    let (s, by) = figure.why.at?;
    let (tree, measures) = (&ctx.trees[s], &ctx.lexicon.measures);
    if figure.why.rule == Some(&rules::MEANT) {
        return noun::thing(tree, by, measures)?.origin;
    }
    let lemma = tree.lemma(by).to_lowercase();
    let longer = tree.children(by).iter().filter(|&&c| c > by).map(|&c| format!("{lemma} {}", tree.lower(c)));
    measures.row(&longer.chain([lemma.clone()]).collect::<Vec<_>>(), figure.measure)
}

/// What said in what respect the number counts.
fn why(tree: &Tree, draft: &Draft) -> Why {
    let rule = match (draft.measure.by, &draft.number.unit) {
        (Some(_), _) if draft.measure.governed => &rules::GOVERNED,
        (Some(_), _) => &rules::MEANT,
        (None, Unit::Money(_)) => &rules::MONEY,
        (None, Unit::Percent) => &rules::SHARE,
        (None, Unit::Thing) => &rules::COUNT,
    };
    let text = draft.measure.by.map_or("number with its noun".into(), |by| format!("measures.tsv: {}", tree.lemma(by)));
    Why::by(rule, text).words(draft.measure.by.map(|by| (draft.s, by)), [(Part::Number, (draft.s, draft.phrase.anchor))])
}

/// A plain *$*, *dollars* or *rupees* is the money of that name of the country whose government or people pay or speak, where it has
/// one of its own.
fn local_money(ctx: &Context, actors: &Actors, draft: &Draft, parties: &[Id]) -> Option<String> {
    let words = ctx.slice(draft.number.body);
    let name = if words.starts_with('$') { "dollar" } else { words.rsplit(' ').next().unwrap_or("").trim_end_matches('s') };
    let plain = words.starts_with('$') || !words.contains(['$', '.']) && ctx.lexicon.amounts.money(name) == Some(draft.of.as_str());
    let countries = parties.iter().filter(|_| plain).filter_map(|id| actors.get(id)?.country.as_deref());
    countries.filter_map(|iso3| ctx.lexicon.amounts.local(iso3, name)).next().map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reader;
    use onrecord_text::Document;

    fn read(text: &str) -> Vec<Figure> {
        Reader::builtin().read(&Document::new("d", text)).figures
    }

    #[test]
    fn parts_of_what_was_launched_and_what_they_leave_open() {
        let figures = read("The army said 90 rockets were fired at the port. Gunners intercepted 70, while 15 crashed.");
        let told: Vec<_> = figures.iter().map(|f| (f.value, f.of.as_str(), f.measure)).collect();
        assert_eq!(told[0], (Value::One(90.0), "rocket", Measure::Launched));
        assert_eq!(told[1], (Value::One(70.0), "rocket", Measure::Intercepted));
        assert_eq!(figures[1].part_of.as_deref(), Some("f1"));
    }

    #[test]
    fn what_counts_nothing_is_left_out() {
        for text in [
            "The two sides met for three days.",
            "One of the ministers left.",
            "Anna Berg, 54, spoke at 10 a.m. on 5 March.",
            "Resolution 1701 was adopted in 2006.",
            "He drove 40 km to the border.",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn the_thing_counted_and_the_measure() {
        let one = |text: &str| read(text).into_iter().map(|f| (f.of, f.measure, f.bound)).collect::<Vec<_>>();
        assert_eq!(one("Police arrested more than 40 protesters."), [("protester".into(), Measure::Detained, Bound::AtLeast)]);
        assert_eq!(one("The flood killed 12 people."), [("person".into(), Measure::Killed, Bound::Exact)]);
        assert_eq!(one("Norway pledged $200 million."), [("USD".into(), Measure::Money, Bound::Exact)]);
    }

    fn told(text: &str) -> Vec<(Value, String, Measure, Option<String>)> {
        read(text).into_iter().map(|f| (f.value, f.of, f.measure, f.part_of)).collect()
    }

    #[test]
    fn parts_have_the_measure_of_their_whole() {
        let figures = told("The blast killed at least 12 people, including three children.");
        assert_eq!(figures[1], (Value::One(3.0), "child".into(), Measure::Killed, Some("f1".into())));
    }

    #[test]
    fn what_is_attacked_with_is_launched() {
        let figures = told("The rebels attacked the port with 40 drones and eight missiles. Gunners shot down 30 drones.");
        let measures: Vec<_> = figures.iter().map(|f| f.2).collect();
        assert_eq!(measures, [Measure::Launched, Measure::Launched, Measure::Intercepted]);
        assert_eq!(figures[2].3.as_deref(), Some("f1"));
    }

    #[test]
    fn tolls_said_of_others_and_of_nobody() {
        assert_eq!(told("The governor put the death toll at 14.")[0].2, Measure::Killed);
        assert_eq!(told("The death toll rose to 31 from 28.").len(), 2);
        let figures = told("The fire left 40 wounded, and two were found dead.");
        assert_eq!(figures[1], (Value::One(2.0), "person".into(), Measure::Killed, None));
        assert_eq!(told("Gunmen wounded a guard and two others.")[0].2, Measure::Injured);
    }

    #[test]
    fn a_bare_number_takes_the_noun_before_it() {
        let figures = told("The court granted 150 applications and refused 87.");
        assert_eq!(figures[1].1, "application");
        let figures = told("Jets flew 26 strikes: 15 in the north and 11 in the south.");
        assert_eq!(figures.iter().map(|f| f.1.as_str()).collect::<Vec<_>>(), ["strike"; 3]);
        assert_eq!(figures[2].3.as_deref(), Some("f1"));
    }
}
