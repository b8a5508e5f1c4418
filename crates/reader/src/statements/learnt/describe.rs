//! Proposals as features: the cue's word and form, the construction, who the source is, what the content is made of.

use super::propose::Proposal;
use crate::lexicon::cues::CueKind;
use crate::statements::draft::At;
use crate::statements::scene::Scene;
use onrecord_language::{Deprel, NameKind, Upos};

/// Fills the features of the offers of one token.
pub(super) fn describe(scene: &Scene, at: At, group: &mut [Proposal]) {
    let common = Common::new(scene, at);
    let mut frames: Vec<String> = group.iter().map(|p| p.frame.clone()).collect();
    frames.dedup();
    for proposal in group.iter_mut() {
        proposal.features = common.features(scene, proposal, &frames);
    }
}

/// What all offers of a token share.
struct Common<'s> {
    lemma: &'s str,
    word: String,
    upos: Upos,
    xpos: &'s str,
    rel: Deprel,
    governor: String,
    /// Listed in the table of cues, in another construction.
    listed: &'static str,
    auxiliaries: String,
    place: &'static str,
}

impl<'s> Common<'s> {
    fn new(scene: &'s Scene, at: At) -> Self {
        let (s, t) = at;
        let tree = scene.tree(s);
        let before = |c: &usize| *c < t && matches!(tree.rel(*c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Advmod);
        let short = |c: usize| if tree.rel(c) == Deprel::Advmod && !matches!(tree.lower(c), "not" | "n't" | "never") { "" } else { tree.lower(c) };
        let listed = scene.rows(at).next().map_or("unlisted", |cue| match cue.kind {
            CueKind::Say => "say",
            CueKind::Attitude => "attitude",
            CueKind::Intention => "intention",
            CueKind::Cognition => "cognition",
            CueKind::Evidence => "evidence",
        });
        let governor = tree.head(t).map_or(String::from("root"), |h| format!("{}/{:?}", tree.lemma(h), tree.rel(t)));
        Common {
            lemma: tree.lemma(t),
            word: tree.lower(t).to_owned(),
            upos: tree.upos(t),
            xpos: tree.token(t).xpos,
            rel: tree.rel(t),
            governor,
            listed,
            auxiliaries: tree.children(t).iter().copied().filter(before).map(short).collect::<Vec<_>>().join(" "),
            place: match (scene.is_heading(s), scene.quoted(at).is_some()) {
                (true, _) => "heading",
                (_, true) => "quoted",
                _ => "text",
            },
        }
    }

    fn features(&self, scene: &Scene, p: &Proposal, frames: &[String]) -> Vec<u32> {
        let (s, _) = p.at;
        let tree = scene.tree(s);
        let (lemma, upos, frame) = (self.lemma, self.upos, p.frame.as_str());
        let source = p.source.map_or("none".to_owned(), |at| source_kind(scene, at));
        let source_word = p.source.map_or("none", |(s, h)| scene.tree(s).lemma(h));
        let main = tree.lemma(p.main);
        let main_pos = tree.upos(p.main);
        let quoted = match p.content.iter().filter(|c| scene.quotes.overlapping(**c).next().is_some()).count() {
            0 => "plain",
            _ => "with quotation",
        };
        let words: usize = p.content.iter().map(|c| scene.ctx.slice(*c).split(' ').count()).sum();
        let long = match words {
            0..=1 => "1",
            2..=3 => "3",
            4..=6 => "6",
            7..=12 => "12",
            13..=24 => "24",
            _ => "long",
        };
        let ending: String = lemma.chars().rev().take(3).collect();
        let others = frames.iter().filter(|f| f.as_str() != frame).count().min(4);
        let mut hash = Hasher::default();
        hash.add(&["bias", frame]);
        hash.add(&["pos", &format!("{upos:?}"), frame]);
        hash.add(&["lemma", lemma, &format!("{upos:?}")]);
        hash.add(&["lemma frame", lemma, frame]);
        hash.add(&["word frame", &self.word, frame]);
        hash.add(&["lemma source", lemma, &source]);
        hash.add(&["frame source", frame, &source, &format!("{upos:?}")]);
        hash.add(&["source", &source]);
        hash.add(&["source word", source_word]);
        hash.add(&["route", p.route, frame, &format!("{upos:?}")]);
        hash.add(&["route source", p.route, &source]);
        hash.add(&["route rel", p.route, &format!("{:?}", self.rel), self.xpos]);
        hash.add(&["lemma route", lemma, p.route]);
        hash.add(&["xpos frame", self.xpos, frame]);
        hash.add(&["rel", &format!("{:?}", self.rel), self.xpos]);
        hash.add(&["governor", &self.governor]);
        hash.add(&["listed", self.listed, frame]);
        hash.add(&["aux", &self.auxiliaries, frame]);
        hash.add(&["aux source", &self.auxiliaries, &source]);
        hash.add(&["lemma aux", lemma, &self.auxiliaries]);
        hash.add(&["place", self.place, &format!("{upos:?}")]);
        hash.add(&["place frame", self.place, frame]);
        hash.add(&["main", main, frame]);
        hash.add(&["main pos", &format!("{main_pos:?}"), frame]);
        hash.add(&["lemma main", lemma, main]);
        hash.add(&["main any", main]);
        hash.add(&["quotation", quoted, frame]);
        hash.add(&["lemma quotation", lemma, quoted]);
        hash.add(&["long", long, frame]);
        hash.add(&["ending", &ending, frame]);
        let word = |i: usize| if i < tree.len() { tree.lower(i) } else { "" };
        let t = p.at.1;
        hash.add(&["next", word(t + 1), frame]);
        hash.add(&["next2", word(t + 1), word(t + 2)]);
        hash.add(&["previous", if t > 0 { word(t - 1) } else { "" }, &format!("{upos:?}")]);
        if let Some(first) = p.content.first() {
            let opens = scene.ctx.slice(*first).split(' ').next().unwrap_or("").to_lowercase();
            hash.add(&["opens", &opens, frame]);
        }
        hash.add(&["sentence", &tree.len().min(40).div_euclid(8).to_string(), &t.min(40).div_euclid(4).to_string()]);
        hash.add(&["pieces", &p.content.len().min(3).to_string(), frame]);
        hash.add(&["others", &others.to_string(), frame]);
        for other in frames.iter().filter(|f| f.as_str() != frame) {
            hash.add(&["beside", frame, other]);
        }
        hash.found
    }
}

/// What kind of source it is.
fn source_kind(scene: &Scene, at: At) -> String {
    let (s, h) = at;
    let tree = scene.tree(s);
    if tree.upos(h) == Upos::Pron {
        return tree.lower(h).to_owned();
    }
    if let Some(name) = tree.sentence.name_at(h) {
        return match name.kind {
            NameKind::Per => "person's name",
            NameKind::Org => "organisation's name",
            _ => "place's name",
        }
        .to_owned();
    }
    let listed = if scene.is_document(at) {
        "document"
    } else if scene.is_media(at) {
        "media"
    } else if scene.is_person(at) {
        "person"
    } else if scene.is_party(at) {
        "party"
    } else {
        "thing"
    };
    format!("{listed} {:?}", tree.upos(h))
}

/// Collects hashed features: FNV-1a over the parts, a separator after each.
#[derive(Default)]
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
