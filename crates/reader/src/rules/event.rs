//! Rules that make events.

use crate::lexicon::events::Pos;
use onrecord_record::Rule;

super::rules! { "event":
VERB = "verb" {
    says: "A verb of events.tsv names an event when the requirements of its row hold and it is not only wished, asked or supposed; those who do it and those it is done to stand where the row says.",
    because: "is a verb that names such an event",
    example: "Russian forces shelled Kharkiv on Monday."
}
NOUN = "noun" {
    says: "A noun of events.tsv names an event when the requirements of its row hold and the sentence says that it happens.",
    because: "is a noun that names such an event",
    example: "The army carried out an attack on the rebels in the north."
}
ADJECTIVE = "adjective" {
    says: "An adjective of events.tsv that is said of somebody names an event.",
    because: "is an adjective that names such an event",
    example: "France is grateful to Norway for the supplies."
}
SAID = "said" {
    says: "A statement that demands, refuses, threatens or promises is such an event where no other word tells it: must, will not, will ... unless.",
    because: "is said in a statement that demands, refuses, threatens or promises",
    example: "The envoy said Sudan must return the helicopter."
}
CUE = "cue" {
    says: "Where the event's word is the cue of a statement and its row names nobody, who speaks does it and whom they speak to it is done to.",
    because: "is also the cue of a statement",
    example: "“The raid was illegal,” condemned Norway."
}
MENTION = "told-again" {
    says: "Mentions of one occurrence are one event: a later one adds what the first left open.",
    because: "is told by another word as well",
    example: "The strike killed two soldiers. The attack by rebels came at night."
}
SHARED = "parties-before" {
    says: "A further strike or attack told in the same word, without its parties, has those of the one told before.",
    because: "takes its parties from the mention before",
    example: "The coalition carried out strikes on the rebels in the north on Monday. Another strike hit a depot in the south."
}
ENEMY = "enemy" {
    says: "An attack that does not say on whom is against those that other attacks of the same force are against, else the one armed group of the report.",
    because: "is against an enemy that is named elsewhere",
    example: "The army attacked the rebels near the dam. Later the army seized the village of Solna."
}
DOERS = "doers" {
    says: "Who condemns or supports an attack does so to those who did it.",
    because: "is about what others did",
    example: "Rebels attacked the port on Monday. Norway condemned the attack."
}
}

/// The rule of a part of speech.
pub(crate) fn of(pos: Pos) -> &'static Rule {
    match pos {
        Pos::Verb => &VERB,
        Pos::Noun => &NOUN,
        Pos::Adj => &ADJECTIVE,
    }
}
