//! What the log obliges us to: registers of what is owed, by whom and until when.

mod debt;
mod door;
mod ending;
mod entry;
mod escalation;
mod exit;
mod metric;
mod pages;
mod registers;
pub(in crate::page) mod sort;
mod waiver;

pub(in crate::page) use entry::State;
pub(in crate::page) use pages::LineView;
pub(in crate::page) use registers::{Due, Registers};
