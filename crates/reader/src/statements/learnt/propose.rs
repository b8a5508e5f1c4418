//! What a token could attribute: the phrases and clauses beside it, read as content, with whoever could be the source.

use crate::rules::statement as rules;
use crate::statements::draft::{At, Draft, Found};
use crate::statements::phrases::is_relative;
use crate::statements::scene::Scene;
use crate::statements::source;
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Act, Why};
use onrecord_text::Span;

/// Most tokens of a sentence that is looked at; no sentence of prose is longer.
const LONGEST: usize = 160;

/// A cue with its source and content, as a construction suggests it.
#[derive(Clone, Debug)]
pub(in crate::statements) struct Proposal {
    pub at: At,
    /// The words that would attribute.
    pub cue: Span,
    /// Head of the source's phrase.
    pub source: Option<At>,
    pub content: Vec<Span>,
    /// Predicate or head of the content.
    pub main: usize,
    /// How the source was found.
    pub route: &'static str,
    /// Name of the construction.
    pub frame: String,
    /// The content is a clause.
    pub clause: bool,
    /// Hashed features.
    pub features: Vec<u32>,
}

impl Proposal {
    /// The draft of a proposal that was taken.
    pub fn draft(&self, scene: &Scene, probability: f32) -> Draft {
        let (s, t) = self.at;
        let tree = scene.tree(s);
        let row = scene.rows(self.at).next();
        Draft {
            at: Some(self.at),
            cue: Some(self.cue),
            source: self.source,
            content: self.content.clone(),
            main: Some((s, self.main)),
            to: Vec::new(),
            act: row.map_or(Act::State, |cue| cue.act),
            mode: None,
            factuality: None,
            found: match (tree.upos(t), self.clause) {
                (Upos::Noun, _) => Found::Noun,
                (_, true) => Found::Clause,
                _ => Found::Phrase,
            },
            participle: tree.token(t).xpos == "VBG"
                && matches!(tree.rel(t), Deprel::Advcl | Deprel::Acl | Deprel::Conj | Deprel::Parataxis),
            media: self.source.is_some_and(|h| scene.is_media(h)),
            confidence: (probability * 0.8 * 100.0).round() / 100.0,
            why: Why::by(&rules::LEARNT, format!("learnt: {} + {}", tree.lemma(t), self.frame)),
        }
    }
}

/// A content before it is cut into spans.
struct Offer {
    frame: String,
    tokens: Vec<usize>,
    main: usize,
    /// Tokens that belong to the cue.
    particles: Vec<usize>,
    clause: bool,
}

/// All offers of the token, in a fixed order.
pub(super) fn of_token(scene: &Scene, at: At) -> Vec<Proposal> {
    let (s, t) = at;
    let tree = scene.tree(s);
    if tree.len() > LONGEST {
        return Vec::new();
    }
    let (offers, sources) = match tree.upos(t) {
        Upos::Verb => (verb(scene, at), verb_sources(scene, at)),
        Upos::Noun => (noun(scene, at), noun_sources(scene, at)),
        Upos::Adj if is_predicate(tree, t) => (complements(scene, at), verb_sources(scene, at)),
        Upos::Adv => (clause_of_adverb(tree, t), vec![("none", None)]),
        Upos::Punct if tree.form(t) == ":" => (after_colon(tree, t), vec![("before colon", before_colon(tree, t))]),
        _ => return Vec::new(),
    };
    let mut found: Vec<Proposal> = Vec::new();
    for offer in &offers {
        for &(route, source) in &sources {
            if let Some(proposal) = proposal(scene, at, offer, route, source)
                && !found.iter().any(|p| p.content == proposal.content && p.source == proposal.source)
            {
                found.push(proposal);
            }
        }
    }
    found
}

