//! Positions that a verb, an adjective or a noun of `positions.tsv` takes.

use super::scene::{Frame, Holder, Scene};
use super::slots::{self, Filled};
use super::terms::{self, Extent, is_negation};
use super::voice::is_first_person;
use crate::actors::Actors;
use crate::lexicon::positions::{PositionRow, Role, Slot, When, WordClass};
use crate::rules::position as rules;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Actor, ActorKind, Move, Sector, Status};

/// The positions that the word at `t` takes.
pub(super) fn find(scene: &Scene, actors: &mut Actors, t: usize) -> Vec<Frame> {
    let tree = scene.tree;
    let (class, word) = match tree.upos(t) {
        Upos::Verb | Upos::Adj if is_state(scene, t) => (WordClass::Adjective, tree.lower(t)),
        Upos::Adv if is_state(scene, t) => (WordClass::Adjective, tree.lower(t)),
        Upos::Verb => (WordClass::Verb, tree.lemma(t)),
        Upos::Noun => (WordClass::Noun, tree.lemma(t)),
        _ => return Vec::new(),
    };
    for row in scene.table.rows(class, word).filter(|row| scene.stands(row, t)) {
        let frames = taken(scene, actors, t, row);
        if !frames.is_empty() {
            return frames;
        }
    }
    Vec::new()
}

/// True for an adjective or participle that says in what state of mind its subject is.
fn is_state(scene: &Scene, t: usize) -> bool {
    let tree = scene.tree;
    let predicate =
        !matches!(tree.rel(t), Deprel::Amod | Deprel::Acl) && (tree.upos(t) != Upos::Verb || tree.token(t).xpos == "VBN");
    let active = tree.children_by(t, &[Deprel::Aux]).any(|c| tree.lemma(c) == "have");
    predicate && !active && scene.table.rows(WordClass::Adjective, tree.lower(t)).next().is_some()
}

fn taken(scene: &Scene, actors: &mut Actors, t: usize, row: &PositionRow) -> Vec<Frame> {
    let Some(stance) = put(scene, t, row) else { return Vec::new() };
    let filled = slots::fill(scene.tree, t, row);
    let Some(holder) = holder(scene, actors, t, row) else { return Vec::new() };
    if !can_hold(scene, actors, stance, holder) {
        return Vec::new();
    }
    let fits = |actors: &mut Actors, f: &Filled| holds(scene, actors, t, row, holder, f) && is_thing(scene, actors, t, row, f);
    let filled: Vec<Filled> = filled.into_iter().filter(|f| fits(actors, f)).collect();
    let status = status(scene, t);
    let mut frames: Vec<Frame> =
        filled.iter().filter_map(|f| scene.frame(t, stance, holder, *f, Scene::why(rules::of(row.class), row))).collect();
    for (frame, f) in frames.iter_mut().zip(&filled) {
        frame.toward = slots::counterparts(scene.tree, t, &row.toward, f);
        frame.status = status;
        frame.disputed = row.needs(When::Disputed) && !is_about_title(scene, f) && !is_turned_down(scene, t);
        add_terms(scene, t, row, frame);
    }
    if frames.is_empty() && filled.is_empty() && row.what.contains(&Slot::ToDo) && row.class == WordClass::Adjective {
        frames.extend(super::idiom::bare(scene, t, stance, holder, row));
    }
    frames
}

/// The move, when the word is said of the world and not only wished, feared or asked.
fn put(scene: &Scene, t: usize, row: &PositionRow) -> Option<Move> {
    let tree = scene.tree;
    let denied = |t: usize| {
        tree.children(t).iter().any(|&c| is_negation(tree, c) && !is_only(scene, c))
            || tree.child_word(t, Deprel::Det, "no").is_some()
    };
    // "did not want to offer", "failed to agree"
    let above = std::iter::successors(Some(t), |&at| {
        tree.head(at).filter(|_| tree.rel(at) == Deprel::Xcomp && tree.object(tree.head(at).unwrap_or(at)).is_none())
    });
    let negated = above.clone().any(denied) || above.skip(1).any(|at| matches!(tree.lemma(at), "fail" | "yet"));
    let conditional = tree.children_by(t, &[Deprel::Mark]).any(|m| matches!(tree.lower(m), "if" | "unless" | "whether"));
    if conditional {
        return None;
    }
    // An infinitive that nothing carries on is an aim or part of what others want (*to end the war and to accept the plan*).
    let infinitive = tree.child_word(t, Deprel::Mark, "to").is_some() && tree.rel(t) != Deprel::Xcomp;
    if infinitive && row.class == WordClass::Verb && matches!(row.stance, Some(Move::Acceptance | Move::Refusal | Move::Commitment))
    {
        return None;
    }
    if negated {
        return row.denied;
    }
    row.stance
}

