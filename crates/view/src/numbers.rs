//! Numbers as people write them.

use onrecord_record::Value;

/// *1,150*, *3.5*, *500 billion*.
pub(crate) fn number(n: f64) -> String {
    for (unit, name) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        // Only where nothing is lost by it: 1.25 million, but 1,234,567.
        let scaled = n.abs() / unit;
        if scaled >= 1.0 && (scaled * 100.0).fract() == 0.0 {
            return format!("{} {name}", plain(n / unit));
        }
    }
    plain(n)
}

/// *267*, *24–99*.
pub(crate) fn value(value: Value) -> String {
    match value {
        Value::One(n) => number(n),
        Value::Range(low, high) => format!("{}–{}", number(low), number(high)),
    }
}

/// A sum with its currency: *$500 billion*, *20 million UAH*.
pub(crate) fn money(amount: Value, currency: &str) -> String {
    let sign = match currency {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        _ => return format!("{} {currency}", value(amount)),
    };
    match amount {
        Value::One(n) => format!("{sign}{}", number(n)),
        Value::Range(low, high) => format!("{sign}{}–{sign}{}", number(low), number(high)),
    }
}

/// All digits, with commas between thousands.
fn plain(n: f64) -> String {
    let text = format!("{n}");
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    let mut grouped = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{grouped}.{fraction}"),
        None => grouped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        for (n, text) in [
            (267.0, "267"),
            (1150.0, "1,150"),
            (1_234_567.0, "1,234,567"),
            (500e9, "500 billion"),
            (1.25e6, "1.25 million"),
            (3.5, "3.5"),
            (-1200.5, "−1,200.5"),
            (0.0, "0"),
        ] {
            assert_eq!(number(n), text);
        }
        assert_eq!(money(Value::Range(2e6, 3e6), "USD"), "$2 million–$3 million");
        assert_eq!(money(Value::One(20e6), "UAH"), "20 million UAH");
    }
}
