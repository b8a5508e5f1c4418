//! When to try again.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use std::hash::Hasher;
use std::time::Duration;

/// The longest that a failing address is left alone.
pub const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// How long to wait after the `failures`-th failure in a row: twice as long each time, and a share that depends on the address,
/// so that many of them do not come back at one moment. The same every time for the same input.
///
/// ```
/// use onrecord_source::fetch::backoff;
/// use std::time::Duration;
/// let second = Duration::from_secs(1);
/// assert_eq!(backoff("https://d.example/", 3, second), backoff("https://d.example/", 3, second));
/// assert!((3..=5).contains(&backoff("https://d.example/", 3, second).as_secs()));
/// ```
pub fn backoff(url: &str, failures: u32, first: Duration) -> Duration {
    let doubled = first.saturating_mul(1 << failures.saturating_sub(1).min(20));
    // 75 to 125 per cent.
    let share = 75 + u32::try_from(hash(url, failures) % 51).unwrap_or(0);
    (doubled.saturating_mul(share) / 100).min(LONGEST_WAIT)
}

/// FNV-1a, which unlike the standard library's hash is the same in every version.
fn hash(text: &str, number: u32) -> u64 {
    struct Fnv(u64);
    impl Hasher for Fnv {
        fn finish(&self) -> u64 {
            self.0
        }
        fn write(&mut self, bytes: &[u8]) {
            for &byte in bytes {
                self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
            }
        }
    }
    let mut fnv = Fnv(0xCBF2_9CE4_8422_2325);
    fnv.write(text.as_bytes());
    fnv.write(&number.to_le_bytes());
    // The low bits of FNV are its worst.
    fnv.finish() >> 17
}

/// How long a server asks to be left alone by `Retry-After`: seconds, or a date; no more than [`LONGEST_WAIT`].
pub fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    let asked = match value.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = DateTimeParser::new().relaxed_weekday(true).parse_timestamp(value).ok()?;
            if until > now { until.duration_since(now).unsigned_abs() } else { Duration::ZERO }
        }
    };
    Some(asked.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates() {
        let now: Timestamp = "2025-02-24T10:00:00Z".parse().unwrap();
        assert_eq!(retry_after(" 120 ", now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Mon, 24 Feb 2025 10:01:00 GMT", now), Some(Duration::from_secs(60)));
        assert_eq!(retry_after("Mon, 24 Feb 2025 09:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("99999999999", now), Some(LONGEST_WAIT));
        assert_eq!(retry_after("soon", now), None);
        assert_eq!(retry_after("-5", now), None);
    }

    #[test]
    fn waits_grow_and_end() {
        let wait = |failures| backoff("https://d.example/", failures, Duration::from_secs(60));
        assert!((45..=75).contains(&wait(1).as_secs()));
        assert!(wait(4) > wait(2));
        assert_eq!(wait(u32::MAX), LONGEST_WAIT);
        let spread: std::collections::BTreeSet<_> =
            (0..20).map(|n| backoff(&format!("https://{n}.example/"), 1, Duration::from_secs(60))).collect();
        assert!(spread.len() > 10);
    }
}
