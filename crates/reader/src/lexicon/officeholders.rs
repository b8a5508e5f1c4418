//! Who held which office when: what a report takes for known when it writes a bare name.

use super::{Layers, LexiconError, Table};
use jiff::civil::Date;
use onrecord_record::Sector;
use std::collections::HashMap;

/// One office held by one person without a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeHolder {
    /// ISO 3166-1 alpha-3; none for the head of an international organisation.
    pub country: Option<String>,
    /// Name of the organisation headed, as in `organisations.tsv`.
    pub organisation: Option<String>,
    /// PLOVER sector of the office; none where it is the organisation's.
    pub sector: Option<Sector>,
    from: Month,
    /// None while the office is held.
    to: Option<Month>,
}

/// Months since the year 0.
type Month = i32;

/// How long after the end of an office a surname alone still means the person who held it, in months.
const SURNAME_LASTS: Month = 24;

/// What the table says of a name at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'l> {
    /// The office.
    pub office: &'l OfficeHolder,
    /// The office was over.
    pub former: bool,
}

/// The table `officeholders.tsv`.
#[derive(Default)]
pub struct OfficeHolders {
    all: Vec<OfficeHolder>,
    by_name: HashMap<String, Vec<usize>>,
}

impl OfficeHolders {
    /// Reads the table.
    ///
    /// # Errors
    /// When a name or a date is missing, a date is none, an office ends before it begins, a sector is not on its list, or a row
    /// has neither a country nor an organisation.
    pub fn parse(text: Layers) -> Result<Self, LexiconError> {
        let table = Table::parse("officeholders.tsv", text)?;
        let mut holders = OfficeHolders::default();
        for row in table.rows() {
            let month = |column, last| match row.get(column) {
                "" => Ok(None),
                cell => month(cell, last).map(Some).ok_or_else(|| {
                    row.fault(format!("column {column}: {cell:?} is neither a year nor a year and month (2014-07)"))
                }),
            };
            let cell = |column| Some(row.get(column)).filter(|c| !c.is_empty()).map(str::to_owned);
            let from = month("from", 1)?.ok_or_else(|| row.fault("column from is empty".into()))?;
            let to = month("to", 12)?;
            if to.is_some_and(|to| to < from) {
                return Err(row.fault("the office ends before it begins".into()));
            }
            month("source_year", 1)?.ok_or_else(|| row.fault("column source_year is empty".into()))?;
            let holder = OfficeHolder {
                country: cell("country"),
                organisation: cell("organisation"),
                sector: row.parsed("role")?,
                from,
                to,
            };
            if holder.country.is_none() && holder.organisation.is_none() {
                return Err(row.fault("a country or an organisation is needed".into()));
            }
            if row.list("name").next().is_none() {
                return Err(row.fault("column name is empty".into()));
            }
            for name in row.list("name") {
                holders.by_name.entry(key(name)).or_default().push(holders.all.len());
            }
            holders.all.push(holder);
        }
        Ok(holders)
    }

    /// Whether somebody of this name stands in the table.
    pub fn knows(&self, name: &str) -> bool {
        self.by_name.contains_key(&key(name))
    }

    /// The office of the person of this name on a day: the one held then, else the last one held before. Without a day, the office
    /// that all rows of the name agree on. A surname alone counts in office and for two years after.
    pub fn at(&self, name: &str, day: Option<Date>) -> Option<Standing<'_>> {
        let key = key(name);
        let rows = self.by_name.get(&key)?.iter().map(|&i| &self.all[i]);
        let Some(day) = day else { return agreed(rows.collect()) };
        let now = Month::from(day.year()) * 12 + Month::from(day.month()) - 1;
        let begun: Vec<&OfficeHolder> = rows.filter(|r| r.from <= now).collect();
        let held = begun.iter().filter(|r| r.to.is_none_or(|to| now <= to)).max_by_key(|r| r.from);
        if let Some(office) = held {
            return Some(Standing { office, former: false });
        }
        let (office, end) = begun.into_iter().filter_map(|r| Some((r, r.to?))).max_by_key(|&(_, end)| end)?;
        let known = key.contains(' ') || now - end <= SURNAME_LASTS;
        known.then_some(Standing { office, former: true })
    }
}

/// One person's offices, when nothing tells the time: the latest, if the country and the sector were always the same.
fn agreed(rows: Vec<&OfficeHolder>) -> Option<Standing<'_>> {
    let office = *rows.iter().max_by_key(|r| r.from)?;
    let same =
        |r: &&OfficeHolder| (&r.country, &r.organisation, r.sector) == (&office.country, &office.organisation, office.sector);
    rows.iter().all(same).then_some(Standing { office, former: false })
}

