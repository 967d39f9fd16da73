//! The only door through which the site goes out.
#![allow(clippy::disallowed_methods, reason = "this is the door through which files go out")]

mod carry;
mod fault;
mod in_place;
mod lock;
mod manifest;
mod mode;
mod publish;
mod reclaim;
mod seen;
mod stage;
mod swap;
mod target;
mod tree;

pub use publish::{Publisher, Written};

#[cfg(test)]
mod tests;