/// True for the *not* of *not only*.
fn is_only(scene: &Scene, c: usize) -> bool {
    c + 1 < scene.tree.len() && matches!(scene.tree.lower(c + 1), "only" | "just")
}

/// True for a holder that can bind itself, offer or refuse: a thing (*the capability denies them a haven*) cannot.
fn can_hold(scene: &Scene, actors: &mut Actors, stance: Move, holder: Holder) -> bool {
    match holder {
        // A letter or a resolution that speaks can ask.
        Holder::Party(t) if scene.tree.upos(t) == Upos::Noun => {
            scene.is_party(actors, t) || (stance == Move::Demand && scene.voice.has_spoken(&actors.of(scene.ctx, scene.s, t)))
        }
        // A claim is disputed between parties; what a private person says of what was done to her is none.
        Holder::Party(t) if stance == Move::Claim => {
            let holders = actors.of(scene.ctx, scene.s, t);
            let private = |a: &Actor| a.kind == ActorKind::Person && matches!(a.sector, None | Some(Sector::Cvl));
            !(holders.len() == 1 && holders.iter().filter_map(|id| actors.get(id)).all(private))
        }
        _ => true,
    }
}

/// Whose position it is.
fn holder(scene: &Scene, actors: &mut Actors, t: usize, row: &PositionRow) -> Option<Holder> {
    let tree = scene.tree;
    match row.class {
        WordClass::Noun => noun_holder(scene, actors, t, row),
        WordClass::Adjective if row.needs(When::Voiced) => Some(Holder::Voice),
        _ if tree.is_passive(t) && row.class == WordClass::Verb => {
            let agent =
                tree.children_by(t, &[Deprel::OblAgent, Deprel::Obl]).find(|&c| tree.child_word(c, Deprel::Case, "by").is_some());
            agent.map(Holder::Party).or_else(|| scene.is_voiced(t).then_some(Holder::Voice))
        }
        _ => {
            let subject = acting(scene, actors, t)?;
            (!matches!(tree.lower(subject), "it" | "there") || !actors.of(scene.ctx, scene.s, subject).is_empty())
                .then_some(Holder::Party(subject))
        }
    }
}

/// Who does what the verb says: its subject; of a gerund that tells what a noun consists in (*a policy of turning them away*),
/// whose the noun is.
fn acting(scene: &Scene, actors: &mut Actors, t: usize) -> Option<usize> {
    let tree = scene.tree;
    let subject = party_above(scene, actors, t, tree.subject(told_with(scene, t))?);
    if tree.token(t).xpos != "VBG" || tree.rel(t) != Deprel::Acl || tree.child_word(t, Deprel::Mark, "of").is_none() {
        return Some(subject);
    }
    let owner = tree.child(subject, Deprel::NmodPoss);
    owner.or_else(|| tree.head(subject).and_then(|v| tree.subject(v)).filter(|&s| s != subject))
}

/// The verb whose subject a verb shares: "urged them to stop and called for talks" tells two things of one subject, even where the
/// parser coordinates the second with the infinitive.
fn told_with(scene: &Scene, t: usize) -> usize {
    let tree = scene.tree;
    let infinitive = |v: usize| tree.child_word(v, Deprel::Mark, "to").is_some();
    let tells = matches!(tree.token(t).xpos, "VBD" | "VBZ")
        && tree.rel(t) == Deprel::Conj
        && !tree.children(t).iter().any(|&c| tree.rel(c).is_subject());
    match tree.head(t).filter(|&h| tells && infinitive(h)) {
        Some(head) => tree.ancestors(head).find(|&a| matches!(tree.token(a).xpos, "VBD" | "VBZ")).unwrap_or(t),
        None => t,
    }
}

