//! What the network sees of a word: a few hashed keys, never the string itself.
//!
//! Quotation marks, dashes and digits are made alike first, because treebanks are typed (`"`, `--`) and news is typeset
//! (`“`, `—`). Offsets are untouched by this: only keys are computed from the normalised form.

use crate::gazetteer::Listed;
use crate::hash::Hash;

/// Kinds of features a word has; each has exactly one key per word.
pub(crate) const KINDS: usize = 8;
/// Lower-cased form; the unknown row stands for words never seen.
pub(crate) const LOWER: usize = 0;
/// Form as written, when it has a capital.
pub(crate) const CASED: usize = 1;
/// Shape of the word and casing of the sentence; last but one.
pub(crate) const SHAPE: usize = 6;
/// Lists of names the word stands in.
pub(crate) const LISTED: usize = 7;
/// Longest part of a word that is looked at, in characters: one endless token must cost no more than a long word.
const LONGEST: usize = 64;

/// The part of a word that is looked at.
pub(crate) fn looked_at(form: &str) -> &str {
    let end = if form.len() <= LONGEST { None } else { form.char_indices().nth(LONGEST) };
    end.map_or(form, |(end, _)| &form[..end])
}

/// How a sentence uses capitals. In a title a capital says little; in running text it says *name*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Casing {
    /// Ordinary sentence.
    Running = 0,
    /// Most Long Words Have a Capital.
    Title = 1,
    /// ALL LETTERS ARE CAPITALS.
    Upper = 2,
    /// no capital anywhere
    Lower = 3,
}

/// A word with the white space around it, which tells an opening quotation mark from a closing one and a dash from a hyphen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    /// As written.
    pub form: &'a str,
    /// White space (or nothing at all) stands before it.
    pub space_before: bool,
    /// White space (or nothing at all) stands after it.
    pub space_after: bool,
    /// Lists of names it stands in, here.
    pub listed: Listed,
}

/// Case pattern of a sentence, from its words of four letters and more (short words are lower case in titles too).
pub(crate) fn casing<'a>(forms: impl Iterator<Item = &'a str>) -> Casing {
    let (mut words, mut long, mut long_capital, mut all_upper, mut any_upper) = (0, 0, 0, true, false);
    for form in forms {
        let Some(first) = form.chars().next().filter(|c| c.is_alphabetic()) else { continue };
        words += 1;
        let upper = first.is_uppercase();
        any_upper |= upper;
        let mut letters = 0;
        for c in form.chars().take(LONGEST) {
            letters += 1;
            all_upper &= !c.is_lowercase();
        }
        if letters > 3 {
            long += 1;
            long_capital += usize::from(upper);
        }
    }
    if words < 3 {
        Casing::Running
    } else if all_upper && any_upper {
        Casing::Upper
    } else if !any_upper {
        Casing::Lower
    } else if long >= 3 && long_capital * 10 >= long * 8 {
        Casing::Title
    } else {
        Casing::Running
    }
}

/// Hash of the characters as a feature of this kind.
fn hashed(kind: usize, chars: &[char]) -> u32 {
    let mut hash = Hash::new(kind as u32);
    chars.iter().for_each(|&c| hash.push(c as u32));
    hash.end()
}

/// The character as keys see it.
pub(crate) fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '`' | '´' | '′' | 'ʼ' => '\'',
        '–' | '—' | '‒' | '―' | '−' | '‐' | '‑' => '-',
        '\u{a0}' => ' ',
        _ => c,
    }
}

/// Normalised characters of a form, at most [`LONGEST`].
fn normalise(form: &str, out: &mut Vec<char>) {
    out.clear();
    out.extend(form.chars().take(LONGEST).map(plain));
    match out.as_slice() {
        // LaTeX-style quotation marks of older corpora.
        ['\'', '\''] => *out = vec!['"'],
        ['-', '-'] | ['-', '-', '-'] => *out = vec!['-'],
        ['…'] => *out = vec!['.', '.', '.'],
        _ => {}
    }
}

/// Numbers are alike but for their length; a year keeps being a year.
fn without_digits(chars: &mut [char]) {
    let year = chars.len() == 4 && chars.iter().all(char::is_ascii_digit) && matches!(chars[..2], ['1', '8' | '9'] | ['2', '0']);
    let stand_in = if year { '9' } else { '0' };
    chars.iter_mut().filter(|c| c.is_ascii_digit()).for_each(|c| *c = stand_in);
}

