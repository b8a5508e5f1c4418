//! `onrecord brief`.

use super::ask;
use super::cli_ask::Brief;
use super::export::{quiet, sink};
use crate::output;
use anyhow::Result;
use onrecord_export::{Export, Fetch, Form};

pub fn run(brief: &Brief) -> Result<()> {
    let asked = ask::typed(&brief.query)?;
    let store = ask::open(&brief.db)?;
    let lines = store.story(&asked)?;
    if lines.is_empty() {
        output::report("nothing fits");
    }
    let mut out = Some(sink(brief.out.as_deref())?);
    let open = Box::new(move |_: &str| out.take().ok_or_else(|| std::io::Error::other("a form of one file asked for another")));
    let fetch: Fetch = Box::new(|id| Ok(store.kept(id)?.document));
    let mut export = quiet(Export::new(Form::Md, open, fetch))?;
    lines.into_iter().try_for_each(|line| quiet(export.take(line)))?;
    quiet(export.end()).map(drop)
}
