//! Slips of the parser that the words beside a token give away.

use onrecord_language::{Deprel, Token, Upos};

/// Governors and relations of a sentence's tokens, mended.
pub fn mended(tokens: &[Token]) -> (Vec<Option<usize>>, Vec<Deprel>) {
    let mended = |i: usize| finite_conjunct(tokens, i).or_else(|| accusation(tokens, i)).or(tokens[i].head);
    let mut heads: Vec<Option<usize>> = (0..tokens.len()).map(mended).collect();
    let mut children = children(&heads);
    let subjects: Vec<(usize, usize)> = (0..tokens.len()).filter_map(|i| Some((i, verb_behind(tokens, &children, i)?))).collect();
    for &(noun, verb) in &subjects {
        heads[noun] = Some(verb);
    }
    if !subjects.is_empty() {
        children = self::children(&heads);
    }
    let relation = |i: usize| match subjects.iter().find(|(noun, _)| *noun == i) {
        Some((_, verb)) => subject_of(tokens, &children, *verb),
        None => relation(tokens, &children, i),
    };
    let relations = (0..tokens.len()).map(relation).collect();
    (heads, relations)
}

/// "urged them to talk and called for help": a finite verb goes on from a finite verb, not from the infinitive between them.
fn finite_conjunct(tokens: &[Token], i: usize) -> Option<usize> {
    let finite = |t: &Token| matches!(t.xpos, "VBD" | "VBZ");
    let head = tokens[i].head.filter(|&h| tokens[i].deprel == Deprel::Conj && finite(&tokens[i]) && tokens[h].xpos == "VB")?;
    let above = std::iter::successors(tokens[head].head, |&h| tokens[h].head).take(4).find(|&h| tokens[h].upos == Upos::Verb)?;
    (tokens[above].xpos == tokens[i].xpos && above < head).then_some(above)
}

/// "accused the army of a massacre": what somebody is accused of hangs on the verb and not on the accused, unless the verb has it
/// already or the accused are of something else again (*accused the chief of the army of murder*).
fn accusation(tokens: &[Token], i: usize) -> Option<usize> {
    let is_of = |n: usize| tokens[n].deprel == Deprel::Nmod && (n.saturating_sub(4)..n).any(|c| is_case_of(tokens, c, n));
    let accused =
        tokens[i].head.filter(|&h| h < i && tokens[i].upos == Upos::Noun && tokens[h].deprel == Deprel::Obj && is_of(i))?;
    let verb = tokens[accused].head.filter(|&v| matches!(&*tokens[v].lemma, "accuse" | "suspect" | "convict" | "acquit"))?;
    let later =
        |n: usize| tokens[n].head == Some(accused) && is_of(n) || tokens[n].head == Some(verb) && tokens[n].deprel == Deprel::Advcl;
    (!(i + 1..tokens.len().min(i + 12)).any(later)).then_some(verb)
}

fn is_case_of(tokens: &[Token], case: usize, noun: usize) -> bool {
    tokens[case].head == Some(noun) && tokens[case].deprel == Deprel::Case && &*tokens[case].lemma == "of"
}

/// The dependents of every token, in order.
pub fn children(heads: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); heads.len()];
    for (i, head) in heads.iter().enumerate() {
        if let Some(head) = head {
            children[*head].push(i);
        }
    }
    children
}

