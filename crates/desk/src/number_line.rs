//! A line of numbers: from where it runs, which numbers stand beneath it, where a value lies.

/// Values that lie closer together than this share of the highest could not be told apart on a line from nought.
const TOO_CLOSE: f64 = 0.06;
/// Numbers beneath a line, about.
const TICKS: f64 = 5.0;

/// A line of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberLine {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Numbers that are written beneath it.
    pub ticks: Vec<f64>,
    /// It does not begin at nought: this must be seen.
    pub broken: bool,
}

impl NumberLine {
    /// For these values. It begins at nought, so that twice as much lies twice as far, unless the values lie so close together that
    /// nobody could tell them apart: then it is broken. A share of a whole (`percent`) is shown within the whole. What is no finite
    /// number is no value.
    pub fn new(values: &[f64], percent: bool) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let lowest = finite().fold(f64::INFINITY, f64::min).min(f64::MAX);
        let highest = finite().fold(f64::NEG_INFINITY, f64::max).max(f64::MIN);
        if lowest > highest {
            return NumberLine { from: 0.0, to: 1.0, ticks: vec![0.0, 1.0], broken: false };
        }
        let spread = highest - lowest;
        let broken = !percent && lowest > 0.0 && spread > 0.0 && spread < TOO_CLOSE * highest;
        let (low, high) = match () {
            () if percent && lowest >= 0.0 && highest <= 100.0 => (0.0, 100.0),
            () if broken => (lowest - spread, highest + spread),
            () => (lowest.min(0.0), highest.max(0.0)),
        };
        // Nobody counts half a person.
        let whole = finite().all(|value| value.fract() == 0.0);
        let step = step((high - low) / TICKS).max(if whole { 1.0 } else { 0.0 });
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        // Of numbers beyond all measure steps can no longer be told apart.
        let count = if (last - first).is_finite() { (last - first).clamp(1.0, 20.0) } else { 1.0 };
        let ticks: Vec<f64> = (0..=count as u32).map(|i| rounded((first + f64::from(i)) * step, step)).collect();
        NumberLine { from: ticks[0], to: ticks[ticks.len() - 1], ticks, broken }
    }

    /// Where a value lies, from 0 to 100.
    pub fn percent(&self, value: f64) -> f64 {
        (100.0 * (value - self.from) / (self.to - self.from)).clamp(0.0, 100.0)
    }
}

/// The next of 1, 2 and 5 with noughts.
fn step(rough: f64) -> f64 {
    if !(rough.is_finite() && rough > 0.0) {
        return 1.0;
    }
    let unit = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().find(|step| step * unit >= rough * 0.999).unwrap_or(10.0);
    step * unit
}

/// Without what binary fractions leave behind.
fn rounded(number: f64, step: f64) -> f64 {
    let digits = (-step.log10().floor()).clamp(0.0, 12.0);
    let unit = 10_f64.powf(digits);
    let rounded = (number * unit).round() / unit;
    if rounded.is_finite() { rounded } else { number }
}

/// A number beneath a line or beside a dot: *1,200*, *3.4m*; shortened only where nothing is lost.
pub fn written(number: f64) -> String {
    const GREAT: [(f64, &str); 3] = [(1e12, "tn"), (1e9, "bn"), (1e6, "m")];
    let short = |(unit, name): &(f64, &str)| {
        let scaled = number / unit;
        let digits = scaled * 100.0;
        (number.abs() >= *unit && digits.fract() == 0.0 && scaled.abs() < 1e6).then(|| format!("{scaled}{name}"))
    };
    match GREAT.iter().find_map(short) {
        Some(short) => short,
        None if number.fract() == 0.0 && (0.0..1e15).contains(&number) => onrecord_export::thousands(number as usize),
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_at_nought_unless_nothing_could_be_seen() {
        let line = NumberLine::new(&[12.0, 15.0], false);
        assert_eq!((line.from, line.to, line.broken), (0.0, 15.0, false));
        assert_eq!(line.ticks, [0.0, 5.0, 10.0, 15.0]);
        assert_eq!(line.percent(12.0), 80.0);
        let close = NumberLine::new(&[25_400.0, 25_450.0], false);
        assert!(close.broken && close.from > 25_000.0 && close.from < 25_400.0, "{close:?}");
        assert!(close.percent(25_450.0) - close.percent(25_400.0) > 20.0);
        assert_eq!(NumberLine::new(&[267.0], false).from, 0.0, "one value has nothing to be told from");
    }

    #[test]
    fn whole_numbers_have_whole_numbers_beneath() {
        assert_eq!(NumberLine::new(&[2.0], false).ticks, [0.0, 1.0, 2.0]);
        assert_eq!(NumberLine::new(&[2.5], false).ticks[1], 0.5);
    }

    #[test]
    fn shares_stand_within_their_whole() {
        let line = NumberLine::new(&[51.0, 52.0], true);
        assert_eq!((line.from, line.to), (0.0, 100.0));
        assert_eq!(NumberLine::new(&[140.0], true).to, 150.0);
    }

    #[test]
    fn odd_numbers_make_a_line_too() {
        for values in [&[][..], &[0.0], &[-3.0, 2.0], &[f64::NAN, 1.0], &[f64::INFINITY], &[1e300, 1.0], &[0.1, 0.3], &[f64::MAX]] {
            let line = NumberLine::new(values, false);
            assert!(line.from < line.to && line.ticks.len() < 22, "{values:?}: {line:?}");
            for &value in values {
                let at = line.percent(value);
                assert!(at.is_nan() || (0.0..=100.0).contains(&at), "{values:?}");
            }
        }
        assert!(NumberLine::new(&[-3.0, 2.0], false).from <= -3.0);
        assert_eq!(NumberLine::new(&[0.1, 0.3], false).ticks[1], 0.1);
    }

    #[test]
    fn numbers_are_written_short() {
        let numbers = [1_200.0, 3_400_000.0, 1_234_567.0, 0.5, -3.0, 2e9];
        assert_eq!(numbers.map(written), ["1,200", "3.4m", "1,234,567", "0.5", "-3", "2bn"]);
    }
}
