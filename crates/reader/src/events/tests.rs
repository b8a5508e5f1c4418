//! Constructions on trees written by hand: which word names an event, and where its parties stand.

use super::view::View;
use super::{grammar, reality, sense};
use crate::actors::Actors;
use crate::context::Context;
use crate::handmade;
use crate::lexicon::Lexicon;
use crate::lexicon::events::{AllOfAny, Role};

/// Type, word, heads of actors and recipients of every occurrence in the sentence.
fn read(tree: &str) -> Vec<String> {
    let (document, analysis) = handmade::read(&[tree]);
    let lexicon = Lexicon::builtin();
    let ctx = Context::new(&document, &analysis, &lexicon);
    let view = View::new(&ctx, &mut Actors::find(&ctx));
    let tree = &ctx.trees[0];
    let heads = |t: usize, places: &AllOfAny<Role>| {
        let at = |role: &Role| grammar::at(tree, &lexicon, t, role);
        let first = places.iter().map(|together| together.iter().flat_map(at).collect::<Vec<_>>()).find(|found| !found.is_empty());
        first.unwrap_or_default().into_iter().map(|i| tree.form(i)).collect::<Vec<_>>().join("+")
    };
    let events = (0..tree.len())
        .filter_map(|t| sense::of(&view, 0, t).filter(|row| reality::is_occurrence(&view, 0, t, row)).map(|row| (t, row)));
    events
        .map(|(t, row)| {
            format!(
                "{} {}: {} > {}",
                row.kind.map_or("", |k| k.as_str()),
                tree.form(t),
                heads(t, &row.actor),
                heads(t, &row.recipient)
            )
        })
        .collect()
}

#[test]
fn a_light_verb_lends_its_subject_to_the_noun() {
    let active = "Rebels/rebel/NNS/nsubj/2 carried/carry/VBD/root/0 out/out/RP/compound:prt/2 strikes/strike/NNS/obj/2 against/against/IN/case/6 \
                  troops/troop/NNS/nmod/4";
    assert_eq!(read(active), ["ASSAULT strikes: Rebels > troops"]);
    let passive = "Strikes/strike/NNS/nsubj:pass/3 were/be/AUX/aux:pass/3 launched/launch/VBN/root/0 by/by/IN/case/5 rebels/rebel/NNS/obl:agent/3";
    assert_eq!(read(passive), ["ASSAULT Strikes: rebels > "]);
    let suffered = "Troops/troop/NNS/nsubj/2 suffered/suffer/VBD/root/0 an/a/DT/det/4 attack/attack/NN/obj/2";
    assert_eq!(read(suffered), ["ASSAULT attack:  > "]);
}

#[test]
fn passives_participles_and_relative_clauses_are_turned() {
    let passive = "The/the/DT/det/2 town/town/NN/nsubj:pass/4 was/be/AUX/aux:pass/4 shelled/shell/VBN/root/0 by/by/IN/case/6 rebels/rebel/NNS/obl:agent/4";
    assert_eq!(read(passive), ["ASSAULT shelled: rebels > town"]);
    let reduced = "Civilians/civilian/NNS/nsubj/5 detained/detain/VBN/acl/1 by/by/IN/case/4 troops/troop/NNS/obl:agent/2 waited/wait/VBD/root/0";
    assert_eq!(read(reduced), ["COERCE detained: troops > Civilians"]);
    let relative = "Rebels/rebel/NNS/root/0 who/who/WP/nsubj/3 kidnapped/kidnap/VBD/acl:relcl/1 them/they/PRP/obj/3";
    assert_eq!(read(relative), ["ASSAULT kidnapped: Rebels > them"]);
}

