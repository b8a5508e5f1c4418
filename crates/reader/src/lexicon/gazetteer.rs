//! The gazetteer: countries, their divisions and towns with their places on the map, from GeoNames (see `tools/gazetteer.py`).

const HEAD: usize = 8 + 12;
const ROW: usize = 20;

/// What a row of the gazetteer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A town.
    Town,
    /// A first-level division: state, province, oblast.
    Division,
    /// A country.
    Country,
}

/// A place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// GeoNames id; none for divisions whose id the source lacks.
    pub id: Option<u32>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How many live there.
    pub people: u32,
    /// Number of its first-level division, unique over all countries; 0 when unknown.
    pub division: u16,
    /// ISO 3166-1 alpha-3.
    pub country: &'static str,
    /// What it is.
    pub class: Class,
    /// It was found by another name than its usual one.
    pub other_name: bool,
}

/// The file this program was built with.
pub(crate) static BUILTIN: &[u8] = include_bytes!("../../model/places.bin");

/// Looks places up by name, without reading the file first.
#[derive(Clone, Copy, Debug)]
pub struct Gazetteer {
    countries: &'static str,
    rows: &'static [u8],
    keys: &'static [u8],
}

impl Gazetteer {
    /// The one this program was built with.
    pub fn builtin() -> Self {
        Self::new(BUILTIN).expect("the file is part of the program")
    }

    /// A gazetteer over a file's bytes; none when their lengths do not fit.
    pub fn new(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(b"ORPLACES")?;
        let count = |i: usize| Some(u32::from_le_bytes(rest.get(i * 4..i * 4 + 4)?.try_into().ok()?) as usize);
        let (countries, rows, keys) = (count(0)?, count(1)?, count(2)?);
        let at_rows = HEAD + 3 * countries;
        let at_keys = at_rows + ROW * rows;
        (bytes.len() == at_keys + 8 * keys).then_some(())?;
        let countries = std::str::from_utf8(&bytes[HEAD..at_rows]).ok()?;
        Some(Gazetteer { countries, rows: &bytes[at_rows..at_keys], keys: &bytes[at_keys..] })
    }

    fn key(&self, i: usize) -> u64 {
        u64::from_le_bytes(self.keys[i * 8..i * 8 + 8].try_into().expect("eight bytes"))
    }

    /// Every place of this name, whatever its capitals; usual names before other ones.
    pub fn find(&self, name: &str) -> Vec<Spot> {
        let hash = hash(name);
        let (mut low, mut high) = (0, self.keys.len() / 8);
        while low < high {
            let middle = low.midpoint(high);
            if self.key(middle) >> 24 < hash { low = middle + 1 } else { high = middle }
        }
        let same = (low..self.keys.len() / 8).map(|i| self.key(i)).take_while(|key| key >> 24 == hash);
        same.map(|key| self.spot((key & 0x7f_ffff) as usize, key & 0x80_0000 != 0)).collect()
    }

    fn spot(&self, row: usize, other_name: bool) -> Spot {
        let row = &self.rows[row * ROW..(row + 1) * ROW];
        let four = |at: usize| -> [u8; 4] { row[at..at + 4].try_into().expect("four bytes") };
        let degrees = |at: usize| f64::from(i32::from_le_bytes(four(at))) / 1e4;
        let country = usize::from(row[18]) * 3;
        Spot {
            id: Some(u32::from_le_bytes(four(0))).filter(|id| *id != 0),
            lat: degrees(4),
            lon: degrees(8),
            people: u32::from_le_bytes(four(12)),
            division: u16::from_le_bytes([row[16], row[17]]),
            country: &self.countries[country..country + 3],
            class: match row[19] {
                0 => Class::Town,
                1 => Class::Division,
                _ => Class::Country,
            },
            other_name,
        }
    }
}

/// 40 bits of FNV-1a over the lower-cased name, as the tool makes them.
fn hash(name: &str) -> u64 {
    let lower = name.to_lowercase().replace('’', "'");
    let mut h = lower.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    h ^= h >> 32;
    h.wrapping_mul(0xd6e8_feb8_6659_fd93) >> 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_by_name() {
        let gazetteer = Gazetteer::builtin();
        let largest = |name: &str| gazetteer.find(name).into_iter().max_by_key(|s| s.people).unwrap();
        let kyiv = largest("Kyiv");
        assert_eq!((kyiv.country, kyiv.id, kyiv.lat.round()), ("UKR", Some(703_448), 50.0));
        assert!(gazetteer.find("Paris").len() > 1);
        assert_eq!(largest("Calif.").class, Class::Division);
        assert!(gazetteer.find("Nowhere Hill").is_empty());
        assert!(Gazetteer::new(b"ORPLACES").is_none());
    }
}