fn proposal(scene: &Scene, at: At, offer: &Offer, route: &'static str, source: Option<usize>) -> Option<Proposal> {
    let (s, t) = at;
    let tree = scene.tree(s);
    let own: Vec<usize> = source.map_or(Vec::new(), |h| source_tokens(tree, h, t));
    // The source is no part of what it says.
    if source
        .is_some_and(|h| offer.tokens.contains(&h) && offer.frame != "rest" && offer.frame != "side" && offer.frame != "before")
    {
        return None;
    }
    let said = |i: &usize| !own.contains(i) && *i != t && !offer.particles.contains(i);
    let tokens: Vec<usize> = offer.tokens.iter().copied().filter(said).collect();
    let content = scene.pieces(at, &tokens);
    if content.is_empty() {
        return None;
    }
    let near = offer.particles.iter().filter(|&&p| p > t && p <= t + 3);
    let cue = near.fold(scene.span(at), |c, &p| c.cover(scene.span((s, p))));
    let cue = if content.iter().any(|c| c.overlaps(cue)) { scene.span(at) } else { with_auxiliaries(scene, at, cue) };
    Some(Proposal {
        at,
        cue,
        source: source.map(|h| (s, h)),
        route,
        content,
        main: offer.main,
        frame: offer.frame.clone(),
        clause: offer.clause,
        features: Vec::new(),
    })
}

fn is_predicate(tree: &Tree, t: usize) -> bool {
    tree.child(t, Deprel::Cop).is_some() || matches!(tree.rel(t), Deprel::Xcomp | Deprel::Advcl | Deprel::Acl)
}

/// Auxiliaries and negation right before the verb belong to the cue.
fn with_auxiliaries(scene: &Scene, (s, t): At, cue: Span) -> Span {
    let tree = scene.tree(s);
    let mut first = t;
    while first > 0 {
        let i = first - 1;
        let belongs = tree.head(i) == Some(t)
            && (matches!(tree.rel(i), Deprel::Aux | Deprel::AuxPass | Deprel::Cop) || tree.rel(i) == Deprel::Advmod);
        if !belongs {
            break;
        }
        first = i;
    }
    cue.cover(scene.span((s, first)))
}

/// The source's phrase, as far as it does not hold the cue.
fn source_tokens(tree: &Tree, head: usize, cue: usize) -> Vec<usize> {
    if tree.is_under(head, cue) {
        return tree.subtree(head);
    }
    tree.subtree_without(head, |c| tree.is_under(cue, c))
}

