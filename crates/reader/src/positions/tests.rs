//! Constructions on trees written by hand.

use super::*;
use crate::handmade;
use crate::lexicon::Lexicon;

/// Move, trigger, proposition and conditions of every frame, one a line.
fn read(tree: &str) -> Vec<String> {
    let lexicon = Lexicon::builtin();
    let (document, analysis) = handmade::read(&[tree]);
    let ctx = Context::new(&document, &analysis, &lexicon);
    let mut actors = Actors::find(&ctx);
    let givers = Givers::new(&ctx, &[]);
    let voice = Voice::new(&ctx, &mut actors, &givers, &[]);
    let scene = Scene::new(&ctx, 0, &voice);
    let show = |f: &Frame| {
        let conditions: String = f.conditions.iter().map(|c| format!(" | {}", ctx.slice(*c))).collect();
        format!("{} {}: {}{conditions}", f.stance, scene.tree.form(f.trigger), ctx.slice(f.proposition))
    };
    frames(&scene, &mut actors).iter().map(show).collect()
}

#[test]
fn a_bare_ready_takes_its_object_from_its_conditions() {
    let tree = "If/if/SC/mark/3 leaving/leave/VBG/csubj/3 means/mean/VBZ/advcl/15 calm/calm/NN/obj/3 ,/,/,/punct/3 \
                and/and/CC/cc/10 if/if/SC/mark/10 it/it/PRP/nsubj/10 is/be/AUX/cop/10 asked/ask/VBN/conj/3 ,/,/,/punct/3 then/then/RB/advmod/15 \
                I/I/PRP/nsubj/15 am/be/AUX/cop/15 ready/ready/JJ/root/0";
    assert_eq!(read(tree), ["offer ready: leaving | If leaving means calm | if it is asked"]);
}

#[test]
fn a_consequence_taken_for_a_second_condition_is_none() {
    let tree = "\"/\"/,/punct/5 If/if/SC/mark/3 leaving/leave/VBG/advcl/5 now/now/RB/advmod/3 means/mean/VBZ/advcl/16 calm/calm/NN/obj/5 \
                ,/,/,/punct/13 and/and/CC/cc/13 then/then/RB/advmod/13 only/only/RB/advmod/13 I/I/PRP/nsubj/13 am/be/AUX/cop/13 \
                ready/ready/JJ/conj/5 \"/\"/,/punct/5 he/he/PRP/nsubj/16 said/say/VBD/root/0";
    assert_eq!(read(tree), ["offer ready: leaving now | If leaving now means calm"]);
}

#[test]
fn what_is_urged_is_no_position_of_the_one_urged() {
    let tree = "Rome/Rome/NNP/nsubj/2 urged/urge/VBD/root/0 Oslo/Oslo/NNP/obj/2 to/to/TO/mark/5 accept/accept/VB/xcomp/2 \
                the/the/DT/det/7 plan/plan/NN/obj/5 unless/unless/SC/mark/10 talks/talk/NNS/nsubj/10 fail/fail/VBP/advcl/5";
    assert_eq!(read(tree), ["demand urged: accept the plan | unless talks fail"]);
}

#[test]
fn a_repeated_marker_makes_a_second_demand() {
    let tree = "Rome/Rome/NNP/nsubj/2 demanded/demand/VBD/root/0 that/that/SC/mark/6 Oslo/Oslo/NNP/nsubj/6 should/should/MD/aux/6 \
                pay/pay/VB/ccomp/2 and/and/CC/cc/10 that/that/SC/mark/10 Bonn/Bonn/NNP/nsubj/10 leave/leave/VB/conj/6";
    assert_eq!(read(tree), ["demand demanded: Oslo should pay", "demand demanded: Bonn leave"]);
}

#[test]
fn a_denied_readiness_is_a_refusal() {
    let tree =
        "Rome/Rome/NNP/nsubj/4 is/be/AUX/cop/4 not/not/RB/advmod/4 willing/willing/JJ/root/0 to/to/TO/mark/6 pay/pay/VB/xcomp/4";
    assert_eq!(read(tree), ["refusal willing: pay"]);
}

#[test]
fn a_binding_not_keeps_its_not() {
    let tree = "We/we/PRP/nsubj/4 will/will/MD/aux/4 not/not/RB/advmod/4 allow/allow/VB/root/0 them/they/PRP/obj/4 to/to/TO/mark/7 \
                return/return/VB/xcomp/4";
    assert_eq!(read(tree), ["commitment allow: not allow them to return"]);
}

#[test]
fn a_stake_as_a_condition_for_aid_is_demand_and_offer() {
    let tree = "Rome/Rome/NNP/nsubj/2 demanded/demand/VBD/root/0 a/a/DT/det/4 stake/stake/NN/obj/2 as/as/IN/case/7 a/a/DT/det/7 \
                condition/condition/NN/obl/2 for/for/IN/case/9 aid/aid/NN/nmod/7";
    assert_eq!(read(tree), ["demand demanded: a stake", "offer demanded: aid | a stake"]);
}
