//! Addresses within the desk: every filter stands in them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand in a query or a part of a path as it is.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Escapes a part of an address.
pub fn escaped(text: &str) -> String {
    utf8_percent_encode(text, &PLAIN).to_string()
}

/// A path with a query.
pub fn address<'a>(path: &str, query: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let query: Vec<String> = query.into_iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// Where a line of the account stands.
pub fn record(name: &str) -> String {
    format!("/record/{}", escaped(name))
}

/// Where a report stands.
pub fn report(id: &str) -> String {
    format!("/report/{}", escaped(id))
}

/// Where the record of a report stands, beside its words.
pub fn record_in(report_id: &str, record: &str) -> String {
    format!("/report/{}#{}", escaped(report_id), escaped(record))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_addresses_is_escaped() {
        assert_eq!(report("a/b?c#d é.html"), "/report/a%2Fb%3Fc%23d%20%C3%A9.html");
        assert_eq!(address("/events", [("q", "who:\"A & B\""), ("type", "aid")]), "/events?q=who%3A%22A%20%26%20B%22&type=aid");
        assert_eq!(address("/events", []), "/events");
    }
}