/// Who could be the source of a verb or adjective, each with the way that leads there.
fn verb_sources(scene: &Scene, (s, t): At) -> Vec<(&'static str, Option<usize>)> {
    let tree = scene.tree(s);
    let own = |c: &usize| tree.rel(*c).is_subject() && !is_relative(tree, *c);
    let agent = source::agent(scene, (s, t)).map(|a| a.1);
    let own = tree.children(t).iter().copied().find(own);
    let above =
        || tree.ancestors(t).take(4).filter(|&a| matches!(tree.upos(a), Upos::Verb | Upos::Adj)).find_map(|a| tree.subject(a));
    let ways = if scene.is_passive((s, t)) {
        [("agent", agent), ("passive", own), ("above", own.is_none().then(above).flatten()), ("none", None)]
    } else {
        let shared = if tree.token(t).xpos == "VBG" { "shared ing" } else { "shared" };
        [("own", own), (shared, tree.subject(t)), ("above", own.is_none().then(above).flatten()), ("by", agent)]
    };
    let mut routes: Vec<(&'static str, Option<usize>)> = Vec::new();
    for (route, found) in ways {
        if found.is_some() && !routes.iter().any(|r| r.1 == found) {
            routes.push((route, found));
        }
    }
    routes.push(("none", None));
    routes
}

/// The preposition or conjunction that introduces a phrase.
fn marker(tree: &Tree, c: usize) -> Option<usize> {
    tree.children(c).iter().copied().find(|&m| m < c && matches!(tree.rel(m), Deprel::Case | Deprel::Mark))
}

fn verb(scene: &Scene, at: At) -> Vec<Offer> {
    let (s, t) = at;
    let tree = scene.tree(s);
    let mut offers = complements(scene, at);
    let passive = scene.is_passive(at);
    if passive {
        let subject = tree.child(t, Deprel::NsubjPass).filter(|&o| !is_relative(tree, o));
        let modified = || matches!(tree.rel(t), Deprel::Acl | Deprel::AclRelcl).then(|| tree.head(t)).flatten();
        if let Some(o) = subject.or_else(modified) {
            let phrase = tree.subtree_without(o, |c| tree.is_under(t, c));
            let rest = tree.children(t).iter().copied().find(|&c| {
                c > t
                    && matches!(tree.rel(c), Deprel::Xcomp | Deprel::Ccomp | Deprel::Obl | Deprel::Advcl)
                    && !is_agent(tree, c)
                    && !scene.is_time((s, c))
            });
            if let Some(c) = rest {
                let tokens = joined(phrase.clone(), tree.subtree(c));
                let how = marker(tree, c).map_or("", |m| tree.lower(m));
                offers.push(Offer { frame: format!("passive {how}"), tokens, main: c, particles: Vec::new(), clause: true });
            }
            offers.push(Offer { frame: "passive".into(), tokens: phrase, main: o, particles: Vec::new(), clause: false });
        }
    }
    if let Some(filling) = side(scene, at) {
        offers.push(filling);
    }
    // "the policy they criticised"
    if tree.rel(t) == Deprel::AclRelcl
        && tree.object(t).is_none_or(|o| is_relative(tree, o))
        && let Some(noun) = tree.head(t).filter(|&n| tree.subject(t) != Some(n))
    {
        let tokens = tree.subtree_without(noun, |c| tree.is_under(t, c));
        offers.push(Offer { frame: "relative".into(), tokens, main: noun, particles: Vec::new(), clause: false });
    }
    // All that follows in the clause.
    let rest: Vec<usize> = tree.subtree(t).into_iter().filter(|&i| i > t).collect();
    if let Some(&main) = rest.first() {
        offers.push(Offer { frame: "rest".into(), tokens: rest, main, particles: Vec::new(), clause: false });
    }
    offers
}

/// The tokens of both, in order.
fn joined(mut first: Vec<usize>, second: Vec<usize>) -> Vec<usize> {
    first.extend(second);
    first.sort_unstable();
    first.dedup();
    first
}

fn is_agent(tree: &Tree, c: usize) -> bool {
    tree.rel(c) == Deprel::OblAgent || tree.child_word(c, Deprel::Case, "by").is_some()
}

/// *They had left, she said*: the clause that the cue stands beside.
fn side(scene: &Scene, (s, t): At) -> Option<Offer> {
    let tree = scene.tree(s);
    let before = tree.children(t).iter().copied().find(|&c| c < t && matches!(tree.rel(c), Deprel::Ccomp | Deprel::Parataxis));
    if let Some(clause) = before {
        return Some(Offer {
            frame: "before".into(),
            tokens: tree.subtree(clause),
            main: clause,
            particles: Vec::new(),
            clause: true,
        });
    }
    let aside =
        tree.rel(t) == Deprel::Parataxis || tree.rel(t) == Deprel::Advcl && tree.child_word(t, Deprel::Mark, "as").is_some();
    let head = tree.head(t).filter(|_| aside)?;
    let tokens = tree.subtree_without(head, |c| c == t);
    (!scene.is_time((s, head))).then(|| Offer { frame: "side".into(), tokens, main: head, particles: Vec::new(), clause: true })
}

/// What hangs on a verb or an adjective after it.
fn complements(scene: &Scene, (s, t): At) -> Vec<Offer> {
    let tree = scene.tree(s);
    let mut offers = Vec::new();
    let object = tree
        .children(t)
        .iter()
        .copied()
        .find(|&c| c > t && tree.rel(c) == Deprel::Obj && !is_relative(tree, c) && !scene.is_time((s, c)));
    for &c in tree.children(t).iter().filter(|&&c| c > t) {
        let mark = marker(tree, c);
        let word = mark.map_or("", |m| tree.lower(m));
        let phrase = || tree.subtree_without(c, |i| Some(i) == mark);
        match tree.rel(c) {
            Deprel::Ccomp | Deprel::CsubjPass => {
                let frame = match word {
                    "that" => "that",
                    "" if is_question(tree, c) => "wh",
                    "" => "clause",
                    "if" | "whether" => "wh",
                    _ => "ccomp",
                };
                let particles: Vec<usize> = mark.filter(|_| word == "that").into_iter().collect();
                let tokens = if frame == "wh" { tree.subtree(c) } else { phrase() };
                offers.extend(other_ends(tree, c, &tokens, frame, &particles));
                offers.push(Offer { frame: frame.into(), tokens, main: c, particles, clause: true });
            }
            Deprel::Xcomp | Deprel::Advcl => {
                let frame = match (word, tree.token(c).xpos) {
                    ("to", _) => "inf".to_owned(),
                    ("", "VBG") => "ing".to_owned(),
                    ("", _) => "pred".to_owned(),
                    (word, _) => format!("{} {word}", if tree.rel(c) == Deprel::Advcl { "advcl" } else { "xcomp" }),
                };
                let particles = mark.filter(|_| word != "to").into_iter().collect();
                let tokens = if word == "to" { tree.subtree(c) } else { phrase() };
                if let Some(o) = object.filter(|&o| o < c) {
                    let all = joined(tree.subtree(o), tree.subtree(c));
                    offers.push(Offer { frame: format!("obj {frame}"), tokens: all, main: c, particles: Vec::new(), clause: true });
                }
                offers.push(Offer { frame, tokens, main: c, particles, clause: true });
            }
            Deprel::Obl | Deprel::Nmod if mark.is_some() && !is_agent(tree, c) && !scene.is_time((s, c)) => {
                if let Some(o) = object.filter(|&o| o < c) {
                    let all = joined(tree.subtree(o), tree.subtree(c));
                    offers.push(Offer { frame: format!("obj {word}"), tokens: all, main: o, particles: Vec::new(), clause: false });
                }
                offers.push(Offer {
                    frame: word.to_owned(),
                    tokens: phrase(),
                    main: c,
                    particles: mark.into_iter().collect(),
                    clause: false,
                });
            }
            Deprel::Obj if Some(c) == object => {
                offers.push(Offer { frame: "obj".into(), tokens: tree.subtree(c), main: c, particles: Vec::new(), clause: false });
            }
            Deprel::Parataxis if (t + 1..c).any(|i| tree.form(i) == ":") => {
                offers.push(Offer { frame: "colon".into(), tokens: tree.subtree(c), main: c, particles: Vec::new(), clause: true });
            }
            _ => {}
        }
    }
    offers
}

/// Where else a clause could end: at the end of the sentence, or before what is coordinated or set behind a comma.
fn other_ends(tree: &Tree, clause: usize, tokens: &[usize], frame: &str, particles: &[usize]) -> Vec<Offer> {
    let offer = |how: &str, tokens: Vec<usize>| {
        (!tokens.is_empty()).then(|| Offer {
            frame: format!("{frame} {how}"),
            tokens,
            main: clause,
            particles: particles.to_vec(),
            clause: true,
        })
    };
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return Vec::new() };
    let to_end: Vec<usize> = if last + 2 < tree.len() { (first..tree.len()).collect() } else { Vec::new() };
    let behind = |c: usize| {
        let start = tree.subtree(c).first().copied().unwrap_or(c);
        let loose = matches!(tree.rel(c), Deprel::Conj | Deprel::Parataxis | Deprel::Advcl | Deprel::AclRelcl);
        loose && c > clause && start > 0 && (tree.form(start - 1) == "," || tree.rel(c) == Deprel::Conj)
    };
    let cut = tree.subtree_without(clause, |c| behind(c) || particles.contains(&c));
    let cut = if cut.len() < tokens.len() { cut } else { Vec::new() };
    [offer("to end", to_end), offer("cut", cut)].into_iter().flatten().collect()
}

