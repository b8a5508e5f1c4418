//! Questions as people type them: `who:Russia type:assault,protest since:2026-03 ceasefire OR "red line" -football`.

use crate::error::StoreError;
use crate::sift::Asked;
use crate::words::Words;
use onrecord_account::{Days, Kind};
use onrecord_record::{Act, ActorKind, EventType, Factuality, Move};
use std::collections::HashSet;

/// The filters, each with a value it may have.
const FILTERS: [(&str, &str); 8] = [
    ("who", "who:Russia"),
    ("to", "to:\"Kari Solberg\""),
    ("type", "type:assault,protest"),
    ("place", "place:MLI"),
    ("since", "since:2026-03-01"),
    ("until", "until:2026-03"),
    ("outlet", "outlet:Herald"),
    ("factuality", "factuality:actual"),
];

impl std::str::FromStr for Asked {
    type Err = StoreError;

    /// ```
    /// use onrecord_store::Asked;
    /// let asked: Asked = "who:Russia to:\"Kari Solberg\" type:assault,protest until:2026-03 truce OR \"red line\"".parse().unwrap();
    /// assert_eq!(asked.who, ["Russia"]);
    /// assert_eq!(asked.to, ["Kari Solberg"]);
    /// assert_eq!(asked.what, ["assault", "protest"]);
    /// assert!(asked.words.is_some() && asked.until.is_some());
    /// assert!("whom:Russia".parse::<Asked>().is_err());
    /// assert!("\"whom:Russia\"".parse::<Asked>().is_ok());
    /// ```
    fn from_str(query: &str) -> Result<Self, StoreError> {
        let mut asked = Asked::default();
        let words = filters(query, &mut asked)?;
        if !words.trim().is_empty() {
            asked.words = Some(words.parse()?);
        }
        Ok(asked)
    }
}

impl Asked {
    /// Adds a value of the filter of this name: with those of *who* and *to* all must hold, of the others any; of days the narrower.
    ///
    /// # Errors
    /// When there is no such filter, or it cannot have this value.
    pub fn filter(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        let days = || Days::parse(value, None).filter(|_| !value.contains('/'));
        let no_day = || {
            StoreError::Refused(format!("{name}:{value}: no date; write a day (2026-03-01), a month (2026-03) or a year (2026)"))
        };
        match name {
            "who" => self.who.push(value.to_owned()),
            "to" => self.to.push(value.to_owned()),
            "place" => self.place.push(value.to_owned()),
            "outlet" => self.outlet.push(value.to_owned()),
            "type" => self.what.push(listed(name, value, &types(None))?),
            "factuality" => self.factuality.push(listed(name, value, &names(Factuality::ALL, Factuality::as_str))?),
            "since" => {
                let day = days().ok_or_else(no_day)?.first;
                self.since = Some(self.since.map_or(day, |since| since.max(day)));
            }
            "until" => {
                let day = days().ok_or_else(no_day)?.last;
                self.until = Some(self.until.map_or(day, |until| until.min(day)));
            }
            unknown => {
                return Err(StoreError::Refused(format!(
                    "{unknown}: is no filter; there are {}. Words with a colon in them go in quotes: \"{unknown}:{value}\"",
                    FILTERS.map(|(name, _)| format!("{name}:")).join(", ")
                )));
            }
        }
        Ok(())
    }

    /// Adds words that the report must hold as well.
    pub fn also(&mut self, words: Words) {
        self.words = Some(match self.words.take() {
            Some(before) => before.and(words),
            None => words,
        });
    }

    /// Tells what no record of this kind can ever fit; a figure is asked for by its event.
    ///
    /// # Errors
    /// When a filter asks for what this kind does not have.
    pub fn fits(&self, kind: Kind) -> Result<(), StoreError> {
        let refused = |why: String| Err(StoreError::Refused(why));
        let known = types(Some(kind));
        if let Some(other) = self.what.iter().find(|what| !known.contains(&what.to_lowercase())) {
            return refused(format!("type:{other}: no {kind} is that; its types are {}", known.join(", "), kind = kind.as_str()));
        }
        if !self.place.is_empty() && matches!(kind, Kind::Position | Kind::Statement) {
            return refused(format!("place: is kept of events and actors, not of {}s; leave it out", kind.as_str()));
        }
        if kind == Kind::Actor && !(self.to.is_empty() && self.factuality.is_empty()) {
            return refused("to: and factuality: are kept of what actors do, not of actors; leave them out".to_owned());
        }
        Ok(())
    }
}

/// What a record of this kind, or of any, may be, in small letters.
fn types(kind: Option<Kind>) -> Vec<String> {
    let mut all = Vec::new();
    let of = |one: Kind| kind.is_none_or(|kind| kind == one);
    if of(Kind::Event) {
        all.extend(names(EventType::ALL, EventType::as_str));
    }
    if of(Kind::Statement) {
        all.extend(names(Act::ALL, Act::as_str));
    }
    if of(Kind::Position) {
        all.extend(names(Move::ALL, Move::as_str));
    }
    if of(Kind::Actor) {
        all.extend(names(ActorKind::ALL, ActorKind::as_str));
        all.retain(|kind| kind != ActorKind::Other.as_str());
    }
    let mut seen = HashSet::new();
    all.retain(|name| seen.insert(name.clone()));
    all
}

fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|one| name(*one).to_lowercase()).collect()
}

