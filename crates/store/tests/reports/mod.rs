//! Reports in our own words: a raid with three tolls, an offer that is refused.

use onrecord_reader::Reader;
use onrecord_record::Record;
use onrecord_text::Document;

/// Id, day, outlet, text.
pub type Told<'a> = (&'a str, &'a str, &'a str, &'a str);

pub const REPORTS: [Told<'static>; 5] = [
    (
        "a1",
        "2026-03-03",
        "Herald",
        "Rebels attacked an army post near Gao in Mali on Monday, killing 12 soldiers, the army said. Colonel Issa Diarra said the attackers had come from the desert.",
    ),
    (
        "a2",
        "2026-03-03",
        "Radio Sahel",
        "At least 15 soldiers were killed on Monday when rebels attacked an army post near Gao, residents said. Mali's government promised a reply.",
    ),
    (
        "a3",
        "2026-03-05",
        "Herald",
        "The army said 14 soldiers had been killed in Monday's attack on its post near Gao. It had spoken of 12 before.",
    ),
    (
        "b1",
        "2026-03-04",
        "Herald",
        "Norway offered on Tuesday to host talks between Chad and Sudan. Norwegian Foreign Minister Kari Solberg said both had accepted.",
    ),
    (
        "b2",
        "2026-03-06",
        "Post",
        "Sudan refused to take part in talks in Norway. \"We will not sit at that table,\" Sudanese Foreign Minister Adil Omar said.",
    ),
];

/// The reports with their records.
pub fn read(reports: &[Told]) -> Vec<(Document, Record)> {
    let reader = Reader::builtin();
    let read = |&(id, published, outlet, text): &Told| {
        let mut document = Document::new(id, text);
        document.published = published.parse().ok();
        document.outlet = Some(outlet.to_owned()).filter(|outlet| !outlet.is_empty());
        let record = reader.read(&document);
        (document, record)
    };
    reports.iter().map(read).collect()
}