#[test]
fn what_is_asked_or_wanted_is_no_event_of_its_own() {
    let urged = "They/they/PRP/nsubj/2 urged/urge/VBD/root/0 rebels/rebel/NNS/obj/2 to/to/TO/mark/5 release/release/VB/xcomp/2 hostages/hostage/NNS/obj/5";
    assert_eq!(read(urged), ["REQUEST urged: They > rebels"]);
    let must = "Rebels/rebel/NNS/nsubj/3 must/must/MD/aux/3 release/release/VB/root/0 civilians/civilian/NNS/obj/3";
    assert!(read(must).is_empty());
    let goal = "A/a/DT/det/2 campaign/campaign/NN/root/0 to/to/TO/mark/4 defeat/defeat/VB/acl/2 rebels/rebel/NNS/obj/4";
    assert_eq!(read(goal), ["ASSAULT campaign:  > rebels"]);
}

#[test]
fn what_stands_with_a_word_decides_its_sense() {
    let illness = "He/he/PRP/nsubj/2 had/have/VBD/root/0 a/a/DT/det/5 heart/heart/NN/compound/5 attack/attack/NN/obj/2";
    assert!(read(illness).is_empty());
    let walkout = "Miners/miner/NNS/nsubj/2 began/begin/VBD/root/0 a/a/DT/det/5 hunger/hunger/NN/compound/5 strike/strike/NN/obj/2";
    assert_eq!(read(walkout), ["PROTEST strike: Miners > "]);
    let aircraft = "An/a/DT/det/3 attack/attack/NN/compound/3 helicopter/helicopter/NN/nsubj/4 landed/land/VBD/root/0";
    assert!(read(aircraft).is_empty());
    let needs = "They/they/PRP/nsubj/2 met/meet/VBD/root/0 their/they/PRP/nmod:poss/4 target/target/NN/obj/2";
    assert!(read(needs).is_empty());
}

#[test]
fn parties_of_talks_come_together() {
    let between = "Talks/talk/NNS/nsubj/7 between/between/IN/case/3 Oslo/Oslo/NNP:LOC/nmod/1 and/and/CC/cc/5 rebels/rebel/NNS/conj/3 have/have/AUX/aux/7 \
                   begun/begin/VBN/root/0";
    assert_eq!(read(between), ["CONSULT Talks: Oslo > "]);
    let met = "They/they/PRP/nsubj/2 met/meet/VBD/root/0 with/with/IN/case/4 rebels/rebel/NNS/obl/2";
    assert_eq!(read(met), ["CONSULT met: They+rebels > "]);
}

#[test]
fn every_row_of_the_tables_is_read() {
    let lexicon = Lexicon::builtin();
    assert!(lexicon.events.rows("condemn").iter().all(|row| !row.actor.is_empty() && !row.recipient.is_empty()));
    assert!(lexicon.events.in_set("missile", "weapon"));
}

#[test]
fn what_is_promised_is_told_and_what_could_be_done_is_not() {
    let promised = "They/they/PRP/nsubj/2 promised/promise/VBD/root/0 to/to/TO/mark/4 send/send/VB/xcomp/2 troops/troop/NNS/obj/4";
    assert_eq!(read(promised), ["AGREE promised: They > send+troops", "MOBILIZE send: They > "]);
    let able = "They/they/PRP/nsubj/3 are/be/AUX/cop/3 able/able/JJ/root/0 to/to/TO/mark/5 launch/launch/VB/xcomp/3 attacks/attack/NNS/obj/5";
    assert!(read(able).is_empty());
}

#[test]
fn who_is_thanked_for_something_did_it() {
    let thanked = "They/they/PRP/nsubj/2 thanked/thank/VBD/root/0 rebels/rebel/NNS/obj/2 for/for/SC/mark/5 releasing/release/VBG/advcl/2 \
                   civilians/civilian/NNS/obj/5";
    assert_eq!(read(thanked), ["SUPPORT thanked: They > rebels", "RETREAT releasing: rebels > civilians"]);
}

#[test]
fn what_demonstrators_demand_is_a_protest() {
    let protest = "Protesters/protester/NNS/nsubj/2 demanded/demand/VBD/root/0 elections/election/NNS/obj/2";
    assert_eq!(read(protest), ["PROTEST demanded: Protesters > elections"]);
}
