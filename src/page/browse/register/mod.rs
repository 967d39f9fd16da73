//! What the log obliges us to: registers of what is owed, by whom and until when.

mod debt;
mod door;
mod due;
mod ending;
mod entry;
mod escalation;
mod exit;
mod metric;
mod pages;
mod queue;
mod registers;
pub(in crate::page) mod sort;
mod view;
mod waiver;

pub(in crate::page) use due::Due;
pub(in crate::page) use entry::State;
pub(in crate::page) use queue::QUEUE;
pub use queue::{Errand, queue};
pub(in crate::page) use registers::Registers;
pub(in crate::page) use view::LineView;
