//! Proposals as features: the cue's word and form, the construction, who the source is, what the content is made of.

use super::propose::Proposal;
use crate::lexicon::cues::CueKind;
use crate::statements::draft::At;
use crate::statements::scene::Scene;
use onrecord_language::{Deprel, NameKind, Upos};

/// Fills the features of the offers of one token.
pub(super) fn describe(scene: &Scene, at: At, group: &mut [Proposal]) {
    let cue = Cue::new(scene, at);
    let mut frames: Vec<String> = group.iter().map(|p| p.frame.clone()).collect();
    frames.dedup();
    for proposal in group.iter_mut() {
        let mut hash = Hasher { found: Vec::with_capacity(64) };
        cue.describe(&proposal.frame, &mut hash);
        cue.describe_source(scene, proposal, &mut hash);
        cue.describe_content(scene, proposal, &mut hash);
        let frame = proposal.frame.as_str();
        for other in frames.iter().filter(|f| *f != frame) {
            hash.add(&["beside", frame, other]);
        }
        let others = frames.iter().filter(|f| *f != frame).count();
        hash.add(&["others", COUNTS[others.min(4)], frame]);
        proposal.features = hash.found;
    }
}

const COUNTS: [&str; 5] = ["0", "1", "2", "3", "4"];

/// The word that would attribute: what all offers of a token share.
struct Cue<'s> {
    lemma: &'s str,
    /// In lower case.
    word: &'s str,
    /// Last letters of the lemma.
    ending: &'s str,
    upos: &'static str,
    xpos: &'s str,
    relation: &'static str,
    /// Lemma of the word it hangs on.
    governor: &'s str,
    /// What it reports by the table of cues, in another construction.
    listed: &'static str,
    /// Auxiliaries, copula and negation before it.
    auxiliaries: String,
    /// Where it stands.
    place: &'static str,
    previous: &'s str,
    next: [&'s str; 2],
}