fn is_question(tree: &Tree, clause: usize) -> bool {
    let first = tree.subtree(clause).into_iter().find(|&i| tree.upos(i) != Upos::Punct);
    first.is_some_and(|i| matches!(tree.lower(i), "how" | "what" | "why" | "when" | "where" | "who" | "whom" | "which" | "whose"))
}

/// *Kyiv's plan to*, *support for*, *hopes that*.
fn noun(scene: &Scene, (s, t): At) -> Vec<Offer> {
    let tree = scene.tree(s);
    let mut offers = Vec::new();
    for &c in tree.children(t).iter().filter(|&&c| c > t) {
        let mark = marker(tree, c);
        let word = mark.map_or("", |m| tree.lower(m));
        let (frame, tokens) = match tree.rel(c) {
            Deprel::Acl | Deprel::Ccomp | Deprel::Advcl | Deprel::Appos | Deprel::AclRelcl if word == "that" => {
                ("that".to_owned(), tree.subtree_without(c, |i| Some(i) == mark))
            }
            Deprel::Acl if word == "to" => ("inf".to_owned(), tree.subtree(c)),
            Deprel::Nmod | Deprel::Acl | Deprel::Obl
                if mark.is_some() && !scene.is_time((s, c)) && !matches!(word, "by" | "from") =>
            {
                (word.to_owned(), tree.subtree_without(c, |i| Some(i) == mark))
            }
            _ => continue,
        };
        let particles = mark.filter(|_| frame != "inf").into_iter().collect();
        let clause = matches!(frame.as_str(), "that" | "inf");
        offers.push(Offer { frame, tokens, main: c, particles, clause });
    }
    offers
}

