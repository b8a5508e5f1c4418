//! Many reports, one account of them: which of their records tell the same (codebook, *Across reports*).
//!
//! [`account`] takes reports with their records and gives what they tell together: actors by all their names, events with every report
//! that tells them, figures as series in which no value is overwritten, positions with their history, statements with all their
//! appearances, and which reports are copies and thus no second witness. People's decisions ([`Decision`]) come before what the
//! program thinks.
//!
//! Nothing here reads or writes; what is the same is judged pair by pair ([`Item`]) and grouped ([`groups`]) without regard to order,
//! so the same reports give the same account whichever came first, and a store can keep pairs and regroup only what a new report touches.

mod account;
mod actors;
mod called;
mod cluster;
mod copies;
mod days;
mod decision;
mod events;
mod figures;
mod gather;
mod item;
mod lines;
mod naming;
mod parties;
mod positions;
mod spot;
pub mod spread;
mod statements;
mod story;
mod thing;
mod timeline;
mod topic;
mod weigh;
mod words;
mod writer;

pub use account::{Report, account};
pub use actors::{Known, Side};
pub use called::{Called, actor_line, who};
pub use cluster::{Pair, grouped, groups};
pub use copies::Sketch;
pub use days::{Days, date};
pub use decision::{Decision, Ref, name, parts_of_name};
pub use events::Mention;
pub use figures::{Count, Relation, relations};
pub use gather::{At, Group};
pub use item::{Item, Keys, Same};
pub use lines::{Account, Appearance, Line, Named, Points, Related, Taken, Telling, Told, Who};
pub use parties::{Cast, Match, Parties};
pub use positions::Stance;
pub use statements::Saying;
pub use story::Story;
pub use thing::{Kind, Thing, anchors, figure_anchor};
pub use timeline::{Happening, Moment, as_of, first_day, range, timeline};
pub use topic::Topic;
pub use words::{Bag, fold, sound, stems, tokens};
pub use writer::{Names, Writer, fullest};
