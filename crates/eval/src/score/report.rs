//! The table of scores as people compare it.

use super::{Row, Table};

/// Precision, recall and F1 in percent.
pub fn percent(hit: usize, gold: usize, system: usize) -> [f64; 3] {
    let share = |whole: usize| if whole == 0 { 0.0 } else { hit as f64 / whole as f64 };
    let (p, r) = (share(system), share(gold));
    [100.0 * p, 100.0 * r, if p + r == 0.0 { 0.0 } else { 200.0 * p * r / (p + r) }]
}

/// One line per kind, over `documents` documents.
pub fn report(table: &Table, documents: usize) -> String {
    let mut lines = vec![format!("{documents} documents")];
    for (kind, row) in table {
        let Row { gold, system, found, full, .. } = *row;
        let triple = |hit| {
            let [p, r, f] = percent(hit, gold, system);
            format!("P {p:5.1} R {r:5.1} F1 {f:5.1}")
        };
        let single: Vec<String> =
            row.fields.iter().map(|(name, n)| format!("{name} {:.0}", 100.0 * *n as f64 / found as f64)).collect();
        lines.push(format!(
            "{kind:<11} gold {gold:>4} system {system:>4}  found {}  full {}  {}",
            triple(found),
            triple(full),
            single.join("  ")
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn halves_round_to_even() {
        // The reference prints 12.5 as 12 and 6.25 as 6.2.
        assert_eq!(format!("{:.0} {:.0} {:.1} {:.1}", 12.5, 37.5, 6.25, 18.75), "12 38 6.2 18.8");
    }
}