/// *2014-07*, or a year with the month that stands for it.
fn month(cell: &str, of_year: Month) -> Option<Month> {
    let (year, month) = match cell.split_once('-') {
        Some((year, month)) => (year, month.parse().ok().filter(|m| (1..=12).contains(m))?),
        None => (cell, of_year),
    };
    let year: Month = year.parse().ok().filter(|y| (1900..2200).contains(y))?;
    Some(year * 12 + month - 1)
}

/// Names are compared without case, accents, full stops and the choice of hyphens: *Benítez* is *Benitez*.
fn key(name: &str) -> String {
    let letters = name.to_lowercase();
    let letters: String = letters.chars().filter(|c| !matches!(c, '.' | '\'' | '’' | '‘' | '`')).map(plain).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ə' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ñ' | 'ń' | 'ň' => 'n',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ý' => 'y',
        'ğ' | 'ģ' => 'g',
        'ł' | 'ļ' => 'l',
        'ř' => 'r',
        'ţ' | 'ț' | 'ť' => 't',
        'đ' | 'ď' => 'd',
        'ķ' => 'k',
        '-' | '‐' | '‑' | '–' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    const TABLE: &str = "name\tcountry\torganisation\trole\toffice\tfrom\tto\tsource_year\n\
        Óscar Vidal|Vidal\tARG\t\tGOV\tpresident\t2001\t2005-06\t2006\n\
        Óscar Vidal|Vidal\tARG\t\tLEG\tsenator\t2009-03\t2011-02\t2012\n\
        Lena Mori-Sato\tJPN\t\tGOV\tforeign minister\t2020-09\t\t2021\n\
        Ann Reed\t\tUnited Nations\t\tsecretary-general\t2012\t2016\t2017\n";

    fn standing(name: &str, day: Option<&str>) -> Option<(Option<Sector>, bool)> {
        let holders = OfficeHolders::parse(TABLE.into()).expect("valid");
        holders.at(name, day.map(|d| d.parse().expect("a day"))).map(|s| (s.office.sector, s.former))
    }

    #[test]
    fn an_office_counts_while_it_is_held() {
        assert_eq!(standing("Oscar Vidal", Some("2001-01-01")), Some((Some(Sector::Gov), false)));
        assert_eq!(standing("Óscar Vidal", Some("2005-06-30")), Some((Some(Sector::Gov), false)));
        assert_eq!(standing("Óscar Vidal", Some("2005-07-01")), Some((Some(Sector::Gov), true)));
        assert_eq!(standing("Óscar Vidal", Some("2010-01-01")), Some((Some(Sector::Leg), false)));
        assert_eq!(standing("Óscar Vidal", Some("2000-12-31")), None);
        assert_eq!(standing("Lena Mori Sato", Some("2026-01-01")), Some((Some(Sector::Gov), false)));
    }

    #[test]
    fn a_surname_alone_is_soon_forgotten() {
        assert_eq!(standing("Vidal", Some("2012-02-01")), Some((Some(Sector::Leg), true)));
        assert_eq!(standing("Vidal", Some("2014-02-01")), None);
        assert_eq!(standing("Óscar Vidal", Some("2024-02-01")), Some((Some(Sector::Leg), true)));
    }

    #[test]
    fn without_a_day_only_what_never_changed_counts() {
        assert_eq!(standing("Óscar Vidal", None), None);
        assert_eq!(standing("Lena Mori-Sato", None), Some((Some(Sector::Gov), false)));
        assert_eq!(standing("Ann Reed", None), Some((None, false)));
    }

    #[test]
    fn faults_name_their_line_and_what_is_expected() {
        let fault = |row: &str| {
            let table = format!("name\tcountry\torganisation\trole\toffice\tfrom\tto\tsource_year\n{row}\n");
            OfficeHolders::parse(table.as_str().into()).err().map(|e| e.to_string()).unwrap_or_default()
        };
        assert!(fault("A B\tARG\t\tGOV\tpresident\t2005\t2004\t2006").contains("line 2: the office ends before it begins"));
        assert!(fault("A B\tARG\t\tGOV\tpresident\t2005-13\t\t2006").contains("neither a year nor a year and month"));
        assert!(fault("A B\t\t\tGOV\tpresident\t2005\t\t2006").contains("a country or an organisation"));
        assert!(fault("A B\tARG\t\tKING\tpresident\t2005\t\t2006").contains("column role"));
        assert!(fault("\tARG\t\tGOV\tpresident\t2005\t\t2006").contains("column name"));
    }

    #[test]
    fn every_row_names_a_known_country_or_organisation() {
        let lexicon = Lexicon::builtin();
        for holder in &lexicon.officeholders.all {
            let country = holder.country.as_deref().is_none_or(|code| lexicon.countries.by_code(code).is_some());
            let body = holder.organisation.as_deref().is_none_or(|name| lexicon.organisations.get(name).is_some());
            assert!(country && body, "{holder:?}");
        }
    }
}
