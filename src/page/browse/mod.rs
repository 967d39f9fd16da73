//! The ways into the log: by facet, by status, by date, by relation, by what is owed, by owner.

pub(super) mod board;
pub(super) mod event;
pub(super) mod facet;
pub(super) mod filter;
pub(super) mod graph;
pub(super) mod index;
pub(super) mod owner;
pub(super) mod pager;
pub(super) mod people;
pub(super) mod register;
pub(super) mod standing;
pub(super) mod timeline;
pub(super) mod values;
pub(super) mod way;
