//! Base forms by learnt edits: the longest known ending of a word with a given tag says what to cut and what to add.

use crate::hash::mix;
use crate::key_map::KeyMap;
use crate::{irregular, regular};

/// Longest ending that rules look at, in characters.
pub(crate) const LONGEST_ENDING: usize = 6;

/// What to do with a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Edit {
    /// Names keep their capitals; other words are lower-cased first.
    pub keep_case: bool,
    /// Characters to cut from the end.
    pub cut: u8,
    /// What to put there.
    pub add: String,
}

impl Edit {
    /// The two edits that lead from `form` to `lemma`: by way of the lower-cased form, and keeping capitals.
    pub fn between(form: &str, lemma: &str) -> [Edit; 2] {
        [false, true].map(|keep_case| {
            let base: Vec<char> = if keep_case { form.chars().collect() } else { form.to_lowercase().chars().collect() };
            let wanted: Vec<char> = lemma.chars().collect();
            let shared = base.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
            Edit { keep_case, cut: (base.len() - shared).min(255) as u8, add: wanted[shared..].iter().collect() }
        })
    }

    /// The base form.
    pub fn apply(&self, form: &str) -> Box<str> {
        if self.keep_case && self.cut == 0 && self.add.is_empty() {
            return form.into();
        }
        let mut base = if self.keep_case {
            form.to_owned()
        } else if form.is_ascii() {
            form.to_ascii_lowercase()
        } else {
            form.to_lowercase()
        };
        for _ in 0..self.cut {
            base.pop();
        }
        base.push_str(&self.add);
        // A rule never eats a whole word.
        if base.is_empty() { form.into() } else { base.into_boxed_str() }
    }
}

/// The learnt rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lemmas {
    pub edits: Vec<Edit>,
    /// Key of a context, index of its edit.
    pub rules: Vec<(u32, u16)>,
    index: KeyMap,
}

impl Lemmas {
    /// Rules with their edits.
    pub fn new(edits: Vec<Edit>, rules: Vec<(u32, u16)>) -> Self {
        let index = KeyMap::new(rules.iter().map(|&(key, edit)| (key, u32::from(edit))));
        Lemmas { edits, rules, index }
    }

    /// Base form of `form` as a word tagged `xpos`. Rules that were learnt from other words go wrong with rare ones: a base form that
    /// is no `known` word gives way to a regular one that is, or else to the likeliest by its spelling.
    pub fn lemma(&self, form: &str, xpos: &str, known: impl Fn(&str) -> bool) -> Box<str> {
        // An endless token is its own base form.
        if form.len() > 64 {
            return form.into();
        }
        if let Some(base) = irregular::base(form, xpos) {
            return base.into();
        }
        let (keys, count) = context_keys(form, xpos);
        let edit = keys[..count].iter().rev().find_map(|&key| self.index.get(key));
        let learnt = match edit.and_then(|e| self.edits.get(e as usize)) {
            Some(edit) => edit.apply(form),
            None => form.to_lowercase().into_boxed_str(),
        };
        if !matches!(xpos, "VBD" | "VBN" | "VBG" | "VBZ" | "NNS") || known(&learnt) {
            return learnt;
        }
        let mut bases = regular::bases(form, xpos);
        let best = bases.iter().position(|base| known(base)).unwrap_or(0);
        if best < bases.len() { bases.swap_remove(best).into_boxed_str() } else { learnt }
    }
}

/// Keys of the contexts of a word, from the most general (its tag) over endings to the whole word, and how many there are.
pub(crate) fn context_keys(form: &str, xpos: &str) -> ([u32; LONGEST_ENDING + 2], usize) {
    let mut hash = xpos.bytes().fold(0x811c_9dc5u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    let mut keys = [mix(hash); LONGEST_ENDING + 2];
    let mut count = 1;
    let lower = form.chars().rev().map(|c| match c {
        // Any lower-case form of a character will do as long as it is always the same one.
        '’' | '‘' => '\'',
        c => c.to_lowercase().next().unwrap_or(c),
    });
    let mut whole = true;
    for (i, c) in lower.enumerate() {
        hash = (hash ^ c as u32).wrapping_mul(0x0100_0193);
        hash ^= hash >> 15;
        if i < LONGEST_ENDING {
            keys[count] = mix(hash);
            count += 1;
        }
        whole = i < 40;
        if !whole {
            break;
        }
    }
    if whole {
        keys[count] = mix(hash ^ 0x5bd1_e995);
        count += 1;
    }
    (keys, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_lead_from_form_to_lemma() {
        for (form, lemma) in [("Talks", "talk"), ("went", "go"), ("Americans", "American"), ("said", "say"), ("IS", "be")] {
            assert!(Edit::between(form, lemma).iter().all(|e| &*e.apply(form) == lemma));
        }
    }

    #[test]
    fn the_longest_ending_decides() {
        let key = |ending: usize| context_keys("parties", "NNS").0[ending];
        let edits = vec![Edit::between("talks", "talk")[0].clone(), Edit::between("parties", "party")[0].clone()];
        let lemmas = Lemmas::new(edits, vec![(key(0), 0), (key(3), 1)]);
        assert_eq!(&*lemmas.lemma("Armies", "NNS", |_| true), "army");
        assert_eq!(&*lemmas.lemma("treaties", "NNS", |_| true), "treaty");
        assert_eq!(&*lemmas.lemma("votes", "NNS", |_| true), "vote");
        assert_eq!(&*lemmas.lemma("s", "XX", |_| true), "s");
        assert_eq!(&*lemmas.lemma("sorties", "NNS", |word| word == "sortie"), "sortie", "no known word is a sorty");
    }
}