/// Whose plan it is: possessor, *by*, *from* or *of* somebody, a name before it, or the subject of the verb that it belongs to.
fn noun_sources(scene: &Scene, (s, t): At) -> Vec<(&'static str, Option<usize>)> {
    let tree = scene.tree(s);
    let by = |c: &usize| {
        *c > t && tree.rel(*c) == Deprel::Nmod && marker(tree, *c).is_some_and(|m| matches!(tree.lower(m), "by" | "from" | "of"))
    };
    let before = |c: &usize| *c < t && matches!(tree.rel(*c), Deprel::Amod | Deprel::Compound) && scene.in_name((s, *c));
    let children = || tree.children(t).iter().copied();
    let governor = tree.head(t).filter(|&h| {
        matches!(tree.upos(h), Upos::Verb | Upos::Aux) && matches!(tree.rel(t), Deprel::Obj | Deprel::Obl | Deprel::NsubjPass)
    });
    let possessor = tree.child(t, Deprel::NmodPoss);
    let ways = [
        ("possessor", possessor),
        ("maker", children().find(by)),
        ("people", children().find(before)),
        ("governor", governor.and_then(|v| tree.subject(v)).filter(|&h| h != t)),
    ];
    ways.into_iter().filter(|w| w.1.is_some()).chain([("none", None)]).collect()
}

/// *reportedly*: the clause it stands in.
fn clause_of_adverb(tree: &Tree, t: usize) -> Vec<Offer> {
    let Some(head) = tree.head(t).filter(|_| tree.rel(t) == Deprel::Advmod && tree.lower(t).ends_with("ly")) else {
        return Vec::new();
    };
    let tokens = tree.subtree_without(head, |c| c == t);
    vec![Offer { frame: "adverb".into(), tokens, main: head, particles: Vec::new(), clause: true }]
}

/// *Minister: We will go*: everything after the first colon of a line that begins with its speaker.
fn after_colon(tree: &Tree, t: usize) -> Vec<Offer> {
    let rest: Vec<usize> = (t + 1..tree.len()).collect();
    match rest.first() {
        Some(&main) if before_colon(tree, t).is_some() => {
            vec![Offer { frame: "colon".into(), tokens: rest, main, particles: Vec::new(), clause: true }]
        }
        _ => Vec::new(),
    }
}

/// The noun phrase that is all there is before the colon.
fn before_colon(tree: &Tree, t: usize) -> Option<usize> {
    let verbless = (0..t).all(|i| !matches!(tree.upos(i), Upos::Verb | Upos::Aux | Upos::Punct));
    let nominal = |i: &usize| matches!(tree.upos(*i), Upos::Propn | Upos::Noun);
    let top = |i: &usize| tree.head(*i).is_none_or(|h| h >= t);
    (verbless && t < 8).then(|| (0..t).filter(nominal).find(top)).flatten()
}
