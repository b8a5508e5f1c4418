//! Number words, words of exactness, money and units.

use super::table::{Layers, LexiconError, Table};
use onrecord_record::Bound;
use std::collections::{HashMap, HashSet};

/// How a number word combines with its neighbours (`lexicon/numbers.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the table documents its classes
pub enum NumberClass {
    Unit,
    Teen,
    Tens,
    Hundred,
    Scale,
    Dozen,
    Vague,
    Some,
    Part,
    Mark,
}

impl std::str::FromStr for NumberClass {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "unit" => Self::Unit,
            "teen" => Self::Teen,
            "tens" => Self::Tens,
            "hundred" => Self::Hundred,
            "scale" => Self::Scale,
            "dozen" => Self::Dozen,
            "vague" => Self::Vague,
            "some" => Self::Some,
            "part" => Self::Part,
            "mark" => Self::Mark,
            _ => return Err("none of unit, teen, tens, hundred, scale, dozen, vague, some, part, mark".into()),
        })
    }
}

/// A word that makes numbers.
#[derive(Clone, Copy, Debug)]
pub struct NumberWord {
    /// How it combines.
    pub class: NumberClass,
    /// Lowest value meant.
    pub low: f64,
    /// Highest value meant.
    pub high: f64,
}

/// A unit of measurement (`lexicon/units.tsv`).
#[derive(Debug)]
pub struct UnitWord {
    /// Its name, singular.
    pub name: String,
    /// Written as a short form (*km*), which may touch its digits.
    pub short: bool,
}

/// Number words, words of exactness, money and units.
pub struct Amounts {
    numbers: HashMap<(String, bool), NumberWord>,
    before: HashMap<String, Bound>,
    after: HashMap<String, Bound>,
    signs: HashMap<String, String>,
    /// Words that between *from* and *to* mean a change.
    change: HashSet<String>,
    money: HashMap<String, String>,
    /// Words for the hundredth part of a currency.
    hundredths: HashMap<String, String>,
    units: HashMap<String, UnitWord>,
    /// Country → code of its money, where the plain name alone means another.
    local: HashMap<String, String>,
}

/// Most words of one phrase in `bounds.tsv` or `currencies.tsv`.
pub const LONGEST_PHRASE: usize = 6;

impl Amounts {
    /// Reads the four tables.
    ///
    /// # Errors
    /// When a class, bound or number is not one.
    pub fn parse(numbers: Layers, bounds: Layers, currencies: Layers, units: Layers) -> Result<Self, LexiconError> {
        let mut amounts = Amounts {
            numbers: HashMap::new(),
            before: HashMap::new(),
            after: HashMap::new(),
            signs: HashMap::new(),
            change: HashSet::new(),
            money: HashMap::new(),
            hundredths: HashMap::new(),
            units: HashMap::new(),
            local: HashMap::new(),
        };
        for row in Table::parse("numbers.tsv", numbers)?.rows() {
            let class = row.parsed("class")?.ok_or_else(|| row.fault("no class".into()))?;
            let low = row.parsed("low")?.ok_or_else(|| row.fault("no value".into()))?;
            let high = row.parsed("high")?.unwrap_or(low);
            amounts.numbers.insert((row.get("word").into(), class == NumberClass::Mark), NumberWord { class, low, high });
        }
        for row in Table::parse("bounds.tsv", bounds)?.rows() {
            let bound = row.parsed("bound")?.ok_or_else(|| row.fault("no bound".into()))?;
            let side = match row.get("side") {
                "before" => &mut amounts.before,
                "after" => &mut amounts.after,
                "change" => {
                    amounts.change.insert(row.get("words").into());
                    continue;
                }
                other => return Err(row.fault(format!("side {other:?} is none of before, after, change"))),
            };
            side.insert(row.get("words").into(), bound);
        }
        for row in Table::parse("currencies.tsv", currencies)?.rows() {
            let code = row.get("code").to_string();
            for sign in row.list("signs") {
                amounts.signs.insert(sign.into(), code.clone());
            }
            for word in row.list("words") {
                amounts.money.insert(word.into(), code.clone());
            }
            for word in row.list("hundredths") {
                amounts.hundredths.insert(word.into(), code.clone());
            }
            if !row.get("country").is_empty() {
                amounts.local.insert(row.get("country").into(), code);
            }
        }
        for row in Table::parse("units.tsv", units)?.rows() {
            let name = row.get("unit");
            for word in row.list("words") {
                let short = word.len() <= 4 && !name.starts_with(word);
                amounts.units.insert(word.into(), UnitWord { name: name.into(), short });
            }
        }
        Ok(amounts)
    }

    /// The number word `lower`, not one that only stands behind digits.
    pub fn word(&self, lower: &str) -> Option<NumberWord> {
        self.numbers.get(&(lower.to_string(), false)).copied()
    }

    /// What letters right behind digits multiply by (*24K*).
    pub fn mark(&self, lower: &str) -> Option<f64> {
        self.numbers.get(&(lower.to_string(), true)).map(|w| w.low)
    }

    /// How exact a number is put by the words in front of it.
    pub fn bound_before(&self, words: &str) -> Option<Bound> {
        self.before.get(words).copied()
    }

    /// How exact a number is put by the words behind it.
    pub fn bound_after(&self, words: &str) -> Option<Bound> {
        self.after.get(words).copied()
    }

    /// The currency of a sign or code as written (*$*, *NZ$*, *EUR*).
    pub fn sign(&self, written: &str) -> Option<&str> {
        self.signs.get(written).map(String::as_str)
    }

    /// The currency of a word in lower case, singular or plural (*euros*, *australian dollars*).
    pub fn money(&self, words: &str) -> Option<&str> {
        self.money.get(words).or_else(|| self.money.get(words.strip_suffix('s')?)).map(String::as_str)
    }

    /// The currency that a word for small coins is the hundredth part of (*cents*, *pence*).
    pub fn hundredth(&self, words: &str) -> Option<&str> {
        self.hundredths.get(words).or_else(|| self.hundredths.get(words.strip_suffix('s')?)).map(String::as_str)
    }

    /// The unit of these words as written or in lower case, singular or plural (*km*, *square metres*, *MW*).
    pub fn unit(&self, written: &str) -> Option<&UnitWord> {
        let lower = written.to_lowercase();
        let singular = || lower.strip_suffix('s').or_else(|| lower.strip_suffix('\''));
        self.units.get(written).or_else(|| self.units.get(&lower)).or_else(|| self.units.get(singular()?))
    }

    /// True for a word beside which *from 20 to 30* is no range.
    pub fn is_change(&self, lower: &str) -> bool {
        self.change.contains(lower)
    }

    /// The money of a country that its people call by this plain name (*dollar*, *rupee*).
    pub fn local(&self, iso3: &str, name: &str) -> Option<&str> {
        let code = self.local.get(iso3)?;
        let named = |(words, of): (&String, &String)| of == code && words.rsplit(' ').next() == Some(name);
        self.money.iter().any(named).then_some(code.as_str())
    }
}