fn class(c: char) -> char {
    if c.is_ascii_digit() || c.is_numeric() {
        'd'
    } else if c.is_uppercase() {
        'X'
    } else if c.is_alphabetic() {
        'x'
    } else {
        c
    }
}

/// Scratch space for [`keys`].
#[derive(Default)]
pub(crate) struct Scratch {
    cased: Vec<char>,
    lower: Vec<char>,
}

/// The keys of a word in a sentence of the given casing.
pub(crate) fn keys(word: Word<'_>, casing: Casing, scratch: &mut Scratch) -> [u32; KINDS] {
    let Scratch { cased, lower } = scratch;
    normalise(word.form, cased);
    without_digits(cased);
    lower.clear();
    lower.extend(cased.iter().flat_map(|c| c.to_lowercase()));
    let n = lower.len();
    let end = |count: usize| &lower[n.saturating_sub(count)..];
    let has_capital = cased.iter().any(|c| c.is_uppercase());
    // Capitals of an all-capital line are typography, not spelling.
    let cased_key = if has_capital && casing != Casing::Upper { hashed(CASED, cased) } else { hashed(CASED, &[]) };
    [
        hashed(LOWER, lower),
        cased_key,
        hashed(2, end(2)),
        hashed(3, end(3)),
        hashed(4, end(4)),
        hashed(5, &lower[..n.min(3)]),
        shape(word, cased, casing),
        hashed(LISTED, &[char::from(word.listed.0)]),
    ]
}

/// The key that [`keys`] gives a lower-case word as [`LOWER`].
pub(crate) fn lower_key(word: &str) -> u32 {
    let mut chars = Vec::new();
    normalise(word, &mut chars);
    without_digits(&mut chars);
    hashed(LOWER, &chars)
}

/// Shape: runs of a class longer than two are cut (`Xxx`, `dd`, `X.X.`), with the casing of the sentence; spacing for marks.
fn shape(word: Word<'_>, cased: &[char], casing: Casing) -> u32 {
    let mut hash = Hash::new(SHAPE as u32);
    hash.push(u32::from(b'0' + casing as u8));
    let (mut last, mut run, mut kept, mut wordlike) = ('\0', 0, 0, false);
    for c in cased.iter().map(|&c| class(c)) {
        wordlike |= matches!(c, 'd' | 'X' | 'x');
        run = if c == last { run + 1 } else { 1 };
        last = c;
        if run <= 2 && kept < 10 {
            hash.push(c as u32);
            kept += 1;
        }
    }
    if !wordlike {
        hash.push(u32::from(if word.space_before { '<' } else { '|' }));
        hash.push(u32::from(if word.space_after { '>' } else { '|' }));
    }
    hash.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(form: &str, casing: Casing) -> [u32; KINDS] {
        keys(Word { form, space_before: true, space_after: true, listed: Listed::default() }, casing, &mut Scratch::default())
    }

    #[test]
    fn typeset_marks_equal_typed_marks() {
        assert_eq!(of("’s", Casing::Running), of("'s", Casing::Running));
        assert_eq!(of("“", Casing::Running), of("\"", Casing::Running));
        assert_eq!(of("—", Casing::Running), of("--", Casing::Running));
    }

    #[test]
    fn years_differ_from_other_numbers_and_titles_from_text() {
        assert_eq!(of("1998", Casing::Running), of("2014", Casing::Running));
        assert_ne!(of("1998", Casing::Running), of("3998", Casing::Running));
        assert_ne!(of("Talks", Casing::Running)[SHAPE], of("Talks", Casing::Title)[SHAPE]);
    }

    #[test]
    fn casing_of_sentences() {
        let of = |s: &str| casing(s.split(' '));
        assert_eq!(of("Ministers Agree on Budget After Long Talks"), Casing::Title);
        assert_eq!(of("The ministers agreed on a budget ."), Casing::Running);
        assert_eq!(of("MINISTERS AGREE ON BUDGET"), Casing::Upper);
        assert_eq!(of("so they say"), Casing::Lower);
    }
}
