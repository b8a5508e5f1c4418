/// The longest a headline is taken to be, in characters.
const LONGEST: usize = 200;

/// A line at least this long is a paragraph of its own, not one line of a text that was broken to a width.
const PARAGRAPH: usize = 120;

/// The headline of a text: its first line when it is short, ends no sentence and stands apart from what follows.
pub(crate) fn headline(text: &str) -> Option<&str> {
    let mut lines = text.lines().map(str::trim).skip_while(|line| line.is_empty());
    let first = lines.next()?;
    let next = lines.next()?;
    let stands_apart = if next.is_empty() { lines.any(|line| !line.is_empty()) } else { next.chars().count() > PARAGRAPH };
    let short = first.chars().take(LONGEST + 1).count() <= LONGEST && first.split_whitespace().nth(1).is_some();
    let open = !first.ends_with(['.', '!', '?', ':', ';', ',', '…', '”', '"', '’']);
    (stands_apart && short && open && first.contains(char::is_alphabetic)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::headline;

    #[test]
    fn a_line_apart_is_a_headline_and_a_first_sentence_is_not() {
        assert_eq!(headline("\nTalks resume in Oslo\n\nThe two sides met."), Some("Talks resume in Oslo"));
        assert_eq!(headline("The two sides met.\n\nThey will meet again."), None);
        assert_eq!(headline("Talks resume in Oslo"), None);
        assert_eq!(headline("Talks resume in Oslo\n\n"), None);
        let paragraph = "The two sides met on Monday for the first time since spring, ".repeat(3);
        assert_eq!(headline(&format!("Talks resume in Oslo\r\n{paragraph}")), Some("Talks resume in Oslo"));
        assert_eq!(headline("The two sides met on Monday for the first\ntime since spring.\n"), None);
    }
}
