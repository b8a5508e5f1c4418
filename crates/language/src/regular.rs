//! Base forms by the rules of English spelling, for words that are too rare to have been learnt: *shelled*, *rioted*, *blockaded*.

/// Base forms that a regular form with this tag can have, the most likely by its spelling first; none for other tags and forms.
pub(crate) fn bases(form: &str, xpos: &str) -> Vec<String> {
    let form = form.to_lowercase();
    let (ending, vowel) = match xpos {
        "VBD" | "VBN" => ("ed", true),
        "VBG" => ("ing", true),
        "VBZ" | "NNS" => ("s", false),
        _ => return Vec::new(),
    };
    let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.chars().count() > 1 && stem.is_ascii()) else {
        return Vec::new();
    };
    if vowel { after_vowel(stem, ending) } else { after_s(stem) }
}

/// What *-ed* or *-ing* was put on.
fn after_vowel(stem: &str, ending: &str) -> Vec<String> {
    let with_e = format!("{stem}e");
    if let (Some(cut), "ed") = (stem.strip_suffix('i'), ending) {
        return vec![format!("{cut}y"), with_e];
    }
    let bytes = stem.as_bytes();
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    let doubled = last == before && !is_vowel(last);
    if doubled {
        let single = stem[..stem.len() - 1].to_owned();
        // Roll, pass and buff keep both letters; others were doubled before the ending.
        let keeps = matches!(last, b'l' | b's' | b'f' | b'z');
        return if keeps { vec![stem.to_owned(), single] } else { vec![single, stem.to_owned()] };
    }
    if ends_in_silent_e(stem) { vec![with_e, stem.to_owned()] } else { vec![stem.to_owned(), with_e] }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// No English word ends like this without an *e*, or few do.
fn ends_in_silent_e(stem: &str) -> bool {
    let always = [
        "iat", "uat", "ieg", "v", "c", "u", "z", "dg", "ng", "rg", "lg", "rs", "ns", "ls", "ps", "bl", "cl", "dl", "fl", "gl",
        "kl", "pl", "tl", "zl",
    ];
    let usually = [
        "at", "ed", "eg", "ag", "ad", "ak", "as", "is", "os", "us", "ur", "ut", "id", "ik", "in", "ir", "ot", "od", "ud", "im",
        "um",
    ];
    let one_vowel = |tail: &str| {
        let before = stem.len() - tail.len();
        before > 0 && !is_vowel(stem.as_bytes()[before - 1])
    };
    always.iter().any(|tail| stem.ends_with(tail)) || usually.iter().any(|tail| stem.ends_with(tail) && one_vowel(tail))
}

/// What *-s* was put on.
fn after_s(stem: &str) -> Vec<String> {
    if let Some(cut) = stem.strip_suffix("ie") {
        return vec![format!("{cut}y"), stem.to_owned()];
    }
    match stem.strip_suffix('e') {
        Some(cut) if ["ss", "sh", "ch", "x", "zz", "o"].iter().any(|tail| cut.ends_with(tail)) => {
            vec![cut.to_owned(), stem.to_owned()]
        }
        Some(cut) => vec![stem.to_owned(), cut.to_owned()],
        None => vec![stem.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::bases;

    #[test]
    fn the_likeliest_base_comes_first() {
        for (form, tag, base) in [
            ("shelled", "VBD", "shell"),
            ("rioted", "VBD", "riot"),
            ("bombed", "VBN", "bomb"),
            ("stabbed", "VBN", "stab"),
            ("toppled", "VBD", "topple"),
            ("evacuated", "VBN", "evacuate"),
            ("besieging", "VBG", "besiege"),
            ("defied", "VBD", "defy"),
            ("torches", "VBZ", "torch"),
            ("sorties", "NNS", "sorty"),
            ("vetoes", "VBZ", "veto"),
            ("enforced", "VBN", "enforce"),
        ] {
            assert_eq!(bases(form, tag).first().map(String::as_str), Some(base), "{form}");
        }
        assert!(bases("left", "VBD").is_empty() && bases("s", "NNS").is_empty());
    }
}
