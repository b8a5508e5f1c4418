//! What standard output can show.

use super::finding::Finding;
use crate::cli::Colour;
use crate::output;
use std::io::{self, IsTerminal};

/// Width and colours.
pub fn terminal() -> Finding {
    let style = output::style(Colour::Auto);
    let terminal = io::stdout().is_terminal();
    let where_to = if terminal { "a terminal" } else { "no terminal but a file or a pipe" };
    let set = |name: &str| output::variable(name).filter(|value| !value.is_empty());
    let colours = if style.colour {
        "with colours".to_owned()
    } else if set("NO_COLOR").is_some() {
        "without colours, since NO_COLOR is set".to_owned()
    } else if terminal {
        format!("without colours, since TERM is {}", set("TERM").unwrap_or_default())
    } else {
        "without colours (--color always gives them)".to_owned()
    };
    let what = format!("{where_to}, {} columns, {colours}", style.width);
    Finding::ok("terminal", what).with("terminal", terminal).with("columns", style.width).with("colours", style.colour)
}

/// Which characters can be shown.
pub fn locale() -> Finding {
    let said = output::locale().map_or_else(|| "no locale is set".to_owned(), |(name, value)| format!("{name} is {value}"));
    let utf8 = !output::style(Colour::Auto).ascii;
    let finding = if utf8 {
        Finding::ok("locale", format!("{said}: signs are printed as UTF-8"))
    } else {
        let advice = "for the real ones: export LC_ALL=C.UTF-8; JSON, CSV and HTML are UTF-8 in any case";
        Finding::warning("locale", format!("{said}: signs are printed as plain ASCII"), advice)
    };
    finding.with("utf8", utf8)
}
