//! Rules that make figures.

super::rules! { "figure":
GOVERNED = "governed" {
    says: "The word of measures.tsv that governs a number, or is said of what it counts, says in what respect it counts.",
    because: "says in what respect the number counts",
    example: "The flood killed twelve people in the valley."
}
MEANT = "noun" {
    says: "The noun that is counted says by its own meaning (things.tsv) in what respect.",
    because: "says by its own meaning in what respect the number counts",
    example: "The report lists thirty fatalities."
}
MONEY = "money" {
    says: "A number with a currency is money.",
    because: "stand with a currency",
    example: "The fund holds $200 million."
}
SHARE = "share" {
    says: "A number with percent is a share.",
    because: "are a number of percent",
    example: "The party holds 40 percent of the seats."
}
COUNT = "count" {
    says: "A number with a noun, without a word that says in what respect, counts the noun.",
    because: "are a number with its noun",
    example: "The town has forty schools."
}
}