impl<'s> Cue<'s> {
    fn new(scene: &'s Scene, at: At) -> Self {
        let (s, t) = at;
        let tree = scene.tree(s);
        let before = |c: &usize| *c < t && matches!(tree.rel(*c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Advmod);
        let told = |c: usize| {
            let adverb = tree.rel(c) == Deprel::Advmod && !matches!(tree.lower(c), "not" | "n't" | "never");
            if adverb { "" } else { tree.lower(c) }
        };
        let listed = scene.rows(at).next().map_or("unlisted", |cue| match cue.kind {
            CueKind::Say => "say",
            CueKind::Attitude => "attitude",
            CueKind::Intention => "intention",
            CueKind::Cognition => "cognition",
            CueKind::Evidence => "evidence",
        });
        let word = |i: usize| if i < tree.len() { tree.lower(i) } else { "" };
        let lemma = tree.lemma(t);
        Cue {
            lemma,
            word: tree.lower(t),
            ending: lemma.char_indices().rev().nth(2).map_or(lemma, |(i, _)| &lemma[i..]),
            upos: tree.upos(t).as_str(),
            xpos: tree.token(t).xpos,
            relation: tree.rel(t).as_str(),
            governor: tree.head(t).map_or("", |h| tree.lemma(h)),
            listed,
            auxiliaries: tree.children(t).iter().copied().filter(before).map(told).collect::<Vec<_>>().join(" "),
            place: match (scene.is_heading(s), scene.quoted(at).is_some()) {
                (true, _) => "heading",
                (_, true) => "quoted",
                _ => "text",
            },
            previous: t.checked_sub(1).map_or("", word),
            next: [word(t + 1), word(t + 2)],
        }
    }

    fn describe(&self, frame: &str, hash: &mut Hasher) {
        hash.add(&["frame", frame]);
        hash.add(&["pos", self.upos, frame]);
        hash.add(&["lemma", self.lemma, self.upos]);
        hash.add(&["lemma frame", self.lemma, frame]);
        hash.add(&["word frame", self.word, frame]);
        hash.add(&["ending", self.ending, frame]);
        hash.add(&["xpos", self.xpos, frame]);
        hash.add(&["relation", self.relation, self.xpos]);
        hash.add(&["governor", self.governor, self.relation]);
        hash.add(&["listed", self.listed, frame]);
        hash.add(&["auxiliaries", &self.auxiliaries, frame]);
        hash.add(&["lemma auxiliaries", self.lemma, &self.auxiliaries]);
        hash.add(&["place", self.place, self.upos]);
        hash.add(&["place frame", self.place, frame]);
        hash.add(&["previous", self.previous, self.upos]);
        hash.add(&["next", self.next[0], frame]);
        hash.add(&["next two", self.next[0], self.next[1]]);
    }

    fn describe_source(&self, scene: &Scene, p: &Proposal, hash: &mut Hasher) {
        let [kind, pos] = p.source.map_or(["none", ""], |at| source_kind(scene, at));
        let lemma = p.source.map_or("none", |(s, h)| scene.tree(s).lemma(h));
        hash.add(&["source", kind, pos]);
        hash.add(&["source lemma", lemma]);
        hash.add(&["lemma source", self.lemma, kind, pos]);
        hash.add(&["frame source", &p.frame, kind, pos, self.upos]);
        hash.add(&["auxiliaries source", &self.auxiliaries, kind, pos]);
        hash.add(&["route", p.route, &p.frame, self.upos]);
        hash.add(&["route source", p.route, kind, pos]);
        hash.add(&["route relation", p.route, self.relation, self.xpos]);
        hash.add(&["lemma route", self.lemma, p.route]);
    }

    fn describe_content(&self, scene: &Scene, p: &Proposal, hash: &mut Hasher) {
        let tree = scene.tree(p.at.0);
        let (frame, main) = (p.frame.as_str(), tree.lemma(p.main));
        let marks = p.content.iter().any(|&c| scene.quotes.overlapping(c).next().is_some());
        let quotation = if marks { "with quotation" } else { "plain" };
        let words: usize = p.content.iter().map(|&c| scene.ctx.slice(c).split(' ').count()).sum();
        let length = match words {
            0..=1 => "1",
            2..=3 => "3",
            4..=6 => "6",
            7..=12 => "12",
            13..=24 => "24",
            _ => "long",
        };
        hash.add(&["main", main]);
        hash.add(&["main frame", main, frame]);
        hash.add(&["main pos", tree.upos(p.main).as_str(), frame]);
        hash.add(&["lemma main", self.lemma, main]);
        hash.add(&["quotation", quotation, frame]);
        hash.add(&["lemma quotation", self.lemma, quotation]);
        hash.add(&["length", length, frame]);
        hash.add(&["pieces", COUNTS[p.content.len().min(3)], frame]);
        let opens = p.content.first().and_then(|&c| scene.ctx.slice(c).split(' ').next()).unwrap_or("").to_lowercase();
        hash.add(&["opens", &opens, frame]);
    }
}

/// What kind of source it is: a pronoun by itself, a name by its kind, a noun by what it can do, with its part of speech.
fn source_kind<'s>(scene: &'s Scene, at: At) -> [&'s str; 2] {
    let (s, h) = at;
    let tree = scene.tree(s);
    if tree.upos(h) == Upos::Pron {
        return [tree.lower(h), ""];
    }
    if let Some(name) = tree.sentence.name_at(h) {
        return match name.kind {
            NameKind::Per => ["person's name", ""],
            NameKind::Org => ["organisation's name", ""],
            _ => ["place's name", ""],
        };
    }
    let kind = match () {
        () if scene.is_document(at) => "document",
        () if scene.is_media(at) => "media",
        () if scene.is_person(at) => "person",
        () if scene.is_party(at) => "party",
        () => "thing",
    };
    [kind, tree.upos(h).as_str()]
}

/// Collects hashed features: FNV-1a over the parts, a separator after each, with a final mix.
struct Hasher {
    found: Vec<u32>,
}

impl Hasher {
    fn add(&mut self, parts: &[&str]) {
        let mut h: u32 = 0x811c_9dc5;
        for byte in parts.iter().flat_map(|p| p.bytes().chain([0])) {
            h = (h ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
        h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
        self.found.push(h ^ (h >> 16));
    }
}
