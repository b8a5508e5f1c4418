//! Words and sets of word places, as the scorer compares them.

use onrecord_text::Span;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Letters, numbers and the underscore; combining marks end a word.
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("the pattern is valid"));

/// Where words start, in bytes of the text.
pub type Places = BTreeSet<usize>;

/// The words of a text in a form that ignores case.
pub fn words(text: &str) -> Vec<String> {
    WORD.find_iter(text).map(|m| fold(m.as_str())).collect()
}

/// Full case folding, for the letters where it is not lower case: sharp s and final sigma.
fn fold(word: &str) -> String {
    word.to_lowercase().replace('ß', "ss").replace('ς', "σ")
}

/// Places of the words inside the spans.
pub fn places(text: &str, spans: &[Span]) -> Places {
    let inside =
        |span: &Span| WORD.find_iter(text.get(span.range()).unwrap_or("")).map(|m| span.start + m.start()).collect::<Vec<_>>();
    spans.iter().flat_map(inside).collect()
}

/// Harmonic mean of precision and recall between two sets of places; 0 when either is empty.
pub fn f1(a: &Places, b: &Places) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64
}

/// True when some span of one list shares a place with some span of the other.
pub fn overlap(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.overlaps(*y)))
}

/// The head word of what is counted, in the singular.
pub fn head(of: Option<&str>) -> String {
    let word = words(of.unwrap_or("")).pop().unwrap_or_default();
    let word = match word.as_str() {
        "people" => "person",
        "children" => "child",
        "men" => "man",
        "women" => "woman",
        other => other,
    };
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').unwrap_or(word).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_inside_spans_only() {
        let text = "Envoys left; envoys’ cars stayed.";
        assert_eq!(places(text, &[Span::new(0, 11), Span::new(13, 19)]), BTreeSet::from([0, 7, 13]));
        assert_eq!(f1(&places(text, &[Span::new(0, 11)]), &places(text, &[Span::new(7, 19)])), 0.5);
        assert_eq!(f1(&Places::new(), &Places::new()), 0.0);
    }

    #[test]
    fn heads_are_singular() {
        assert_eq!(head(Some("injuries")), "injury");
        assert_eq!(head(Some("displaced people")), "person");
        assert_eq!(head(None), "");
    }
}