fn listed(name: &str, value: &str, known: &[String]) -> Result<String, StoreError> {
    let lower = value.to_lowercase();
    if known.contains(&lower) {
        return Ok(lower);
    }
    Err(StoreError::Refused(format!("{name}:{value}: not known; {name} is one of {}", known.join(", "))))
}

/// Takes the filters out of a question; gives the words that are left.
fn filters(query: &str, asked: &mut Asked) -> Result<String, StoreError> {
    let mut words = String::new();
    let mut rest = query;
    let (mut depth, mut before, mut filter_before) = (0_usize, "", false);
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            c if c.is_whitespace() || matches!(c, '(' | ')' | '-') => c.len_utf8(),
            _ => rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"')).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        depth = match c {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        match filter_of(piece) {
            Some(name) => {
                if depth > 0 || matches!(before, "OR" | "NOT" | "-") {
                    return Err(beside(name));
                }
                let (values, length) = values(&rest[name.len() + 1..]);
                if values.is_empty() {
                    let example = FILTERS.iter().find(|(known, _)| *known == name).map_or("who:Russia", |(_, example)| example);
                    return Err(StoreError::Refused(format!("{name}: needs a value behind it, as in {example}")));
                }
                values.iter().try_for_each(|value| asked.filter(name, value))?;
                rest = &rest[name.len() + 1 + length..];
                (before, filter_before) = ("", true);
                continue;
            }
            None if piece == "OR" && filter_before => return Err(beside("OR")),
            None => words.push_str(piece),
        }
        if !piece.trim().is_empty() {
            (before, filter_before) = (piece, false);
        }
        rest = after;
    }
    Ok(words)
}

fn beside(what: &str) -> StoreError {
    StoreError::Refused(format!(
        "{what}: filters hold for the whole question, they cannot stand beside OR, NOT or - or within ( ); give several values with \
         commas between, as in type:assault,protest"
    ))
}

/// The name before the colon of `name:...`; none where the word is no filter, as in 10:30.
fn filter_of(piece: &str) -> Option<&str> {
    let (name, _) = piece.split_once(':')?;
    (!name.is_empty() && name.chars().all(char::is_alphabetic)).then_some(name)
}

/// Values with commas between, each perhaps in quotes, and how long they are.
fn values(text: &str) -> (Vec<String>, usize) {
    let mut values = vec![String::new()];
    let mut chars = text.char_indices();
    let mut quoted = false;
    let mut length = text.len();
    for (i, c) in chars.by_ref() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => values.push(String::new()),
            c if c.is_whitespace() && !quoted => {
                length = i;
                break;
            }
            c => values.last_mut().expect("there is one from the start").push(c),
        }
    }
    values.retain(|value| !value.trim().is_empty());
    (values, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Asked {
        query.parse().unwrap()
    }

    fn refused(query: &str) -> String {
        query.parse::<Asked>().map(drop).unwrap_err().to_string()
    }

    #[test]
    fn filters_and_words_are_told_apart() {
        let all = asked(
            "who:Russia to:\"Kari Solberg\" type:assault,protest place:MLI outlet:Herald ceasefire OR \"red line\" -football",
        );
        assert_eq!((all.who, all.to), (vec!["Russia".to_owned()], vec!["Kari Solberg".to_owned()]));
        assert_eq!((all.what, all.place), (vec!["assault".to_owned(), "protest".into()], vec!["MLI".to_owned()]));
        assert_eq!(all.words, Some("ceasefire OR \"red line\" -football".parse().unwrap()));
        assert_eq!(asked("outlet:\"Port, Amber\",Herald").outlet, ["Port, Amber", "Herald"]);
        assert_eq!(asked("at 10:30 \"note: this\"").words, Some("at 10:30 \"note: this\"".parse().unwrap()));
        assert_eq!(asked("who:a who:b").who, ["a", "b"]);
        assert!(asked("type:ASSAULT").words.is_none());
        assert!(asked("").words.is_none());
    }

    #[test]
    fn days_months_and_years_have_a_first_and_a_last_day() {
        assert_eq!(asked("since:1970-01-02").since, Some(1));
        assert_eq!(asked("since:1970 until:1970").until, Some(364));
        assert_eq!(asked("since:1970-02 until:1970-02").since, Some(31));
        assert_eq!(asked("since:1970-01-02 since:1970-01-05").since, Some(4));
        assert!(refused("since:yesterday").contains("2026-03"));
        assert!(refused("until:2026-01/2026-02").contains("no date"));
    }

    #[test]
    fn what_is_no_question_is_refused_with_what_to_do() {
        assert!(refused("whom:x").contains("who:, to:, type:"));
        assert!(refused("who:").contains("who:Russia"));
        assert!(refused("type:assalt").contains("assault"));
        assert!(refused("factuality:true").contains("actual, negated"));
        for query in ["type:aid OR type:assault", "(type:aid talks)", "talks OR type:aid", "-type:aid", "NOT type:aid"] {
            assert!(refused(query).contains("whole question"), "{query}");
        }
        assert!(refused("talks \"open").contains("not closed"));
    }

    #[test]
    fn kinds_that_do_not_have_it_say_so() {
        assert!(asked("type:assault place:MLI").fits(Kind::Event).is_ok());
        assert!(asked("type:assault").fits(Kind::Statement).is_err());
        assert!(asked("place:MLI").fits(Kind::Position).is_err());
        assert!(asked("type:armed_group place:MLI").fits(Kind::Actor).is_ok());
        assert!(asked("to:x").fits(Kind::Actor).is_err());
    }
}
