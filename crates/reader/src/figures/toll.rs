//! How many people a report as a whole says were killed, taken and so on: what it tells twice counts once, and parts are in their total.

use super::victims::{self, Victims};
use super::{drafts, parts};
use crate::context::Context;
use onrecord_record::Measure;
use onrecord_text::Span;

/// The sum of what a report says was done to people in one respect.
#[derive(Clone, Debug, PartialEq)]
pub struct Toll {
    /// What was done to them.
    pub measure: Measure,
    /// How many of them are told one by one or by number.
    pub counted: f64,
    /// Groups beside them of which it is not said how many they were (*several suspects*).
    pub uncounted: usize,
    /// The words that were added up.
    pub evidence: Vec<Span>,
}

/// How many groups before are looked through for one that is meant again.
const MEMORY: usize = 64;

/// One toll per measure that the report tells of, in order of mention.
pub fn tolls(ctx: &Context) -> Vec<Toll> {
    let mut found: Vec<(Measure, Vec<Group>)> = Vec::new();
    let (headline, body): (Vec<_>, Vec<_>) = victims::find(ctx, &drafts(ctx)).into_iter().partition(|v| ctx.is_headline(v.s));
    // A headline tells what the body tells; it counts where the body is silent.
    let silent: Vec<Victims> = headline.into_iter().filter(|h| body.iter().all(|v| v.measure != h.measure)).collect();
    for victims in silent.into_iter().chain(body) {
        match found.iter_mut().find(|(measure, _)| *measure == victims.measure) {
            Some((_, groups)) => add(groups, victims),
            None => found.push((victims.measure, vec![Group::new(victims)])),
        }
    }
    found
        .into_iter()
        .map(|(measure, groups)| Toll {
            measure,
            counted: groups.iter().filter_map(|g| g.victims.count).sum(),
            uncounted: groups.iter().filter(|g| g.victims.count.is_none()).count(),
            evidence: groups.iter().map(|g| g.victims.span).collect(),
        })
        .collect()
}

/// People who are not among those of the other groups.
struct Group {
    victims: Victims,
    /// How many of them were told of again as parts.
    told: f64,
}

impl Group {
    fn new(victims: Victims) -> Self {
        Group { victims, told: 0.0 }
    }
}

/// Adds people to the groups unless they are known.
fn add(all: &mut Vec<Group>, new: Victims) {
    let recent = all.len().saturating_sub(MEMORY);
    if let Some(new) = unknown(&mut all[recent..], new) {
        all.push(Group::new(new));
    }
}

/// Gives the people back when they are none of these groups.
fn unknown(groups: &mut [Group], new: Victims) -> Option<Victims> {
    let elsewhere = groups.iter().all(|g| g.victims.s != new.s);
    let Some(count) = new.count else {
        // "several suspects", "the detainees": more of those before only where the words say so.
        let known =
            groups.iter().any(|g| is_alike(&g.victims, &new) && g.victims.s != new.s && (!new.further || g.victims.further));
        if !known && (!new.definite || groups.is_empty()) {
            return Some(new);
        }
        return None;
    };
    let total: f64 = groups.iter().filter_map(|g| g.victims.count).sum();
    let same = |g: &Group| g.victims.count == Some(count) && is_alike(&g.victims, &new);
    let known = new.definite && groups.iter().any(|g| is_alike(&g.victims, &new));
    let repeat = !new.further && groups.iter().any(|g| same(g) && (g.victims.s != new.s || new.definite));
    let sum = !new.further && elsewhere && count > 1.0 && count == total;
    if repeat || sum || known || (new.definite && count <= total) {
        return None;
    }
    if let Some(vague) = groups.iter_mut().find(|g| {
        let counted_now = g.victims.count.is_none() && g.victims.s != new.s && is_alike(&g.victims, &new);
        counted_now && (!new.further || g.victims.further)
    }) {
        vague.victims.count = Some(count);
        return None;
    }
    let whole = groups.iter_mut().find(|g| {
        let larger = g.victims.count.is_some_and(|whole| whole > count && g.told + count <= whole);
        larger && !new.further && g.victims.s != new.s && is_alike(&g.victims, &new)
    });
    match whole {
        Some(whole) => {
            whole.told += count;
            None
        }
        None => Some(new),
    }
}

/// One may take up the other: the same noun, or both no more than people.
fn is_alike(one: &Victims, other: &Victims) -> bool {
    (one.anyone && other.anyone) || parts::last_word(&one.noun) == parts::last_word(&other.noun)
}

#[cfg(test)]
mod tests {
    use crate::Reader;
    use onrecord_record::Measure;
    use onrecord_text::Document;

    fn toll(measure: Measure, text: &str) -> (f64, usize) {
        let tolls = Reader::builtin().tolls(&Document::new("d", text));
        tolls.iter().find(|t| t.measure == measure).map_or((0.0, 0), |t| (t.counted, t.uncounted))
    }

    #[test]
    fn what_is_told_twice_counts_once() {
        for text in [
            "Troops killed one gunman near the dam on Monday. They came under fire and shot back, killing one gunman.",
            "Troops killed a gunman near the dam. The gunman was killed after he opened fire.",
        ] {
            assert_eq!(toll(Measure::Killed, text), (1.0, 0), "{text}");
        }
    }

    #[test]
    fn more_of_them_are_added() {
        let text = "Police arrested a gang leader in the port on Friday. They also arrested two suspects.";
        assert_eq!(toll(Measure::Detained, text), (3.0, 0));
        let text = "Police arrested a gang leader and one of his aides.";
        assert_eq!(toll(Measure::Detained, text), (2.0, 0));
    }

    #[test]
    fn groups_of_unknown_size_are_told_apart() {
        assert_eq!(toll(Measure::Detained, "Soldiers detained several suspects in the village."), (0.0, 1));
        let later = "Soldiers detained several suspects in the village. Four suspects were detained in a barn.";
        assert_eq!(toll(Measure::Detained, later), (4.0, 0));
    }

    #[test]
    fn aims_and_denials_count_nobody() {
        assert_eq!(toll(Measure::Detained, "The patrol began an operation to arrest a smuggler."), (0.0, 0));
        assert_eq!(toll(Measure::Killed, "No civilians were killed."), (0.0, 0));
    }
}