/// "In Khost province, a patrol captured two men": the parser takes the patrol for an apposition of the place. The verb that follows
/// the noun's phrase at once and has no subject is that noun's.
fn verb_behind(tokens: &[Token], children: &[Vec<usize>], noun: usize) -> Option<usize> {
    let token = &tokens[noun];
    if token.deprel != Deprel::Appos || !matches!(token.upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    let verb = std::iter::successors(token.head, |&h| tokens[h].head).take(6).find(|&h| tokens[h].upos == Upos::Verb)?;
    let has_subject = children[verb].iter().any(|&c| tokens[c].deprel.is_subject());
    let finite = matches!(tokens[verb].xpos, "VBD" | "VBZ" | "VBP")
        || children[verb].iter().any(|&c| matches!(tokens[c].deprel, Deprel::Aux | Deprel::AuxPass));
    if verb < noun || has_subject || !finite {
        return None;
    }
    let under = |i: usize, top: usize| std::iter::successors(Some(i), |&j| tokens[j].head).take(tokens.len()).any(|j| j == top);
    let between = |i: usize| {
        under(i, noun)
            || tokens[i].head == Some(verb)
                && matches!(tokens[i].deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Advmod | Deprel::Punct)
    };
    let adjacent = verb - noun <= 12 && (noun + 1..verb).all(between);
    let opened =
        children[noun].iter().any(|&c| c < noun && matches!(tokens[c].deprel, Deprel::Det | Deprel::Nummod | Deprel::Amod));
    (adjacent && opened).then_some(verb)
}

fn subject_of(tokens: &[Token], children: &[Vec<usize>], verb: usize) -> Deprel {
    let passive = children[verb].iter().any(|&c| tokens[c].deprel == Deprel::AuxPass);
    if passive { Deprel::NsubjPass } else { Deprel::Nsubj }
}

/// "It demanded that they leave": an active verb that is none of being and seeming has a doer; the parser takes the clause for it.
fn acts(tokens: &[Token], children: &[Vec<usize>], i: usize, head: usize) -> bool {
    const EMPTY: &[&str] = &[
        "be",
        "seem",
        "appear",
        "happen",
        "turn",
        "follow",
        "take",
        "help",
        "matter",
        "emerge",
        "remain",
        "look",
        "feel",
        "become",
        "rain",
        "snow",
        "cost",
        "transpire",
        "pay",
        "make",
        "hurt",
        "surprise",
        "suffice",
        "occur",
        "dawn",
        "sound",
        "come",
        "strike",
        "say",
        "go",
    ];
    let verb = &tokens[head];
    let passive = children[head].iter().any(|&c| matches!(tokens[c].deprel, Deprel::AuxPass | Deprel::Cop));
    let alone = children[head].iter().all(|&c| c == i || !tokens[c].deprel.is_subject());
    tokens[i].upos == Upos::Pron && i < head && verb.upos == Upos::Verb && !passive && alone && !EMPTY.contains(&&*verb.lemma)
}

/// "It is ready to sign": such an adjective is said of somebody; the parser takes the infinitive for its subject.
fn is_disposed(tokens: &[Token], children: &[Vec<usize>], i: usize, head: usize) -> bool {
    const DISPOSED: &[&str] = &["ready", "willing", "prepared", "unwilling", "reluctant", "determined", "able", "unable", "eager"];
    let alone = children[head].iter().all(|&c| c == i || !tokens[c].deprel.is_subject());
    tokens[i].upos == Upos::Pron && i < head && alone && DISPOSED.contains(&&*tokens[head].lemma)
}

/// The relation of token `i`. A passive subject needs an auxiliary. An oblique noun without a preposition behind a verb without an
/// object is its object: the parser takes the *at* of *killed at least twelve people* for one.
fn relation(tokens: &[Token], children: &[Vec<usize>], i: usize) -> Deprel {
    let token = &tokens[i];
    let Some(head) = token.head else { return token.deprel };
    if token.deprel == Deprel::Expl && (acts(tokens, children, i, head) || is_disposed(tokens, children, i, head)) {
        return Deprel::Nsubj;
    }
    if token.deprel == Deprel::NsubjPass {
        let active = tokens[head].xpos.starts_with("VB") && !matches!(tokens[head].xpos, "VBN" | "VBG");
        let auxiliary = children[head].iter().any(|&c| matches!(tokens[c].deprel, Deprel::AuxPass | Deprel::Aux));
        return if active && !auxiliary { Deprel::Nsubj } else { Deprel::NsubjPass };
    }
    if token.deprel != Deprel::Obl {
        let moved = token.deprel == Deprel::Nmod && accusation(tokens, i).is_some();
        return if moved { Deprel::Obl } else { token.deprel };
    }
    let bare = !children[i].iter().any(|&c| matches!(tokens[c].deprel, Deprel::Case | Deprel::Mark));
    let open = tokens[head].upos == Upos::Verb
        && !children[head]
            .iter()
            .any(|&c| matches!(tokens[c].deprel, Deprel::Obj | Deprel::Ccomp | Deprel::AuxPass | Deprel::NsubjPass));
    if bare && open && head < i && matches!(token.upos, Upos::Noun | Upos::Propn) { Deprel::Obj } else { token.deprel }
}

#[cfg(test)]
mod tests {
    use crate::context::Context;
    use crate::handmade;
    use crate::lexicon::Lexicon;
    use onrecord_language::Deprel;

    /// What the last word of the sentence hangs on, and how.
    fn last(tree: &str) -> (&str, Deprel) {
        let (document, analysis) = handmade::read(&[tree]);
        let lexicon = Lexicon::builtin();
        let ctx = Context::new(&document, &analysis, &lexicon);
        let tree = &ctx.trees[0];
        let word = tree.len() - 1;
        let head = tree.head(word).map_or("", |h| if tree.upos(h) == onrecord_language::Upos::Verb { "verb" } else { "noun" });
        (head, tree.rel(word))
    }

    #[test]
    fn what_somebody_is_accused_of_hangs_on_the_verb() {
        let massacre = "They/they/PRP/nsubj/2 accused/accuse/VBD/root/0 the/the/DT/det/4 army/army/NN/obj/2 of/of/IN/case/6 massacres/massacre/NNS/nmod/4";
        assert_eq!(last(massacre), ("verb", Deprel::Obl));
        let other = "They/they/PRP/nsubj/2 praised/praise/VBD/root/0 the/the/DT/det/4 chief/chief/NN/obj/2 of/of/IN/case/6 staff/staff/NN/nmod/4";
        assert_eq!(last(other), ("noun", Deprel::Nmod));
    }
}
