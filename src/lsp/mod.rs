//! The editor face: what `check` finds, as one types, and the log at hand while one writes.

mod action;
mod answer;
mod complete;
mod cursor;
mod document;
mod head;
mod hover;
mod keys;
mod navigate;
mod project;
mod publish;
mod rename;
mod server;
mod session;
mod symbol;

pub use server::{Ended, serve};
