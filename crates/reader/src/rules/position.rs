//! Rules that make positions.

use crate::lexicon::positions::WordClass;
use onrecord_record::Rule;

super::rules! { "position":
VERB = "verb" {
    says: "A verb of positions.tsv takes a position for its subject, about what fills the place that its row names.",
    because: "is a verb by which its subject takes such a position",
    example: "The rebels offered to release forty prisoners."
}
ADJECTIVE = "adjective" {
    says: "An adjective of positions.tsv takes a position for whom it is said of.",
    because: "is an adjective by which somebody takes such a position",
    example: "Norway is ready to send a thousand tents."
}
NOUN = "noun" {
    says: "A noun of positions.tsv takes a position for whoever it belongs to, or for the subject of a verb that puts it forward.",
    because: "is a noun by which somebody takes such a position",
    example: "The union’s demand for higher wages was heard in the capital."
}
MODAL = "modal" {
    says: "What somebody says another party must do is a demand; what they say they must do themselves is a commitment.",
    because: "is bound by a word such as must in somebody's words",
    example: "“The militia must leave the valley,” said President Ana Ruiz."
}
FUTURE = "will" {
    says: "What a speaker says they will do is a commitment, what they say they will not do a refusal.",
    because: "is what the speaker announces of themselves",
    example: "“We will not leave the valley,” said President Ana Ruiz."
}
DUTY = "duty" {
    says: "Having a duty or responsibility to do something is a demand of who has it, of oneself a commitment.",
    because: "is a noun that binds who has it",
    example: "“Norway has a duty to protect the fishermen,” said President Ana Ruiz."
}
IDIOM = "idiom" {
    says: "A phrase of positions.tsv says of a matter that it is, or is not, open to talks.",
    because: "is said of the matter in such a phrase",
    example: "“The return of the islands is not on the table,” said President Ana Ruiz."
}
BARE = "ready-if" {
    says: "Where a word like ready says not for what, what stands in its condition is offered.",
    because: "says not for what; its condition does",
    example: "“If leaving office means peace, I am ready,” said President Ana Ruiz."
}
ONLY_WAY = "only-way" {
    says: "What is said to be the only way is demanded.",
    because: "is called the only one",
    example: "“There is only one way: withdrawal from the islands,” said President Ana Ruiz."
}
REQUEST = "at-request" {
    says: "What is done at somebody's request was their demand, and is met.",
    because: "is what something was done at",
    example: "At the request of the ministry, the agency published a study on the flood."
}
COUNTER_OFFER = "as-condition-for" {
    says: "Who demands something as a condition for something else offers that.",
    because: "is asked for as a condition of what is offered",
    example: "The creditors demanded a stake in the port as a condition for new loans."
}
COUNTER_CLAIM = "said-against" {
    says: "What is said in rejecting something is claimed.",
    because: "says what is claimed against what is rejected",
    example: "The minister rejected the accusation, saying that he was abroad at the time."
}
SPELLED_OUT = "spelled-out" {
    says: "The words that follow a denial behind its colon say what is claimed.",
    because: "is spelled out in the words behind its colon",
    example: "The mine closed in May after complaints.\n\nThe company denied the allegations in a letter:\n\n“Nobody was forced to work there. The men came of their own will.”"
}
}

/// The rule of a word's class.
pub(crate) fn of(class: WordClass) -> &'static Rule {
    match class {
        WordClass::Verb => &VERB,
        WordClass::Adjective => &ADJECTIVE,
        WordClass::Noun => &NOUN,
        WordClass::Modal => &MODAL,
        WordClass::Duty => &DUTY,
        WordClass::Idiom => &IDIOM,
    }
}
