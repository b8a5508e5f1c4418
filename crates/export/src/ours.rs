//! What stands behind the columns of other people's data sets: what we know of an event and they have no column for.

use crate::deaths::Deaths;
use crate::occurrence::{Occurrence, listed, names};
use crate::sheet::Cells;

/// The columns that only we have.
pub const OURS: &[&str] = &[
    "onrecord_factuality",
    "onrecord_type",
    "onrecord_mode",
    "onrecord_date",
    "onrecord_place_precision",
    "onrecord_actors",
    "onrecord_recipients",
    "onrecord_fatalities_low",
    "onrecord_fatalities_high",
    "onrecord_fatalities_told",
    "onrecord_witnesses",
    "onrecord_reports",
];

/// The columns of a data set, `N` with ours behind them.
pub const fn with_ours<const N: usize>(theirs: &[&'static str]) -> [&'static str; N] {
    let mut all = [""; N];
    let mut i = 0;
    while i < N {
        all[i] = if i < theirs.len() { theirs[i] } else { OURS[i - theirs.len()] };
        i += 1;
    }
    all
}

/// Fills them.
pub fn ours(cells: &mut Cells, event: &Occurrence, deaths: &Deaths) {
    cells.set("onrecord_factuality", event.factuality);
    cells.set("onrecord_type", event.kind);
    cells.set_some("onrecord_mode", event.mode);
    cells.set_some("onrecord_date", event.date);
    cells.set_some("onrecord_place_precision", event.place.and_then(|place| place.precision));
    cells.set("onrecord_actors", names(event.actors));
    cells.set("onrecord_recipients", names(event.recipients));
    cells.set_some("onrecord_fatalities_low", deaths.low);
    cells.set_some("onrecord_fatalities_high", deaths.high);
    cells.set("onrecord_fatalities_told", &deaths.told);
    cells.set("onrecord_witnesses", event.witnesses);
    cells.set("onrecord_reports", listed(event.reports.iter().map(|telling| telling.document.as_str())));
}
