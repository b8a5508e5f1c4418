//! Damaged and hostile text: always a record, never a fault in it, and the same one every time.

use onrecord_reader::Reader;
use onrecord_text::Document;

const REPORT: &str = "“We will talk,” the minister, Ana Lopez, said on Monday, “but only if the siege ends.” According to the army, rebels \
    fired 40 rockets overnight, of which 31 were shot down. The U.N. Secretary-General urged both sides to stop.\n\
    Lopez said:\n\nOur people are tired. At least 12 civilians, including three children, were killed last week.\n";

/// Characters that damage text in the ways that text is damaged: marks, spaces, digits, other scripts, invisible ones.
const DAMAGE: &[char] =
    &['“', '”', '"', '\'', '(', ']', '-', ',', '.', ':', '\n', ' ', '7', '%', '$', '😀', '\u{301}', 'ש', '\u{200b}', '\u{202e}'];

/// A fixed sequence of numbers (an LCG with Knuth's constants), so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

fn damaged(numbers: &mut Numbers) -> String {
    let mut text: Vec<char> = REPORT.chars().collect();
    for _ in 0..numbers.below(60) {
        let at = numbers.below(text.len());
        let mark = DAMAGE[numbers.below(DAMAGE.len())];
        match numbers.below(3) {
            0 => text[at] = mark,
            1 => text.insert(at, mark),
            _ => drop(text.remove(at)),
        }
    }
    text.into_iter().collect()
}

#[test]
fn damaged_reports_give_sound_records() {
    let reader = Reader::builtin();
    let mut numbers = Numbers(20);
    for n in 0..300 {
        let document = Document::new(n.to_string(), damaged(&mut numbers));
        let record = reader.read(&document);
        assert_eq!(onrecord_record::check(&document, &record), [], "{}", document.text);
        assert_eq!(record.diagnostics, [], "{}", document.text);
    }
}

#[test]
fn marks_without_end_are_read() {
    let reader = Reader::builtin();
    for text in [
        "“".repeat(3000),
        "(".repeat(3000),
        "He said “that ".repeat(500),
        "x".repeat(100_000),
        "\u{301}".repeat(3000),
        "\n".repeat(3000),
    ] {
        let document = Document::new("marks", text);
        assert_eq!(onrecord_record::check(&document, &reader.read(&document)), []);
    }
}

#[test]
fn the_same_report_gives_the_same_record() {
    let document = Document::new("same", REPORT);
    assert_eq!(Reader::builtin().read(&document), Reader::builtin().read(&document));
}