/// The subject, or when a thing was taken for it the nearest party that is the subject of a verb above (the parser hangs
/// *and stressed* on whatever stands before it).
fn party_above(scene: &Scene, actors: &mut Actors, t: usize, subject: usize) -> usize {
    let tree = scene.tree;
    if tree.upos(subject) != Upos::Noun || tree.children(t).contains(&subject) || scene.is_party(actors, subject) {
        return subject;
    }
    let within = |at: usize| !matches!(tree.rel(at), Deprel::Ccomp | Deprel::Root);
    let mut at = t;
    while let Some(above) = tree.head(at).filter(|_| within(at)) {
        at = above;
        let party = tree.children_by(at, &[Deprel::Nsubj, Deprel::NsubjPass]).find(|&s| s < at && scene.is_party(actors, s));
        if let Some(party) = party {
            return party;
        }
    }
    subject
}

/// Of a noun: its possessor, the subject of the verb that carries it, the party it is attributed to.
fn noun_holder(scene: &Scene, actors: &mut Actors, t: usize, row: &PositionRow) -> Option<Holder> {
    let tree = scene.tree;
    let carrier = tree
        .head(t)
        .filter(|_| matches!(tree.rel(t), Deprel::Obj | Deprel::NsubjPass | Deprel::Conj))
        .map(|v| if tree.rel(t) == Deprel::Conj { tree.head(v).unwrap_or(v) } else { v })
        .filter(|&v| {
            tree.upos(v) == Upos::Verb && (scene.is(v, Role::Carry) || scene.is(v, Role::Drop) || scene.is(v, Role::Deliver))
        });
    let person = |s: usize| !matches!(tree.lower(s), "it" | "this" | "that" | "these" | "which");
    let by_carrier = carrier.and_then(|v| Some(party_above(scene, actors, v, tree.subject(v)?)));
    let by_carrier = by_carrier.filter(|&s| s != t && person(s)).map(Holder::Party);
    if row.needs(When::Carried) {
        return by_carrier;
    }
    if let Some(owner) = tree.child(t, Deprel::NmodPoss) {
        return Some(Holder::Party(owner));
    }
    if by_carrier.is_some() {
        return by_carrier;
    }
    let attribute =
        tree.children_by(t, &[Deprel::Amod, Deprel::Compound]).find(|&c| actors.implied(scene.ctx, scene.s, c).is_some());
    if let Some(attribute) = attribute {
        return Some(Holder::Implied(attribute));
    }
    let source = tree.children_by(t, &[Deprel::Nmod]).find(|&c| {
        let from = tree.children_by(c, &[Deprel::Case]).any(|p| matches!(tree.lower(p), "by" | "from"));
        from && scene.is_party(actors, c)
    });
    source.map(Holder::Party)
}

/// The conditions under which the row counts.
fn holds(scene: &Scene, actors: &mut Actors, t: usize, row: &PositionRow, holder: Holder, filled: &Filled) -> bool {
    let tree = scene.tree;
    let subject = if let Holder::Party(p) = holder { Some(p) } else { None };
    row.when.iter().all(|when| match when {
        When::Voiced => scene.is_voiced(t),
        When::Own => subject.is_some_and(|p| scene.is_own(actors, p)),
        When::Future => {
            tree.children_by(t, &[Deprel::Aux]).any(|a| matches!(tree.lower(a), "will" | "'ll" | "’ll" | "shall" | "would"))
        }
        When::Modal => has_modal(scene, filled.head),
        When::Other => {
            filled.party.is_some_and(|p| !is_first_person(tree, p) && scene.is_party(actors, p)) && has_modal(scene, filled.head)
        }
        When::Itself => filled.party.is_some_and(|p| is_about(scene, actors, p, subject)) && has_modal(scene, filled.head),
        When::Party => subject.is_some_and(|p| scene.is_party(actors, p)),
        When::Carried | When::Disputed => true, // asked for by `noun_holder` and by the whole report
    })
}

/// True when the clause is about what should or could be: it has a modal, or a bare verb (*insists that he leave*).
fn has_modal(scene: &Scene, clause: usize) -> bool {
    let tree = scene.tree;
    let modal = tree.children_by(clause, &[Deprel::Aux]).any(|a| tree.token(a).xpos == "MD");
    let bare =
        tree.token(clause).xpos == "VB" || tree.children_by(clause, &[Deprel::Cop, Deprel::AuxPass]).any(|c| tree.lower(c) == "be");
    let necessary = scene.table.rows(WordClass::Adjective, tree.lower(clause)).any(|row| row.stance == Some(Move::Demand));
    modal || bare || necessary
}

