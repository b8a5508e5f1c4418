//! The desk: pages an analyst works in, the same as data, feeds.
//!
//! [`serve`] answers on one address from one store. Every page stands at a path with its filters in the address, and as data at the same
//! path with `.json` or `.csv` behind it. Pages are made here and need no script to be read; nothing is ever asked of another host.
//!
//! A page is a function from what is asked ([`ask::Ask`]) to an answer ([`reply::Reply`]), one file each in [`pages`]; [`router`] lists
//! them. [`guard`] stands before all of them: who may ask, from where, and what a browser may do with the answer.

mod ask;
mod assets;
mod at_hand;
mod bars;
mod behind;
mod calendar;
mod cite;
mod decide;
mod drawing;
mod filters;
mod follow;
mod form;
mod guard;
mod lines;
mod links;
mod markup;
mod matrix;
mod matters;
pub mod mcp;
mod number_line;
mod openapi;
mod pages;
mod parts;
mod pool;
mod problem;
mod projection;
mod reading;
mod reply;
mod router;
mod serve;
mod shell;
mod strip;
mod values;

pub use serve::{Desk, serve};
