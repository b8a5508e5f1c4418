//! How the specs stand, for a person to read.

use super::check::{Checked, Outcome};
use super::compile::{ItemKind, Spec};
use crate::errors::sentence_around;
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// Counts over any number of specs.
#[derive(Default)]
pub struct State {
    by_kind: BTreeMap<ItemKind, [usize; 4]>,
    faults: usize,
}

impl State {
    /// Counts in what one spec came to.
    pub fn add(&mut self, checked: &[Checked], faults: &[String]) {
        for one in checked {
            self.by_kind.entry(broad(one.item.kind)).or_default()[one.outcome as usize] += 1;
        }
        self.faults += faults.len();
    }

    /// True when everything holds or is rightly marked.
    pub fn is_green(&self) -> bool {
        let wrong = |counts: &[usize; 4]| counts[Outcome::Fails as usize] + counts[Outcome::Done as usize];
        self.faults == 0 && self.by_kind.values().map(wrong).sum::<usize>() == 0
    }
}

/// `complete` and `never` are counted with the records that they are about.
fn broad(kind: ItemKind) -> ItemKind {
    match kind {
        ItemKind::Complete(kind) | ItemKind::Never(kind) => ItemKind::Record(kind),
        other => other,
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, [holds, todo, fails, done]) in &self.by_kind {
            let name = match kind {
                ItemKind::Record(kind) => kind.as_str(),
                _ => "actors",
            };
            writeln!(f, "{name:<11} {holds:>4} hold  {todo:>4} todo  {fails:>4} fail  {done:>4} hold but are marked todo")?;
        }
        write!(f, "{} faults at the gate", self.faults)
    }
}

/// One spec: a line for its state, then what is wrong, each with its sentence; with `todo` also what is marked.
pub fn state(spec: &Spec, checked: &[Checked], faults: &[String], todo: bool) -> String {
    let count = |outcome| checked.iter().filter(|c| c.outcome == outcome).count();
    let mut page =
        format!("specs/{}: {} of {} hold, {} todo\n", spec.name, count(Outcome::Holds), checked.len(), count(Outcome::Todo));
    for fault in faults {
        let _ = writeln!(page, "  GATE  {fault}");
    }
    for one in checked {
        let verdict = match one.outcome {
            Outcome::Holds => continue,
            Outcome::Todo if !todo => continue,
            Outcome::Todo => "todo",
            Outcome::Fails => "FAIL",
            Outcome::Done => "DONE",
        };
        let what = match one.item.kind {
            ItemKind::Actor => format!("actor {}", one.item.id),
            ItemKind::Record(kind) => format!("{kind} {}", one.item.id),
            ItemKind::Complete(kind) => format!("{kind} complete"),
            ItemKind::Never(kind) => format!("{} ({kind})", one.item.id),
        };
        let differs = if one.outcome == Outcome::Done {
            "holds now: remove its todo mark (onrecord-eval specs --mark-todo)"
        } else {
            &one.differs
        };
        let _ = writeln!(page, "  {verdict}  {what}: {differs}");
        if let Some(span) = one.span {
            let text = &spec.record.document.text;
            let around = sentence_around(text, span);
            let marked = format!("{}«{}»{}", &text[around.start..span.start], &text[span.range()], &text[span.end..around.end]);
            let _ = writeln!(page, "        in  {}", marked.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    page
}
