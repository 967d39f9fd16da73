//! The graph of relations, drawn at build time.

mod drawing;
mod group;
mod layout;
mod pages;

pub(in crate::page) use pages::pages;