/// True when `t` names the holder, or something of the holder's (*his administration*).
fn is_about(scene: &Scene, actors: &mut Actors, t: usize, holder: Option<usize>) -> bool {
    let Some(holder) = holder else { return false };
    let ids = scene.voice.party(scene.ctx, actors, scene.s, holder);
    let owner = scene.tree.child(t, Deprel::NmodPoss);
    let mut named = |t: usize| scene.voice.party(scene.ctx, actors, scene.s, t).iter().any(|id| ids.contains(id));
    named(t) || owner.is_some_and(named)
}

/// True for a clause about what is owed or owned.
fn is_about_title(scene: &Scene, filled: &Filled) -> bool {
    scene.tree.subtree(filled.head).into_iter().any(|t| scene.is(t, Role::Title))
}

/// True for the noun of what somebody rejects or denies.
fn is_turned_down(scene: &Scene, t: usize) -> bool {
    let tree = scene.tree;
    let verb = tree.head(t).filter(|_| tree.rel(t) == Deprel::Obj);
    verb.is_some_and(|v| scene.table.rows(WordClass::Verb, tree.lemma(v)).any(denies))
}

/// True for a row by which something is denied or turned down.
fn denies(row: &PositionRow) -> bool {
    row.stance == Some(Move::Refusal) || matches!(row.words[0].as_str(), "deny" | "dispute")
}

/// True for a proposition that can be one: a person who is asked or turned away is none, nor is an answer declined.
fn is_thing(scene: &Scene, actors: &mut Actors, t: usize, row: &PositionRow, filled: &Filled) -> bool {
    let tree = scene.tree;
    if row.stance == Some(Move::Refusal) && row.words[0] == "decline" {
        return !scene.is(filled.head, Role::Decline);
    }
    let courtesy = matches!(row.stance, Some(Move::Offer | Move::Acceptance)) && scene.is(filled.head, Role::Courtesy);
    // "The town offers a beach": what a thing or a shop offers is described, not put to anybody.
    let described = row.words[0] == "offer" && tree.token(t).xpos == "VBZ" && filled.extent == Extent::Phrase;
    if courtesy || described {
        return false;
    }
    if filled.extent != Extent::Phrase || !matches!(tree.upos(filled.head), Upos::Propn | Upos::Noun) {
        return true;
    }
    let asked = row.what.contains(&Slot::PartyToDo);
    let ids = actors.of(scene.ctx, scene.s, filled.head);
    !ids.iter().filter_map(|id| actors.get(id)).any(|a| a.kind == ActorKind::Person || (asked && a.kind != ActorKind::Other))
}

/// Whether the position still holds, by the verb that governs its noun or by *no longer*.
fn status(scene: &Scene, t: usize) -> Status {
    let tree = scene.tree;
    let governor = tree.head(t).filter(|_| matches!(tree.rel(t), Deprel::Obj | Deprel::Obl | Deprel::NsubjPass));
    match governor {
        Some(v) if scene.is(v, Role::Drop) => Status::Withdrawn,
        Some(v) if tree.upos(t) == Upos::Noun && scene.is(v, Role::Deliver) => Status::Met,
        _ if tree.children_by(t, &[Deprel::Advmod]).any(|c| tree.lower(c) == "longer") => Status::Withdrawn,
        _ => Status::Standing,
    }
}

/// What has to be done for what is offered (*a reward for information*): it leaves the proposition and is a condition.
fn add_terms(scene: &Scene, t: usize, row: &PositionRow, frame: &mut Frame) {
    let tree = scene.tree;
    let Some(preposition) = &row.terms else { return };
    let ends = |i: &usize| matches!(tree.upos(*i), Upos::Punct | Upos::Verb);
    let end = (t + 1..tree.len()).find(ends).unwrap_or(tree.len());
    let Some(at) = (t + 1..end).find(|&i| tree.lower(i) == preposition && tree.rel(i) == Deprel::Case) else { return };
    let Some(term) = tree.head(at).filter(|&h| h > at) else { return };
    let start = tree.subtree(t).first().copied().unwrap_or(t);
    let rest: Vec<usize> = (start..at).collect();
    let condition = terms::proposition(tree, t, term, Extent::Phrase, &[]);
    if let (Some(condition), Some(proposition)) = (condition, tree.span_of(&rest)) {
        frame.conditions.push(condition);
        frame.proposition = proposition;
    }
}
