//! Rules that make statements.

use crate::lexicon::cues::Frame;
use onrecord_record::Rule;

super::rules! { "statement":
QUOTE = "quote" {
    says: "A verb of cues.tsv that takes a quotation attributes the quotation beside it to its subject.",
    because: "stands next to the quotation",
    example: "“The dam will hold,” said Mayor Lena Ortiz."
}
BLOCK = "block" {
    says: "A verb of saying before a colon at the end of a paragraph attributes the paragraphs without quotation marks that follow.",
    because: "announces what stands without quotation marks after its colon",
    example: "The ministry published its plan on Monday.\n\nIn a letter to the towns, the ministry said:\n\nOur teams will stay in the valley until spring.\n\nThey will rebuild the school.\n"
}
TRANSCRIPT = "transcript" {
    says: "A label in capitals before a colon at the start of a paragraph names who says the paragraph.",
    because: "stand behind a speaker's label in a transcript",
    example: "MR. DOVAL: We have made progress on the border.\n\nMR. RENN: The border is closed."
}
DASH = "dash" {
    says: "A quotation with a dash and a person's name behind it is that person's.",
    because: "are a quotation before a dash and a name",
    example: "Readers wrote to us about the river.\n\n“The river is ours to share with everybody.” – Lena Ortiz, a farmer"
}
CARRIED = "carried-over" {
    says: "A quotation that is a paragraph of its own goes to the speaker of the paragraph before.",
    because: "are a paragraph of quotation behind that of its speaker",
    example: "Mayor Lena Ortiz said on Monday that the dam was safe.\n\n“We checked every wall. We found no cracks.”"
}
THAT = "that-clause" {
    says: "A verb or adjective of cues.tsv attributes the clause that it governs, with or without that, to its subject.",
    because: "attributes the clause that it governs",
    example: "The governor said that two bridges were closed."
}
WH = "question" {
    says: "A verb of cues.tsv attributes the question that it governs to its subject.",
    because: "attributes the question that it governs",
    example: "The mayor asked why the bridge was closed."
}
SIDE = "beside" {
    says: "A clause of saying set beside a sentence attributes the sentence to its subject.",
    because: "stands beside the clause that it attributes",
    example: "Two bridges were closed, the governor said."
}
INFINITIVE = "infinitive" {
    says: "A verb or adjective of cues.tsv attributes the infinitive that it governs to its subject.",
    because: "attributes the infinitive that it governs",
    example: "The minister vowed to rebuild the port."
}
ING = "ing-form" {
    says: "A verb of cues.tsv attributes the -ing form that it governs to its subject.",
    because: "attributes the -ing form that it governs",
    example: "The company denied dumping waste in the river."
}
PREDICATE = "called" {
    says: "A verb of cues.tsv attributes to its subject what it calls its object.",
    because: "attributes what it calls its object",
    example: "The senator called the vote a fraud."
}
OBJECT = "object" {
    says: "A verb of cues.tsv attributes its object, a noun phrase, to its subject.",
    because: "attributes the noun phrase that is its object",
    example: "The union condemned the arrests in the port."
}
PREPOSITION = "preposition" {
    says: "A verb or adjective of cues.tsv attributes what stands behind its preposition to its subject.",
    because: "attributes what stands behind its preposition",
    example: "The minister called for talks with the rebels."
}
TWO = "two-parts" {
    says: "A verb of cues.tsv attributes what it asks of its object, or says of it, to its subject.",
    because: "attributes what it asks of its object or says of it",
    example: "The envoy urged both sides to stop the fighting."
}
TRAILING = "trailing" {
    says: "Where the tree gives nothing, a clause of saying behind a comma at the end of a sentence attributes what stands before the comma.",
    because: "stands behind the comma that closes what it attributes, by the order of the words",
    example: "The storm, the worst in years, killed nine people and left hundreds without homes, roads blocked by trees, power lines down, schools closed, the mayor of the town of Solna said."
}
NOUN = "noun" {
    says: "A noun of cues.tsv attributes the clause or phrase behind it to whoever it belongs to.",
    because: "is a noun that attributes what stands behind it",
    example: "The rebels rejected the army’s claim that the road was open."
}
ACCORDING = "according-to" {
    says: "A preposition of cues.tsv attributes the clause that it belongs to to the noun behind it.",
    because: "attributes the clause it belongs to",
    example: "Nine lorries reached the camp, according to the aid agency."
}
LEARNT = "learnt" {
    says: "A model learnt from annotated news takes the word for one that attributes, though no table lists it so.",
    because: "attributes by the model that was learnt from annotated news",
    example: "The mayor decided to close the bridge."
}
}

/// The rule of a construction.
pub(crate) fn of(frame: &Frame) -> &'static Rule {
    match frame {
        Frame::Quote => &QUOTE,
        Frame::Side => &SIDE,
        Frame::That => &THAT,
        Frame::Wh => &WH,
        Frame::Infinitive => &INFINITIVE,
        Frame::Ing => &ING,
        Frame::Predicate => &PREDICATE,
        Frame::Object => &OBJECT,
        Frame::Preposition(_) => &PREPOSITION,
        Frame::Two(..) => &TWO,
    }
}
